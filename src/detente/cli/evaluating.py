"""`evaluate`: score the coder against a table of one's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

FileArgument = Annotated[
    Path, typer.Argument(help="Tab-separated, with columns sentence, actor, recipient, event_type.")
]

ArticlesArgument = Annotated[
    Path,
    typer.Argument(
        help="JSON lines with text and attributions, each with source, cue and content as [start, end]."
    ),
]
ErrorsOption = Annotated[int, typer.Option(min=0, help="Print this many errors of each sort.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    evaluate = typer.Typer(help="Score the coder against tables of your own.", no_args_is_help=True)
    evaluate.command("types")(types)
    evaluate.command("attributions")(attributions)
    evaluate.callback()(lambda: None)
    app.add_typer(evaluate, name="evaluate")


def attributions(file: ArticlesArgument, errors: ErrorsOption = 0) -> None:
    """Score who says what: contents that share half of their characters, one to one, then the speakers."""
    from detente.attribution_scores import read_attributions, report, score_attributions

    for line in report(score_attributions(read_attributions(file)), errors):
        sys.stdout.write(line + "\n")


def types(file: FileArgument) -> None:
    """Score the event type given for each pair; YIELD in the table means CONCEDE or RETREAT."""
    from detente.pair_scores import lines, read_types, score_types

    for line in lines(score_types(read_types(file))):
        sys.stdout.write(line + "\n")
