"""Codes of other data sets: every one has a PLOVER home or none on purpose."""

from __future__ import annotations

import pytest

from detente.codebooks.cameo import acled_kinds, cameo_codes, cameo_labels, fold_label
from detente.codebooks.plover import types
from detente.model.events import EventType


def test_only_statements_and_appeals_have_no_plover_home():
    homeless = {code[:2] for code, entry in cameo_codes().items() if entry.event_type is None}
    assert homeless == {"01", "02"}
    assert all(entry.event_type for code, entry in cameo_codes().items() if code[:2] not in homeless)


def test_the_usual_code_of_a_type_leads_back_to_it():
    for (kind, _), entry in types().items():
        if entry.cameo:
            assert cameo_codes()[entry.cameo].event_type is kind, f"{kind}: {entry.cameo}"


@pytest.mark.parametrize(
    ("code", "kind", "mode", "scale"),
    [
        ("042", EventType.CONSULT, "visit", 4),
        ("163", EventType.SANCTION, "", -6),
        ("0874", EventType.RETREAT, "withdraw", 8),
        ("1712", EventType.ASSAULT, "destroy", -9),
        ("191", EventType.COERCE, "restrict", -7),
        ("196", EventType.ASSAULT, "", -9),
        ("057", EventType.SUPPORT, "", 5),
    ],
)
def test_hard_codes_follow_the_decisions(code, kind, mode, scale):
    entry = cameo_codes()[code]
    assert (entry.event_type, entry.mode, entry.scale) == (kind, mode, scale)


def test_labels_are_found_whatever_their_hyphens_and_capitals():
    assert cameo_labels()[fold_label("Express intent to De-escalate  military engagement")] == "0356"
    assert cameo_labels()[fold_label("Consult")] == "040"


def test_every_child_code_has_its_parent():
    codes = cameo_codes()
    assert all(code[:-1] in codes for code in codes if len(code) > 2)


def test_acled_kinds_are_found_in_small_letters():
    assert acled_kinds()["air/drone strike"].mode == "aerial"
    assert acled_kinds()["other"].event_type is None
