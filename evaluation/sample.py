"""Draw records for a blind judge: each in full, with its page's context, in an order that tells nothing.

    python -m evaluation.sample PAGES... --from LIST.jsonl --stories 20 --count 100 --seed 1 > sample.jsonl

The judge marks each line true or false; the share of false ones goes into the evaluation's notes.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from typing import Any

from detente.export.rows import record_row
from detente.model.documents import Page
from detente.model.reading import Reading
from detente.model.records import Record
from detente.model.statements import Statement
from detente.pipeline import read_page
from detente.sources import open_sources

CONTEXT = 300
"""Code points of the page shown on either side of a record's evidence."""

HIDDEN = (
    "key",
    "id",
    "document",
    "coder",
    "links",
    "decided_by",
    "reading_confidence",
    "rendition",
    "trigger",
)


def main() -> None:
    """Read the pages, draw, and write one JSON object a line."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.sample", description=main.__doc__)
    parser.add_argument("pages", nargs="+")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--from", dest="drawn", default="", help="also pages drawn from here")
    parser.add_argument("--stories", type=int, default=20, help="how many are drawn from there")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    pages = _pages(options.pages)
    if options.drawn:
        pages += draw.sample(_pages([options.drawn]), options.stories)
    found = [(reading, record) for reading in map(read_page, pages) for record in _shown(reading)]
    for number, (reading, record) in enumerate(draw.sample(found, min(options.count, len(found))), 1):
        sys.stdout.write(json.dumps(_case(number, reading, record), ensure_ascii=False) + "\n")
    print(f"{len(found)} records on {len(pages)} pages", file=sys.stderr)


def _pages(targets: list[str]) -> list[Page]:
    return [page for page in open_sources(targets) if isinstance(page, Page)]


def _shown(reading: Reading) -> Iterator[Record]:
    """What a view shows: every record but statements that concern nobody the codebook knows."""
    return (r for r in reading.records if not isinstance(r, Statement) or r.salient)


def _case(number: int, reading: Reading, record: Record) -> dict[str, Any]:
    text = reading.rendition.text if reading.rendition else ""
    first, last = record.evidence[0].start, record.evidence[-1].end
    return {
        "number": number,
        "published": reading.rendition.metadata.published.edtf if _dated(reading) else None,
        "title": reading.rendition.metadata.title if reading.rendition else "",
        "record": _bare(record_row(record)),
        "context": text[max(0, first - CONTEXT) : last + CONTEXT],
    }


def _dated(reading: Reading) -> bool:
    return bool(reading.rendition and reading.rendition.metadata.published)


def _bare(value: Any) -> Any:
    """Leave out what is empty and what names the rules."""
    if isinstance(value, dict):
        kept = {name: _bare(held) for name, held in value.items() if name not in HIDDEN}
        return {name: held for name, held in kept.items() if held not in (None, "", [], {})}
    return [_bare(held) for held in value] if isinstance(value, list) else value


if __name__ == "__main__":
    main()
