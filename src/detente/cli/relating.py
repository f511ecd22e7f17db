"""`dyad`, `triad` and `matrix`: how relations move."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from detente.cli.options import (
    AsOfOption,
    HeldAtOption,
    JsonOption,
    LedgerOption,
    OutputOption,
    SinceOption,
    UntilOption,
    open_ledger,
    open_view,
    opened,
    to_day,
    write_lines,
    write_list,
    write_output,
)
from detente.errors import UsageError
from detente.model.windows import Window


class SeriesFormat(StrEnum):
    """How a series is written."""

    TEXT = "text"
    CSV = "csv"
    PARQUET = "parquet"


WindowOption = Annotated[Window, typer.Option("--window", help="How long a point is.")]
DirectedOption = Annotated[
    bool,
    typer.Option("--directed", help="Only what the first did to the second, and what both did together."),
]
TurnsOption = Annotated[
    bool, typer.Option("--turns", help="Also where the relation turned, and on which events.")
]
FormatOption = Annotated[SeriesFormat, typer.Option("--format", "-f", help="How to write it.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("dyad")(dyad)
    app.command("triad")(triad)
    app.command("matrix")(matrix)


def dyad(
    first: Annotated[str, typer.Argument(help="A state, as in PRK.")],
    second: Annotated[
        str, typer.Argument(help="Another; without it what the first does without recipient.")
    ] = "",
    window: WindowOption = Window.MONTH,
    directed: DirectedOption = False,
    turns: TurnsOption = False,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    format_: FormatOption = SeriesFormat.TEXT,
    output: OutputOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Follow a pair of states: net cooperation a month, and what stands behind every point."""
    from detente.export.formats import FORMATS
    from detente.export.relation_rows import point_rows, turn_row
    from detente.relations.series import dyad as found
    from detente.relations.telling import series_lines, turning_lines
    from detente.relations.turning import turning_points

    one, other = _state(first), _state(second) if second else ""
    if one == other:
        raise UsageError(f"{one} and {other} are one state")
    start, stop = _days(since, until)
    with open_ledger(ledger) as store:
        view = open_view(store, as_of, held_at)
        series = found(view, one, other, window, directed=directed, since=start, until=stop)
    if as_json:
        write_list([*point_rows(series), *map(turn_row, turning_points(series) if turns else ())])
    elif format_ is SeriesFormat.TEXT:
        lines = [*series_lines(series), *turning_lines(turning_points(series) if turns else ())]
        write_output("".join(line + "\n" for line in lines).encode(), output)
    else:
        with opened(output) as out:
            FORMATS[format_.value](point_rows(series), out)


def triad(
    states: Annotated[list[str], typer.Argument(help="Three states, as in CHN PRK RUS.")],
    window: WindowOption = Window.MONTH,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look at three states at once: their relations, whether they hold together, what all three do."""
    from detente.export.relation_rows import triad_row
    from detente.relations.telling import triad_lines
    from detente.relations.triads import triad as found

    three = sorted({_state(state) for state in states})
    if len(three) != 3 or len(states) != 3:
        raise UsageError("name three different states, as in CHN PRK RUS")
    start, stop = _days(since, until)
    with open_ledger(ledger) as store:
        told = found(open_view(store, as_of, held_at), three, window, since=start, until=stop)
    if as_json:
        write_list([triad_row(told)])
        return
    write_lines(triad_lines(told))


def matrix(
    states: Annotated[
        list[str] | None, typer.Argument(help="States. Default: the six of the peninsula.")
    ] = None,
    window: WindowOption = Window.MONTH,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show every relation between some states: level, change, and how much was read."""
    from detente.export.relation_rows import cell_rows
    from detente.relations.board import SIX, board
    from detente.relations.telling import board_lines

    named = sorted({_state(state) for state in states or SIX})
    if len(named) < 2:
        raise UsageError("name two different states at least, as in CHN PRK")
    start, stop = _days(since, until)
    with open_ledger(ledger) as store:
        told = board(open_view(store, as_of, held_at), named, window, since=start, until=stop)
    if as_json:
        write_list(cell_rows(told))
        return
    write_lines(board_lines(told))


def _state(text: str) -> str:
    from detente.codebooks.plain_words import name_of

    code = text.upper()
    if len(code) == 3 and name_of(code):
        return code
    raise UsageError(f"'{text}' is not a state's three letters, as in PRK")


def _days(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    return to_day(since, "--since"), to_day(until, "--until")
