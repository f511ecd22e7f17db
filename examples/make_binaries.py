"""Make the PDF, Word, WARC and WACZ files among the examples from the texts in `examples/sources`.

Run at authoring time only: `.venv/bin/python examples/make_binaries.py`. What it makes is committed.
"""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import tomllib
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import reportlab
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer

HERE = Path(__file__).parent
SOURCES = HERE / "sources"
REPORTS = HERE / "dispatches" / "reports"
ARCHIVES = HERE / "dispatches" / "archives"
FOOTER = "Written for the Détente examples; the publisher is fictional"
STYLES = {
    "# ": ParagraphStyle("title", fontName="Times-Bold", fontSize=16, leading=19, spaceAfter=6),
    "@ ": ParagraphStyle("byline", fontName="Times-Italic", fontSize=9.5, leading=12, spaceAfter=3),
    "## ": ParagraphStyle("heading", fontName="Times-Bold", fontSize=11.5, leading=14, spaceBefore=7),
    "": ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=13, spaceAfter=5, alignment=4),
}
NOTE_STYLE = ParagraphStyle("note", fontName="Times-Roman", fontSize=7.5, leading=9)
DOCX_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
WORD_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def lines_of(name: str) -> list[tuple[str, str]]:
    """Read a source text as (mark, words): "# " title, "@ " byline, "## " heading, "| " table row, "" body."""
    found = []
    for line in (SOURCES / name).read_text("utf-8").splitlines():
        mark = next((mark for mark in ("## ", "# ", "@ ", "| ") if line.startswith(mark)), "")
        found.append((mark, line.removeprefix(mark)))
    return found


def notes_of(name: str) -> dict[str, str]:
    """Read the notes of a source text by their number."""
    rows = (SOURCES / name).read_text("utf-8").splitlines()
    return dict(row.split(" ", 1) for row in rows if row)


class Marked(Paragraph):
    """A paragraph that tells its page which notes it calls for, so that they are printed at its foot."""

    def __init__(self, words: str, style: ParagraphStyle) -> None:
        self.calls = re.findall(r"\[(\d)\]", words)
        super().__init__(re.sub(r"\[(\d)\]", r"<super size=7>\1</super>", html.escape(words)), style)

    def split(self, *_: float) -> list[Paragraph]:
        return []

    def draw(self) -> None:
        self.canv.notes = [*getattr(self.canv, "notes", []), *self.calls]
        super().draw()


