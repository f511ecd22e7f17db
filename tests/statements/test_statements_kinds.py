from __future__ import annotations

import pytest
from statements_factories import content, of_kind, read

from detente.model.statements import Modality, Polarity


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Sweden said the cable was cut.", "claim", "the cable was cut"),
        ("Analysts assess that Iran is losing the war.", "assessment", "Iran is losing"),
        ("Russia believes that NATO wants war.", "belief", "NATO wants war"),
        ("Japan condemned the launch by North Korea.", "accusation", "the launch"),
        ("China praised the summit in Hanoi.", "praise", "the summit"),
        ("South Korea urged Japan to open its archives.", "demand", "to open its archives"),
        ("Russia denied that its ships had turned off their signals.", "denial", "had turned off"),
        ("Norway said that Russia will close the crossing in May.", "forecast", "will close"),
        ("Japan pledged to send aid to Ukraine in May.", "commitment", "to send aid"),
        (
            "Relations between Iran and Iraq have been at a standstill since May.",
            "relation_state",
            "at a standstill",
        ),
        ("Cuba is in need of fuel.", "need", "in need of fuel"),
        ("Iran has the ability to enrich uranium further.", "capability", "ability"),
        ("Serbia has few options after the vote.", "constraint", "few options"),
        ("It was the first visit by a Japanese minister to Syria in 14 years.", "precedent", "first visit"),
        (
            "Neither Russia nor Iran disclosed the price of the drones.",
            "negative_finding",
            "disclosed the price",
        ),
        ("The visit is a sign of the thaw between Iran and Iraq.", "inference", "the thaw between"),
    ],
)
def test_a_cue_or_a_wording_gives_the_kind(text, kind, words):
    assert any(words in content(statement) for statement in of_kind(text, kind))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sweden cut the cable.", "claim"),
        ("Russia did not say that its ships had sailed.", "claim"),
        ("The farm is in need of a new roof.", "need"),
        ("The record is the first in 14 years for the runner.", "precedent"),
        ("Iran sent its ministers to Iraq.", "forecast"),
        ("Japan would send aid if Ukraine asked.", "commitment"),
        ("Will Japan send aid to Ukraine?", "forecast"),
    ],
)
def test_a_near_miss_is_not_of_the_kind(text, kind):
    assert of_kind(text, kind) == []


def test_a_denial_is_negated_and_names_its_speaker():
    (denial,) = of_kind("Russia denied that its ships had turned off their signals.", "denial")
    assert denial.polarity is Polarity.NEGATED
    assert [party.id for party in denial.speaker] == ["RUS"]


def test_what_an_expert_says_is_an_assessment_and_what_a_state_says_is_a_claim():
    assert of_kind("Experts said that Iran is weak.", "assessment")
    assert of_kind("Iraq said that Iran is weak.", "claim")


def test_a_statement_about_no_known_actor_is_not_salient():
    (statement,) = read("The mayor said the bridge was closed.")
    assert not statement.salient


def test_what_must_be_done_by_another_is_demanded():
    (demand,) = of_kind("Japan said that North Korea must free the abducted.", "demand")
    assert demand.modality is Modality.OBLIGED


def test_the_page_of_a_state_agency_is_not_read_as_its_own_analyst():
    own = "Cuba is in need of fuel. Relations between Iran and Iraq have been at a standstill since May."
    assert read(own)
    assert read("Pyongyang, May 3 (KCNA) -- " + own) == ()


def test_evidence_is_at_most_two_sentences_and_quotes_the_text():
    text = "Sweden said the cable was cut. “Nobody but a ship could have done it that night,” its envoy said."
    for statement in read(text):
        assert 1 <= len(statement.evidence) <= 2
        assert all(text[e.start : e.end] == e.quote for e in (*statement.evidence, *statement.content))


@pytest.mark.parametrize(
    "text", ["", "said", "“”", "will will will", "aimed at at at", "in order to", "rather than"]
)
def test_torn_text_gives_no_error(text):
    assert isinstance(read(text), tuple)


def test_a_question_is_no_demand():
    assert of_kind("Norway asked whether Russia had cut the cable.", "demand") == []
    assert of_kind("Norway asked whether Russia had cut the cable.", "uncertainty")


def test_a_call_on_somebody_is_a_demand_for_the_deed():
    (demand,) = of_kind("China called on Iran to return to the talks.", "demand")
    assert "to return to the talks" in content(demand)
