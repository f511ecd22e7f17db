"""Read Markdown notes and reports, with their front matter and footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from detente.errors import UnreadablePage
from detente.model.documents import Page, Rendition
from detente.model.issues import Reason
from detente.model.text import BlockKind
from detente.reading.charset import clean, decode
from detente.reading.contract import versioned
from detente.reading.formats import Format, format_of
from detente.reading.pieces import LONGEST_TEXT, Piece, squeeze
from detente.reading.typed_document import read_typed

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_-]+)\s*:\s*(.+?)\s*$", re.MULTILINE)
_NOTE = re.compile(
    r"^\[\^([^\]\s]{1,20})\]:[ \t]*(.*(?:\n(?:[ \t]{2,}\S.*|[ \t]*(?=\n[ \t]{2,}\S)))*)", re.MULTILINE
)
_MARK = re.compile(r"\[\^([^\]\s]{1,20})\]")


class MarkdownReader:
    """Reads text/markdown."""

    name = versioned("markdown")

    def accepts(self, page: Page) -> bool:
        """Whether the page is Markdown by its type or its ending."""
        return format_of(page) is Format.MARKDOWN

    def read(self, page: Page) -> Rendition:
        """Read headings, paragraphs, quotes, tables and notes; markup is not part of the text."""
        text, issues = decode(page.content, page.charset, page.address)
        text = clean(text)[:LONGEST_TEXT]
        front = _FRONT.match(text)
        fields = (
            {key.casefold(): value.strip("\"'") for key, value in _FIELD.findall(front[1])} if front else {}
        )
        body, notes = _take_notes(text[front.end() :] if front else text)
        pieces = [*_pieces(body), *notes]
        if not pieces:
            raise UnreadablePage(Reason.NO_TEXT, "the page holds no words")
        return read_typed(
            page,
            self.name,
            pieces,
            title=fields.get("title", ""),
            author=fields.get("author", "") or fields.get("authors", ""),
            published=fields.get("date", "") or fields.get("published", ""),
            publisher=fields.get("publisher", "") or fields.get("source", ""),
            issues=issues,
        )


def _take_notes(text: str) -> tuple[str, list[Piece]]:
    notes = [
        Piece(squeeze(_MARK.sub("", match[2])), BlockKind.FOOTNOTE, label=match[1])
        for match in _NOTE.finditer(text)
    ]
    return _NOTE.sub("", text), notes


def _pieces(text: str) -> list[Piece]:
    pieces: list[Piece] = []
    open_tags: list[str] = []
    cells: list[str] = []
    for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(text):
        if token.nesting == 1:
            open_tags.append(token.type)
        elif token.nesting == -1:
            open_tags.pop()
            if token.type == "tr_close" and any(cells):
                pieces.append(Piece(" | ".join(cell for cell in cells if cell), BlockKind.TABLE))
                cells = []
        elif token.type == "inline":
            if "tr_open" in open_tags:
                cells.append(squeeze(_words(token.children or [])))
            else:
                pieces += _inline(token, open_tags)
        elif token.type in ("fence", "code_block"):
            pieces += [
                Piece(squeeze(line), BlockKind.BODY) for line in token.content.split("\n\n") if line.strip()
            ]
    return pieces


def _inline(token: Token, open_tags: Sequence[str]) -> list[Piece]:
    children = token.children or []
    images = [child for child in children if child.type == "image"]
    words = _words([child for child in children if child.type != "image"])
    if images and not words.strip():
        return [Piece(squeeze(image.content), BlockKind.CAPTION) for image in images if image.content.strip()]
    kind = BlockKind.BODY
    if "heading_open" in open_tags:
        kind = BlockKind.HEADING
    elif "blockquote_open" in open_tags:
        kind = BlockKind.QUOTE
    return [_marked(words, kind)]


def _words(children: Sequence[Token]) -> str:
    parts = []
    for child in children:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts)


def _marked(words: str, kind: BlockKind) -> Piece:
    """Take footnote marks out of the words and remember where they stood."""
    text, marks, at = "", [], 0
    for match in _MARK.finditer(words):
        text = (
            squeeze(text + words[at : match.start()] + "\x00").rstrip("\x00").rstrip()
            if not text
            else text + words[at : match.start()]
        )
        marks.append((match[1], len(squeeze(text))))
        at = match.end()
    return Piece(squeeze(text + words[at:]), kind, marks=tuple(marks))
