"""Read plain text: a bare story, or a web page saved with its menus, comments and related stories."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from detente.codebooks.page_words import bold_names
from detente.model.dates import Basis
from detente.model.documents import Genre, Metadata, Page, Rendition
from detente.model.issues import Issue, Reason
from detente.model.text import BlockKind
from detente.reading.charset import clean, decode
from detente.reading.contract import versioned
from detente.reading.dateline import Dateline, find_dateline
from detente.reading.formats import Format, format_of
from detente.reading.house import House, clash, dated, genre_of, house_of
from detente.reading.line_shapes import Line, Shape, ends_like_a_sentence, note_label, shape_line
from detente.reading.pieces import LONGEST_TEXT, Piece, assemble, squeeze, tidy_hint
from detente.reading.plain_header import Header, publication, read_header
from detente.reading.plain_zones import find_article, type_article
from detente.reading.publication import DateEvidence, Moment, first_settled, moment_of_stamp

_END_MARK = re.compile(r"\s*(-0-|###|-30-|\(END\)|\(끝\))\s*$")
_COLUMN = re.compile(r"[^\S\n]{2,}|\t")
_FIGURE = re.compile(r"\d")
_HARD_WRAP = range(50, 101)


class PlainTextReader:
    """Reads text/plain, and what a feed or JSON line gives as text."""

    name = versioned("plain")

    def accepts(self, page: Page) -> bool:
        """Whether the page is text without markup."""
        return format_of(page) is Format.PLAIN

    def read(self, page: Page) -> Rendition:
        """Read the page; the title its source told comes first where the text does not repeat it."""
        text, issues = decode(page.content, page.charset, page.address)
        return read_text(page, clean(text), self.name, issues)


@dataclass(frozen=True, slots=True)
class PlainArticle:
    """The typed lines of a text and what its header says."""

    pieces: list[Piece]
    header: Header

    @property
    def body(self) -> str:
        """The words that are not furniture."""
        return "\n".join(piece.text for piece in self.pieces if piece.kind is not BlockKind.CHROME)

    @property
    def shown(self) -> str:
        """All words of the page."""
        return "\n".join(piece.text for piece in self.pieces)


def read_text(page: Page, text: str, reader: str, issues: Sequence[Issue] = ()) -> Rendition:
    """Read decoded text into a rendition, with the page's hints for what the text does not say."""
    if len(text) > LONGEST_TEXT:
        detail = f"only the first {LONGEST_TEXT:,} characters were read"
        issues = [*issues, Issue(Reason.TOO_LARGE, page.address, detail, severity="part")]
    article = find_pieces(unglue(text[:LONGEST_TEXT]), tidy_hint(page.hints.title))
    metadata, troubles = _describe(page, article)
    return assemble(page, reader, article.pieces, metadata, [*issues, *troubles])


def find_pieces(text: str, title: str = "") -> PlainArticle:
    """Type every line of a text; `title` is what the source told, "" when it told nothing."""
    lines = split_lines(text)
    start, end = find_article(lines)
    if start == end:
        start, end = _no_prose(lines)
    header = read_header(lines[:start], title)
    repeated = Counter(line.text for line in lines)
    kinds = [*header.kinds, *type_article(lines[start:end], repeated), *_tail(lines[end:], text)]
    pieces = [part for line, kind in zip(lines, kinds, strict=True) for part in _pieces(line, kind)]
    if title and header.title_at is None and not _opens_with(lines, title):
        pieces.insert(0, Piece(title, BlockKind.HEADING))
    return PlainArticle(pieces, header)


def split_lines(text: str) -> list[Line]:
    """Part a text into lines with their shapes; hard-wrapped paragraphs become one line each."""
    rows = {squeeze(line) for line in text.split("\n") if _is_menu_row(line)}
    raw = [squeeze(line) for line in text.split("\n")]
    raw = _unwrap(raw) if _is_hard_wrapped(raw) else _mend(raw)
    lines, gap = [], 0
    for line in raw:
        if line:
            shaped = shape_line(line, gap)
            lines.append(replace(shaped, shape=Shape.FURNITURE) if line in rows else shaped)
            gap = 0
        else:
            gap += 1
    return lines


def _is_menu_row(line: str) -> bool:
    """Whether a line is a row of short entries, without figures, set apart by several blanks."""
    entries = _COLUMN.split(line.strip())
    return len(entries) >= 3 and not _FIGURE.search(line) and all(len(e.split()) <= 3 for e in entries)


def unglue(text: str) -> str:
    """Put back the blanks around names that a saved page glued to their neighbours.

    >>> unglue("ComradeKim Jong Unsent a message")
    'Comrade Kim Jong Un sent a message'
    """
    glued, broken, following = _bold_patterns()
    return following.sub(r"\1 ", broken.sub(r"\1 ", glued.sub(" ", text)))


