"""One memory a ledger: two do not disturb each other, and one that was restored gets its pages again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from ledger_factories import Ticking

from detente.ledger import Store
from detente.model.issues import Issue, Reason
from detente.watch.memory import Memory, memory_path

FEED = "https://a.example/feed.xml"
ASKED = {"https://a.example/1": "2024-06-01T00:00:00+00:00"}


def write(path: Path, page: str) -> None:
    with Store.open(path, clock=Ticking()) as store:
        store.writer("machine").write_issue(Issue(Reason.NOT_FOUND, f"https://a.example/{page}"))


def remember(path: Path) -> None:
    with Store.open(path) as store:
        memory = Memory(path.with_suffix(".json"), newest=store.newest_write, holds=store.has_write)
        memory.of(FEED).asked = dict(ASKED)
        memory.save()


def remembered(path: Path) -> dict[str, str]:
    with Store.open(path) as store:
        memory = Memory(path.with_suffix(".json"), newest=store.newest_write, holds=store.has_write)
        return memory.of(FEED).asked


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    write(path, "old")
    shutil.copy(path, tmp_path / "backup.db")
    write(path, "new")
    remember(path)
    return path


def test_a_ledger_that_only_grew_keeps_what_is_remembered(ledger: Path) -> None:
    write(ledger, "newer")
    assert remembered(ledger) == ASKED


def test_a_ledger_restored_from_an_older_backup_gets_its_pages_again(ledger: Path) -> None:
    shutil.copy(ledger.with_name("backup.db"), ledger)
    assert remembered(ledger) == {}


def test_a_restored_ledger_that_was_written_to_since_gets_its_pages_again(ledger: Path) -> None:
    shutil.copy(ledger.with_name("backup.db"), ledger)
    with Store.open(ledger) as store:
        for page in ("a", "b", "c"):
            store.writer("machine").write_issue(Issue(Reason.NOT_FOUND, f"https://a.example/{page}"))
    assert remembered(ledger) == {}


def test_a_new_ledger_under_an_old_name_gets_its_pages_again(ledger: Path) -> None:
    for part in ledger.parent.glob("ledger.db*"):
        part.unlink()
    assert remembered(ledger) == {}


def test_a_ledger_has_one_memory_however_its_path_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert memory_path("ledger.db") == memory_path(str(tmp_path / "ledger.db"))


def test_ledgers_of_one_name_in_two_folders_have_a_memory_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path)
    here = memory_path("ledger.db")
    monkeypatch.chdir(tmp_path / "a")
    assert memory_path("ledger.db") != here
