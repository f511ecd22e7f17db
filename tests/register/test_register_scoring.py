"""One forecast's scores, against published numbers and by hand: docs/scores.md has the formulas."""

from __future__ import annotations

import math
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.register.prospect import State, Track
from detente.register.scoring import (
    BaseRate,
    Scorable,
    Stated,
    brier,
    is_hit,
    log_score,
    reference_brier,
    score,
    skill,
    standing,
)

PUT = date(2024, 4, 1)

percents = st.fractions(0, 100, max_denominator=10)
ranges = st.tuples(percents, percents).map(lambda ends: (min(ends), max(ends)))


def day(number):
    return PUT + timedelta(days=number)


def forecast(*estimates, state=State.RESOLVED_NO, settled=10, due=None, **more):
    """A question put on day 0 and settled on day 10; an estimate is (day, low, high) or an `Stated`."""
    made = tuple(said if isinstance(said, Stated) else Stated(day(said[0]), *said[1:]) for said in estimates)
    return Scorable(
        id="forecast:1",
        track=Track.QUOTED,
        state=state,
        made_on=PUT,
        settled_on=None if settled is None else day(settled),
        due=None if due is None else day(due),
        estimates=made,
        **more,
    )


# Brier and log score


@pytest.mark.parametrize(
    ("percent", "rained", "published"),
    [
        (100, True, 0),
        (100, False, 1),
        (70, True, 0.09),
        (30, True, 0.49),
        (50, True, 0.25),
        (50, False, 0.25),
    ],
)
def test_brier_is_the_published_score_of_a_rain_forecast(percent, rained, published):
    # Wikipedia, "Brier score", the example of rain.
    assert float(brier(percent, percent, rained).midpoint) == published


def test_brier_is_the_published_mean_of_four_forecasts():
    # scikit-learn, documentation of brier_score_loss: 0.0375.
    cases = [(10, False), (90, True), (80, True), (30, False)]
    assert sum(brier(p, p, o).midpoint for p, o in cases) / 4 == Fraction("0.0375")


def test_log_score_is_the_published_mean_of_four_forecasts():
    # scikit-learn, documentation of log_loss: 0.21616...
    cases = [(90, True), (10, False), (20, False), (65, True)]
    assert sum(log_score(p, p, o).midpoint for p, o in cases) / 4 == pytest.approx(0.216162, abs=1e-6)


def test_likely_that_failed_is_scored_over_its_range():
    spread = brier(55, 80, False)
    assert (spread.best, spread.worst) == (Fraction("0.3025"), Fraction("0.64"))
    assert round(float(spread.midpoint), 3) == 0.456


def test_likely_that_came_true_has_its_best_end_above():
    spread = brier(55, 80, True)
    assert (spread.best, spread.worst) == (Fraction("0.04"), Fraction("0.2025"))


def test_log_score_of_a_coin_is_ln_2():
    assert log_score(50, 50, True).midpoint == pytest.approx(math.log(2))


@pytest.mark.parametrize(("percent", "happened"), [(0, True), (100, False), (1, True), (99, False)])
def test_no_miss_costs_more_than_the_floor_of_one_percent(percent, happened):
    assert log_score(percent, percent, happened).midpoint == pytest.approx(math.log(100))


def test_two_percent_is_above_the_floor():
    assert log_score(2, 2, True).midpoint == pytest.approx(math.log(50))


def test_certainty_that_came_true_costs_nothing():
    assert str(log_score(100, 100, True).midpoint) == "0.0"


@given(ranges, st.booleans())
def test_brier_lies_between_0_and_1_and_the_midpoint_between_best_and_worst(bounds, happened):
    spread = brier(*bounds, happened)
    assert 0 <= spread.best <= spread.midpoint <= spread.worst <= 1


@given(ranges, st.booleans())
def test_log_score_is_floored_and_the_midpoint_lies_between_best_and_worst(bounds, happened):
    spread = log_score(*bounds, happened)
    assert 0 <= spread.best <= spread.midpoint <= spread.worst <= math.log(100) + 1e-12


@given(percents, st.booleans())
def test_a_number_is_its_own_best_and_worst(percent, happened):
    spread = brier(percent, percent, happened)
    assert spread.best == spread.midpoint == spread.worst


