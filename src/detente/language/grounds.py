"""What the actor finder read as a place and not as an actor, kept with the block for the place finder."""

from __future__ import annotations

from spacy.tokens import Doc

Ground = tuple[int, int, str | None]
_KEY = "detente.grounds"


def start_grounds(doc: Doc) -> list[Ground]:
    """Open an empty list of places (start, end, country) for a block."""
    grounds: list[Ground] = []
    doc.user_data[_KEY] = grounds
    return grounds


def grounds_of(doc: Doc) -> list[Ground] | None:
    """The places of a block whose actors were marked; None before that."""
    found: list[Ground] | None = doc.user_data.get(_KEY)
    return found
