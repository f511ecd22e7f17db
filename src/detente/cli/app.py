"""The program `detente`: its commands, and how errors become one line and an exit code."""

from __future__ import annotations

import logging
import os
import sys
from typing import Annotated

import typer

import detente
from detente.cli import (
    calling,
    coding,
    deciding,
    evaluating,
    foldering,
    following,
    foretelling,
    importing,
    keeping,
    reading,
    relating,
    saving,
    scoring,
    showing,
    watching,
)
from detente.errors import DetenteError, LedgerError, ModelMissing, UsageError

EXIT_FAILED, EXIT_USAGE, EXIT_LEDGER, EXIT_MODEL, EXIT_INTERRUPTED = 1, 2, 3, 4, 130

app = typer.Typer(
    name="detente",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Read the news about relations between states, and keep what was done, said, promised and forecast.",
)
for commands in (
    reading,
    coding,
    evaluating,
    showing,
    foretelling,
    following,
    calling,
    scoring,
    relating,
    foldering,
    saving,
    watching,
    importing,
    deciding,
    keeping,
):
    commands.register(app)


def _version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"detente {detente.__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
    verbose: Annotated[
        int, typer.Option("--verbose", "-v", count=True, help="Say more on stderr; twice for all.")
    ] = 0,
) -> None:
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")


def run() -> None:
    """Run a command and leave with its exit code; an expected error is one line on stderr."""
    try:
        app(standalone_mode=True)
    except UsageError as err:
        _leave(err, EXIT_USAGE)
    except LedgerError as err:
        _leave(err, EXIT_LEDGER)
    except ModelMissing as err:
        _leave(err, EXIT_MODEL)
    except DetenteError as err:
        _leave(err, EXIT_FAILED)
    except KeyboardInterrupt:
        _leave("interrupted; what was read so far is kept", EXIT_INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output (head, less) has left: that is no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _leave(said: object, code: int) -> None:
    sys.stderr.write("detente: " + " ".join(str(said).split()) + "\n")
    sys.exit(code)
