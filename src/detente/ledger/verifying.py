"""Check a ledger from the ground: quotes, references, and beliefs against the fold of everything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

from detente.ledger import connecting, indexing, standing, tables
from detente.ledger.beliefs import filed_rows, folded, identity
from detente.ledger.quoting import fault_of
from detente.ledger.rows import bytes_text
from detente.model.bodies import record_from_body
from detente.model.records import Record

if TYPE_CHECKING:
    from detente.ledger.store import Store

_REFERENCES = (
    (tables.document.c.tx, tables.tx.c.id),
    (tables.version.c.document, tables.document.c.id),
    (tables.version.c.tx, tables.tx.c.id),
    (tables.rendition.c.version, tables.version.c.id),
    (tables.reading.c.version, tables.version.c.id),
    (tables.reading.c.rendition, tables.rendition.c.id),
    (tables.reading.c.tx, tables.tx.c.id),
    (tables.standing.c.reading, tables.reading.c.id),
    (tables.twin.c.version, tables.version.c.id),
    (tables.shingle.c.version, tables.twin.c.version),
    (tables.record.c.reading, tables.reading.c.id),
    (tables.record.c.decision, tables.decision.c.id),
    (tables.evidence.c.record, tables.record.c.id),
    (tables.evidence.c.rendition, tables.rendition.c.id),
    (tables.decision.c.tx, tables.tx.c.id),
    (tables.decision.c.undoes, tables.decision.c.id),
    (tables.entry.c.tx, tables.tx.c.id),
    (tables.entry.c.undoes, tables.entry.c.id),
    (tables.belief.c.record, tables.record.c.id),
    (tables.filed.c.belief, tables.belief.c.id),
    (tables.issue.c.tx, tables.tx.c.id),
    (tables.issue.c.reading, tables.reading.c.id),
    (tables.presence.c.document, tables.document.c.id),
    (tables.purge.c.document, tables.document.c.id),
    (tables.validator.c.document, tables.document.c.id),
)


def verify(store: Store) -> list[str]:
    """List what is wrong with the ledger, a line each; [] when all is well.

    Checks that every quote equals the text at its offsets, that every reference leads somewhere, that
    writes follow one another in time, that the standing of versions and the beliefs equal what the
    readings and decisions give when computed afresh, and that parties and pairs are those of the records.
    Writers wait while it runs.
    """
    with connecting.exclusively(store.engine) as connection:
        return [
            *_broken_database(connection),
            *_broken_times(connection),
            *_broken_references(connection),
            *_broken_quotes(connection),
            *_broken_standings(connection),
            *_broken_beliefs(connection),
            *_broken_indexes(connection),
        ]


def _broken_database(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for row in connection.exec_driver_sql("PRAGMA quick_check(10)"):
            if row[0] != "ok":
                yield f"the file is damaged: {row[0]}"


def _broken_times(connection: Connection) -> Iterator[str]:
    last = ""
    for row in connection.execute(select(tables.tx.c.id, tables.tx.c.at).order_by(tables.tx.c.id)):
        if row.at <= last:
            yield f"write {row.id} is not later than the one before it"
        last = row.at


def _broken_references(connection: Connection) -> Iterator[str]:
    for column, target in _REFERENCES:
        there = target.table.alias()
        query = (
            select(func.count())
            .select_from(column.table)
            .outerjoin(there, there.c[target.name] == column)
            .where(column.isnot(None), there.c[target.name].is_(None))
        )
        if count := connection.execute(query).scalar():
            yield f"{count} rows of {column.table.name} name a {target.table.name} that is not there"


def _broken_quotes(connection: Connection) -> Iterator[str]:
    record, evidence, rendition = tables.record.c, tables.evidence.c, tables.rendition.c
    query = (
        select(record.id, record.key, record.kind, record.body, evidence.rendition)
        .join(tables.evidence, (evidence.record == record.id) & (evidence.place == 0))
        .order_by(evidence.rendition)
    )
    name, text = "", ""
    for row in connection.execute(query).all():
        if row.rendition != name:
            found = connection.execute(select(rendition.text).where(rendition.id == row.rendition)).scalar()
            name, text = row.rendition, bytes_text(found) if found else ""
        if fault := fault_of(_record(row), name, text):
            yield f"{row.kind} {row.key}: {fault}"
    bare = (
        select(func.count())
        .select_from(tables.record)
        .outerjoin(tables.evidence, evidence.record == record.id)
        .where(evidence.record.is_(None))
    )
    if count := connection.execute(bare).scalar():
        yield f"{count} records stand on no evidence"


def _broken_standings(connection: Connection) -> Iterator[str]:
    table = tables.standing
    held: dict[str, set[tuple[Any, ...]]] = {}
    for row in connection.execute(select(table).where(table.c.tx_to.is_(None))):
        held.setdefault(row.document, set()).add((row.version, row.reading, row.day, row.publisher))
    purged = set(connection.execute(select(tables.purge.c.document)).scalars())
    for name in connection.execute(select(tables.document.c.id)).scalars().all():
        wanted = {
            (row["version"], row["reading"], row["day"], row["publisher"])
            for row in standing.compute(connection, name)
        }
        if name not in purged and wanted != held.get(name, set()):
            yield f"document {name}: its versions do not stand as its readings say"


def _broken_beliefs(connection: Connection) -> Iterator[str]:
    newest = connection.execute(select(func.max(tables.tx.c.id))).scalar() or 0
    wanted = {
        identity(held)
        for result in folded(connection, newest, None).values()
        for held in result.records.values()
    }
    table = tables.belief
    rows = connection.execute(select(table).where(table.c.tx_to.is_(None)))
    held = [(row.key, row.record, row.state, row.body, row.day) for row in rows]
    yield from (f"record {one[0]} is believed twice" for one in _doubled(held))
    yield from (f"record {one[0]} is believed without ground" for one in sorted(set(held) - wanted, key=str))
    yield from (f"record {one[0]} should be believed" for one in sorted(wanted - set(held), key=str))


def _doubled(held: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    seen: set[str] = set()
    for one in held:
        if one[0] in seen:
            yield one
        seen.add(one[0])


def _broken_indexes(connection: Connection) -> Iterator[str]:
    belief, record = tables.belief.c, tables.record.c
    filed = _filed(connection)
    query = select(
        belief.id,
        belief.key,
        belief.kind,
        belief.sort,
        belief.day,
        belief.due,
        func.coalesce(belief.body, record.body).label("body"),
    ).join(tables.record, record.id == belief.record)
    for row in connection.execute(query):
        found = _record(row)
        due = indexing.due_of(found)
        if (row.sort, row.due) != (indexing.sort_of(found), due.isoformat() if due else None):
            yield f"record {row.key} is filed under the wrong sort or day"
        wanted = {tuple(one.values())[1:] for one in filed_rows(row.id, found, row.day)}
        if wanted != filed.get(row.id, set()):
            yield f"record {row.key} is filed under the wrong names"


def _filed(connection: Connection) -> dict[int, set[tuple[str, ...]]]:
    found: dict[int, set[tuple[str, ...]]] = {}
    for belief, *names in connection.execute(select(tables.filed)):
        found.setdefault(belief, set()).add(tuple(names))
    return found


def _record(row: Any) -> Record:
    return record_from_body(row.kind, json.loads(row.body))
