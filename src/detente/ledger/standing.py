"""Which version of a document counts from which day, and which one a view takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, and_, or_, select

from detente.ledger import tables
from detente.ledger.rows import as_json, metadata_from, moment, plain
from detente.ledger.transacting import Transaction
from detente.model.dates import Dated
from detente.model.documents import Metadata


@dataclass(frozen=True, slots=True)
class Arrival:
    """A version as it came in: what its newest reading says of its dates, and when we got it."""

    published: Dated | None
    modified: Dated | None
    received: date


@dataclass(frozen=True, slots=True)
class Standing:
    """A version with its newest reading and the day it counts from, at one moment of the ledger."""

    document: str
    version: str
    reading: int
    rendition: str | None
    day: str
    publisher: str
    arrived: int


def days(arrivals: Sequence[Arrival]) -> list[date]:
    """Find the day each version of a document counts from; `arrivals` in the order they came in.

    That is the last day of its stated publication or later modification, and the day received where the
    page states none. An edit that states the day of an earlier version counts from the day received:
    what it says cannot have been known before.
    """
    found: list[date] = []
    taken: set[date] = set()
    for arrival in arrivals:
        stated = [
            d for d in (_last_day(arrival.published, arrival), _last_day(arrival.modified, arrival)) if d
        ]
        told = max(stated, default=None)
        if told is None:
            found.append(arrival.received)
        elif told in taken:
            found.append(max(told, arrival.received))
        else:
            found.append(told)
            taken.add(told)
    return found


def _last_day(when: Dated | None, arrival: Arrival) -> date | None:
    if when is None:
        return None
    # A page in hand was published by then, however vague its date.
    if when.lo and when.lo <= arrival.received and (when.hi is None or arrival.received < when.hi):
        return arrival.received
    return when.hi


def alive(table: FromClause, tx: int) -> ColumnElement[bool]:
    """The condition that a row with an interval held after write number `tx`."""
    return and_(table.c.tx_from <= tx, or_(table.c.tx_to.is_(None), table.c.tx_to > tx))


def standings(connection: Connection, tx: int, documents: Collection[str] | None = None) -> list[Standing]:
    """List every version of the documents (None for all) as they stood after write number `tx`."""
    query = (
        select(tables.standing, tables.version.c.tx.label("arrived"), tables.reading.c.rendition)
        .join(tables.version, tables.version.c.id == tables.standing.c.version)
        .join(tables.reading, tables.reading.c.id == tables.standing.c.reading)
        .where(alive(tables.standing, tx))
    )
    if documents is not None:
        query = query.where(tables.standing.c.document.in_(documents))
    return [
        Standing(r.document, r.version, r.reading, r.rendition, r.day, r.publisher, r.arrived)
        for r in connection.execute(query)
    ]


def chosen(found: Iterable[Standing], day: date | None = None) -> dict[str, Standing]:
    """Choose for each document the newest version that counts from `day` or before; None for no limit."""
    limit = day.isoformat() if day else "9999-12-31"
    best: dict[str, Standing] = {}
    for standing in found:
        if standing.day > limit:
            continue
        rival = best.get(standing.document)
        if rival is None or (standing.day, standing.arrived) > (rival.day, rival.arrived):
            best[standing.document] = standing
    return best


def compute(connection: Connection, document: str) -> list[dict[str, Any]]:
    """Compute from the readings how every version of a document stands now."""
    versions = connection.execute(
        select(tables.version.c.id, tables.version.c.received, tables.version.c.hints)
        .where(tables.version.c.document == document)
        .order_by(tables.version.c.tx)
    ).all()
    readings = _newest_readings(connection, document)
    rows = [(row, *readings[row.id]) for row in versions if row.id in readings]
    arrivals = [
        Arrival(metadata.published, metadata.modified, moment(row.received).date())
        for row, _, metadata in rows
    ]
    return [
        {
            "document": document,
            "version": row.id,
            "reading": reading,
            "day": day.isoformat(),
            "publisher": publisher_of(metadata, row.hints),
        }
        for (row, reading, metadata), day in zip(rows, days(arrivals), strict=True)
    ]


def publisher_of(metadata: Metadata, hints: str) -> str:
    """Name the publisher: what the page says, else what its source said."""
    return plain(metadata.publisher or as_json(hints).get("publisher", ""))


def _newest_readings(connection: Connection, document: str) -> Mapping[str, tuple[int, Metadata]]:
    query = (
        select(tables.reading.c.version, tables.reading.c.id, tables.rendition.c.metadata)
        .outerjoin(tables.rendition, tables.rendition.c.id == tables.reading.c.rendition)
        .where(tables.reading.c.document == document)
        .order_by(tables.reading.c.tx)
    )
    return {r.version: (r.id, metadata_from(r.metadata)) for r in connection.execute(query)}


def restand(transaction: Transaction, tx: int, document: str) -> list[dict[str, Any]]:
    """Bring the standing of a document's versions up to date after a new reading; gives their rows."""
    table, connection = tables.standing, transaction.connection
    wanted = compute(connection, document)
    held = {
        (r.version, r.reading, r.day, r.publisher): r.id
        for r in connection.execute(
            select(table).where(table.c.document == document, table.c.tx_to.is_(None))
        )
    }
    fresh = [row for row in wanted if held.pop(_identity(row), None) is None]
    if held:
        connection.execute(table.update().where(table.c.id.in_(held.values())).values(tx_to=tx))
    if fresh:
        numbers = transaction.fresh(table, len(fresh))
        rows = [
            {**row, "id": number, "tx_from": tx, "tx_to": None}
            for row, number in zip(fresh, numbers, strict=True)
        ]
        connection.execute(table.insert(), rows)
    return wanted


def _identity(row: Mapping[str, Any]) -> tuple[str, int, str, str]:
    return (row["version"], row["reading"], row["day"], row["publisher"])
