"""Plain words for codes: what an actor is called, and what a PLOVER deed is."""

from __future__ import annotations

from functools import cache

from detente.codebooks.actors import load_actors
from detente.codebooks.tables import read_table
from detente.model.events import EventType


def name_of(actor: str) -> str | None:
    """Give the name of a codebook actor; None for an id the codebook does not hold."""
    return _names().get(actor)


def deed_words(event_type: EventType, mode: str | None) -> str:
    """Name a deed in words a newspaper reader knows."""
    words = _deeds()
    return words.get((event_type.value, mode or "")) or words[(event_type.value, "")]


@cache
def _names() -> dict[str, str]:
    book = load_actors()
    names = {state.id: state.name for state in book.states}
    names |= {person.id: person.name for person in book.persons.values()}
    return names | {body.id: body.name for body in book.organisations.values()}


@cache
def _deeds() -> dict[tuple[str, str], str]:
    rows = read_table("plain_words.tsv", ("event_type", "mode", "words"))
    return {(row["event_type"], row["mode"]): row["words"] for row in rows}
