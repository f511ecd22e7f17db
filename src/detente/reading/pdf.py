"""Read PDF reports: paragraphs with their page, headings, footnotes linked to their marks."""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections.abc import Sequence

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from detente.codebooks.publishers import publisher_by_name
from detente.errors import UnreadablePage
from detente.model.dates import Basis
from detente.model.documents import Genre, Metadata, Page, Rendition
from detente.model.issues import Issue, Reason
from detente.model.text import BlockKind
from detente.reading.charset import clean
from detente.reading.contract import versioned
from detente.reading.formats import Format, format_of
from detente.reading.house import dated, genre_of, house_of
from detente.reading.line_shapes import Shape, is_caption, shape_line
from detente.reading.pdf_layout import LineGatherer, Paragraph, PdfLine, paragraphs
from detente.reading.pieces import Piece, assemble, squeeze, tidy_hint
from detente.reading.publication import first_settled, moment_of_stamp, settle
from detente.reading.written_dates import find_dates

logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_MOST_PAGES = 400
_LARGEST_CONTENT = 4_000_000
# What pypdf lets through when a file is broken.
_BROKEN = (
    PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OverflowError,
    NotImplementedError, AssertionError, LookupError, ArithmeticError, OSError, MemoryError,
    zlib.error, struct.error,
)  # fmt: skip
_NOT_TOLD = re.compile(
    r"^(?:\S*|\(\S*\)|unspecified|microsoft word.*|.*\.(?:docx?|pdf|indd|qxd))$", re.IGNORECASE
)
_SUBJECT = re.compile(r"^(?:subject|re|betreff|objet|тема)\s*:\s*", re.IGNORECASE)
_NAMES = re.compile(
    r"^(?:by\s+)?[A-ZÀ-Ý][\w.’'-]+(?:\s+(?:and|&|[A-ZÀ-Ý][\w.’'-]*|[a-z]{2,3})|,\s*)*(?:\s+[A-ZÀ-Ý][\w.’'-]+)$"
)


class PdfPageReader:
    """Reads PDF files that hold text; scanned pages give NO_TEXT."""

    name = versioned("pdf")

    def accepts(self, page: Page) -> bool:
        """Whether the page is a PDF by its first bytes or its type."""
        return format_of(page) is Format.PDF

    def read(self, page: Page) -> Rendition:
        """Read the text page by page; raises UnreadablePage for encrypted, broken or scanned files."""
        document = _open(page)
        lines, issues = _lines(document, page)
        if not lines:
            if issues:
                raise UnreadablePage(issues[0].reason, issues[0].detail)
            raise UnreadablePage(Reason.NO_TEXT, "the PDF holds pictures of pages but no text")
        found = paragraphs(lines)
        title_at = _title_at(found)
        title = (
            tidy_hint(page.hints.title) or _told(document, "/Title") or _SUBJECT.sub("", found[title_at].text)
        )
        head = _heads(found, title_at)
        pieces = [_piece(p, number == title_at, number in head) for number, p in enumerate(found)]
        metadata, open_points = _describe(page, document, found, title)
        return assemble(page, self.name, pieces, metadata, [*issues, *open_points])


def _open(page: Page) -> PdfReader:
    try:
        document = PdfReader(io.BytesIO(page.content), strict=False)
        if document.is_encrypted and not document.decrypt(""):
            raise UnreadablePage(Reason.ENCRYPTED, "the PDF asks for a password")
        len(document.pages)
    except _BROKEN as err:
        raise UnreadablePage(*_trouble(page.content, err)) from err
    return document


def _trouble(content: bytes, err: BaseException) -> tuple[Reason, str]:
    if b"/Encrypt" in content:
        return Reason.ENCRYPTED, "the PDF is encrypted"
    if b"%%EOF" not in content[-2048:]:
        return Reason.TRUNCATED, "the PDF breaks off before its end"
    return Reason.MALFORMED, f"the PDF is broken ({type(err).__name__})"


def _lines(document: PdfReader, page: Page) -> tuple[list[PdfLine], list[Issue]]:
    lines: list[PdfLine] = []
    issues: list[Issue] = []
    count = len(document.pages)
    for number in range(1, min(count, _MOST_PAGES) + 1):
        try:
            lines += _page_lines(document.pages[number - 1], number)
        except _BROKEN as err:
            reason, detail = _trouble(page.content, err)
            issues.append(Issue(reason, page.address, detail, locator=f"page {number}", severity="part"))
    if count > _MOST_PAGES:
        detail = f"only the first {_MOST_PAGES} of {count} pages were read"
        issues.append(Issue(Reason.TOO_LARGE, page.address, detail, severity="part"))
    return lines, issues


def _page_lines(page: PageObject, number: int) -> list[PdfLine]:
    content = page.get_contents()
    if content is None:
        return []
    if len(content.get_data()) > _LARGEST_CONTENT:
        raise OverflowError
    box = page.mediabox
    gatherer = LineGatherer(number, float(box.bottom), float(box.height))
    page.extract_text(visitor_text=gatherer.visit)
    gatherer.close()
    for line in gatherer.lines:
        line.text = squeeze(clean(line.text)) if not line.marks else clean(line.text)
    return [line for line in gatherer.lines if line.text.strip()]


