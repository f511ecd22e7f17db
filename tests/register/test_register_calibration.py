"""Bins, intervals and Murphy's decomposition, against published tables: docs/scores.md has the formulas."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.register.calibration import (
    ICD_203,
    TENTHS,
    Tally,
    calibration,
    decompose,
    tally,
    tally_tracks,
    wilson,
)
from detente.register.prospect import State, Track
from detente.register.scoring import (
    Scorable,
    Stated,
    brier,
    skill,
)

# 24-hour forecasts of rain for Tampere, 2003 (Finnish Meteorological Institute): percent, forecasts, rainy days.
TAMPERE = tuple(
    Tally(Fraction(percent), n, rain)
    for percent, n, rain in [
        (0, 46, 1),
        (10, 55, 1),
        (20, 59, 5),
        (30, 41, 5),
        (40, 19, 4),
        (50, 22, 8),
        (60, 22, 6),
        (70, 34, 16),
        (80, 24, 16),
        (90, 11, 8),
        (100, 13, 11),
    ]
)

cases = st.lists(st.tuples(st.fractions(0, 100, max_denominator=4), st.booleans()), min_size=1, max_size=40)
edges = st.sets(st.integers(1, 99), max_size=6).map(lambda inner: (0, *sorted(inner), 100))


# Decomposition


@pytest.mark.parametrize(
    ("term", "published"),
    [("brier", "0.144"), ("reliability", "0.025"), ("resolution", "0.060"), ("uncertainty", "0.179")],
)
def test_decomposition_is_the_published_one_of_a_year_of_rain_forecasts(term, published):
    # CAWCR, "Probability of precipitation, Tampere 2003", table of the 24-hour forecasts.
    assert f"{float(getattr(decompose(TAMPERE), term)):.3f}" == published


def test_skill_against_the_samples_own_rate_is_the_published_one():
    found = decompose(TAMPERE)
    assert f"{float(skill(found.brier, found.uncertainty)):.3f}" == "0.194"


def test_the_published_base_rate_follows_from_the_published_table():
    # Wilks, Statistical Methods in the Atmospheric Sciences, table 7.3: share of forecasts and frequency by
    # forecast; all together it rained in 0.162 of the cases. Counted in ten-millionths of a forecast.
    shares = (4112, 671, 1833, 986, 616, 366, 303, 275, 245, 220, 170, 203)
    frequencies = (6, 19, 59, 150, 277, 377, 511, 587, 723, 779, 934, 933)
    values = (0, 5, *range(10, 101, 10))
    table = [
        Tally(Fraction(value), share * 1000, share * frequency)
        for value, share, frequency in zip(values, shares, frequencies, strict=True)
    ]
    found = decompose(table)
    rate = Fraction(sum(one.happened for one in table), found.n)
    assert (f"{float(rate):.3f}", found.uncertainty) == ("0.162", rate * (1 - rate))


def test_by_hand_three_of_four_at_80_and_one_of_four_at_40():
    # Reliability (0.05² + 0.15²) / 2, resolution 0.25², uncertainty 0.5 * 0.5.
    found = decompose([Tally(Fraction(80), 4, 3), Tally(Fraction(40), 4, 1)])
    assert (found.reliability, found.resolution, found.uncertainty) == (
        Fraction("0.0125"),
        Fraction("0.0625"),
        Fraction("0.25"),
    )


def test_by_hand_two_values_in_one_bin_need_the_terms_within():
    # 60 % failed, 70 % came true, one bin at 65 %, half came true: variance 0.05², covariance 2 * 0.05 * 0.5.
    found = decompose(tally([(60, False), (70, True)]), (0, 50, 100))
    assert (found.reliability, found.within_variance, found.within_covariance) == (
        Fraction("0.0225"),
        Fraction("0.0025"),
        Fraction("0.05"),
    )


def test_no_forecast_has_no_decomposition():
    assert decompose(()) is None


@given(cases, st.none() | edges)
def test_the_five_terms_sum_to_the_brier_score(said, bounds):
    found = decompose(tally(said), bounds)
    mean = sum(brier(p, p, o).midpoint for p, o in said) / len(said)
    five = found.reliability - found.resolution + found.uncertainty + found.within_variance
    assert found.brier == mean == five - found.within_covariance


@given(cases)
def test_by_value_nothing_is_left_within(said):
    found = decompose(tally(said))
    assert found.within_variance == found.within_covariance == 0


@given(cases, edges)
def test_with_generalised_resolution_three_terms_suffice(said, bounds):
    found = decompose(tally(said), bounds)
    assert found.reliability - found.generalised_resolution + found.uncertainty == found.brier


@given(cases, st.none() | edges)
def test_resolution_never_exceeds_uncertainty(said, bounds):
    found = decompose(tally(said), bounds)
    assert 0 <= found.resolution <= found.uncertainty <= Fraction(1, 4)


@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_forecasts_makes_no_difference(said, random):
    shuffled = random.sample(said, len(said))
    assert decompose(tally(shuffled), TENTHS) == decompose(tally(said), TENTHS)


# Bins


def test_bins_are_the_published_ones_of_nine_forecasts():
    # scikit-learn, documentation of calibration_curve: frequencies 0, 0.5, 1 at means 0.2, 0.525, 0.85.
    said = [
        (10, False),
        (20, False),
        (30, False),
        (40, False),
        (65, True),
        (70, True),
        (80, True),
        (90, True),
    ]
    bins = calibration(tally([*said, (100, True)]), (0, Fraction(100, 3), Fraction(200, 3), 100))
    assert [(each.forecast, each.frequency) for each in bins] == [
        (20, 0),
        (Fraction("52.5"), Fraction(1, 2)),
        (85, 1),
    ]


def test_the_dot_stands_at_the_mean_forecast_not_at_the_middle_of_the_bin():
    (found,) = (each for each in calibration(tally([(61, True), (62, False)])) if each.n)
    assert (found.low, found.high, found.forecast) == (60, 70, Fraction("61.5"))


@pytest.mark.parametrize(
    ("percent", "low"),
    [(0, 0), (5, 5), (20, 20), (45, 45), (55, 55), (80, 80), (95, 95), (100, 95), (Fraction("54.9"), 45)],
)
def test_a_forecast_on_a_bound_of_icd_203_belongs_to_the_term_above(percent, low):
    (found,) = (each for each in calibration(tally([(percent, True)]), ICD_203) if each.n)
    assert found.low == low


def test_the_middle_of_each_icd_203_range_falls_in_its_own_bin():
    middles = [3, Fraction("12.5"), Fraction("32.5"), 50, Fraction("67.5"), Fraction("87.5"), 97]
    assert [each.n for each in calibration(tally([(p, True) for p in middles]), ICD_203)] == [1] * 7


def test_an_empty_bin_is_shown_as_empty():
    bins = calibration(tally([(5, False)]))
    assert [(each.n, each.forecast, each.frequency, each.interval) for each in bins[1:]] == [
        (0, None, None, None)
    ] * 9


@given(cases, edges)
def test_every_forecast_is_in_one_bin(said, bounds):
    bins = calibration(tally(said), bounds)
    assert (sum(each.n for each in bins), sum(each.happened for each in bins)) == (
        len(said),
        sum(o for _, o in said),
    )


@given(cases, edges)
def test_a_mean_forecast_lies_within_its_bin(said, bounds):
    for each in calibration(tally(said), bounds):
        assert each.forecast is None or each.low <= each.forecast <= each.high


@pytest.mark.parametrize("bounds", [(), (0,), (0, 50), (10, 100), (0, 50, 50, 100), (0, 60, 50, 100)])
def test_edges_that_do_not_rise_from_0_to_100_are_refused(bounds):
    with pytest.raises(UsageError, match="rise from 0 to 100"):
        calibration((), bounds)


@pytest.mark.parametrize(("forecast", "n", "happened"), [(101, 1, 0), (-1, 1, 0), (50, 0, 0), (50, 2, 3)])
def test_a_tally_that_cannot_be_is_refused(forecast, n, happened):
    with pytest.raises(UsageError, match="no tally"):
        Tally(Fraction(forecast), n, happened)


# The interval of a frequency


@pytest.mark.parametrize(
    ("happened", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_published_one(happened, n, low, high):
    # Newcombe 1998, Statistics in Medicine 17, table I, method 3.
    assert wilson(happened, n) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_frequency_and_stays_within_0_and_1(counted):
    happened, n = counted
    low, high = wilson(happened, n)
    assert 0 <= low <= happened / n <= high <= 1


def test_no_case_has_no_interval():
    assert wilson(0, 0) is None


# Tracks


def resolved(track, estimate, state=State.RESOLVED_YES):
    made = date(2024, 4, 1)
    said = Stated(made, *estimate)
    return Scorable(id="f", track=track, state=state, made_on=made, due=date(2024, 5, 1), estimates=(said,))


def test_tracks_are_tallied_apart_at_the_middle_of_the_range():
    found = tally_tracks(
        [resolved(Track.QUOTED, (55, 80)), resolved(Track.MODELS, (55, 80), State.RESOLVED_NO)]
    )
    assert found == {
        Track.QUOTED: (Tally(Fraction("67.5"), 1, 1),),
        Track.PEOPLE: (),
        Track.MODELS: (Tally(Fraction("67.5"), 1, 0),),
    }


@pytest.mark.parametrize(
    "left_out",
    [
        resolved(Track.QUOTED, ()),
        resolved(Track.QUOTED, (None, None, True)),
        resolved(Track.QUOTED, (55, 80), State.OPEN),
        resolved(Track.QUOTED, (55, 80), State.DISPUTED),
    ],
    ids=["no range", "no hedge", "open", "disputed"],
)
def test_what_is_not_scored_is_not_tallied(left_out):
    assert tally_tracks([left_out])[Track.QUOTED] == ()
