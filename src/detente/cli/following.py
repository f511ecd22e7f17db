"""`threads` and `words`: who alleges and who denies, and what a speaker says over time."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from detente.cli.options import (
    AboutOption,
    AfterOption,
    AsOfOption,
    HeldAtOption,
    JsonOption,
    LedgerOption,
    LimitOption,
    open_ledger,
    open_view,
    to_about,
    write_list,
)

SpeakerArgument = Annotated[str, typer.Argument(help="Who speaks: an actor's id (kremlin) or a state (RUS).")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("threads")(threads)
    app.command("words")(words)


def threads(
    about: AboutOption = None,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    after: AfterOption = None,
    limit: LimitOption = 10,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Follow what is alleged and denied: who says, who denies, who shifted, on how many independent words."""
    from detente.export.register_rows import thread_row
    from detente.register.telling import thread_lines
    from detente.register.threads import threads as found

    with open_ledger(ledger) as store:
        part = found(open_view(store, as_of, held_at), about=to_about(about), after=after, limit=limit)
    if as_json:
        write_list(map(thread_row, part.found))
        return
    for thread in part.found:
        for line in thread_lines(thread):
            sys.stdout.write(line + "\n")
    if part.next is not None:
        sys.stdout.write(f"More: add --after {part.next}\n")


def words(
    speaker: SpeakerArgument,
    about: AboutOption = None,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    limit: LimitOption = 50,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what a speaker says on a subject over time: phrases first used, last used, and gone."""
    from detente.export.register_rows import words_row
    from detente.register.phrases import words as found
    from detente.register.telling import words_lines

    with open_ledger(ledger) as store:
        told = found(open_view(store, as_of, held_at), speaker, about=to_about(about))
    if as_json:
        write_list([words_row(told)])
        return
    for line in words_lines(told, limit):
        sys.stdout.write(line + "\n")
