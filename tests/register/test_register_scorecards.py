"""Scores brought together: what is counted where, what is taken the mean of, who is ranked."""

from __future__ import annotations

import itertools
import math
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.register.prospect import State, Track
from detente.register.scorecards import (
    Grouping,
    Horizon,
    Place,
    groups_of,
    horizon,
    place,
    scorecards,
)
from detente.register.scoring import (
    LEAVE_ONE_OUT,
    BaseRate,
    Scorable,
    Stated,
)

MADE = date(2024, 4, 1)
TODAY = date(2024, 6, 1)
YES, NO = State.RESOLVED_YES, State.RESOLVED_NO
WILL, WILL_NOT, MAY = {"categorical": True}, {"categorical": False}, {}


def day(number):
    return MADE + timedelta(days=number)


def forecast(estimate=80, state=YES, *, due=10, track=Track.QUOTED, **more):
    """A forecast of a number, a range or a kind of words, made on day 0."""
    if isinstance(estimate, dict):
        said = Stated(MADE, **estimate)
    else:
        low, high = estimate if isinstance(estimate, tuple) else (estimate, estimate)
        said = Stated(MADE, low, high)
    return Scorable(
        id="forecast:1",
        track=track,
        state=state,
        made_on=MADE,
        due=None if due is None else day(due),
        **{"estimates": (said,), **more},
    )


def card(forecasts, by=Grouping.TRACK, **options):
    """The one card there is."""
    (only,) = scorecards(forecasts, by, TODAY, **options)
    return only


anything = st.builds(
    forecast,
    st.sampled_from([0, 20, 80, 100, (55, 80), (20, 45), WILL, WILL_NOT, MAY]),
    st.sampled_from(list(State)),
    due=st.sampled_from([0, 10, 61, 400]),
    track=st.sampled_from(list(Track)),
    speaker=st.sampled_from(["", "Yun Byung-se", "Wang Yi"]),
    subjects=st.sampled_from([(), ("sanctions",), ("sanctions", "vetoes")]),
)


# Where a forecast is counted


@pytest.mark.parametrize(
    ("estimate", "state", "where"),
    [
        (80, YES, Place.SCORED),
        ((55, 80), NO, Place.SCORED),
        (WILL, YES, Place.HIT),
        (WILL_NOT, NO, Place.HIT),
        (WILL, NO, Place.MISS),
        (WILL_NOT, YES, Place.MISS),
        (MAY, YES, Place.UNSCORED),
        (80, State.VOID, Place.VOID),
        (80, State.DISPUTED, Place.DISPUTED),
        (80, State.WITHDRAWN, Place.WITHDRAWN),
        (WILL, State.DISPUTED, Place.DISPUTED),
    ],
)
def test_a_forecast_is_counted_in_its_place(estimate, state, where):
    assert place(forecast(estimate, state), TODAY) is where


def test_a_resolved_forecast_without_estimate_is_unscored():
    assert place(forecast(estimates=()), TODAY) is Place.UNSCORED


@pytest.mark.parametrize(
    ("state", "due", "where"),
    [
        (State.OPEN, 60, Place.OVERDUE),
        (State.OPEN, 61, Place.PENDING),
        (State.OPEN, 62, Place.PENDING),
        (State.OPEN, None, Place.PENDING),
        (State.DUE, 60, Place.OVERDUE),
        (State.DUE, 61, Place.PENDING),
        (State.DUE, None, Place.OVERDUE),
    ],
)
def test_what_waits_is_overdue_once_its_day_is_past(state, due, where):
    # TODAY is day 61.
    assert place(forecast(state=state, due=due), TODAY) is where


@given(st.lists(anything, max_size=20))
def test_every_forecast_is_counted_once(forecasts):
    cards = scorecards(forecasts, Grouping.TRACK, TODAY)
    assert sum(sum(each.counts.values()) for each in cards) == len(forecasts)


def test_the_counts_stand_beside_the_means():
    found = card(
        [
            forecast(80, YES),
            forecast((55, 80), NO),
            forecast(WILL, YES),
            forecast(WILL, NO),
            forecast(WILL_NOT, YES),
            forecast(MAY, NO),
            forecast(state=State.OPEN, due=90),
            forecast(state=State.OPEN, due=20),
            forecast(state=State.DUE, due=20),
            forecast(state=State.VOID),
            forecast(state=State.DISPUTED),
            forecast(state=State.WITHDRAWN),
        ]
    )
    assert {where.value: n for where, n in found.counts.items()} == {
        "scored": 2,
        "hit": 1,
        "miss": 2,
        "unscored": 1,
        "pending": 1,
        "overdue": 2,
        "void": 1,
        "disputed": 1,
        "withdrawn": 1,
    }


