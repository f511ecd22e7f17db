"""Mandates, measures and agreements: what was decided, by whom, until when, and what is no decision."""

from __future__ import annotations

from datetime import date

import pytest

from detente.model.records import Kind


def ids(parties):
    return [party.id for party in parties]


@pytest.mark.parametrize(
    ("text", "sender", "target", "state"),
    [
        (
            "The United States imposed sanctions on Friday on three Chinese companies.",
            ["USA"],
            "CHN",
            "imposed",
        ),
        ("Japan lifted export controls on South Korea in March 2023.", ["JPN"], "KOR", "lifted"),
        (
            "The US and South Korea continue to impose sanctions on Pyongyang.",
            ["USA", "KOR"],
            "PRK",
            "imposed",
        ),
        (
            "Sanctions on Syria were eased by the European Union in May 2025.",
            ["european-union"],
            "SYR",
            "eased",
        ),
        ("The UN arms embargo on Iran expired in October 2020.", ["united-nations"], "IRN", "expired"),
        ("The US Treasury sanctioned two Russian banks on Monday.", ["us-treasury"], "RUS", "imposed"),
    ],
)
def test_a_measure_has_sender_target_and_state(find, text, sender, target, state):
    (measure,) = find(text, Kind.MEASURE)
    assert ids(measure.sender) == sender
    assert {party.state for party in measure.target} == {target}
    assert measure.state == state


def test_a_renewed_sanction_is_extended_until_its_new_end(find):
    (measure,) = find(
        "The European Union on January 27 extended its sanctions against Russia until July 31, 2025.",
        Kind.MEASURE,
    )
    assert (measure.state, measure.effective.edtf, measure.scheduled_end.edtf) == (
        "extended",
        "2025-01-27",
        "2025-07-31",
    )


def test_a_measure_names_because_of_whom(find):
    (measure,) = find(
        "The US sanctioned a Chinese company for helping North Korea evade sanctions.", Kind.MEASURE
    )
    assert ids(measure.because_of) == ["PRK"]


def test_whom_a_measure_serves_is_no_reason(find):
    (measure,) = find("Japan imposed sanctions on China for Taiwan.", Kind.MEASURE)
    assert measure.because_of == ()
    (measure,) = find("Japan imposed sanctions on China over Taiwan.", Kind.MEASURE)
    assert ids(measure.because_of) == ["TWN"]


@pytest.mark.parametrize(
    ("text", "voices"),
    [
        (
            "As North Korea shows more resolve, the US and Japan continue to impose sanctions on Pyongyang.",
            [],
        ),
        ("As South Korea said, the US imposed sanctions on Iran.", ["South Korea"]),
        ("South Korea said the US imposed sanctions on Iran.", ["South Korea"]),
    ],
)
def test_a_side_clause_with_words_of_its_own_does_not_speak_for_the_measure(find, text, voices):
    (measure,) = find(text, Kind.MEASURE)
    assert [voice.text for voice in measure.attribution] == voices


@pytest.mark.parametrize(
    "text",
    [
        "Washington threatened new sanctions on Iran.",
        "South Korea may impose sanctions on Russia if it supplies missile technology.",
        "Pyongyang demanded that Washington lift sanctions.",
        "Japan did not impose sanctions on China.",
        "An agreement with the United States would ease or even lift sanctions on North Korea.",
        "Negotiating with the US to lift sanctions is no option for North Korea.",
        "The United Nations monitors sanctions against North Korea.",
        "The European Union plans to extend its sanctions against Russia.",
        "Japan banned smoking.",
        "Washington eased its restrictions on arms exports for Australia.",
        "The United States relaxed export controls for Britain in August 2024.",
        "China lifted restrictions on Friday.",
    ],
)
def test_threatened_possible_and_demanded_measures_are_none(find, text):
    assert find(text, Kind.MEASURE) == []


