"""Find quantities in a block: numbers with their units, ranges and comparators."""

from __future__ import annotations

from spacy.tokens import Doc

from detente.model.records import Amount


def find_amounts(doc: Doc, shift: int) -> tuple[Amount, ...]:
    """Find the amounts of one block in text order, offsets in the rendition."""
    return ()
