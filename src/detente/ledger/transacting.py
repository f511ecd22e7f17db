"""One write to the ledger: its number, its time, and fresh numbers for the rows it adds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Table, func, select

from detente.ledger import tables

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """Tell the time in UTC."""
    return datetime.now(UTC)


def as_text(moment: datetime) -> str:
    """Write a moment so that text sorts as time does; one without a zone is taken for UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")


def last_write(connection: Connection, moment: datetime) -> int:
    """Number the last write made by a moment; 0 when there was none."""
    query = select(func.max(tables.tx.c.id)).where(tables.tx.c.at <= as_text(moment))
    return connection.execute(query).scalar() or 0


_LAST = select(
    *(
        select(func.max(table.c.id)).scalar_subquery().label(table.name)
        for table in (
            tables.reading,
            tables.standing,
            tables.record,
            tables.decision,
            tables.belief,
            tables.issue,
            tables.entry,
        )
    )
)
"""The highest numbers in use, in one question: a write needs most of them."""


class Transaction:
    """An open write: `stamp` gives its number once it is known that something will be written."""

    def __init__(self, connection: Connection, clock: Clock, who: str) -> None:
        """Work on a connection that already holds the writers' lock."""
        self.connection = connection
        self.at = datetime.min.replace(tzinfo=UTC)
        self._clock = clock
        self._who = who
        self._number: int | None = None
        self._last: dict[str, int] = {}

    def stamp(self, why: str, coder: str = "") -> int:
        """Enter this write in the journal and return its number; later calls return the same one.

        The time is later than that of every write before it, so that `held_at` cuts between two writes.
        """
        if self._number is None:
            last = self.connection.execute(
                select(tables.tx.c.id, tables.tx.c.at).order_by(tables.tx.c.id.desc()).limit(1)
            ).first()
            self.at = _after(self._clock(), last.at if last else None)
            self._number = (last.id if last else 0) + 1
            self.connection.execute(
                tables.tx.insert(),
                {"id": self._number, "at": as_text(self.at), "who": self._who, "why": why, "coder": coder},
            )
        return self._number

    def fresh(self, table: Table, count: int = 1) -> range:
        """Take `count` unused numbers for rows of `table`; safe because there is one writer at a time."""
        if not self._last:
            row = self.connection.execute(_LAST).one()
            self._last = {name: number or 0 for name, number in row._mapping.items()}
        first = self._last[table.name] + 1
        self._last[table.name] += count
        return range(first, first + count)


def _after(now: datetime, last: str | None) -> datetime:
    aware = now if now.tzinfo else now.replace(tzinfo=UTC)
    if last is None:
        return aware
    return max(aware.astimezone(UTC), datetime.fromisoformat(last) + timedelta(microseconds=1))
