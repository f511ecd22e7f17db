"""Pages that are broken, huge or meant to harm: a reason or a rendition, within seconds, never a traceback."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import UTC, datetime

import docx
import pypdf
import pytest
from reportlab.pdfgen import canvas

from detente.errors import UnreadablePage
from detente.model.documents import Hints, Page
from detente.model.issues import Reason
from detente.reading import read
from detente.reading.conformance import check_rendition

SENTENCE = "The two foreign ministers met in Geneva on Monday and agreed to resume the talks in the spring. "
RECEIVED = datetime(2025, 6, 1, tzinfo=UTC)


def page(
    content: bytes, media_type: str = "", address: str = "https://paper.example/story", charset: str = ""
) -> Page:
    return Page(address, content, media_type, RECEIVED, charset)


def html(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>Talks</title>{head}</head><body>{body}</body></html>".encode()


def article(extra: str = "") -> bytes:
    paragraphs = "".join(f"<p>{SENTENCE * 3}</p>" for _ in range(4))
    return html(f"<article><h1>Talks resume</h1>{paragraphs}{extra}</article>")


def pdf(pages: int = 1, words: str = SENTENCE) -> bytes:
    out = io.BytesIO()
    drawing = canvas.Canvas(out)
    for _ in range(pages):
        drawing.drawString(72, 700, words)
        drawing.showPage()
    drawing.save()
    return out.getvalue()


def encrypted_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.encrypt("a secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_member(content: bytes, name: str, data: bytes) -> bytes:
    """The same Word file with one member replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, data if member == name else old.read(member))
    return out.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + b"".join(
        b'<!ENTITY lol%d "%s">' % (n, b"&lol%s;" % (str(n - 1).encode() if n > 1 else b"") * 10)
        for n in range(1, 10)
    )
    + b"]>"
)
EXTERNAL = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
DOCUMENT_XML = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&%s;</w:t></w:r></w:p></w:body></w:document>'

