"""Which records answer a forecast or a promise, by the words of its question: `prospects.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from detente.codebooks.tables import Row, read_table


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sort of record: its kind, an event's type and mode, its status or state; "" stands for any."""

    kind: str
    type: str = ""
    mode: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What speaks for and against a question that holds a word beginning with `word`."""

    word: str
    speaks_for: tuple[Pattern, ...]
    speaks_against: tuple[Pattern, ...]


@cache
def anniversaries() -> tuple[tuple[str, date], ...]:
    """The days whose anniversaries texts speak of, by each of their names, in the order of the table."""
    rows = read_table("anniversaries.tsv", ("words", "day", "source"))
    return tuple((row["words"], date.fromisoformat(row["day"])) for row in rows)


@cache
def anniversary_days() -> dict[str, date]:
    """The same days, each under the first name the table has for it."""
    found: dict[date, str] = {}
    for words, day in anniversaries():
        found.setdefault(day, words)
    return {words: day for day, words in found.items()}


def empty_words() -> frozenset[str]:
    """The words that two texts may share without sharing a subject."""
    return _words("prospect_empty.tsv")


def small_words() -> frozenset[str]:
    """The words at which no phrase begins or ends."""
    return _words("small_words.tsv")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word for row in read_table(name, ("words",)) for word in row["words"].split())


def answers_to(question: str) -> tuple[Answer, ...]:
    """Find the lines of the table whose word a question holds, in the table's order."""
    told = question.casefold()
    return tuple(answer for pattern, answer in _lines() if pattern.search(told))


@cache
def _lines() -> tuple[tuple[re.Pattern[str], Answer], ...]:
    rows = read_table("prospects.tsv", ("word", "records", "against"))
    return tuple((re.compile(rf"\b{re.escape(row['word'])}"), _answer(row)) for row in rows)


def _answer(row: Row) -> Answer:
    return Answer(
        row["word"],
        tuple(_patterns(row, row.many("records"))),
        tuple(_patterns(row, row.many("against"))),
    )


def _patterns(row: Row, cells: Iterable[str]) -> Iterable[Pattern]:
    for cell in cells:
        parts = cell.split("/")
        if len(parts) != 3 or not parts[0]:
            raise row.error(f"'{cell}' is not kind/type/status")
        kind, told, status = parts
        name, _, mode = told.partition(".")
        yield Pattern(kind, name, mode, status)
