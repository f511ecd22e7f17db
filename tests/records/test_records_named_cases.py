"""The cases every analyst asks for first, each in two wordings."""

from __future__ import annotations

import pytest

from detente.model.records import Kind


@pytest.mark.parametrize(
    "text",
    [
        "The Security Council on Thursday adopted the resolution by 10 votes to 0, with 5 abstentions.",
        "By a vote of 10 in favour to none against, with 5 abstentions (Brazil, China, Germany, India, Russia), "
        "the Council adopted resolution 1973.",
    ],
)
def test_ten_to_nought_with_five_abstentions_is_adopted(find, text):
    (vote,) = find(text, Kind.VOTE)
    assert (vote.tally.for_, vote.tally.against, vote.tally.abstain) == (10, 0, 5)
    assert vote.outcome == "adopted"


@pytest.mark.parametrize(
    "text",
    [
        "Russia and China vetoed a draft resolution on Syria in the Security Council on Tuesday.",
        "A draft was vetoed on Tuesday by two permanent members of the Security Council, Russia and China.",
        "The draft failed after Russia and China cast vetoes on Saturday; 13 members of the Security Council "
        "had voted in favour.",
    ],
)
def test_a_veto_may_be_of_two(find, text):
    (vote,) = find(text, Kind.VOTE)
    assert vote.outcome == "vetoed"
    assert {party.state for party in vote.veto_by} == {"RUS", "CHN"}


def test_a_term_that_ended_early_keeps_both_ends(find):
    (tenure,) = find(
        "Shinzo Abe, whose term was to run until September 2021, resigned as prime minister of Japan "
        "on 16 September 2020.",
        Kind.TENURE,
    )
    assert (tenure.scheduled_end.edtf, tenure.actual_end.edtf) == ("2021-09", "2020-09-16")


def test_a_percentage_has_its_base(find):
    (figure,) = find("China accounts for 62 percent of Iran's oil exports.", Kind.FIGURE)
    assert (figure.amount.low, figure.base) == (62, "Iran's oil exports")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Between 10,000 and 12,000 North Korean soldiers are in Russia, Seoul estimated.", 10_000, 12_000),
        ("Western officials put the number of Russian dead at 70,000 to 100,000.", 70_000, 100_000),
    ],
)
def test_an_estimate_may_be_a_range(find, text, low, high):
    (figure,) = find(text, Kind.FIGURE)
    assert (figure.amount.low, figure.amount.high) == (low, high)


def test_a_place_is_not_what_a_number_is_put_at(find):
    assert find("Officials put the files at 10 Downing Street.", Kind.FIGURE) == []


def test_a_treaty_signed_and_not_ratified_is_signed(find):
    (treaty,) = find(
        "Armenia and Azerbaijan signed a peace treaty on Friday, but neither parliament has ratified it yet.",
        Kind.AGREEMENT,
    )
    assert treaty.state == "signed"
