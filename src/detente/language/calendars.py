"""The calendar behind the words: which year, month, week or day a wording means, seen from a day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from detente.model.dates import Basis, Dated, day, interval, month, window, year

JUCHE_EPOCH = 1911
_PARTS = {"early": (0, 1), "mid": (1, 2), "middle": (1, 2), "late": (2, 3)}
_EDGES = {"beginning": 0, "start": 0, "end": 1, "close": 1}


@dataclass(frozen=True, slots=True)
class Reference:
    """What "now" is for a text: days between which it was written; each unit is known or not.

    `certain` is False when the text itself gave the year (an anniversary), not the publication.
    """

    lo: date
    hi: date
    certain: bool = True

    @property
    def today(self) -> date | None:
        """The day of publication; None when only a longer stretch is known."""
        return self.lo if self.lo == self.hi and self.certain else None

    @property
    def month(self) -> date | None:
        """The first day of the month of publication; None when the month is not known."""
        same = (self.lo.year, self.lo.month) == (self.hi.year, self.hi.month)
        return self.lo.replace(day=1) if same else None

    @property
    def year(self) -> int | None:
        """The year of publication; None when it is not known."""
        return self.lo.year if self.lo.year == self.hi.year else None


def make_day(year_: int, month_: int, day_: int) -> date | None:
    """Make a day; None when the calendar has no such day."""
    try:
        return date(year_, month_, day_)
    except ValueError:
        return None


def month_end(first: date) -> date:
    """The last day of a month."""
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def shift_months(first: date, count: int) -> date | None:
    """The first day of the month `count` months on; None outside the calendar."""
    number = first.year * 12 + first.month - 1 + count
    return make_day(number // 12, number % 12 + 1, 1)


def shift_days(moment: date, count: int) -> date | None:
    """The day `count` days on; None outside the calendar."""
    try:
        return moment + timedelta(days=count)
    except OverflowError:
        return None


def weekday(reference: date, number: int, wording: str, *, future: bool) -> date | None:
    """The day a weekday names: the latest up to and including the reference unless the words look ahead.

    "next" is the one of the coming week, "this" the one of the current week, "last" the latest before today.
    """
    back = (reference.weekday() - number) % 7
    if wording == "next":
        return shift_days(reference, 7 - reference.weekday() + number)
    if wording == "this":
        return shift_days(reference, number - reference.weekday())
    if future:
        return shift_days(reference, (number - reference.weekday()) % 7)
    if wording == "last" and back == 0:
        return shift_days(reference, -7)
    return shift_days(reference, -back)


def part_of(lo: date, hi: date, part: str, text: str, basis: Basis) -> Dated:
    """Cut a stretch to its early, middle or late third, or to its first or last day ("~")."""
    if part in _EDGES:
        return day(hi if _EDGES[part] else lo, basis=basis, text=text, qualifier="~")
    if part not in _PARTS:
        return window(lo, hi, basis=basis, text=text)
    first, last = _PARTS[part]
    if (hi - lo).days < 31:
        starts = (1, 11, 21, hi.day + 1)
        return window(lo.replace(day=starts[first]), lo.replace(day=starts[last] - 1), basis=basis, text=text)
    span = (hi.year - lo.year) * 12 + hi.month - lo.month + 1
    start, end = shift_months(lo, span * first // 3), shift_months(lo, span * last // 3 - 1)
    if start is None or end is None:
        return window(lo, hi, basis=basis, text=text)
    return window(start, month_end(end), basis=basis, text=text)


def week_of(moment: date, offset: int, text: str) -> Dated | None:
    """The week, Monday to Sunday, `offset` weeks from a day's."""
    monday = shift_days(moment, 7 * offset - moment.weekday())
    sunday = shift_days(monday, 6) if monday else None
    return window(monday, sunday, basis=Basis.RELATIVE, text=text) if monday and sunday else None


def ago(reference: Reference, count: int, unit: str, text: str, *, exact: bool) -> Dated | None:
    """The time `count` days, weeks, months or years back; approximate ("~") but for plain days."""
    if unit == "year":
        known = reference.year
        if known is None or not 1 <= known - count <= 9999:
            return None
        return year(known - count, basis=Basis.RELATIVE, text=text, qualifier="~")
    if unit == "month":
        first = shift_months(reference.month, -count) if reference.month else None
        return (
            month(first.year, first.month, basis=Basis.RELATIVE, text=text, qualifier="~") if first else None
        )
    if reference.today is None:
        return None
    if unit == "week":
        return week_of(reference.today, -count, text)
    found = shift_days(reference.today, -count)
    return day(found, basis=Basis.RELATIVE, text=text, qualifier="" if exact else "~") if found else None


def past_stretch(reference: Reference, count: int, unit: str, text: str) -> Dated | None:
    """The stretch of the past `count` units up to publication."""
    today = reference.today
    if today is None:
        return None
    if unit in ("month", "year"):
        start = shift_months(today.replace(day=1), -count * (12 if unit == "year" else 1))
        start = start.replace(day=min(today.day, month_end(start).day)) if start else None
    else:
        start = shift_days(today, -count * (7 if unit == "week" else 1))
    return interval(start, today, basis=Basis.RELATIVE, text=text) if start else None


def season(number: int, year_: int, text: str, basis: Basis) -> Dated:
    """A season of the northern half as EDTF 21 to 24; winter may lie at either end of its year."""
    bounds = {
        21: (date(year_, 3, 1), date(year_, 5, 31)),
        22: (date(year_, 6, 1), date(year_, 8, 31)),
        23: (date(year_, 9, 1), date(year_, 11, 30)),
        24: (date(year_, 1, 1), date(year_, 12, 31)),
    }
    return Dated(f"{year_:04d}-{number}", *bounds[number], basis, text)


def decade(first: int, part: str, text: str) -> Dated:
    """A decade, or its early, middle or late years."""
    if part == "early":
        return window(date(first, 1, 1), date(first + 3, 12, 31), text=text)
    if part in ("mid", "middle"):
        return window(date(first + 4, 1, 1), date(first + 6, 12, 31), text=text)
    if part == "late":
        return window(date(first + 7, 1, 1), date(first + 9, 12, 31), text=text)
    return Dated(f"{first // 10}X", date(first, 1, 1), date(first + 9, 12, 31), Basis.TEXT, text)
