"""`read` and `reread`: take pages in, and read again what is held."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.options import JsonOption, LedgerOption, open_ledger

if TYPE_CHECKING:
    from detente.intake import Intake

Targets = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH|URL...", help="Files, folders, globs, web addresses, feeds, or - for stdin."
    ),
]
ProcessesOption = Annotated[
    int | None, typer.Option("--processes", "-p", min=1, help="How many read at once.")
]
ModelOption = Annotated[str | None, typer.Option("--model", help="An installed spaCy pipeline for English.")]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Also fetch private and loopback addresses.")
]
FollowOption = Annotated[bool, typer.Option("--fetch", help="Fetch the pages a feed file links to.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("read")(read)
    app.command("reread")(reread)


def read(
    targets: Targets,
    ledger: LedgerOption = None,
    processes: ProcessesOption = None,
    model: ModelOption = None,
    allow_private: PrivateOption = False,
    fetch: FollowOption = False,
    as_json: JsonOption = False,
) -> None:
    """Read pages and keep their records in the ledger.

    A page already held is not read twice; an edited one is a new version. What could not be read is
    kept as an issue: see `detente issues`.
    """
    from detente.cli.asking import HeldValidators
    from detente.config import load_config
    from detente.intake import page_marks, take_in
    from detente.sources import FetchOptions, count_pages, open_sources

    config = load_config(ledger=ledger, processes=processes, model=model)
    options = FetchOptions(
        allow_private=allow_private,
        follow_links=fetch,
        delay=config.fetch_delay,
        max_bytes=int(config.max_page_mib * 2**20),
    )
    Path(config.ledger).parent.mkdir(parents=True, exist_ok=True) if "://" not in config.ledger else None
    with open_ledger(config.ledger, create=True) as store, progress("Reading", count_pages(targets)) as seen:
        marks = page_marks(store, config.model)
        options = replace(options, validators=HeldValidators(marks))
        intake = take_in(
            store,
            open_sources(targets, options=options, stdin=sys.stdin.buffer),
            who=config.who,
            model=config.model,
            processes=config.processes,
            page_seconds=config.page_seconds,
            seen=seen,
            marks=marks,
        )
    report(intake, as_json=as_json)


def reread(
    ledger: LedgerOption = None,
    processes: ProcessesOption = None,
    model: ModelOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read every version of every held page again with today's coder and show what differs."""
    from detente.config import load_config
    from detente.intake import read_again

    config = load_config(ledger=ledger, processes=processes, model=model)
    with open_ledger(config.ledger) as store:
        versions = sum(held.versions for held in store.view().documents() if not held.purged)
        with progress("Reading again", versions) as seen:
            difference = read_again(
                store, who=config.who, model=config.model, processes=config.processes, seen=seen
            )
    if as_json:
        sys.stdout.write(json.dumps(difference.row(), ensure_ascii=False) + "\n")
        return
    sys.stdout.write("\n".join(difference.words()) + "\n")


def report(intake: Intake, *, as_json: bool) -> None:
    """Say what came of a reading."""
    if as_json:
        held = {"pages": dict(intake.outcomes), "records": intake.records, "issues": intake.issues}
        sys.stdout.write(json.dumps(held) + "\n")
        return
    pages = ", ".join(
        f"{count} {outcome.replace('_', ' ')}" for outcome, count in sorted(intake.outcomes.items())
    )
    sys.stdout.write(f"Pages: {pages or 'none'}. Records: {intake.records}. Issues: {intake.issues}")
    sys.stdout.write(" (see: detente issues).\n" if intake.issues else ".\n")


@contextmanager
def progress(doing: str, total: int | None) -> Iterator[Callable[[], None]]:
    """Show a progress bar on a terminal and nothing elsewhere; gives the function that moves it on."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=total)
        yield lambda: bar.advance(task)
