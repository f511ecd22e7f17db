"""The many wordings of one kind of act: each is read, and its near miss is not."""

from __future__ import annotations

from datetime import date

import pytest

from detente.model.dates import day
from detente.model.records import Kind
from detente.records.results import listed_results
from detente.records.timing import after_term


def edtf(dated):
    return dated.edtf if dated else None


@pytest.mark.parametrize(
    ("text", "counts", "outcome"),
    [
        ("Peru's Congress voted 101-6 on Friday to remove the president.", (101, 6, None), "adopted"),
        ("The bill was carried in Norway's parliament by 90 ayes to 79 noes.", (90, 79, None), "adopted"),
        (
            "With ten votes for and none against, the Security Council adopted Resolution 1973.",
            (10, 0, None),
            "adopted",
        ),
    ],
)
def test_a_vote_of_any_chamber_has_its_counts(find, text, counts, outcome):
    (vote,) = find(text, Kind.VOTE)
    assert (vote.tally.for_, vote.tally.against, vote.tally.abstain) == counts
    assert vote.outcome == outcome


@pytest.mark.parametrize(
    "text",
    [
        "Peru's Congress may vote on Friday to remove the president.",
        "Norway won 10 games to 6 against Sweden.",
        "Norway's parliament opposed the war for years.",
    ],
)
def test_a_possible_vote_and_a_score_are_no_votes(find, text):
    assert find(text, Kind.VOTE) == []


def test_only_those_who_are_named_voted_against(find):
    (vote,) = find(
        "The General Assembly adopted the resolution with 141 votes in favour, only Belarus and Russia voting against.",
        Kind.VOTE,
    )
    assert vote.tally.against == 2


@pytest.mark.parametrize(
    ("text", "state", "target"),
    [
        ("China prohibited on Tuesday the export of gallium to the United States.", "imposed", "USA"),
        ("The UN sanctions on Iran came back on Friday.", "imposed", "IRN"),
        ("India said it would lift its tariffs on China from 1 July.", "lifted", "CHN"),
        ("Washington hit Iran with sanctions on Friday.", "imposed", "IRN"),
    ],
)
def test_a_measure_is_known_by_what_is_forbidden_returns_or_is_announced_for_a_day(find, text, state, target):
    (measure,) = find(text, Kind.MEASURE)
    assert measure.state == state
    assert target in {party.state for party in measure.target}


@pytest.mark.parametrize(
    "text",
    [
        "China may prohibit the export of gallium to the United States.",
        "Analysts said India would lift its tariffs on China.",
        "Norway suspended its minister on Friday.",
        "Norway stopped the match on Friday.",
    ],
)
def test_a_guess_or_a_ban_on_nobody_is_no_measure(find, text):
    assert find(text, Kind.MEASURE) == []


def test_a_measure_for_six_months_ends_six_months_on(find):
    (measure,) = find(
        "The United States on 18 October 2024 eased its sanctions on Venezuela for six months.", Kind.MEASURE
    )
    assert (edtf(measure.effective), edtf(measure.scheduled_end)) == ("2024-10-18", "2025-04-18")


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("for six months", date(2024, 8, 31), "2025-02-28"),
        ("by a further year", date(2024, 2, 29), "2025-02-28"),
        ("for 90 days", date(2024, 1, 1), "2024-03-31"),
        ("for two weeks", date(2024, 1, 1), "2024-01-15"),
        ("for good", date(2024, 1, 1), None),
    ],
)
def test_a_term_told_as_a_length_ends_that_much_later(words, first, last):
    assert edtf(after_term(words, day(first))) == last


def test_a_length_without_a_first_day_has_no_end():
    assert after_term("for six months", None) is None


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Armenia and Azerbaijan initialled a peace treaty on Friday.", "negotiated"),
        ("Russia suspended its participation in New START on Tuesday.", "suspended"),
        ("Washington withdrew from the Open Skies Treaty on Sunday.", "denounced"),
        ("Talks between Vladimir Putin and Donald Trump ended without a deal on Friday.", "none_reached"),
    ],
)
def test_an_agreement_has_the_state_its_verb_gives(find, text, state):
    assert [record.state for record in find(text, Kind.AGREEMENT)] == [state]


