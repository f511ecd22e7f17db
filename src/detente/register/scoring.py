"""Score one forecast: Brier and log score over the range of its words, at first, at last and over its life.

The formulas, with examples to check by hand, are in docs/scores.md. Percents and Brier scores are exact.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Generic, TypeVar

from detente.errors import UsageError
from detente.register.prospect import State, Track

Percent = int | Fraction
Number = TypeVar("Number", Fraction, float)

LOG_FLOOR = Fraction(1, 100)
"""The least probability the log score gives to what came about: no miss costs more than ln 100 = 4.605."""

LEAVE_ONE_OUT = "own rate, leave one out"
"""The name of the base rate used when the caller names none."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What was said on a day: a number (`low` equals `high`), a range, a plain "will", or words without any.

    `low` and `high` are percents, both None where the words give no range ("may", "could"). `categorical`
    is True for "will", False for "will not" and "cannot", None for all that is hedged. Raises UsageError for
    half a range, a range outside 0 to 100 and a categorical statement with a range.
    """

    day: date
    low: Percent | None = None
    high: Percent | None = None
    categorical: bool | None = None

    def __post_init__(self) -> None:
        bounds = self.bounds
        if bounds is None and (self.low is not None or self.high is not None):
            raise UsageError("an estimate has two bounds or none")
        if bounds is not None and not 0 <= bounds[0] <= bounds[1] <= 100:
            raise UsageError(f"{bounds[0]} to {bounds[1]} is no range of percents")
        if bounds is not None and self.categorical is not None:
            raise UsageError("a statement without hedge has no range")

    @property
    def bounds(self) -> tuple[Percent, Percent] | None:
        """The range in percent, None where the words give none."""
        return None if self.low is None or self.high is None else (self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorable:
    """A forecast as scoring sees it: who made it, when, how likely it was called, what came of it.

    `made_on` is the day the question was put. `settled_on` is the day events settled it (not the day
    somebody entered the outcome), None while open or where it was settled by falling due. `estimates` stand
    in the order they were made; the first is frozen. An empty name means that nobody is named. Raises
    UsageError where the days contradict each other or a resolved forecast has neither `settled_on` nor `due`.
    """

    id: str
    track: Track
    state: State
    made_on: date
    due: date | None = None
    settled_on: date | None = None
    estimates: tuple[Stated, ...] = ()
    speaker: str = ""
    institution: str = ""
    publisher: str = ""
    subjects: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        days = [self.made_on, *(estimate.day for estimate in self.estimates)]
        if any(later < earlier for earlier, later in pairwise(days)):
            raise UsageError(
                f"{self.id}: estimates stand in the order of their days, none before the question"
            )
        if any(end < self.made_on for end in self._ends):
            raise UsageError(f"{self.id}: due or settled before it was made")
        if self.outcome is not None and not self._ends:
            raise UsageError(f"{self.id}: resolved without a day on which it was settled or due")

    @property
    def outcome(self) -> bool | None:
        """Whether it came true; None unless resolved."""
        return {State.RESOLVED_YES: True, State.RESOLVED_NO: False}.get(self.state)

    @property
    def life(self) -> int:
        """The days the question was open: `made_on` to the day before it was settled or due, at least one.

        Raises UsageError where there is neither day.
        """
        if not self._ends:
            raise UsageError(f"{self.id}: the life of an open question has no end yet")
        return max(1, (min(self._ends) - self.made_on).days)

    @property
    def _ends(self) -> tuple[date, ...]:
        return tuple(day for day in (self.settled_on, self.due) if day is not None)


@dataclass(frozen=True, slots=True)
class Spread(Generic[Number]):
    """A score at the middle of a range and at the ends of it that suit the outcome best and worst."""

    midpoint: Number
    best: Number
    worst: Number


@dataclass(frozen=True, slots=True)
class ForecastScore:
    """The scores of one resolved forecast.

    `brier` and `log` are of the first estimate, `last` is the Brier score of the last one with a
    probability. `time_weighted` is the mean Brier score (midpoint) over the days that an estimate with a
    probability stood, None where none stood a whole day; `coverage` is the share of the question's life that
    those days make.
    """

    brier: Spread[Fraction]
    log: Spread[float]
    last: Spread[Fraction]
    time_weighted: Fraction | None
    coverage: Fraction


@dataclass(frozen=True, slots=True)
class BaseRate:
    """How often such things happen, in percent, and the name under which the skill is shown."""

    name: str
    percent: Percent

    def __post_init__(self) -> None:
        if not 0 <= self.percent <= 100:
            raise UsageError(f"{self.percent} is no percent")


def midpoint(low: Percent, high: Percent) -> Fraction:
    """The middle of a range, in percent."""
    return Fraction(low + high) / 2


def brier(low: Percent, high: Percent, happened: bool) -> Spread[Fraction]:
    """(p - o)² of a range in percent, 0 best and 1 worst (Brier 1950, halved to one outcome)."""
    mid, best, worst = (((p - happened) ** 2) for p in _probabilities(low, high, happened))
    return Spread(mid, best, worst)


def log_score(low: Percent, high: Percent, happened: bool) -> Spread[float]:
    """-ln of the probability given to what came about, at least `LOG_FLOOR`; 0 best (Good 1952)."""
    given = (p if happened else 1 - p for p in _probabilities(low, high, happened))
    mid, best, worst = (math.log(1 / max(p, LOG_FLOOR)) for p in given)
    return Spread(mid, best, worst)


def _probabilities(low: Percent, high: Percent, happened: bool) -> tuple[Fraction, Fraction, Fraction]:
    near, far = (high, low) if happened else (low, high)
    return midpoint(low, high) / 100, Fraction(near) / 100, Fraction(far) / 100


def standing(forecast: Scorable) -> Iterator[tuple[Stated, int]]:
    """The estimates made within the question's life, each with the whole days until the next one or the end.

    Of two on one day the earlier stood no day. What was said on the day of settling, or later, is left out.
    """
    end = forecast.made_on + timedelta(days=forecast.life)
    made = [estimate for estimate in forecast.estimates if estimate.day < end]
    until = [*(estimate.day for estimate in made), end][1:]
    for estimate, day in zip(made, until, strict=True):
        yield estimate, (day - estimate.day).days


def first_estimate(forecast: Scorable) -> Stated | None:
    """The frozen estimate; None unless the forecast is resolved and one was made within its life."""
    return None if forecast.outcome is None else next((estimate for estimate, _ in standing(forecast)), None)


def score(forecast: Scorable) -> ForecastScore | None:
    """The scores of a forecast; None unless it is resolved and its first estimate has a probability."""
    happened, first = forecast.outcome, first_estimate(forecast)
    if happened is None or first is None or first.bounds is None:
        return None
    scored = [(brier(*said.bounds, happened), days) for said, days in standing(forecast) if said.bounds]
    covered = sum(days for _, days in scored)
    total = sum((spread.midpoint * days for spread, days in scored), Fraction(0))
    return ForecastScore(
        brier=brier(*first.bounds, happened),
        log=log_score(*first.bounds, happened),
        last=scored[-1][0],
        time_weighted=total / covered if covered else None,
        coverage=Fraction(covered, forecast.life),
    )


def is_hit(forecast: Scorable) -> bool | None:
    """Whether a statement without hedge came out as stated; None unless it is one and resolved."""
    first = first_estimate(forecast)
    return None if first is None or first.categorical is None else first.categorical == forecast.outcome


def reference_brier(n: int, happened: int, base_rate: BaseRate | None = None) -> Fraction | None:
    """The mean Brier score of always saying the base rate, over `n` cases of which `happened` came true.

    Without a base rate each case is given the rate of the other n - 1, which is h(n - h) / (n - 1)² on the
    whole. None where there are too few cases.
    """
    if base_rate is None:
        return Fraction(happened * (n - happened), (n - 1) ** 2) if n > 1 else None
    p = Fraction(base_rate.percent) / 100
    return (happened * (1 - p) ** 2 + (n - happened) * p**2) / n if n else None


def skill(mean_brier: Fraction, reference: Fraction | None) -> Fraction | None:
    """1 - Brier / reference: 1 perfect, 0 as the base rate; None where the reference is 0 or None."""
    return 1 - mean_brier / reference if reference else None
