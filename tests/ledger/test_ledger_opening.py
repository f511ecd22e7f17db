"""Opening a ledger: what is made, what is refused, and with which words."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from ledger_factories import talks
from ledger_processes import numbered
from sqlalchemy import event, text

from detente.errors import LedgerBusy, LedgerError, LedgerFull, LedgerTooNew, UsageError
from detente.ledger import Store, connecting, schema, tables, verify


def test_a_ledger_is_made_where_there_is_none_and_found_again(nowhere):
    with Store.open(nowhere) as store:
        store.writer("me").write(talks())
    with Store.open(nowhere, create=False) as store:
        assert store.view().counts()["documents"] == 1


def test_a_missing_ledger_is_not_made_unasked(nowhere):
    with pytest.raises(LedgerError, match="there is no ledger at"):
        Store.open(nowhere, create=False)


def test_a_ledger_of_a_newer_version_is_refused(nowhere):
    with Store.open(nowhere) as store, store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(LedgerTooNew, match="newer version"):
        Store.open(nowhere)


def test_the_migrations_make_the_tables_the_code_knows(nowhere):
    with Store.open(nowhere) as store, store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_the_head_named_in_the_code_is_the_newest_migration():
    script = ScriptDirectory(str(schema._FOLDER))
    assert script.get_heads() == [schema.HEAD]
    assert {step.revision for step in script.walk_revisions()} == set(schema.REVISIONS)


@pytest.mark.parametrize("content", [b"this is a letter, not a ledger at all", b"SQLite format 3\0garbage"])
def test_a_file_of_something_else_is_no_ledger(tmp_path, content):
    path = tmp_path / "letter.db"
    path.write_bytes(content)
    with pytest.raises(LedgerError, match="no ledger"):
        Store.open(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.close()
    with pytest.raises(LedgerError, match="something else"):
        Store.open(path)


def test_an_empty_file_becomes_a_ledger(tmp_path):
    path = tmp_path / "empty.db"
    path.touch()
    with Store.open(path) as store:
        assert store.view().counts()["documents"] == 0


def test_a_missing_folder_and_a_folder_are_named(tmp_path):
    with pytest.raises(LedgerError, match="does not exist"):
        Store.open(tmp_path / "no" / "ledger.db")
    with pytest.raises(LedgerError, match="is a folder"):
        Store.open(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_ledger_without_permission_is_refused(tmp_path):
    path = tmp_path / "ledger.db"
    Store.open(path).close()
    path.chmod(0)
    with pytest.raises(LedgerError, match="no permission"):
        Store.open(path)


def test_an_unwritable_folder_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(LedgerError, match="no permission"):
        Store.open(tmp_path / "ledger.db")


@pytest.mark.parametrize("address", ["postgresql://nobody@127.0.0.1:1/none", "postgresql://%zz:x"])
def test_a_database_out_of_reach_is_one_line(address):
    with pytest.raises((LedgerError, UsageError)) as error:
        Store.open(address)
    assert "\n" not in str(error.value)


def test_no_name_is_no_ledger():
    with pytest.raises(UsageError):
        Store.open("  ")


def test_a_full_disk_keeps_what_was_committed(tmp_path):
    with Store.open(tmp_path / "ledger.db") as store:
        writer = store.writer("me")
        writer.write(talks())
        event.listen(store.engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count=120"))
        store.engine.dispose()
        with pytest.raises(LedgerFull, match="what was committed is safe"):
            list(map(writer.write, map(numbered, range(500))))
        counts = store.view().counts()
        assert counts["mention"] == 3 * (counts["documents"] - 1) + 1
        assert verify(store) == []


def test_a_writer_that_waits_too_long_says_so(where, monkeypatch):
    monkeypatch.setattr(connecting, "PATIENCE", 0.2)
    with Store.open(where) as store, Store.open(where) as other:
        with connecting.exclusively(store.engine), pytest.raises(LedgerBusy, match="try again"):
            other.writer("me").write(talks())
        assert other.writer("me").write(talks()) == "new"


def test_importing_the_room_does_not_load_the_database_library():
    program = "import detente.ledger, sys; assert 'sqlalchemy' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


def test_writes_follow_one_another_even_when_the_clock_does_not(nowhere):
    with Store.open(nowhere, clock=lambda: datetime(2024, 6, 1, tzinfo=UTC)) as store:
        store.writer("me").write(talks())
        store.writer("me").write(numbered(1))
        assert verify(store) == []


def test_a_writer_has_a_name(tmp_path):
    with Store.open(tmp_path / "ledger.db") as store, pytest.raises(UsageError):
        store.writer(" ")
