"""Model values as table rows and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from detente.ledger.transacting import as_text
from detente.model.bodies import from_body, to_body
from detente.model.decisions import Decision, Verb
from detente.model.documents import Hints, Metadata, Page, Rendition
from detente.model.identity import digest
from detente.model.issues import Issue, Reason
from detente.model.records import Record
from detente.model.text import Block


def plain(text: str) -> str:
    """Replace what no database keeps in a text column: NUL and lone surrogates."""
    if "\0" not in text and text.isascii():
        return text
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def pack(value: object) -> str:
    """Write JSON in ASCII, which holds every code point in every database."""
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def text_bytes(text: str) -> bytes:
    """Keep a text exactly, odd code points included."""
    return text.encode("utf-8", "surrogatepass")


def bytes_text(data: bytes) -> str:
    """Read back what `text_bytes` kept."""
    return bytes(data).decode("utf-8", "surrogatepass")


def version_row(version: str, document: str, tx: int, page: Page) -> dict[str, Any]:
    """Make the row of a version: the raw bytes and all the source said about them."""
    return {
        "id": version,
        "document": document,
        "tx": tx,
        "content": zlib.compress(page.content, 1),
        "media_type": plain(page.media_type),
        "charset": plain(page.charset),
        "hints": pack(to_body(page.hints)),
        "container": plain(page.container),
        "received": as_text(page.received),
    }


def page_from_row(row: Row[Any], address: str) -> Page:
    """Read a page back as it arrived."""
    return Page(
        address=address,
        content=zlib.decompress(bytes(row.content)) if row.content else b"",
        media_type=row.media_type,
        received=moment(row.received),
        charset=row.charset,
        hints=from_body(json.loads(row.hints), Hints),
        container=row.container,
    )


def rendition_row(rendition: Rendition, version: str, tx: int) -> dict[str, Any]:
    """Make the row of a rendition."""
    return {
        "id": rendition.id,
        "version": version,
        "tx": tx,
        "reader": plain(rendition.reader),
        "text": text_bytes(rendition.text),
        "blocks": pack([to_body(block) for block in rendition.blocks]),
        "metadata": pack(to_body(rendition.metadata)),
    }


def rendition_from_row(row: Row[Any], issues: Iterable[Issue] = ()) -> Rendition:
    """Read a rendition back."""
    return Rendition(
        text=bytes_text(row.text),
        blocks=tuple(from_body(block, Block) for block in json.loads(row.blocks)),
        metadata=metadata_from(row.metadata),
        reader=row.reader,
        id=row.id,
        version=row.version,
        issues=tuple(issues),
    )


def metadata_from(packed: str | None) -> Metadata:
    """Read a page's word about itself; one that was not read says nothing."""
    return from_body(json.loads(packed), Metadata) if packed else Metadata()


def issue_row(issue: Issue, number: int, tx: int, reading: int | None) -> dict[str, Any]:
    """Make the row of an issue."""
    return {
        "id": number,
        "tx": tx,
        "reading": reading,
        "document": plain(issue.document),
        "address": plain(issue.address),
        "reason": issue.reason.value,
        "detail": plain(issue.detail),
        "locator": plain(issue.locator),
        "severity": plain(issue.severity),
    }


def issue_from_row(row: Row[Any]) -> Issue:
    """Read an issue back with a stable id."""
    told = Issue(Reason(row.reason), row.address, row.detail, row.locator, row.severity, row.document, id="")
    return replace(told, id=issue_id(told))


def issue_id(issue: Issue) -> str:
    """Name an issue by what it says and where."""
    return "i" + digest(issue.reason.value, issue.address, issue.detail, issue.locator, issue.severity)


def decision_from_row(row: Row[Any], at: str, who: str) -> Decision:
    """Read a decision back."""
    return Decision(
        verb=Verb(row.verb),
        key=row.key,
        who=who,
        reason=row.reason,
        field=row.field,
        value=json.loads(row.value),
        id=f"x{row.id}",
        at=moment(at),
    )


def evidence_rows(number: int, record: Record) -> list[dict[str, Any]]:
    """Make the rows of a record's evidence."""
    return [
        {"record": number, "place": place, "rendition": e.rendition, "start": e.start, "stop": e.end}
        for place, e in enumerate(record.evidence)
    ]


class Packed(Mapping[str, Any]):
    """A packed object that is read only when somebody looks into it."""

    __slots__ = ("_held", "_text")

    def __init__(self, text: str) -> None:
        """Hold what `pack` wrote."""
        self._text = text
        self._held: Mapping[str, Any] | None = None

    def __getitem__(self, name: str) -> Any:
        """Give a field."""
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names of its fields."""
        return iter(self._read())

    def __len__(self) -> int:
        """Count its fields."""
        return len(self._read())

    def __bool__(self) -> bool:
        """Say whether it has any field, without reading it."""
        return self._text != "{}"

    def __repr__(self) -> str:
        """Show it as it is kept."""
        return self._text

    def _read(self) -> Mapping[str, Any]:
        if self._held is None:
            self._held = as_json(self._text)
        return self._held


def as_json(text: str) -> Mapping[str, Any]:
    """Read a packed object."""
    value: Mapping[str, Any] = json.loads(text)
    return value


def moment(text: str) -> datetime:
    """Read a moment back, in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)
