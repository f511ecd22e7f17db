"""Dates in running text: what they resolve to, and what is no date."""

from __future__ import annotations

from datetime import date

import pytest
from edtf import parse_edtf

from detente.language.dates import DateContext, find_dates
from detente.model.dates import Basis, Dated, day

PUBLISHED = date(2024, 4, 11)  # a Thursday


def read(
    text: str, published: date | None = PUBLISHED, context: DateContext | None = None
) -> list[tuple[str, str]]:
    publication = day(published, basis=Basis.METADATA) if published else None
    mentions = find_dates(text, 0, published=publication, context=context or DateContext())
    return [(mention.text, mention.date.edtf) for mention in mentions]


ANSWERS = [
    ("The ship left on 2024-03-05.", [("2024-03-05", "2024-03-05")]),
    ("The council met on March 28.", [("March 28", "2024-03-28")]),
    ("The council met on 28 March 2024.", [("28 March 2024", "2024-03-28")]),
    ("It met on Mar. 28, 2024 again.", [("Mar. 28, 2024", "2024-03-28")]),
    ("The vote of the 3rd of September, 2021 stands.", [("3rd of September, 2021", "2021-09-03")]),
    ("Signed 25.12.2023 in two copies.", [("25.12.2023", "2023-12-25")]),
    ("Filed 25/12/2023 at noon.", [("25/12/2023", "2023-12-25")]),
    ("Filed 04/05/2024 at noon.", [("04/05/2024", "[2024-04-05,2024-05-04]")]),
    ("Filed 11/04/2024 at noon.", [("11/04/2024", "2024-04-11")]),
    ("the September 2023 summit", [("September 2023", "2023-09")]),
    ("Polls open April 5-6.", [("April 5-6", "2024-04-05/2024-04-06")]),
    ("The March 15-17 vote", [("March 15-17", "2024-03-15/2024-03-17")]),
    ("The fair ran from March 30 to April 2.", [("March 30 to April 2", "2024-03-30/2024-04-02")]),
    ("between October and November 2023", [("October and November 2023", "2023-10/2023-11")]),
    ("27 letters in 2018-2019", [("2018-2019", "2018/2019")]),
    ("He rules until 2030.", [("2030", "2030")]),
    ("The pact of 1953 and the 1961 treaty", [("1953", "1953"), ("1961", "1961")]),
    ("It ends at the end of April 2024.", [("the end of April 2024", "2024-04-30~")]),
    ("The first half of 2024 was calm.", [("first half of 2024", "[2024-01-01..2024-06-30]")]),
    ("in the second quarter of 2023", [("the second quarter of 2023", "[2023-04-01..2023-06-30]")]),
    ("in the 1990s", [("the 1990s", "199X")]),
    ("In the early 1990s", [("the early 1990s", "[1990-01-01..1993-12-31]")]),
    ("in early 2023", [("early 2023", "[2023-01-01..2023-04-30]")]),
    ("in the summer of 2023", [("summer of 2023", "2023-22")]),
    ("on January 1, Juche 113 (2024)", [("January 1, Juche 113 (2024)", "2024-01-01")]),
    ("built in November Juche 111 (2022)", [("November Juche 111 (2022)", "2022-11")]),
    ("at the session in December three years ago", [("December three years ago", "2021-12")]),
    ("in Juche 112", [("Juche 112", "2023")]),
    ("They spoke on Tuesday.", [("Tuesday", "2024-04-09")]),
    ("They spoke on Thursday.", [("Thursday", "2024-04-11")]),
    ("They spoke last Thursday.", [("last Thursday", "2024-04-04")]),
    ("They meet next Tuesday.", [("next Tuesday", "2024-04-16")]),
    ("They will meet on Tuesday.", [("Tuesday", "2024-04-16")]),
    ("It came yesterday.", [("yesterday", "2024-04-10")]),
    ("It came three days ago.", [("three days ago", "2024-04-08")]),
    ("It began two years ago.", [("two years ago", "2022~")]),
    ("It began nearly two years ago.", [("nearly two years ago", "2022~")]),
    ("early this month", [("early this month", "[2024-04-01..2024-04-10]")]),
    ("earlier this year", [("earlier this year", "[2024-01-01..2024-04-11]")]),
    ("later this month", [("later this month", "[2024-04-11..2024-04-30]")]),
    ("last week", [("last week", "[2024-04-01..2024-04-07]")]),
    ("It flew over the weekend.", [("over the weekend", "[2024-04-06..2024-04-07]")]),
    ("They met last weekend.", [("last weekend", "[2024-04-06..2024-04-07]")]),
    ("They will meet at the weekend.", [("at the weekend", "[2024-04-13..2024-04-14]")]),
    ("A weekend is short.", []),
    ("last month", [("last month", "2024-03")]),
    ("last year", [("last year", "2023")]),
    ("last October", [("last October", "2023-10")]),
    ("In October last year", [("October last year", "2023-10")]),
    ("next November", [("next November", "2024-11")]),
    ("The test came in May.", [("May", "2023-05")]),
    ("He will travel in May.", [("May", "2024-05")]),
    ("The test came in February.", [("February", "2024-02")]),
    ("in late August", [("late August", "[2023-08-21..2023-08-31]")]),
    ("by the end of the decade", [("the end of the decade", "[2029-01-01..2030-12-31]")]),
    ("twice in the past week", [("the past week", "2024-04-04/2024-04-11")]),
    (
        "The chamber, which will sit again next week, voted on Tuesday.",
        [("next week", "[2024-04-15..2024-04-21]"), ("Tuesday", "2024-04-09")],
    ),
    ("The envoy will leave for talks on Tuesday.", [("Tuesday", "2024-04-16")]),
    (
        "It opened on March 8 and closed the next day.",
        [("March 8", "2024-03-08"), ("the next day", "2024-03-09")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ANSWERS)
def test_dates_are_found_and_resolved(text, expected):
    assert read(text) == expected


NEAR_MISSES = [
    "The party won 161/254 seats and 176/300 in all.",
    "After 9/11 the law changed.",
    "It marked the 80th anniversary of the party.",
    "Resolution 2397 and the 1718 Committee",
    "They may march in august company.",
    "Prime Minister Theresa May said so.",
    "in the near future",
    "in recent years",
    "They sent 2,000 troops and 1950 shells.",
    "Some 31.28 percent voted, 24/7.",
    "The Sunday Times reported it.",
    "The crisis recalled Bloody Sunday.",
    "The second man and the first quarter mile",
    "On 2024-13-45 nothing happened.",
    "February 30 is no day.",
    "in 1950 people",
    "before May Day",
    "The February 8 Youth Coal Mine produced more.",
]


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_what_only_looks_like_a_date_is_left_out(text):
    assert read(text) == []


@pytest.mark.parametrize(
    "text", ["on Tuesday", "yesterday", "last week", "last October", "two years ago", "in May"]
)
def test_relative_words_stay_open_without_publication(text):
    assert read(text, None) == []


def test_month_and_day_without_any_year_keep_the_year_open():
    (mention,) = find_dates("Talks on September 3 failed.", 0, published=None, context=DateContext())
    assert (mention.date.edtf, mention.date.lo, mention.date.hi) == ("XXXX-09-03", None, None)


def test_anniversary_dates_a_text_without_publication():
    text = (
        "Guests came to the 80th anniversary of China's Victory Day on September 3. Troops left last October."
    )
    assert read(text, None) == [("September 3", "2025-09-03?"), ("last October", "2024-10?")]


def test_year_just_spoken_of_dates_the_month_after_it():
    text = "Three launches were promised for last year. After a failure in May nothing followed."
    assert read(text, date(2025, 9, 9)) == [("last year", "2024"), ("May", "2024-05")]


def test_story_told_dates_the_days_near_it():
    text = "On September 13, 2023 the two met. On September 17 the train left."
    assert read(text, date(2025, 2, 1)) == [
        ("September 13, 2023", "2023-09-13"),
        ("September 17", "2023-09-17"),
    ]


def test_day_just_before_publication_is_news_and_not_of_the_year_spoken_of():
    text = "The ban of 2020 was lifted. In 2020 it began. On September 18 it ended."
    assert read(text, date(2024, 9, 24))[-1] == ("September 18", "2024-09-18")


def test_date_in_the_future_does_not_pull_the_past_with_it():
    text = "He stays until January 2025. The March 15-17 vote was his."
    assert read(text)[1] == ("March 15-17", "2024-03-15/2024-03-17")


def test_context_carries_over_blocks():
    context = DateContext()
    publication = day(date(2025, 2, 1))
    find_dates("On September 13, 2023 the two met.", 0, published=publication, context=context)
    (mention,) = find_dates("On September 17 they left.", 40, published=publication, context=context)
    assert mention.date.edtf == "2023-09-17"


def test_offsets_index_the_rendition_and_exclude_the_preposition():
    (mention,) = find_dates("since 2011", 100, published=None, context=DateContext())
    assert (mention.start, mention.end, mention.text) == (106, 110, "2011")


def test_published_month_leaves_weekdays_open_but_gives_the_year():
    publication = Dated("2024-04", date(2024, 4, 1), date(2024, 4, 30))
    found = find_dates("on Tuesday, last year", 0, published=publication, context=DateContext())
    assert [mention.date.edtf for mention in found] == ["2023"]


def test_basis_tells_written_years_from_inferred_ones():
    found = find_dates("May 2, 2023 and March 5", 0, published=day(PUBLISHED), context=DateContext())
    assert [mention.date.basis for mention in found] == [Basis.TEXT, Basis.RELATIVE]


@pytest.mark.parametrize("text", [text for text, _ in ANSWERS] + ["on September 3"])
@pytest.mark.parametrize(
    "published", [PUBLISHED, date(2023, 12, 31), date(1, 1, 1), date(9999, 12, 31), None]
)
def test_every_date_is_valid_edtf(text, published):
    assert all(parse_edtf(edtf) for _, edtf in read(text, published))


@pytest.mark.parametrize(
    "text", ["", "0" * 5000, "May " * 2000, "1-2-3/4/5 " * 500, "2024" * 900, "\x00on\x00 March 5"]
)
def test_odd_text_neither_raises_nor_hangs(text):
    assert all(words for words, _ in read(text))
