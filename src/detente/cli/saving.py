"""`view ...`: questions kept under a name and asked again."""

from __future__ import annotations

import contextlib
import io
import shlex
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from detente.cli.options import (
    AsOfOption,
    HeldAtOption,
    JsonOption,
    LedgerOption,
    WhoOption,
    open_ledger,
    open_view,
    to_who,
    write_list,
)
from detente.errors import UsageError

LISTINGS = (
    "agreements",
    "brief",
    "calendar",
    "calibration",
    "dyad",
    "forecasts",
    "list",
    "matrix",
    "offices",
    "promises",
    "proposals",
    "scores",
    "threads",
    "triad",
    "words",
)
"""Commands whose question can be kept: they only look, on both clocks."""

_NOT_KEPT = ("--ledger", "--output", "-o", "--as-of", "--held-at", "--json", "--help")

NameArgument = Annotated[str, typer.Argument(help="Name of the view: small letters, digits, hyphens.")]
WordsArgument = Annotated[
    list[str], typer.Argument(help="A listing and its filters, behind --: -- threads --about PRK-RUS.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    view = typer.Typer(help="Keep a question and ask it again.", no_args_is_help=True)
    view.command("save")(save)
    view.command("drop")(drop)
    view.command("list")(list_views)
    view.command("show")(show)
    app.add_typer(view, name="view")


def save(
    name: NameArgument, words: WordsArgument, who: WhoOption = None, ledger: LedgerOption = None
) -> None:
    """Keep a question under a name; it is asked once to see that it can be answered."""
    from detente.register.saved_views import save_view

    _check(words)
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")):
        _ask(words, ledger)
    with open_ledger(ledger) as store:
        kept = save_view(store, to_who(who), name, words)
    sys.stdout.write(f"{kept.name}: detente {shlex.join(kept.words)}\n")


def drop(name: NameArgument, who: WhoOption = None, ledger: LedgerOption = None) -> None:
    """Keep a question no more."""
    from detente.register.saved_views import drop_view

    with open_ledger(ledger) as store:
        drop_view(store, to_who(who), name)
    sys.stdout.write(f"{name} is dropped\n")


def list_views(
    who: WhoOption = None,
    held_at: HeldAtOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the questions you keep."""
    from detente.export.register_rows import saved_view_row
    from detente.register.saved_views import saved_views

    with open_ledger(ledger) as store:
        found = saved_views(open_view(store, None, held_at), to_who(who))
    if as_json:
        write_list(map(saved_view_row, found))
        return
    for one in found:
        sys.stdout.write(f"{one.name:20} detente {shlex.join(one.words)}\n")


def show(
    name: NameArgument,
    who: WhoOption = None,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask a kept question again, on either clock; at an earlier time as it was kept then."""
    from detente.register.saved_views import saved_view

    with open_ledger(ledger) as store:
        kept = saved_view(open_view(store, None, held_at), to_who(who), name)
    clocks = [("--as-of", as_of), ("--held-at", held_at)]
    given = [word for option, value in clocks if value for word in (option, value)]
    _ask([*kept.words, *given, *(["--json"] if as_json else [])], ledger)


def _check(words: Sequence[str]) -> None:
    if words[0] not in LISTINGS:
        raise UsageError(f"'{words[0]}' is no listing that can be kept; known are {', '.join(LISTINGS)}")
    wrong = [word for word in words if word.partition("=")[0] in _NOT_KEPT]
    if wrong:
        raise UsageError(f"{wrong[0]} is not kept with a question: give it when you ask")


def _ask(words: Sequence[str], ledger: str | None) -> None:
    """Run a listing; a wrong option is told on stderr as ever and raises UsageError here."""
    from detente.cli.app import app

    command = typer.main.get_command(app)
    where = ["--ledger", ledger] if ledger else []
    try:
        command.main([*words, *where], prog_name="detente")
    except SystemExit as err:
        if err.code:
            raise UsageError(f"'{shlex.join(words)}' cannot be asked") from err
