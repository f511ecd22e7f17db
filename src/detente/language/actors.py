"""Mark the actors a block names, each with its id and the state it belongs to on the day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Doc

from detente.model.actors import Party


@dataclass(slots=True)
class ActorMemory:
    """What the document has named so far, for last names, pronouns and descriptions further down."""

    named: list[Party] = field(default_factory=list)


def mark_actors(doc: Doc, shift: int, *, on: date | None, memory: ActorMemory) -> tuple[Party, ...]:
    """Mark the actors of one block in text order, offsets in the rendition."""
    return ()
