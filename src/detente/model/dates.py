"""Dates as the text leaves them: an EDTF string with its day bounds and the basis they rest on."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Basis(StrEnum):
    """What a date was read from, from firmest to weakest."""

    METADATA = "metadata"
    DATELINE = "dateline"
    TEXT = "text"
    RELATIVE = "relative"
    PUBLICATION = "publication"
    ADDRESS = "address"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in EDTF level 1 (ISO 8601-2:2019) with inclusive day bounds.

    `lo` or `hi` is None where that side is open or unknown. `basis` says what it was read from;
    `text` is the words that gave it, "" when no words did.

    >>> month(2024, 5).edtf, month(2024, 5).hi
    ('2024-05', datetime.date(2024, 5, 31))
    """

    edtf: str
    lo: date | None
    hi: date | None
    basis: Basis = Basis.TEXT
    text: str = ""

    def __post_init__(self) -> None:
        if self.lo and self.hi and self.lo > self.hi:
            raise ValueError(f"date {self.edtf} starts after it ends")

    @property
    def is_day(self) -> bool:
        """Whether the date is one known day."""
        return self.lo is not None and self.lo == self.hi

    def overlaps(self, other: Dated) -> bool:
        """Whether the two could be the same day; open sides overlap everything beyond them."""
        starts = self.lo is None or other.hi is None or self.lo <= other.hi
        ends = self.hi is None or other.lo is None or other.lo <= self.hi
        return starts and ends


def day(value: date, *, basis: Basis = Basis.TEXT, text: str = "", qualifier: str = "") -> Dated:
    """Make a date of one day; `qualifier` is EDTF's "?" (uncertain), "~" (approximate) or "%" (both)."""
    return Dated(value.isoformat() + qualifier, value, value, basis, text)


def month(year: int, number: int, *, basis: Basis = Basis.TEXT, text: str = "", qualifier: str = "") -> Dated:
    """Make a date of one month."""
    last = calendar.monthrange(year, number)[1]
    return Dated(
        f"{year:04d}-{number:02d}{qualifier}", date(year, number, 1), date(year, number, last), basis, text
    )


def year(number: int, *, basis: Basis = Basis.TEXT, text: str = "", qualifier: str = "") -> Dated:
    """Make a date of one year."""
    return Dated(f"{number:04d}{qualifier}", date(number, 1, 1), date(number, 12, 31), basis, text)


def interval(lo: date | None, hi: date | None, *, basis: Basis = Basis.TEXT, text: str = "") -> Dated:
    """Make a stretch of days; None leaves that side open (EDTF "..")."""
    start = lo.isoformat() if lo else ".."
    end = hi.isoformat() if hi else ".."
    return Dated(f"{start}/{end}", lo, hi, basis, text)


def window(lo: date, hi: date, *, basis: Basis = Basis.TEXT, text: str = "") -> Dated:
    """Make a date that is one unknown day between `lo` and `hi`: EDTF's one-of-a-set."""
    if lo == hi:
        return day(lo, basis=basis, text=text)
    if lo.day == 1 and hi == date(lo.year, lo.month, calendar.monthrange(lo.year, lo.month)[1]):
        return month(lo.year, lo.month, basis=basis, text=text)
    if (lo.month, lo.day, hi.month, hi.day, lo.year) == (1, 1, 12, 31, hi.year):
        return year(lo.year, basis=basis, text=text)
    return Dated(f"[{lo.isoformat()}..{hi.isoformat()}]", lo, hi, basis, text)
