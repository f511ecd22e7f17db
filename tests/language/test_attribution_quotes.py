from __future__ import annotations

import pytest
from attribution_factories import found, rendition
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.language.quotes import find_quotes


def quotes(text: str) -> list[list[str]]:
    page = rendition(text)
    return [[text[s.start : s.end] for s in q.spans] for q in find_quotes(text, page.blocks)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She said "we will go" today.', [['"we will go"']]),
        ("She said “we will go” today.", [["“we will go”"]]),
        ("‘The talks are over,’ he said.", [["‘The talks are over,’"]]),
        ("Seoul's envoys' room isn't open.", []),
        ('"One," he said. "Two."', [['"One,"'], ['"Two."']]),
        ("“It began.\n“It ended,” she said.", [["“It began.", "“It ended,”"]]),
        ("“It began and never closed.\nShe left.", [["“It began and never closed."]]),
        ('It is 6" wide.', []),
    ],
)
def test_quotations_are_paired_marks_and_go_on_over_paragraphs(text, expected):
    assert quotes(text) == expected


@given(st.text(alphabet="ab \n\"'“”‘’.,", max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_run_of_marks_gives_ordered_spans_inside_the_text(text):
    spans = [s for q in find_quotes(text, rendition(text).blocks) for s in q.spans]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert spans == sorted(spans)


def test_a_split_quotation_is_one_statement_with_two_stretches():
    text = '"The talks have failed," the Norwegian envoy said. "We will not return to the table this year."'
    assert [c for s, _, c in found(text) if "envoy" in s] == [
        '"The talks have failed," | "We will not return to the table this year."'
    ]


def test_a_quotation_two_sentences_on_goes_to_the_speaker_of_the_paragraph_above():
    text = (
        "Finnish officials said the border stays closed.\n"
        "“Nobody has given us a reason to open it before the winter.”"
    )
    speakers = [s for s, _, c in found(text) if c.startswith("“Nobody")]
    assert speakers == ["Finnish officials"]


def test_a_scare_quotation_is_not_speech():
    text = "Ministers met in Oslo. The so-called “axis of trust” was on the agenda of the meeting."
    assert found(text) == []
