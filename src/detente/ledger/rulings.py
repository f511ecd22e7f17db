"""Which decisions are live, and which have lost the record they were about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import Connection, Engine, select

from detente.ledger import connecting, standing, tables
from detente.ledger.binding import Binder
from detente.ledger.fold import ON_PAIRS, ON_RECORDS, Facts, Folded, fold
from detente.ledger.gathering import batched, decisions, gather
from detente.ledger.held import Ruling
from detente.ledger.rows import decision_from_row
from detente.model.decisions import Verb


def ruled(connection: Connection, tx: int, lost: Collection[int]) -> tuple[Ruling, ...]:
    """List the decisions made up to write `tx`, oldest first; `lost` are those without their record."""
    alive = {decided.id for scope in decisions(connection, tx).values() for decided in scope}
    query = (
        select(tables.decision, tables.tx.c.at, tables.tx.c.who)
        .join(tables.tx, tables.tx.c.id == tables.decision.c.tx)
        .where(tables.decision.c.tx <= tx)
        .order_by(tables.decision.c.id)
    )
    return tuple(
        Ruling(decision_from_row(row, row.at, row.who), row.id in alive, row.id in lost)
        for row in connection.execute(query)
    )


class Bindings:
    """Finds the records that live decisions are about, over many documents of one view."""

    def __init__(self, connection: Connection, tx: int, day: date | None, keys: Iterable[str]) -> None:
        """Read what is known of the documents that hold `keys`."""
        self._connection = connection
        self._homes = _homes(connection, keys)
        self._facts = gather(connection, tx, day, set(self._homes.values()))
        self._folded = {name: self._fold(facts) for name, facts in self._facts.items()}

    def _fold(self, facts: Facts) -> Folded:
        return fold(facts, Binder(self._connection, facts))

    def bind(self, key: str, tx: int) -> str | None:
        """Find the key that stands for `key` now; None when its record is gone."""
        facts = self._facts.get(self._homes.get(key, ""))
        if facts is None or facts.withdrawn:
            return None
        if key in self._folded[facts.document].records:
            return key
        return Binder(self._connection, facts)(key, tx)

    def is_dormant(self, key: str) -> bool:
        """Whether the document of a key is out of view or withdrawn, so that nothing can be said."""
        facts = self._facts.get(self._homes.get(key, ""))
        return facts is None or facts.withdrawn

    def orphans(self) -> set[int]:
        """Name the decisions about single records that found none."""
        return {number for folded in self._folded.values() for number in folded.orphans}


def orphans(connection: Connection, tx: int) -> set[int]:
    """Name the live decisions whose record is not in the newest reading of the newest version."""
    about = [d for scope in decisions(connection, tx).values() for d in scope]
    pairs = [d for d in about if d.verb in ON_PAIRS]
    keys = {d.key for d in about if d.verb in ON_RECORDS | ON_PAIRS} | {d.other for d in pairs}
    bindings = Bindings(connection, tx, None, keys)
    lost = {d.id for d in pairs if any(_is_lost(bindings, key, d.tx) for key in (d.key, d.other))}
    return lost | bindings.orphans()


def _is_lost(bindings: Bindings, key: str, tx: int) -> bool:
    return not bindings.is_dormant(key) and bindings.bind(key, tx) is None


def current(engine: Engine, tx: int, day: date | None, keys: Iterable[str]) -> dict[str, str | None]:
    """Find for each key the one that stands for it after write `tx`; None when its record is gone."""
    found: dict[str, str | None] = dict.fromkeys(sorted(set(keys)))
    table = tables.belief
    with connecting.reading(engine) as connection:
        for some in batched(found):
            query = select(table.c.key).where(table.c.key.in_(some), standing.alive(table, tx))
            found |= {key: key for key in connection.execute(query).scalars()}
        lost = [key for key, now in found.items() if now is None]
        bindings = Bindings(connection, tx, day, lost)
        return found | {key: bindings.bind(key, tx) for key in lost}


def pairs(
    connection: Connection, tx: int, day: date | None, known: Collection[str]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """List the pairs of mentions merged and split; of two decisions on one pair the later counts."""
    about = [d for scope in decisions(connection, tx).values() for d in scope if d.verb in ON_PAIRS]
    missing = {key for d in about for key in (d.key, d.other)} - set(known)
    bindings = Bindings(connection, tx, day, missing)
    last: dict[frozenset[str], tuple[str, str, Verb]] = {}
    for decided in sorted(about, key=lambda d: d.id):
        found = [
            key if key in known else bindings.bind(key, decided.tx) for key in (decided.key, decided.other)
        ]
        first, second = found
        if first and second and first != second:
            last[frozenset((first, second))] = (first, second, decided.verb)
    return _split_by_verb(last)


def _split_by_verb(
    last: Mapping[frozenset[str], tuple[str, str, Verb]],
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    chosen: dict[Verb, list[tuple[str, str]]] = defaultdict(list)
    for first, second, verb in last.values():
        chosen[verb].append((first, second))
    return chosen[Verb.MERGE], chosen[Verb.SPLIT]


def _homes(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    table = tables.record.c
    homes: dict[str, str] = {}
    for some in batched(sorted(keys)):
        query = select(table.key, table.document).where(table.key.in_(some))
        homes |= {row.key: row.document for row in connection.execute(query)}
    return homes
