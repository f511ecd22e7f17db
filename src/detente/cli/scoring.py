"""`scores` and `calibration`: how well those who foretell did."""

from __future__ import annotations

import sys
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.options import (
    AsOfOption,
    HeldAtOption,
    JsonOption,
    LedgerOption,
    open_ledger,
    open_view,
    today_of,
    write_list,
)
from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.register.scorecards import Scorecard
    from detente.register.scoring import BaseRate


class GroupChoice(StrEnum):
    """What forecasts are brought together by."""

    TRACK = "track"
    SPEAKER = "speaker"
    INSTITUTION = "institution"
    PUBLISHER = "publisher"
    SUBJECT = "subject"
    HORIZON = "horizon"


class BinChoice(StrEnum):
    """Which bins calibration is shown in."""

    TENTHS = "tenths"
    ICD_203 = "icd203"


GroupOption = Annotated[GroupChoice, typer.Option("--group", help="Bring forecasts together by this.")]
MinimumOption = Annotated[int, typer.Option("--minimum", min=1, help="No rank below so many forecasts.")]
BaseRateOption = Annotated[
    str | None,
    typer.Option("--base-rate", help="What skill is against: 'NAME=PERCENT'. Default: a group's own rate."),
]
BinsOption = Annotated[BinChoice, typer.Option("--bins", help="Ten equal bins, or the terms of ICD 203.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("scores")(scores)
    app.command("calibration")(calibration)


def scores(
    group: GroupOption = GroupChoice.SPEAKER,
    minimum: MinimumOption = 10,
    base_rate: BaseRateOption = None,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Score what was accepted or typed in; the counts of all that is not scored stand beside each mean."""
    from detente.export.score_rows import scorecard_row
    from detente.register.prospects import Register
    from detente.register.scorecards import Grouping, scorecards
    from detente.register.track_records import scorables

    with open_ledger(ledger) as store:
        today = today_of(store, as_of, held_at)
        forecasts = scorables(Register(open_view(store, as_of, held_at), today))
        by, rate = Grouping(group.value), _base_rate(base_rate)
        cards = scorecards(forecasts, by, today, minimum=minimum, base_rate=rate)
        if as_json:
            write_list(map(scorecard_row, cards))
        else:
            for card in cards:
                sys.stdout.write(_line(card) + "\n")


def calibration(
    bins: BinsOption = BinChoice.TENTHS,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what share of what was called so likely came about, and the parts of the Brier score."""
    from detente.export.score_rows import bin_row
    from detente.register.calibration import ICD_203, TENTHS, decompose, tally_tracks
    from detente.register.calibration import calibration as binned
    from detente.register.prospects import Register
    from detente.register.track_records import scorables

    with open_ledger(ledger) as store:
        today = today_of(store, as_of, held_at)
        tallies = tally_tracks(scorables(Register(open_view(store, as_of, held_at), today)))
    edges = TENTHS if bins is BinChoice.TENTHS else ICD_203
    shown = {track: binned(told, edges) for track, told in tallies.items() if told}
    if as_json:
        write_list(bin_row(track, one) for track, several in shown.items() for one in several)
        return
    for track, several in shown.items():
        parts = decompose(tallies[track])
        if parts:
            sys.stdout.write(
                f"{track.value}: n {parts.n}, Brier {float(parts.brier):.3f} = reliability"
                f" {float(parts.reliability):.3f} - resolution {float(parts.resolution):.3f}"
                f" + uncertainty {float(parts.uncertainty):.3f}\n"
            )
        for row in (bin_row(track, one) for one in several):
            dot = f"{row['forecast']:5.1f} % called, {row['frequency']:.2f} came" if row["n"] else "empty"
            sys.stdout.write(f"  {row['low']:3.0f} to {row['high']:3.0f} %  n {row['n']:4}  {dot}\n")


def _base_rate(text: str | None) -> BaseRate | None:
    from detente.register.scoring import BaseRate

    if text is None:
        return None
    name, _, percent = text.rpartition("=")
    try:
        return BaseRate(name.strip(), Fraction(percent.strip()))
    except ValueError:
        raise UsageError(f"--base-rate {text!r} is not NAME=PERCENT, as in 'visits kept=60'") from None


def _line(card: Scorecard) -> str:
    counts = ", ".join(f"{name.value} {count}" for name, count in card.counts.items() if count)
    name = f"{card.track.value:7} {card.group or '(nobody named)':32}"
    if card.means is None:
        return f"{name} nothing scored ({counts})"
    brier, skill = card.means.brier, card.means.skill
    told = f"Brier {float(brier.midpoint):.3f} ({float(brier.best):.3f} to {float(brier.worst):.3f})"
    skilled = f", skill {float(skill):.2f} against {card.means.reference}" if skill is not None else ""
    rank = f"rank {card.rank}, " if card.rank else ""
    return f"{name} {rank}n {card.n}, {told}{skilled} ({counts})"
