"""What people enter in the register: kept in order, taken back by another entry, seen as of any time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ledger_factories import Ticking, talks

from detente.errors import UsageError
from detente.ledger import Store, verify
from detente.model.entries import UNDO, Entry


@pytest.fixture
def store(where):
    with Store.open(where, clock=Ticking()) as store:
        store.writer("machine").write(talks())
        yield store
        assert verify(store) == []


def enter(store: Store, verb: str = "add", subject: str = "forecast:f1", **rest: object) -> Entry:
    return store.writer("anna").enter(Entry(subject, verb, "anna", **rest))


def verbs(store: Store, subject: str = "", **rest: object) -> list[str]:
    return [entry.verb for entry in store.view(**rest).entries(subject)]


def test_an_entry_comes_back_with_its_name_time_and_author(store):
    kept = enter(store, value={"question": "Will it?"}, reason="why not")
    assert store.view().entries() == (kept,)
    assert (kept.id, kept.who, kept.sort) == ("n1", "anna", "forecast")


def test_entries_are_found_by_subject_and_by_sort_of_subject(store):
    for subject in ("forecast:f1", "forecast:f12", "folder:arms"):
        enter(store, subject=subject)
    assert [e.subject for e in store.view().entries("forecast:f1")] == ["forecast:f1"]
    assert [e.subject for e in store.view().entries("forecast:")] == ["forecast:f1", "forecast:f12"]


def test_an_undone_entry_is_left_out_and_an_undone_undo_gives_it_back(store):
    first = enter(store)
    undo = enter(store, UNDO, value={"entry": first.id})
    assert verbs(store) == [UNDO]
    enter(store, UNDO, value={"entry": undo.id})
    assert verbs(store) == ["add", UNDO]


@pytest.mark.parametrize(
    ("subject", "wanted"), [("forecast:f1", "n9"), ("forecast:f2", "n1"), ("folder:x", "")]
)
def test_only_a_live_entry_on_the_same_subject_can_be_taken_back(store, subject, wanted):
    enter(store)
    with pytest.raises(UsageError, match="no entry"):
        enter(store, UNDO, subject, value={"entry": wanted})


@pytest.mark.parametrize("subject", ["", "forecast", "forecast:", ":f1", "Forecast:f1", "forecast: f1"])
def test_a_subject_has_a_sort_and_a_name(store, subject):
    with pytest.raises(UsageError, match="names nothing"):
        enter(store, subject=subject)


def test_a_check_sees_what_stands_and_refuses_the_entry(store):
    enter(store)

    def refuse(standing):
        raise UsageError(f"{len(standing)} stand")

    with pytest.raises(UsageError, match="1 stand"):
        store.writer("bela").enter(Entry("forecast:f1", "resolve", "bela"), refuse)
    assert verbs(store) == ["add"]


def test_an_earlier_view_does_not_see_later_entries(store):
    before = enter(store).at
    enter(store, "resolve")
    assert verbs(store, held_at=before) == ["add"]
    assert verbs(store, held_at=before - timedelta(seconds=1)) == []


def test_a_purge_empties_what_an_entry_repeats_of_the_page(store):
    page = talks().document
    enter(store, value={"quote": "Envoys"}, document=page)
    enter(store, value={"question": "of our own"})
    store.writer("anna").purge(page, "anna", "a court said so")
    assert [entry.value for entry in store.view().entries()] == [{}, {"question": "of our own"}]
