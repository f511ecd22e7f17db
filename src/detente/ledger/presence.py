"""Whether a page still stands at its address, and which troubles with addresses are over."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, func, select

from detente.ledger import tables
from detente.ledger.transacting import Transaction


def missed(connection: Connection, documents: Collection[str]) -> set[str]:
    """Name those of the documents last found gone, or out of reach since they were last seen."""
    presence, document, issue = tables.presence.c, tables.document.c, tables.issue.c
    looks = select(tables.presence).where(presence.document.in_(documents)).order_by(presence.tx)
    gone = {row.document: row.gone for row in connection.execute(looks)}
    troubled = (
        select(document.id, document.address, func.max(issue.tx).label("tx"))
        .join(tables.issue, issue.address == document.address)
        .where(document.id.in_(documents), issue.reading.is_(None))
        .group_by(document.id, document.address)
    )
    rows = connection.execute(troubled).all()
    seen = last_seen(connection, document.id.in_([row.id for row in rows])) if rows else {}
    unreached = {row.id for row in rows if row.tx > seen.get(row.address, 0)}
    return unreached | {name for name, is_gone in gone.items() if is_gone}


def last_seen(
    connection: Connection, *which: ColumnElement[bool], until: int | None = None
) -> dict[str, int]:
    """Say for the addresses of the documents chosen in which write the page was last seen standing.

    `until` leaves out the writes after that one.
    """
    document, version, presence = tables.document.c, tables.version.c, tables.presence.c
    limit = until if until is not None else 2**62
    # Not the readings: what is read again from the ledger says nothing of the page at its address.
    came = select(document.address, func.max(version.tx).label("tx")).join(
        tables.version, version.document == document.id
    )
    stood = select(document.address, func.max(presence.tx).label("tx")).join(
        tables.presence, presence.document == document.id
    )
    seen: dict[str, int] = {}
    for query in (
        came.where(version.tx <= limit, *which),
        stood.where(presence.tx <= limit, presence.gone.is_(False), *which),
    ):
        for row in connection.execute(query.group_by(document.address)):
            seen[row.address] = max(row.tx, seen.get(row.address, 0))
    return seen


def mark_seen(transaction: Transaction, why: str, document: str) -> None:
    """Note that a page missed is back; nothing is written for one that was not."""
    if missed(transaction.connection, [document]):
        row = {"document": document, "tx": transaction.stamp(why), "gone": False}
        transaction.connection.execute(tables.presence.insert(), row)


def mark_gone(transaction: Transaction, document: str) -> None:
    """Note that a page is gone; nothing is written for one already gone."""
    presence = tables.presence.c
    last = select(presence.gone).where(presence.document == document).order_by(presence.tx.desc()).limit(1)
    if not transaction.connection.execute(last).scalar():
        row = {"document": document, "tx": transaction.stamp("vanished"), "gone": True}
        transaction.connection.execute(tables.presence.insert(), row)
