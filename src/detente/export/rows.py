"""Turn records, events, documents, issues and decisions into flat rows with PLOVER's field names."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from detente.ledger import View
from detente.model.dates import Dated
from detente.model.decisions import Decision
from detente.model.entries import Entry
from detente.model.events import Event, Mention
from detente.model.issues import Issue
from detente.model.records import Record
from detente.model.statements import Statement

Row = dict[str, Any]

FIRST = ("record", "kind", "key", "document", "evidence", "attribution")
"""The fields every row of a record opens with."""


RECORDS = (
    "document",
    "mention",
    "event",
    "statement",
    "vote",
    "mandate",
    "measure",
    "agreement",
    "tenure",
    "election",
    "figure",
    "flow",
    "decision",
    "entry",
    "issue",
)
"""What a row may be, as its field `record` says."""


_TOLD = frozenset(RECORDS) - {"document", "decision", "entry", "issue"}


def plain(value: object) -> Any:
    """Turn a model value into JSON values: a date becomes its EDTF string, an enumeration its word.

    >>> plain(Dated("2024-05", None, None))
    '2024-05'
    """
    if isinstance(value, Dated):
        return value.edtf
    if dataclasses.is_dataclass(value):
        return {_name(f.name): plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return value


def _name(field: str) -> str:
    # `for_` is `for` everywhere but in Python, where it is a keyword.
    return field.rstrip("_")


def record_row(record: Record) -> Row:
    """Make the row of a record; every date field `x` also gets `x_lo`, `x_hi` and `x_basis`."""
    row: Row = {
        "record": record.kind.value,
        "kind": _kind(record),
        "key": record.key,
        "document": record.document,
        "evidence": plain(record.evidence),
        "attribution": plain(record.attribution),
    }
    for field in dataclasses.fields(record):
        if field.name not in (*FIRST, "statement_kind"):
            row |= _field(field.name, getattr(record, field.name))
    if isinstance(record, Mention):
        row["quad_code"] = record.quad_code
    return row


def _kind(record: Record) -> str:
    if isinstance(record, Statement):
        return record.statement_kind.value
    return record.event_type.value if isinstance(record, Mention) else record.kind.value


def _field(name: str, value: object) -> Row:
    row: Row = {_name(name): plain(value)}
    if isinstance(value, Dated):
        row |= {
            f"{name}_lo": value.lo.isoformat() if value.lo else None,
            f"{name}_hi": value.hi.isoformat() if value.hi else None,
            f"{name}_basis": value.basis.value,
        }
    return row


def event_row(event: Event) -> Row:
    """Make the row of an event: the joined fields, with its mentions by key."""
    row: Row = {
        "record": "event",
        "kind": event.event_type.value,
        "key": event.id,
        "document": event.mentions[0].document,
        "evidence": [part for mention in event.mentions for part in plain(mention.evidence)],
        "attribution": plain(event.mentions[0].attribution),
    }
    for field in dataclasses.fields(event):
        if field.name not in ("id", "mentions"):
            row |= _field(field.name, getattr(event, field.name))
    return row | {
        "quad_code": event.quad_code,
        "event_scale": event.mentions[0].event_scale,
        "cameo_code": event.mentions[0].cameo_code,
        "contexts": sorted({context for mention in event.mentions for context in mention.contexts}),
        "mentions": [mention.key for mention in event.mentions],
    }


def issue_row(issue: Issue) -> Row:
    """Make the row of an issue."""
    return {"record": "issue", "kind": issue.reason.value, **plain(issue)}


def decision_row(decision: Decision) -> Row:
    """Make the row of a decision."""
    return {"record": "decision", "kind": decision.verb.value, **plain(decision)}


def entry_row(entry: Entry) -> Row:
    """Make the row of what a person entered in the register."""
    return {"record": "entry", "kind": entry.verb, **plain(entry)}


def view_rows(
    view: View, records: frozenset[str] = frozenset(), kind: str | None = None, **filters: Any
) -> Iterator[Row]:
    """Give every row of a view in a stable order.

    `records` limits it to some of `RECORDS`, `kind` to rows of that kind; the other filters are those of
    `View.records` and leave out documents, issues, decisions and entries: these are about no actor.
    """
    for row in _view_rows(view, records, filters):
        if kind is None or row["kind"] == kind:
            yield row


def _view_rows(view: View, records: frozenset[str], filters: dict[str, Any]) -> Iterator[Row]:
    def wanted(name: str) -> bool:
        return name in records or (not records and (not filters or name in _TOLD))

    if wanted("document"):
        for held in view.documents():
            yield {"record": "document", "kind": "document", **plain(held)}
    for record in view.records(all_statements=True, **filters):
        if wanted(record.kind.value):
            yield record_row(record)
    if wanted("event"):
        yield from (event_row(event) for event in view.events(**filters))
    if wanted("issue"):
        yield from (issue_row(issue) for issue in view.issues())
    if wanted("decision"):
        yield from (decision_row(decision) for decision in view.decisions())
    if wanted("entry"):
        yield from (entry_row(entry) for entry in view.entries(live=False))
