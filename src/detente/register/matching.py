"""Whether a record read later bears on a prospect, on which side, and why one may think so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from detente.codebooks.foreseen import Answer, Pattern, answers_to, empty_words
from detente.codebooks.plain_words import name_of
from detente.ledger.indexing import dates_of, parties_of, status_of
from detente.model.actors import ActorKind, Party
from detente.model.dates import Dated
from detente.model.events import Mention, Status
from detente.model.institutions import Flow
from detente.model.records import Record
from detente.register.prospect import Prospect

ENOUGH = 4
"""Points from which a record is laid before a person."""

_HAPPENED = frozenset((Status.DONE, Status.ONGOING, Status.PRESUMED, Status.BACKGROUND))
_DID_NOT = frozenset((Status.FAILED, Status.CANCELLED, Status.DENIED))
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 6
_MOST_WORDS = 3


class Speaks(StrEnum):
    """On which side of a question a record stands."""

    FOR = "for"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Match:
    """A record that bears on a prospect: on which side, since when, with how many points, and why.

    `is_asked_for` when the question's words ask for a deed of its sort.
    """

    record: Record
    speaks: Speaks
    when: Dated | None
    day: date
    points: int
    why: tuple[str, ...]
    is_asked_for: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record as matching sees it, worked out once: its day, sides, names, standing and subject words."""

    record: Record
    published: date
    when: Dated | None
    sides: frozenset[str]
    names: Mapping[str, Party]
    standing: str
    words: frozenset[str]


def candidate(record: Record, published: date) -> Candidate:
    """Make ready a record of a page `published` on a day."""
    parties = [party for _, party in parties_of(record)]
    return Candidate(
        record,
        published,
        when=day_of_deed(record),
        sides=frozenset(party.side for party in parties),
        names={party.label: party for party in parties if party.kind is not ActorKind.STATE},
        standing=_standing(record),
        words=subjects(part.quote for part in record.evidence),
    )


class Matcher:
    """Compares records with one prospect; what the prospect's words say is worked out once."""

    def __init__(self, prospect: Prospect) -> None:
        """Read the question of `prospect`."""
        self.prospect = prospect
        self._answers = answers_to(prospect.contract.question)
        self._sides = frozenset(prospect.sides)
        self._names = frozenset(p.label for p in prospect.parties if p.kind is not ActorKind.STATE and p.id)
        self._has_person = any(p.kind is ActorKind.PERSON for p in prospect.parties)
        self._words = subjects([prospect.contract.question]) - subjects(_names(prospect))

    def match(self, one: Candidate) -> Match | None:
        """Say how a record bears on the prospect; None when it does not.

        A point for a side both name (two when it has several and all are named), one for a person or body
        both name and two less where the record names other persons of the same side, one for each word
        they share (at most three), two for a deed that the question's words ask for, one for a date
        within its time and one less for one after it. A word must be shared where such a deed is wanting,
        and one where it has one side or not all of them are named, unless a person or body is. A record
        of an earlier day bears on nothing.
        """
        shared = self._sides & one.sides
        if (self._sides and not shared) or not self._comes_later(one):
            return None
        words, same = self._words & one.words, self._names & one.names.keys()
        wanting = (shared != self._sides or len(shared) < 2) and not same
        if len(words) < wanting:
            return None
        speaks, answer = self._side(one)
        if speaks is None or len(words) < wanting + (answer is None):
            return None
        reasons = [
            *self._by_side(shared),
            *self._by_name(one, same, shared),
            *([(2, f"“{answer.word}” asks for such a record")] if answer else ()),
            *([(min(len(words), _MOST_WORDS), _listed("both say", words))] if words else ()),
            self._by_time(one),
        ]
        points = sum(point for point, _ in reasons)
        why = tuple(said for _, said in reasons)
        return Match(one.record, speaks, one.when, _day(one), points, why, answer is not None)

    def _by_side(self, shared: frozenset[str]) -> list[tuple[int, str]]:
        if not shared:
            return []
        return [(2 if len(shared) > 1 and shared == self._sides else 1, _listed("both name", shared))]

    def _by_name(self, one: Candidate, same: frozenset[str], shared: frozenset[str]) -> list[tuple[int, str]]:
        """Weigh persons and bodies: a visit by a minister is not the president's."""
        if same - shared:
            return [(1, _listed("both name", same - shared))]
        others = {n: p.side for n, p in one.names.items() if p.kind is ActorKind.PERSON}
        if self._has_person and not same and self._sides.intersection(others.values()):
            return [(-2, _listed("it names", others))]
        return []

    def _comes_later(self, one: Candidate) -> bool:
        origin, made = self.prospect.origin, self.prospect.made
        last = one.when.hi if one.when and one.when.hi else one.published
        is_later = last >= made and one.published >= (origin.day or made)
        return is_later and one.record.document != origin.document

    def _by_time(self, one: Candidate) -> tuple[int, str]:
        due = self.prospect.contract.due
        first = one.when.lo if one.when and one.when.lo else one.published
        told = one.when.edtf if one.when else f"a page of {one.published}"
        if due is None or due.hi is None:
            return 0, f"{told}; the question has no last day"
        if first > due.hi:
            return -1, f"{told} is after its time, {due.edtf}"
        return 1, f"{told} is within its time, {due.edtf}"

    def _side(self, one: Candidate) -> tuple[Speaks | None, Answer | None]:
        for answer in self._answers:
            if any(_fits(pattern, one.record) for pattern in answer.speaks_against):
                return Speaks.AGAINST, answer
        if one.standing not in _HAPPENED and one.standing not in _DID_NOT:
            return None, None
        asked_for = (a for a in self._answers if any(_fits(pattern, one.record) for pattern in a.speaks_for))
        speaks = Speaks.FOR if one.standing in _HAPPENED else Speaks.AGAINST
        return speaks, next(asked_for, None)


def _standing(record: Record) -> str:
    """How what a record tells stands; what an institution fixed is done."""
    if isinstance(record, Mention):
        return record.status.value
    return record.certainty if isinstance(record, Flow) else Status.DONE.value


def _fits(pattern: Pattern, record: Record) -> bool:
    if pattern.kind != record.kind.value or pattern.status not in ("", status_of(record)):
        return False
    if not isinstance(record, Mention):
        return True
    return pattern.type in ("", record.event_type.value) and pattern.mode in ("", record.mode)


def _names(prospect: Prospect) -> list[str]:
    told = [party.text for party in prospect.parties]
    known = {name for party in prospect.parties for name in (party.label, party.side)}
    return told + [name for one in sorted(known) if (name := name_of(one))]


def _listed(said: str, names: Iterable[str]) -> str:
    return f"{said} {', '.join(sorted(names))}"


def subjects(texts: Iterable[str]) -> frozenset[str]:
    """Give the beginnings of the words that name a subject, folded."""
    words = (word for text in texts for word in _WORD.findall(text.casefold()))
    return frozenset(word[:_STEM] for word in words if word not in empty_words())


def day_of_deed(record: Record) -> Dated | None:
    """Give the day of what a record tells: of the deed, else of the act; None when it gives none."""
    if isinstance(record, Mention):
        return record.deed_date or record.event_date
    return next(iter(dates_of(record)), None)


def _day(one: Candidate) -> date:
    return (one.when.lo or one.when.hi or one.published) if one.when else one.published
