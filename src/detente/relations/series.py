"""A pair's relation over time: one point a window, each with what stands behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from detente.ledger import View, origins
from detente.model.windows import Window, start_of
from detente.relations.deeds import deeds
from detente.relations.tally import Deed, Tally, tally


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
    told = deeds(view, view.events(about=first))
    return series(told, view, first, second, window, directed=directed, since=since, until=until)


def of_pairs(
    view: View,
    states: Iterable[str],
    window: Window | str,
    *,
    since: date | None = None,
    until: date | None = None,
) -> list[Series]:
    """Give the series of every pair of some states, in order of their names; the events are joined once."""
    told: dict[frozenset[str], list[Deed]] = defaultdict(list)
    for deed in deeds(view, view.events()):
        told[frozenset((deed.actor, deed.recipient))].append(deed)
    return [
        series(told[frozenset(pair)], view, *pair, window, since=since, until=until)
        for pair in combinations(sorted(states), 2)
    ]


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
