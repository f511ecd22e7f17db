"""Keep the table of beliefs equal to the fold of everything, in the transaction that changes it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, select

from detente.ledger import indexing, tables
from detente.ledger.binding import Binder
from detente.ledger.fold import Folded, Held, fold
from detente.ledger.gathering import BATCH, gather
from detente.ledger.rows import plain
from detente.ledger.transacting import Transaction
from detente.model.bodies import record_from_body
from detente.model.records import Record

Identity = tuple[str, int, str, str | None, str]


def folded(connection: Connection, tx: int, documents: Collection[str] | None) -> dict[str, Folded]:
    """Compute from readings and decisions what is believed of the documents (None for all) after `tx`."""
    return {
        name: fold(facts, Binder(connection, facts))
        for name, facts in gather(connection, tx, None, documents).items()
    }


def refold(
    transaction: Transaction, tx: int, documents: Collection[str], known: Mapping[int, Record] | None = None
) -> None:
    """Close the beliefs that no longer hold and add the new ones; `known` saves reading records back."""
    for start in range(0, len(documents), BATCH):
        some = sorted(documents)[start : start + BATCH]
        wanted: dict[Identity, Held] = {}
        for result in folded(transaction.connection, tx, some).values():
            wanted |= {identity(held): held for held in result.records.values()}
        _close(transaction.connection, tx, some, wanted)
        read = known or {}
        believe(transaction, tx, {one: read.get(one.record) for one in wanted.values()})


def identity(held: Held) -> Identity:
    """What makes two beliefs the same: key, the record it rests on, state, corrections, its page's day."""
    return (held.key, held.record, held.state, held.body if held.changed else None, held.day)


def _close(connection: Connection, tx: int, documents: Collection[str], wanted: dict[Identity, Held]) -> None:
    table = tables.belief
    gone = [
        row.id
        for row in connection.execute(
            select(table).where(table.c.document.in_(documents), table.c.tx_to.is_(None))
        )
        if wanted.pop((row.key, row.record, row.state, row.body, row.day), None) is None
    ]
    for start in range(0, len(gone), BATCH):
        some = gone[start : start + BATCH]
        connection.execute(table.update().where(table.c.id.in_(some)).values(tx_to=tx))


def believe(transaction: Transaction, tx: int, held: Mapping[Held, Record | None]) -> None:
    """Enter beliefs with what views filter them by; a record that is not at hand is read back."""
    if not held:
        return
    beliefs, filed = [], []
    numbers = transaction.fresh(tables.belief, len(held))
    for number, (one, at_hand) in zip(numbers, held.items(), strict=True):
        record = None if one.changed else at_hand
        record = record or record_from_body(one.kind, json.loads(one.body))
        beliefs.append(_belief(number, tx, one, record))
        filed += filed_rows(number, record, one.day)
    transaction.connection.execute(tables.belief.insert(), beliefs)
    if filed:
        transaction.connection.execute(tables.filed.insert(), filed)


def _belief(number: int, tx: int, held: Held, record: Record) -> dict[str, Any]:
    lo, hi = indexing.hull(record)
    due = indexing.due_of(record)
    return {
        "id": number,
        "key": held.key,
        "document": held.document,
        "record": held.record,
        "state": held.state,
        "kind": held.kind,
        "sort": indexing.sort_of(record),
        "status": plain(indexing.status_of(record)),
        "salient": indexing.is_salient(record),
        "day": held.day,
        "start": record.evidence[0].start,
        "lo": lo,
        "hi": hi,
        "due": due.isoformat() if due else None,
        "body": held.body if held.changed else None,
        "tx_from": tx,
        "tx_to": None,
    }


PAIR = "pair"
"""The role under which a record is filed for a pair of states it concerns."""


def filed_rows(number: int, record: Record, day: str) -> list[dict[str, Any]]:
    """Make the rows by which a belief is found: under each party's id and state, and each pair of states."""
    named = {
        (role, plain(name))
        for role, party in indexing.parties_of(record)
        for name in (party.label, party.state)
        if name
    }
    named |= {(PAIR, plain(str(dyad))) for dyad in indexing.dyads_of(record)}
    own = {"kind": record.kind.value, "sort": indexing.sort_of(record), "day": day}
    return [{"belief": number, "role": role, "name": name, **own} for role, name in sorted(named)]
