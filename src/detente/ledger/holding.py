"""The documents of a view: which version counts, who copies whom, what was withdrawn, gone or erased."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from detente.ledger import standing, tables
from detente.ledger.fold import Decided
from detente.ledger.gathering import decisions, is_withdrawn, publisher_scope
from detente.ledger.held import HeldDocument
from detente.ledger.rows import as_json, metadata_from, moment
from detente.ledger.standing import Standing
from detente.model.decisions import Verb


def hold(connection: Connection, tx: int, day: date | None) -> dict[str, HeldDocument]:
    """List by id the documents held after write `tx` that count from `day` or before (None: all)."""
    versions = [v for v in standing.standings(connection, tx) if day is None or v.day <= day.isoformat()]
    taken = standing.chosen(versions)
    decided = decisions(connection, tx)
    facts = _facts(connection, tx)
    gone = _gone(connection, tx)
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
    families = _families(connection, tx)
    return _linked(held, taken, families)


def _facts(connection: Connection, tx: int) -> dict[int, Any]:
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
        .where(reading.tx <= tx)
    )
    return {row.id: row for row in connection.execute(query)}


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


def _gone(connection: Connection, tx: int) -> dict[str, datetime]:
    presence = tables.presence.c
    query = (
        select(tables.presence, tables.tx.c.at)
        .join(tables.tx, tables.tx.c.id == presence.tx)
        .where(presence.tx <= tx)
        .order_by(presence.tx)
    )
    last = {row.document: row for row in connection.execute(query)}
    return {name: moment(row.at) for name, row in last.items() if row.gone}


def _rating(decided: Iterable[Decided]) -> str:
    ratings = [as_json(d.value)["rating"] for d in decided if d.verb is Verb.RATE_SOURCE]
    return str(ratings[-1]) if ratings else ""


def _families(connection: Connection, tx: int) -> dict[str, str]:
    twin = tables.twin.c
    query = select(twin.version, twin.family).where(twin.tx <= tx)
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
