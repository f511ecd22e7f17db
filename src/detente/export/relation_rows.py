"""Turn series, triangles and boards into rows a reader or a web page takes as they are."""

from __future__ import annotations

from collections.abc import Iterator

from detente.export.rows import Row, plain
from detente.relations.board import Board, Cell
from detente.relations.series import Point, Series
from detente.relations.tally import WHOLE, Tally
from detente.relations.triads import Triad
from detente.relations.turning import TurningPoint

_QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


def point_rows(series: Series) -> Iterator[Row]:
    """Make a row for every point of a series; counts are in parts of `whole`, to be divided once."""
    for point in series.points:
        yield _point_row(series, point)


def _point_row(series: Series, point: Point) -> Row:
    return {
        "record": "point",
        "kind": series.window.value,
        "first": series.first,
        "second": series.second,
        "directed": series.directed,
        "start": point.start.isoformat(),
        "whole": WHOLE,
        **_sums(point.tally),
        "reports": list(point.reports),
        "publishers": list(point.publishers),
        "origins": list(point.origins),
        "deeds": [
            {
                **plain(deed),
                "quad_code": deed.quad,
                "mentions": [mention.key for mention in deed.mentions],
                "quotes": [part.quote for mention in deed.mentions for part in mention.evidence],
            }
            for deed in point.deeds
        ],
    }


def _sums(told: Tally) -> Row:
    return {
        "events": told.events,
        **dict(zip(_QUADS, told.quads, strict=True)),
        "types": {kind.value: part for kind, part in told.types.items()},
        "score": told.score,
        "planned": told.planned,
        "alleged": told.alleged,
        "denied": told.denied,
        "undone": told.undone,
        "net": told.net,
        "net_words": told.words,
        "net_deeds": told.deeds,
        "mean_score": told.mean_score,
    }


def turn_row(point: TurningPoint) -> Row:
    """Make the row of a turning point, with the events behind it and the part of what came after in each."""
    return {
        "record": "turn",
        "kind": point.side,
        "start": point.start.isoformat(),
        "earliest": point.earliest.isoformat(),
        "latest": point.latest.isoformat(),
        "before": point.before,
        "after": point.after,
        "behind": [
            {"event": deed.event, "day": deed.day.isoformat(), "part": part} for deed, part in point.behind
        ],
    }


def triad_row(triad: Triad) -> Row:
    """Make the row of a triangle, with the points of its three sides."""
    return {
        "record": "triad",
        "kind": {True: "balanced", False: "unbalanced", None: "untold"}[triad.is_balanced],
        "states": list(triad.states),
        "pulls": [{**plain(pull), "is_at_ease": pull.is_at_ease} for pull in triad.pulls],
        "together": list(triad.together),
        "sides": [row for side in triad.sides for row in point_rows(side)],
    }


def cell_rows(board: Board) -> Iterator[Row]:
    """Make a row for every relation of a board."""
    for cell in board.cells:
        yield {
            "record": "cell",
            "kind": board.window.value,
            **plain(cell),
            "warms_most_for": sorted(
                one for one, other in board.warming.items() if {one, other} == _both(cell)
            ),
            "cools_most_for": sorted(
                one for one, other in board.cooling.items() if {one, other} == _both(cell)
            ),
        }


def _both(cell: Cell) -> set[str]:
    return {cell.first, cell.second}
