"""Bring a database to the tables this version of Détente knows, and refuse those of a newer one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from detente.errors import LedgerError, LedgerTooNew

HEAD = "0004"
"""The newest migration shipped; a test holds it to `migrations/versions`."""

REVISIONS = ("0001", "0002", "0003", "0004")
"""Every migration shipped, oldest first."""

_FOLDER = Path(__file__).parent / "migrations"


def revision(connection: Connection) -> str | None:
    """Read which migration the database stands at; None for one without any table of ours.

    Raises LedgerError when the database holds tables of something else.
    """
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" in tables and "tx" in tables:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(found) if found else None
    if tables and connection.dialect.name == "sqlite":
        raise LedgerError("this file is a database of something else, not a ledger")
    if "alembic_version" in tables:
        raise LedgerError("this database belongs to something else: give the ledger one of its own")
    return None


def check(found: str) -> bool:
    """Say whether the database is up to date; raises LedgerTooNew for a revision we do not know."""
    if found not in REVISIONS:
        raise LedgerTooNew(f"the ledger was made by a newer version of Détente (revision {found}): upgrade")
    return found == HEAD


def upgrade(connection: Connection) -> None:
    """Run the missing migrations inside the transaction already begun on `connection`."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
