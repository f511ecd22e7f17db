"""Enter what people do in the register, and read it back as it stood after one write."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select

from detente.errors import UsageError
from detente.ledger import tables
from detente.ledger.rows import Packed, moment, pack, plain
from detente.ledger.transacting import Transaction
from detente.model.entries import UNDO, Entry

Check = Callable[[Sequence[Entry]], None]
"""Refuses an entry, given the live ones on its subject, by raising UsageError; nobody writes meanwhile."""

_SUBJECT = re.compile(r"[a-z]+:\S.{0,200}")
_ID = re.compile(r"n([1-9]\d{0,14})")


def enter(transaction: Transaction, entry: Entry, check: Check | None = None) -> Entry:
    """Keep an entry and return it with its `id` and `at`.

    Raises UsageError for a subject that is none, an undo of what is not live, or what `check` refuses.
    """
    if not _SUBJECT.fullmatch(entry.subject):
        raise UsageError(f"'{entry.subject}' names nothing the register keeps")
    connection = transaction.connection
    standing = entries(connection, None, entry.subject)
    undoes = _undone(entry, standing) if entry.verb == UNDO else None
    if check is not None:
        check(standing)
    tx = transaction.stamp(entry.verb)
    number = transaction.fresh(tables.entry)[0]
    row = {
        "id": number,
        "tx": tx,
        "subject": plain(entry.subject),
        "verb": plain(entry.verb),
        "value": pack(dict(entry.value)),
        "reason": plain(entry.reason),
        "document": plain(entry.document),
        "place": plain(entry.place),
        "undoes": undoes,
    }
    connection.execute(tables.entry.insert(), row)
    return replace(entry, id=f"n{number}", at=transaction.at)


def entries(connection: Connection, tx: int | None, subject: str = "", *, live: bool = True) -> list[Entry]:
    """List the entries made up to write `tx` (None: all), oldest first.

    `subject` is one subject, or a sort with its colon ("folder:"), or "" for all. With `live` those
    undone are left out.
    """
    table = tables.entry
    query = (
        select(table, tables.tx.c.at, tables.tx.c.who)
        .join(tables.tx, tables.tx.c.id == table.c.tx)
        .order_by(table.c.id)
    )
    if tx is not None:
        query = query.where(table.c.tx <= tx)
    if subject.endswith(":"):
        query = query.where(table.c.subject >= subject, table.c.subject < subject[:-1] + ";")
    elif subject:
        query = query.where(table.c.subject == plain(subject))
    rows = connection.execute(query).all()
    dead = _dead(rows) if live else set()
    return [_entry(row) for row in rows if row.id not in dead]


def _dead(rows: Sequence[Row[Any]]) -> set[int]:
    """Number the entries undone; an undo that is itself undone undoes nothing."""
    dead: set[int] = set()
    for row in reversed(rows):
        if row.undoes is not None and row.id not in dead:
            dead.add(row.undoes)
    return dead


def _undone(entry: Entry, standing: Sequence[Entry]) -> int:
    wanted = str(entry.value.get("entry", ""))
    if wanted not in {one.id for one in standing} or not (match := _ID.fullmatch(wanted)):
        raise UsageError(f"there is no entry '{wanted}' on {entry.subject} to take back")
    return int(match.group(1))


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        subject=row.subject,
        verb=row.verb,
        who=row.who,
        value=Packed(row.value),
        reason=row.reason,
        document=row.document,
        place=row.place,
        id=f"n{row.id}",
        at=moment(row.at),
    )
