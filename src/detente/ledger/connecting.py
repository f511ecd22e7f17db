"""Reach the database under a ledger: SQLite or PostgreSQL, one writer at a time, errors in plain words."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from detente.errors import LedgerBusy, LedgerError, LedgerFull, UsageError

PATIENCE = 120
"""Seconds a writer waits for the one before it; SQLite does not queue them, so the wait is long."""

_WRITERS = 0x0D7E27E
"""The number of the advisory lock that PostgreSQL's writers take in turn."""

_ROOM = 1_000_000
"""Bytes: with less than this free, a failed write is put down to a full disk."""

_FULL = ("database or disk is full", "no space left", "disk full", "could not extend file")
_BUSY = ("database is locked", "database table is locked", "lock timeout", "deadlock detected")
_FOREIGN = ("file is not a database", "malformed", "file is encrypted")


def is_address(where: str | Path) -> bool:
    """Whether `where` names a PostgreSQL database rather than a file."""
    return str(where).startswith(("postgresql:", "postgres:", "postgresql+psycopg:"))


def connect(where: str | Path) -> Engine:
    """Make an engine for a file or a `postgresql://` address; raises LedgerError for a wrong address."""
    if not is_address(where):
        return _sqlite(Path(where))
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise LedgerError("PostgreSQL needs its driver: pip install 'detente[postgres]'") from None
    try:
        url = make_url(str(where)).set(drivername="postgresql+psycopg")
        return sqlalchemy.create_engine(url, pool_pre_ping=True)
    except (ArgumentError, ValueError) as wrong:
        # The address is not shown: it may hold a password.
        raise UsageError(f"this is not a database address: {type(wrong).__name__}") from None


def _sqlite(path: Path) -> Engine:
    engine = sqlalchemy.create_engine(
        URL.create("sqlite", database=str(path)),
        # We say BEGIN IMMEDIATE ourselves: a deferred transaction that turns writer fails at once.
        connect_args={"timeout": PATIENCE, "isolation_level": None, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(raw: Any, _record: Any) -> None:
    cursor = raw.cursor()
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.execute("PRAGMA cache_size=-32000")
    cursor.close()


@contextmanager
def exclusively(engine: Engine) -> Iterator[Connection]:
    """Give a connection that alone may write until it commits or rolls back."""
    with in_plain_words(engine), engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")
        try:
            yield connection
        except BaseException:
            connection.rollback()
            raise
        connection.commit()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection to read from; every statement sees what is committed when it runs."""
    with in_plain_words(engine), engine.connect() as connection:
        yield connection
        connection.rollback()


@contextmanager
def in_plain_words(engine: Engine) -> Iterator[None]:
    """Turn what the database raises into one of our errors with one line of text."""
    try:
        yield
    except DBAPIError as error:
        raise _explain(str(error.orig), engine) from error
    except SQLAlchemyError as error:
        raise LedgerError(f"the ledger cannot be used: {_first_line(str(error))}") from error


def _explain(said: str, engine: Engine) -> LedgerError:
    where = engine.url.database or ""
    lower = said.lower()
    if any(sign in lower for sign in _FULL) or ("disk i/o error" in lower and _has_no_room(where)):
        return LedgerFull(f"the disk under the ledger is full ({where}): what was committed is safe")
    if any(sign in lower for sign in _BUSY):
        return LedgerBusy(f"another writer kept the ledger locked for over {PATIENCE} s: try again")
    if any(sign in lower for sign in _FOREIGN):
        return LedgerError(f"'{where}' is no ledger: {_first_line(said)}")
    if "readonly" in lower or "unable to open" in lower:
        return LedgerError(f"no permission to write the ledger '{where}' or its folder")
    return LedgerError(f"the ledger cannot be used: {_first_line(said)}")


def _has_no_room(where: str) -> bool:
    # On some disks SQLite calls a full one a failed write.
    folder = Path(where).parent
    return folder.is_dir() and shutil.disk_usage(folder).free < _ROOM


def _first_line(said: str) -> str:
    return (said.strip().splitlines() or ["unknown trouble"])[0]


def refuse_unusable(path: Path, *, create: bool) -> None:
    """Raise a LedgerError that says what is wrong with the file or folder, before any database does."""
    if path.is_dir():
        raise LedgerError(f"'{path}' is a folder, not a ledger")
    if not path.parent.is_dir():
        raise LedgerError(f"the folder '{path.parent}' does not exist")
    if not path.exists():
        if not create:
            raise LedgerError(f"there is no ledger at '{path}'")
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise LedgerError(f"no permission to write in '{path.parent}'")
        return
    _refuse_foreign(path)


def _refuse_foreign(path: Path) -> None:
    if not os.access(path, os.R_OK | os.W_OK):
        raise LedgerError(f"no permission to read and write '{path}'")
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise LedgerError(f"'{path}' cannot be read: {error.strerror}") from None
    if head and head != b"SQLite format 3\0":
        raise LedgerError(f"'{path}' is no ledger")
