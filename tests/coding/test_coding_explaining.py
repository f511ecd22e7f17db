"""Every event says why it was coded so: words, rule, path, standing, and what was close."""

from __future__ import annotations

import pytest

from detente.explained import explain_text, in_words


def only(text):
    (row,) = explain_text(text)
    return row


def test_the_words_and_the_rule_are_named():
    row = only("China urged the United States to lift sanctions on North Korea.")
    assert row["event_type"] == "REQUEST"
    assert row["words"] == ["urged"]
    assert row["decided_by"].startswith("urge")


def test_the_path_leads_from_both_parties_to_the_trigger():
    path = only("North Korea fired a missile toward Japan.")["path"]
    assert any(step.startswith("actor North Korea") and "fired" in step for step in path)
    assert any(step.startswith("recipient Japan") and "toward" in step for step in path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Moscow denied that Russia had bombed Oslo.", "negated"),
        ("Norway will visit Kenya next week, Oslo said.", "ahead"),
        ("Norway will visit Kenya if Kenya pays.", "condition"),
    ],
)
def test_what_made_the_status_is_told(text, reason):
    assert any(reason in one for row in explain_text(text) for one in row["standing"])


def test_close_codes_have_a_probability():
    close = only("Serbia expelled two Croatian diplomats.")["close"]
    assert close
    assert all(one["probability"] is None or 0 <= one["probability"] <= 1 for one in close)


def test_nothing_coded_gives_nothing_to_explain():
    assert explain_text("Rain fell on the harbour.") == []


def test_an_explanation_reads_as_lines():
    lines = list(in_words(only("Serbia expelled two Croatian diplomats.")))
    assert lines[0].startswith("SANCTION")
    assert any("decided by" in line for line in lines)
