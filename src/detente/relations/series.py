"""A pair's relation over time: one point a window, each with what stands behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from detente.ledger import View, origins
from detente.relations.deeds import deeds
from detente.relations.tally import Deed, Tally, tally


class Window(StrEnum):
    """How long a point of a series is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Point:
    """One window of a series, from its first day `start` on.

    `reports` are the documents that told its events, in the order of their ids; `publishers` and `origins`
    name who stands behind them (outlets citing one official, and copies, are one origin).
    """

    start: date
    tally: Tally
    deeds: tuple[Deed, ...]
    reports: tuple[str, ...]
    publishers: tuple[str, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The points of a pair, oldest first; windows of which nothing was read have no point.

    `directed` when only what `first` did to `second`, or both did together, is counted. `second` is "" for
    what `first` did without recipient.
    """

    first: str
    second: str
    directed: bool
    window: Window
    points: tuple[Point, ...]

    @property
    def whole(self) -> Tally:
        """The sums over all points."""
        return tally(deed for point in self.points for deed in point.deeds)


def start_of(day: date, window: Window) -> date:
    """Give the first day of the window a day lies in; weeks begin on Monday (ISO 8601)."""
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


_LONGEST = {
    Window.DAY: timedelta(days=1),
    Window.WEEK: timedelta(days=7),
    Window.MONTH: timedelta(days=31),
    Window.QUARTER: timedelta(days=92),
    Window.YEAR: timedelta(days=366),
}


def dyad(
    view: View,
    first: str,
    second: str = "",
    window: Window | str = Window.MONTH,
    *,
    directed: bool = False,
    since: date | None = None,
    until: date | None = None,
) -> Series:
    """Give the series of a pair of states, or, without `second`, of what one does without recipient.

    `since` and `until` bound the day of the deed, both inclusive. Raises ValueError for a window that is
    none.
    """
    return series(
        of_actor(view, first), view, first, second, window, directed=directed, since=since, until=until
    )


def of_actor(view: View, actor: str) -> tuple[Deed, ...]:
    """Give every deed an actor has part in, with whomever."""
    found = deeds(view, view.events(about=actor))
    return tuple(deed for deed in found if actor in (deed.actor, deed.recipient))


def series(
    told: Iterable[Deed],
    view: View,
    first: str,
    second: str,
    window: Window | str,
    *,
    directed: bool = False,
    since: date | None = None,
    until: date | None = None,
) -> Series:
    """Make a pair's series of deeds at hand: what `dyad` does once they are found."""
    window = Window(window)
    grouped: dict[date, list[Deed]] = defaultdict(list)
    for deed in told:
        if _is_between(deed, first, second, directed) and (since or date.min) <= deed.day <= (
            until or date.max
        ):
            grouped[start_of(deed.day, window)].append(deed)
    points = tuple(_point(view, start, grouped[start]) for start in sorted(grouped))
    return Series(first, second, directed, window, points)


def _is_between(deed: Deed, first: str, second: str, directed: bool) -> bool:
    if directed and not deed.is_joint:
        return (deed.actor, deed.recipient) == (first, second)
    return {deed.actor, deed.recipient} == {first, second}


def _point(view: View, start: date, found: Sequence[Deed]) -> Point:
    held = sorted(found, key=lambda deed: (deed.day, deed.event, deed.actor, deed.recipient))
    mentions = list({mention.key: mention for deed in held for mention in deed.mentions}.values())
    homes = view.homes(mention.document for mention in mentions)
    return Point(
        start=start,
        tally=tally(held),
        deeds=tuple(held),
        reports=tuple(sorted(homes)),
        publishers=tuple(sorted({home.publisher for home in homes.values() if home.publisher})),
        origins=origins(view, mentions),
    )
