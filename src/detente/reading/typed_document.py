"""Finish a document whose format types its own blocks: title, byline, house, date from its opening lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from detente.codebooks.page_words import furniture
from detente.codebooks.publishers import publisher_by_name
from detente.model.dates import Basis
from detente.model.documents import Genre, Metadata, Page, Rendition
from detente.model.issues import Issue
from detente.model.text import BlockKind
from detente.reading.dateline import find_dateline
from detente.reading.house import dated, genre_of, house_of
from detente.reading.line_shapes import Shape, is_caption, is_date_line, is_furniture, shape_line
from detente.reading.pieces import Piece, assemble, squeeze, tidy_hint
from detente.reading.plain_header import split_date_line
from detente.reading.publication import DateEvidence, first_settled, moment_of_stamp, settle
from detente.reading.written_dates import find_dates

_PERSON = re.compile(
    r"^(?:by\s+)?[A-ZÀ-Ý][\w.’'-]+(?:\s+(?:and|&|[A-ZÀ-Ý][\w.’'-]*)|,\s*)*\s+[A-ZÀ-Ý][\w.’'-]+$"
)
_OPENING = 10


def read_typed(
    page: Page,
    reader: str,
    pieces: Sequence[Piece],
    *,
    title: str = "",
    author: str = "",
    published: str = "",
    publisher: str = "",
    issues: Sequence[Issue] = (),
) -> Rendition:
    """Assemble typed pieces; what the format told (title, author, published) wins over the opening lines."""
    title_at = _title_at(pieces, title)
    shown = pieces[title_at].text if title_at is not None else ""
    heading = (
        tidy_hint(page.hints.title)
        or (shown if shown and (not title or _same(shown, title)) else title)
        or shown
    )
    opening = _opening(pieces)
    typed = [_retype(piece, number == title_at, number in opening) for number, piece in enumerate(pieces)]
    if heading and title_at is None:
        typed.insert(0, Piece(heading, BlockKind.HEADING))
    lines = [pieces[number].text for number in sorted(opening)]
    metadata, open_points = _describe(page, typed, lines, heading, (author, published, publisher))
    return assemble(page, reader, typed, metadata, [*issues, *open_points])


def _title_at(pieces: Sequence[Piece], title: str) -> int | None:
    start = pieces[:_OPENING]
    if title:
        same = next((n for n, piece in enumerate(start) if _same(piece.text, title)), None)
        if same is not None:
            return same
    return next((n for n, piece in enumerate(start) if piece.kind is BlockKind.HEADING), None)


def _same(first: str, second: str) -> bool:
    return squeeze(first).casefold() == squeeze(second).casefold()


def _opening(pieces: Sequence[Piece]) -> set[int]:
    """Numbers of the short lines before the first paragraph of prose."""
    found: set[int] = set()
    for number, piece in enumerate(pieces[:_OPENING]):
        if piece.kind in (BlockKind.BODY, BlockKind.QUOTE):
            if shape_line(piece.text, 1).shape is Shape.PROSE:
                break
            found.add(number)
    return found


def _retype(piece: Piece, is_title: bool, is_opening: bool) -> Piece:
    if is_title:
        return replace(piece, kind=BlockKind.HEADING)
    if piece.kind is not BlockKind.BODY:
        return piece
    if is_furniture(piece.text) or (is_opening and _says_who_or_when(piece.text)):
        return replace(piece, kind=BlockKind.CHROME)
    if is_caption(piece.text) and len(piece.text.split()) < 60:
        return replace(piece, kind=BlockKind.CAPTION)
    return piece


def _says_who_or_when(text: str) -> bool:
    byline = furniture("byline").match(text) or furniture("dated").match(text) or _PERSON.match(text)
    house = any(publisher_by_name(part) for part in (text, *re.split(r",\s*|\s[-–—|·]\s", text)))
    return bool(byline or is_date_line(text) or house)


def _describe(
    page: Page, pieces: Sequence[Piece], lines: Sequence[str], title: str, told: tuple[str, str, str]
) -> tuple[Metadata, list[Issue]]:
    author, published, publisher = told
    body = "\n".join(piece.text for piece in pieces if piece.kind is not BlockKind.CHROME)
    prose = next((p.text for p in pieces if p.kind is BlockKind.BODY and len(p.text) > 60), "")
    dateline = find_dateline(prose, DateEvidence(received=page.received.date()))
    parts = [part for line in lines for part in (line, *re.split(r",\s*|\s[-–—|·]\s", line))]
    names = [part for part in parts if publisher_by_name(part)]
    house = house_of(
        page.address, (page.hints.publisher, publisher, *names, dateline.agency if dateline else "")
    )
    evidence = house.evidence(page, page.hints.language, body, body)
    stamps = [
        moment_of_stamp(stamp, Basis.METADATA, evidence)
        for stamp in (page.hints.published, published)
        if stamp
    ]
    written = [settle(date, Basis.TEXT, evidence) for line in lines for date in find_dates(line)]
    genre = genre_of(title, page.address, sections=parts)
    if genre is Genre.UNKNOWN and any(piece.kind is BlockKind.FOOTNOTE for piece in pieces):
        genre = Genre.REPORT
    metadata = Metadata(
        title=title,
        publisher=house.name,
        byline=tidy_hint(page.hints.byline) or author or _byline(lines),
        genre=genre,
        voice=house.rank,
        language=page.hints.language.split("-")[0].casefold() or None,
        country=house.country,
    )
    moment = first_settled([*stamps, dateline.moment if dateline else None, *written])
    if moment and dateline and not moment.zone:
        moment = replace(moment, zone=dateline.zone)
    return dated(metadata, page, moment)


def _byline(lines: Sequence[str]) -> str:
    for line in lines:
        dated_line = split_date_line(line)
        for text in dated_line.names if dated_line else (line,):
            match = furniture("byline").match(text)
            name = text[match.end() :].strip(" :") if match else text
            if (
                name
                and len(name.split()) <= 9
                and (match or _PERSON.match(name))
                and not publisher_by_name(name)
            ):
                return name
    return ""
