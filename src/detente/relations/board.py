"""The board of the relations a reader watches: level, change and what stands behind each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from detente.ledger import View
from detente.model.windows import Window
from detente.relations.series import Series, of_pairs

SIX = ("CHN", "JPN", "KOR", "PRK", "RUS", "USA")
"""The states around the peninsula: fifteen relations, the board's own choice."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One relation on the board: its newest point with deeds, and the one before it.

    `level` is the newest point's net cooperation, `change` what it moved since; None where nothing was
    read. `reports` counts the newest point's documents.
    """

    first: str
    second: str
    start: date | None
    level: float | None
    change: float | None
    events: int
    reports: int
    publishers: int


@dataclass(frozen=True, slots=True)
class Board:
    """The relations of some states, in order of their names, and each state's most moved ones.

    `warming` and `cooling` give for each state the other whose relation with it rose and fell most; a state
    none of whose relations did is missing.
    """

    window: Window
    cells: tuple[Cell, ...]
    warming: dict[str, str]
    cooling: dict[str, str]


def board(
    view: View,
    states: Sequence[str] = SIX,
    window: Window | str = Window.MONTH,
    *,
    since: date | None = None,
    until: date | None = None,
) -> Board:
    """Give the board of every pair of some states, two at least. Raises ValueError for fewer."""
    named = sorted(set(states))
    if len(named) < 2:
        raise ValueError("a board needs two states at least")
    cells = tuple(map(_cell, of_pairs(view, named, window, since=since, until=until)))
    return Board(Window(window), cells, _most(named, cells, 1), _most(named, cells, -1))


def _cell(series: Series) -> Cell:
    first, second = series.first, series.second
    told = [point for point in series.points if point.tally.net is not None]
    if not told:
        return Cell(first, second, None, None, None, 0, 0, 0)
    newest = told[-1]
    level = newest.tally.net
    before = told[-2].tally.net if len(told) > 1 else None
    change = level - before if level is not None and before is not None else None
    events, reports = newest.tally.events, len(newest.reports)
    return Cell(first, second, newest.start, level, change, events, reports, len(newest.publishers))


def _most(states: Iterable[str], cells: Iterable[Cell], sign: int) -> dict[str, str]:
    moved = [
        (sign * cell.change, cell) for cell in cells if cell.change is not None and sign * cell.change > 0
    ]
    found = {}
    for state in states:
        mine = [(by, cell) for by, cell in moved if state in (cell.first, cell.second)]
        if mine:
            _, cell = max(mine, key=lambda one: (one[0], one[1].second))
            found[state] = cell.second if cell.first == state else cell.first
    return found
