"""The finders of this room as plug-ins: names, evidence that quotes the text, and odd text."""

from __future__ import annotations

from datetime import date

import pytest
from records_sentences import parse_lines

from detente.codebooks import institutions
from detente.codebooks.institutions import cues
from detente.errors import CodebookError
from detente.records import CODERS


def test_every_finder_has_a_name_of_its_own():
    names = [coder.name for coder in CODERS]
    assert len(set(names)) == len(names) == 8
    assert all(name.startswith("records.") for name in names)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "veto",
        "Vetoed vetoed vetoed by by by of of the the Council.",
        "The Security Council voted 999999999-0 with 10 of 5 of 3 abstentions, $ % 1/0 seats.",
        "sanctions sanctions " * 60,
        "((((( 13 members )))) — “ ” ‘ ’ former President President President",
        "Президент подписал договор. 大統領は条約に署名した。",
        "election on on April 31 until until until 2030 term term in in",
    ],
)
def test_odd_text_gives_no_error_and_only_true_quotes(text):
    parsed = parse_lines(text, date(2024, 1, 1))
    for coder in CODERS:
        for record in coder.code(parsed):
            assert all(quoted.quote == text[quoted.start : quoted.end] for quoted in record.evidence)


def test_a_page_without_a_day_is_read_too():
    parsed = parse_lines("US President Joe Biden will be in power until January 2025.", None)
    assert [record for coder in CODERS for record in coder.code(parsed)]


def test_a_missing_section_of_the_word_lists_is_named():
    with pytest.raises(CodebookError, match=r"\[nothing\]"):
        cues("nothing")


def test_a_word_list_that_is_no_list_is_named(monkeypatch):
    institutions.cues.cache_clear()
    monkeypatch.setattr(institutions, "_load", lambda: {"vote": {"motions": "resolution"}})
    with pytest.raises(CodebookError, match="motions must be a list"):
        cues("vote")
    institutions.cues.cache_clear()
