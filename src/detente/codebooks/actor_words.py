"""The words around names: modifiers, honorifics, prepositions that make a place, deed nouns, descriptions."""

from __future__ import annotations

from functools import cache

from detente.codebooks.tables import read_table

READINGS = frozenset(
    (
        "pair_states",
        "pair_leaders",
        "three_states",
        "three_leaders",
        "last_state",
        "home",
        "he",
        "she",
        "it",
        "KOREAS",
        "WEST",
    )
)


@cache
def words_for(use: str) -> frozenset[str]:
    """The words of one use of `actor_words.tsv`; empty when the table does not have it."""
    rows = read_table("actor_words.tsv", ("use", "words"))
    return frozenset(word for row in rows if row["use"] == use for word in row.many("words", "|"))


@cache
def deed_nouns() -> frozenset[str]:
    """The nouns before which a state's adjective names who acts."""
    return frozenset(word for row in read_table("deed_nouns.tsv", ("words",)) for word in row.many("words"))


@cache
def descriptions() -> dict[str, str]:
    """The descriptions that stand for parties named before, with how each is read."""
    found: dict[str, str] = {}
    for row in read_table("descriptions.tsv", ("words", "reading")):
        code = len(row["reading"]) == 3 and row["reading"].isupper()
        if row["reading"] not in READINGS and not code:
            raise row.error(f"reading '{row['reading']}' is not known")
        found[row["words"]] = row["reading"]
    return found
