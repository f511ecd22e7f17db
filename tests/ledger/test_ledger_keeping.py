"""Backup, restore, purge, and what verify finds when somebody tampers with a ledger."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest
from ledger_factories import CODER, TALKS, Ticking, mention, quote, talks
from ledger_histories import START, History
from ledger_processes import numbered
from sqlalchemy import text

from detente.errors import LedgerError, UsageError
from detente.ledger import Store, backup, restore, verify
from detente.model.bodies import to_body
from detente.model.decisions import Decision, Verb

SECRET = "Envoys of Russia met officials"


@pytest.fixture
def store(where):
    with Store.open(where, clock=Ticking()) as store:
        yield store


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    from detente.ledger.tables import metadata

    with store.engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(table.select())), key=str)
            for table in metadata.sorted_tables
        }


def test_a_backup_restored_is_the_same_ledger(store, tmp_path, another_postgres):
    history = History(store, store.clock, 7)
    store.clock.now = START
    for _ in range(25):
        history.step()
    backup(store, tmp_path / "copy.db")
    for target in (tmp_path / "again.db", another_postgres()):
        with Store.open(target) as again:
            restore(tmp_path / "copy.db", again)
            assert everything(again) == everything(store)
            assert verify(again) == []
            again.writer("me").write(numbered(1))
            assert verify(again) == []


def test_a_backup_can_be_opened_and_written_as_a_ledger(store, tmp_path):
    store.writer("me").write(talks())
    backup(store, tmp_path / "copy.db")
    with Store.open(tmp_path / "copy.db") as copy:
        assert copy.writer("me").write(talks()) == "unchanged"
        assert copy.writer("me").write(numbered(1)) == "new"


def test_a_backup_taken_while_others_write_is_whole(store, tmp_path):
    writer = store.writer("me")
    stop = threading.Event()

    def write() -> None:
        for number in range(400):
            if stop.is_set():
                return
            writer.write(numbered(number))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(3):
            backup(store, tmp_path / f"copy{number}.db")
    finally:
        stop.set()
        thread.join()
    for number in range(3):
        with Store.open(tmp_path / f"copy{number}.db") as copy:
            counts = copy.view().counts()
            assert counts["mention"] == 3 * counts["documents"]
            assert verify(copy) == []


def test_a_backup_overwrites_nothing(store, tmp_path):
    path = tmp_path / "copy.db"
    path.write_text("mine")
    with pytest.raises(LedgerError, match="never overwrites"):
        backup(store, path)
    assert path.read_text() == "mine"


def test_a_backup_leaves_nothing_half_done(store, tmp_path):
    with pytest.raises(LedgerError, match="does not exist"):
        backup(store, tmp_path / "no" / "copy.db")
    backup(store, tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy.db?*"))


def test_a_copy_is_restored_into_an_empty_ledger_only(store, tmp_path):
    store.writer("me").write(talks())
    backup(store, tmp_path / "copy.db")
    with pytest.raises(LedgerError, match="not empty"):
        restore(tmp_path / "copy.db", store)
    with pytest.raises(LedgerError, match="there is no ledger"):
        restore(tmp_path / "missing.db", store)


def test_purging_erases_every_word_and_is_logged(store, tmp_path):
    writer = store.writer("me")
    writer.write(talks())
    writer.write(numbered(1))
    key = talks().records[0].key
    evidence = replace(quote(TALKS, SECRET), rendition=talks().rendition.id)
    record = mention(TALKS, SECRET, evidence=(evidence,))
    writer.decide(Decision(Verb.ADD, "", "ann", value={"kind": "mention", **to_body(record)}))
    writer.decide(Decision(Verb.REJECT, key, "ann", f"{SECRET}: no"))
    then = store.view().decisions()[-1].at
    writer.purge(talks().document, "counsel", "court order 12")
    assert verify(store) == []
    assert SECRET not in str(everything(store)).replace("\\", "")
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    document = store.view().document(talks().document)
    assert (document.purged, document.title) == (True, "")
    assert len(list(store.view().records())) == 3
    assert len(list(store.view(held_at=then).records())) == 3
    with store.engine.connect() as connection:
        logged = connection.execute(text("SELECT who, why FROM tx ORDER BY id DESC LIMIT 1")).one()
    assert tuple(logged) == ("counsel", "purge: court order 12")


def test_a_purged_page_is_not_read_again(store):
    writer = store.writer("me")
    writer.write(talks())
    writer.purge(talks().document, "counsel", "court order")
    assert writer.knows(talks().page, CODER)
    assert writer.knows(replace(talks().page, content=b"edited"), "coder-9")
    assert writer.write(talks(coder="coder-9")) == "unchanged"
    assert list(store.view().records()) == []


def test_a_purge_needs_a_document_and_a_reason(store):
    writer = store.writer("me")
    writer.write(talks())
    with pytest.raises(UsageError, match="reason"):
        writer.purge(talks().document, "counsel", " ")
    with pytest.raises(UsageError, match="no document"):
        writer.purge("d0", "counsel", "order")
    assert len(list(store.view().records())) == 2


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        ("UPDATE evidence SET rendition = 'r0'", "not there"),
        ("DELETE FROM evidence", "no evidence"),
        ("UPDATE record SET body = replace(body, 'Envoys', 'Spies')", "its quote is not"),
        ("DELETE FROM belief WHERE kind = 'mention'", "should be believed"),
        ("UPDATE belief SET state = 'rejected'", "believed without ground"),
        ("UPDATE belief SET tx_to = 1 WHERE kind = 'mention'", "should be believed"),
        ("DELETE FROM filed WHERE role = 'actor'", "wrong names"),
        ("UPDATE filed SET name = 'CHN-PRK' WHERE role = 'pair'", "wrong names"),
        ("DELETE FROM decision", "believed without ground"),
        ("DELETE FROM tx WHERE id = 1", "name a tx that is not there"),
        ("UPDATE standing SET day = '2020-01-01'", "do not stand"),
        ("UPDATE tx SET at = '2020-01-01T00:00:00.000000+00:00' WHERE id = 2", "not later"),
        ("UPDATE reading SET rendition = 'r0'", "name a rendition"),
    ],
)
def test_verify_names_what_was_tampered_with(store, tampering, fault):
    writer = store.writer("me")
    writer.write(talks())
    writer.decide(Decision(Verb.CONFIRM, talks().records[0].key, "ann"))
    assert verify(store) == []
    with store.engine.begin() as connection:
        connection.execute(text(tampering))
    faults = verify(store)
    assert any(fault in line for line in faults), faults
    assert all("\n" not in line for line in faults)


def test_a_record_believed_twice_is_found(store):
    store.writer("me").write(talks())
    with store.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO belief"
                " (id, key, document, record, state, kind, sort, status, salient, day, start, tx_from)"
                " SELECT id + 100, key, document, record, state, kind, sort, status, salient, day, start,"
                " tx_from FROM belief"
            )
        )
    assert any("believed twice" in line for line in verify(store))


def test_both_clocks_may_be_asked_at_once(store):
    writer = store.writer("me")
    writer.write(talks())
    before = store.view().documents()[0].first_seen
    writer.write(talks("https://example.net/older", published=date(2024, 5, 20)))
    both = store.view(published_until=date(2024, 5, 27), held_at=before)
    assert both.documents() == ()
    assert len(store.view(published_until=date(2024, 5, 27)).documents()) == 1