@given(ranges, st.booleans())
def test_the_opposite_forecast_of_the_opposite_outcome_scores_the_same(bounds, happened):
    low, high = bounds
    assert brier(low, high, happened) == brier(100 - high, 100 - low, not happened)


# Updates


def test_the_first_estimate_is_frozen():
    found = score(forecast((0, 80, 80), (5, 10, 10)))
    assert found.brier.midpoint == Fraction("0.64")


def test_the_last_estimate_is_scored_beside_it():
    found = score(forecast((0, 80, 80), (5, 10, 10)))
    assert found.last.midpoint == Fraction("0.01")


def test_each_estimate_weighs_the_days_it_stood():
    # 3 days at 0.64, 7 days at 0.01.
    found = score(forecast((0, 80, 80), (3, 10, 10)))
    assert found.time_weighted == Fraction("0.199")


def test_days_before_the_first_estimate_are_not_covered():
    found = score(forecast((4, 50, 50)))
    assert (found.coverage, found.time_weighted) == (Fraction(6, 10), Fraction(1, 4))


def test_words_without_range_leave_their_days_uncovered():
    found = score(forecast((0, 80, 80), (6, None, None)))
    assert (found.coverage, found.time_weighted, found.last.midpoint) == (
        Fraction(6, 10),
        Fraction("0.64"),
        Fraction("0.64"),
    )


@pytest.mark.parametrize(("made", "counts"), [(9, True), (10, False), (11, False)])
def test_an_estimate_counts_only_before_the_day_of_settling(made, counts):
    found = score(forecast((0, 80, 80), (made, 0, 0)))
    assert found.last.midpoint == (0 if counts else Fraction("0.64"))


def test_a_forecast_settled_on_the_day_it_was_made_lives_one_day():
    found = score(forecast((0, 80, 80), settled=0))
    assert (found.coverage, found.brier.midpoint) == (1, Fraction("0.64"))


def test_an_outcome_entered_late_does_not_lengthen_the_life():
    assert forecast((0, 80, 80), settled=40, due=10).life == 10


def test_what_is_settled_early_ends_its_life():
    assert forecast((0, 80, 80), settled=4, due=10).life == 4


def test_of_two_estimates_on_one_day_the_first_is_frozen_and_the_second_stands():
    found = score(forecast((0, 80, 80), (0, 60, 60)))
    assert (found.brier.midpoint, found.time_weighted) == (Fraction("0.64"), Fraction("0.36"))


def test_a_number_taken_back_into_mere_words_on_its_day_has_a_first_score_and_no_mean_over_time():
    found = score(forecast((0, 80, 80), (0, None, None)))
    assert (found.brier.midpoint, found.time_weighted, found.coverage) == (Fraction("0.64"), None, 0)


@given(st.lists(st.tuples(st.integers(0, 12), ranges), min_size=1, max_size=6), st.integers(0, 12))
def test_standing_days_fill_the_life_from_the_first_estimate_on(said, settled):
    made = forecast(*sorted((number, *bounds) for number, bounds in said), settled=settled)
    stood = list(standing(made))
    gap = (stood[0][0].day - PUT).days if stood else made.life
    assert sum(days for _, days in stood) + gap == made.life


@given(st.lists(st.tuples(st.integers(0, 9), ranges), min_size=1, max_size=6))
def test_the_mean_over_time_lies_between_the_scores_it_is_made_of(said):
    found = score(forecast(*sorted((number, *bounds) for number, bounds in said)))
    each = [brier(*bounds, False).midpoint for _, bounds in said]
    assert found.time_weighted is not None
    assert min(each) <= found.time_weighted <= max(each)


# What has no score


@pytest.mark.parametrize(
    "state",
    [State.OPEN, State.DUE, State.VOID, State.DISPUTED, State.WITHDRAWN],
    ids=lambda state: state.value,
)
def test_what_is_not_resolved_has_no_score(state):
    assert score(forecast((0, 80, 80), state=state)) is None


def test_words_without_range_have_no_score():
    assert score(forecast((0, None, None))) is None


def test_a_number_given_later_does_not_stand_in_for_a_first_word_without_range():
    assert score(forecast((0, None, None), (2, 20, 20))) is None


def test_a_forecast_without_estimate_has_no_score():
    assert score(forecast()) is None


