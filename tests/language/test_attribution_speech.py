from __future__ import annotations

import time

import pytest
from attribution_factories import found, parsed, said

from detente.language.frames import Tense
from detente.model.actors import Rank
from detente.model.text import BlockKind


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Norway said that the pipeline was closed.", "Norway", "that the pipeline was closed"),
        ("The envoy told reporters the talks had failed.", "The envoy", "the talks had failed"),
        ("According to Polish officials, the convoy turned back.", "officials", "the convoy turned back"),
        ("The treaty, analysts said, will lapse in May.", "analysts", "The treaty"),
        ("Berlin urged Tehran to release the crew.", "Berlin", "to release the crew"),
        ("Sweden accused Russia of jamming its radars.", "Sweden", "of jamming its radars"),
        ("The ministry denied that any tanks had crossed.", "ministry", "that any tanks had crossed"),
        ("Observers assess that the truce is weak.", "Observers", "that the truce is weak"),
        ("Finland vowed to close the crossing.", "Finland", "to close the crossing"),
    ],
)
def test_a_cue_gives_its_subject_as_speaker_and_its_clause_as_content(text, speaker, content):
    assert any(speaker in s and content in c for s, _, c in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "If Norway says that the pipeline is closed, prices rise.",
        "Norway might say that the pipeline is closed.",
        "The sum grew according to plan.",
        "The exports added three percent last year.",
        "You know that the pipeline is closed.",
    ],
)
def test_conditions_possibilities_and_figures_of_speech_are_no_attribution(text):
    assert [f for f in found(text) if f[0]] == []


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("It is expected that the council will meet.", "expect"),
        ("The council is expected to meet on Friday.", "expect"),
        ("It can be predicted that the talks will fail.", "predict"),
        ("The council reportedly met on Friday.", "reportedly"),
    ],
)
def test_an_unnamed_voice_has_no_speaker(text, lemma):
    assert [(s, cue) for s, cue, _ in found(text)] == [("", lemma)]


def test_an_unnamed_official_is_ranked_as_one():
    attribution = parsed("A senior official who asked not to be named said the deal was dead.").attributions[
        0
    ]
    assert attribution.speakers[0].rank is Rank.UNNAMED_OFFICIAL


def test_a_negated_cue_is_marked():
    attribution = parsed("Norway did not say that the pipeline was closed.").attributions[0]
    assert attribution.cue_negated


def test_neither_nor_negates_the_cue():
    attributions = parsed("Neither Norway nor Sweden confirmed that the pipeline was closed.").attributions
    assert {a.cue_negated for a in attributions} == {True}


def test_the_tense_of_the_cue_is_kept():
    tenses = [
        parsed(text).attributions[0].cue_tense
        for text in (
            "Norway says that it is closed.",
            "Norway will say that it is closed.",
            "Norway said it is closed.",
        )
    ]
    assert tenses == [Tense.PRESENT, Tense.FUTURE, Tense.PAST]


def test_a_pronoun_stands_for_the_last_speaker():
    text = "Foreign minister Anna Berg said the talks had failed. She added that no date was set."
    assert "Berg" in found(text)[1][0]


REPORT = (
    "The visit was meant to calm Beijing, according to an analysis released on Monday.\n"
    "The view was given in a report titled, Two Roads to the Sea, by Ann Lee, a director at the Oslo Institute for "
    "Peace, and Bo Ek, a fellow.\n"
    "The report noted that the harbour was empty."
)


def test_the_report_stands_for_its_title_and_its_authors_and_their_institute():
    noted = next(a for a in parsed(REPORT).attributions if a.lemma == "note")
    assert [p.text for p in noted.speakers] == ["Ann Lee", "Bo Ek", "Oslo Institute for Peace"]
    assert [(v.role, v.text) for v in noted.chain][:2] == [
        ("report", "Two Roads to the Sea"),
        ("author", "Ann Lee"),
    ]


def test_an_unknown_report_speaks_for_itself():
    noted = parsed("The report noted that the harbour was empty.").attributions[0]
    assert [(v.role, v.text) for v in noted.chain] == [("report", "The report")]


def test_a_voice_inside_a_report_comes_after_it_in_the_chain():
    text = "Norway said that Sweden had denied the charge."
    inner = next(a for a in parsed(text).attributions if a.lemma == "deny")
    assert [v.text for v in inner.chain] == ["Norway", "Sweden"]


def test_a_headline_before_a_colon_names_its_speaker():
    assert [(s, c) for s, _, c in found("Minister: talks on the border go on", BlockKind.HEADING)] == [
        ("Minister", "talks on the border go on")
    ]


def test_a_title_with_a_colon_names_no_speaker():
    assert found("Beyond Oslo: the true road to the northern sea", BlockKind.HEADING) == []


def test_an_aside_of_the_page_is_not_part_of_what_was_said():
    text = "Norway criticised the ban, which was lifted in May."
    assert [c for _, _, c in found(text)] == ["the ban"]


@pytest.mark.parametrize(
    "text", ["said said said", '" said "', "said that that that", ": : :", "According to", "“" * 400]
)
def test_torn_text_gives_no_error(text):
    assert isinstance(found(text), list)


def test_a_very_long_line_is_passed_over_quickly():
    text = "Norway said that " + "the port and " * 2000 + "it was closed."
    began = time.perf_counter()
    parsed.__wrapped__(text)
    assert time.perf_counter() - began < 60


def test_contents_quote_the_text_exactly(shared):
    for page in sorted((shared / "seeds").glob("*.txt")):
        text = page.read_text(encoding="utf-8")
        attributions = parsed(text).attributions
        assert attributions
        assert all(said(text, a).strip() for a in attributions)


def test_a_name_and_a_colon_before_a_quotation_is_a_speaker():
    text = "Berg: “We have never closed the border to anybody.”"
    assert [s for s, _, _ in found(text)] == ["Berg"]
