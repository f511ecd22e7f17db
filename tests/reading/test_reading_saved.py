"""Pages saved as plain text: every line of the article is readable, and nothing else is.

In `tests/pages/saved` two columns stand before each line: "> " text of the article, "^ " title, heading or
caption, blank for everything around it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from detente.model.documents import Page
from detente.model.text import BlockKind
from detente.reading import main_text, read
from detente.reading.line_shapes import points_elsewhere, shape_line
from detente.reading.plain_zones import find_article

SAVED = sorted((Path(__file__).resolve().parent.parent / "pages" / "saved").glob("*.txt"))
RECEIVED = datetime(2026, 1, 15, tzinfo=UTC)


def read_saved(path):
    marked = path.read_text(encoding="utf-8").split("\n")
    content = "\n".join(line[2:] for line in marked).encode()
    wanted = {mark: [line[2:] for line in marked if line.startswith(mark)] for mark in (">", "^")}
    return read(Page("file:///saved/page.txt", content, "text/plain", RECEIVED)), wanted


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.stem)
def test_the_main_text_of_a_saved_page_is_the_article(path):
    rendition, wanted = read_saved(path)
    inner = [line for line in main_text(rendition).split("\n") if line not in wanted["^"]]
    assert inner == wanted[">"]


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.stem)
def test_nothing_around_the_article_of_a_saved_page_is_readable(path):
    rendition, wanted = read_saved(path)
    readable = {
        rendition.text[block.start : block.end]
        for block in rendition.blocks
        if block.kind is not BlockKind.CHROME
    }
    assert readable - {*wanted[">"], *wanted["^"]} == set()
    assert rendition.metadata.title == wanted["^"][0]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Read more: Ferrymen win dispute over night timetable", True),
        ("SEE ALSO: Who pays for the old lock?", True),
        ("Читайте также: Паромщики выиграли спор", True),
        ("Tags: timber, court, shipping", True),
        ("Read more", False),
        ("Related:", False),
        ("More: the minister also asked for a report on the lock.", False),
        ("Live: council votes on the moorings", False),
        ("Moreover: the lock leaks", False),
    ],
)
def test_a_line_that_names_another_story_points_elsewhere(line, expected):
    assert points_elsewhere(line) is expected


@pytest.mark.parametrize("between", [["Advertisement", "Sign up", "Read more"], ["Like", "Share", "Print"]])
def test_only_a_box_of_known_furniture_may_part_an_article(between):
    path = next(path for path in SAVED if path.stem == "menu-first")
    said = [line[2:] for line in path.read_text(encoding="utf-8").split("\n") if line.startswith(">")]
    lines = [shape_line(text, 1) for text in (*said[:4], *between, said[4])]
    assert (find_article(lines)[1] == len(lines)) is (between[0] == "Advertisement")


@pytest.mark.parametrize(
    ("last", "is_kept"), [("- An article marks the day.", True), ("An article marks the day.", False)]
)
def test_a_name_and_an_item_after_a_blank_line_close_a_digest(last, is_kept):
    path = next(path for path in SAVED if path.stem == "menu-first")
    said = [line[2:] for line in path.read_text(encoding="utf-8").split("\n") if line.startswith(">")]
    lines = [*(shape_line(f"- {text}", 0) for text in said), shape_line("Quay Times", 1), shape_line(last, 0)]
    assert (find_article(lines)[1] == len(lines)) is is_kept
