"""A rendition is parsed block by block, and every offset indexes the rendition."""

from __future__ import annotations

from datetime import date

import pytest

from detente.errors import ModelMissing
from detente.language.loading import load_model
from detente.language.parsing import parse
from detente.model import dates
from detente.model.documents import Metadata, Rendition
from detente.model.text import Block, BlockKind

TEXT = "Menu\nRussia vetoed the draft.\nNga phủ quyết.\nChina condemned it on March 28, 2024."


def rendition():
    starts = [0, 5, 30, 45]
    ends = [4, 29, 44, len(TEXT)]
    kinds = [BlockKind.CHROME, BlockKind.BODY, BlockKind.BODY, BlockKind.BODY]
    languages = ["en", "en", "vi", "en"]
    blocks = tuple(Block(s, e, k, lang) for s, e, k, lang in zip(starts, ends, kinds, languages, strict=True))
    return Rendition(TEXT, blocks, Metadata(), "test")


def sentences():
    return parse(rendition(), published=dates.day(date(2024, 4, 11)), publisher=None).sentences


def test_chrome_and_other_languages_are_left_out():
    assert [s.span.text for s in sentences()] == [
        "Russia vetoed the draft.",
        "China condemned it on March 28, 2024.",
    ]


def test_offsets_index_the_rendition():
    for sentence in sentences():
        assert TEXT[sentence.start : sentence.end] == sentence.span.text
        for party in sentence.actors:
            assert TEXT[party.start : party.end] == party.text
        for clause in sentence.clauses:
            assert sentence.start <= clause.start < clause.end <= sentence.end


def test_actors_and_dates_stand_in_their_own_sentence():
    first, second = sentences()
    assert [a.id for a in first.actors] == ["RUS"]
    assert [a.id for a in second.actors] == ["CHN"]
    assert (len(first.dates), len(second.dates)) == (0, 1)


def test_a_missing_model_says_how_to_install_it():
    with pytest.raises(ModelMissing, match="pip install no-such-model"):
        load_model("no-such-model")


def test_an_empty_rendition_has_no_sentences():
    empty = Rendition("", (), Metadata(), "test")
    assert parse(empty, published=None, publisher=None).sentences == ()


def test_every_clause_has_the_attributions_that_cover_it():
    text = 'Japan said Iran paid. "Russia left," China said. "It came. It went," Iran said. Laos slept.'
    whole = Rendition(text, (Block(0, len(text), BlockKind.BODY, "en"),), Metadata(), "test")
    parsed = parse(whole, published=None, publisher=None)
    assert parsed.attributions
    for sentence in parsed.sentences:
        for clause in sentence.clauses:
            at = sentence.position(clause.predicate)
            assert set(clause.attributions) == {a for a in parsed.attributions if a.covers(at)}


@pytest.mark.parametrize(
    ("text", "dep"),
    [
        ("Oslo closed its port; Sweden denied that it had fired.", "ROOT"),
        ("Oslo closed its port, Sweden said.", "ccomp"),
    ],
)
def test_a_clause_before_a_semicolon_is_its_own(text, dep):
    assert next(token for token in load_model()(text) if token.text == "closed").dep_ == dep
