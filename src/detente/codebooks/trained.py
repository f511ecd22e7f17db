"""The words by which the training set tells acts: only these are asked of the classifier."""

from __future__ import annotations

from functools import cache

from detente.codebooks.tables import Row, read_table


@cache
def trained_triggers(*, nominal: bool) -> frozenset[str]:
    """Lemmas of the verbs, or of the nouns, that tell an act in the training set."""
    wanted = "noun" if nominal else "verb"
    return frozenset(row["lemma"] for row in _rows() if row["word_class"] == wanted)


@cache
def company() -> dict[str, frozenset[str]]:
    """For each light verb the words below it with which it tells an act: "hold" with "talk", "drill"."""
    return {row["lemma"]: frozenset(row.many("company", "|")) for row in _rows() if row["company"]}


@cache
def friendly() -> frozenset[str]:
    """Lemmas that tell nothing but words and deeds of agreement and help."""
    return _all_of({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID"})


@cache
def solitary() -> frozenset[str]:
    """Lemmas that mostly tell what one party does with nobody opposite: drills, marches, climb-downs."""
    return _all_of({"MOBILIZE", "PROTEST", "RETREAT", "CONCEDE"})


def _all_of(kinds: set[str]) -> frozenset[str]:
    rows = _rows()
    others = {row["lemma"] for row in rows if not set(row.many("kinds", "|")) <= kinds}
    return frozenset(row["lemma"] for row in rows) - others


def _rows() -> list[Row]:
    return read_table("trained_triggers.tsv", ("lemma", "word_class", "company", "kinds"))
