"""`brief`, `list`, `show`, `issues` and `export`: look at what the ledger holds."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

import typer

from detente.cli.options import (
    AboutOption,
    AsOfOption,
    HeldAtOption,
    JsonOption,
    LedgerOption,
    LimitOption,
    OutputOption,
    SinceOption,
    UntilOption,
    open_ledger,
    open_view,
    opened,
    to_about,
    to_day,
    write_output,
)
from detente.errors import UsageError


class BriefFormat(StrEnum):
    """How a brief is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    JSON = "json"


class ExportFormat(StrEnum):
    """How an export is written."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


BriefFormatOption = Annotated[BriefFormat, typer.Option("--format", "-f", help="How to write it.")]
ExportFormatOption = Annotated[ExportFormat, typer.Option("--format", "-f", help="How to write it.")]
AllOption = Annotated[bool, typer.Option("--all", help="Every line, not only what fits five minutes.")]
RecordOption = Annotated[
    list[str] | None,
    typer.Option("--record", help="Only these: event, mention, statement, vote... (repeatable)."),
]
KindOption = Annotated[
    str | None, typer.Option("--kind", help="Only this kind: CONSULT, denial, forecast...")
]
StatusOption = Annotated[
    str | None, typer.Option("--status", help="Only deeds that stand so: done, planned, denied...")
]
PublisherOption = Annotated[str | None, typer.Option("--publisher", help="Only what this publisher printed.")]
DocumentOption = Annotated[str | None, typer.Option("--document", help="Only from this document's id.")]
KeyArgument = Annotated[str, typer.Argument(help="Key of the record.")]

ROOMY = 100_000


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("brief")(brief)
    app.command("list")(list_records)
    app.command("show")(show)
    app.command("issues")(issues)
    app.command("export")(export)


def brief(
    about: AboutOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    format_: BriefFormatOption = BriefFormat.TEXT,
    output: OutputOption = None,
    everything: AllOption = False,
    ledger: LedgerOption = None,
) -> None:
    """Write what changed, for a reader with five minutes; every line carries the sentence it came from."""
    from detente.brief.compose import PER_SECTION, Question, compose
    from detente.brief.formats import FORMATS

    if format_ is BriefFormat.DOCX and output is None and sys.stdout.isatty():
        raise UsageError("a Word file does not belong on a terminal: add --output brief.docx")
    question = Question(
        to_about(about),
        to_day(since, "--since"),
        to_day(until, "--until"),
        ROOMY if everything else PER_SECTION,
    )
    with open_ledger(ledger) as store:
        written = FORMATS[format_.value](compose(open_view(store, as_of, held_at), question))
    write_output(
        written if isinstance(written, bytes) else written.encode("utf-8", "backslashreplace"), output
    )


def list_records(
    about: AboutOption = None,
    record: RecordOption = None,
    kind: KindOption = None,
    status: StatusOption = None,
    publisher: PublisherOption = None,
    document: DocumentOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    limit: LimitOption = 50,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """List records, one a line, with the keys that `show` and `decide` take."""
    filters = _filters(about, since, until, kind, status, publisher, document)
    with open_ledger(ledger) as store:
        rows = _rows(open_view(store, as_of, held_at), record, filters)
        for count, row in enumerate(rows):
            if count >= limit:
                break
            sys.stdout.write((json.dumps(row, ensure_ascii=False) if as_json else _line(row)) + "\n")


def show(key: KeyArgument, held_at: HeldAtOption = None, ledger: LedgerOption = None) -> None:
    """Show one record: every field, its passage and page, and what was decided about it."""
    from detente.export.rows import decision_row, plain, record_row

    with open_ledger(ledger) as store:
        view = open_view(store, None, held_at)
        record = view.record(key)
        about = [decision_row(decision) for decision in view.decisions(key)]
        page = plain(view.document(record.document))
        row = record_row(record) | {"standing": view.state(key), "page": page, "decisions": about}
    sys.stdout.write(json.dumps(row, ensure_ascii=False, indent=2) + "\n")


def issues(ledger: LedgerOption = None, held_at: HeldAtOption = None, as_json: JsonOption = False) -> None:
    """List what could not be read, where, and why."""
    from detente.export.rows import issue_row

    with open_ledger(ledger) as store:
        for issue in open_view(store, None, held_at).issues():
            row = issue_row(issue)
            place = f" ({issue.locator})" if issue.locator else ""
            words = f"{issue.severity:5} {issue.reason.value:20} {issue.address}{place} {issue.detail}"
            sys.stdout.write((json.dumps(row, ensure_ascii=False) if as_json else words) + "\n")


def export(
    format_: ExportFormatOption = ExportFormat.JSONL,
    record: RecordOption = None,
    about: AboutOption = None,
    kind: KindOption = None,
    status: StatusOption = None,
    publisher: PublisherOption = None,
    document: DocumentOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Write every record, one a line, in a stable order, in PLOVER's field names."""
    from detente.export.formats import FORMATS

    filters = _filters(about, since, until, kind, status, publisher, document)
    with open_ledger(ledger) as store, opened(output) as out:
        FORMATS[format_.value](_rows(open_view(store, as_of, held_at), record, filters), out)


def _rows(view: Any, records: list[str] | None, filters: dict[str, Any]) -> Iterable[dict[str, Any]]:
    from detente.export.rows import RECORDS, view_rows

    unknown = sorted(set(records or ()) - set(RECORDS))
    if unknown:
        raise UsageError(f"--record {unknown[0]}: known are {', '.join(RECORDS)}")
    return view_rows(view, frozenset(records or ()), **filters)


def _filters(
    about: str | None,
    since: str | None,
    until: str | None,
    kind: str | None,
    status: str | None,
    publisher: str | None,
    document: str | None,
) -> dict[str, Any]:
    given = {
        "about": to_about(about),
        "since": to_day(since, "--since"),
        "until": to_day(until, "--until"),
        "kind": kind,
        "status": status,
        "publisher": publisher,
        "document": document,
    }
    return {name: value for name, value in given.items() if value is not None}


def _line(row: dict[str, Any]) -> str:
    when = row.get("deed_date") or row.get("event_date") or row.get("published") or ""
    quote = " ".join(part["quote"] for part in row.get("evidence") or ())
    words = " ".join((quote or str(row.get("title") or row.get("detail") or row.get("reason") or "")).split())
    name = row.get("key") or row.get("document") or row.get("id") or ""
    return f"{name:22} {row['record']:10} {row['kind']:14} {when:12} {words[:110]}"
