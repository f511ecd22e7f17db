"""The marks by which servers are asked whether a page changed: when one is offered, and when it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ledger_factories import CODER, Ticking, talks
from ledger_processes import numbered
from sqlalchemy import text

from detente.ledger import PageMarks, Store, backup, restore, verify
from detente.model.issues import Issue, Reason

ADDRESS = talks().page.address
MARK = ('"v1"', "Mon, 03 Jun 2024 08:00:00 GMT")


@pytest.fixture
def store(where):
    with Store.open(where, clock=Ticking()) as store:
        yield store


def take(store: Store, address: str = ADDRESS, mark: tuple[str, str] = MARK) -> None:
    marks = store.page_marks(CODER)
    marks[address] = mark
    marks.keep({address})


def offered(store: Store, coder: str = CODER) -> dict[str, tuple[str, str]]:
    return dict(store.page_marks(coder))


def test_a_mark_is_offered_to_the_coder_that_read_the_page(store):
    store.writer("me").write(talks())
    take(store)
    assert offered(store) == {ADDRESS: MARK}
    assert offered(store, "coder-2") == {}


def test_a_coder_that_read_the_page_again_is_offered_the_mark(store):
    writer = store.writer("me")
    writer.write(talks())
    take(store)
    writer.write(talks(coder="coder-2"), seen=False)
    assert offered(store, "coder-2") == offered(store) == {ADDRESS: MARK}


def test_an_older_version_read_by_the_coder_is_not_enough(store):
    writer = store.writer("me")
    writer.write(talks())
    take(store)
    edited = replace(talks(coder="coder-2"), page=replace(talks().page, content=b"edited"))
    writer.write(replace(edited, rendition=None, records=()))
    assert offered(store) == {}


def test_the_newest_mark_takes_the_place_of_the_one_before(store):
    store.writer("me").write(talks())
    take(store)
    take(store, mark=('"v2"', ""))
    assert offered(store) == {ADDRESS: ('"v2"', "")}


def test_a_mark_is_kept_only_for_a_page_that_arrived_and_is_held(store):
    store.writer("me").write(talks())
    marks = store.page_marks(CODER)
    marks[ADDRESS] = marks["https://example.org/never-read"] = MARK
    marks.keep({"https://example.org/never-read"})
    assert offered(store) == {}
    assert dict(marks) == {ADDRESS: MARK, "https://example.org/never-read": MARK}


def test_a_page_found_gone_is_asked_for_whole_until_it_is_back(store):
    writer = store.writer("me")
    writer.write(talks())
    take(store)
    writer.vanished(ADDRESS)
    assert offered(store) == {}
    writer.write(talks())
    assert offered(store) == {ADDRESS: MARK}


def test_a_page_out_of_reach_is_asked_for_whole(store):
    writer = store.writer("me")
    writer.write(talks())
    take(store)
    writer.write_issue(Issue(Reason.TIMEOUT, ADDRESS))
    assert offered(store) == {}


def test_reading_again_from_the_ledger_does_not_bring_a_page_back(store):
    writer = store.writer("me")
    writer.write(talks())
    writer.vanished(ADDRESS)
    writer.write_issue(Issue(Reason.NOT_FOUND, ADDRESS))
    assert writer.write(talks(coder="coder-2"), seen=False) == "reread"
    assert writer.write(talks(coder="coder-2"), seen=False) == "unchanged"
    assert store.view().documents()[0].vanished
    assert [issue.reason for issue in store.view().issues()] == [Reason.NOT_FOUND]
    assert writer.write(talks(coder="coder-2")) == "unchanged"
    assert (store.view().documents()[0].vanished, store.view().issues()) == (None, ())


def test_what_was_asked_after_and_did_not_arrive_is_unchanged(store):
    writer = store.writer("me")
    other = numbered(1)
    writer.write(talks())
    writer.write(other)
    take(store)
    take(store, other.page.address)
    marks: PageMarks = store.page_marks(CODER)
    assert (marks.get(ADDRESS), marks.get(other.page.address)) == (MARK, MARK)
    assert marks.get("https://example.org/unknown") is None
    assert marks.unchanged({other.page.address}) == {ADDRESS}


def test_a_mark_can_be_forgotten(store):
    store.writer("me").write(talks())
    take(store)
    marks = store.page_marks(CODER)
    del marks[ADDRESS]
    assert (len(marks), ADDRESS in marks) == (0, False)


def test_purging_removes_the_mark_for_good(store):
    writer = store.writer("me")
    writer.write(talks())
    take(store)
    writer.purge(talks().document, "counsel", "court order")
    take(store)
    with store.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM validator")).scalar() == 0
    assert verify(store) == []


def test_marks_are_part_of_a_backup_and_of_no_clock(store, tmp_path):
    store.writer("me").write(talks())
    with store.engine.connect() as connection:
        before = connection.execute(text("SELECT count(*) FROM tx")).scalar()
    take(store)
    with store.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM tx")).scalar() == before
    backup(store, tmp_path / "copy.db")
    with Store.open(tmp_path / "again.db") as again:
        restore(tmp_path / "copy.db", again)
        assert offered(again) == {ADDRESS: MARK}
        assert verify(again) == []


def test_a_mark_of_no_page_is_found_by_verify(store):
    with store.engine.begin() as connection:
        connection.execute(text("INSERT INTO validator VALUES ('d0', 'x', '')"))
    assert any("validator name a document" in line for line in verify(store))
