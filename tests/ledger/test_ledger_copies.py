"""Which pages are copies of one text, and what a copy adds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from ledger_factories import TALKS, Ticking, mention, reading, talks

from detente.ledger import Store, verify
from detente.ledger.copies import fingerprint, is_copy, overlap
from detente.model.dates import day
from detente.model.decisions import Decision, Verb
from detente.model.text import Block, BlockKind

LONG = (
    "The ministers met for two hours in the old town hall and spoke about the border crossing. "
    "Afterwards they walked to the river together while reporters waited behind a rope. "
    "A joint statement promises that trains will run again before the end of the summer season. "
    "Neither side would say who is to pay for the repair of the bridge and its two approaches. "
    "Observers in both capitals called the meeting the most practical one in several years of trying."
)


def body(text: str, published: date | None = None):
    return reading("https://example.org/any", text, published=published).rendition


def near(one: str, other: str, days: tuple[int, int] = (1, 1)) -> bool:
    marks = [fingerprint(body(t, date(2024, 5, d))) for t, d in zip((one, other), days, strict=True)]
    return is_copy(*marks) and is_copy(*reversed(marks))


@pytest.mark.parametrize(
    "other",
    [
        LONG,
        LONG.upper(),
        LONG.replace(". ", ".\n\n"),
        LONG.replace("  ", " ").replace(" ", "  "),
        LONG + " Reporting by our own desk.",
        LONG + "\nShare this.",
    ],
)
def test_a_text_in_another_dress_is_a_copy(other):
    assert near(LONG, other)


@pytest.mark.parametrize(
    "other",
    [
        LONG.replace("two hours", "ten minutes"),
        ". ".join(LONG.split(". ")[:3]),
        LONG + " " + TALKS,
        TALKS,
    ],
)
def test_a_text_with_a_sentence_changed_cut_or_added_is_no_copy(other):
    assert not near(LONG, other)


@pytest.mark.parametrize(("days", "expected"), [((1, 4), True), ((1, 5), False), ((5, 1), False)])
def test_a_short_notice_that_recurs_later_is_no_copy(days, expected):
    assert (
        near("The ministry held its weekly briefing.", "The ministry held its weekly briefing.", days)
        is expected
    )


def test_a_short_notice_without_a_date_may_be_a_copy():
    marks = [fingerprint(body("The ministry held its briefing.", when)) for when in (None, date(2024, 5, 9))]
    assert is_copy(*marks)


def test_headings_and_chrome_do_not_count():
    plain = body(LONG)
    text = f"Ministers talk trains\n{LONG}\nSubscribe to our newsletter for more stories every single day"
    start = len("Ministers talk trains\n")
    blocks = (
        Block(0, start - 1, BlockKind.HEADING),
        Block(start, start + len(LONG), BlockKind.BODY),
        Block(start + len(LONG) + 1, len(text), BlockKind.CHROME),
    )
    dressed = replace(plain, text=text, blocks=blocks)
    assert overlap(fingerprint(plain), fingerprint(dressed)) == 1.0
    assert fingerprint(plain).body == fingerprint(dressed).body


def test_a_page_without_a_body_is_nobodys_copy():
    assert fingerprint(body("")) is None
    assert fingerprint(body(" \n ")) is None


@pytest.fixture
def store(where):
    with Store.open(where, clock=Ticking()) as store:
        yield store
        assert verify(store) == []


def write(store: Store, name: str, published: date, text: str = LONG, when: date = date(2024, 5, 1)):
    words = "The ministers met for two hours in the old town hall"
    records = [mention(text, words, deed_date=day(when), event_date=day(when))] if words in text else []
    made = reading(f"https://{name}.example.org/", text, records, published=published, publisher=name.title())
    return store.writer("me").write(made), made


def test_a_copy_adds_a_mention_and_no_event(store):
    outcome, _ = write(store, "first", date(2024, 5, 2))
    assert outcome == "new"
    # The copy read "yesterday" against its own date: still no second event.
    outcome, copy = write(store, "second", date(2024, 5, 3), when=date(2024, 5, 2))
    assert outcome == "copy"
    (event,) = store.view().events()
    assert len(event.mentions) == 2
    assert event.deed_date == day(date(2024, 5, 1))
    assert store.view().document(copy.document).copy_of is not None
    assert len(list(store.view().records(copies=False))) == 1


def test_the_first_published_is_the_original_whichever_came_first(store):
    _, late = write(store, "late", date(2024, 5, 9))
    _, early = write(store, "early", date(2024, 5, 2))
    view = store.view()
    assert view.document(late.document).copy_of == early.document
    assert view.document(early.document).copy_of is None
    assert view.counts()["copies"] == 1


def test_before_the_original_was_published_nothing_is_a_copy(store):
    _, early = write(store, "early", date(2024, 5, 2))
    write(store, "late", date(2024, 5, 9))
    (document,) = store.view(published_until=date(2024, 5, 8)).documents()
    assert (document.id, document.copy_of) == (early.document, None)


def test_when_the_original_is_withdrawn_a_copy_takes_its_place(store):
    _, early = write(store, "early", date(2024, 5, 2))
    _, late = write(store, "late", date(2024, 5, 9))
    store.writer("me").decide(Decision(Verb.WITHDRAW, early.document, "me", "forged"))
    view = store.view()
    assert view.document(late.document).copy_of is None
    assert len(view.events()) == 1


def test_what_is_rejected_in_one_copy_is_no_event_in_another(store):
    _, early = write(store, "early", date(2024, 5, 2))
    write(store, "late", date(2024, 5, 9))
    store.writer("me").decide(Decision(Verb.REJECT, early.records[0].key, "me", "misread"))
    assert store.view().events() == ()
    assert len(list(store.view().records())) == 1


def test_a_person_may_split_a_copys_mention_off(store):
    _, early = write(store, "early", date(2024, 5, 2))
    _, late = write(store, "late", date(2024, 5, 9))
    store.writer("me").decide(
        Decision(Verb.SPLIT, early.records[0].key, "me", value={"key": late.records[0].key})
    )
    assert len(store.view().events()) == 2


def test_an_edited_copy_with_its_own_text_is_a_copy_no_longer(store):
    write(store, "early", date(2024, 5, 2))
    _, late = write(store, "late", date(2024, 5, 9))
    outcome, _ = write(store, "late", date(2024, 5, 10), TALKS)
    assert outcome == "new_version"
    assert store.view().document(late.document).copy_of is None


def test_an_edit_of_a_page_is_not_a_copy_of_the_page_itself(store):
    _, first = write(store, "first", date(2024, 5, 2))
    outcome, _ = write(store, "first", date(2024, 5, 3), LONG + " Corrected spelling.")
    assert outcome == "new_version"
    assert store.view().document(first.document).copy_of is None
    assert store.view().counts()["copies"] == 0


def test_boilerplate_on_many_pages_makes_no_copies(store):
    notice = "This bulletin is distributed every day by the news service under the terms printed on its site"
    outcomes = {
        write(
            store, f"page{n}", date(2024, 5, 2), f"Item {n} tells of port {n * 7}. Ship {n} sailed. {notice}."
        )[0]
        for n in range(60)
    }
    assert outcomes == {"new"}


def test_the_hundredth_copy_is_still_found(store):
    outcomes = [write(store, f"page{n}", date(2024, 5, 2))[0] for n in range(100)]
    assert outcomes == ["new"] + ["copy"] * 99
    assert write(store, "near", date(2024, 5, 2), LONG + " Reporting by our desk.")[0] == "copy"
    assert len(store.view().events()) == 1


def test_the_same_short_page_elsewhere_is_a_copy(store):
    assert store.writer("me").write(talks()) == "new"
    assert store.writer("me").write(talks("https://example.net/again")) == "copy"
