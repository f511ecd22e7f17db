"""Bring scores together per speaker, institution, publisher, subject or horizon, never across tracks.

What is counted where, and who is ranked, is in docs/scores.md.
"""

from __future__ import annotations

import dataclasses
import math
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from detente.errors import UsageError
from detente.register.prospect import State, Track
from detente.register.scoring import (
    LEAVE_ONE_OUT,
    BaseRate,
    Scorable,
    Spread,
    first_estimate,
    is_hit,
    reference_brier,
    score,
    skill,
)

MINIMUM = 10
"""No group with fewer scored forecasts is ranked."""


class Grouping(StrEnum):
    """What forecasts are brought together by, inside each track."""

    TRACK = "track"
    SPEAKER = "speaker"
    INSTITUTION = "institution"
    PUBLISHER = "publisher"
    SUBJECT = "subject"
    HORIZON = "horizon"


FORECASTERS = (Grouping.SPEAKER, Grouping.INSTITUTION, Grouping.PUBLISHER)
"""Only who forecasts is ranked: a subject or a horizon is not better than another."""


class Horizon(StrEnum):
    """How long before it falls due a forecast was made, near to far."""

    WEEK = "up to 7 days"
    MONTH = "8 to 31 days"
    QUARTER = "32 to 92 days"
    YEAR = "93 to 366 days"
    LONGER = "over 366 days"
    NONE = "no due day"


_TRACKS = list(Track)
_NEARNESS = {each.value: number for number, each in enumerate(Horizon)}
_LONGEST = {Horizon.WEEK: 7, Horizon.MONTH: 31, Horizon.QUARTER: 92, Horizon.YEAR: 366}


class Place(StrEnum):
    """Where a forecast is counted: each in exactly one place.

    SCORED has an outcome, and a probability at first: these are the n of every mean. HIT and MISS are
    resolved statements without hedge. UNSCORED is resolved, with words without range or no estimate in time.
    """

    SCORED = "scored"
    HIT = "hit"
    MISS = "miss"
    UNSCORED = "unscored"
    PENDING = "pending"
    OVERDUE = "overdue"
    VOID = "void"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """Means over the scored forecasts of a group, of which `happened` came true.

    `brier` and `log` are of first estimates, `last` is the Brier score of last ones. `time_weighted` is over
    `time_weighted_n` of them, None for none. `skill` is against `reference_brier`, the score of always saying
    the base rate named `reference`. A group's own rate says nothing of a single case: both are None then, and
    `skill` also where the reference is 0 (all came about, or none did).
    """

    happened: int
    brier: Spread[Fraction]
    log: Spread[float]
    last: Spread[Fraction]
    time_weighted: Fraction | None
    time_weighted_n: int
    coverage: Fraction
    reference: str
    reference_brier: Fraction | None
    skill: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """One group of one track: how many forecasts in each place, and the means, None where none is scored.

    `rank` is 1 for the lowest mean Brier score at the midpoint, equal for equal scores; None where the group
    is not ranked.
    """

    track: Track
    group: str
    counts: Mapping[Place, int]
    means: Means | None
    rank: int | None = None

    @property
    def n(self) -> int:
        """How many forecasts the means are over."""
        return self.counts[Place.SCORED]


def horizon(forecast: Scorable) -> Horizon:
    """The class of days between the making of a forecast and the day it falls due."""
    if forecast.due is None:
        return Horizon.NONE
    days = (forecast.due - forecast.made_on).days
    return next((each for each, longest in _LONGEST.items() if days <= longest), Horizon.LONGER)


def place(forecast: Scorable, today: date) -> Place:
    """Where a forecast is counted on a day.

    An unresolved one is overdue when the day it falls due is past, or when it is due without a day (the event
    it waited for has come).
    """
    match forecast.state:
        case State.VOID | State.DISPUTED | State.WITHDRAWN:
            return Place(forecast.state.value)
        case State.OPEN | State.DUE:
            late = forecast.state is State.DUE if forecast.due is None else forecast.due < today
            return Place.OVERDUE if late else Place.PENDING
        case State.RESOLVED_YES | State.RESOLVED_NO:
            return _resolved_place(forecast)


def _resolved_place(forecast: Scorable) -> Place:
    first = first_estimate(forecast)
    if first is not None and first.bounds is not None:
        return Place.SCORED
    return {True: Place.HIT, False: Place.MISS, None: Place.UNSCORED}[is_hit(forecast)]