REFUSED = {
    "empty": (b"", "text/html", Reason.EMPTY),
    "blank": (b" \n\t \r\n", "text/plain", Reason.EMPTY),
    "only null characters": (b"\x00" * 5000, "", Reason.EMPTY),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "text/html", Reason.BINARY),
    "random bytes": (bytes((i * 7919 + i // 3) % 256 for i in range(20_000)), "", Reason.BINARY),
    "scripts only": (html("<script>var a = 'a sentence about nothing at all';</script><style>p{}</style>"), "text/html", Reason.NO_TEXT),
    "hidden only": (html('<div style="display:none">Nobody sees these words on the page.</div>'), "text/html", Reason.NO_TEXT),
    "encrypted PDF": (encrypted_pdf(), "application/pdf", Reason.ENCRYPTED),
    "PDF cut in half": (pdf(20)[:900], "application/pdf", Reason.TRUNCATED),
    "PDF without text": (pdf(2, " "), "application/pdf", Reason.NO_TEXT),
    "PDF header alone": (b"%PDF-1.7\n", "application/pdf", Reason.TRUNCATED),
    "DOCX cut in half": (word(SENTENCE)[:9000], "", Reason.TRUNCATED),
    "DOCX with laughing entities": (
        with_member(word(SENTENCE), "word/document.xml", LAUGHS + DOCUMENT_XML % b"lol9"), "", Reason.MALFORMED
    ),
    "DOCX with an external entity": (
        with_member(word(SENTENCE), "word/document.xml", EXTERNAL + DOCUMENT_XML % b"x"), "", Reason.MALFORMED
    ),
    "DOCX that unpacks to a gigabyte": (
        with_member(word(SENTENCE), "word/document.xml", b"<w:document>" + b" " * 70_000_000), "", Reason.TOO_LARGE
    ),
    "another zip": (with_member(word(SENTENCE), "x", b"")[:4] + b"\x14\x00" * 3000, "", Reason.BINARY),
    "a feed with laughing entities": (LAUGHS + b"<rss><channel><title>&lol9;</title></channel></rss>", "text/xml", Reason.UNSUPPORTED_FORMAT),
    "a mail without a body": (b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nDate: Mon, 2 Jun 2025 09:00:00 +0000\r\n\r\n", "", Reason.NO_TEXT),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_that_yields_nothing_is_refused_with_its_reason(name):
    content, media_type, reason = REFUSED[name]
    started = time.process_time()
    with pytest.raises(UnreadablePage) as refused:
        read(page(content, media_type))
    assert refused.value.reason == reason
    assert time.process_time() - started < 5


READ = {
    "invalid UTF-8": (article("<p>Müller, São Paulo, naïve, café, élan</p>").replace(b"Geneva", b"Gen\xff\xfeva", 1), "text/html", Reason.ENCODING),
    "nested 100,000 deep": (html("<div>" * 100_000 + f"<p>{SENTENCE * 4}</p>" + "</div>" * 100_000), "text/html", Reason.TOO_DEEP),
    "50 MB on one line": ((SENTENCE * 530_000).encode(), "text/plain", Reason.TOO_LARGE),
    "50 MB of HTML on one line": (html("<p>" + SENTENCE * 530_000 + "</p>"), "text/html", Reason.TOO_LARGE),
    "50 MB without a blank": (b"x" * 50_000_000, "text/plain", Reason.TOO_LARGE),
    "an attribute of a megabyte": (article(f'<img alt="{"x" * 1_000_000}">'), "text/html", None),
    "a thousand tables": (article("<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>" * 1000), "text/html", None),
    "tables in tables": (article("<table><tr><td>" * 200 + "deep" + "</td></tr></table>" * 200), "text/html", Reason.TOO_DEEP),
    "null characters": (article().replace(b"talks", b"ta\x00lks"), "text/html", None),
    "a lone surrogate": (article("<p>&#xD800; is half a character.</p>"), "text/html", None),
    "surrogate bytes": (SENTENCE.encode() * 3 + b"\xed\xa0\x80 ", "text/plain", Reason.ENCODING),
    "right-to-left marks": ((SENTENCE * 3 + "\u202eevil\u202c \u200fmark").encode(), "text/plain", None),
    "unclosed everything": (b"<html><body><p>" + SENTENCE.encode() * 5 + b"<div><table><tr><td><a href=", "text/html", None),
    "20,000 links": (article("".join(f'<a href="/{n}">Link {n}</a>' for n in range(20_000))), "text/html", None),
    "JSON-LD nested deep": (
        html(f"<article>{'<p>' + SENTENCE * 5 + '</p>'}</article>", '<script type="application/ld+json">' + "[" * 50_000 + "</script>"), "text/html", None,
    ),
    "broken JSON-LD": (html(f"<p>{SENTENCE * 5}</p>", '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'), "text/html", None),
    "entities of its own in HTML": (LAUGHS + b"<html><body><p>&lol9;</p><p>" + SENTENCE.encode() * 4 + b"</p></body></html>", "text/html", None),
    "a mail with a made-up charset": (
        b"From: a@b.example\nTo: c@d.example\nSubject: Talks\nDate: Mon, 2 Jun 2025 09:00:00 +0000\nContent-Type: text/plain; charset=klingon\n\n" + SENTENCE.encode() * 2, "", None,
    ),
    "a mail whose date is none": (b"From: a@b.example\nTo: c@d.example\nSubject: Talks\nDate: soon\n\n" + SENTENCE.encode() * 2, "", Reason.NO_DATE),
    "Markdown of brackets": (b"[" * 50_000 + SENTENCE.encode(), "text/markdown", None),
    "100,000 lines": (b"word\n" * 100_000, "text/plain", None),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_a_hostile_page_is_read_as_far_as_it_goes(name):
    content, media_type, reason = READ[name]
    hostile = page(content, media_type)
    started = time.process_time()
    rendition = read(hostile)
    took = time.process_time() - started
    check_rendition(rendition, hostile, rendition.reader)
    assert rendition.text
    assert reason is None or reason in {issue.reason for issue in rendition.issues}
    assert took < 5


def test_a_broken_page_of_a_pdf_leaves_the_others():
    content = bytearray(pdf(3))
    at = content.find(b"stream", content.find(b"stream", content.find(b"stream") + 20) + 20)
    content[at + 10 : at + 40] = b"\xff" * 30
    rendition = read(page(bytes(content), "application/pdf"))
    assert SENTENCE.strip() in rendition.text


@pytest.mark.parametrize(
    ("declared", "meta", "encoded"),
    [
        ("iso-8859-1", "", "utf-8"),
        ("", "iso-8859-1", "utf-8"),
        ("utf-8", "", "cp1252"),
        ("", "windows-1252", "cp1252"),
        ("utf-8", "", "utf-16"),
        ("nonsense", "", "utf-8"),
    ],
)
def test_a_wrong_charset_claim_does_not_garble_names(declared, meta, encoded):
    head = f'<meta charset="{meta}">' if meta else ""
    text = f"<html><head>{head}</head><body><p>{SENTENCE} José Müller of São Paulo said “naïve”. {SENTENCE}</p></body></html>"
    rendition = read(page(text.encode(encoded), "text/html", charset=declared))
    assert "José Müller of São Paulo said “naïve”" in rendition.text


@pytest.mark.parametrize(("encoded", "words"), [("euc-kr", "북한과 러시아가 조약에 서명했다"), ("shift_jis", "北朝鮮はロシアと条約に署名した"), ("gb18030", "朝鲜和俄罗斯签署条约"), ("windows-1251", "Россия и КНДР подписали договор")])  # fmt: skip
def test_a_page_in_the_charset_its_meta_tag_names_is_decoded(encoded, words):
    text = (
        f'<html><head><meta charset="{encoded}"></head><body><p>{words}. {words}. {words}.</p></body></html>'
    )
    assert words in read(page(text.encode(encoded), "text/html")).text


def test_hints_with_odd_characters_do_no_harm():
    hints = Hints(title="A \x00 title \ud800", published="the 99th of Never", byline="\u202eX")
    odd = Page("https://paper.example/a", SENTENCE.encode() * 3, "text/plain", RECEIVED, hints=hints)
    rendition = read(odd)
    check_rendition(rendition, odd, rendition.reader)
    assert rendition.metadata.published is None