# Means


def test_the_mean_is_over_first_estimates_at_midpoint_best_and_worst():
    # 0.04 for 80 % that came true; 0.455625, 0.3025, 0.64 for "likely" that failed.
    brier = card([forecast(80, YES), forecast((55, 80), NO)]).means.brier
    assert (brier.midpoint, brier.best, brier.worst) == (
        Fraction("0.2478125"),
        Fraction("0.17125"),
        Fraction("0.34"),
    )


def test_the_log_score_is_averaged_too():
    log = card([forecast(80, YES), forecast(0, YES)]).means.log
    assert log.midpoint == pytest.approx((math.log(1.25) + math.log(100)) / 2)


def test_last_and_over_time_are_means_over_the_same_forecasts():
    # 80 % for 5 days of 10 then 20 %, failed: 0.64 first, 0.04 last, 0.34 over time; and 0.25 throughout.
    moved = (Stated(day(0), 80, 80), Stated(day(5), 20, 20))
    means = card([forecast(state=NO, estimates=moved), forecast(50, NO)]).means
    assert (means.brier.midpoint, means.last.midpoint, means.time_weighted) == (
        Fraction("0.445"),
        Fraction("0.145"),
        Fraction("0.295"),
    )


def test_coverage_is_the_mean_share_of_life():
    late = (Stated(day(6), 50, 50),)
    assert card([forecast(), forecast(estimates=late)]).means.coverage == Fraction(7, 10)


def test_what_stood_no_day_is_not_in_the_mean_over_time():
    taken_back = (Stated(day(0), 80, 80), Stated(day(0)))
    means = card([forecast(50), forecast(estimates=taken_back)]).means
    assert (means.time_weighted, means.time_weighted_n) == (Fraction(1, 4), 1)


def test_without_scored_forecasts_there_are_no_means():
    assert card([forecast(WILL, YES), forecast(state=State.OPEN)]).means is None


def test_statements_without_hedge_leave_the_means_alone():
    assert card([forecast(80, YES), forecast(WILL, NO)]).means == card([forecast(80, YES)]).means


@pytest.mark.parametrize("state", [State.DISPUTED, State.WITHDRAWN, State.VOID, State.OPEN])
def test_what_has_no_outcome_leaves_the_means_alone(state):
    assert card([forecast(80, YES), forecast(0, state)]).means == card([forecast(80, YES)]).means


@given(st.lists(anything, max_size=15), st.sampled_from(list(Grouping)), st.randoms(use_true_random=False))
def test_the_order_of_forecasts_makes_no_difference(forecasts, by, random):
    shuffled = random.sample(forecasts, len(forecasts))
    assert scorecards(shuffled, by, TODAY, minimum=1) == scorecards(forecasts, by, TODAY, minimum=1)


@given(st.lists(anything, max_size=20))
def test_mean_brier_lies_between_0_and_1_and_best_before_worst(forecasts):
    for found in scorecards(forecasts, Grouping.SPEAKER, TODAY):
        if found.means:
            brier = found.means.brier
            assert 0 <= brier.best <= brier.midpoint <= brier.worst <= 1


# Skill


def test_skill_is_against_the_base_rate_that_is_named():
    # Brier 0.04 and 0.04; the coin scores 0.25.
    means = card([forecast(80, YES), forecast(20, NO)], base_rate=BaseRate("a coin", 50)).means
    assert (means.reference, means.reference_brier, means.skill) == (
        "a coin",
        Fraction(1, 4),
        Fraction("0.84"),
    )


def test_without_a_base_rate_it_is_the_groups_own_leave_one_out():
    # One of two came true: each is given the other's outcome, always wrong.
    means = card([forecast(80, YES), forecast(20, NO)]).means
    assert (means.reference, means.reference_brier, means.skill) == (LEAVE_ONE_OUT, 1, Fraction("0.96"))


def test_where_all_came_true_the_own_rate_leaves_no_skill_to_show():
    means = card([forecast(80, YES), forecast(90, YES)]).means
    assert (means.reference_brier, means.skill) == (0, None)


# Groups


