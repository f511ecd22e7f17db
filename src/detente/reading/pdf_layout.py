"""Turn the positioned words of a PDF into lines and paragraphs, page furniture and footnotes."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from detente.reading.line_shapes import ends_like_a_sentence
from detente.reading.pieces import squeeze

_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^(?:page|p\.|seite|trang|стр\.)?\s*[-–—]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—]?(?:\s*(?:of|/|von|de)\s*\d{1,4})?$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(\d{1,3}|[*†‡])$")
_OPENS_NOTE = re.compile(r"^(\d{1,3}|[*†‡])[.)]?\s+\S")
# Share of the page height at each end in which headers and footers stand.
_MARGIN = 0.1
_OUTER_MARGIN = 0.065


@dataclass(slots=True)
class PdfLine:
    """One line of a page. `height` is its place up the page from 0 to 1, `size` in points."""

    text: str
    page: int
    x: float
    y: float
    height: float
    size: float
    marks: list[tuple[str, int]] = field(default_factory=list)
    label: str = ""


@dataclass(slots=True)
class Paragraph:
    """Lines joined: `kind` is "body", "heading", "note" or "margin"."""

    text: str
    kind: str
    page: int
    size: float
    marks: list[tuple[str, int]] = field(default_factory=list)
    label: str = ""
    lines: list[str] = field(default_factory=list)


class LineGatherer:
    """Collects the words a PDF page shows, in the order it shows them, into lines."""

    def __init__(self, page: int, bottom: float, page_height: float) -> None:
        self.lines: list[PdfLine] = []
        self._page, self._bottom, self._height = page, bottom, max(page_height, 1.0)
        self._open: PdfLine | None = None

    def visit(
        self, text: str, cm: Sequence[float], tm: Sequence[float], _font: Any, size: float | None
    ) -> None:
        """Take one chunk as pypdf's text visitor hands it over."""
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3]) or abs(tm[0] * cm[0]) or 1.0
        parts = text.split("\n")
        for number, part in enumerate(parts):
            if part.strip() or (self._open and part):
                self._add(part, x, y, float(size or 0) * scale)
            if number + 1 < len(parts):
                self.close()

    def close(self) -> None:
        """End the line being gathered."""
        line, self._open = self._open, None
        if line and line.text.strip():
            lead = len(line.text) - len(line.text.lstrip())
            line.text = line.text.strip()
            line.marks = [(label, max(0, offset - lead)) for label, offset in line.marks]
            self.lines.append(line)

    def _add(self, text: str, x: float, y: float, size: float) -> None:
        line = self._open
        if line is None:
            height = (y - self._bottom) / self._height
            self._open = PdfLine(text, self._page, x, y, height, size)
            return
        if size < 0.85 * line.size and _LABEL.match(text.strip()):
            line.marks.append((text.strip(), len(line.text.rstrip())))
            return
        if size > 1.15 * line.size and _LABEL.match(line.text.strip()):
            line.label, line.text = line.text.strip(), ""
        line.text += text
        line.size = max(line.size, size)


