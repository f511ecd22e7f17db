"""Collect what the fold needs, for one document or for all, at one moment of the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from detente.ledger import standing, tables
from detente.ledger.fold import ADDED, READ, Decided, Facts, Held, live
from detente.ledger.standing import Standing
from detente.model.decisions import Verb

BATCH = 400
"""Names in one query; databases bound their number."""


def batched(names: Iterable[str]) -> Iterator[list[str]]:
    """Take names in parts small enough for one query."""
    left = iter(names)
    while part := list(islice(left, BATCH)):
        yield part


def publisher_scope(name: str) -> str:
    """Name a publisher where a decision says what it is about."""
    return f"publisher:{' '.join(name.split()).casefold()}"


def gather(
    connection: Connection, tx: int, day: date | None = None, documents: Collection[str] | None = None
) -> dict[str, Facts]:
    """Collect the facts of the documents (None for all) after write `tx`, as published by `day`."""
    if documents is not None and len(documents) > BATCH:
        wanted = sorted(documents)
        found: dict[str, Facts] = {}
        for start in range(0, len(wanted), BATCH):
            found |= gather(connection, tx, day, wanted[start : start + BATCH])
        return found
    versions = standing.standings(connection, tx, documents)
    taken = standing.chosen(versions, day)
    decided = decisions(connection, tx, documents)
    read = _read(connection, taken, documents)
    added = _added(connection, decided, taken, {v.version for v in versions if _counts(v, day)})
    return {
        name: Facts(
            document=name,
            reading=one.reading,
            rendition=one.rendition,
            read=read.get(one.reading, ()),
            added=added.get(name, ()),
            decisions=decided.get(name, ()),
            withdrawn=is_withdrawn(one, decided),
        )
        for name, one in taken.items()
    }


def _counts(version: Standing, day: date | None) -> bool:
    return day is None or version.day <= day.isoformat()


def is_withdrawn(one: Standing, decided: Mapping[str, list[Decided]]) -> bool:
    """Whether a person withdrew the document or its publisher."""
    scopes = (one.document, publisher_scope(one.publisher))
    return any(d.verb is Verb.WITHDRAW for scope in scopes for d in decided.get(scope, ()))


def decisions(
    connection: Connection, tx: int, documents: Collection[str] | None = None
) -> dict[str, list[Decided]]:
    """Read the decisions live after write `tx` by what they are about: a document or a publisher."""
    table = tables.decision
    query = select(table).where(table.c.tx <= tx)
    if documents is not None:
        about_these = table.c.scope.in_(documents) | table.c.scope.startswith("publisher:")
        query = query.where(about_these)
    found: dict[str, list[Decided]] = defaultdict(list)
    for decision in live(decided_from(row) for row in connection.execute(query)):
        found[decision.scope].append(decision)
    return dict(found)


def decided_from(row: Row[Any]) -> Decided:
    """Read a decision as the fold sees it."""
    return Decided(row.id, row.tx, Verb(row.verb), row.key, row.field, row.value, row.scope, row.undoes)


def _read(
    connection: Connection, taken: Mapping[str, Standing], documents: Collection[str] | None
) -> dict[int, list[Held]]:
    table = tables.record.c
    days = {one.reading: one.day for one in taken.values()}
    query = select(tables.record).where(table.reading.isnot(None)).order_by(table.id)
    if documents is not None:
        query = query.where(table.reading.in_(days))
    found: dict[int, list[Held]] = defaultdict(list)
    for row in connection.execute(query):
        if row.reading in days:
            found[row.reading].append(held_from(row, days[row.reading]))
    return found


def _added(
    connection: Connection,
    decided: Mapping[str, list[Decided]],
    taken: Mapping[str, Standing],
    versions: Collection[str],
) -> dict[str, list[Held]]:
    wanted = [d.id for scope in decided.values() for d in scope if d.verb is Verb.ADD]
    found: dict[str, list[Held]] = defaultdict(list)
    for start in range(0, len(wanted), BATCH):
        for row in connection.execute(_additions(wanted[start : start + BATCH])):
            if row.version in versions:
                found[row.document].append(held_from(row, taken[row.document].day, ADDED))
    return found


def _additions(wanted: list[int]) -> Select[Any]:
    return (
        select(tables.record, tables.rendition.c.version)
        .join(tables.evidence, tables.evidence.c.record == tables.record.c.id)
        .join(tables.rendition, tables.rendition.c.id == tables.evidence.c.rendition)
        .where(tables.record.c.decision.in_(wanted), tables.evidence.c.place == 0)
        .order_by(tables.record.c.id)
    )


def held_from(row: Row[Any], day: str, state: str = READ) -> Held:
    """Read a record as the fold sees it, of a page that counts from `day`."""
    return Held(row.key, row.id, row.document, row.kind, row.body, day, state)
