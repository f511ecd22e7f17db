"""Cut the blocks of a rendition into pieces: those the gate lets through to the parser, and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from detente.codebooks.actors import load_actors
from detente.language.gate import may_hold
from detente.language.quotes import find_quotes
from detente.language.splitting import split_sentences
from detente.model.actors import Rank
from detente.model.text import Block, BlockKind, Span

LONGEST = 20_000
"""Code points parsed at once: the parser's memory grows with the longest text, and no paragraph is longer."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch `[start, end)` of a block; `held` when the gate lets it through to the parser.

    `last` is where its last sentence starts, as far as that is known without a parse.
    """

    block: Block
    start: int
    end: int
    held: bool
    last: int


def cut_pieces(block: Block, text: str, *, gated: bool = True, home: str | None = None) -> Iterator[Piece]:
    """Give the pieces of a block in text order: neighbouring sentences of one lot stay together.

    Headings and whatever stands in quotation marks always pass; without `gated` everything does.
    `home` is the state whose agency speaks, as `may_hold` wants it.
    """
    for start, end in _stretches(block, text):
        if dateline := _DATELINE.match(text, start, end):
            # "DHAKA, Aug 5 - " before a sentence is taken for its subject by the parser.
            yield Piece(block, start, dateline.end(), held=False, last=start)
            start = dateline.end()
        if block.kind is not BlockKind.BODY or not gated:
            yield Piece(block, start, end, held=True, last=start)
            continue
        quoted = [span for quote in find_quotes(text, (block,)) for span in quote.spans]
        judged = [
            (at, to, _is_held(text, start + at, start + to, quoted, home))
            for at, to in split_sentences(text[start:end])
        ]
        for held, lot in groupby(judged, key=lambda one: one[2]):
            several = list(lot)
            yield Piece(block, start + several[0][0], start + several[-1][1], held, start + several[-1][0])


def _is_held(text: str, start: int, end: int, quoted: list[Span], home: str | None) -> bool:
    return any(span.start < end and start < span.end for span in quoted) or may_hold(text[start:end], home)


def _stretches(block: Block, text: str) -> Iterator[tuple[int, int]]:
    """Cut a block that is too long to parse at once, at white space where there is any."""
    start = block.start
    while block.end - start > LONGEST:
        space = max(text.rfind(mark, start + 1, start + LONGEST) for mark in (" ", "\n"))
        end = space if space > start else start + LONGEST
        yield start, end
        start = end
    if start < block.end:
        yield start, block.end


_DATELINE = re.compile(
    r"[A-Z][A-Z.'’ -]{2,30}(?:,\s[A-Z][\w. ]{2,20}?)?"
    r"(?:,?\s(?:\d{1,2}\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:\s\d{1,2})?(?:,?\s\d{4})?)?"
    r"(?:\s\([A-Z][\w /.]{2,30}\))?\s*(?:-{1,2}|[–—])\s+(?=[A-Z\"“])"
)
_AGENCY = re.compile(r"\(([A-Z][A-Za-z ]{2,20})\)")


def home_of(text: str) -> str | None:
    """The state whose news agency a page is by its dateline: "Pyongyang, May 1 (KCNA)"; None elsewhere."""
    found = _AGENCY.search(text, 0, 400)
    return _agencies().get(found[1]) if found else None


@cache
def _agencies() -> dict[str, str]:
    bodies = load_actors().organisations.values()
    return {
        name: body.state
        for body in bodies
        if body.rank is Rank.STATE_MEDIA and body.state
        for name in body.names
    }
