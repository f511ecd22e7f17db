"""Golden pages: what a person would take from each, beside the page."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from detente.model.documents import Page
from detente.model.text import BlockKind
from detente.reading import main_text, read

PAGES = Path(__file__).resolve().parent.parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))
RECEIVED = datetime(2026, 1, 15, tzinfo=UTC)


def read_golden(name):
    content = (PAGES / f"{name}.html").read_bytes()
    expected = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    return read(Page("file:///pages/page.html", content, "text/html", RECEIVED)), expected


def words_of(rendition, *kinds):
    return [rendition.text[block.start : block.end] for block in rendition.blocks if block.kind in kinds]


@pytest.mark.parametrize("name", NAMES)
def test_golden_page_has_the_expected_blocks(name):
    rendition, expected = read_golden(name)
    assert words_of(rendition, BlockKind.BODY) == expected["body"]
    assert words_of(rendition, BlockKind.HEADING) == [expected["title"], *expected["headings"]]
    assert words_of(rendition, BlockKind.CAPTION) == expected["captions"]
    assert words_of(rendition, BlockKind.QUOTE) == expected.get("quotes", [])
    assert words_of(rendition, BlockKind.FOOTNOTE) == expected.get("footnotes", [])
    chrome = "\n".join(words_of(rendition, BlockKind.CHROME))
    assert [words for words in expected["chrome"] if words not in chrome] == []


@pytest.mark.parametrize("name", NAMES)
def test_golden_page_has_the_expected_metadata(name):
    rendition, expected = read_golden(name)
    told = rendition.metadata
    assert told.title == expected["title"]
    assert told.publisher == expected["publisher"]
    assert told.byline == expected["byline"]
    assert told.published.edtf == expected["published"]
    assert told.published.basis.value == expected["basis"]
    assert (told.zone, told.published_time) == (expected["zone"], expected["time"])
    assert told.genre.value == expected["genre"]
    assert told.language == expected.get("language", "en")
    assert told.country == expected.get("country")
    assert told.canonical == expected.get("canonical", "")
    assert [issue.reason.value for issue in rendition.issues] == expected.get("issues", [])


def test_footnotes_are_anchored_where_their_marks_stand():
    rendition, _ = read_golden("footnotes")
    notes = [block for block in rendition.blocks if block.kind is BlockKind.FOOTNOTE]
    before = [rendition.text[: note.anchor].rsplit(None, 1)[-1] for note in notes]
    assert before == ["alliance.", "train."]


def test_main_text_is_body_and_inner_headings_without_the_title():
    rendition, expected = read_golden("json-ld-and-sidebar")
    assert main_text(rendition).split("\n") == [
        *expected["body"][:3],
        *expected["headings"],
        *expected["body"][3:],
    ]


def test_main_text_never_falls_below_trafilatura_on_the_golden_pages():
    import sys

    sys.path.insert(0, str(PAGES.parent.parent / "evaluation"))
    import maintext

    results = maintext.evaluate(PAGES / "ground-truth.json", PAGES)
    ours, theirs = results["detente"], results["trafilatura"]
    assert [name for name in ours if ours[name].f1 < theirs[name].f1 - 1e-9] == []
    assert maintext.total(ours.values()).f1 > 0.99
