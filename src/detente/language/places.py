"""Find the places a block names: countries and the cities the codebook knows."""

from __future__ import annotations

from spacy.tokens import Doc

from detente.language.actors import ActorMemory, mark_actors
from detente.language.grounds import grounds_of
from detente.language.source import text_of
from detente.model.records import Place


def find_places(doc: Doc, shift: int) -> tuple[Place, ...]:
    """Find the places of one block in text order, offsets in the rendition.

    A place is a city, site or region of the codebook, or a state or capital named as where something is
    ("in Ukraine", "visited Pyongyang"). A capital that stands for its government is an actor, no place;
    `country` is None for seas and for lines between states.
    """
    grounds = grounds_of(doc)
    if grounds is None:
        mark_actors(doc, shift, on=None, memory=ActorMemory())
        grounds = grounds_of(doc) or []
    return tuple(
        Place(text_of(doc)[start:end], country, start + shift, end + shift)
        for start, end, country in sorted(set(grounds))
    )
