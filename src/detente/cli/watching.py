"""`watch ...` and `digest`: what a person watches, and what is new about it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, MutableMapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.options import (
    HeldAtOption,
    JsonOption,
    LedgerOption,
    WhoOption,
    open_ledger,
    open_view,
    to_moment,
    to_who,
    today_of,
    write_list,
)
from detente.cli.reading import ModelOption, PrivateOption, ProcessesOption

if TYPE_CHECKING:
    from threading import Event

    from detente.brief.digest import Since
    from detente.config import Config
    from detente.ledger import Store, View
    from detente.model.documents import Page
    from detente.model.issues import Issue
    from detente.parallel import Readers
    from detente.sources import Validators
    from detente.watch.feeds import FeedsFile
    from detente.watch.loop import Desk


class SortChoice(StrEnum):
    """What sort of thing is watched."""

    ABOUT = "about"
    SPEAKER = "speaker"
    SUBJECT = "subject"
    FORECAST = "forecast"


class DigestFormat(StrEnum):
    """How a digest is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


FeedsOption = Annotated[
    Path | None,
    typer.Option("--feeds", help="File that names the feeds. Default: watch.toml beside the config."),
]
OnceOption = Annotated[bool, typer.Option("--once", help="Poll what is due a single time and end.")]
NameArgument = Annotated[
    str, typer.Argument(help="A pair (PRK-RUS), an actor's id, a word, or a forecast's id, by --sort.")
]
SortOption = Annotated[SortChoice, typer.Option("--sort", help="What the name is.")]
FormatOption = Annotated[DigestFormat, typer.Option("--format", "-f", help="How to write it.")]
FromOption = Annotated[
    str | None, typer.Option("--from", help="Since this time instead of the last digest, ISO 8601.")
]
MailOption = Annotated[str | None, typer.Option("--mail", help="Send it to this mail address.")]
AtomOption = Annotated[Path | None, typer.Option("--atom", help="Put it into this Atom file.")]
WebhookOption = Annotated[str | None, typer.Option("--webhook", help="Post it as JSON to this address.")]
KeepOption = Annotated[bool, typer.Option("--peek", help="Do not note that you were told.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    watch = typer.Typer(help="Say what you watch.", no_args_is_help=True)
    watch.command("add")(add)
    watch.command("remove")(remove)
    watch.command("list")(list_watches)
    watch.command("run")(run)
    app.add_typer(watch, name="watch")
    app.command("digest")(digest)


def add(
    name: NameArgument,
    sort: SortOption = SortChoice.ABOUT,
    who: WhoOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Watch a pair of states, an actor, what a speaker says, a word, or a forecast."""
    from detente.register.watches import WatchSort, add_watch, to_watch

    with open_ledger(ledger) as store:
        watch = to_watch(WatchSort(sort.value), name)
        add_watch(store, to_who(who), watch)
    sys.stdout.write(f"{to_who(who)} watches {watch.sort} {watch.name}\n")


def remove(
    name: NameArgument,
    sort: SortOption = SortChoice.ABOUT,
    who: WhoOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Watch something no more."""
    from detente.register.watches import WatchSort, remove_watch, to_watch

    with open_ledger(ledger) as store:
        watch = to_watch(WatchSort(sort.value), name)
        remove_watch(store, to_who(who), watch)
    sys.stdout.write(f"{to_who(who)} no longer watches {watch.sort} {watch.name}\n")


def list_watches(
    who: WhoOption = None,
    held_at: HeldAtOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what you watch."""
    from detente.register.watches import watches

    with open_ledger(ledger) as store:
        held = watches(open_view(store, None, held_at), to_who(who))
    if as_json:
        write_list({"sort": watch.sort.value, "name": watch.name} for watch in held)
        return
    for watch in held:
        sys.stdout.write(f"{watch.sort:8} {watch.name}\n")


def run(
    feeds: FeedsOption = None,
    once: OnceOption = False,
    ledger: LedgerOption = None,
    processes: ProcessesOption = None,
    model: ModelOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Poll the feeds of a file until stopped (Ctrl-C or SIGTERM), and read what is new.

    Each feed in its own time, slower while it fails; a page once, and again after a day if it changed.
    """
    import signal
    from threading import Event

    from detente.config import config_path, load_config
    from detente.parallel import Readers
    from detente.watch.feeds import FeedsFile
    from detente.watch.loop import watch

    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    config = load_config(ledger=ledger, processes=processes, model=model)
    listed = FeedsFile(feeds or config_path().parent / "watch.toml")
    kept = Readers(config.processes, model=config.model, page_seconds=config.page_seconds)
    with open_ledger(config.ledger, create=True) as store, kept as readers:
        polls = watch(_desk(store, config, listed, allow_private, stop, readers), stop, once=once)
    sys.stdout.write(f"{polls} polls of {len(listed())} feeds\n")


def _desk(
    store: Store, config: Config, feeds: FeedsFile, allow_private: bool, stop: Event, readers: Readers
) -> Desk:
    from detente.cli.asking import HeldValidators
    from detente.cli.delivering import deliver, outbox
    from detente.intake import page_marks, take_in
    from detente.sources import FetchOptions, Manners
    from detente.watch.loop import Desk
    from detente.watch.memory import Memory, memory_path

    box = outbox(config.ledger)

    def read(arriving: Iterable[Page | Issue], marks: MutableMapping[str, Validators]) -> None:
        held = marks.marks if isinstance(marks, HeldValidators) else None
        take_in(
            store,
            arriving,
            who=config.who,
            model=config.model,
            readers=readers,
            marks=held,
        )

    return Desk(
        feeds=feeds,
        memory=Memory(memory_path(config.ledger), newest=store.newest_write, holds=store.has_write),
        options=FetchOptions(
            allow_private=allow_private,
            delay=config.fetch_delay,
            max_bytes=int(config.max_page_mib * 2**20),
            manners=Manners(sleep=stop.wait),
        ),
        read=read,
        marks=lambda: HeldValidators(page_marks(store, config.model)),
        clock=store.clock,
        sleep=stop.wait,
        deliver=lambda: deliver(box, store.clock()),
    )


def digest(
    who: WhoOption = None,
    format_: FormatOption = DigestFormat.TEXT,
    start: FromOption = None,
    peek: KeepOption = False,
    mail: MailOption = None,
    atom: AtomOption = None,
    webhook: WebhookOption = None,
    allow_private: PrivateOption = False,
    held_at: HeldAtOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Write what is new about what you watch since you were last told; `--peek` keeps that moment.

    With `--mail`, `--atom` or `--webhook` it is handed there instead of written here. What is not taken is
    kept and tried again, by the next `digest` with one of them or by `watch run`, and arrives once.
    """
    from detente.brief.digest import digest as compose
    from detente.brief.formats import FORMATS
    from detente.cli.delivering import deliver, keep, parcels
    from detente.register.watches import note_told

    with open_ledger(ledger) as store:
        name = to_who(who)
        until = to_moment(held_at, "--held-at") or store.clock()
        since, view = _since(store, name, start, until, held_at)
        brief = compose(view, since)
        packed = parcels(brief, name, until, mail, atom, webhook, allow_private)
        if not packed:
            written = FORMATS[format_.value](brief)
            sys.stdout.write(written if isinstance(written, str) else written.decode())
        box = keep(packed, ledger)
        if not (peek or held_at):
            note_told(store, name, until)
    if packed:
        for trouble in deliver(box, until):
            sys.stderr.write(f"{trouble}: kept, to be tried again\n")


def _since(
    store: Store, who: str, start: str | None, until: datetime, held_at: str | None
) -> tuple[Since, View]:
    from detente.brief.digest import Since
    from detente.register.watches import last_told, watches

    view = store.view(held_at=until)
    moment = to_moment(start, "--from") or last_told(view, who)
    return Since(who, watches(view, who), moment, today_of(store, None, held_at)), view
