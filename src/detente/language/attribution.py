"""Find who says what: speaker, cue and content, within and across sentences."""

from __future__ import annotations

from collections.abc import Sequence

from detente.language.frames import Attribution, Sentence
from detente.model.documents import Rendition


def find_attributions(sentences: Sequence[Sentence], rendition: Rendition) -> tuple[Attribution, ...]:
    """Find the attributions of a whole document, in text order of their content."""
    return ()
