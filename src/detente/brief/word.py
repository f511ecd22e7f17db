"""Write a brief as a Word file whose references are real footnotes (ECMA-376 part 1, section 17.11)."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from detente.brief.lines import ALL_READ, Brief, Line, Reference

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_docx(brief: Brief) -> bytes:
    """Write the bytes of a .docx; each mark of each line is a footnote of its own, as Word numbers them."""
    import docx

    document = docx.Document()
    document.add_heading(_xml_safe(brief.title), level=0)
    document.add_paragraph(_xml_safe(brief.scope))
    notes: list[Reference] = []
    by_number = {reference.number: reference for reference in brief.references}
    for section in brief.sections:
        document.add_heading(section.heading, level=1)
        for line in section.lines:
            _write_line(document, line, [by_number[mark] for mark in line.marks], notes)
    if brief.unread is not None:
        document.add_heading("What could not be read", level=1)
        for unread in brief.unread or (ALL_READ,):
            document.add_paragraph(_xml_safe(unread), style="List Bullet")
    _add_footnotes(document, notes)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _write_line(document: Document, line: Line, references: list[Reference], notes: list[Reference]) -> None:
    paragraph = document.add_paragraph(style="List Bullet")
    paragraph.add_run(line.when + "  ").bold = True
    paragraph.add_run(_xml_safe(line.text) + " ")
    for position, reference in enumerate(references):
        notes.append(reference)
        if position:
            paragraph.add_run(", ").font.superscript = True
        _add_mark(paragraph, len(notes))


def _add_mark(paragraph: Paragraph, number: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run()
    run.font.superscript = True
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(number))
    run._r.append(mark)


def _add_footnotes(document: Document, notes: list[Reference]) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
        for number, kind, tag in (
            (-1, "separator", "separator"),
            (0, "continuationSeparator", "continuationSeparator"),
        )
    )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{_W}">{separators}'
    xml += "".join(_footnote(number, note) for number, note in enumerate(notes, 1)) + "</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), _TYPE, xml.encode("utf-8"), document.part.package)
    document.part.relate_to(part, _FOOTNOTES)


def _footnote(number: int, reference: Reference) -> str:
    page = f", p. {reference.page}" if reference.page else ""
    title = f", “{reference.title}”" if reference.title else ""
    day = reference.published or "no date given"
    words = f"{reference.publisher}, {day}{title}{page}. {reference.address} “{reference.quote}”"
    return (
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        "<w:footnoteRef/></w:r>"
        f'<w:r><w:t xml:space="preserve"> {escape(_xml_safe(words))}</w:t></w:r></w:p></w:footnote>'
    )


def _xml_safe(text: str) -> str:
    return _NOT_XML.sub("", text)
