"""Every example page is read as what it is: its data, its text, none of its chrome, and only what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from evaluation.pages import EXPECTED, absences, load_expected, reading_of

from detente.model.issues import Reason
from detente.model.text import BlockKind

pytestmark = pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)


def flat(text: str) -> str:
    return " ".join(text.split())


def blocks(expected: dict[str, Any], *, chrome: bool) -> str:
    rendition = reading_of(expected).rendition
    assert rendition is not None
    kept = [b for b in rendition.blocks if (b.kind is BlockKind.CHROME) == chrome]
    return "\n".join(flat(rendition.text[block.start : block.end]) for block in kept)


def test_the_page_says_of_itself_what_the_analyst_saw(path: Path) -> None:
    expected = load_expected(path)
    rendition = reading_of(expected).rendition
    assert rendition is not None
    told = rendition.metadata
    published = told.published.edtf if told.published else None
    assert (flat(told.title), told.publisher, published, told.language) == tuple(
        expected[name] for name in ("title", "publisher", "published", "language")
    )


def test_the_main_text_is_read_and_the_chrome_is_not(path: Path) -> None:
    expected = load_expected(path)
    readable = blocks(expected, chrome=False)
    missing = [words for words in expected.get("main", ()) if flat(words) not in readable]
    leaked = [words for words in expected["chrome"] if flat(words) in readable]
    assert (missing, leaked) == ([], [])


def test_nothing_is_recorded_that_the_page_does_not_say(path: Path) -> None:
    expected = load_expected(path)
    wrong = [name for name, is_absent in absences(expected, reading_of(expected)) if not is_absent]
    assert wrong == []


def test_no_finder_breaks_on_the_page(path: Path) -> None:
    issues = [
        issue for issue in reading_of(load_expected(path)).issues if issue.reason is Reason.READER_FAILED
    ]
    assert issues == []
