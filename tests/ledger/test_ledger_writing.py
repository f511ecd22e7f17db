"""Readings in the ledger: new pages, edits, re-readings, bad quotes, troubles, vanished pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from ledger_factories import CODER, TALKS, Ticking, mention, page, quote, reading, talks

from detente.errors import UsageError
from detente.ledger import Store, verify
from detente.model.dates import month
from detente.model.identity import document_id, version_id
from detente.model.issues import Issue, Reason


@pytest.fixture
def store(where):
    with Store.open(where, clock=Ticking()) as store:
        yield store
        assert verify(store) == []


@pytest.fixture
def writer(store):
    return store.writer("me")


def test_the_same_page_by_the_same_coder_adds_nothing(store, writer):
    assert writer.write(talks()) == "new"
    counts = store.view().counts()
    assert writer.write(talks()) == "unchanged"
    assert store.view().counts() == counts


def test_what_is_written_comes_back_equal(store, writer):
    written = talks()
    writer.write(written)
    view = store.view()
    assert list(view.records()) == list(written.records)
    assert view.rendition(written.rendition.id) == written.rendition
    assert view.page(written.document) == written.page


def test_a_page_is_known_once_its_coder_read_it(writer):
    one = talks()
    assert not writer.knows(one.page, CODER)
    writer.write(one)
    assert writer.knows(one.page, CODER)
    assert not writer.knows(one.page, "coder-2")
    assert not writer.knows(replace(one.page, content=b"edited"), CODER)


def test_known_versions_are_named_as_identity_names_them(writer):
    one = talks()
    writer.write(one)
    found = writer.known_versions([one.page, page("https://example.org/new", "new")], CODER)
    assert found == {version_id(document_id(one.page.address), one.page)}


def test_an_edited_page_is_a_new_version_of_one_document(store, writer):
    writer.write(talks())
    text = TALKS.replace("Monday", "Tuesday")
    edited = reading(talks().page.address, text, [mention(text, "Envoys of Russia met officials")])
    assert writer.write(edited) == "new_version"
    (document,) = store.view().documents()
    assert document.versions == 2
    assert [record.evidence[0].quote for record in store.view().records()] == [
        "Envoys of Russia met officials"
    ]


def test_a_late_older_version_does_not_replace_a_newer_one(store, writer):
    writer.write(talks())
    older = reading(talks().page.address, "An older text of the page.", published=date(2024, 5, 1))
    assert writer.write(older) == "new_version"
    assert list(store.view().records()) == list(talks().records)
    assert store.view(published_until=date(2024, 5, 2)).documents()[0].counted_from == date(2024, 5, 1)


def test_an_edit_that_keeps_its_date_counts_from_the_day_it_was_received(store, writer):
    writer.write(talks())
    edited = reading(talks().page.address, TALKS + " Corrected.", published=date(2024, 5, 28))
    writer.write(edited)
    assert store.view(published_until=date(2024, 5, 31)).documents()[0].version == talks().rendition.version
    assert store.view(published_until=date(2024, 6, 1)).documents()[0].version == edited.rendition.version


def test_an_edit_counts_from_its_stated_day_of_modification(store, writer):
    writer.write(talks())
    edited = talks(modified=date(2024, 5, 30))
    edited = reading(
        talks().page.address, TALKS + " Corrected.", published=date(2024, 5, 28), modified=date(2024, 5, 30)
    )
    writer.write(edited)
    assert store.view(published_until=date(2024, 5, 29)).documents()[0].version == talks().rendition.version
    assert store.view(published_until=date(2024, 5, 30)).documents()[0].version == edited.rendition.version


def test_a_page_without_a_date_counts_from_the_day_it_was_received(store, writer):
    writer.write(talks(published=None))
    assert store.view(published_until=date(2024, 5, 31)).documents() == ()
    (document,) = store.view(published_until=date(2024, 6, 1)).documents()
    assert document.published is None


def test_a_page_dated_to_a_month_was_not_certainly_published_before_its_end(store, writer):
    writer.write(talks(published=month(2024, 5)))
    assert store.view(published_until=date(2024, 5, 30)).documents() == ()
    assert len(store.view(published_until=date(2024, 5, 31)).documents()) == 1


def test_a_page_dated_to_the_month_it_was_received_in_was_published_by_then(store, writer):
    writer.write(talks(published=month(2024, 6), received=datetime(2024, 6, 9, tzinfo=UTC)))
    assert store.view(published_until=date(2024, 6, 8)).documents() == ()
    assert len(store.view(published_until=date(2024, 6, 9)).documents()) == 1


def test_a_reread_page_shows_the_newest_reading_and_keeps_the_old_one(store, writer):
    writer.write(talks())
    before = store.view().documents()[0].first_seen
    again = replace(talks(coder="coder-2"), records=talks(coder="coder-2").records[:1])
    assert writer.write(again) == "reread"
    assert len(list(store.view().records())) == 1
    assert len(list(store.view(held_at=before).records())) == 2


def test_a_record_whose_quote_is_not_the_text_is_left_out_and_said(store, writer):
    good = talks()
    bad = replace(good.records[0], evidence=(replace(good.records[0].evidence[0], quote="Envoys of France"),))
    writer.write(replace(good, records=(bad, good.records[1])))
    view = store.view()
    assert [record.kind for record in view.records()] == ["statement"]
    assert [(issue.reason, issue.severity) for issue in view.issues()] == [(Reason.QUOTE_MISMATCH, "part")]


def test_a_record_without_evidence_is_left_out_and_said(store, writer):
    good = talks()
    writer.write(replace(good, records=(replace(good.records[0], evidence=()), good.records[1])))
    assert [record.kind for record in store.view().records()] == ["statement"]
    assert len(store.view().issues()) == 1


def test_the_content_of_a_statement_is_held_against_the_text_too(store, writer):
    good = talks()
    forged = replace(
        good.records[1], content=(quote(TALKS, "Seoul said"), replace(quote(TALKS, "the"), start=1))
    )
    writer.write(replace(good, records=(good.records[0], forged)))
    assert [record.kind for record in store.view().records()] == ["mention"]


def test_records_without_keys_get_them(store, writer):
    bare = replace(talks(), records=tuple(replace(r, key="", id="") for r in talks().records))
    writer.write(bare)
    assert [record.key for record in store.view().records()] == [record.key for record in talks().records]


def test_an_unreadable_page_is_a_document_with_an_issue(store, writer):
    source = page("https://example.org/broken", "")
    issue = Issue(Reason.EMPTY, source.address, "nothing in it")
    broken = replace(talks(), page=source, document="", rendition=None, records=(), issues=(issue,))
    assert writer.write(broken) == "new"
    assert writer.write(broken) == "unchanged"
    assert [held.address for held in store.view().documents()] == [source.address]
    assert [(i.reason, i.document) for i in store.view().issues()] == [
        (Reason.EMPTY, document_id(source.address))
    ]


def test_issues_of_an_old_reading_end_with_the_next(store, writer):
    issue = Issue(Reason.AMBIGUOUS_DATE, talks().page.address, "03/04/2024", severity="note")
    writer.write(replace(talks(), issues=(issue,)))
    assert len(store.view().issues()) == 1
    writer.write(talks(coder="coder-2"))
    assert store.view().issues() == ()


def test_a_trouble_without_a_page_is_kept_once_and_ends_when_the_page_is_read(store, writer):
    issue = Issue(Reason.UNREACHABLE, talks().page.address, "no answer")
    writer.write_issue(issue)
    writer.write_issue(issue)
    assert [one.reason for one in store.view().issues()] == [Reason.UNREACHABLE]
    writer.write(talks())
    assert store.view().issues() == ()


def test_a_vanished_page_is_marked_until_it_is_seen_again(store, writer):
    writer.write(talks())
    writer.vanished(talks().page.address)
    gone = store.view().documents()[0].vanished
    assert gone is not None
    assert list(store.view().records()) == list(talks().records)
    assert writer.write(talks()) == "unchanged"
    assert store.view().documents()[0].vanished is None
    assert store.view(held_at=gone).documents()[0].vanished == gone


def test_a_page_out_of_reach_is_read_again_to_end_the_trouble(store, writer):
    writer.write(talks())
    writer.write_issue(Issue(Reason.TIMEOUT, talks().page.address))
    assert not writer.knows(talks().page, CODER)
    assert writer.write(talks()) == "unchanged"
    assert writer.knows(talks().page, CODER)
    assert store.view().issues() == ()
    writer.write_issue(Issue(Reason.TIMEOUT, talks().page.address))
    assert [issue.reason for issue in store.view().issues()] == [Reason.TIMEOUT]


def test_every_version_of_a_page_can_be_read_again(store, writer):
    writer.write(talks())
    writer.write(reading(talks().page.address, TALKS + " Corrected."))
    assert [one.content for one in store.view().pages(talks().document)] == [
        TALKS.encode(),
        f"{TALKS} Corrected.".encode(),
    ]


def test_an_address_never_read_cannot_vanish(writer):
    with pytest.raises(UsageError, match="no page of"):
        writer.vanished("https://example.org/never")


def test_odd_code_points_survive(store, writer):
    text = "Envoys met \x00 in \ud800 the 회담 hall \U0001f54a today."
    odd = reading(
        "https://example.org/o\x00dd", text, [mention(text, "met \x00 in \ud800 the 회담 hall \U0001f54a")]
    )
    assert writer.write(odd) == "new"
    assert writer.write(odd) == "unchanged"
    assert list(store.view().records()) == list(odd.records)
    assert store.view().rendition(odd.rendition.id).text == text


def test_another_text_under_a_known_name_is_told_apart(store, writer):
    first = talks()
    writer.write(first)
    text = "Page 1. " + TALKS
    other = reading(
        first.page.address, TALKS, [mention(text, "Envoys of Russia")], coder="coder-2", rendered=text
    )
    assert other.rendition.id == first.rendition.id
    writer.write(other)
    (record,) = store.view().records()
    named = record.evidence[0].rendition
    assert named != first.rendition.id
    assert store.view().rendition(named).text == text
    assert store.view().rendition(first.rendition.id).text == TALKS
