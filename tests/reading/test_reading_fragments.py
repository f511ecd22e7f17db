"""Fragments without a frame around them, as feeds and letters carry them, and header lines with several days."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from detente.model.documents import Page
from detente.model.text import BlockKind
from detente.reading import main_text, read

RECEIVED = datetime(2026, 1, 15, tzinfo=UTC)
SAID = [
    "The harbour council put off its vote on the new moorings on Tuesday, after a meeting of four hours.",
    "Members want to see the report on the old lock before they decide how many berths the town can pay for.",
    "The ferrymen welcomed the delay, while the dredging company spoke of a lost summer.",
]


def read_body(body):
    page = Page(
        "https://paper.example/a", f"<html><body>{body}</body></html>".encode(), "text/html", RECEIVED
    )
    return read(page)


def paragraphs(*lines):
    return "".join(f"<p>{line}</p>" for line in lines)


@pytest.mark.parametrize("wrap", ["{}", "<article><h1>Vote put off</h1>{}</article>", "<table><tr><td>{}</td></tr></table>"])  # fmt: skip
def test_a_fragment_loses_the_notes_at_its_edges(wrap):
    rendition = read_body(
        wrap.format(paragraphs("See this note on our pages", *SAID, "Sent from the quay with care"))
    )
    assert main_text(rendition).split("\n") == SAID


@pytest.mark.parametrize(
    ("body", "last"),
    [
        (paragraphs(*SAID, "Nobody objected."), "Nobody objected."),
        (
            paragraphs(*SAID)
            + "<ul><li>forty moorings on the western quay</li><li>two locks and a narrow bridge</li></ul>",
            "two locks and a narrow bridge",
        ),
    ],
)
def test_a_fragment_keeps_a_short_sentence_or_a_list_at_its_end(body, last):
    assert main_text(read_body(body)).split("\n")[-1] == last


def test_a_fragment_keeps_the_headings_between_its_paragraphs():
    rendition = read_body(
        paragraphs("See this note on our pages")
        + "".join(f"<h2>{n}. Harbour</h2><p>{line}</p>" for n, line in enumerate(SAID, 1))
    )
    headings = [rendition.text[b.start : b.end] for b in rendition.blocks if b.kind is BlockKind.HEADING]
    assert "2. Harbour" in headings


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ("30 November 2023 (Ostby), 1 December 2023 (Vell)", "2023-12-02"),
        ("30 November 2023 (Ostby and Vell)", "2023-11-30"),
    ],
)
def test_a_line_of_two_days_dates_a_page_only_where_no_other_does(issued, expected):
    header = f"<dl><dt>Issued</dt><dd>{issued}</dd><dt>Noted by</dt><dd>Staff, 2 December 2023</dd></dl>"
    rendition = read_body(f"<main><h1>Two towns list the same ship</h1>{header}{paragraphs(*SAID)}</main>")
    assert rendition.metadata.published.edtf == expected
