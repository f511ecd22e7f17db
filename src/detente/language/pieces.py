"""Cut the blocks of a rendition into pieces: those the gate lets through to the parser, and the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from detente.language.gate import may_hold
from detente.language.quotes import find_quotes
from detente.language.splitting import split_sentences
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


def cut_pieces(block: Block, text: str, *, gated: bool = True) -> Iterator[Piece]:
    """Give the pieces of a block in text order: neighbouring sentences of one lot stay together.

    Headings and whatever stands in quotation marks always pass; without `gated` everything does.
    """
    for start, end in _stretches(block, text):
        if block.kind is not BlockKind.BODY or not gated:
            yield Piece(block, start, end, held=True, last=start)
            continue
        quoted = [span for quote in find_quotes(text, (block,)) for span in quote.spans]
        judged = [
            (at, to, _is_held(text, start + at, start + to, quoted))
            for at, to in split_sentences(text[start:end])
        ]
        for held, lot in groupby(judged, key=lambda one: one[2]):
            several = list(lot)
            yield Piece(block, start + several[0][0], start + several[-1][1], held, start + several[-1][0])


def _is_held(text: str, start: int, end: int, quoted: list[Span]) -> bool:
    return any(span.start < end and start < span.end for span in quoted) or may_hold(text[start:end])


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
