"""Erase a document's content for legal reasons: the one act that takes something out of the ledger."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, select

from detente.errors import UsageError
from detente.ledger import connecting, tables
from detente.ledger.rows import pack
from detente.ledger.transacting import Transaction
from detente.model.bodies import to_body
from detente.model.documents import Hints, Metadata


def erase(transaction: Transaction, document: str, reason: str) -> None:
    """Erase all content of a document in this transaction and log who did it, when and why."""
    connection = transaction.connection
    known = select(tables.document.c.id).where(tables.document.c.id == document)
    if connection.execute(known).first() is None:
        raise UsageError(f"there is no document '{document}' in this ledger")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    tx = transaction.stamp(f"purge: {reason}")
    _erase_text(connection, document)
    _erase_records(connection, document)
    _erase_words(connection, document)
    purge = tables.purge
    if connection.execute(select(purge.c.tx).where(purge.c.document == document)).first() is None:
        connection.execute(purge.insert(), {"document": document, "tx": tx})


def _erase_text(connection: Connection, document: str) -> None:
    version, rendition = tables.version, tables.rendition
    versions = select(version.c.id).where(version.c.document == document)
    connection.execute(tables.validator.delete().where(tables.validator.c.document == document))
    for table in (tables.twin, tables.shingle):
        connection.execute(table.delete().where(table.c.version.in_(versions)))
    connection.execute(
        rendition.update()
        .where(rendition.c.version.in_(versions))
        .values(text=b"", blocks="[]", metadata=pack(to_body(Metadata())))
    )
    connection.execute(
        version.update()
        .where(version.c.document == document)
        .values(content=b"", hints=pack(to_body(Hints())))
    )


def _erase_records(connection: Connection, document: str) -> None:
    record, belief = tables.record, tables.belief
    records = select(record.c.id).where(record.c.document == document)
    beliefs = select(belief.c.id).where(belief.c.document == document)
    connection.execute(tables.filed.delete().where(tables.filed.c.belief.in_(beliefs)))
    connection.execute(tables.evidence.delete().where(tables.evidence.c.record.in_(records)))
    connection.execute(belief.delete().where(belief.c.document == document))
    connection.execute(record.delete().where(record.c.document == document))


def _erase_words(connection: Connection, document: str) -> None:
    decision, issue, entry = tables.decision, tables.issue, tables.entry
    connection.execute(
        decision.update().where(decision.c.scope == document).values(value="{}", field="", reason="purged")
    )
    connection.execute(entry.update().where(entry.c.document == document).values(value="{}", reason="purged"))
    connection.execute(issue.update().where(issue.c.document == document).values(detail="", locator=""))


def wipe(engine: Engine) -> None:
    """Write the erased pages through to the file, so that no journal still holds them."""
    if engine.dialect.name != "sqlite":
        return
    with connecting.in_plain_words(engine), engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
