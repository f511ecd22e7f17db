"""Three states at once: their three relations, how they stand together, what all three do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import prod

from detente.ledger import View
from detente.model.windows import Window
from detente.relations.balance import Pull, pulls, signs
from detente.relations.series import Series, of_pairs
from detente.relations.tally import Deed

ENOUGH = 3
"""Events a relation needs before its sign is told."""


@dataclass(frozen=True, slots=True)
class Triad:
    """The three relations of three states over one stretch of time.

    `is_balanced` is whether the product of the three signs is positive, None while one of them has too few
    events or stands at zero; `pulls` is empty while one has too few. `together` are the ids of the events
    in which all three had part.
    """

    states: tuple[str, str, str]
    sides: tuple[Series, Series, Series]
    is_balanced: bool | None
    pulls: tuple[Pull, ...]
    together: tuple[str, ...]


def triad(
    view: View,
    states: Sequence[str],
    window: Window | str = Window.MONTH,
    *,
    since: date | None = None,
    until: date | None = None,
) -> Triad:
    """Give a triangle of three different states. Raises ValueError for any other number of them."""
    three = tuple(sorted(set(states)))
    if len(three) != 3:
        raise ValueError("a triad is three different states")
    sides = of_pairs(view, three, window, since=since, until=until)
    values = {(side.first, side.second): _value(side) for side in sides}
    known = {tie: value for tie, value in values.items() if value is not None}
    found = pulls(known, (three[0], three[1], three[2])) if len(known) == 3 else ()
    told = signs(values)
    return Triad(
        states=(three[0], three[1], three[2]),
        sides=(sides[0], sides[1], sides[2]),
        is_balanced=prod(told.values()) > 0 if len(told) == 3 else None,
        pulls=found,
        together=_together(sides),
    )


def _value(side: Series) -> float | None:
    whole = side.whole
    return whole.net if whole.events >= ENOUGH else None


def _together(sides: Sequence[Series]) -> tuple[str, ...]:
    """Name the events that stand in all three relations, or in two of them as one act towards both."""
    pairs: dict[str, set[str]] = {}
    for side in sides:
        for deed in (deed for point in side.points for deed in point.deeds):
            pairs.setdefault(deed.event, set()).update(_both(deed))
    return tuple(sorted(event for event, named in pairs.items() if len(named) == 3))


def _both(deed: Deed) -> set[str]:
    return {deed.actor, deed.recipient}
