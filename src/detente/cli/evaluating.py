"""`evaluate`: score the coder against a table of one's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

FileArgument = Annotated[
    Path, typer.Argument(help="Tab-separated, with columns sentence, actor, recipient, event_type.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    evaluate = typer.Typer(help="Score the coder against tables of your own.", no_args_is_help=True)
    evaluate.command("types")(types)
    evaluate.callback()(lambda: None)
    app.add_typer(evaluate, name="evaluate")


def types(file: FileArgument) -> None:
    """Score the event type given for each pair; YIELD in the table means CONCEDE or RETREAT."""
    from detente.pair_scores import lines, read_types, score_types

    for line in lines(score_types(read_types(file))):
        sys.stdout.write(line + "\n")
