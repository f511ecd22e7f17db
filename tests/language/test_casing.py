"""Headlines in title case are parsed as sentences, and shown as they stand."""

from __future__ import annotations

import pytest

from detente.coded import code_line
from detente.language.casing import sentence_case


@pytest.mark.parametrize(
    ("headline", "parsed"),
    [
        ("North Korean Science Delegation Visits Russia", "North Korean science delegation visits Russia"),
        ("White House Says Kim Jong Un May Meet Putin", "White House says Kim Jong Un may meet Putin"),
        ("Putin Sent Letters to Xi in May 2024", "Putin sent letters to Xi in May 2024"),
        ("Kozhemyako Opens Khasan Crossing With China", "Kozhemyako opens Khasan crossing with China"),
    ],
)
def test_common_words_of_a_headline_lose_their_capitals(headline, parsed):
    assert sentence_case(headline) == parsed


@pytest.mark.parametrize(
    "line",
    [
        "Russia sent grain to North Korea in March 2024",
        "The Foreign Minister Met His Counterpart.",
        "KIM JONG UN RECEIVES LETTER",
        "",
    ],
)
def test_other_lines_stay_as_they_are(line):
    assert sentence_case(line) == line


def test_a_party_of_a_headline_is_quoted_as_it_stands():
    row = code_line(
        '{"id": "1", "text": "North Korean Science Delegation Visits Russia", "published": "2024-05-13"}'
    )
    (event,) = row["events"]
    assert event["actor"][0]["text"] == "North Korean Science Delegation"