@pytest.mark.parametrize(
    ("text", "parties", "state"),
    [
        ("Russia and North Korea signed a strategic treaty on June 19, 2024.", {"RUS", "PRK"}, "signed"),
        (
            "Armenia and Azerbaijan signed the treaty in May but have not ratified it.",
            {"ARM", "AZE"},
            "signed",
        ),
        (
            "The treaty between Russia and North Korea entered into force on December 4, 2024.",
            {"RUS", "PRK"},
            "in_force",
        ),
        (
            "South Korea suspended the 2018 military agreement with North Korea in June 2024.",
            {"KOR", "PRK"},
            "suspended",
        ),
        (
            "Russia withdrew from the New START treaty with the United States in February 2023.",
            {"RUS", "USA"},
            "denounced",
        ),
        ("Seoul suspended the inter-Korean military agreement on June 4, 2024.", {"KOR", "PRK"}, "suspended"),
        ("China and Japan reached an agreement in principle on seafood.", {"CHN", "JPN"}, "negotiated"),
        (
            "Trade grew under the agreement reached at the summit of China and Japan in May 2025.",
            {"CHN", "JPN"},
            "concluded",
        ),
        (
            "The talks between North Korea and the United States ended without a deal in October 2019.",
            {"PRK", "USA"},
            "none_reached",
        ),
        (
            "North Korea's Kim Jong Un ratified the treaty with Russia on November 11, 2024.",
            {"PRK", "RUS"},
            "ratified",
        ),
    ],
)
def test_an_agreement_has_its_parties_and_state(find, text, parties, state):
    (agreement,) = find(text, Kind.AGREEMENT)
    assert {party.state for party in agreement.parties} == parties
    assert agreement.state == state


@pytest.mark.parametrize(
    "text",
    [
        "Seoul and Tokyo plan to sign an agreement on critical minerals next month.",
        "China and Russia would sign a treaty if talks succeed.",
        "President Biden signed the bill into law.",
        "North Korea refused to sign the treaty with South Korea.",
        "Japan and China have not signed a treaty.",
        "Russia signed a letter to Japan.",
        "President Putin signed the law on the treaty with North Korea on 9 November.",
        "Seoul suspended the accord.",
    ],
)
def test_planned_refused_and_domestic_papers_are_no_agreements(find, text):
    assert find(text, Kind.AGREEMENT) == []


def test_an_agreement_reached_has_the_day_of_its_meeting(find):
    (agreement,) = find(
        "The agreement reached at the China-Japan summit held last March is bearing fruit.", Kind.AGREEMENT
    )
    assert (agreement.state, agreement.effective.edtf) == ("concluded", "2025-03")
    (agreement,) = find("On 19 June 2024 Russia and China signed a treaty in Beijing.", Kind.AGREEMENT)
    assert agreement.effective.edtf == "2024-06-19"


def test_agreements_kept_secret_are_not_disclosed(find):
    (agreement,) = find(
        "Neither Russia nor North Korea disclosed the agreements reached at the summit in June 2024.",
        Kind.AGREEMENT,
    )
    assert (agreement.disclosed, ids(agreement.parties)) == (False, ["RUS", "PRK"])


def test_a_mandate_not_extended_has_its_last_day(find):
    (mandate,) = find(
        "Russia vetoed a draft of the UN Security Council to extend the mandate of the panel of experts. "
        "The panel will cease its operations at the end of April 2024.",
        Kind.MANDATE,
        date(2024, 4, 11),
    )
    assert (mandate.state, mandate.scheduled_end.hi, ids(mandate.authority)) == (
        "not_extended",
        date(2024, 4, 30),
        ["un-security-council"],
    )


def test_a_mandate_that_still_runs_is_in_force_until_its_end(find):
    (mandate,) = find("The mandate of the UN mission in Haiti expires on October 2, 2025.", Kind.MANDATE)
    assert (mandate.state, mandate.scheduled_end.edtf, mandate.actual_end) == ("in_force", "2025-10-02", None)


def test_a_mandate_extended_has_its_new_end(find):
    (mandate,) = find(
        "The Security Council extended the mandate of the panel of experts until April 30, 2024.",
        Kind.MANDATE,
    )
    assert (mandate.state, mandate.scheduled_end.edtf) == ("extended", "2024-04-30")


@pytest.mark.parametrize(
    "text",
    [
        "The mission was a success for China.",
        "The Security Council may extend the mandate of the panel until April 2025.",
        "The president said he has a mandate to govern South Korea.",
        "If the Council acts, the panel will cease its operations in May.",
    ],
)
def test_missions_and_possible_ends_are_no_mandates(find, text):
    assert find(text, Kind.MANDATE) == []