@cache
def _bold_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Where a name is glued to the word before it, stands on a broken line, is glued to the word after it."""
    names = "|".join(re.escape(bold.name) for bold in bold_names())
    titles = "|".join(sorted({re.escape(title) for bold in bold_names() for title in bold.titles}))
    return (
        re.compile(rf"(?<=[a-z,;:)])(?=(?:{names})(?:\W|[a-z]|$))"),
        re.compile(rf"\b({titles})\n(?=(?:{names})\b)"),
        re.compile(rf"\b({names})\n?(?=[a-z(])"),
    )


def _no_prose(lines: Sequence[Line]) -> tuple[int, int]:
    """A few short lines are the text itself: a sentence, a flash, a note."""
    kept = [n for n, line in enumerate(lines) if line.shape not in (Shape.FURNITURE, Shape.END, Shape.DATE)]
    if not kept:
        return len(lines), len(lines)
    first = next((n for n in kept if lines[n].shape is Shape.SHORT), kept[0])
    return first, kept[-1] + 1


def _tail(lines: Sequence[Line], body: str) -> list[BlockKind]:
    return [BlockKind.FOOTNOTE if _is_note(line, body) else BlockKind.CHROME for line in lines]


def _is_note(line: Line, body: str) -> bool:
    """A numbered line after the article is a note when it is a sentence or the text refers to it."""
    label = note_label(line.text)
    return bool(label) and line.words > 3 and (ends_like_a_sentence(line.text) or f"[{label}]" in body)


def _pieces(line: Line, kind: BlockKind) -> list[Piece]:
    """A line as pieces: an end mark such as -0- is furniture of its own."""
    mark = _END_MARK.search(line.text) if kind is BlockKind.BODY else None
    if mark and mark.start() > 0:
        return [Piece(line.text[: mark.start()], kind), Piece(mark[1], BlockKind.CHROME)]
    return [Piece(line.text, kind, label=note_label(line.text) if kind is BlockKind.FOOTNOTE else "")]


def _opens_with(lines: Sequence[Line], title: str) -> bool:
    return bool(lines) and lines[0].text.casefold() == title.casefold()


def _describe(page: Page, article: PlainArticle) -> tuple[Metadata, list[Issue]]:
    hints, header = page.hints, article.header
    opening = next((p.text for p in article.pieces if p.kind is BlockKind.BODY), "")
    evidence = DateEvidence(body=article.body, received=page.received.date())
    dateline = find_dateline(opening, evidence)
    house = house_of(page.address, (hints.publisher, header.publisher, dateline.agency if dateline else ""))
    evidence = house.evidence(page, hints.language, article.body, article.shown)
    told = moment_of_stamp(hints.published, Basis.METADATA, evidence) if hints.published else None
    written, changed = publication(header, evidence)
    moment = _zoned(first_settled((told, dateline.moment if dateline else None, written)), dateline, house)
    metadata = _metadata(page, article, house, dateline)
    metadata, issues = dated(replace(metadata, modified=changed.date if changed else None), page, moment)
    return metadata, issues + clash(page, told, written or (dateline.moment if dateline else None))


def _metadata(page: Page, article: PlainArticle, house: House, dateline: Dateline | None) -> Metadata:
    genre = genre_of(article.header.title, page.address)
    if genre is Genre.UNKNOWN and dateline and dateline.agency:
        genre = Genre.NEWS
    return Metadata(
        title=article.header.title,
        publisher=house.name,
        byline=tidy_hint(page.hints.byline) or article.header.byline,
        genre=genre,
        voice=house.rank,
        language=page.hints.language.split("-")[0].casefold() or None,
        country=house.country,
    )


def _zoned(moment: Moment | None, dateline: Dateline | None, house: House) -> Moment | None:
    """A dateline's place gives the zone where the date itself has none."""
    if moment is None or moment.zone or dateline is None:
        return moment
    return replace(moment, zone=dateline.zone)


def _is_hard_wrapped(lines: Sequence[str]) -> bool:
    """Whether most lines break at a common width although their sentence goes on."""
    filled = [line for line in lines if line]
    if len(filled) < 4 or max(map(len, filled)) > _HARD_WRAP.stop:
        return False
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if a and b]
    running = sum(len(a) in _HARD_WRAP and not a.endswith((".", "!", "?", ":")) for a, b in pairs)
    return len(pairs) >= 3 and running > 0.5 * len(pairs)


def _mend(lines: Sequence[str]) -> list[str]:
    """Join a line that breaks off in mid-sentence with the next, which starts with a small letter."""
    joined: list[str] = []
    for line in lines:
        before = joined[-1] if joined else ""
        if line[:1].islower() and before[-1:].isalnum() and len(before.split()) >= 5:
            joined[-1] += " " + line
        else:
            joined.append(line)
    return joined


def _unwrap(lines: Sequence[str]) -> list[str]:
    joined: list[str] = []
    previous = ""
    for line in lines:
        if line and previous and len(previous) >= _HARD_WRAP.start - 10 and not note_label(line):
            joined[-1] += " " + line
        else:
            joined.append(line)
        previous = line
    return joined
