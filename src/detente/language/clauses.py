"""Frame the clauses of a sentence: predicate, tense, modality, polarity, condition, and who says it."""

from __future__ import annotations

from collections.abc import Sequence

from detente.language.frames import Attribution, Clause, Sentence


def frame_clauses(sentence: Sentence, attributions: Sequence[Attribution]) -> tuple[Clause, ...]:
    """Frame every predicate of the sentence, in text order."""
    return ()
