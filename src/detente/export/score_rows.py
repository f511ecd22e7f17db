"""Turn scorecards and calibration bins into rows; exact fractions become decimal numbers only here."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from detente.export.rows import Row
from detente.register.calibration import Bin
from detente.register.prospect import Track
from detente.register.scorecards import Means, Place, Scorecard
from detente.register.scoring import Spread

DIGITS = 4


def scorecard_row(card: Scorecard) -> Row:
    """Make the row of a scorecard: every count beside the means, which are None where nothing is scored."""
    return {
        "record": "scorecard",
        "kind": card.track.value,
        "group": card.group,
        "rank": card.rank,
        "n": card.n,
        "counts": {place.value: card.counts[place] for place in Place},
        "means": _means(card.means) if card.means else None,
    }


def bin_row(track: Track, held: Bin) -> Row:
    """Make the row of one bin of a track's calibration; an empty one has a place and no dot."""
    return {
        "record": "bin",
        "kind": track.value,
        "low": _number(held.low),
        "high": _number(held.high),
        "n": held.n,
        "happened": held.happened,
        "forecast": _number(held.forecast),
        "frequency": _number(held.frequency),
        "interval": [_number(end) for end in held.interval] if held.interval else None,
    }


def _means(means: Means) -> Row:
    return {
        "happened": means.happened,
        "brier": _spread(means.brier),
        "log": _spread(means.log),
        "last": _spread(means.last),
        "time_weighted": _number(means.time_weighted),
        "time_weighted_n": means.time_weighted_n,
        "coverage": _number(means.coverage),
        "reference": means.reference,
        "reference_brier": _number(means.reference_brier),
        "skill": _number(means.skill),
    }


def _spread(spread: Spread[Any]) -> Row:
    return {
        "midpoint": _number(spread.midpoint),
        "best": _number(spread.best),
        "worst": _number(spread.worst),
    }


def _number(value: Fraction | float | None) -> float | None:
    return None if value is None else round(float(value), DIGITS)
