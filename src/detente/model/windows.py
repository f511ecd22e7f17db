"""The stretches of time that figures are given for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum


class Window(StrEnum):
    """How long one is; weeks begin on Monday (ISO 8601)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_LONGEST = {
    Window.DAY: timedelta(days=1),
    Window.WEEK: timedelta(days=7),
    Window.MONTH: timedelta(days=31),
    Window.QUARTER: timedelta(days=92),
    Window.YEAR: timedelta(days=366),
}


def start_of(day: date, window: Window) -> date:
    """Give the first day of the window a day lies in."""
    if window is Window.WEEK:
        return day - timedelta(days=day.weekday())
    if window is Window.MONTH:
        return day.replace(day=1)
    if window is Window.QUARTER:
        return day.replace(month=day.month - (day.month - 1) % 3, day=1)
    return day.replace(month=1, day=1) if window is Window.YEAR else day


def windows(first: date, last: date, window: Window) -> Iterator[date]:
    """Give the first day of every window from that of `first` to that of `last`."""
    start = start_of(first, window)
    while start <= last:
        yield start
        start = start_of(start + _LONGEST[window], window)
