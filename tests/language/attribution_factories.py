from __future__ import annotations

from functools import cache

from detente.language.frames import Attribution, ParsedText
from detente.language.parsing import parse
from detente.model.documents import Metadata, Rendition
from detente.model.text import Block, BlockKind


def rendition(text: str, kind: BlockKind = BlockKind.BODY) -> Rendition:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(at, at + len(line), kind))
        at += len(line) + 1
    return Rendition(text, tuple(blocks), Metadata(), "test")


@cache
def parsed(text: str, kind: BlockKind = BlockKind.BODY) -> ParsedText:
    return parse(rendition(text, kind), published=None, publisher=None)


def said(text: str, attribution: Attribution) -> str:
    return " | ".join(text[span.start : span.end] for span in attribution.content)


def found(text: str, kind: BlockKind = BlockKind.BODY) -> list[tuple[str, str, str]]:
    """(speakers, cue lemma, content) of every attribution."""
    return [
        (", ".join(party.text for party in a.speakers), a.lemma, said(text, a))
        for a in parsed(text, kind).attributions
    ]
