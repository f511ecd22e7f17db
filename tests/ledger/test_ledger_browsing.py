"""Walking through a view with cursors: nothing twice, nothing left out, in the order asked for."""

from __future__ import annotations

from datetime import date

import pytest
from ledger_factories import TALKS, Ticking, mention, reading, state, statement, talks

from detente.errors import UsageError
from detente.ledger import Store, View
from detente.model.dates import Dated, month
from detente.model.decisions import Decision, Verb
from detente.model.institutions import Mandate
from detente.model.records import Record
from detente.model.statements import Commitment, Forecast, StatementKind


def ahead(words: str, due: Dated | None) -> Record:
    return statement(
        TALKS, words, statement_kind=StatementKind.FORECAST, forecast=Forecast(question=words, window=due)
    )


def promise(words: str, due: Dated | None) -> Record:
    return statement(
        TALKS, words, statement_kind=StatementKind.COMMITMENT, commitment=Commitment(deadline=due)
    )


PAGES = {
    "a": (date(2024, 5, 28), [mention(TALKS, "Envoys"), ahead("Seoul said", month(2025, 1)), ahead("broke", None)]),
    "b": (date(2024, 5, 20), [promise("met officials", month(2024, 6)), mention(TALKS, "North Korea")]),
    "c": (
        date(2024, 6, 3),
        [
            ahead("a resolution", month(2024, 6)),
            Mandate(
                evidence=statement(TALKS, "the talks").evidence, body=state("PRK"), scheduled_end=month(2024, 4)
            ),
        ],
    ),
}  # fmt: skip


@pytest.fixture
def store(where):
    with Store.open(where, clock=Ticking()) as store:
        for name, (day, records) in PAGES.items():
            store.writer("me").write(reading(f"https://example.org/{name}", TALKS, records, published=day))
        yield store


def walk(view: View, limit: int, **asked: object) -> list[str]:
    found, after = [], None
    while True:
        part = view.browse(after=after, limit=limit, **asked)
        assert len(part.records) <= limit
        found += [record.evidence[0].quote for record in part.records]
        if part.next is None:
            return found
        after = part.next


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_cursors_walk_through_all_that_records_gives(store, limit):
    every = [record.evidence[0].quote for record in store.view().records()]
    assert len(every) == 7
    assert walk(store.view(), limit) == every


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"sort": "forecast"}, ["Seoul said", "broke", "a resolution"]),
        ({"sort": ("forecast", "commitment")}, ["met officials", "Seoul said", "broke", "a resolution"]),
        ({"sort": "CONSULT", "about": "PRK-RUS"}, ["North Korea", "Envoys"]),
        ({"kind": "mandate"}, ["the talks"]),
        ({"kind": ("mandate", "statement"), "sort": ("", "commitment")}, ["met officials", "the talks"]),
        ({"status": "done", "kind": "mention"}, ["North Korea", "Envoys"]),
        ({"status": "planned", "kind": "mention"}, []),
        ({"order": "due"}, ["the talks", "met officials", "a resolution", "Seoul said"]),
        ({"order": "due", "sort": "forecast"}, ["a resolution", "Seoul said"]),
    ],
)
@pytest.mark.parametrize("limit", [1, 50])
def test_records_come_by_sort_and_by_the_day_they_fall_due(store, asked, expected, limit):
    found = walk(store.view(), limit, **asked)
    assert sorted(found) == sorted(expected)
    if "order" not in asked:
        assert found == expected


@pytest.mark.parametrize("limit", [1, 2, 50])
@pytest.mark.parametrize(
    "asked", [{}, {"kind": "statement"}, {"about": "PRK-RUS"}, {"status": "done", "kind": "mention"}]
)
def test_the_newest_first_is_the_same_backwards(store, asked, limit):
    assert walk(store.view(), limit, order="newest", **asked) == walk(store.view(), limit, **asked)[::-1]


def test_the_newest_first_holds_in_a_view_of_older_versions_too(store):
    newer = reading("https://example.org/b", "Nothing is left.", published=date(2024, 6, 10))
    store.writer("me").write(newer)
    view = store.view(published_until=date(2024, 6, 5))
    assert walk(view, 2, order="newest") == walk(view, 2)[::-1]


def test_what_falls_due_earlier_comes_earlier(store):
    found = walk(store.view(), 2, order="due")
    assert (found[0], found[-1]) == ("the talks", "Seoul said")


def test_an_older_version_takes_its_place_among_the_others(store):
    newer = reading("https://example.org/b", "Nothing is left.", published=date(2024, 6, 10))
    store.writer("me").write(newer)
    view = store.view(published_until=date(2024, 6, 5))
    assert walk(view, 2) == [record.evidence[0].quote for record in view.records()]
    assert walk(view, 1, order="due") == walk(view, 50, order="due")
    assert "met officials" in walk(view, 2, order="due")
    assert "met officials" not in walk(store.view(), 2, order="due")


def test_what_was_rejected_is_passed_over_and_the_limit_still_filled(store):
    first = next(store.view().records(kind="mention"))
    store.writer("me").decide(Decision(Verb.REJECT, first.key, "me", "no"))
    assert len(store.view().browse(kind="mention", limit=1).records) == 1


def test_copies_can_be_left_out(store):
    text = TALKS + " " + "The rest of the page is long enough to be told from a routine notice. " * 8
    records = [ahead("Seoul said", month(2026, 1))]
    for name, day in (("x", 1), ("y", 2)):
        store.writer("me").write(
            reading(f"https://{name}.example/1", text, records, published=date(2024, 7, day))
        )
    asked = {"since": date(2024, 7, 1), "sort": "forecast"}
    assert walk(store.view(), 1, **asked, copies=True) == ["Seoul said", "Seoul said"]
    assert walk(store.view(), 1, **asked, copies=False) == ["Seoul said"]


def test_a_document_knows_whose_copy_it_is_when_asked_for_alone(store):
    for address in ("https://one.example/1", "https://two.example/1"):
        store.writer("me").write(talks(address))
    alone = {held.id: store.view().document(held.id) for held in store.view().documents()}
    assert list(alone.values()) == list(store.view().documents())


@pytest.mark.parametrize("after", ["", "x", "2024-05-28/d1/first/k1", "a/b/c"])
def test_what_is_no_cursor_is_refused(store, after):
    with pytest.raises(UsageError, match="no place"):
        store.view().browse(after=after)
