"""Say a series, a triangle and a board in plain lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.codebooks.plain_words import name_of
from detente.model.windows import windows
from detente.relations.board import Board
from detente.relations.series import Point, Series
from detente.relations.tally import WHOLE, Deed, Tally
from detente.relations.triads import ENOUGH, Triad
from detente.relations.turning import TurningPoint

_BARS = "▁▂▃▄▅▆▇█"

FORMULA = "net = (c - k) / (c + k), c = cooperation and k = conflict told, a deed counting two words; -1 to 1"


def sparkline(levels: Sequence[float | None]) -> str:
    """Draw values between -1 and 1 as bars, a space where there is none.

    >>> sparkline([-1.0, None, 0.0, 1.0])
    '▁ ▅█'
    """
    return "".join(" " if level is None else _BARS[min(7, int((level + 1) * 4))] for level in levels)


def bars(series: Series) -> str:
    """Draw a series, with a gap for every window of which nothing was read."""
    if not series.points:
        return ""
    levels = {point.start: point.tally.net for point in series.points}
    first, last = series.points[0].start, series.points[-1].start
    return sparkline([levels.get(start) for start in windows(first, last, series.window)])


def series_lines(series: Series) -> Iterator[str]:
    """Say a series: who, its course as bars, each point with what stands behind it, the formula."""
    link = " towards " if series.directed else " and "
    names = link.join(name_of(side) or side for side in (series.first, series.second) if side)
    yield f"{names}, by {series.window}"
    if not series.points:
        yield "    nothing read"
        return
    yield f"    {bars(series)}"
    for point in series.points:
        yield f"    {_point_words(point)}"
    yield f"    {FORMULA}"


def _point_words(point: Point) -> str:
    told = point.tally
    sums = f"{_signed(told.net):>5}  {_counts(told)}"
    apart = [
        f"{count} {word}"
        for word, count in (
            ("planned", told.planned),
            ("alleged", told.alleged),
            ("denied", told.denied),
            ("failed or called off", told.undone),
        )
        if count
    ]
    beside = f"; beside them {', '.join(apart)}" if apart else ""
    behind = f"{_number(len(point.reports), 'report')}, {_number(len(point.origins), 'origin')}"
    return f"{point.start}  {sums}{beside}; {behind}"


def _counts(told: Tally) -> str:
    if not told.events:
        return "no event done"
    sides = (("cooperation", told.quads[:2]), ("conflict", told.quads[2:]))
    parts = [
        f"{name} {_parts(words)} in words, {_parts(deeds)} in deeds"
        for name, (words, deeds) in sides
        if words or deeds
    ]
    return f"{_number(told.events, 'event')}: {'; '.join(parts)}"


def turning_lines(points: Sequence[TurningPoint]) -> Iterator[str]:
    """Say the turning points of a series, each with the events that weigh most behind it."""
    for point in points:
        moved = f"from {point.before:.3g} to {point.after:.3g} a window"
        yield f"    {point.start} {point.side} {moved} (between {point.earliest} and {point.latest})"
        for deed, part in point.behind:
            yield f"        {deed.day} {_deed_words(deed)}: {part:.0%} of what came after"


def _deed_words(deed: Deed) -> str:
    names = f"{deed.actor} {'and' if deed.is_joint else 'to'} {deed.recipient}".strip()
    return f"{names} {deed.event_type} {deed.event}"


def triad_lines(triad: Triad) -> Iterator[str]:
    """Say a triangle: its three relations, whether they hold together, and which way each is pulled."""
    yield ", ".join(name_of(state) or state for state in triad.states)
    for side in triad.sides:
        whole = side.whole
        names = f"{name_of(side.first) or side.first} and {name_of(side.second) or side.second}"
        yield f"    {names}: {_signed(whole.net)} from {_number(whole.events, 'event')}  {bars(side)}"
    if triad.is_balanced is None:
        yield f"    not told whether it is balanced: a relation has under {ENOUGH} events, or stands at zero"
    else:
        yield f"    {'balanced' if triad.is_balanced else 'not balanced'}: the product of the three signs"
    for pull in triad.pulls:
        if not pull.is_at_ease:
            names = " and ".join(name_of(side) or side for side in pull.tie)
            yield f"    pulled the other way: {names} ({_signed(pull.value)}, pull {_signed(pull.pull)})"
    yield f"    acts of all three: {len(triad.together)}"
    yield f"    {FORMULA}"


def board_lines(board: Board) -> Iterator[str]:
    """Say a board: a line a relation, then which moved most for each state."""
    for cell in board.cells:
        names = f"{cell.first}-{cell.second}"
        if cell.start is None:
            yield f"{names}  nothing read"
            continue
        behind = f"{_number(cell.events, 'event')}, {_number(cell.reports, 'report')}"
        yield f"{names}  {cell.start}  {_signed(cell.level):>5}  {_signed(cell.change):>5}  {behind}"
    for state in sorted({*board.warming, *board.cooling}):
        moved = [
            f"{word} most with {name_of(other) or other}"
            for word, other in (("warming", board.warming.get(state)), ("cooling", board.cooling.get(state)))
            if other
        ]
        yield f"{name_of(state) or state}: {', '.join(moved)}"
    yield FORMULA


def _signed(value: float | None) -> str:
    return "-" if value is None else f"{value:+.2f}"


def _parts(part: int) -> str:
    return f"{part / WHOLE:.3g}"


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
