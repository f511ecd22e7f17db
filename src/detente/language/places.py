"""Find the places a block names: countries and the cities the codebook knows."""

from __future__ import annotations

from spacy.tokens import Doc

from detente.model.records import Place


def find_places(doc: Doc, shift: int) -> tuple[Place, ...]:
    """Find the places of one block in text order, offsets in the rendition."""
    return ()
