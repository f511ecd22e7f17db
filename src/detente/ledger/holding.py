"""The documents of a view: which version counts, who copies whom, what was withdrawn, gone or erased."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from detente.ledger import standing, tables
from detente.ledger.fold import Decided
from detente.ledger.gathering import batched, decisions, is_withdrawn, publisher_scope
from detente.ledger.held import HeldDocument
from detente.ledger.rows import as_json, metadata_from, moment
from detente.ledger.standing import Standing
from detente.model.decisions import Verb


def hold(
    connection: Connection, tx: int, day: date | None, documents: Collection[str] | None = None
) -> dict[str, HeldDocument]:
    """Give by id the documents held after write `tx` that count from `day` or before (None: all).

    `documents` limits it to these, at most `BATCH` of them, and those whose text one of them repeats.
    """
    if documents is not None:
        documents = _with_families(connection, tx, documents)
    versions = [
        v for v in standing.standings(connection, tx, documents) if day is None or v.day <= day.isoformat()
    ]
    taken = standing.chosen(versions)
    decided = decisions(connection, tx, documents)
    facts = _facts(connection, {one.reading for one in taken.values()}, documents)
    gone = _gone(connection, tx, documents)
    purged = set(connection.execute(select(tables.purge.c.document).where(tables.purge.c.tx <= tx)).scalars())
    counts = Counter(version.document for version in versions)
    held = {}
    for name, one in taken.items():
        document = _document(facts[one.reading], one)
        held[name] = replace(
            document,
            versions=counts[name],
            vanished=gone.get(name),
            withdrawn=is_withdrawn(one, decided),
            purged=name in purged,
            rating=_rating(decided.get(publisher_scope(one.publisher), ())),
        )
    families = _families(connection, tx, [one.version for one in taken.values()] if documents else None)
    return _linked(held, taken, families)


def with_twins(connection: Connection, tx: int, documents: Collection[str]) -> set[str]:
    """Name those of the documents whose text, in any version, stands at another address as well."""
    mine, other = tables.twin.alias(), tables.twin.alias()
    version = tables.version.c
    elsewhere = select(other.c.version).where(
        other.c.family == mine.c.family, other.c.version != mine.c.version, other.c.tx <= tx
    )
    found: set[str] = set()
    for names in batched(documents):
        query = (
            select(version.document)
            .join(mine, mine.c.version == version.id)
            .where(version.document.in_(names), mine.c.tx <= tx, elsewhere.exists())
        )
        found |= set(connection.execute(query).scalars())
    return found


def _with_families(connection: Connection, tx: int, documents: Collection[str]) -> set[str]:
    """Add the documents that hold, in any version, the text of a version of these."""
    twin, version = tables.twin.c, tables.version.c
    families = (
        select(twin.family)
        .join(tables.version, version.id == twin.version)
        .where(version.document.in_(documents), twin.tx <= tx)
    )
    members = (
        select(version.document)
        .join(tables.twin, twin.version == version.id)
        .where(twin.family.in_(families), twin.tx <= tx)
    )
    return {*documents, *connection.execute(members).scalars()}


def _facts(
    connection: Connection, readings: Collection[int], documents: Collection[str] | None
) -> dict[int, Any]:
    document, version, reading = tables.document.c, tables.version.c, tables.reading.c
    query = (
        select(
            reading.id,
            reading.coder,
            version.received,
            version.hints,
            document.address,
            tables.rendition.c.metadata.label("told"),
            tables.tx.c.at,
        )
        .join(tables.version, version.id == reading.version)
        .join(tables.document, document.id == reading.document)
        .join(tables.tx, tables.tx.c.id == document.tx)
        .outerjoin(tables.rendition, tables.rendition.c.id == reading.rendition)
    )
    if documents is not None:
        query = query.where(reading.document.in_(documents))
    return {row.id: row for row in connection.execute(query) if row.id in readings}


def _document(row: Row[Any], one: Standing) -> HeldDocument:
    metadata = metadata_from(row.told)
    return HeldDocument(
        id=one.document,
        address=row.address,
        publisher=one.publisher,
        title=metadata.title or as_json(row.hints).get("title", ""),
        published=metadata.published,
        counted_from=date.fromisoformat(one.day),
        first_seen=moment(row.at),
        received=moment(row.received),
        versions=1,
        version=one.version,
        rendition=one.rendition,
        coder=row.coder,
        metadata=metadata,
    )


def _gone(connection: Connection, tx: int, documents: Collection[str] | None) -> dict[str, datetime]:
    presence = tables.presence.c
    query = (
        select(tables.presence, tables.tx.c.at)
        .join(tables.tx, tables.tx.c.id == presence.tx)
        .where(presence.tx <= tx)
        .order_by(presence.tx)
    )
    if documents is not None:
        query = query.where(presence.document.in_(documents))
    last = {row.document: row for row in connection.execute(query)}
    return {name: moment(row.at) for name, row in last.items() if row.gone}


def _rating(decided: Iterable[Decided]) -> str:
    ratings = [as_json(d.value)["rating"] for d in decided if d.verb is Verb.RATE_SOURCE]
    return str(ratings[-1]) if ratings else ""


def _families(connection: Connection, tx: int, versions: Collection[str] | None) -> dict[str, str]:
    twin = tables.twin.c
    query = select(twin.version, twin.family).where(twin.tx <= tx)
    if versions is not None:
        query = query.where(twin.version.in_(versions))
    return {row.version: row.family for row in connection.execute(query)}


def _linked(
    held: Mapping[str, HeldDocument], taken: Mapping[str, Standing], families: Mapping[str, str]
) -> dict[str, HeldDocument]:
    """Link every copy to the member of its family that was published first and still counts."""
    members: dict[str, list[str]] = defaultdict(list)
    for name in sorted(held, key=lambda name: (held[name].withdrawn, taken[name].day, taken[name].arrived)):
        if family := families.get(taken[name].version):
            members[family].append(name)
    linked = dict(held)
    for first, *others in members.values():
        for name in others:
            linked[name] = replace(held[name], copy_of=first)
    return linked
