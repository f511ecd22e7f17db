"""Enter one reading: the page, its text, its records, its troubles, and what is believed because of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from sqlalchemy import Connection, select, union_all

from detente.ledger import beliefs, copies, standing, tables
from detente.ledger.fold import Held
from detente.ledger.gathering import publisher_scope
from detente.ledger.presence import mark_seen
from detente.ledger.quoting import admit
from detente.ledger.rows import evidence_rows, issue_id, issue_row, pack, plain, rendition_row, version_row
from detente.ledger.transacting import Transaction
from detente.model.bodies import record_from_body, to_body
from detente.model.documents import Rendition
from detente.model.identity import digest, document_id, rendition_id, version_id
from detente.model.issues import Issue
from detente.model.reading import Reading
from detente.model.records import Record


class Outcome(StrEnum):
    """What became of a reading; UNCHANGED when the ledger held the same page read by the same coder."""

    NEW = "new"
    NEW_VERSION = "new_version"
    UNCHANGED = "unchanged"
    REREAD = "reread"
    COPY = "copy"


def completed(reading: Reading) -> Reading:
    """Fill in the names of the document, its version and its rendition where the caller left them open."""
    document = reading.document or document_id(reading.page.address)
    rendition = reading.rendition
    if rendition is not None:
        version = version_id(document, reading.page)
        name = rendition.id or rendition_id(version, rendition.reader)
        rendition = replace(rendition, id=name, version=version)
    return replace(reading, document=document, rendition=rendition)


def is_held(connection: Connection, reading: Reading) -> bool:
    """Whether the same page read by the same coder is in the ledger, or the page was purged from it."""
    version = version_id(reading.document, reading.page)
    table, purge = tables.reading.c, tables.purge.c
    read = select(table.version).where(table.version == version, table.coder == plain(reading.coder))
    purged = select(purge.document).where(purge.document == reading.document)
    return connection.execute(union_all(read, purged)).first() is not None


def enter_reading(transaction: Transaction, reading: Reading, *, seen: bool = True) -> Outcome:
    """Enter a reading that `is_held` denied, all it brings; `seen` when the page came from its source."""
    connection, document = transaction.connection, reading.document
    coder = plain(reading.coder)
    tx = transaction.stamp("read", coder)
    reading = _told_apart(connection, reading)
    version = version_id(document, reading.page)
    is_new = _enter_document(connection, tx, reading)
    is_version = is_new or not _holds_version(connection, version)
    if is_version:
        row = version_row(version, document, tx, reading.page)
        connection.execute(tables.version.insert(), row)
    is_copy = reading.rendition is not None and _enter_text(
        transaction, tx, version, reading.rendition, is_version=is_version
    )
    if seen and not is_new:
        mark_seen(transaction, "read", document)
    number = transaction.fresh(tables.reading)[0]
    connection.execute(
        tables.reading.insert(),
        {
            "id": number,
            "document": document,
            "version": version,
            "rendition": reading.rendition.id if reading.rendition else None,
            "coder": coder,
            "tx": tx,
        },
    )
    versions = standing.restand(transaction, tx, document)
    records, refused = admit(reading, reading.rendition)
    held = _enter_records(transaction, number, document, records, versions[0]["day"])
    told = (*reading.issues, *(reading.rendition.issues if reading.rendition else ()), *refused)
    _enter_issues(transaction, tx, number, document, told)
    if is_new and not _is_decided(connection, document, versions[0]["publisher"]):
        # Nobody can have decided about a page nobody saw: its records are believed as they are.
        beliefs.believe(transaction, tx, held)
    else:
        beliefs.refold(transaction, tx, [document], {one.record: record for one, record in held.items()})
    if is_new:
        return Outcome.COPY if is_copy else Outcome.NEW
    return Outcome.NEW_VERSION if is_version else Outcome.REREAD


def _told_apart(connection: Connection, reading: Reading) -> Reading:
    """Give another name to a text that differs from the one the ledger holds under its name."""
    table, rendition = tables.rendition, reading.rendition
    if rendition is None:
        return reading
    held = connection.execute(select(table).where(table.c.id == rendition.id)).first()
    row = rendition_row(rendition, rendition.version, 0)
    if held is None or all(getattr(held, name) == row[name] for name in ("text", "blocks", "metadata")):
        return reading
    name = "r" + digest(rendition.id, row["text"], row["blocks"], row["metadata"])
    records = tuple(
        record_from_body(record.kind, json.loads(pack(to_body(record)).replace(rendition.id, name)))
        for record in reading.records
    )
    return replace(reading, rendition=replace(rendition, id=name), records=records)


def _enter_document(connection: Connection, tx: int, reading: Reading) -> bool:
    table = tables.document
    if connection.execute(select(table.c.id).where(table.c.id == reading.document)).first():
        return False
    row = {"id": reading.document, "address": plain(reading.page.address), "tx": tx}
    connection.execute(table.insert(), row)
    return True


def _holds_version(connection: Connection, version: str) -> bool:
    table = tables.version.c
    return connection.execute(select(table.id).where(table.id == version)).first() is not None


def _enter_text(
    transaction: Transaction, tx: int, version: str, rendition: Rendition, *, is_version: bool
) -> bool:
    """Keep the text and its place among the texts held; whether it copies one of them."""
    table, twin = tables.rendition, tables.twin
    connection = transaction.connection
    if connection.execute(select(table.c.id).where(table.c.id == rendition.id)).first() is None:
        connection.execute(table.insert(), rendition_row(rendition, version, tx))
    if not is_version and connection.execute(select(twin.c.version).where(twin.c.version == version)).first():
        return False
    return copies.enter(transaction, tx, version, rendition) is not None


def _is_decided(connection: Connection, document: str, publisher: str) -> bool:
    """Whether a decision about the document or its publisher may bear on it."""
    decision = tables.decision.c
    bearing = select(decision.id).where(decision.scope.in_((publisher_scope(publisher), document))).limit(1)
    return connection.execute(bearing).first() is not None


def _enter_records(
    transaction: Transaction, reading: int, document: str, records: Sequence[Record], day: str
) -> dict[Held, Record]:
    if not records:
        return {}
    numbers = transaction.fresh(tables.record, len(records))
    held = {
        Held(record.key, number, document, record.kind.value, pack(to_body(record)), day): record
        for number, record in zip(numbers, records, strict=True)
    }
    rows = [
        {
            "id": one.record,
            "key": one.key,
            "document": document,
            "reading": reading,
            "decision": None,
            "kind": one.kind,
            "body": one.body,
        }
        for one in held
    ]
    transaction.connection.execute(tables.record.insert(), rows)
    quotes = [row for one, record in held.items() for row in evidence_rows(one.record, record)]
    transaction.connection.execute(tables.evidence.insert(), quotes)
    return held


def _enter_issues(
    transaction: Transaction, tx: int, reading: int, document: str, issues: Iterable[Issue]
) -> None:
    told = {issue_id(issue): replace(issue, document=document) for issue in issues}
    if told:
        numbers = transaction.fresh(tables.issue, len(told))
        rows = [issue_row(i, number, tx, reading) for i, number in zip(told.values(), numbers, strict=True)]
        transaction.connection.execute(tables.issue.insert(), rows)
