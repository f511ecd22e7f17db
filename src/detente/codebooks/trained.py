"""The words by which the training set tells acts: only these are asked of the classifier."""

from __future__ import annotations

from functools import cache

from detente.codebooks.tables import read_table


@cache
def trained_triggers(*, nominal: bool) -> frozenset[str]:
    """Lemmas of the verbs, or of the nouns, that tell an act in the training set."""
    wanted = "noun" if nominal else "verb"
    rows = read_table("trained_triggers.tsv", ("lemma", "word_class"))
    return frozenset(row["lemma"] for row in rows if row["word_class"] == wanted)
