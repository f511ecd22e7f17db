"""A brief in every format keeps each line's references, and text from pages stays text."""

from __future__ import annotations

import io
import json
import zipfile
from xml.etree import ElementTree

import pytest

from detente.brief.formats import FORMATS
from detente.brief.lines import Brief, Footing, Line, Section, Source, line
from detente.errors import DetenteError
from detente.model.text import Evidence

HOSTILE = '<script>alert("x")</script> *bold* [link](http://evil.example) \x07'


def brief() -> Brief:
    footing = Footing()
    source = Source("d1", "Harbour Wire", "2024-03-29", "Panel ends", "https://harbour.example/panel")
    first = footing.mark(Evidence(0, 12, "Russia vetoed", "r1"), source)
    second = footing.mark(Evidence(40, 52, HOSTILE, "r1", page=3), source)
    lines = (
        line("2024-03-28", "Russia: rejection — “Russia vetoed”", (first,)),
        line("2024", f"Somebody said {HOSTILE}", (first, second)),
    )
    return Brief(
        "North Korea and Russia",
        "From 2024-01-01 to the newest page; 1 page was read.",
        (Section("What was done", lines, left_out=3),),
        tuple(footing.references),
        ("file:///x.pdf — encrypted",),
    )


def test_one_passage_has_one_number() -> None:
    footing, source = Footing(), Source("d1", "P", "", "", "a")
    evidence = Evidence(0, 5, "words", "r1")
    assert [footing.mark(evidence, source), footing.mark(evidence, source)] == [1, 1]


def test_a_line_without_a_reference_is_refused() -> None:
    with pytest.raises(DetenteError, match="no reference"):
        line("2024", "Nobody said this.", ())


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_every_format_holds_lines_references_and_what_was_not_read(name: str) -> None:
    written = FORMATS[name](brief())
    assert isinstance(written, str)
    for part in ("North Korea and Russia", "Russia vetoed", "Harbour Wire", "p. 3", "encrypted", "3 more"):
        assert part in written


def test_text_lines_end_in_reference_marks() -> None:
    assert "[1][2]" in str(FORMATS["text"](brief()))


def test_html_shows_hostile_text_as_text_and_links_marks() -> None:
    page = str(FORMATS["html"](brief()))
    assert "<script>" not in page
    assert '<a href="#r1">[1]</a>' in page
    assert 'id="r2"' in page


def test_markdown_escapes_what_pages_wrote() -> None:
    page = str(FORMATS["markdown"](brief()))
    assert "<script>" not in page
    assert "[link](" not in page
    assert "[^1]: " in page


def test_json_holds_every_field() -> None:
    held = json.loads(FORMATS["json"](brief()))
    assert held["sections"][0]["lines"][1]["marks"] == [1, 2]
    assert held["references"][1]["page"] == 3


def test_word_references_are_footnotes_with_their_quotes() -> None:
    data = FORMATS["docx"](brief())
    assert isinstance(data, bytes)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        notes = ElementTree.fromstring(package.read("word/footnotes.xml"))
        body = package.read("word/document.xml").decode()
        types = package.read("[Content_Types].xml").decode()
    words = ["".join(note.itertext()) for note in notes]
    assert sum("Russia vetoed" in note for note in words) == 2
    assert body.count("footnoteReference") == 3
    assert "footnotes+xml" in types


def test_a_line_knows_its_marked_words() -> None:
    assert Line("2024", "Talks.", (1, 3)).marked == "Talks. [1][3]"