def body_size(lines: Sequence[PdfLine]) -> float:
    """The size most letters are set in."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def margins(lines: Sequence[PdfLine]) -> set[int]:
    """Numbers of the lines that are headers, footers, page numbers: in the margin, repeated or small."""
    at_edge = [n for n, line in enumerate(lines) if not _MARGIN < line.height < 1 - _MARGIN]
    pages = {_NUMBERS.sub("#", squeeze(lines[n].text)): set[int]() for n in at_edge}
    for n in at_edge:
        pages[_NUMBERS.sub("#", squeeze(lines[n].text))].add(lines[n].page)
    normal = body_size(lines)
    return {
        n
        for n in at_edge
        if len(pages[_NUMBERS.sub("#", squeeze(lines[n].text))]) > 1
        or _PAGE_NUMBER.match(squeeze(lines[n].text))
        or (not _OUTER_MARGIN < lines[n].height < 1 - _OUTER_MARGIN and lines[n].size < 0.95 * normal)
    }


def paragraphs(lines: Sequence[PdfLine]) -> list[Paragraph]:
    """Join lines into paragraphs, across columns and pages where a sentence runs on.

    Notes and margins of a page stand after its last paragraph that starts there.
    """
    normal, outer = body_size(lines), margins(lines)
    pitch = _pitch([line for n, line in enumerate(lines) if n not in outer])
    body: list[Paragraph] = []
    aside: dict[int, list[Paragraph]] = {}
    previous: PdfLine | None = None
    for number, line in enumerate(lines):
        if number in outer:
            aside.setdefault(line.page, []).append(_start(line, "margin"))
        elif _is_note(line, normal, aside.get(line.page, [])):
            _add_note(line, aside.setdefault(line.page, []))
        elif previous and body and not _parts(previous, line, pitch, body[-1], normal):
            _append(body[-1], line)
            previous = line
        else:
            body.append(_start(line, "heading" if line.size > 1.08 * normal else "body"))
            previous = line
    return _merge(body, aside)


def _merge(body: Sequence[Paragraph], aside: dict[int, list[Paragraph]]) -> list[Paragraph]:
    merged: list[Paragraph] = []
    waiting = sorted(aside)
    for paragraph in body:
        while waiting and waiting[0] < paragraph.page:
            merged += aside[waiting.pop(0)]
        merged.append(paragraph)
    return merged + [paragraph for page in waiting for paragraph in aside[page]]


def _parts(above: PdfLine, line: PdfLine, pitch: float, paragraph: Paragraph, normal: float) -> bool:
    """Whether a new paragraph starts at `line`."""
    if abs(above.size - line.size) > 0.6:
        return True
    ended = ends_like_a_sentence(above.text)
    if above.page != line.page or line.y > above.y + 1:
        return (
            ended
            or paragraph.kind == "heading"
            or not (line.text[:1].islower() or above.text[-1:] in ",-" or len(above.text) > 25)
        )
    gap = above.y - line.y
    if gap > 1.35 * pitch * max(1.0, line.size / max(normal, 1.0)):
        return True
    return ended and line.x - above.x > 8


def _pitch(lines: Sequence[PdfLine]) -> float:
    gaps = Counter(
        round(above.y - line.y, 0)
        for above, line in itertools.pairwise(lines)
        if above.page == line.page and abs(above.size - line.size) < 0.3 and 2 < above.y - line.y < 60
    )
    return float(gaps.most_common(1)[0][0]) if gaps else 14.0


def _is_note(line: PdfLine, normal: float, notes: Sequence[Paragraph]) -> bool:
    small = line.size < 0.93 * normal and line.height < 0.6
    opens = bool(line.label or _OPENS_NOTE.match(line.text))
    return small and (opens or any(note.kind == "note" for note in notes))


def _add_note(line: PdfLine, notes: list[Paragraph]) -> None:
    opening = _OPENS_NOTE.match(line.text)
    label = line.label or (opening[1] if opening else "")
    if label or not notes or notes[-1].kind != "note":
        note = _start(line, "note")
        note.label = label
        note.text = squeeze(f"{label} {line.text}") if line.label else line.text
        notes.append(note)
    else:
        _append(notes[-1], line)


def _start(line: PdfLine, kind: str) -> Paragraph:
    return Paragraph(line.text, kind, line.page, line.size, list(line.marks), line.label, [line.text])


def _append(paragraph: Paragraph, line: PdfLine) -> None:
    """Add a line; a word hyphenated at the line's end becomes whole."""
    if paragraph.text.endswith("\u00ad") or (
        re.search(r"[a-zà-ÿ]{2}-$", paragraph.text) and line.text[:1].islower()
    ):
        paragraph.text = paragraph.text[:-1]
    elif not paragraph.text.endswith(("-", "–", "—", "/")):
        paragraph.text += " "
    shift = len(paragraph.text)
    paragraph.lines.append(line.text)
    paragraph.text += line.text
    paragraph.marks += [(label, offset + shift) for label, offset in line.marks]