def scorecards(
    forecasts: Iterable[Scorable],
    by: Grouping,
    today: date,
    *,
    minimum: int = MINIMUM,
    base_rate: BaseRate | None = None,
) -> tuple[Scorecard, ...]:
    """One card for each group of each track, tracks in their order, the ranked first.

    A forecast on several subjects is in the group of each. The base rate is the caller's, or each group's own
    (`LEAVE_ONE_OUT`). The group "" (nobody named) is listed, never ranked. Raises UsageError for a minimum
    under 1.
    """
    if minimum < 1:
        raise UsageError("the least number of forecasts for a rank is 1 or more")
    groups: dict[tuple[Track, str], list[Scorable]] = defaultdict(list)
    for forecast in forecasts:
        for group in groups_of(forecast, by):
            groups[forecast.track, group].append(forecast)
    cards = [_card(track, group, members, today, base_rate) for (track, group), members in groups.items()]
    ranked = _ranked(cards, minimum) if by in FORECASTERS else cards
    return tuple(sorted(ranked, key=_order))


def groups_of(forecast: Scorable, by: Grouping) -> tuple[str, ...]:
    """The groups a forecast is counted in; "" where nobody or no subject is named."""
    match by:
        case Grouping.TRACK:
            return (forecast.track,)
        case Grouping.SPEAKER:
            return (forecast.speaker,)
        case Grouping.INSTITUTION:
            return (forecast.institution,)
        case Grouping.PUBLISHER:
            return (forecast.publisher,)
        case Grouping.SUBJECT:
            return tuple(dict.fromkeys(forecast.subjects)) or ("",)
        case Grouping.HORIZON:
            return (horizon(forecast),)


def _card(
    track: Track, group: str, members: Sequence[Scorable], today: date, base_rate: BaseRate | None
) -> Scorecard:
    counted = Counter(place(each, today) for each in members)
    return Scorecard(
        track=track,
        group=group,
        counts={where: counted[where] for where in Place},
        means=_means(members, base_rate),
    )


def _means(members: Sequence[Scorable], base_rate: BaseRate | None) -> Means | None:
    scored = [(found, each.outcome is True) for each in members if (found := score(each))]
    if not scored:
        return None
    scores, happened = [found for found, _ in scored], sum(true for _, true in scored)
    weighted = [each.time_weighted for each in scores if each.time_weighted is not None]
    brier = _mean_spread([each.brier for each in scores])
    reference = reference_brier(len(scores), happened, base_rate)
    return Means(
        happened=happened,
        brier=brier,
        log=_mean_log([each.log for each in scores]),
        last=_mean_spread([each.last for each in scores]),
        time_weighted=_mean(weighted) if weighted else None,
        time_weighted_n=len(weighted),
        coverage=_mean([each.coverage for each in scores]),
        reference=base_rate.name if base_rate else LEAVE_ONE_OUT,
        reference_brier=reference,
        skill=skill(brier.midpoint, reference),
    )


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _mean_spread(spreads: Sequence[Spread[Fraction]]) -> Spread[Fraction]:
    return Spread(
        _mean([each.midpoint for each in spreads]),
        _mean([each.best for each in spreads]),
        _mean([each.worst for each in spreads]),
    )


def _mean_log(spreads: Sequence[Spread[float]]) -> Spread[float]:
    # fsum is exact before it rounds: the order of the forecasts makes no difference.
    return Spread(
        math.fsum(each.midpoint for each in spreads) / len(spreads),
        math.fsum(each.best for each in spreads) / len(spreads),
        math.fsum(each.worst for each in spreads) / len(spreads),
    )


def _ranked(cards: Sequence[Scorecard], minimum: int) -> list[Scorecard]:
    scores: dict[Track, list[Fraction]] = defaultdict(list)
    for card in cards:
        if (value := _rankable(card, minimum)) is not None:
            insort(scores[card.track], value)
    return [
        card
        if (value := _rankable(card, minimum)) is None
        else dataclasses.replace(card, rank=1 + bisect_left(scores[card.track], value))
        for card in cards
    ]


def _rankable(card: Scorecard, minimum: int) -> Fraction | None:
    """The score a group is ranked by; None for nobody named, or too few forecasts."""
    return card.means.brier.midpoint if card.means and card.group and card.n >= minimum else None


def _order(card: Scorecard) -> tuple[int, bool, int, int, bool, str]:
    """Tracks in their order; in each the ranked first, horizons near to far, the rest by name, "" last."""
    nearness = _NEARNESS.get(card.group, 0)
    return _TRACKS.index(card.track), card.rank is None, card.rank or 0, nearness, not card.group, card.group
