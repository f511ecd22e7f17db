"""Find what stands in quotation marks, over sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from detente.model.text import Block, BlockKind, Span

_MARK = re.compile(r"[“”„«»\"]|''|(?<!\w)‘(?=\w)|(?<=[\w.,!?])’(?!\w)")
_OPENERS = "“„«"
_CLOSERS = "”»"
_LONGEST = 6_000
"""Code points: a longer stretch between straight marks is a lost mark, not a quotation."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: one span a paragraph, marks included, all in the same voice."""

    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        """First code point, the opening mark."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Code point after the last closing mark."""
        return self.spans[-1].end


def find_quotes(text: str, blocks: Iterable[Block]) -> tuple[Quote, ...]:
    """Find the quotations of a text in order.

    A paragraph left open goes on where the next one starts with an opening mark, as newspapers print it;
    a mark that never closes otherwise quotes to the end of its paragraph.
    """
    quotes: list[list[Span]] = []
    still_open = False
    for block in blocks:
        if block.kind is BlockKind.CHROME:
            continue
        for start, end in _paragraphs(text, block):
            spans, ends_open = _in_paragraph(text, start, end)
            if still_open and spans and spans[0].start == start:
                quotes[-1].append(spans.pop(0))
            quotes += [[span] for span in spans]
            still_open = ends_open
    return tuple(Quote(tuple(spans)) for spans in quotes)


def _paragraphs(text: str, block: Block) -> Iterable[tuple[int, int]]:
    for match in re.finditer(r"[^\n]+", text[block.start : block.end]):
        line = match.group()
        lead = len(line) - len(line.lstrip())
        if line.strip():
            yield block.start + match.start() + lead, block.start + match.start() + len(line.rstrip())


def _in_paragraph(text: str, start: int, end: int) -> tuple[list[Span], bool]:
    spans: list[Span] = []
    opened: tuple[int, str] | None = None
    for match in _MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if opened is None:
            if _opens(text, mark, at, match.end(), start):
                opened = (at, mark)
        elif _closes(mark, opened[1]):
            spans.append(Span(opened[0], match.end()))
            opened = None
    if opened is None or opened[1] == "‘":
        return spans, False
    if end - opened[0] > _LONGEST:
        return spans, False
    return [*spans, Span(opened[0], end)], True


def _opens(text: str, mark: str, at: int, after: int, start: int) -> bool:
    if mark in _OPENERS or mark == "‘":
        return True
    if mark in _CLOSERS or mark == "’":
        return False
    before = text[at - 1] if at > start else " "
    follows = text[after : after + 1]
    return (not before.isalnum() and before not in ".,!?") and bool(follows.strip())


def _closes(mark: str, opener: str) -> bool:
    if opener == "‘":
        return mark == "’"
    if opener in _OPENERS:
        return mark in _CLOSERS or mark == '"'
    return mark == opener or (opener == "''" and mark == '"')
