"""What is ahead of a day, how firm it is, and what is not ahead any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar as ICalendar
from ledger_factories import Ticking, mention, quote, statement
from prospect_factories import PANEL, PUTIN, YOON, keep, land

from detente.errors import UsageError
from detente.ledger import Store
from detente.model.dates import Dated, day, interval, month, year
from detente.model.events import EventType, Status
from detente.model.institutions import Agreement, Election, Mandate, Measure, Tenure, Vote
from detente.model.records import Record
from detente.model.statements import Commitment, Forecast, StatementKind
from detente.register.calendar import Item, calendar
from detente.register.ical import to_ical

TODAY = date(2024, 4, 12)
TEXT = "The mandate runs out. The term ends. Sanctions are renewed. People vote. A visit is planned. A promise is made."
APRIL, THIS_YEAR = month(2024, 4), year(2024)
PRK, RUS, USA = land("PRK"), land("RUS"), land("USA")


def told(words: str) -> tuple[object, ...]:
    return (quote(TEXT, words),)


def mandate(end: Dated | None = APRIL, **fields: object) -> Record:
    return Mandate(
        evidence=told("The mandate runs out"), body=PANEL, state="not_extended", scheduled_end=end, **fields
    )


def term(**fields: object) -> Record:
    given = {"state": "holds", "scheduled_end": month(2027, 5)} | fields
    return Tenure(evidence=told("The term ends"), person=YOON, post="president", polity="KOR", **given)


def measure(**fields: object) -> Record:
    given = {"state": "extended", "scheduled_end": day(date(2025, 1, 31))} | fields
    return Measure(evidence=told("Sanctions are renewed"), sender=(USA,), target=(RUS,), **given)


def visit(when: Dated | None = THIS_YEAR, status: Status = Status.PLANNED) -> Record:
    return mention(
        TEXT, "A visit is planned", event_type=EventType.AGREE, actor=(PUTIN,), recipient=(PRK,), status=status,
        deed_date=when,
    )  # fmt: skip


def promise(when: Dated | None) -> Record:
    return statement(
        TEXT, "A promise is made", statement_kind=StatementKind.COMMITMENT,
        commitment=Commitment((PRK,), "launch three satellites", None, when),
    )  # fmt: skip


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "ledger.db", clock=Ticking()) as store:
        yield store


def ahead(store: Store, *records: Record, today: date = TODAY, **asked: object) -> list[tuple[str, str, str]]:
    keep(store, TEXT, records, published=date(2024, 4, 1))
    found = calendar(store.view(), today, **asked).items
    return [(item.what, item.when.edtf, item.certainty) for item in found]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (mandate(), ("mandate ends", "2024-04", "fixed")),
        (term(), ("term ends", "2027-05", "fixed")),
        (measure(), ("sanctions end", "2025-01-31", "fixed")),
        (visit(), ("deed", "2024", "planned")),
        (visit(status=Status.THREATENED), ("deed", "2024", "threatened")),
        (promise(year(2024)), ("promise", "2024", "promised")),
        (
            Election(evidence=told("People vote"), polity="USA", state="scheduled", held=month(2024, 11)),
            ("election", "2024-11", "scheduled"),
        ),
        (
            Vote(evidence=told("People vote"), body=PANEL, outcome="scheduled", vote_date=day(date(2024, 5, 2))),
            ("vote", "2024-05-02", "scheduled"),
        ),
        (
            Agreement(evidence=told("A promise is made"), parties=(PRK, RUS), state="announced", effective=month(2024, 6)),
            ("agreement", "2024-06", "scheduled"),
        ),
    ],
)  # fmt: skip
def test_what_is_dated_ahead_is_listed_with_how_firm_it_is(store, record, expected):
    assert ahead(store, record) == [expected]


@pytest.mark.parametrize(
    "record",
    [
        mandate(month(2024, 3)),
        mandate(None),
        mandate(actual_end=day(date(2024, 4, 5))),
        term(state="former"),
        measure(state="lifted"),
        visit(month(2024, 3)),
        visit(status=Status.DONE),
        Election(evidence=told("People vote"), polity="USA", state="held", held=month(2024, 11)),
        Vote(evidence=told("People vote"), body=PANEL, outcome="adopted", vote_date=day(date(2024, 5, 2))),
        Agreement(evidence=told("A promise is made"), parties=(PRK, RUS), state="signed", effective=month(2024, 6)),
        statement(TEXT, "A promise is made", statement_kind=StatementKind.FORECAST, forecast=Forecast(window=year(2024))),
    ],
)  # fmt: skip
def test_what_is_past_done_or_another_ones_forecast_is_not(store, record):
    assert ahead(store, record) == []


def test_the_day_itself_is_still_ahead(store):
    assert ahead(store, mandate(day(TODAY)))


def test_what_falls_due_first_comes_first(store):
    found = ahead(store, term(), mandate(), measure())
    assert [what for what, *_ in found] == ["mandate ends", "sanctions end", "term ends"]


def test_two_pages_that_tell_the_same_are_one_item_with_both_records(store):
    keep(store, TEXT, [mandate()], published=date(2024, 4, 1))
    keep(store, TEXT + " More.", [mandate()], published=date(2024, 4, 2))
    (item,) = calendar(store.view(), TODAY).items
    assert len(set(item.keys)) == 2


def test_days_that_contradict_are_shown_beside_one_another(store):
    keep(store, TEXT, [mandate()], published=date(2024, 4, 1))
    keep(store, TEXT + " More.", [mandate(month(2024, 5))], published=date(2024, 4, 2))
    items = calendar(store.view(), TODAY).items
    assert [(item.when.edtf, [other.edtf for other in item.others]) for item in items] == [
        ("2024-04", ["2024-05"]),
        ("2024-05", ["2024-04"]),
    ]


def test_a_term_that_ended_early_is_ahead_no_more(store):
    removed = term(state="removed", scheduled_end=None, actual_end=day(date(2025, 4, 4)))
    keep(store, TEXT, [term()], published=date(2024, 4, 1))
    keep(store, TEXT + " More.", [removed], published=date(2025, 4, 4))
    assert [item.what for item in calendar(store.view(published_until=TODAY), TODAY).items] == ["term ends"]
    assert calendar(store.view(), date(2025, 5, 1)).items == ()


def test_what_is_announced_without_a_day_stands_apart(store):
    keep(store, TEXT, [visit(None), mandate()], published=date(2024, 4, 1))
    found = calendar(store.view(), TODAY)
    assert [item.what for item in found.undated] == ["deed"]
    assert [item.what for item in found.items] == ["mandate ends"]
    assert calendar(store.view(), date(2026, 1, 1)).undated == ()


def test_cursors_walk_through_every_item_once(store):
    keep(store, TEXT, [term(), mandate(), measure(), visit()], published=date(2024, 4, 1))
    found, after = [], None
    while True:
        part = calendar(store.view(), TODAY, after=after, limit=1)
        found += [item.what for item in part.items]
        after = part.next
        if after is None:
            break
    assert found == ["mandate ends", "deed", "sanctions end", "term ends"]
    with pytest.raises(UsageError):
        calendar(store.view(), TODAY, after="soon")


@pytest.mark.parametrize(("about", "count"), [("PRK-RUS", 1), ("KOR", 1), ("yoon-suk-yeol", 1), ("JPN", 0)])
def test_a_calendar_is_of_whom_it_is_asked_for(store, about, count):
    assert len(ahead(store, term(), visit(), about=about)) == count


def test_anniversaries_of_the_coming_quarter_come_round(store):
    keep(store, TEXT, [mandate()], published=date(2024, 4, 1))
    found = calendar(store.view(), date(2025, 8, 1)).anniversaries
    told = {(item.when.edtf, item.title) for item in found}
    assert ("2025-09-02", "anniversary, 80 years: end of World War II") in told
    assert calendar(store.view(), date(2025, 8, 1), about="PRK").anniversaries == ()
    assert not [
        item for item in calendar(store.view(), date(2025, 1, 10)).anniversaries if "Victory" in item.title
    ]


# For calendar programs


def written(store: Store, *records: Record) -> bytes:
    keep(store, TEXT, records, published=date(2024, 4, 1))
    view = store.view()
    return to_ical(view, calendar(view, TODAY).items, datetime(2024, 4, 12, tzinfo=UTC))


def test_a_calendar_program_reads_every_item_back(store):
    read = ICalendar.from_ical(written(store, mandate(), visit()))
    events = read.walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [
        "mandate of Panel of Experts ends",
        "Vladimir Putin towards North Korea: agreement or stated intent",
    ]
    assert [str(event["status"]) for event in events] == ["CONFIRMED", "TENTATIVE"]
    assert (events[1]["dtstart"].dt, events[1]["dtend"].dt) == (date(2024, 1, 1), date(2025, 1, 1))
    assert "2024" in str(events[1]["description"])


def test_the_same_view_gives_the_same_bytes(store):
    first = written(store, mandate(), term())
    view = store.view()
    assert to_ical(view, calendar(view, TODAY).items, datetime(2024, 4, 12, tzinfo=UTC)) == first


def test_hostile_words_stay_words(store):
    text = "The mandate ends;\r\nEND:VEVENT\r\nBEGIN:VALARM, it says."
    record = Mandate(
        evidence=(quote(text, text),), body=PANEL, state="extended", scheduled_end=month(2024, 6)
    )
    keep(store, text, [record], published=date(2024, 4, 1))
    view = store.view()
    read = ICalendar.from_ical(to_ical(view, calendar(view, TODAY).items, datetime(2024, 4, 12, tzinfo=UTC)))
    assert [component.name for component in read.walk()] == ["VCALENDAR", "VEVENT"]


def test_an_item_open_at_one_end_has_no_day_to_write():
    item = Item("deed", "a deed", interval(date(2024, 5, 1), None), "planned", (), ())
    assert b"VEVENT" not in to_ical(None, [item], datetime(2024, 4, 12, tzinfo=UTC))
    assert b"VEVENT" in to_ical(None, [replace(item, when=month(2024, 5))], datetime(2024, 4, 12, tzinfo=UTC))