def _title_at(found: Sequence[Paragraph]) -> int:
    """The title: a line that says so, else the largest words of the first page, else the first stub."""
    first = [n for n, p in enumerate(found) if p.page == found[0].page and p.kind in ("body", "heading")]
    for number in first[:12]:
        if _SUBJECT.match(found[number].text):
            return number
    headings = [n for n in first if found[n].kind == "heading"]
    if headings:
        return max(headings, key=lambda n: (round(found[n].size, 1), -n))
    named = [
        n
        for n in first[:6]
        if not publisher_by_name(found[n].text) and shape_line(found[n].text, 1).words >= 3
    ]
    return next(iter(named or first), 0)


def _told(document: PdfReader, key: str) -> str:
    """A field of the PDF's own description; "" for what programs fill in by themselves."""
    try:
        value = document.metadata[key] if document.metadata and key in document.metadata else ""
        text = squeeze(clean(str(value or "")))
    except _BROKEN:
        return ""
    return "" if _NOT_TOLD.match(text) else text


def _heads(found: Sequence[Paragraph], title_at: int) -> set[int]:
    """Opening lines that name authors, house and day: who and when, not what."""
    count = sum(len(p.lines) > 0 for p in _opening(found))
    opening = [n for n, p in enumerate(found) if p.kind == "body"][: max(0, count)]
    return {
        n
        for n in opening
        if n != title_at and _is_head(found[n]) and shape_line(found[n].text, 1).shape is not Shape.PROSE
    }


def _is_head(paragraph: Paragraph) -> bool:
    named = any(publisher_by_name(part) for line in paragraph.lines for part in re.split(r",\s*", line))
    return named or any(find_dates(paragraph.text)) or any(_NAMES.match(line) for line in paragraph.lines)


def _piece(paragraph: Paragraph, is_title: bool, is_head: bool) -> Piece:
    kinds = {"margin": BlockKind.CHROME, "note": BlockKind.FOOTNOTE, "heading": BlockKind.HEADING}
    kind = BlockKind.CHROME if is_head else kinds.get(paragraph.kind, BlockKind.BODY)
    kind = BlockKind.HEADING if is_title else kind
    if kind is BlockKind.BODY and is_caption(paragraph.text) and len(paragraph.text.split()) < 60:
        kind = BlockKind.CAPTION
    return Piece(paragraph.text.strip(), kind, paragraph.page, tuple(paragraph.marks), paragraph.label)


def _describe(
    page: Page, document: PdfReader, found: Sequence[Paragraph], title: str
) -> tuple[Metadata, list[Issue]]:
    opening = [line for paragraph in _opening(found) for line in paragraph.lines]
    margins = [p.text for p in found if p.kind == "margin"]
    body = "\n".join(p.text for p in found if p.kind != "margin")
    house = house_of(page.address, (page.hints.publisher, *_names([*opening, *margins])))
    evidence = house.evidence(page, page.hints.language, body, body)
    told = moment_of_stamp(page.hints.published, Basis.METADATA, evidence) if page.hints.published else None
    written = [settle(date, Basis.TEXT, evidence) for text in opening for date in find_dates(text)]
    genre = genre_of(title, page.address)
    if genre is Genre.UNKNOWN and (any(p.kind == "note" for p in found) or _is_report([*opening, *margins])):
        genre = Genre.REPORT
    metadata = Metadata(
        title=title,
        publisher=house.name,
        byline=tidy_hint(page.hints.byline) or _told(document, "/Author") or _byline(opening, title),
        genre=genre,
        voice=house.rank,
        country=house.country,
    )
    metadata, issues = dated(metadata, page, first_settled([told, *written]))
    return metadata, issues


def _opening(found: Sequence[Paragraph]) -> list[Paragraph]:
    """What stands before the first paragraph of prose on the first page."""
    opening: list[Paragraph] = []
    for paragraph in found:
        if paragraph.page != found[0].page:
            break
        if paragraph.kind in ("margin", "note"):
            continue
        if paragraph.kind == "body" and shape_line(paragraph.text, 1).shape is Shape.PROSE:
            break
        opening.append(paragraph)
    return opening


def _names(texts: Sequence[str]) -> list[str]:
    """Known houses among the parts of the opening lines and the running heads."""
    parts = [part for text in texts for part in (text, *re.split(r",\s*|\s[-–—|]\s", text))]
    return [part for part in parts if publisher_by_name(part)]


def _byline(opening: Sequence[str], title: str) -> str:
    for text in opening:
        if text != title and len(text.split()) <= 9 and _NAMES.match(text) and not publisher_by_name(text):
            return re.sub(r"^by\s+", "", text, flags=re.IGNORECASE)
    return ""


def _is_report(texts: Sequence[str]) -> bool:
    return any(
        re.search(r"\b(?:report|paper|brief|briefing|working paper|study)\b", text, re.IGNORECASE)
        for text in texts
    )
