"""The PLOVER codebook is complete, and a wrong line names itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.codebooks import plover
from detente.codebooks.tables import parse_table
from detente.errors import CodebookError
from detente.model.events import EventType

PATTERNS = (
    "lemma",
    "frame",
    "event_type",
    "mode",
    "contexts",
    "actor",
    "recipient",
    "embed",
    "flags",
    "cameo",
)


def test_every_type_has_a_score_and_a_cameo_code():
    for event_type in EventType:
        entry = plover.types()[event_type, ""]
        assert entry.cameo
        assert -10 <= entry.scale <= 10


@pytest.mark.parametrize(
    ("event_type", "mode", "scale"),
    [("CONSULT", "visit", 4), ("RETREAT", "disarm", 10), ("SANCTION", "expel", -5.5), ("AGREE", "", 2.5)],
)
def test_scores_are_the_manuals(event_type, mode, scale):
    assert plover.types()[EventType(event_type), mode].scale == scale


@pytest.mark.parametrize(
    ("line", "trouble"),
    [
        ("veto\tobj\tREFUSE", "not a PLOVER type"),
        ("veto\tobj\tREJECT\tvisit", "no mode"),
        ("veto\tobj:NOSUCH\tREJECT", "no word class"),
        ("veto\tobj=x\tREJECT", "not a condition"),
        ("veto\tobj\tREJECT\t\t\t\t\tmaybe", "embedding"),
    ],
)
def test_a_wrong_frame_names_its_line(line, trouble):
    (row,) = parse_table("\t".join(PATTERNS) + "\n" + line, "verbs_patterns.tsv", PATTERNS)
    with pytest.raises(CodebookError, match=f"verbs_patterns.tsv, line 2: .*{trouble}"):
        plover.frame_of(row)


def test_the_page_prints_every_decision():
    page = (Path(__file__).parents[2] / "docs" / "codebook-plover.md").read_text()
    for case, decision, reason in plover.decisions():
        assert f"| {case} | {decision} | {reason} |" in page


def test_every_slot_a_frame_speaks_of_exists():
    known = {"joint", "subj", "obj", "iobj", "prt", "xcomp", "ccomp", "poss", "compound", "embed"}
    for frames in (*plover.verb_frames().values(), *plover.noun_frames().values()):
        for frame in frames:
            for role in (*frame.actor, *frame.recipient):
                name = role.slot.removeprefix("obj.")
                assert name in known or name.isalpha(), f"{frame.id}: {role.slot}"
