"""The words of likelihood with their ICD 203 ranges, from `hedges.tsv`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from detente.codebooks.tables import Row, read_table
from detente.model.statements import Likelihood

CLASSES = ("adverb", "adjective", "modal", "noun", "verb", "confidence")


@cache
def hedges(word_class: str) -> Mapping[str, Likelihood]:
    """The phrases of one class with their ranges, both bounds None where the standard gives no range.

    Raises CodebookError for an unknown class, half a range, or a range outside 0 to 100.
    """
    rows = read_table("hedges.tsv", ("phrase", "low", "high", "class"))
    for row in rows:
        if row["class"] not in CLASSES:
            raise row.error(f"class must be one of {', '.join(CLASSES)}")
    return MappingProxyType({row["phrase"]: _likelihood(row) for row in rows if row["class"] == word_class})


def range_of(phrase: str) -> Likelihood | None:
    """Give the range of a phrase such as "very likely"; None for one the standard gives no range."""
    found = (hedges(word_class).get(phrase.casefold().strip()) for word_class in CLASSES)
    return next((one for one in found if one is not None and one.low is not None), None)


def _likelihood(row: Row) -> Likelihood:
    if bool(row["low"]) != bool(row["high"]):
        raise row.error("a range has two bounds or none")
    if not row["low"]:
        return Likelihood(row["phrase"])
    try:
        low, high = int(row["low"]), int(row["high"])
    except ValueError as err:
        raise row.error(str(err)) from err
    if not 0 <= low < high <= 100:
        raise row.error(f"{low} to {high} is no range of percents")
    return Likelihood(row["phrase"], low, high)
