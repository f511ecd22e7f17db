"""What a speaker says on a subject over time: which phrases came, stayed and went."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from detente.codebooks.foreseen import empty_words, small_words
from detente.ledger import View
from detente.model.statements import Statement

LONGEST = 6
"""Words of a phrase at most; the shortest has two."""

RECENT = 5
"""A phrase is gone when none of a speaker's newest so many statements has it."""

_WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement of a speaker: the day its page counts from, its words, its record and page."""

    day: date
    kind: str
    words: str
    key: str
    document: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase used in at least two statements: first and last use, how many statements have it.

    `is_gone` when none of the speaker's newest `RECENT` statements has it, and there are more than these.
    """

    words: str
    first: date
    last: date
    count: int
    is_gone: bool
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What a speaker said, oldest first, and the phrases that recur in it, commonest first."""

    speaker: str
    about: str
    sayings: tuple[Saying, ...]
    phrases: tuple[Phrase, ...]


def words(view: View, speaker: str, *, about: str | None = None, limit: int = 500) -> Words:
    """Gather what a speaker (an actor's id or a state) said, about somebody or of all things.

    A phrase is a run of two to `LONGEST` words, in small letters, that neither begins nor ends with a
    small word such as "the", and says something beyond names and dates. Of phrases that stand in the same
    statements only the longest is given. A statement counts once, however often it has the phrase.
    """
    told = view.dated_records(kind="statement", about=about, actor=speaker, copies=False, all_statements=True)
    found = islice(_by(speaker, told), limit)
    sayings = tuple(
        Saying(day, record.statement_kind.value, _content(record), record.key, record.document)
        for record, day in found
    )
    return Words(speaker, about or "", sayings, tuple(_phrases(sayings)))


def _by(speaker: str, records: Iterable[tuple[object, date]]) -> Iterator[tuple[Statement, date]]:
    for record, day in records:
        if isinstance(record, Statement) and any(
            speaker in (party.label, party.state) for party in record.speaker
        ):
            yield record, day


def _content(record: Statement) -> str:
    return " ... ".join(" ".join(part.quote.split()) for part in record.content)


def _phrases(sayings: Sequence[Saying]) -> Iterator[Phrase]:
    uses: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, saying in enumerate(sayings):
        for run in set(_runs(saying.words)):
            uses[run].append(number)
    recurring = {run: tuple(numbers) for run, numbers in uses.items() if len(numbers) > 1}
    longest: dict[tuple[int, ...], list[tuple[str, ...]]] = defaultdict(list)
    for run, numbers in sorted(recurring.items(), key=lambda one: (-len(one[0]), one[0])):
        if not any(_holds(other, run) for other in longest[numbers]):
            longest[numbers].append(run)
    found = [(run, numbers) for numbers, runs in longest.items() for run in runs]
    for run, numbers in sorted(found, key=lambda one: (-len(one[1]), -len(one[0]), one[0])):
        yield _phrase(run, numbers, sayings)


def _phrase(run: tuple[str, ...], numbers: Sequence[int], sayings: Sequence[Saying]) -> Phrase:
    is_gone = len(sayings) > RECENT and max(numbers) < len(sayings) - RECENT
    keys = tuple(sayings[number].key for number in numbers)
    return Phrase(
        " ".join(run), sayings[min(numbers)].day, sayings[max(numbers)].day, len(numbers), is_gone, keys
    )


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    told, small = [word.casefold() for word in _WORD.findall(text)], small_words()
    for start in range(len(told)):
        for size in range(2, LONGEST + 1):
            run = tuple(told[start : start + size])
            if len(run) < size:
                break
            if not small & {run[0], run[-1]} and any(_says_something(word) for word in run):
                yield run


def _says_something(word: str) -> bool:
    return len(word) > 3 and word not in empty_words() and word not in small_words()


def _holds(longer: tuple[str, ...], run: tuple[str, ...]) -> bool:
    return any(longer[start : start + len(run)] == run for start in range(len(longer) - len(run) + 1))