def test_tracks_never_meet():
    cards = scorecards([forecast(track=track, speaker="Wang Yi") for track in Track], Grouping.SPEAKER, TODAY)
    assert [(each.track, each.n) for each in cards] == [(track, 1) for track in Track]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        (Grouping.TRACK, ("quoted",)),
        (Grouping.SPEAKER, ("Choe Kang",)),
        (Grouping.INSTITUTION, ("Asan Institute",)),
        (Grouping.PUBLISHER, ("Yonhap",)),
        (Grouping.SUBJECT, ("alliances", "arms")),
        (Grouping.HORIZON, ("8 to 31 days",)),
    ],
)
def test_a_forecast_is_in_the_groups_of_its_kind(by, groups):
    made = forecast(
        speaker="Choe Kang",
        institution="Asan Institute",
        publisher="Yonhap",
        subjects=("alliances", "arms", "alliances"),
    )
    assert groups_of(made, by) == groups


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, Horizon.WEEK),
        (7, Horizon.WEEK),
        (8, Horizon.MONTH),
        (31, Horizon.MONTH),
        (32, Horizon.QUARTER),
        (92, Horizon.QUARTER),
        (93, Horizon.YEAR),
        (366, Horizon.YEAR),
        (367, Horizon.LONGER),
        (None, Horizon.NONE),
    ],
)
def test_the_horizon_is_told_by_the_days_until_due(days, expected):
    assert horizon(forecast(state=State.OPEN, due=days)) is expected


def test_horizons_are_listed_from_near_to_far():
    made = [forecast(state=State.OPEN, due=due) for due in (None, 1000, 200, 5, 20, 60)]
    assert [each.group for each in scorecards(made, Grouping.HORIZON, TODAY)] == list(Horizon)


# Ranks


def by_speaker(scores, **options):
    """Cards of speakers who each made the given numbers, all of which came true; (name, rank) of each."""
    made = [forecast(percent, speaker=name) for name, percents in scores.items() for percent in percents]
    return [(each.group, each.rank) for each in scorecards(made, Grouping.SPEAKER, TODAY, **options)]


def test_the_lowest_brier_score_ranks_first():
    assert by_speaker({"Anna": [60], "Boris": [90], "Chen": [75]}, minimum=1) == [
        ("Boris", 1),
        ("Chen", 2),
        ("Anna", 3),
    ]


def test_equal_scores_share_a_rank_in_the_order_of_names_and_the_next_is_left_out():
    assert by_speaker({"Chen": [75], "Boris": [90], "Anna": [90]}, minimum=1) == [
        ("Anna", 1),
        ("Boris", 1),
        ("Chen", 3),
    ]


def test_under_ten_scored_forecasts_nobody_is_ranked():
    assert by_speaker({"Anna": [50] * 10, "Boris": [90] * 9}) == [("Anna", 1), ("Boris", None)]


def test_only_scored_forecasts_count_towards_the_minimum():
    made = [forecast(80, speaker="Anna")] * 9 + [forecast(WILL, YES, speaker="Anna")]
    assert card(made, Grouping.SPEAKER).rank is None


def test_who_is_not_named_is_listed_last_without_rank():
    assert by_speaker({"": [90], "Anna": [60]}, minimum=1) == [("Anna", 1), ("", None)]


def test_each_track_has_its_own_ranks():
    made = [
        forecast(percent, track=track, speaker=name)
        for (track, name), percent in zip(
            itertools.product((Track.QUOTED, Track.PEOPLE), ("Anna", "Boris")), (90, 60, 50, 70), strict=True
        )
    ]
    cards = scorecards(made, Grouping.SPEAKER, TODAY, minimum=1)
    assert [(each.track, each.group, each.rank) for each in cards] == [
        (Track.QUOTED, "Anna", 1),
        (Track.QUOTED, "Boris", 2),
        (Track.PEOPLE, "Boris", 1),
        (Track.PEOPLE, "Anna", 2),
    ]


@pytest.mark.parametrize("by", [Grouping.TRACK, Grouping.SUBJECT, Grouping.HORIZON])
def test_only_who_forecasts_is_ranked(by):
    assert card([forecast(subjects=("sanctions",))], by, minimum=1).rank is None


@given(st.lists(anything, max_size=25), st.integers(1, 5))
def test_nobody_under_the_minimum_is_ranked(forecasts, minimum):
    cards = scorecards(forecasts, Grouping.SPEAKER, TODAY, minimum=minimum)
    assert all((each.rank is not None) == (each.n >= minimum and each.group != "") for each in cards)


def test_a_minimum_of_none_is_refused():
    with pytest.raises(UsageError, match="1 or more"):
        scorecards([], Grouping.SPEAKER, TODAY, minimum=0)
