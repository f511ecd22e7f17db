"""The whole path: text in, records out, and what happens when a step of it fails."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest

import detente
from detente import pipeline
from detente.language.frames import ParsedText
from detente.model.documents import Page
from detente.model.events import EventType
from detente.model.issues import Reason
from detente.model.records import Record
from detente.parallel import read_pages

TEXT = "Russia vetoed a draft resolution of the United Nations Security Council on March 28, 2024."


class Broken:
    name = "broken"

    def code(self, text: ParsedText) -> Iterable[Record]:
        raise ValueError("no sense in this")


def page(name: str, content: bytes, media_type: str = "text/plain") -> Page:
    return Page(f"https://harbour.example/{name}", content, media_type, datetime(2024, 4, 1, tzinfo=UTC))


def test_the_python_door_gives_events_with_exact_quotes() -> None:
    reading = detente.read_text(TEXT, published=date(2024, 3, 29))
    (event,) = reading.events
    assert event.event_type is EventType.REJECT
    evidence = event.mentions[0].evidence[0]
    assert TEXT[evidence.start : evidence.end] == evidence.quote


def test_offsets_count_code_points_of_the_text_as_given() -> None:
    text = "\u202f\U0001f30d\r\n\r\n   " + TEXT
    reading = detente.read_text(text, published=date(2024, 3, 29))
    assert reading.records
    for record in reading.records:
        for evidence in record.evidence:
            assert text[evidence.start : evidence.end] == evidence.quote


def test_a_broken_finder_costs_none_of_what_the_others_find(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = detente.read_text(TEXT).records
    monkeypatch.setattr(pipeline, "plugged_in", lambda: (Broken(),))
    reading = detente.read_text(TEXT)
    assert len(reading.records) == len(whole)
    assert [issue.reason for issue in reading.issues] == [Reason.READER_FAILED]


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "\ud800", "?" * 5000, "Kim " * 3000, "«»“”\n" * 500])
def test_odd_text_gives_no_error_and_no_records(text: str) -> None:
    reading = detente.read_text(text)
    assert (reading.records, reading.issues) == ((), ())


def test_pages_read_on_two_processes_come_in_order_and_alike() -> None:
    pages = [page(f"p{n}", f"{TEXT} Note {n}.".encode()) for n in range(20)]
    alone = [(r.page.address, r.records) for r in read_pages(pages, processes=1)]
    together = [(r.page.address, r.records) for r in read_pages(pages, processes=2)]
    assert together == alone


def test_a_page_that_cannot_be_read_keeps_its_place_and_says_why() -> None:
    pages = [page("a", TEXT.encode()), page("b", b""), page("c", TEXT.encode())]
    readings = list(read_pages(pages, processes=1))
    assert [bool(reading.records) for reading in readings] == [True, False, True]
    assert [issue.reason for issue in readings[1].issues] == [Reason.EMPTY]


def test_the_same_text_read_twice_has_the_same_keys() -> None:
    first, second = detente.read_text(TEXT), detente.read_text(TEXT)
    assert [record.key for record in first.records] == [record.key for record in second.records]
