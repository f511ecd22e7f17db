"""Where a series turns: segmentation of what has been, and an online detector for alerts.

Offline: PELT (Killick, Fearnhead and Eckley 2012) with the squared-error cost and a penalty of
2 sigma^2 log n (BIC), sigma^2 from the differences of neighbours, on weekly values. Online: Bayesian
change-point detection (Adams and MacKay 2007) with a normal-gamma model, so that the spread is learnt too.
Counts are to be given as 2 sqrt(x + 3/8) (Anscombe 1948), whose spread does not grow with their level.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import lgamma, log, pi

import numpy as np
from numpy.typing import NDArray

PENALTY = 2.0
"""Times sigma^2 log n: what one more turning point must save."""

SHORTEST = 3
"""Values between two turning points, at least."""

HAZARD = 1 / 52
"""How often a relation is expected to turn before anything is seen: once in a year of weeks."""

ALARM = 0.5
"""How sure the online detector must be that the last turn is recent."""

LATEST = 4
"""Windows within which a turn counts as recent."""

LONGEST = 260
"""Values the online detector looks back at most: what is older weighs nothing."""

CAUTIOUS = 1.92
"""Half of the 95 % point of chi-squared with one degree: how far the fit may fall off around a point."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A turning point: the series is at `after` from place `at` on, where it had been at `before`.

    `earliest` and `latest` bound the place by profile likelihood at 95 %.
    """

    at: int
    before: float
    after: float
    earliest: int
    latest: int


@dataclass(frozen=True, slots=True)
class Alarm:
    """The online detector's word at place `at`: how probable it holds a turn in the last windows."""

    at: int
    probability: float


def anscombe(counts: Iterable[float]) -> NDArray[np.float64]:
    """Turn counts into values of nearly constant spread: 2 sqrt(x + 3/8)."""
    return 2 * np.sqrt(np.asarray(list(counts), dtype=np.float64) + 0.375)


def shifts(values: Sequence[float] | NDArray[np.float64], penalty: float = PENALTY) -> tuple[Shift, ...]:
    """Find the turning points of a whole series by PELT; () for one too short or flat."""
    told = np.asarray(values, dtype=np.float64)
    if len(told) < 2 * SHORTEST:
        return ()
    sums = _Sums(told)
    spread = _spread(told)
    if spread == 0:
        return ()
    places = _pelt(sums, penalty * spread * log(len(told)))
    edges = [0, *places, len(told)]
    return tuple(_shift(sums, spread, *edges[n : n + 3]) for n in range(len(places)))


class _Sums:
    """Sums from the start on: the cost of any stretch in constant time."""

    def __init__(self, values: NDArray[np.float64]) -> None:
        self.length = len(values)
        self._sum = np.concatenate(([0.0], np.cumsum(values)))
        self._squares = np.concatenate(([0.0], np.cumsum(values**2)))

    def mean(self, start: int, stop: int) -> float:
        return float((self._sum[stop] - self._sum[start]) / (stop - start))

    def cost(self, start: int, stop: int) -> float:
        """Squared distance from the stretch's own mean."""
        total = self._sum[stop] - self._sum[start]
        return float(self._squares[stop] - self._squares[start] - total * total / (stop - start))


def _spread(values: NDArray[np.float64]) -> float:
    """Estimate sigma^2 from neighbours' differences: turns hardly touch it."""
    return float(np.mean(np.diff(values) ** 2) / 2)


def _pelt(sums: _Sums, price: float) -> list[int]:
    best = {0: -price}
    last: dict[int, int] = {}
    starts = [0]
    for stop in range(SHORTEST, sums.length + 1):
        costs = {start: best[start] + sums.cost(start, stop) for start in starts if stop - start >= SHORTEST}
        last[stop] = min(costs, key=costs.__getitem__)
        best[stop] = costs[last[stop]] + price
        # A start that is dearer by now than this stop can never be the best again.
        starts = [start for start in starts if costs.get(start, best[stop] - price) <= best[stop]] + [stop]
    places = []
    place = last[sums.length]
    while place > 0:
        places.append(place)
        place = last[place]
    return places[::-1]


def _shift(sums: _Sums, spread: float, start: int, at: int, stop: int) -> Shift:
    best = sums.cost(start, at) + sums.cost(at, stop)
    near = [
        place
        for place in range(start + 1, stop)
        if (sums.cost(start, place) + sums.cost(place, stop) - best) / (2 * spread) <= CAUTIOUS
    ]
    return Shift(at, sums.mean(start, at), sums.mean(at, stop), min([*near, at]), max([*near, at]))


def alarms(values: Sequence[float] | NDArray[np.float64], threshold: float = ALARM) -> tuple[Alarm, ...]:
    """Go through a series as it comes and raise an alarm where a turn is probable, one for each turn.

    After an alarm none follows until the doubt has passed.
    """
    detector, found, is_raised = _Detector(), [], False
    for place, value in enumerate(values):
        probability = detector.see(float(value))
        if probability >= threshold and not is_raised and place >= 2 * LATEST:
            found.append(Alarm(place, probability))
        is_raised = probability >= threshold
    return tuple(found)


class _Detector:
    """The run-length posterior with one normal-gamma model a run length."""

    def __init__(self) -> None:
        self._weights = np.array([1.0])
        self._mean, self._count = np.array([0.0]), np.array([0.01])
        self._shape, self._rate = np.array([1.0]), np.array([1.0])
        self._first: float | None = None

    def see(self, value: float) -> float:
        """Take the next value; give the probability that the present run began within LATEST values."""
        if self._first is None:
            self._mean = np.array([value])
        likely = np.exp(_student(value, self._mean, self._count, self._shape, self._rate))
        grown = self._weights * likely * (1 - HAZARD)
        fresh = float(np.sum(self._weights * likely) * HAZARD)
        weights = np.concatenate(([fresh], grown))[:LONGEST]
        self._weights = weights / weights.sum()
        self._learn(value)
        if len(self._weights) <= LATEST + 1:
            return 0.0
        return float(self._weights[: LATEST + 1].sum())

    def _learn(self, value: float) -> None:
        gap = value - self._mean
        rate = self._rate + self._count * gap**2 / (2 * (self._count + 1))
        mean = (self._count * self._mean + value) / (self._count + 1)
        first = value if self._first is None else self._first
        self._first = first
        self._mean = np.concatenate(([first], mean))[:LONGEST]
        self._rate = np.concatenate(([1.0], rate))[:LONGEST]
        self._count = np.concatenate(([0.01], self._count + 1))[:LONGEST]
        self._shape = np.concatenate(([1.0], self._shape + 0.5))[:LONGEST]


def _student(
    value: float,
    mean: NDArray[np.float64],
    count: NDArray[np.float64],
    shape: NDArray[np.float64],
    rate: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The logarithm of the predictive density: Student's t with 2 shape degrees of freedom."""
    freedom = 2 * shape
    scale = rate * (count + 1) / (shape * count)
    constant = np.array([lgamma((f + 1) / 2) - lgamma(f / 2) for f in freedom])
    constant -= 0.5 * np.log(freedom * pi * scale)
    told: NDArray[np.float64] = constant - (freedom + 1) / 2 * np.log1p(
        (value - mean) ** 2 / (freedom * scale)
    )
    return told
