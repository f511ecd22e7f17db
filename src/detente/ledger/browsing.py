"""Walk through the records of a view in order, a page of rows at a time, from any place on.

Every stretch asked for stands in one index in the order wanted, so that the first rows of a large
ledger come as fast as those of a small one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, partial
from heapq import merge
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, func, or_, select, tuple_

from detente.errors import UsageError
from detente.ledger import connecting, indexing, standing, tables
from detente.ledger.beliefs import PAIR
from detente.ledger.binding import Binder
from detente.ledger.fold import Held, fold
from detente.ledger.gathering import BATCH, batched, gather
from detente.ledger.selecting import Believed, Wanted
from detente.model.actors import Dyad
from detente.model.bodies import record_from_body
from detente.model.events import EventType
from detente.model.records import Kind, Record
from detente.model.statements import StatementKind

Place = tuple[str, str, int, str]
"""Where a row stands in the order: a day, its document, its place in the text, its key."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Some records in order, with the day the page of each counts from.

    `next` is the cursor to ask for the following ones, None at the end.
    """

    records: tuple[Record, ...]
    days: tuple[date, ...] = ()
    next: str | None = None


Stretch = tuple[str, str | None] | None
"""A kind with one sort of it, or with all (None) where the status tells them apart; None for everything."""

FIRST, _MOST = 60, 5000
"""Rows fetched at once: few at first, more for a caller who goes on."""


class Order(StrEnum):
    """By which day records are put in order: their page's, earliest or newest first, or when they fall due.

    What never falls due is left out of the last.
    """

    PUBLISHED = "day"
    NEWEST = "newest"
    DUE = "due"


@dataclass(frozen=True)
class Look:
    """One moment of the ledger, as published by `day` (None: without limit)."""

    engine: Engine
    tx: int
    day: date | None = None

    @cached_property
    def read_otherwise(self) -> frozenset[str]:
        """The documents in view with another version than their newest, which the beliefs are of."""
        return frozenset(_read_otherwise(self))


def believed(
    look: Look,
    ask: Wanted,
    order: Order = Order.PUBLISHED,
    after: Place | None = None,
    *,
    first: int = FIRST,
) -> Iterator[Believed]:
    """Give the records believed that may answer `ask`, in order, from behind `after`; rejected ones too.

    `first` is how many rows a caller is likely to want.
    """
    place, backward = partial(place_of, order=order), order is Order.NEWEST
    stretches = (_rows(look, ask, order, after, one, first) for one in _stretches(ask))
    walked = merge(*stretches, key=place, reverse=backward)
    others = look.read_otherwise
    if not others:
        return walked
    kept = (row for row in walked if row.document not in others)
    beyond = (row for row in _folded(look, others) if _is_beyond(row, order, after))
    return merge(kept, sorted(beyond, key=place, reverse=backward), key=place, reverse=backward)


def place_of(row: Believed, order: Order) -> Place:
    """Say where a row stands in an order."""
    return ((row.due or "") if order is Order.DUE else row.day, row.document, row.start, row.key)


def cursor(place: Place) -> str:
    """Write a place as one word that a caller hands back."""
    return "/".join(map(str, place))


def to_place(text: str | None) -> Place | None:
    """Read a cursor; raises UsageError for what is none."""
    if text is None:
        return None
    parts = text.split("/")
    if len(parts) != 4 or not parts[2].isdigit():
        raise UsageError(f"'{text}' is no place to go on from")
    return (parts[0], parts[1], int(parts[2]), parts[3])


def _is_beyond(row: Believed, order: Order, after: Place | None) -> bool:
    if order is Order.DUE and row.due is None:
        return False
    if after is None:
        return True
    return place_of(row, order) < after if order is Order.NEWEST else place_of(row, order) > after


def _stretches(ask: Wanted) -> list[Stretch]:
    """List the kinds and sorts to walk side by side; [None] for everything in one walk."""
    if ask.sorts is None and ask.status is not None and ask.name is None and ask.arrived_after is None:
        return [(kind.value, None) for kind in sorted(ask.kinds or frozenset(Kind))]
    if (ask.kinds is None and ask.sorts is None) or ask.arrived_after is not None:
        return [None]
    if ask.sorts is None and ask.status is not None and _SORTS.keys() >= (ask.kinds or frozenset(Kind)):
        # A sort without any of that status would be walked to its end: one walk through all is shorter.
        return [None]
    known = [(kind, sort) for kind in (ask.kinds or frozenset(Kind)) for sort in _SORTS.get(kind, ("",))]
    return [(kind.value, sort) for kind, sort in sorted(known) if ask.sorts is None or sort in ask.sorts]


_SORTS: dict[Kind, Collection[str]] = {
    Kind.STATEMENT: [kind.value for kind in StatementKind],
    Kind.MENTION: [kind.value for kind in EventType],
}


def _rows(
    look: Look, ask: Wanted, order: Order, after: Place | None, stretch: Stretch, first: int
) -> Iterator[Believed]:
    query, by = _query(look, ask, order, stretch)
    size, last = first, ""
    while True:
        part = query if after is None else query.where(_behind(by, after, order))
        with connecting.reading(look.engine) as connection:
            rows = [Believed(*row) for row in connection.execute(part.limit(size))]
        for row in rows:
            # Filed twice under one name, a record comes twice in a row.
            if row.key != last:
                yield row
            last = row.key
        if len(rows) < size:
            return
        after, size = place_of(rows[-1], order), min(4 * size, _MOST)


def _query(
    look: Look, ask: Wanted, order: Order, stretch: Stretch
) -> tuple[Select[Any], tuple[ColumnElement[Any], ...]]:
    """The rows of a stretch, and what they are in order of; both stand in one index where they can."""
    belief, record, filed = tables.belief.c, tables.record.c, tables.filed.c
    body = func.coalesce(belief.body, record.body).label("body")
    told = (belief.key, belief.document, belief.kind, belief.state, body)
    query = select(*told, belief.day, belief.start, belief.due).join(
        tables.record, record.id == belief.record
    )
    if ask.arrived_after is not None:
        query, home = query.where(*_arrived(ask)), tables.belief.c
    elif ask.name is not None:
        query, home = query.join(tables.filed, filed.belief == belief.id).where(*_under(ask)), filed
    else:
        home = belief
    if stretch is not None:
        query = query.where(home.kind == stretch[0])
        query = query if stretch[1] is None else query.where(home.sort == stretch[1])
    day: ColumnElement[Any] = belief.due if order is Order.DUE else home.day
    if look.day is not None:
        query = query.where(home.day <= look.day.isoformat())
    if order is Order.DUE:
        query = query.where(belief.due.isnot(None))
    if ask.arrived_after is not None:
        day = _unindexed(day)
    by = (day, belief.document, belief.start, belief.key)
    query = query.where(standing.alive(tables.belief, look.tx), *_coarse(ask))
    return query.order_by(*(one.desc() if order is Order.NEWEST else one for one in by)), by


def _arrived(ask: Wanted) -> list[ColumnElement[bool]]:
    """What is new is little: it is found by its arrival, and all else is asked of what was found."""
    belief = tables.belief.c
    conditions: list[ColumnElement[bool]] = [belief.tx_from > ask.arrived_after]
    if ask.kinds is not None:
        conditions.append(_unindexed(belief.kind).in_(sorted(ask.kinds)))
    if ask.sorts is not None:
        conditions.append(_unindexed(belief.sort).in_(sorted(ask.sorts)))
    if ask.name is not None:
        conditions.append(
            select(tables.filed.c.belief).where(tables.filed.c.belief == belief.id, *_under(ask)).exists()
        )
    return conditions


def _unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The same column, which no database will look up in an index."""
    return func.coalesce(column, "")


