"""Who holds a post on a day: the codebook and the ledger side by side, contradictions shown."""

from __future__ import annotations

from datetime import date

import pytest
from ledger_factories import Ticking, quote
from prospect_factories import PANEL, YOON, keep

from detente.ledger import Store
from detente.model.actors import ActorKind, Party
from detente.model.dates import Dated, day, month
from detente.model.institutions import Mandate, Tenure
from detente.model.records import Record
from detente.register.offices import CODEBOOK, Office, bodies, offices

TEXT = "Yoon is president. A stranger is president. The panel ends. A team takes the place of the Panel of Experts."
STRANGER = Party(None, "Hong Gil-dong", "KOR", kind=ActorKind.PERSON)
TEAM = Party("msmt", "the team", kind=ActorKind.ORGANISATION)


def holds(person: Party = YOON, state: str = "holds", **fields: object) -> Record:
    words = "Yoon is president" if person is YOON else "A stranger is president"
    return Tenure(
        evidence=(quote(TEXT, words),), person=person, post="president", polity="KOR", state=state, **fields
    )


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "ledger.db", clock=Ticking()) as store:
        yield store


def president(store: Store, on: date) -> Office:
    (office,) = offices(store.view(), on, post="president", polity="KOR")
    return office


def test_the_codebook_answers_where_the_ledger_is_silent(store):
    (holding,) = president(store, date(2024, 4, 12)).holdings
    assert (holding.person, holding.source, holding.holds) == ("yoon-suk-yeol", CODEBOOK, True)
    assert holding.scheduled_end == date(2027, 5, 9)


def test_both_stand_side_by_side_and_agree_without_a_clash(store):
    keep(store, TEXT, [holds(scheduled_end=month(2027, 5))], published=date(2024, 4, 1))
    office = president(store, date(2024, 4, 12))
    assert [one.source == CODEBOOK for one in office.holdings] == [True, False]
    assert office.clashes == ()


def test_another_holder_on_a_page_is_a_clash_with_the_codebook(store):
    keep(store, TEXT, [holds(STRANGER)], published=date(2024, 4, 1))
    assert president(store, date(2024, 4, 12)).clashes == (
        "a page of 2024-04-01 has Hong Gil-dong in office, the codebook Yoon Suk Yeol",
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, True),
        ({"state": "removed", "actual_end": day(date(2024, 4, 4))}, False),
        ({"state": "former"}, False),
        ({"begins": month(2024, 6)}, False),
        ({"scheduled_end": month(2024, 2)}, False),
        ({"state": "resigned", "actual_end": day(date(2024, 5, 1))}, None),
    ],
)
def test_a_record_says_who_holds_the_post_on_the_day(store, fields, expected):
    keep(store, TEXT, [holds(**fields)], published=date(2024, 4, 1))
    assert president(store, date(2024, 4, 12)).holdings[-1].holds is expected


def test_two_pages_that_contradict_each_other_are_said_to(store):
    keep(store, TEXT, [holds()], published=date(2024, 4, 1))
    gone = holds(state="removed", actual_end=day(date(2025, 4, 4)))
    keep(store, TEXT + " More.", [gone], published=date(2025, 4, 4))
    assert president(store, date(2025, 5, 1)).clashes == (
        "a page of 2024-04-01 has Yoon Suk Yeol in office, one of 2025-04-04 does not",
    )


def test_a_page_of_a_later_day_is_not_known_yet(store):
    keep(store, TEXT, [holds(state="former")], published=date(2024, 5, 1))
    assert len(president(store, date(2024, 4, 12)).holdings) == 1


def test_all_posts_of_a_person_are_given_whenever_held(store):
    posts = {office.post for office in offices(store.view(), date(2026, 1, 1), person="yoon-suk-yeol")}
    assert "president" in posts


# Bodies and mandates


def mandate(body: Party, state: str, words: str, end: Dated | None = None, **fields: object) -> Record:
    return Mandate(evidence=(quote(TEXT, words),), body=body, state=state, scheduled_end=end, **fields)


END = month(2024, 4)


@pytest.mark.parametrize(("on", "state"), [(date(2024, 4, 12), "not_extended"), (date(2024, 5, 1), "ended")])
def test_a_mandate_ends_with_its_last_day(store, on, state):
    keep(store, TEXT, [mandate(PANEL, "not_extended", "The panel ends", END)], published=date(2024, 4, 1))
    assert [(body.state, body.end) for body in bodies(store.view(), on)] == [(state, date(2024, 4, 30))]


def test_a_body_that_takes_its_place_follows_with_the_gap_between(store):
    keep(store, TEXT, [mandate(PANEL, "not_extended", "The panel ends", END)], published=date(2024, 4, 1))
    created = mandate(
        TEAM, "created", "A team takes the place of the Panel of Experts", effective=day(date(2024, 10, 16))
    )
    keep(store, TEXT + " More.", [created], published=date(2024, 10, 18))
    panel = next(body for body in bodies(store.view(), date(2025, 1, 1)) if body.body == PANEL.id)
    assert (panel.successor, panel.gap) == ("msmt", 169)
    assert bodies(store.view(), date(2024, 10, 1))[0].successor == ""
