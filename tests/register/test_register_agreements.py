"""How agreements come along, step by step, and which steps belong to one."""

from __future__ import annotations

from datetime import date

import pytest
from ledger_factories import Ticking, quote
from prospect_factories import keep, land

from detente.ledger import Store
from detente.model.dates import Dated, day
from detente.model.institutions import Agreement
from detente.model.records import Record
from detente.register.agreements import courses

PRK, RUS, CHN = land("PRK"), land("RUS"), land("CHN")
TEXT = "A treaty was signed. The treaty was ratified. It is in force. An accord on trade was signed."


def step(
    state: str, when: Dated | None, *, title: str = "a treaty", sides: tuple[object, ...] = (PRK, RUS)
) -> Record:
    return Agreement(
        evidence=(quote(TEXT, "A treaty was signed"),),
        parties=sides,
        title=title,
        state=state,
        effective=when,
    )


SIGNED, RATIFIED = day(date(2024, 6, 19)), day(date(2024, 11, 9))


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "ledger.db", clock=Ticking()) as store:
        yield store


def pages(store: Store, *records: Record) -> None:
    for number, record in enumerate(records):
        keep(
            store, f"{TEXT} Page {number}.", [record], published=date(2024, 7 + number % 5, 1), at=str(number)
        )


def test_steps_told_by_different_pages_are_one_course_in_its_order(store):
    pages(store, step("ratified", RATIFIED), step("signed", SIGNED), step("signed", None))
    (course,) = courses(store.view())
    assert [(one.state, one.when.edtf, len(one.keys)) for one in course.steps] == [
        ("signed", "2024-06-19", 2),
        ("ratified", "2024-11-09", 1),
    ]
    assert (course.sides, course.standing) == (("PRK", "RUS"), "ratified")


@pytest.mark.parametrize(
    "other",
    [
        step("signed", SIGNED, sides=(PRK, CHN)),
        step("signed", day(date(2020, 1, 1))),
        step("signed", SIGNED, title="an accord on trade"),
    ],
)
def test_other_sides_another_time_or_another_title_are_another_agreement(store, other):
    pages(store, step("signed", SIGNED), other)
    assert len(courses(store.view())) == 2


def test_a_step_without_a_title_joins_the_agreement_of_its_sides(store):
    pages(store, step("signed", SIGNED), step("in_force", day(date(2024, 12, 4)), title=""))
    assert [course.standing for course in courses(store.view())] == ["in_force"]


def test_a_treaty_signed_and_not_yet_ratified_stands_as_signed(store):
    pages(store, step("announced", None), step("signed", SIGNED))
    assert courses(store.view())[0].standing == "signed"


def test_an_ending_is_where_it_stands(store):
    pages(store, step("denounced", day(date(2025, 1, 1))), step("in_force", SIGNED))
    assert courses(store.view())[0].standing == "denounced"


@pytest.mark.parametrize(("about", "count"), [("PRK-RUS", 1), ("CHN", 0)])
def test_courses_are_of_whom_they_are_asked_for(store, about, count):
    pages(store, step("signed", SIGNED))
    assert len(courses(store.view(), about=about)) == count
