"""How an agreement came along: announced, signed, ratified, in force, suspended, denounced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from detente.ledger import View
from detente.model.dates import Dated
from detente.model.institutions import Agreement
from detente.model.records import Kind
from detente.register.matching import subjects

ORDER = (
    "negotiated",
    "announced",
    "none_reached",
    "concluded",
    "signed",
    "ratified",
    "in_force",
    "suspended",
    "denounced",
)
"""The states of an agreement, in the order an ordinary one takes them."""

SAME = timedelta(days=3 * 365)
"""Steps further apart than this belong to two agreements."""


@dataclass(frozen=True, slots=True)
class Step:
    """One state an agreement is told to be in: since when (None where no day is given), by which records."""

    state: str
    when: Dated | None
    told_on: date
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """An agreement with its steps in order; `standing` is the furthest one, or an ending that came later."""

    sides: tuple[str, ...]
    title: str
    steps: tuple[Step, ...]
    standing: str


def courses(view: View, *, about: str | None = None) -> tuple[Course, ...]:
    """Follow each agreement of a pair or an actor (None: of all), the latest told first.

    Records are of one agreement when its sides are the same, they lie within three years of one another,
    and their titles share a word or one of them has none.
    """
    told: list[list[tuple[Agreement, date]]] = []
    for record, day in view.dated_records(kind=Kind.AGREEMENT, about=about, copies=False):
        if isinstance(record, Agreement):
            home = next((group for group in told if _is_same(record, day, group)), None)
            if home is None:
                told.append([(record, day)])
            else:
                home.append((record, day))
    return tuple(sorted(map(_course, told), key=lambda one: one.steps[-1].told_on, reverse=True))


def _is_same(record: Agreement, day: date, group: Sequence[tuple[Agreement, date]]) -> bool:
    titles = subjects([record.title])
    return all(
        _sides(record) == _sides(other)
        and abs(_told(record, day) - _told(other, told)) <= SAME
        and (not titles or not (theirs := subjects([other.title])) or bool(titles & theirs))
        for other, told in group
    )


def _told(record: Agreement, day: date) -> date:
    return (record.effective.lo or day) if record.effective else day


def _sides(record: Agreement) -> tuple[str, ...]:
    return tuple(sorted({party.side for party in record.parties}))


def _course(group: Sequence[tuple[Agreement, date]]) -> Course:
    steps = tuple(_steps(group))
    title = max((record.title for record, _ in group), key=len)
    return Course(_sides(group[0][0]), title, steps, steps[-1].state)


def _steps(group: Sequence[tuple[Agreement, date]]) -> Iterator[Step]:
    for state in sorted({record.state for record, _ in group}, key=_place):
        mine = [(record, day) for record, day in group if record.state == state]
        dates = (record.effective for record, _ in mine if record.effective and record.effective.lo)
        dated = sorted(dates, key=lambda when: when.lo or date.max)
        keys = tuple(record.key for record, _ in mine)
        yield Step(state, dated[0] if dated else None, min(day for _, day in mine), keys)


def _place(state: str) -> int:
    return ORDER.index(state) if state in ORDER else len(ORDER)
