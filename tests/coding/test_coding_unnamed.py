"""Who has no name in the codebook is a party where the text makes one of them; things and places are none."""

from __future__ import annotations

import pytest

from detente.coding.parties import Parties


def parties(parsed, sentence):
    first = parsed(sentence).sentences[0]
    found = Parties(first)
    return [(p.text, p.state, p.sector) for token in first.span for p in found.of([token]) if p.id is None]


@pytest.mark.parametrize(
    ("sentence", "party"),
    [
        ("Riot police beat protesters.", ("Riot police", None, "COP")),
        ("Riot police beat protesters.", ("protesters", None, "OPP")),
        ("Thousands of teachers marched in Lima.", ("Thousands of teachers", None, "LAB")),
        ("Police arrested a blogger in Minsk.", ("Police", "BLR", "COP")),
    ],
)
def test_a_noun_for_people_or_officials_is_a_party(parsed, sentence, party):
    assert party in parties(parsed, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge was bombed on Monday.",
        "Forces of the country held a drill.",
        "It fired its leaders.",
    ],
)
def test_things_and_what_belongs_to_somebody_told_before_are_none(parsed, sentence):
    assert parties(parsed, sentence) == []


@pytest.mark.parametrize("when", ["Thursday", "Monday", "July", "Sept"])
def test_a_day_or_month_without_a_date_is_no_party(lines, when):
    assert lines(f"Japan imposed sanctions on {when} on Russia.") == ["SANCTION - done JPN>RUS"]


def test_entities_are_a_party(lines):
    assert lines("Japan imposed sanctions on five entities on Monday.") == [
        "SANCTION - done JPN>five entities"
    ]
