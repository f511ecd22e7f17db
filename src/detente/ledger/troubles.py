"""The issues of a view: those of the readings that count, and those that belong to no page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select

from detente.ledger import standing, tables
from detente.ledger.gathering import batched
from detente.ledger.presence import last_seen
from detente.ledger.rows import issue_from_row, moment
from detente.model.issues import Issue


def troubles(
    connection: Connection, tx: int, day: date | None, after: int | None = None
) -> tuple[Issue, ...]:
    """List the issues in order of address, those of writes behind `after`; None for all.

    One without a page ends when its address is read.
    """
    table = tables.issue.c
    behind = [table.tx <= tx] if after is None else [table.tx <= tx, table.tx > after]
    parts: Iterable[list[str] | None] = [None]
    if after is not None:
        parts = batched(connection.execute(select(table.document).where(*behind).distinct()).scalars().all())
    taken = [standing.chosen(standing.standings(connection, tx, part), day) for part in parts]
    readings = {one.reading for several in taken for one in several.values()}
    # Only of addresses that had trouble by themselves: a ledger holds many that had none.
    lone = select(table.address).where(*behind, table.reading.is_(None))
    seen = last_seen(connection, tables.document.c.address.in_(lone), until=tx)
    query = (
        select(tables.issue, tables.tx.c.at)
        .join(tables.tx, tables.tx.c.id == tables.issue.c.tx)
        .where(*behind)
        .order_by(tables.issue.c.address, tables.issue.c.id)
    )
    found = []
    for row in connection.execute(query):
        if row.reading is not None:
            counts = row.reading in readings
        else:
            counts = seen.get(row.address, 0) < row.tx and (day is None or moment(row.at).date() <= day)
        if counts:
            found.append(issue_from_row(row))
    return tuple(found)
