"""Score the main text of a folder of pages against what a person marked, beside trafilatura alone.

The folder has the shape of the public article-extraction benchmark: a JSON file that maps a page's id to
`{"articleBody": ...}` and, beside it or in `html/`, one `ID.html` or `ID.html.gz` per page. The score is that
benchmark's: shingles of four words; per page the shares of shared, surplus and missing shingles, each page
weighing the same; precision, recall and F1 over all pages.

    python evaluation/maintext.py PATH/ground-truth.json [PATH/html] [--worst 10]

Without ground truth, `--agree FOLDER` counts how much of what trafilatura finds is missing from ours.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import trafilatura

from detente.errors import UnreadablePage
from detente.model.documents import Page
from detente.reading import main_text, read

SHINGLE = 4
_WORD = re.compile(r"\w+")
RECEIVED = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Score:
    """Shares of shared, surplus and missing shingles; they sum to one for a page that has any."""

    shared: float
    surplus: float
    missing: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-12)

    @property
    def precision(self) -> float:
        return self.shared / max(self.shared + self.surplus, 1e-12)

    @property
    def recall(self) -> float:
        return self.shared / max(self.shared + self.missing, 1e-12)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Count every run of four words; a shorter text is one shingle."""
    words = _WORD.findall(text)
    return (
        Counter(tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))
        if words
        else Counter()
    )


def score_page(expected: str, found: str) -> Score:
    """Compare two texts by their shingles."""
    wanted, got = shingles(expected), shingles(found)
    shared, surplus, missing = (sum((a).values()) for a in (wanted & got, got - wanted, wanted - got))
    whole = max(1, shared + surplus + missing)
    return Score(shared / whole, surplus / whole, missing / whole)


def total(scores: Iterable[Score]) -> Score:
    """Add the pages up, each with the same weight."""
    listed = list(scores)
    return Score(
        *(sum(getattr(score, part) for score in listed) for part in ("shared", "surplus", "missing"))
    )


def by_detente(html: bytes) -> str:
    """Our main text; "" for a page that cannot be read."""
    try:
        return main_text(read(Page("https://page.invalid/article", html, "text/html", RECEIVED)))
    except UnreadablePage:
        return ""


def by_trafilatura(html: bytes) -> str:
    """What trafilatura alone finds."""
    return trafilatura.extract(html, include_comments=False) or ""


EXTRACTORS: dict[str, Callable[[bytes], str]] = {"detente": by_detente, "trafilatura": by_trafilatura}


def load_page(folder: Path, name: str) -> bytes:
    """Read `NAME.html` or `NAME.html.gz`."""
    plain = folder / f"{name}.html"
    return (
        plain.read_bytes() if plain.exists() else gzip.decompress((folder / f"{name}.html.gz").read_bytes())
    )


def evaluate(truth: Path, folder: Path) -> dict[str, dict[str, Score]]:
    """Score every extractor on every page: `{extractor: {page: score}}`."""
    expected = json.loads(truth.read_text(encoding="utf-8"))
    pages = {name: load_page(folder, name) for name in expected}
    return {
        extractor: {name: score_page(expected[name]["articleBody"], run(pages[name])) for name in pages}
        for extractor, run in EXTRACTORS.items()
    }


def lines(results: dict[str, dict[str, Score]], worst: int) -> Iterator[str]:
    """Write the figures as a table, then our worst pages beside trafilatura's score on them."""
    yield f"{'':12} {'F1':>6} {'precision':>10} {'recall':>8}  pages"
    for extractor, scores in results.items():
        whole = total(scores.values())
        figures = f"{100 * whole.f1:6.2f} {100 * whole.precision:10.2f} {100 * whole.recall:8.2f}"
        yield f"{extractor:12} {figures}  {len(scores)}"
    ours, theirs = results["detente"], results["trafilatura"]
    for name in sorted(ours, key=lambda page: ours[page].f1 - theirs[page].f1)[:worst]:
        yield f"  {name[:60]:60} {100 * ours[name].f1:6.1f} {100 * theirs[name].f1:6.1f}"


def agreement(folder: Path) -> Iterator[str]:
    """How much of trafilatura's text ours lacks, and how much it adds, over every page under a folder."""
    rows = []
    for path in sorted(folder.rglob("*.htm*"))[:2000]:
        html = path.read_bytes()
        started = time.perf_counter()
        found = by_detente(html)
        took = time.perf_counter() - started
        theirs = by_trafilatura(html)
        if theirs:
            rows.append((score_page(theirs, found), took, path))
    whole = total(row[0] for row in rows)
    took = sorted(row[1] for row in rows)
    kept, added = 100 * whole.recall, 100 * (1 - whole.precision)
    yield f"{len(rows)} pages: {kept:.2f} % of trafilatura's shingles kept, {added:.2f} % of ours added"
    yield f"median {1000 * took[len(took) // 2]:.1f} ms a page, longest {1000 * took[-1]:.0f} ms"
    for score, _, path in sorted(rows, key=lambda row: row[0].recall)[:12]:
        yield f"  kept {100 * score.recall:5.1f} %  added {100 * (1 - score.precision):5.1f} %  {path}"


def main(arguments: list[str]) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("truth", type=Path, nargs="?", help="JSON of {id: {articleBody}}")
    parser.add_argument(
        "html", type=Path, nargs="?", help="folder of pages; by default html/ beside the JSON"
    )
    parser.add_argument(
        "--worst", type=int, default=10, help="list so many of the pages where trafilatura does better"
    )
    parser.add_argument(
        "--agree", type=Path, help="compare with trafilatura alone on a folder without ground truth"
    )
    told = parser.parse_args(arguments)
    if told.agree:
        print("\n".join(agreement(told.agree)))
    if told.truth:
        beside = told.truth.parent / "html"
        folder = told.html or (beside if beside.is_dir() else told.truth.parent)
        print("\n".join(lines(evaluate(told.truth, folder), told.worst)))


if __name__ == "__main__":
    main(sys.argv[1:])
