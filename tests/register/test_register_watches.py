"""What a person watches, and that they are told each thing once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from ledger_factories import Ticking

from detente.errors import UsageError
from detente.ledger import Store
from detente.register.watches import (
    Watch,
    WatchSort,
    add_watch,
    last_told,
    note_told,
    remove_watch,
    to_watch,
    watches,
)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "ledger.db", clock=Ticking()) as store:
        yield store


PAIR, WORD = Watch(WatchSort.ABOUT, "PRK-RUS"), Watch(WatchSort.SUBJECT, "satellite")


def test_watches_are_each_persons_own(store):
    add_watch(store, "anna", PAIR)
    add_watch(store, "anna", WORD)
    add_watch(store, "bela", WORD)
    assert watches(store.view(), "anna") == (PAIR, WORD)
    assert watches(store.view(), "bela") == (WORD,)


def test_what_is_removed_is_watched_no_more_but_was(store):
    add_watch(store, "anna", PAIR)
    before = store.view().entries()[-1].at
    remove_watch(store, "anna", PAIR)
    assert watches(store.view(), "anna") == ()
    assert watches(store.view(held_at=before), "anna") == (PAIR,)


def test_nothing_is_watched_twice_or_removed_when_not_watched(store):
    add_watch(store, "anna", PAIR)
    with pytest.raises(UsageError, match="already"):
        add_watch(store, "anna", PAIR)
    with pytest.raises(UsageError, match="does not watch"):
        remove_watch(store, "anna", WORD)


@pytest.mark.parametrize(
    ("sort", "name", "expected"),
    [
        (WatchSort.ABOUT, "RUS-PRK", "PRK-RUS"),
        (WatchSort.ABOUT, "PRK", "PRK"),
        (WatchSort.ABOUT, "kim-jong-un", "kim-jong-un"),
        (WatchSort.SPEAKER, "kremlin", "kremlin"),
        (WatchSort.SUBJECT, " Spy  Satellite ", "spy satellite"),
        (WatchSort.FORECAST, "f12", "f12"),
    ],
)
def test_names_are_brought_into_one_form(sort, name, expected):
    assert to_watch(sort, name).name == expected


@pytest.mark.parametrize(
    ("sort", "name"),
    [
        (WatchSort.ABOUT, "PRK-XXX"),
        (WatchSort.ABOUT, "narnia"),
        (WatchSort.SPEAKER, "nobody"),
        (WatchSort.SUBJECT, " "),
    ],
)
def test_nobody_watches_what_nobody_knows(sort, name):
    with pytest.raises(UsageError):
        to_watch(sort, name)


def test_the_last_time_a_person_was_told_is_kept(store):
    assert last_told(store.view(), "anna") is None
    for hour in (8, 9):
        note_told(store, "anna", datetime(2024, 6, 1, hour, tzinfo=UTC))
    assert last_told(store.view(), "anna") == datetime(2024, 6, 1, 9, tzinfo=UTC)
    assert last_told(store.view(), "bela") is None
