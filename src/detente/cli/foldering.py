"""`folders`, `folder ...` and `cite`: a person's own work."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.options import (
    HeldAtOption,
    JsonOption,
    LedgerOption,
    ReasonOption,
    WhoOption,
    open_ledger,
    open_view,
    to_who,
    today_of,
    write_list,
)

if TYPE_CHECKING:
    from detente.ledger import Store
    from detente.register.folders import Desk, Folder


class ConfidenceChoice(StrEnum):
    """How good the grounds of a judgement are."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class WorkFormat(StrEnum):
    """How a folder's brief is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


class CitationFormat(StrEnum):
    """How sources are cited."""

    BIBTEX = "bibtex"
    RIS = "ris"


NameArgument = Annotated[str, typer.Argument(help="Name of the folder: small letters, digits, hyphens.")]
TitleOption = Annotated[str, typer.Option("--title", help="Title of the folder.")]
ThingArgument = Annotated[str, typer.Argument(help="Key of a record, or id of a forecast.")]
TextArgument = Annotated[str, typer.Argument(help="Your words.")]
TextOption = Annotated[str, typer.Option("--text", help="A line of your own beside it.")]
ItemArgument = Annotated[str, typer.Argument(help="Id of the item (n12), as `folder show` lists it.")]
PlaceArgument = Annotated[int, typer.Argument(min=1, help="Its new place, 1 for the first.")]
ConfidenceOption = Annotated[ConfidenceChoice, typer.Option("--confidence", help="How good the grounds are.")]
GroundOption = Annotated[list[str] | None, typer.Option("--record", help="A record it rests on.")]
WorkFormatOption = Annotated[WorkFormat, typer.Option("--format", "-f", help="How to write it.")]
CitationFormatOption = Annotated[CitationFormat, typer.Option("--format", "-f", help="How to cite.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("folders")(folders)
    one = typer.Typer(help="Gather records, notes and judgements on a case.", no_args_is_help=True)
    for command in (create, put, note, judge, annotate, move, take, show, cite):
        one.command(command.__name__)(command)
    app.add_typer(one, name="folder")


def folders(held_at: HeldAtOption = None, ledger: LedgerOption = None, as_json: JsonOption = False) -> None:
    """List the case folders."""
    from detente.export.register_rows import folder_row
    from detente.register.folders import folders as found

    with open_ledger(ledger) as store:
        held = found(open_view(store, None, held_at))
    if as_json:
        write_list(map(folder_row, held))
        return
    for folder in held:
        sys.stdout.write(f"{folder.name:20} {len(folder.items):3} items  {folder.title} ({folder.who})\n")


def create(
    name: NameArgument, title: TitleOption = "", who: WhoOption = None, ledger: LedgerOption = None
) -> None:
    """Open a folder."""
    with open_ledger(ledger) as store:
        _say(_desk(store, who).create(name, title))


def put(
    name: NameArgument,
    thing: ThingArgument,
    text: TextOption = "",
    who: WhoOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Put a record or a forecast at the end."""
    with open_ledger(ledger) as store:
        _say(_desk(store, who).put(name, thing, text))


def note(name: NameArgument, text: TextArgument, who: WhoOption = None, ledger: LedgerOption = None) -> None:
    """Write a note at the end."""
    with open_ledger(ledger) as store:
        _say(_desk(store, who).note(name, text))


def judge(
    name: NameArgument,
    text: TextArgument,
    confidence: ConfidenceOption = ConfidenceChoice.MODERATE,
    record: GroundOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    ledger: LedgerOption = None,
) -> None:
    """Write a judgement with its confidence, its reasons and the records it rests on."""
    with open_ledger(ledger) as store:
        _say(_desk(store, who).judge(name, text, confidence.value, reason, record or ()))


def annotate(
    name: NameArgument,
    item: ItemArgument,
    text: TextArgument,
    who: WhoOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Write another line beside an item."""
    with open_ledger(ledger) as store:
        _say(_desk(store, who).annotate(name, item, text))


def move(
    name: NameArgument,
    item: ItemArgument,
    place: PlaceArgument,
    who: WhoOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Move an item to another place."""
    with open_ledger(ledger) as store:
        _say(_desk(store, who).move(name, item, place))


def take(
    name: NameArgument,
    item: ItemArgument,
    who: WhoOption = None,
    reason: ReasonOption = "",
    ledger: LedgerOption = None,
) -> None:
    """Take an item out."""
    with open_ledger(ledger) as store:
        _say(_desk(store, who).take(name, item, reason))


def show(
    name: NameArgument,
    format_: WorkFormatOption = WorkFormat.TEXT,
    held_at: HeldAtOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Write the folder as a brief whose references follow its lines."""
    from detente.brief.casework import casework
    from detente.brief.formats import FORMATS
    from detente.register.folders import folder
    from detente.register.prospects import Register

    with open_ledger(ledger) as store:
        view = open_view(store, None, held_at)
        brief = casework(view, Register(view, today_of(store, None, held_at)), folder(view, name))
    written = FORMATS[format_.value](brief)
    sys.stdout.write(written if isinstance(written, str) else written.decode())


def cite(
    name: NameArgument,
    format_: CitationFormatOption = CitationFormat.BIBTEX,
    held_at: HeldAtOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Cite the pages that a folder rests on, as BibTeX or RIS."""
    from detente.brief.casework import pages_of
    from detente.export.citations import to_bibtex, to_ris
    from detente.register.folders import folder
    from detente.register.prospects import Register

    with open_ledger(ledger) as store:
        view = open_view(store, None, held_at)
        pages = pages_of(view, Register(view, today_of(store, None, held_at)), folder(view, name))
    sys.stdout.write(to_ris(pages) if format_ is CitationFormat.RIS else to_bibtex(pages))


def _desk(store: Store, who: str | None) -> Desk:
    from detente.register.folders import Desk

    return Desk(store, to_who(who))


def _say(folder: Folder) -> None:
    for number, item in enumerate(folder.items, start=1):
        words = " ".join(filter(None, (item.about, item.text)))
        sys.stdout.write(f"{number:3}  {item.id:6} {item.sort:10} {words}\n")
    if not folder.items:
        sys.stdout.write(f"{folder.name}: empty\n")
