"""Each predicate is framed with its tense, modality, polarity and condition."""

from __future__ import annotations

import pytest

from detente.language.lemmas import lemma
from detente.language.loading import load_model
from detente.language.parsing import parse
from detente.model.documents import Metadata, Rendition
from detente.model.text import Block, BlockKind


def frame(text):
    rendition = Rendition(text, (Block(0, len(text), BlockKind.BODY, "en"),), Metadata(), "test")
    parsed = parse(rendition, published=None, publisher=None)
    return {clause.lemma: clause for sentence in parsed.sentences for clause in sentence.clauses}


@pytest.mark.parametrize(
    ("sentence", "verb", "tense", "modality", "polarity"),
    [
        ("Russia vetoed the draft.", "veto", "past", "asserted", "affirmed"),
        ("Russia has vetoed the draft.", "veto", "past", "asserted", "affirmed"),
        ("Russia did not veto the draft.", "veto", "past", "asserted", "negated"),
        ("Russia never vetoed the draft.", "veto", "past", "asserted", "negated"),
        ("Russia not only vetoed the draft but also left.", "veto", "past", "asserted", "affirmed"),
        ("Russia no longer vetoes drafts.", "veto", "present", "asserted", "negated"),
        ("Neither Russia nor China vetoed the draft.", "veto", "past", "asserted", "negated"),
        ("Russia will veto the draft.", "veto", "future", "planned", "affirmed"),
        ("Russia will not veto the draft.", "veto", "future", "planned", "negated"),
        ("Russia plans to veto the draft.", "veto", "none", "planned", "affirmed"),
        ("Russia is set to veto the draft.", "veto", "none", "planned", "affirmed"),
        ("Russia may veto the draft.", "veto", "none", "possible", "affirmed"),
        ("Russia must veto the draft.", "veto", "none", "obliged", "affirmed"),
        ("Russia wants to veto the draft.", "veto", "none", "desired", "affirmed"),
        ("Russia refused to veto the draft.", "veto", "past", "asserted", "negated"),
        ("Russia failed to veto the draft.", "veto", "past", "asserted", "negated"),
        ("Russia left without vetoing the draft.", "veto", "past", "asserted", "negated"),
        ("Russia began sending troops.", "send", "past", "asserted", "affirmed"),
        ("Russia voted to discuss peace.", "discuss", "none", "desired", "affirmed"),
        ("Russia said it would veto the draft.", "veto", "none", "planned", "affirmed"),
        ("Russia would veto the draft.", "veto", "none", "conditional", "affirmed"),
    ],
)
def test_predicates_are_framed_by_the_words_around_them(sentence, verb, tense, modality, polarity):
    clause = frame(sentence)[verb]
    assert (clause.tense, clause.modality, clause.polarity) == (tense, modality, polarity)


def test_an_if_clause_is_the_condition_of_its_main_clause():
    clauses = frame("If Japan pays, Russia will sign the treaty.")
    assert clauses["sign"].condition.quote == "If Japan pays"
    assert clauses["pay"].modality == "conditional"


def test_a_when_clause_is_no_condition():
    assert frame("When Japan paid, Russia signed the treaty.")["sign"].condition is None


def test_coordinated_verbs_share_the_modal():
    assert frame("Putin will visit Hanoi and sign a treaty.")["sign"].modality == "planned"


def test_a_coordinated_verb_with_its_own_subject_stands_alone():
    assert frame("Putin will visit Hanoi, and Xi signed a treaty.")["sign"].modality == "asserted"


def test_passives_are_marked():
    assert frame("The draft was vetoed by Russia.")["veto"].passive
    assert not frame("Russia vetoed the draft.")["veto"].passive


def test_deed_nouns_have_frames_and_other_nouns_none():
    clauses = frame("Russia's veto shocked the council.")
    assert clauses["veto"].nominal
    assert "council" not in clauses


def test_planned_adjectives_make_a_deed_noun_planned():
    assert frame("The planned summit between them drew crowds.")["summit"].modality == "planned"


def test_what_is_said_is_attributed_to_the_speaker():
    clause = frame("Seoul said that North Korea fired a missile.")["fire"]
    assert [a.lemma for a in clause.attributions] == ["say"]


def test_extents_leave_out_the_subordinate_clause_at_the_edge():
    text = "Russia vetoed the draft after China left."
    clause = frame(text)["veto"]
    assert text[clause.start : clause.end] == "Russia vetoed the draft"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("They met and struck a deal.", ["meet", "strike"]),
        ("They fought and sought peace.", ["fight", "seek"]),
    ],
)
def test_lemmas_of_irregular_verbs_are_right(sentence, expected):
    doc = load_model()(sentence)
    assert [lemma(token) for token in doc if token.pos_ in ("VERB", "AUX")] == expected


@pytest.mark.parametrize("text", ["", ".", "if if if", "not not never", "(" * 200, "to to to be"])
def test_odd_text_raises_nothing(text):
    assert isinstance(frame(text), dict)
