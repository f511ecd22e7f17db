"""Show whether what was called p percent came about in p percent: bins with counts, Murphy's decomposition.

The formulas, with examples to check by hand, are in docs/scores.md. All but the interval is exact fractions.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from detente.errors import UsageError
from detente.register.prospect import Track
from detente.register.scoring import (
    Percent,
    Scorable,
    first_estimate,
    midpoint,
)

TENTHS: tuple[Percent, ...] = tuple(range(0, 101, 10))
"""Ten bins of equal width."""

ICD_203: tuple[Percent, ...] = (0, 5, 20, 45, 55, 80, 95, 100)
"""The seven terms of ICD 203 as bins; the outer two reach to 0 and 100, which the standard leaves out."""

Z_95 = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many forecasts of one value (in percent) there were, and how many came true."""

    forecast: Fraction
    n: int
    happened: int

    def __post_init__(self) -> None:
        if not (0 <= self.forecast <= 100 and self.n > 0 and 0 <= self.happened <= self.n):
            raise UsageError(f"{self.happened} of {self.n} at {self.forecast} percent is no tally")


@dataclass(frozen=True, slots=True)
class Bin:
    """The forecasts from `low` up to, but without, `high` percent (100 is in the last bin), tallied."""

    low: Percent
    high: Percent
    tallies: tuple[Tally, ...] = ()

    @property
    def n(self) -> int:
        """How many forecasts fall in it; 0 for an empty bin."""
        return sum(one.n for one in self.tallies)

    @property
    def happened(self) -> int:
        """How many of them came true."""
        return sum(one.happened for one in self.tallies)

    @property
    def forecast(self) -> Fraction | None:
        """Their mean in percent, where the dot is drawn; None when empty."""
        return _total(one.n * one.forecast for one in self.tallies) / self.n if self.n else None

    @property
    def frequency(self) -> Fraction | None:
        """The share that came true, 0 to 1; None when empty."""
        return Fraction(self.happened, self.n) if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of `frequency`; None when empty."""
        return wilson(self.happened, self.n)


@dataclass(frozen=True, slots=True)
class Decomposition:
    """The mean Brier score taken apart: it equals the signed sum of the five terms exactly.

    Brier = reliability - resolution + uncertainty + within_variance - within_covariance. The last two are 0
    where each forecast value is its own bin.
    """

    n: int
    brier: Fraction
    reliability: Fraction
    resolution: Fraction
    uncertainty: Fraction
    within_variance: Fraction
    within_covariance: Fraction

    @property
    def generalised_resolution(self) -> Fraction:
        """Resolution with the terms within bins drawn in, so that three terms suffice (Stephenson 2008)."""
        return self.resolution - self.within_variance + self.within_covariance


def tally(cases: Iterable[tuple[Percent, bool]]) -> tuple[Tally, ...]:
    """Count forecasts in percent and their outcomes by value, lowest first."""
    counted = Counter((Fraction(forecast), happened) for forecast, happened in cases)
    values = sorted({forecast for forecast, _ in counted})
    return tuple(
        Tally(value, counted[value, True] + counted[value, False], counted[value, True]) for value in values
    )


def tally_tracks(forecasts: Iterable[Scorable]) -> dict[Track, tuple[Tally, ...]]:
    """Count, apart for each track, the first estimates of resolved forecasts at the middle of their range."""
    cases: dict[Track, list[tuple[Percent, bool]]] = {track: [] for track in Track}
    for forecast in forecasts:
        first, happened = first_estimate(forecast), forecast.outcome
        if first is not None and first.bounds is not None and happened is not None:
            cases[forecast.track].append((midpoint(*first.bounds), happened))
    return {track: tally(counted) for track, counted in cases.items()}


def calibration(tallies: Sequence[Tally], edges: Sequence[Percent] = TENTHS) -> tuple[Bin, ...]:
    """Sort tallies into bins, empty ones kept; a forecast on an edge belongs to the bin above it.

    Raises UsageError unless the edges rise from 0 to 100.
    """
    if len(edges) < 2 or edges[0] != 0 or edges[-1] != 100 or any(a >= b for a, b in pairwise(edges)):
        raise UsageError("the edges of bins rise from 0 to 100 percent")
    return tuple(
        Bin(
            low,
            high,
            tuple(one for one in tallies if low <= one.forecast < high or one.forecast == high == 100),
        )
        for low, high in pairwise(edges)
    )


def decompose(tallies: Sequence[Tally], edges: Sequence[Percent] | None = None) -> Decomposition | None:
    """Take the mean Brier score apart: by value (Murphy 1973), or by bins (Stephenson et al. 2008).

    None where there is no forecast. Raises UsageError unless the edges rise from 0 to 100.
    """
    if edges is None:
        parts = [_Part((one,)) for one in tallies]
    else:
        parts = [_Part(each.tallies) for each in calibration(tallies, edges) if each.tallies]
    n = sum(part.n for part in parts)
    if not n:
        return None
    rate = Fraction(sum(part.happened for part in parts), n)
    return Decomposition(
        n=n,
        brier=_total(part.brier for part in parts) / n,
        reliability=_total(part.n * (part.forecast - part.rate) ** 2 for part in parts) / n,
        resolution=_total(part.n * (part.rate - rate) ** 2 for part in parts) / n,
        uncertainty=rate * (1 - rate),
        within_variance=_total(part.variance for part in parts) / n,
        within_covariance=2 * _total(part.covariance for part in parts) / n,
    )


class _Part:
    """The sums over one bin, never empty, that the terms are made of; forecasts are probabilities here."""

    def __init__(self, tallies: Sequence[Tally]) -> None:
        counted = [(one.forecast / 100, one.n, one.happened) for one in tallies]
        self.n = sum(n for _, n, _ in counted)
        self.happened = sum(h for _, _, h in counted)
        self.rate = Fraction(self.happened, self.n)
        self.forecast = mean = _total(n * p for p, n, _ in counted) / self.n
        self.brier = _total(h * (1 - p) ** 2 + (n - h) * p**2 for p, n, h in counted)
        self.variance = _total(n * (p - mean) ** 2 for p, n, _ in counted)
        self.covariance = _total((p - mean) * (h - n * self.rate) for p, n, h in counted)


def _total(terms: Iterable[Fraction]) -> Fraction:
    return sum(terms, Fraction(0))


def wilson(happened: int, n: int) -> tuple[float, float] | None:
    """The 95 % interval of a share (Wilson 1927, without continuity correction); None for no case."""
    if not n:
        return None
    z2 = Z_95**2
    middle = happened + z2 / 2
    reach = Z_95 * math.sqrt(happened * (n - happened) / n + z2 / 4)
    low = 0.0 if happened == 0 else (middle - reach) / (n + z2)
    high = 1.0 if happened == n else (middle + reach) / (n + z2)
    return low, high
