"""Make pages of the shapes that news sites emit, with the article text known, and score extractors on them.

A shape is HTML in `page_shapes/shapes.html` under a line `=== FAMILY/NAME [language]`. In it `[[p]]` is
text of the article, `((headline))` text of the page around it, `((=nav))` a frame from `frames.html`, and
`{4:...}` stands for four times its inside.

    python -m evaluation.page_shapes [--seeds 3] [--worst 15]
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluation.filler import Filler
from evaluation.maintext import EXTRACTORS, Score, score_page, total

_FOLDER = Path(__file__).parent / "page_shapes"
_SECTION = re.compile(r"^=== (\S+)(?: (\w+))?\n", re.MULTILINE)
_REPEAT = re.compile(r"\{(\d+):([^{}]*)\}")
_SLOT = re.compile(r"\[\[(\w+)\]\]|\(\((\w+)\)\)")


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page and the text of its article, one block a line."""

    name: str
    html: bytes
    truth: str

    @property
    def family(self) -> str:
        return self.name.split("/")[0]


def make_pages(seeds: int) -> Iterator[MadePage]:
    """Every shape, filled `seeds` times."""
    frames = {name: html for name, _, html in _sections("frames.html")}
    for name, language, html in _sections("shapes.html"):
        for seed in range(seeds):
            yield _fill(f"{name}#{seed}", html, frames, Filler(f"{name}#{seed}", language or "en"))


def _sections(file: str) -> Iterator[tuple[str, str, str]]:
    parts = _SECTION.split((_FOLDER / file).read_text(encoding="utf-8"))[1:]
    for at in range(0, len(parts), 3):
        yield parts[at], parts[at + 1] or "", parts[at + 2]


def _fill(name: str, html: str, frames: dict[str, str], filler: Filler) -> MadePage:
    html = re.sub(r"\(\(=(\w+)\)\)", lambda match: frames[match[1]], html)
    while _REPEAT.search(html):
        html = _REPEAT.sub(lambda match: match[2] * int(match[1]), html)
    truth: list[str] = []
    title = filler.pick("headline")

    def put(match: re.Match[str]) -> str:
        if match[2] == "title":
            return title
        if match[2]:
            return filler.opinion() if match[2] == "opinion" else filler.pick(match[2])
        truth.append(_article_text(match[1], filler))
        return truth[-1].replace("<", "&lt;")

    return MadePage(name, _SLOT.sub(put, html).encode(), "\n".join(truth))


def _article_text(kind: str, filler: Filler) -> str:
    if kind == "dp":
        return f"OSTBY, March 4 (Courier) - {filler.paragraph()}"
    if re.fullmatch(r"p\d?", kind):
        return filler.paragraph(*((int(kind[1]),) * 2 if kind[1:] else (1, 4)))
    return filler.pick(kind)


def evaluate(seeds: int) -> tuple[dict[str, dict[str, Score]], float]:
    """Scores as `{extractor: {page: score}}`, and the median seconds our reading takes."""
    scores: dict[str, dict[str, Score]] = {extractor: {} for extractor in EXTRACTORS}
    took = []
    for page in make_pages(seeds):
        for extractor, run in EXTRACTORS.items():
            started = time.perf_counter()
            scores[extractor][page.name] = score_page(page.truth, run(page.html))
            took += [time.perf_counter() - started] if extractor == "detente" else []
    return scores, statistics.median(took)


def report(scores: dict[str, dict[str, Score]], worst: int) -> Iterator[str]:
    """Lines of a table by family, then the pages where trafilatura does better."""
    ours, theirs = scores["detente"], scores["trafilatura"]
    families = defaultdict(list)
    for page in ours:
        families[page.split("/")[0]].append(page)
    families["all"] = list(ours)
    for family, pages in families.items():
        figures = [100 * total(found[page] for page in pages).f1 for found in (ours, theirs)]
        yield f"{family:10} ours {figures[0]:6.2f}  trafilatura {figures[1]:6.2f}  {len(pages)} pages"
    for page in sorted(ours, key=lambda page: ours[page].f1 - theirs[page].f1)[:worst]:
        shares = f"precision {100 * ours[page].precision:.1f} recall {100 * ours[page].recall:.1f}"
        yield f"  {page:34} {100 * ours[page].f1:6.1f} {100 * theirs[page].f1:6.1f}  {shares}"


def main(arguments: list[str]) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=3, help="pages per shape")
    parser.add_argument("--worst", type=int, default=15, help="pages to list")
    told = parser.parse_args(arguments)
    scores, median = evaluate(told.seeds)
    print("\n".join(report(scores, told.worst)))
    print(f"median {1000 * median:.0f} ms a page")


if __name__ == "__main__":
    main(sys.argv[1:])
