"""Choose records of a view: a coarse choice by the tables' indexes, then the exact one on the records."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from detente.errors import UsageError
from detente.ledger import indexing, standing, tables
from detente.ledger.binding import Binder
from detente.ledger.fold import REJECTED, fold
from detente.ledger.gathering import gather
from detente.ledger.held import HeldDocument
from detente.model.actors import Dyad
from detente.model.bodies import record_from_body
from detente.model.records import Kind, Record


@dataclass(frozen=True, slots=True)
class Believed:
    """A record of a view, not yet read back from its packed body."""

    key: str
    document: str
    kind: str
    state: str
    body: str

    def record(self) -> Record:
        """Read the record back."""
        return record_from_body(self.kind, json.loads(self.body))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a caller asks of a view; None leaves a side open."""

    kinds: frozenset[Kind] | None = None
    about: Dyad | str | None = None
    actor: str | None = None
    since: date | None = None
    until: date | None = None
    publisher: str | None = None
    status: str | None = None
    document: str | None = None
    all_statements: bool = False
    copies: bool = True

    def takes(self, record: Record, home: HeldDocument) -> bool:
        """Whether a record of a document is wanted."""
        return (
            (self.kinds is None or record.kind in self.kinds)
            and (self.all_statements or indexing.is_salient(record))
            and (self.status is None or indexing.status_of(record) == self.status)
            and self.takes_document(home)
            and self._takes_parties(record)
            and indexing.falls_within(record, home.counted_from, self.since, self.until)
        )

    def takes_document(self, home: HeldDocument) -> bool:
        """Whether records of a document are wanted at all."""
        return (
            (self.document is None or home.id == self.document)
            and (self.publisher is None or home.publisher.casefold() == self.publisher.casefold())
            and (self.copies or home.copy_of is None)
        )

    def _takes_parties(self, record: Record) -> bool:
        return (self.about is None or indexing.concerns(record, self.about)) and (
            self.actor is None or indexing.acts(record, self.actor)
        )


def wanted(
    *, kind: Kind | str | Collection[Kind | str] | None, about: Dyad | str | None, **rest: Any
) -> Wanted:
    """Read a caller's words; raises UsageError for a kind that does not exist."""
    kinds = None
    if kind is not None:
        try:
            kinds = frozenset(Kind(one) for one in ([kind] if isinstance(kind, str) else kind))
        except ValueError as wrong:
            raise UsageError(f"{wrong}: the kinds are {', '.join(Kind)}") from None
    if isinstance(about, str):
        about = _pair_or_name(about)
    return Wanted(kinds=kinds, about=about, **rest)


def _pair_or_name(about: str) -> Dyad | str:
    try:
        return Dyad.parse(about)
    except ValueError:
        return about.strip()


def believed(
    connection: Connection, tx: int, day: date | None, documents: Mapping[str, HeldDocument], ask: Wanted
) -> list[Believed]:
    """List the records believed after write `tx` of what was published by `day`, rejected ones included.

    They come in order of publication, document, place in the text, key. `documents` are the view's own.
    """
    if day is None:
        found = _from_beliefs(connection, tx, ask, None)
    else:
        changed = _read_otherwise(connection, tx, documents)
        found = _from_beliefs(connection, tx, ask, changed)
        found += _folded(connection, tx, day, changed & documents.keys())
    rows = [(start, row) for start, row in found if row.document in documents]
    rows.sort(
        key=lambda pair: (documents[pair[1].document].counted_from, pair[1].document, pair[0], pair[1].key)
    )
    return [row for _, row in rows]


def _from_beliefs(
    connection: Connection, tx: int, ask: Wanted, but: Collection[str] | None
) -> list[tuple[int, Believed]]:
    table, record = tables.belief.c, tables.record.c
    query = (
        select(
            table.key,
            table.document,
            table.kind,
            table.state,
            table.start,
            func.coalesce(table.body, record.body).label("body"),
        )
        .join(tables.record, record.id == table.record)
        .where(standing.alive(tables.belief, tx), *_coarse(ask))
    )
    return [
        (row.start, Believed(row.key, row.document, row.kind, row.state, row.body))
        for row in connection.execute(query)
        if but is None or row.document not in but
    ]


def _coarse(ask: Wanted) -> list[ColumnElement[bool]]:
    table = tables.belief.c
    conditions: list[ColumnElement[bool]] = []
    if ask.kinds is not None:
        conditions.append(table.kind.in_(sorted(ask.kinds)))
    if ask.document is not None:
        conditions.append(table.document == ask.document)
    if ask.status is not None:
        conditions.append(table.status == ask.status)
    if not ask.all_statements:
        conditions.append(table.salient.is_(True))
    if ask.since is not None:
        conditions.append(or_(table.hi.is_(None), table.hi >= ask.since.isoformat()))
    if ask.until is not None:
        conditions.append(or_(table.lo.is_(None), table.lo <= ask.until.isoformat()))
    return conditions + [_names(one) for one in (ask.about, ask.actor) if one is not None]


def _names(about: Dyad | str) -> ColumnElement[bool]:
    belief, party, dyad = tables.belief.c, tables.party.c, tables.dyad.c
    if isinstance(about, Dyad):
        pairs = select(dyad.belief).where(and_(dyad.a == about.first, dyad.b == about.second))
        return belief.id.in_(pairs)
    return belief.id.in_(select(party.belief).where(or_(party.actor == about, party.state == about)))


def _read_otherwise(connection: Connection, tx: int, documents: Mapping[str, HeldDocument]) -> set[str]:
    """Find the documents whose version in view is not the newest, which the table of beliefs is of."""
    newest = standing.chosen(standing.standings(connection, tx))
    return {
        name
        for name, one in newest.items()
        if name not in documents or documents[name].version != one.version
    }


def _folded(
    connection: Connection, tx: int, day: date, documents: Collection[str]
) -> list[tuple[int, Believed]]:
    found = []
    for facts in gather(connection, tx, day, documents).values():
        for held in fold(facts, Binder(connection, facts)).records.values():
            start = json.loads(held.body)["evidence"][0]["start"]
            found.append((start, Believed(held.key, held.document, held.kind, held.state, held.body)))
    return found


def is_rejected(row: Believed) -> bool:
    """Whether a person rejected the record."""
    return row.state == REJECTED
