"""Where a pair's relation turned, and on which events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from detente.model.windows import windows
from detente.relations.series import Point, Series
from detente.relations.shifts import SHORTEST, anscombe, shifts
from detente.relations.tally import DEED_WEIGHT, WHOLE, Deed, Standing

BEHIND = 3
"""Events named behind a turning point, at most."""


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """Cooperation or conflict (`side`) moves to another level in the window that begins on `start`.

    `before` and `after` are the mean weights a window, a deed counting two words. `earliest` and `latest`
    are the windows between which it lies, by profile likelihood at 95 %. `behind` are the weightiest deeds
    of its first windows, each with its part of all that was told of this side in them.
    """

    side: str
    start: date
    before: float
    after: float
    earliest: date
    latest: date
    behind: tuple[tuple[Deed, float], ...]


def turning_points(series: Series) -> tuple[TurningPoint, ...]:
    """Find the turning points of a series, oldest first; windows without a point count as none told."""
    if not series.points:
        return ()
    starts = list(windows(series.points[0].start, series.points[-1].start, series.window))
    points = {point.start: point for point in series.points}
    found = (*_turns("cooperation", starts, points), *_turns("conflict", starts, points))
    return tuple(sorted(found, key=lambda turn: (turn.start, turn.side)))


def _turns(side: str, starts: Sequence[date], points: dict[date, Point]) -> Iterator[TurningPoint]:
    counts = [_weight(side, points.get(start)) / WHOLE for start in starts]
    found = shifts(anscombe(counts))
    edges = [0, *(shift.at for shift in found), len(counts)]
    for number, shift in enumerate(found):
        first, last = edges[number], edges[number + 2]
        first_windows = starts[shift.at : min(shift.at + SHORTEST, last)]
        yield TurningPoint(
            side=side,
            start=starts[shift.at],
            before=sum(counts[first : shift.at]) / (shift.at - first),
            after=sum(counts[shift.at : last]) / (last - shift.at),
            earliest=starts[shift.earliest],
            latest=starts[shift.latest],
            behind=_behind(side, [points[start] for start in first_windows if start in points]),
        )


def _weight(side: str, point: Point | None) -> int:
    if point is None:
        return 0
    return point.tally.cooperation if side == "cooperation" else point.tally.conflict


def _behind(side: str, told: Sequence[Point]) -> tuple[tuple[Deed, float], ...]:
    total = sum(_weight(side, point) for point in told)
    quads = (1, 2) if side == "cooperation" else (3, 4)
    mine = [
        deed
        for point in told
        for deed in point.deeds
        if deed.standing is Standing.DONE and deed.quad in quads
    ]
    mine.sort(key=lambda deed: (-_part(deed), -abs(deed.score), deed.day, deed.event))
    return tuple((deed, _part(deed) / total) for deed in mine[:BEHIND])


def _part(deed: Deed) -> int:
    return deed.share * (DEED_WEIGHT if deed.quad in (2, 4) else 1)
