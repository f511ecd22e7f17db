"""Read Word files: headings, paragraphs, tables, captions, footnotes linked to their marks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from detente.errors import UnreadablePage
from detente.model.documents import Page, Rendition
from detente.model.issues import Reason
from detente.model.text import BlockKind
from detente.reading.charset import clean
from detente.reading.contract import versioned
from detente.reading.formats import Format, format_of
from detente.reading.pieces import Piece, squeeze
from detente.reading.typed_document import read_typed

_LARGEST_MEMBER = 60_000_000
_LARGEST_WHOLE = 200_000_000
_BOMB_RATIO = 300
_BROKEN = (
    PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, TypeError, IndexError,
    NotImplementedError, EOFError, OSError, RuntimeError, LookupError, etree.LxmlError,
)  # fmt: skip


class WordReader:
    """Reads .docx files."""

    name = versioned("word")

    def accepts(self, page: Page) -> bool:
        """Whether the page is a Word file by its content or its type."""
        return format_of(page) is Format.WORD

    def read(self, page: Page) -> Rendition:
        """Read paragraphs, tables and notes in order; raises UnreadablePage for broken or hostile files."""
        _check(page.content)
        try:
            document = docx.Document(io.BytesIO(page.content))
            pieces = [*_pieces(document), *_notes(page.content)]
            told = document.core_properties
            title, author = squeeze(told.title or ""), squeeze(told.author or "")
        except _BROKEN as err:
            raise UnreadablePage(Reason.MALFORMED, f"the Word file is broken ({type(err).__name__})") from err
        if not pieces:
            raise UnreadablePage(Reason.NO_TEXT, "the Word file holds no text")
        return read_typed(page, self.name, pieces, title=title, author=author)


def _check(content: bytes) -> None:
    """Refuse files that unpack to far more than they weigh, or declare entities of their own."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_sizes(members)
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    with archive.open(member) as stream:
                        _check_entities(stream.read(4096))
    except (zipfile.BadZipFile, EOFError, OSError) as err:
        whole = b"PK\x05\x06" in content[-66_000:]
        reason = Reason.MALFORMED if whole else Reason.TRUNCATED
        raise UnreadablePage(
            reason, "the Word file is broken" if whole else "the Word file breaks off"
        ) from err
    except (NotImplementedError, RuntimeError) as err:
        raise UnreadablePage(Reason.ENCRYPTED, "the Word file asks for a password") from err


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    total = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    too_large = any(member.file_size > _LARGEST_MEMBER for member in members) or total > _LARGEST_WHOLE
    if too_large or (total > 20_000_000 and total / packed > _BOMB_RATIO):
        raise UnreadablePage(Reason.TOO_LARGE, f"the Word file unpacks to {total:,} bytes")


def _check_entities(start: bytes) -> None:
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise UnreadablePage(
            Reason.MALFORMED, "the Word file declares entities of its own, which no word processor writes"
        )


def _pieces(document: Document) -> Iterator[Piece]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            piece = _paragraph(block)
            if piece.text:
                yield piece
        else:
            yield from _rows(block)


def _paragraph(paragraph: Paragraph) -> Piece:
    text, marks = _words(paragraph)
    style = (paragraph.style.name or "").casefold() if paragraph.style is not None else ""
    kind = BlockKind.BODY
    if style.startswith(("heading", "title", "subtitle", "überschrift", "titre")):
        kind = BlockKind.HEADING
    elif style.startswith(("caption", "beschriftung", "légende")):
        kind = BlockKind.CAPTION
    elif "quote" in style:
        kind = BlockKind.QUOTE
    return Piece(text, kind, marks=tuple(marks))


def _words(paragraph: Paragraph) -> tuple[str, list[tuple[str, int]]]:
    """The words of a paragraph with the places of its footnote marks."""
    parts: list[str] = []
    marks: list[tuple[str, int]] = []
    for element in paragraph._p.iter(
        qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:footnoteReference"), qn("w:endnoteReference")
    ):
        if element.tag == qn("w:t"):
            parts.append(clean(element.text or ""))
        elif element.tag in (qn("w:tab"), qn("w:br")):
            parts.append(" ")
        else:
            prefix = "f" if element.tag == qn("w:footnoteReference") else "e"
            marks.append((prefix + str(element.get(qn("w:id"))), len(squeeze("".join(parts)))))
    return squeeze("".join(parts)), marks


def _rows(table: Table) -> Iterator[Piece]:
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            # Merged cells come once for every column they cover.
            if id(cell._tc) not in seen:
                seen.add(id(cell._tc))
                cells.append(squeeze(clean(cell.text)))
        text = " | ".join(cell for cell in cells if cell)
        if text:
            yield Piece(text, BlockKind.TABLE)


def _notes(content: bytes) -> Iterator[Piece]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        for part, tag, prefix in (
            ("word/footnotes.xml", "w:footnote", "f"),
            ("word/endnotes.xml", "w:endnote", "e"),
        ):
            if part in names:
                yield from _notes_of(archive.read(part), tag, prefix)


def _notes_of(source: bytes, tag: str, prefix: str) -> Iterator[Piece]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    for note in etree.fromstring(source, parser=parser).iter(qn(tag)):
        # Word keeps the rules above the notes as notes of their own, with a type.
        if note.get(qn("w:type")) is None:
            text = squeeze(clean("".join(part.text or " " for part in note.iter(qn("w:t")))))
            if text:
                yield Piece(text, BlockKind.FOOTNOTE, label=prefix + str(note.get(qn("w:id"))))
