"""Open a ledger, hand out writers and views, and close it."""

from __future__ import annotations

import sqlite3
import time
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, func, select

from detente.errors import LedgerError, UsageError
from detente.ledger import connecting, schema, tables
from detente.ledger.transacting import Clock, as_text, last_write, wall_clock

if TYPE_CHECKING:
    from detente.ledger.page_marks import PageMarks
    from detente.ledger.view import View
    from detente.ledger.writer import Writer


class Store:
    """An open ledger; several processes may hold the same one open.

    Use it as a context manager, or `close` it.
    """

    def __init__(self, engine: Engine, clock: Clock, where: str) -> None:
        """Wrap an engine whose tables are up to date; callers use `open`."""
        self.engine = engine
        self.clock = clock
        self.where = where

    @classmethod
    def open(cls, where: str | Path, *, create: bool = True, clock: Clock = wall_clock) -> Store:
        """Open the ledger at a path or a `postgresql://` address, making or upgrading it when needed.

        Raises LedgerTooNew for one made by a newer version, LedgerError for a file that is no ledger, a
        missing folder, missing permission, or a missing ledger when `create` is false.
        """
        if not str(where).strip():
            raise UsageError("name the ledger: a file or a postgresql:// address")
        if not connecting.is_address(where):
            where = Path(where).expanduser()
            connecting.refuse_unusable(where, create=create)
        engine = connecting.connect(where)
        try:
            _bring_up_to_date(engine, where, create=create)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, clock, engine.url.render_as_string(hide_password=True))

    def writer(self, who: str) -> Writer:
        """Give a writer whose writes carry the name `who`."""
        from detente.ledger.writer import Writer

        if not who.strip():
            raise UsageError("a writer needs a name: who is writing?")
        return Writer(self, who)

    def view(
        self,
        *,
        published_until: date | None = None,
        held_at: datetime | None = None,
        include_rejected: bool = False,
    ) -> View:
        """Look at the ledger on two clocks; the view stays as it is while others write.

        `published_until` shows what the world had published by that day, read with today's coder;
        `held_at` what this ledger held and believed at that time, decisions included.
        """
        from detente.ledger.view import View

        if isinstance(published_until, datetime):
            published_until = published_until.date()
        return View(self.engine, self._tx_at(held_at), published_until, include_rejected=include_rejected)

    def page_marks(self, coder: str) -> PageMarks:
        """Give the marks by which servers are asked whether the pages `coder` has read changed since."""
        from detente.ledger.page_marks import PageMarks

        return PageMarks(self.engine, coder)

    def newest_write(self) -> str:
        """Name the last write, so that `has_write` can later tell whether this is still the same ledger."""
        query = select(tables.tx.c.id, tables.tx.c.at).order_by(tables.tx.c.id.desc()).limit(1)
        with connecting.reading(self.engine) as connection:
            last = connection.execute(query).first()
        return f"{last.id} {last.at}" if last else ""

    def has_write(self, name: str) -> bool:
        """Whether a write that `newest_write` named is held; not in a ledger replaced or restored since."""
        if not name:
            return True
        number, _, at = name.partition(" ")
        query = select(tables.tx.c.at).where(tables.tx.c.id == int(number))
        with connecting.reading(self.engine) as connection:
            return bool(connection.execute(query).scalar() == at)

    def _tx_at(self, moment: datetime | None) -> int:
        newest = select(func.max(tables.tx.c.id))
        with connecting.reading(self.engine) as connection:
            if moment is None:
                return connection.execute(newest).scalar() or 0
            latest = connection.execute(select(func.max(tables.tx.c.at))).scalar()
        if latest is None or latest < as_text(moment):
            # A write may have read the clock and not committed yet: let it finish, so that asking again
            # later gives the same answer.
            with connecting.exclusively(self.engine) as connection:
                return last_write(connection, moment)
        with connecting.reading(self.engine) as connection:
            return last_write(connection, moment)

    def close(self) -> None:
        """Let go of the database; a closed store is not used again."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _bring_up_to_date(engine: Engine, where: str | Path, *, create: bool) -> None:
    with connecting.reading(engine) as connection:
        found = _revision(connection)
        if found and schema.check(found) and _is_ready(connection):
            return
        if found is None and not create:
            raise LedgerError(f"there is no ledger at '{engine.url.render_as_string()}'")
    if isinstance(where, Path):
        _keep_a_write_ahead_log(where)
    with connecting.exclusively(engine) as connection:
        found = _revision(connection)
        if not (found and schema.check(found)):
            schema.upgrade(connection)


def _is_ready(connection: Connection) -> bool:
    # A backup, or a ledger a person copied, may have lost the journal that lets readers and writers meet.
    if connection.dialect.name != "sqlite":
        return True
    return str(connection.exec_driver_sql("PRAGMA journal_mode").scalar()) == "wal"


def _revision(connection: Connection) -> str | None:
    try:
        return schema.revision(connection)
    except LedgerError as error:
        where = connection.engine.url.render_as_string(hide_password=True)
        raise LedgerError(f"'{where}' is no ledger: {error}") from None


def _keep_a_write_ahead_log(path: Path) -> None:
    # SQLite does not wait for a lock when it changes the journal, so two first openings would collide.
    deadline = time.monotonic() + connecting.PATIENCE
    while True:
        raw = sqlite3.connect(path, timeout=5)
        try:
            raw.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise LedgerError(f"no ledger can be made at '{path}': {error}") from None
            time.sleep(0.02)
        finally:
            raw.close()
