"""Plain words for codes: what an actor is called, and what a PLOVER deed is."""

from __future__ import annotations

from functools import cache

from detente.codebooks.actors import load_actors
from detente.codebooks.tables import read_table
from detente.model.events import EventType


def name_of(actor: str) -> str | None:
    """Give the name of a codebook actor; None for an id the codebook does not hold."""
    return _names().get(actor)


def deed_words(event_type: EventType, mode: str | None, cameo: str | None = None) -> str:
    """Name a deed in words a newspaper reader knows: by CAMEO code, else by mode, else by type."""
    words, name = _deeds(), event_type.value
    return (
        (words.get((name, "", cameo)) if cameo else None)
        or words.get((name, mode or "", ""))
        or words[(name, "", "")]
    )


@cache
def _names() -> dict[str, str]:
    book = load_actors()
    names = {state.id: state.name for state in book.states}
    names |= {person.id: person.name for person in book.persons.values()}
    return names | {body.id: body.name for body in book.organisations.values()}


@cache
def _deeds() -> dict[tuple[str, str, str], str]:
    rows = read_table("plain_words.tsv", ("event_type", "mode", "cameo", "words"))
    return {(row["event_type"], row["mode"], row["cameo"]): row["words"] for row in rows}