@pytest.mark.parametrize(
    "text",
    [
        "Armenia left the room on Friday.",
        "Russia ended the deal of the day.",
        "Putin and Trump ended their talks without a word.",
    ],
)
def test_what_is_left_or_ended_is_not_always_an_agreement(find, text):
    assert find(text, Kind.AGREEMENT) == []


@pytest.mark.parametrize(
    ("text", "state", "end"),
    [
        ("The mandate of UNIFIL was extended on Thursday until 31 December 2026.", "extended", "2026-12-31"),
        ("The UN mission in Kosovo continues until 14 June 2027.", "in_force", "2027-06-14"),
        ("The Council on 2 June approved a mission to Haiti for twelve months.", "created", "2026-06-02"),
    ],
)
def test_a_mandate_has_its_state_and_its_end(find, text, state, end):
    (mandate,) = find(text, Kind.MANDATE)
    assert (mandate.state, edtf(mandate.scheduled_end)) == (state, end)


@pytest.mark.parametrize(
    ("text", "state", "begins", "scheduled", "actual"),
    [
        ("Emmanuel Macron, president of France since May 2017, spoke.", "holds", "2017-05", None, None),
        (
            "Congress removed Pedro Castillo from the presidency on 7 December 2022.",
            "removed",
            None,
            None,
            "2022-12-07",
        ),
        (
            "Dina Boluarte was sworn in on 7 December 2022 as president until July 2026.",
            "appointed",
            "2022-12-07",
            "2026-07",
            None,
        ),
    ],
)
def test_a_term_has_its_start_and_its_ends_apart(find, text, state, begins, scheduled, actual):
    (tenure,) = find(text, Kind.TENURE)
    found = (edtf(tenure.begins), edtf(tenure.scheduled_end), edtf(tenure.actual_end))
    assert (tenure.state, *found) == (state, begins, scheduled, actual)


@pytest.mark.parametrize(
    ("said", "results"),
    [
        (
            "The CDU came first on 28.5 percent, with the SPD on 16.4.",
            [("CDU", 28.5, None), ("SPD", 16.4, None)],
        ),
        (
            "The ANC fell to 159 of the 400 seats, ahead of the DA on 87.",
            [("ANC", 159, 400), ("DA", 87, 400)],
        ),
        ("The ANC won 40.2 percent and 159 of the 400 seats.", [("ANC", 40.2, None), ("ANC", 159, 400)]),
        ("The CDU met on May 4 for the 28th time.", []),
        ("The CDU has been in power for 16 years.", []),
    ],
)
def test_results_are_read_from_lists(said, results):
    assert [(one.party, one.won, one.total) for one in listed_results(said)] == results


def test_seats_alone_tell_an_election(find):
    (election,) = find(
        "The BDP hung on to 4 of the 61 seats in the National Assembly of Botswana on 30 October 2024.",
        Kind.ELECTION,
    )
    assert (election.polity, edtf(election.held)) == ("BWA", "2024-10-30")


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Iran denied that it had delivered drones to Russia.", "denied"),
        ("Donald Trump said the United States would sell fighters to Saudi Arabia.", "planned"),
        ("China buys oil from Iran.", "ongoing"),
        ("North Korea is presumed to have supplied Russia with shells.", "presumed"),
    ],
)
def test_each_leg_of_an_exchange_has_its_own_certainty(find, text, certainty):
    assert [flow.certainty for flow in find(text, Kind.FLOW)] == [certainty]


def test_a_people_is_counted_like_people(find):
    (figure,) = find("Chad was giving shelter to at least 700,000 Sudanese.", Kind.FIGURE)
    assert (figure.amount.low, figure.amount.high, figure.amount.unit) == (700_000, None, "people")
