"""Put the typed pieces a reader found together into one text with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from detente.model.documents import Metadata, Page, Rendition
from detente.model.identity import document_id, rendition_id, version_id
from detente.model.issues import Issue, Reason
from detente.model.text import Block, BlockKind
from detente.reading.block_language import languages_of
from detente.reading.charset import clean

LONGEST_BLOCK = 20_000
LONGEST_TEXT = 2_000_000
_FEWEST_STANDFIRST_WORDS = 7
_FEWEST_SECTIONS = 2
_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?。！？][\"'”’)]*\s")


@dataclass(frozen=True, slots=True)
class Piece:
    """One block before it has its place: words, kind, page.

    `marks` are footnote marks in the words as (label, offset); a footnote carries its own `label`.
    """

    text: str
    kind: BlockKind
    page: int | None = None
    marks: tuple[tuple[str, int], ...] = ()
    label: str = ""


def squeeze(text: str) -> str:
    """Make every stretch of white space one blank."""
    return _SPACE.sub(" ", text).strip()


def tidy_hint(text: str) -> str:
    """A hint of the source as one tidy line."""
    return squeeze(clean(text))


def main_text(rendition: Rendition) -> str:
    """The article's own words, a paragraph a line: body, quotes, tables and the headings between them.

    The title and a standfirst below it are left out; the short heading of a first section is not.
    """
    kinds = (BlockKind.BODY, BlockKind.QUOTE, BlockKind.TABLE, BlockKind.HEADING)
    own = [block for block in rendition.blocks if block.kind in kinds]
    above = next((at for at, block in enumerate(own) if block.kind is not BlockKind.HEADING), len(own))
    inner = sum(block.kind is BlockKind.HEADING for block in own[above:])
    if inner >= _FEWEST_SECTIONS and above and not _is_above(rendition, own[above - 1]):
        above -= 1
    own = own[above:]
    return "\n".join(rendition.text[block.start : block.end] for block in own)


def _is_above(rendition: Rendition, heading: Block) -> bool:
    text = rendition.text[heading.start : heading.end]
    return text == rendition.metadata.title or len(text.split()) >= _FEWEST_STANDFIRST_WORDS


def assemble(
    page: Page, reader: str, pieces: Iterable[Piece], metadata: Metadata, issues: Sequence[Issue] = ()
) -> Rendition:
    """Join pieces into a rendition: one block per piece, a line break between blocks.

    Adds an Issue where nothing readable is left or the text was cut at `LONGEST_TEXT`.
    """
    placed, cut = _fit([part for piece in pieces if piece.text for part in _split(piece)])
    found = list(issues)
    if cut:
        detail = f"only the first {LONGEST_TEXT:,} characters were read"
        found.append(Issue(Reason.TOO_LARGE, page.address, detail, severity="part"))
    if all(piece.kind is BlockKind.CHROME for piece in placed):
        found.append(
            Issue(Reason.NO_TEXT, page.address, "the page holds no text of its own", severity="part")
        )
    main_language, languages = languages_of([(piece.text, piece.kind) for piece in placed], metadata.language)
    blocks = _place(placed, languages)
    version = version_id(document_id(page.address), page)
    return Rendition(
        text="\n".join(piece.text for piece in placed),
        blocks=blocks,
        metadata=replace(metadata, language=main_language),
        reader=reader,
        id=rendition_id(version, reader),
        version=version,
        issues=tuple(found),
    )


def _place(pieces: Sequence[Piece], languages: Sequence[str | None]) -> tuple[Block, ...]:
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += len(piece.text) + 1
    marks = [
        (label, start + offset)
        for piece, start in zip(pieces, starts, strict=True)
        for label, offset in piece.marks
    ]
    return tuple(
        Block(
            start,
            start + len(piece.text),
            piece.kind,
            language,
            piece.page,
            _anchor(piece, start, marks) if piece.kind is BlockKind.FOOTNOTE else None,
        )
        for piece, start, language in zip(pieces, starts, languages, strict=True)
    )


def _anchor(note: Piece, start: int, marks: Sequence[tuple[str, int]]) -> int | None:
    """Labels may start anew on each page: the last mark before the note wins, else the first after it."""
    if not note.label:
        return None
    before = [offset for label, offset in marks if label == note.label and offset < start]
    after = [offset for label, offset in marks if label == note.label and offset > start]
    return before[-1] if before else (after[0] if after else None)


def _split(piece: Piece) -> list[Piece]:
    """Cut a paragraph no parser could take whole, at a sentence end where there is one."""
    if len(piece.text) <= LONGEST_BLOCK:
        return [piece]
    parts, at, text = [], 0, piece.text
    while at < len(text) and at <= LONGEST_TEXT:
        end = _cut(text, at)
        marks = tuple((label, offset - at) for label, offset in piece.marks if at <= offset < end)
        words = text[at:end].rstrip()
        if words:
            parts.append(replace(piece, text=words, marks=marks))
        at = end
        while at < len(text) and text[at] == " ":
            at += 1
    return parts


def _cut(text: str, at: int) -> int:
    limit = at + LONGEST_BLOCK
    if limit >= len(text):
        return len(text)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, limit - 2_000, limit)]
    if ends:
        return ends[-1]
    blank = text.rfind(" ", at + 1, limit)
    return blank if blank > 0 else limit


def _fit(pieces: list[Piece]) -> tuple[list[Piece], bool]:
    total = 0
    for number, piece in enumerate(pieces):
        total += len(piece.text) + 1
        if total > LONGEST_TEXT:
            return pieces[: max(number, 1)], True
    return pieces, False
