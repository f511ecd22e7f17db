"""What the register follows up: drafts made of pages, in order of the day they fall due."""

from __future__ import annotations

from datetime import date

import pytest
from ledger_factories import TALKS, Ticking, reading, state, statement

from detente.errors import UsageError
from detente.ledger import Store
from detente.model.dates import Dated, month, year
from detente.model.records import Amount, Record
from detente.model.statements import Commitment, Forecast, Likelihood, Polarity, StatementKind
from detente.register.prospect import State
from detente.register.prospects import Asked, Register

APRIL = date(2024, 4, 12)


def forecast(words: str, question: str = "", due: Dated | None = None, **fields: object) -> Record:
    told = Forecast(question=question, window=due)
    return statement(TALKS, words, statement_kind=StatementKind.FORECAST, forecast=told, **fields)


def promise(words: str, deed: str, due: Dated | None = None, **fields: object) -> Record:
    told = Commitment((state("RUS"),), deed, Amount("three", 3, 3), due)
    return statement(TALKS, words, statement_kind=StatementKind.COMMITMENT, commitment=told, **fields)


PANEL = forecast("Seoul said", "Will the panel end?", month(2024, 4), about=(state("RUS"),))
VISIT = promise("met officials", "visit North Korea", year(2024), about=(state("PRK"),))
GROWTH = forecast("broke a resolution", "Will cooperation grow?", likelihood=Likelihood("likely", 55, 80))
LATER = forecast("the talks", "Will it end?", year(2027), speaker=())


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "ledger.db", clock=Ticking()) as store:
        writer = store.writer("machine")
        writer.write(
            reading("https://a.example/1", TALKS, [PANEL, VISIT, GROWTH], published=date(2024, 4, 11))
        )
        writer.write(reading("https://b.example/1", TALKS, [LATER], published=date(2024, 5, 2)))
        yield store


def look(store: Store, today: date = APRIL) -> Register:
    return Register(store.view(published_until=today), today)


def questions(register: Register, **asked: object) -> list[str]:
    return [prospect.contract.question for prospect in register.browse(Asked(**asked)).found]


def test_what_falls_due_first_comes_first_and_what_has_no_day_last(store):
    expected = ["Will the panel end?", "Will Russia visit North Korea?", "Will cooperation grow?"]
    assert questions(look(store)) == expected


def test_a_page_published_later_is_not_known_yet(store):
    assert "Will it end?" in questions(look(store, date(2024, 5, 2)))
    assert "Will it end?" not in questions(look(store, date(2024, 5, 1)))


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_cursors_walk_through_every_prospect_once(store, limit):
    register, found, after = look(store, date(2025, 1, 1)), [], None
    while True:
        part = register.browse(after=after, limit=limit)
        found += [prospect.id for prospect in part.found]
        after = part.next
        if after is None:
            break
    assert found == [prospect.id for prospect in register.browse().found]
    assert len(set(found)) == 4


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"sorts": ("commitment",)}, ["Will Russia visit North Korea?"]),
        ({"about": "PRK-RUS"}, ["Will Russia visit North Korea?"]),
        ({"about": "JPN"}, []),
        ({"holder": "kor", "sorts": ("forecast",)}, ["Will the panel end?", "Will cooperation grow?"]),
        ({"states": frozenset((State.DUE,))}, []),
        ({"drafts": False}, []),
    ],
)
def test_prospects_are_chosen_by_sort_parties_holder_and_state(store, asked, expected):
    assert questions(look(store), **asked) == expected


@pytest.mark.parametrize(("today", "due"), [(date(2024, 4, 30), State.OPEN), (date(2024, 5, 1), State.DUE)])
def test_a_prospect_is_due_from_the_day_after_its_last(store, today, due):
    assert look(store, today).browse().found[0].state is due


def test_a_draft_says_what_it_was_made_of(store):
    panel, visit, growth = look(store).browse().found
    assert panel.is_draft
    assert panel.origin.quotes[0].quote == "Seoul said"
    assert (panel.made, panel.holder) == (date(2024, 4, 11), "KOR")
    assert [(e.term, e.low, e.high) for e in growth.estimates] == [("likely", 55, 80)]
    assert (visit.sides, visit.contract.quantity) == (("RUS", "PRK"), Amount("three", 3, 3))
    assert "2024-04-11" in panel.contract.rule


def test_the_pages_own_forecast_is_held_by_its_publisher(store):
    (later,) = (
        p for p in look(store, date(2024, 5, 2)).browse().found if p.contract.question == "Will it end?"
    )
    assert later.holder == "Example Post"


@pytest.mark.parametrize(
    ("question", "polarity", "negated"),
    [
        ("Will Kim answer?", Polarity.NEGATED, True),
        ("Will the position not change?", Polarity.NEGATED, False),
        ("Will Kim answer?", Polarity.AFFIRMED, False),
    ],
)
def test_a_not_in_the_question_is_not_said_twice(tmp_path, question, polarity, negated):
    with Store.open(tmp_path / "ledger.db") as store:
        record = forecast("Seoul said", question, polarity=polarity)
        store.writer("me").write(reading("https://a.example", TALKS, [record], published=APRIL))
        assert look(store).browse().found[0].negated is negated


def test_what_one_holder_says_twice_on_a_page_is_one_prospect(tmp_path):
    twice = [forecast("Seoul said", "Will the war go on?"), forecast("the talks", "Will the war  go on?")]
    another = forecast("broke a resolution", "Will the war go on?", speaker=(state("JPN"),))
    with Store.open(tmp_path / "ledger.db") as store:
        store.writer("me").write(reading("https://a.example", TALKS, [*twice, another], published=APRIL))
        assert [len(p.origin.keys) for p in look(store).browse().found] == [2, 1]


def test_a_prospect_is_found_by_its_id_and_by_its_record(store):
    panel = look(store).browse().found[0]
    assert look(store).find(panel.id) == look(store).find(panel.origin.keys[0]) == panel


@pytest.mark.parametrize("name", ["f123", "k0", "nothing"])
def test_what_is_no_prospect_is_not_found(store, name):
    with pytest.raises(UsageError):
        look(store).find(name)


def test_a_prospect_is_found_by_words_that_only_its_question_has(store):
    assert look(store).find("panel  END").contract.question == "Will the panel end?"
    again = forecast("the talks", "Will the panel end soon?")
    store.writer("me").write(reading("https://c.example", TALKS + " More.", [again], published=APRIL))
    with pytest.raises(UsageError, match="name one by its id"):
        look(store).find("the panel end")
    with pytest.raises(UsageError, match="of none"):
        look(store).find("peace at last")
