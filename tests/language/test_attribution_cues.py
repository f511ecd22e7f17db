from __future__ import annotations

import pytest

from detente.codebooks import cues as cue_book
from detente.codebooks.cues import adjective_cues, inflect, noun_cues, verb_cues, voice_words
from detente.codebooks.tables import Row
from detente.errors import CodebookError


@pytest.mark.parametrize(
    ("verb", "irregular", "forms"),
    [
        ("deny", [], {"deny", "denies", "denied", "denying"}),
        ("agree", [], {"agree", "agrees", "agreed", "agreeing"}),
        ("stress", [], {"stress", "stresses", "stressed", "stressing"}),
        ("say", ["said"], {"say", "says", "said", "saying"}),
        ("write", ["wrote", "written", "writing"], {"write", "writes", "wrote", "written", "writing"}),
    ],
)
def test_a_cue_verb_is_found_by_each_of_its_forms(verb, irregular, forms):
    assert inflect(verb, irregular) == forms


def test_every_cue_takes_something():
    cues = [
        *noun_cues().values(),
        *adjective_cues().values(),
        *(c for group in verb_cues().values() for c in group),
    ]
    assert [cue.lemma for cue in cues if not cue.frames | cue.prepositions] == []


def test_phrasal_verbs_come_before_plain_ones():
    assert [cue.particle for cue in verb_cues()["called"]] == ["out", ""]


def test_plurals_of_voices_are_voices():
    assert {"analysts", "ministries", "spokesmen"} <= set(voice_words())


@pytest.mark.parametrize(
    "cells",
    [
        {"lemma": "say", "frames": "clause", "kind": "gossip", "strength": "word"},
        {"lemma": "say", "frames": "clause", "kind": "claim", "strength": "strong"},
    ],
)
def test_a_wrong_line_names_its_file_and_number(cells):
    row = Row("cues.tsv", 7, cells)
    with pytest.raises(CodebookError, match=r"cues\.tsv, line 7"):
        cue_book._cue(row, cells["lemma"], cells["strength"], "")