def _under(ask: Wanted) -> list[ColumnElement[bool]]:
    """Where a record is filed that concerns a pair or an actor, or in which an actor acts."""
    filed = tables.filed.c
    if isinstance(ask.name, Dyad):
        return [filed.name == str(ask.name), filed.role == PAIR]
    if ask.about is None:
        return [filed.name == ask.name, filed.role.in_(sorted(indexing.ACTING))]
    return [filed.name == ask.name, filed.role != PAIR]


def _behind(by: tuple[ColumnElement[Any], ...], after: Place, order: Order) -> ColumnElement[bool]:
    if order is Order.NEWEST:
        return tuple_(*by) < tuple_(*after)
    return tuple_(*by) > tuple_(*after)


def _coarse(ask: Wanted) -> list[ColumnElement[bool]]:
    belief = tables.belief.c
    conditions: list[ColumnElement[bool]] = []
    if ask.document is not None:
        conditions.append(belief.document == ask.document)
    if ask.status is not None:
        conditions.append(belief.status == ask.status)
    if not ask.all_statements:
        conditions.append(belief.salient.is_(True))
    if ask.since is not None:
        conditions.append(or_(belief.hi.is_(None), belief.hi >= ask.since.isoformat()))
    if ask.until is not None:
        conditions.append(or_(belief.lo.is_(None), belief.lo <= ask.until.isoformat()))
    return conditions


def _read_otherwise(look: Look) -> set[str]:
    if look.day is None:
        return set()
    version, limit = tables.version.c, look.day.isoformat()
    several = select(version.document).group_by(version.document).having(func.count() > 1)
    found: set[str] = set()
    with connecting.reading(look.engine) as connection:
        # Pages of several versions are few: only they are looked at one by one.
        for names in batched(connection.execute(several).scalars().all()):
            days: dict[str, list[str]] = defaultdict(list)
            for one in standing.standings(connection, look.tx, names):
                days[one.document].append(one.day)
            found |= {name for name, held in days.items() if min(held) <= limit < max(held)}
    return found


def _folded(look: Look, documents: Collection[str]) -> list[Believed]:
    names = sorted(documents)
    found: list[Believed] = []
    with connecting.reading(look.engine) as connection:
        for first in range(0, len(names), BATCH):
            some = gather(connection, look.tx, look.day, names[first : first + BATCH])
            for facts in some.values():
                found += map(_as_believed, fold(facts, Binder(connection, facts)).records.values())
    return found


def _as_believed(held: Held) -> Believed:
    body = json.loads(held.body)
    due = indexing.due_of(record_from_body(held.kind, body))
    return Believed(
        held.key,
        held.document,
        held.kind,
        held.state,
        held.body,
        held.day,
        body["evidence"][0]["start"],
        due.isoformat() if due else None,
    )
