"""Wordings that mark statements, motives and promises taken back, from tables of their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from detente.codebooks.tables import read_table
from detente.model.statements import StatementKind

TAKES = ("gerund", "inf", "noun", "object")


@dataclass(frozen=True, slots=True)
class MotiveWord:
    """A word that opens an aim: the preposition after it ("" for none) and what the aim's phrase is."""

    word: str
    after: str
    takes: str
    page: bool


@cache
def statement_marks() -> tuple[tuple[StatementKind, re.Pattern[str]], ...]:
    """Each kind with one pattern for all its wordings; raises CodebookError for a bad line."""
    patterns: dict[StatementKind, list[str]] = defaultdict(list)
    for row in read_table("statement_marks.tsv", ("kind", "pattern")):
        try:
            re.compile(row["pattern"])
            patterns[StatementKind(row["kind"])].append(row["pattern"])
        except (re.error, ValueError) as err:
            raise row.error(str(err)) from err
    return tuple((kind, re.compile("|".join(parts), re.IGNORECASE)) for kind, parts in patterns.items())


@cache
def motive_words() -> Mapping[str, tuple[MotiveWord, ...]]:
    """The words that open an aim, by the lower-case word."""
    found: dict[str, list[MotiveWord]] = defaultdict(list)
    for row in read_table("motive_marks.tsv", ("word", "after", "takes", "page")):
        if row["takes"] not in TAKES or row["page"] not in ("yes", "no"):
            raise row.error("takes must be gerund, inf, noun or object, and page yes or no")
        found[row["word"]].append(MotiveWord(row["word"], row["after"], row["takes"], row["page"] == "yes"))
    return MappingProxyType({word: tuple(entries) for word, entries in found.items()})


@cache
def withdrawals(word_class: str) -> Mapping[str, str]:
    """The words of one class ("promise", "takes", "turns") of taking back, with their preposition."""
    rows = read_table("withdrawals.tsv", ("word", "class", "preposition"))
    return {row["word"]: row["preposition"] for row in rows if row["class"] == word_class}
