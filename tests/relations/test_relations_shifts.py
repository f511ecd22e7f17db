"""Planted shifts are found, shuffled weeks are left alone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from detente.relations.shifts import PENALTY, alarms, anscombe, shifts

WEEKS, SERIES, DISPERSION, LARGE = 104, 60, 8, 4


def counts(random: np.random.Generator, level: float, weeks: int) -> np.ndarray:
    return random.negative_binomial(DISPERSION, DISPERSION / (DISPERSION + level), weeks)


@pytest.fixture(scope="module")
def planted() -> list[tuple[int, np.ndarray]]:
    random, found = np.random.default_rng(2018), []
    for _ in range(SERIES):
        at, level = int(random.integers(30, 75)), float(random.choice([8, 15, 30]))
        weeks = [counts(random, level, at), counts(random, LARGE * level, WEEKS - at)]
        found.append((at, np.concatenate(weeks)))
    return found


@pytest.fixture(scope="module")
def shuffled(planted) -> list[np.ndarray]:
    random = np.random.default_rng(1946)
    return [random.permutation(weeks) for _, weeks in planted]


def test_nine_large_shifts_in_ten_are_placed_within_a_week(planted):
    found = sum(any(abs(s.at - at) <= 1 for s in shifts(anscombe(weeks))) for at, weeks in planted)
    assert found >= 0.9 * SERIES


def test_nine_large_shifts_in_ten_raise_an_alarm_within_four_weeks(planted):
    found = sum(any(0 <= alarm.at - at <= 4 for alarm in alarms(anscombe(weeks))) for at, weeks in planted)
    assert found >= 0.9 * SERIES


def test_shuffled_weeks_raise_at_most_one_alarm_a_year(shuffled):
    assert sum(len(alarms(anscombe(weeks))) for weeks in shuffled) <= SERIES * WEEKS / 52


def test_shuffled_weeks_have_at_most_one_turning_point_a_year(shuffled):
    assert sum(len(shifts(anscombe(weeks))) for weeks in shuffled) <= SERIES * WEEKS / 52


def test_the_bounds_hold_the_planted_week(planted):
    near = [(at, s) for at, weeks in planted for s in shifts(anscombe(weeks)) if abs(s.at - at) <= 3]
    assert sum(s.earliest <= at <= s.latest for at, s in near) >= 0.9 * len(near)


@pytest.mark.parametrize("values", [[], [1.0] * 5, [3.0] * 50])
def test_a_short_or_flat_series_has_no_turning_point(values):
    assert shifts(values) == ()


@pytest.mark.parametrize("seed", range(5))
def test_the_cut_is_the_cheapest_of_all_cuts(seed):
    """PELT prunes only what cannot win: the same price as trying every cut of a short series."""
    random = np.random.default_rng(seed)
    values = np.concatenate([random.normal(0, 1, 8), random.normal(3, 1, 8)])
    spread = float(np.mean(np.diff(values) ** 2) / 2)
    price = PENALTY * spread * np.log(len(values))

    def cost(edges: tuple[int, ...]) -> float:
        parts = [values[start:stop] for start, stop in pairwise(edges)]
        return float(sum(((part - part.mean()) ** 2).sum() for part in parts) + price * (len(parts) - 1))

    def cuts(start: int) -> list[tuple[int, ...]]:
        rest = [(start, *more) for stop in range(start + 3, 17) for more in cuts(stop)] if start < 16 else []
        return [(16,)] if start == 16 else rest

    best = min(map(cost, cuts(0)))
    assert cost((0, *(s.at for s in shifts(values)), 16)) == pytest.approx(best)