def test_an_estimate_made_after_the_settling_has_no_score():
    assert score(forecast((12, 1, 1))) is None


@pytest.mark.parametrize(
    ("stated", "state", "hit"),
    [
        (True, State.RESOLVED_YES, True),
        (True, State.RESOLVED_NO, False),
        (False, State.RESOLVED_NO, True),
        (False, State.RESOLVED_YES, False),
        (None, State.RESOLVED_YES, None),
        (True, State.OPEN, None),
        (True, State.DISPUTED, None),
    ],
)
def test_a_statement_without_hedge_is_a_hit_or_a_miss(stated, state, hit):
    assert is_hit(forecast(Stated(PUT, categorical=stated), state=state)) is hit


def test_a_statement_without_hedge_gets_no_probability():
    assert score(forecast(Stated(PUT, categorical=True))) is None


# What is refused


@pytest.mark.parametrize(
    ("low", "high", "categorical", "trouble"),
    [
        (55, None, None, "two bounds or none"),
        (None, 80, None, "two bounds or none"),
        (80, 55, None, "no range"),
        (-1, 5, None, "no range"),
        (95, 101, None, "no range"),
        (55, 80, True, "without hedge"),
    ],
)
def test_an_estimate_that_makes_no_sense_is_refused(low, high, categorical, trouble):
    with pytest.raises(UsageError, match=trouble):
        Stated(PUT, low, high, categorical)


def test_estimates_out_of_order_are_refused():
    with pytest.raises(UsageError, match="order of their days"):
        forecast((3, 50, 50), (2, 50, 50))


def test_an_estimate_before_the_question_is_refused():
    with pytest.raises(UsageError, match="before the question"):
        forecast((-1, 50, 50))


@pytest.mark.parametrize("ends", [{"settled": -1}, {"settled": None, "due": -1}])
def test_a_forecast_made_after_its_end_is_refused(ends):
    with pytest.raises(UsageError, match="before it was made"):
        forecast((0, 50, 50), **ends)


def test_a_resolved_forecast_without_any_end_is_refused():
    with pytest.raises(UsageError, match="resolved without a day"):
        forecast((0, 50, 50), settled=None)


def test_an_open_question_without_end_has_no_life_yet():
    with pytest.raises(UsageError, match="no end yet"):
        _ = forecast((0, 50, 50), state=State.OPEN, settled=None).life


def test_a_base_rate_is_a_percent():
    with pytest.raises(UsageError, match="no percent"):
        BaseRate("vetoes since 1946", 101)


# Skill


@pytest.mark.parametrize(
    ("base_rate", "expected"), [(BaseRate("vetoes since 1946", 20), "0.318"), (None, "0.421")]
)
def test_skill_by_hand_for_three_of_ten_and_a_brier_score_of_015(base_rate, expected):
    # 1 - 0.15 / 0.22, and leave one out 1 - 0.15 / (3 * 7 / 81).
    assert f"{float(skill(Fraction('0.15'), reference_brier(10, 3, base_rate))):.3f}" == expected


def test_a_named_base_rate_is_scored_on_the_same_cases():
    # 3 of 10 came true, called 20 %: (3 * 0.64 + 7 * 0.04) / 10.
    assert reference_brier(10, 3, BaseRate("vetoes since 1946", 20)) == Fraction("0.22")


@given(st.lists(st.booleans(), min_size=2, max_size=30))
def test_leave_one_out_gives_each_case_the_rate_of_the_others(outcomes):
    n, total = len(outcomes), sum(outcomes)
    by_hand = sum((Fraction(total - one, n - 1) - one) ** 2 for one in outcomes) / n
    assert reference_brier(n, total) == by_hand


def test_one_case_leaves_no_rate_of_the_others():
    assert reference_brier(1, 1) is None


def test_no_case_has_no_reference():
    assert reference_brier(0, 0, BaseRate("coin", 50)) is None


@pytest.mark.parametrize("reference", [None, Fraction(0)])
def test_without_a_reference_above_0_there_is_no_skill(reference):
    assert skill(Fraction(1, 4), reference) is None


def test_the_base_rate_itself_has_no_skill():
    rate = BaseRate("coin", 50)
    assert skill(brier(50, 50, True).midpoint, reference_brier(8, 3, rate)) == 0