def report(name: str, target: str, header: str, columns: int) -> None:
    """Set a report with a running header, a footer and footnotes, in one or two columns."""
    notes = notes_of(f"{name}-notes.txt")
    path = REPORTS / target
    document = BaseDocTemplate(str(path), pagesize=A4 if columns == 1 else (420, 595), invariant=1)
    width, height = document.pagesize
    margin, gap = 56 if columns == 1 else 36, 14
    column = (width - 2 * margin - gap * (columns - 1)) / columns
    frames = [
        Frame(margin + i * (column + gap), 110, column, height - 170, leftPadding=0, rightPadding=0)
        for i in range(columns)
    ]

    def foot(canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.setFont("Times-Italic", 8)
        canvas.drawString(margin, height - 36, header)
        canvas.drawRightString(width - margin, height - 36, f"Page {canvas.getPageNumber()}")
        canvas.drawCentredString(width / 2, 24, FOOTER)
        top = 98
        for number in canvas.__dict__.pop("notes", []):
            note = Paragraph(f"<super size=6>{number}</super> {html.escape(notes[number])}", NOTE_STYLE)
            top -= note.wrap(width - 2 * margin, 60)[1] + 2
            note.drawOn(canvas, margin, top)

    document.addPageTemplates(PageTemplate(frames=frames, onPageEnd=foot))
    flow: list[Any] = [Marked(words, STYLES[mark]) for mark, words in lines_of(f"{name}.txt")]
    document.build([*flow, Spacer(1, 1)])


def letter() -> None:
    """Make a letter as a scanner gives it: a tilted grey picture with an unseen layer of recognised text."""
    words = (SOURCES / "letter.txt").read_text("utf-8").splitlines()
    font = ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"), 17)
    sheet = Image.new("L", (827, 1169), 244)
    draw = ImageDraw.Draw(sheet)
    for row, line in enumerate(words):
        draw.text((80, 90 + row * 26), line, fill=40, font=font)
    picture = io.BytesIO()
    sheet.rotate(0.6, fillcolor=244).quantize(8).save(picture, "PNG")
    canvas = Canvas(str(REPORTS / "monitors-letter.pdf"), pagesize=A4, invariant=1)
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    layer = canvas.beginText(58, A4[1] - 78)
    layer.setFont("Courier", 10)
    layer.setLeading(18.7)
    layer.setTextRenderMode(3)
    for line in words:
        layer.textLine(line)
    canvas.drawText(layer)
    canvas.save()


def add_note_marks(document: Any, words: str) -> None:
    """Write a paragraph of a Word file, with a reference for every "[n]" in it."""
    paragraph = document.add_paragraph()
    for piece in re.split(r"(\[\d\])", words):
        if re.fullmatch(r"\[\d\]", piece):
            mark = OxmlElement("w:footnoteReference")
            mark.set(qn("w:id"), piece[1])
            paragraph.add_run()._r.append(mark)
        elif piece:
            paragraph.add_run(piece)


def add_table(document: Any, rows: list[str]) -> None:
    """Write the rows of a table, the first of which is its head."""
    cells = [[cell.strip() for cell in row.strip(" |").split("|")] for row in rows]
    table = document.add_table(rows=len(cells), cols=len(cells[0]))
    for row, values in zip(table.rows, cells, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value


def notes_part(notes: dict[str, str]) -> str:
    """Write the footnotes part of a Word file."""
    body = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r>'
        f'<w:t xml:space="preserve"> {html.escape(words)}</w:t></w:r></w:p></w:footnote>'
        for number, words in notes.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:footnotes xmlns:w="{WORD_NS}">{body}</w:footnotes>'


def briefing() -> None:
    """Make the Word file: headings, a table, footnotes, a page header and document properties."""
    document = Document()
    document.core_properties.author = "Moon Chae-won; Rhee Tae-yang"
    document.core_properties.title = "Monitoring without the Council"
    document.core_properties.created = datetime(2024, 10, 21, 9, 0)  # noqa: DTZ001 - Word wants it bare
    document.sections[0].header.paragraphs[0].text = "Institute for Peninsula Studies - Briefing 2024-19"
    document.sections[0].footer.paragraphs[0].text = FOOTER
    rows: list[str] = []
    for mark, words in lines_of("briefing.txt"):
        if mark == "| ":
            rows.append(words)
            continue
        if rows:
            add_table(document, rows)
            rows = []
        if mark in ("# ", "## "):
            document.add_heading(words, 0 if mark == "# " else 1)
        else:
            add_note_marks(document, words)
    plain = io.BytesIO()
    document.save(plain)
    with_notes(plain, notes_part(notes_of("briefing-notes.txt")))


def with_notes(plain: io.BytesIO, notes: str) -> None:
    """Copy a Word file with a footnotes part added, all entries dated alike so that it comes out the same."""
    link = f'<Relationship Id="rIdNotes" Type="{DOCX_NOTES}" Target="footnotes.xml"/></Relationships>'
    part = f'<Override PartName="/word/footnotes.xml" ContentType="{NOTES_TYPE}"/></Types>'
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(REPORTS / "monitoring-briefing.docx", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/_rels/document.xml.rels":
                content = content.replace(b"</Relationships>", link.encode())
            if name == "[Content_Types].xml":
                content = content.replace(b"</Types>", part.encode())
            put(new, name, content)
        put(new, "word/footnotes.xml", notes.encode())


def put(archive: zipfile.ZipFile, name: str, content: bytes, *, stored: bool = False) -> None:
    """Add a file to a ZIP archive under a fixed date."""
    info = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
    archive.writestr(info, content, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)


def page_html(page: dict[str, Any]) -> bytes:
    """Set one archived page with its site's head, the article, and the links beside it."""
    body = "\n".join(f"<p>{html.escape(words)}</p>" for words in page["body"])
    links = "".join(f'<li><a href="#">{html.escape(link)}</a></li>' for link in page["links"])
    site, title = html.escape(page["site"]), html.escape(page["title"])
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} - {site}</title></head>\n'
        f'<body><div class="site-head"><a href="/">{site}</a> <a href="/search">Search</a></div>\n'
        f'<main><h1>{title}</h1><p class="stamp">{page["stamp"]}</p>\n{body}\n</main>\n'
        f'<aside class="also"><h3>Also read</h3><ul>{links}</ul></aside>\n'
        f"<footer>{FOOTER}</footer></body></html>\n"
    ).encode()


def web_archive(pages: list[dict[str, Any]]) -> bytes:
    """Write pages as gzipped WARC response records, dated when they were captured."""
    out = io.BytesIO()
    stream = GzipWriter(out)
    for page in pages:
        content = page_html(page)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(content)}\r\n\r\n"
        record = WarcRecord()
        digest = hashlib.sha256(page["date"].encode() + content).hexdigest()
        record.init_headers(
            record_type=WarcRecordType.response, record_urn=f"uuid:{UUID(digest[:32])}".encode()
        )
        record.headers["WARC-Target-URI"] = page["url"]
        record.headers["WARC-Date"] = page["date"]
        record.headers["Content-Type"] = "application/http; msgtype=response"
        record.set_bytes_content(head.encode() + content)
        record.write(stream, checksum_data=True)
        stream.finish()
    stream.close()
    return out.getvalue()


def archives() -> None:
    """Make the WARC file and the WACZ collection."""
    pages = tomllib.loads((SOURCES / "web-pages.toml").read_text("utf-8"))["page"]
    first = [page for page in pages if page["archive"].endswith(".warc.gz")]
    (ARCHIVES / "winter-2025.warc.gz").write_bytes(web_archive(first))
    second = [page for page in pages if page["archive"].endswith(".wacz")]
    entries = [json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"})]
    entries += [json.dumps({"url": p["url"], "ts": p["date"], "title": p["title"]}) for p in second]
    warc = web_archive(second)
    package = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "created": datetime(2025, 11, 1, tzinfo=UTC).isoformat(),
        "resources": [
            {
                "name": "data.warc.gz",
                "path": "archive/data.warc.gz",
                "hash": "sha256:" + hashlib.sha256(warc).hexdigest(),
                "bytes": len(warc),
            }
        ],
    }
    with zipfile.ZipFile(ARCHIVES / "collection.wacz", "w") as bundle:
        put(bundle, "archive/data.warc.gz", warc, stored=True)
        put(bundle, "pages/pages.jsonl", "\n".join(entries).encode())
        put(bundle, "datapackage.json", json.dumps(package, indent=1).encode())


def main() -> None:
    """Make them all."""
    report("paper", "why-kim-signed.pdf", "Baltic Centre for Asian Security - Analysis Paper 7/2024", 2)
    report("trade", "trade-2024.pdf", "Institute for Peninsula Studies - Short Report 2025-02", 1)
    letter()
    briefing()
    archives()


if __name__ == "__main__":
    main()
