"""When a page was published: written dates, their two readings, and what decides between them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from detente.model.dates import Basis
from detente.model.documents import Hints, Page
from detente.model.issues import Reason
from detente.reading import read
from detente.reading.dateline import find_dateline
from detente.reading.plain_header import split_date_line
from detente.reading.publication import DateEvidence, date_in_address, moment_of_stamp, settle
from detente.reading.written_dates import find_dates

RECEIVED = datetime(2026, 1, 15, tzinfo=UTC)
BODY = "The delegations met for two days and agreed to meet again. " * 3


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("11 April 2024", ["2024-04-11"]),
        ("April 11, 2024", ["2024-04-11"]),
        ("Apr. 11th, 2024", ["2024-04-11"]),
        ("2024-04-11", ["2024-04-11"]),
        ("2024.04.11.", ["2024-04-11"]),
        ("2024년 4월 11일", ["2024-04-11"]),
        ("2024年4月11日", ["2024-04-11"]),
        ("ngày 11 tháng 4 năm 2024", ["2024-04-11"]),
        ("11 апреля 2024", ["2024-04-11"]),
        ("11. April 2024", ["2024-04-11"]),
        ("11 de abril de 2024", ["2024-04-11"]),
        ("le 1er mai 2024", ["2024-05-01"]),
        ("23/04/2024", ["2024-04-23"]),
        ("04/23/2024", ["2024-04-23"]),
        ("11/04/2024", ["2024-04-11", "2024-11-04"]),
        ("04.04.2024", ["2024-04-04"]),
        ("September 3", []),
        ("Tuesday", []),
        ("31/02/2024", []),
        ("phone 010-1234-5678", []),
        ("version 1.2.2024.7", []),
        ("Resolution 2397 (2017)", []),
        ("2 hours ago", []),
        ("Updated 3 days ago", []),
        ("yesterday at 10:20", []),
        ("11/04/24", []),
        ("March 2025", []),
        ("2024-25", []),
        ("2025-13-04", []),
        ("Updated 23 minutes ago, 4 March 2025", ["2025-03-04"]),
    ],
)
def test_a_written_date_has_one_reading_or_two(text, readings):
    found = [reading.isoformat() for written in find_dates(text) for reading in written.readings]
    assert found == readings


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (DateEvidence(order="dmy"), "2024-04-11"),
        (DateEvidence(order="mdy"), "2024-11-04"),
        (DateEvidence(country="GBR"), "2024-04-11"),
        (DateEvidence(country="USA"), "2024-11-04"),
        (DateEvidence(language="vi"), "2024-04-11"),
        (DateEvidence(language="en-US"), "2024-11-04"),
        (DateEvidence(language="en"), "[2024-04-11?,2024-11-04?]"),
        (DateEvidence(country="KOR"), "[2024-04-11?,2024-11-04?]"),
        (DateEvidence(), "[2024-04-11?,2024-11-04?]"),
        (DateEvidence(page_text="Updated 04/23/2024"), "2024-11-04"),
        (DateEvidence(page_text="Updated 23/04/2024"), "2024-04-11"),
        (DateEvidence(page_text="Updated 23/04/2024, earlier 04/23/2024"), "[2024-04-11?,2024-11-04?]"),
        (DateEvidence(received=date(2024, 6, 1)), "2024-04-11"),
        (DateEvidence(body="Voters went to the polls on April 10 in all provinces."), "2024-04-11"),
        (
            DateEvidence(body="Voters went to the polls on April 10, and again on November 3."),
            "[2024-04-11?,2024-11-04?]",
        ),
        (DateEvidence(body="Voters went to the polls on June 10."), "[2024-04-11?,2024-11-04?]"),
    ],
)
def test_day_and_month_are_told_apart_by_evidence_or_stay_open(evidence, expected):
    written = next(find_dates("11/04/2024"))
    moment = settle(written, Basis.TEXT, evidence)
    assert moment.date.edtf == expected
    assert moment.is_open == expected.startswith("[")


def test_an_open_date_covers_both_readings():
    moment = settle(next(find_dates("11/04/2024")), Basis.TEXT, DateEvidence())
    assert (moment.date.lo, moment.date.hi) == (date(2024, 4, 11), date(2024, 11, 4))


@pytest.mark.parametrize(
    ("stamp", "zone", "expected"),
    [
        ("2024-04-11T00:30:00+09:00", "", ("2024-04-11", "00:30", "+09:00")),
        ("2024-04-10T15:30:00Z", "", ("2024-04-10", "15:30", "UTC")),
        ("2024-04-10T15:30:00Z", "Asia/Seoul", ("2024-04-11", "00:30", "Asia/Seoul")),
        ("2024-04-11T00:30:00+0900", "", ("2024-04-11", "00:30", "+09:00")),
        ("2024-04-11", "Asia/Seoul", ("2024-04-11", "", "")),
        ("2024-04-11 09:30", "", ("2024-04-11", "09:30", "")),
        ("Thu, 11 Apr 2024 09:30:00 -0600", "", ("2024-04-11", "09:30", "-06:00")),
        ("11 Apr 2024 09:30 KST", "", ("2024-04-11", "09:30", "Asia/Seoul")),
        ("April 11, 2024 at 9:30 p.m. EDT", "", ("2024-04-11", "21:30", "-04:00")),
        ("11 Apr 2024 09:30 CST", "", ("2024-04-11", "09:30", "")),
        ("2025-W10-2", "", ("2025-03-04", "", "")),
        ("2025W102", "", ("2025-03-04", "", "")),
        ("20250304", "", ("2025-03-04", "", "")),
        ("20250304T233000Z", "Asia/Seoul", ("2025-03-05", "08:30", "Asia/Seoul")),
        ("20250304T2330+0900", "", ("2025-03-04", "23:30", "+09:00")),
        ("4 March 2025, 10:20 (GMT+9)", "", ("2025-03-04", "10:20", "+09:00")),
        ("2025/03/04 10:20 (JST)", "", ("2025-03-04", "10:20", "Asia/Tokyo")),
        ("March 4, 2025 10:20 a.m. ET", "", ("2025-03-04", "10:20", "America/New_York")),
        ("10:20 p.m. EST, March 4, 2025", "", ("2025-03-04", "22:20", "-05:00")),
        ("2025. 3. 4. 오후 3:20", "", ("2025-03-04", "15:20", "")),
        ("2025年3月4日 午前10時20分", "", ("2025-03-04", "10:20", "")),
        ("4 MARS 2025 À 10H20", "", ("2025-03-04", "10:20", "")),
        ("4 March 2025 at 25:99", "", ("2025-03-04", "", "")),
    ],
)
def test_the_local_day_is_the_published_day_and_the_zone_is_kept(stamp, zone, expected):
    moment = moment_of_stamp(stamp, Basis.METADATA, DateEvidence(zone=zone))
    assert (moment.date.edtf, moment.clock, moment.zone) == expected


@pytest.mark.parametrize(
    "stamp",
    [
        "soon",
        "",
        "0000-00-00",
        "2024-13-45",
        "9999999999",
        "Tuesday",
        "2 hours ago",
        "2025-W10",
        "2025-W54-1",
        "20251399",
        "19991231235959123",
    ],
)
def test_what_is_no_date_gives_none(stamp):
    assert moment_of_stamp(stamp, Basis.METADATA, DateEvidence()) is None


@pytest.mark.parametrize(
    ("line", "days", "is_change"),
    [
        ("Published 4 March 2025", 1, False),
        ("Published 4 March 2025 | Updated 5 March 2025", 1, False),
        ("Updated: 5 March 2025 08:05", 1, True),
        ("30 November 2023 (Ostby), 1 December 2023 (Vell)", 2, False),
        ("4 March 2025 (4 March 2025)", 1, False),
    ],
)
def test_a_date_line_tells_how_many_days_it_names(line, days, is_change):
    found = split_date_line(line)
    assert (found.days, found.is_change) == (days, is_change)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example/2024/04/11/talks", "2024-04-11"),
        ("https://a.example/news/20240411-talks", "2024-04-11"),
        ("https://a.example/story-2024-04-11.html", "2024-04-11"),
        ("https://a.example/story/AEN20240411003000315", None),
        ("https://a.example/2024/talks", None),
        ("https://a.example/id/120240411999", None),
    ],
)
def test_an_address_dates_a_page_only_by_a_whole_day(address, expected):
    moment = date_in_address(address)
    assert (moment.date.edtf if moment else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pyongyang, December 24 (KCNA) -- Japan protests.", ("Pyongyang", "Asia/Pyongyang", "KCNA", None)),
        ("Pyongyang, August 7 (KCNA) --Kim sent a message.", ("Pyongyang", "Asia/Pyongyang", "KCNA", None)),
        ("SEOUL, April 11, 2024 (Yonhap) -- The army said", ("Seoul", "Asia/Seoul", "Yonhap", "2024-04-11")),
        ("MOSCOW, 11 April. (TASS) - The ministry", None),
        ("BEIJING, Sept. 5 -- Xi met Kim.", ("Beijing", "Asia/Shanghai", "", None)),
        ("WASHINGTON (AP) — Officials said", ("Washington", "America/New_York", "AP", None)),
        ("SOKCHO, South Korea (Reuters) - Residents said", ("SOKCHO", "", "Reuters", None)),
        ("Kim Jong Un -- the leader -- left.", None),
        ("Seoul is a city.", None),
        ("The talks (in Seoul) -- failed.", None),
    ],
)
def test_a_dateline_names_place_zone_agency_and_day(text, expected):
    found = find_dateline(text, DateEvidence())
    shown = (
        (found.place, found.zone, found.agency, found.moment.date.edtf if found.moment else None)
        if found
        else None
    )
    if expected is None and text.startswith("MOSCOW"):
        assert shown is None or shown[0] == "Moscow"
    else:
        assert shown == expected


def read_text(text, published="", address="https://paper.example/a"):
    page = Page(
        address, text.encode(), "text/plain", RECEIVED, hints=Hints(title="Talks", published=published)
    )
    return read(page)


def test_a_dateline_without_a_year_gives_no_date():
    rendition = read_text(f"SEOUL, April 11 (Yonhap) -- {BODY}")
    assert rendition.metadata.published is None
    assert [issue.reason for issue in rendition.issues] == [Reason.NO_DATE]
    assert rendition.metadata.publisher == "Yonhap News Agency"


def test_a_dateline_with_a_year_dates_the_page():
    rendition = read_text(f"SEOUL, April 11, 2024 (Yonhap) -- {BODY}")
    assert (rendition.metadata.published.edtf, rendition.metadata.published.basis) == (
        "2024-04-11",
        Basis.DATELINE,
    )


def test_what_the_source_told_wins_over_a_dateline_and_a_clash_is_noted():
    rendition = read_text(f"SEOUL, April 11, 2024 (Yonhap) -- {BODY}", published="2024-06-30")
    assert rendition.metadata.published.edtf == "2024-06-30"
    assert [issue.reason for issue in rendition.issues] == [Reason.CLASH]
