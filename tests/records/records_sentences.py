"""Parse lines of text with the real model, each line a block."""

from __future__ import annotations

from datetime import date

from detente.language.frames import ParsedText
from detente.language.parsing import parse
from detente.model.dates import day
from detente.model.documents import Metadata, Rendition
from detente.model.text import Block, BlockKind

PUBLISHED = date(2025, 6, 15)


def parse_lines(text: str, published: date | None = PUBLISHED) -> ParsedText:
    """Parse a text whose lines are its blocks."""
    blocks, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            first = start + line.index(line.strip())
            blocks.append(Block(first, first + len(line.strip()), BlockKind.BODY, "en"))
        start += len(line)
    when = day(published) if published else None
    rendition = Rendition(text, tuple(blocks), Metadata(published=when, language="en"), "lines")
    return parse(rendition, published=when, publisher=None)
