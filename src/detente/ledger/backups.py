"""Copy a ledger while others write, and bring a copy back; a copy is always a SQLite ledger."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from detente.errors import LedgerError
from detente.ledger import connecting, tables

if TYPE_CHECKING:
    from detente.ledger.store import Store

_BATCH = 2000


def backup(store: Store, path: str | Path) -> None:
    """Copy the whole ledger into a new file at `path`, consistent while others write.

    Raises LedgerError when something stands at `path` or it cannot be written.
    """
    path = Path(path).expanduser()
    if path.exists():
        raise LedgerError(f"'{path}' exists: a backup never overwrites")
    connecting.refuse_unusable(path, create=True)
    unfinished = path.with_name(path.name + ".part")
    unfinished.unlink(missing_ok=True)
    try:
        _copy_into(store, unfinished)
        os.replace(unfinished, path)
    finally:
        for left in (unfinished, *unfinished.parent.glob(unfinished.name + "-*")):
            left.unlink(missing_ok=True)


def restore(path: str | Path, store: Store) -> None:
    """Bring the copy at `path` into `store`, which must be empty; all of it or nothing.

    Raises LedgerError when the store holds something or `path` is no ledger.
    """
    from detente.ledger.store import Store as Opened

    with (
        Opened.open(path, create=False) as source,
        connecting.reading(source.engine) as origin,
        connecting.exclusively(store.engine) as target,
    ):
        if target.execute(select(func.count()).select_from(tables.tx)).scalar():
            raise LedgerError(f"'{store.where}' is not empty: restore into a new ledger")
        origin.exec_driver_sql("BEGIN")
        _copy_rows(origin, target)


def _copy_into(store: Store, path: Path) -> None:
    from detente.ledger.store import Store as Opened

    if store.engine.dialect.name == "sqlite":
        with connecting.in_plain_words(store.engine), store.engine.connect() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(path),))
        return
    with (
        Opened.open(path) as copy,
        connecting.reading(store.engine) as origin,
        connecting.exclusively(copy.engine) as target,
    ):
        origin.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        _copy_rows(origin, target)


def _copy_rows(origin: Connection, target: Connection) -> None:
    for table in tables.metadata.sorted_tables:
        rows = origin.execution_options(yield_per=_BATCH).execute(select(table)).mappings()
        for part in rows.partitions(_BATCH):
            target.execute(table.insert(), [dict(row) for row in part])
