"""Which later records are laid beside an open forecast, on which side, and which are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from ledger_factories import Ticking, mention, quote
from prospect_factories import LATER, MADE, MAY_2027, PANEL, PUTIN, SHOIGU, YOON, asked, keep, land

from detente.ledger import Store
from detente.model.dates import Dated, day, month, year
from detente.model.entries import Entry
from detente.model.events import EventType, Status
from detente.model.institutions import Agreement, Flow, Mandate, Tenure, Vote
from detente.model.records import Amount, Record
from detente.register.folding import fold
from detente.register.premises import fallen_premises
from detente.register.promises import count
from detente.register.proposals import propose
from detente.register.prospect import Origin, Prospect

PRK, RUS, USA, KOR = land("PRK"), land("RUS"), land("USA"), land("KOR")
TEXT = (
    "Putin came to Pyongyang. Shoigu came to Pyongyang. The mandate of the panel ran out. A treaty was signed."
    " The rocket with the satellite blew up. The missile flew. The satellite is in orbit. Yoon was removed."
    " Yoon is to serve until May 2027. The shells never left. The council said no."
)
JUNE = day(date(2024, 6, 19))


def visit(
    *actor: object, when: Dated | None = JUNE, status: Status = Status.DONE, trigger: str = "came"
) -> Record:
    words = "Shoigu came to Pyongyang" if SHOIGU in actor else "Putin came to Pyongyang"
    given = {"actor": actor, "recipient": (PRK,), "mode": "visit", "trigger": trigger}
    return mention(TEXT, words, deed_date=when, status=status, **given)


def rocket(words: str, status: Status, when: Dated | None = JUNE) -> Record:
    return mention(
        TEXT, words, event_type=EventType.MOBILIZE, actor=(PRK,), recipient=(), deed_date=when, status=status
    )


def ended(**fields: object) -> Record:
    words = (quote(TEXT, "The mandate of the panel ran out"),)
    return Mandate(evidence=words, body=PANEL, state="ended", actual_end=day(date(2024, 4, 30)), **fields)


def signed(*parties: object, state: str = "signed") -> Record:
    words = (quote(TEXT, "A treaty was signed"),)
    return Agreement(evidence=words, parties=parties, state=state, effective=JUNE)


VISIT = asked("Will Vladimir Putin visit North Korea in 2024?", PUTIN, PRK, due=year(2024))
END = asked("Will the panel cease its operations in April?", PANEL, RUS, due=month(2024, 4))
LAUNCH = asked("Will North Korea launch a satellite before July?", PRK, due=month(2024, 6))
TREATY = asked("Will Russia and North Korea sign a treaty?", PRK, RUS)
RULING = asked("Will a resolution pass?", RUS, USA)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "ledger.db", clock=Ticking()) as store:
        yield store


@pytest.mark.parametrize(
    ("prospect", "record", "sides"),
    [
        (VISIT, visit(PUTIN), "for"),
        (VISIT, visit(PUTIN, status=Status.CANCELLED), "against"),
        (VISIT, visit(PUTIN, status=Status.PLANNED), ""),
        (VISIT, visit(PUTIN, when=day(date(2023, 7, 1))), ""),
        (VISIT, visit(SHOIGU), ""),
        (VISIT, visit(land("CHN")), ""),
        (END, ended(), "for"),
        (END, replace(ended(), state="extended"), "against"),
        (END, replace(ended(), body=land("JPN")), ""),
        (LAUNCH, rocket("The satellite is in orbit", Status.DONE), "for"),
        (LAUNCH, rocket("The rocket with the satellite blew up", Status.FAILED), "against"),
        (LAUNCH, rocket("The satellite is in orbit", Status.PLANNED), ""),
        (LAUNCH, rocket("The missile flew", Status.DONE), ""),
        (TREATY, signed(PRK, RUS), "for"),
        (TREATY, signed(PRK, RUS, state="denounced"), "against"),
        (TREATY, signed(PRK, land("CHN")), ""),
        (
            RULING,
            Vote(evidence=(quote(TEXT, "The council said no"),), body=land("USA"), veto_by=(RUS,), outcome="vetoed"),
            "against",
        ),
        (
            asked("Will North Korea supply shells to Russia?", PRK, RUS),
            Flow(evidence=(quote(TEXT, "The shells never left"),), giver=(PRK,), taker=(RUS,), certainty="denied"),
            "against",
        ),
    ],
)  # fmt: skip
def test_a_later_record_stands_for_or_against_or_nowhere(store, prospect, record, sides):
    keep(store, TEXT, [record])
    found = propose(store.view(), prospect)
    speaks = {
        name
        for name, matches in (
            ("for", found.speaks_for if found else ()),
            ("against", found.speaks_against if found else ()),
        )
        if matches
    }
    assert speaks == ({sides} if sides else set())


@pytest.mark.parametrize("state", [Status.DONE, Status.FAILED])
def test_a_proposal_says_why_each_record_bears_on_it(store, state):
    keep(store, TEXT, [visit(PUTIN), rocket("The satellite is in orbit", state)])
    (match,) = propose(store.view(), VISIT).speaks_for
    assert match.why == (
        "both name PRK, RUS",
        "both name vladimir-putin",
        "“visit” asks for such a record",
        "2024-06-19 is within its time, 2024",
    )
    assert match.points == 6


@pytest.mark.parametrize(
    ("records", "outcome"),
    [
        ([visit(PUTIN)], True),
        ([visit(PUTIN, status=Status.CANCELLED)], False),
        ([visit(PUTIN, when=day(date(2025, 3, 1)))], False),
        ([visit(PUTIN), visit(PUTIN, status=Status.CANCELLED, trigger="called off")], None),
    ],
)
def test_the_outcome_proposed_is_that_of_the_stronger_side_within_its_time(store, records, outcome):
    keep(store, TEXT, records, published=date(2025, 3, 2))
    assert propose(store.view(), VISIT).outcome is outcome


def test_the_page_a_prospect_was_read_from_does_not_bear_on_it(store):
    keep(store, TEXT, [visit(PUTIN)])
    document = store.view().documents()[0].id
    own = replace(VISIT, origin=Origin(document=document, day=MADE))
    assert propose(store.view(), own) is None


def test_an_older_page_that_tells_an_undated_deed_does_not_bear_on_it(store):
    keep(store, TEXT, [visit(PUTIN, when=None)], published=date(2024, 4, 1))
    assert propose(store.view(), VISIT) is None


def test_when_its_time_has_passed_in_silence_a_person_is_asked_without_an_answer(store):
    found = propose(store.view(), fold(VISIT, [], date(2025, 1, 2)))
    assert (found.outcome, found.speaks_for, found.speaks_against) == (None, (), ())
    assert "silence is not an answer" in found.words


def test_what_a_person_declined_is_not_laid_again(store):
    keep(store, TEXT, [visit(PUTIN)])
    (record,) = store.view().records()
    declined = Entry("forecast:f1", "decline", "anna", {"keys": [record.key]}, "another visit")
    assert propose(store.view(), fold(VISIT, [declined], None)) is None


# Premises


def term(state: str, words: str, document_day: date, **fields: object) -> Record:
    return Tenure(
        evidence=(quote(TEXT, words),), person=YOON, post="president", polity="KOR", state=state, **fields
    )


def rests(store: Store, due: Dated | None = MAY_2027) -> Prospect:
    holds = term("holds", "Yoon is to serve until May 2027", MADE, scheduled_end=MAY_2027)
    keep(store, TEXT, [holds], published=MADE)
    (record,) = store.view().records()
    prospect = asked("Will Mr. Yoon's policy be kept until the end of his term?", YOON, due=due)
    return replace(prospect, origin=Origin(document=record.document, quotes=record.evidence, day=MADE))


def test_a_term_that_ended_early_is_a_fallen_premise(store):
    prospect = rests(store)
    keep(store, TEXT, [term("removed", "Yoon was removed", LATER, actual_end=day(date(2025, 4, 4)))])
    (fallen,) = fallen_premises(store.view(), prospect)
    assert (fallen.why, fallen.since.edtf) == ("removed on 2025-04-04", "2025-04-04")
    assert len(fallen.keys) == 1


@pytest.mark.parametrize(
    ("state", "when"),
    [
        ("removed", None),
        ("removed", day(date(2027, 6, 1))),
        ("removed", day(date(2020, 1, 1))),
        ("holds", day(date(2025, 4, 4))),
    ],
)
def test_a_term_that_ran_its_time_or_has_no_end_is_none(store, state, when):
    prospect = rests(store)
    keep(store, TEXT, [term(state, "Yoon was removed", LATER, actual_end=when)])
    assert fallen_premises(store.view(), prospect) == ()


def test_another_persons_term_is_none(store):
    prospect = rests(store)
    other = replace(
        term("removed", "Yoon was removed", LATER, actual_end=day(date(2025, 4, 4))), person=PUTIN
    )
    keep(store, TEXT, [other])
    assert fallen_premises(store.view(), prospect) == ()


# Promises in a number

THREE = Amount("three satellites", 3, 3)


def promised(quantity: Amount | None = THREE) -> Prospect:
    question = "Will North Korea launch three satellites in 2024?"
    return asked(question, PRK, due=year(2024), quantity=quantity, sort="commitment")


@pytest.mark.parametrize(
    ("records", "words"),
    [
        ([], "3 promised: none done"),
        ([rocket("The rocket with the satellite blew up", Status.FAILED)], "3 promised: none done, 1 failed"),
        ([rocket("The satellite is in orbit", Status.DONE)], "3 promised: 1 done"),
        ([rocket("The satellite is in orbit", Status.DONE, day(date(2025, 2, 1)))], "3 promised: none done"),
        ([rocket("The missile flew", Status.DONE)], "3 promised: none done"),
        ([rocket("The satellite is in orbit", Status.PLANNED)], "3 promised: none done"),
    ],
)
def test_a_promise_in_a_number_keeps_count_of_deeds_in_its_time(store, records, words):
    keep(store, TEXT, records)
    assert count(store.view(), promised()).words == words


@pytest.mark.parametrize("text", ["three times", "three countries", "3 percent"])
def test_a_number_of_times_or_of_states_counts_nothing(store, text):
    keep(store, TEXT, [rocket("The satellite is in orbit", Status.DONE)])
    assert not count(store.view(), promised(Amount(text, 3, 3))).words.startswith("3 promised")


def test_one_deed_told_by_two_pages_counts_once(store):
    for name in ("a", "b"):
        keep(store, TEXT + f" {name * 400}", [rocket("The satellite is in orbit", Status.DONE)], at=name)
    assert count(store.view(), promised()).words == "3 promised: 1 done"


def test_a_promise_without_a_number_counts_what_was_done(store):
    keep(
        store,
        TEXT,
        [rocket("The satellite is in orbit", Status.DONE), rocket("The missile flew", Status.DONE)],
    )
    assert count(store.view(), promised(None)).words == "1 done"
