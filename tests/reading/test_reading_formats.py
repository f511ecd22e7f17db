"""PDF, Word, mail and Markdown; which reader takes a page; what every reader promises."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from email.message import EmailMessage

import docx
import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph

from detente.codebooks import page_words, publishers, tables
from detente.errors import CodebookError, UnreadablePage
from detente.model.actors import Rank
from detente.model.documents import Genre, Hints, Page, Rendition
from detente.model.issues import Reason
from detente.model.text import Block, BlockKind
from detente.reading import BUILT_IN, PageReader, read
from detente.reading.conformance import check_reader
from detente.reading.formats import Format, format_of

RECEIVED = datetime(2026, 1, 15, tzinfo=UTC)
TEXT = "The envoys met in Vienna for three days and left without a paper. They will meet again in June."
MORE = "Neither side gave a reason, but the hosts spoke of a difference over the order in which sanctions are lifted."


def page(content, media_type="", address="file:///in/box"):
    return Page(address, content, media_type, RECEIVED)


def words_of(rendition, *kinds):
    return [rendition.text[block.start : block.end] for block in rendition.blocks if block.kind in kinds]


def report_pdf():
    """Two pages with running head and foot, a word broken at the line's end, and a note."""
    out = io.BytesIO()
    drawing = canvas.Canvas(out, pagesize=(420, 595))
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=11, leading=14)
    for number in (1, 2):
        drawing.setFont("Helvetica", 8)
        drawing.drawString(40, 570, "Vienna Notes - Report 3/2025")
        drawing.drawString(200, 20, f"Page {number}")
        if number == 1:
            drawing.setFont("Helvetica-Bold", 18)
            drawing.drawString(40, 520, "Three days in Vienna")
            drawing.setFont("Helvetica", 11)
            drawing.drawString(40, 495, "Vienna, 4 March 2025")
            lines = ["The envoys met in Vienna for three days and left with-", "out a paper. They will meet again in June, and until then", "the sanctions stay in"]  # fmt: skip
            for at, line in enumerate(lines):
                drawing.drawString(40, 460 - 14 * at, line)
            note = Paragraph(
                '<super size="6">1</super> Interview with the hosts, 3 March 2025.',
                ParagraphStyle("n", fontSize=7.5, leading=9),
            )
            note.wrapOn(drawing, 340, 40)
            note.drawOn(drawing, 40, 70)
        else:
            drawing.setFont("Helvetica", 11)
            drawing.drawString(40, 520, "force for every company on the list.")
            marked = Paragraph('Neither side gave a reason<super size="7">1</super>, but the hosts spoke of sanctions and of the order in which they are lifted.', body)  # fmt: skip
            marked.wrapOn(drawing, 340, 100)
            marked.drawOn(drawing, 40, 460)
        drawing.showPage()
    drawing.save()
    return out.getvalue()


@pytest.fixture(scope="module")
def report():
    return read(page(report_pdf(), "application/pdf"))


def test_pdf_running_heads_and_page_numbers_are_chrome(report):
    assert words_of(report, BlockKind.CHROME).count("Vienna Notes - Report 3/2025") == 2
    assert {"Page 1", "Page 2"} <= set(words_of(report, BlockKind.CHROME))


def test_pdf_words_broken_at_line_ends_and_sentences_broken_by_pages_are_whole(report):
    assert words_of(report, BlockKind.BODY)[0] == (
        "The envoys met in Vienna for three days and left without a paper. They will meet again in June, and until "
        "then the sanctions stay in force for every company on the list."
    )


def test_pdf_blocks_know_their_page(report):
    body = [block for block in report.blocks if block.kind is BlockKind.BODY]
    assert [block.page for block in body] == [1, 2]


def test_pdf_note_is_anchored_at_its_mark(report):
    note = next(block for block in report.blocks if block.kind is BlockKind.FOOTNOTE)
    assert report.text[: note.anchor].endswith("gave a reason")
    assert report.text[note.anchor :].startswith(", but")


def test_pdf_title_date_and_genre(report):
    assert report.metadata.title == "Three days in Vienna"
    assert report.metadata.published.edtf == "2025-03-04"
    assert report.metadata.genre is Genre.REPORT


def word_file():
    document = docx.Document()
    document.core_properties.author = "Ida Brandt"
    document.add_heading("Three days in Vienna", level=0)
    document.add_paragraph("4 March 2025")
    document.add_heading("What was said", level=1)
    document.add_paragraph(TEXT)
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate([("Side", "Envoys"), ("North", "4")]):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    document.add_paragraph(MORE)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_word_file_keeps_the_order_of_headings_text_and_tables():
    rendition = read(page(word_file()))
    shown = [(block.kind.value, rendition.text[block.start : block.end]) for block in rendition.blocks]
    assert shown == [
        ("heading", "Three days in Vienna"),
        ("chrome", "4 March 2025"),
        ("heading", "What was said"),
        ("body", TEXT),
        ("table", "Side | Envoys"),
        ("table", "North | 4"),
        ("body", MORE),
    ]
    assert (rendition.metadata.byline, rendition.metadata.published.edtf) == ("Ida Brandt", "2025-03-04")


def mail(plain="", html="", **headers):
    message = EmailMessage()
    defaults = {"From": "Vienna Notes <notes@vienna.example>", "To": "a@b.example", "Subject": "Fwd: Three days in Vienna", "Date": "Tue, 04 Mar 2025 18:30:00 +0100"}  # fmt: skip
    for name, value in (defaults | {key.replace("_", "-"): value for key, value in headers.items()}).items():
        message[name] = value
    if plain:
        message.set_content(plain)
    if html:
        message.add_alternative(html, subtype="html") if plain else message.set_content(html, subtype="html")
    return message


def test_mail_headers_become_metadata_and_the_zone_is_kept():
    told = read(page(mail(f"{TEXT}\n\n{MORE}\n").as_bytes(), "message/rfc822")).metadata
    assert (told.title, told.publisher) == ("Three days in Vienna", "Vienna Notes")
    assert (told.published.edtf, told.published_time, told.zone) == ("2025-03-04", "18:30", "+01:00")


def test_mail_forwarded_headers_and_signature_are_not_text():
    body = f"---------- Forwarded message ---------\nFrom: X <x@y.example>\nDate: Mon, 3 Mar 2025\nSubject: Three days\n\n{TEXT}\n\n{MORE}\n\n-- \nIda Brandt\nVienna Notes\n"
    rendition = read(page(mail(body).as_bytes(), "message/rfc822"))
    assert words_of(rendition, BlockKind.BODY) == [TEXT, MORE]


def test_mail_of_a_list_is_a_newsletter_and_its_footer_chrome():
    html = f"<html><body><table><tr><td><p>{TEXT}</p><p>{MORE}</p><p>Unsubscribe from this list</p></td></tr></table></body></html>"
    rendition = read(
        page(mail(html=html, List_Unsubscribe="<mailto:x@y.example>").as_bytes(), "message/rfc822")
    )
    assert words_of(rendition, BlockKind.BODY) == [TEXT, MORE]
    assert rendition.metadata.genre is Genre.NEWSLETTER


def test_mail_attachment_that_is_not_read_is_an_issue():
    message = mail(f"{TEXT}\n\n{MORE}\n")
    message.add_attachment(b"\x00\x01", maintype="application", subtype="zip", filename="annex.zip")
    issues = read(page(message.as_bytes(), "message/rfc822")).issues
    assert [(issue.reason, issue.locator) for issue in issues] == [(Reason.UNSUPPORTED_FORMAT, "annex.zip")]


def test_markdown_markup_is_not_text():
    source = f"---\ntitle: Three days in Vienna\ndate: 2025-03-04\nauthor: Ida Brandt\n---\n\n# Three days in Vienna\n\n{TEXT}[^a] See [the *paper*](https://a.example).\n\n> {MORE}\n\n| Side | Envoys |\n|---|---|\n| North | 4 |\n\n[^a]: Told by the hosts.\n"
    rendition = read(page(source.encode(), "text/markdown"))
    shown = [(block.kind.value, rendition.text[block.start : block.end]) for block in rendition.blocks]
    assert shown == [
        ("heading", "Three days in Vienna"),
        ("body", f"{TEXT} See the paper."),
        ("quote", MORE),
        ("table", "Side | Envoys"),
        ("table", "North | 4"),
        ("footnote", "Told by the hosts."),
    ]
    assert rendition.text[: rendition.blocks[-1].anchor].endswith(TEXT)
    assert (rendition.metadata.byline, rendition.metadata.published.edtf) == ("Ida Brandt", "2025-03-04")


@pytest.mark.parametrize(
    ("content", "media_type", "address", "expected"),
    [
        (b"<!DOCTYPE html><html></html>", "", "file:///a", Format.HTML),
        (b"<html><p>x", "text/plain", "https://a.example/b", Format.HTML),
        (b"plain words", "text/html", "https://a.example/b", Format.HTML),
        (b"5 < 6 and <b>bold</b>", "", "file:///a.txt", Format.PLAIN),
        (b"%PDF-1.4", "text/html", "https://a.example/b", Format.PDF),
        (b"# Title", "text/plain", "file:///a.md", Format.MARKDOWN),
        (b"# Title", "", "file:///a.txt", Format.PLAIN),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "text/html", "https://a.example/b", Format.FEED),
        (b"<?xml version='1.0'?><html><body/></html>", "", "https://a.example/b", Format.HTML),
        (b"From: a@b.example\nTo: c@d.example\nSubject: x\n\nWords", "", "file:///a", Format.MAIL),
        (b"From: the border, with love.\nTo: nobody.\n", "", "file:///a.txt", Format.PLAIN),
        (b"PK\x03\x04 other", "", "file:///a.zip", Format.BINARY),
    ],
)
def test_the_bytes_decide_what_a_page_is_where_they_cannot_be_mistaken(
    content, media_type, address, expected
):
    assert format_of(page(content, media_type, address)) is expected


SAMPLES = [
    page(f"<html><body><h1>T</h1><p>{TEXT}</p><p>{MORE}</p></body></html>".encode(), "text/html"),
    page(f"{TEXT}\n{MORE}\n-0-".encode(), "text/plain"),
    page(f"# T\n\n{TEXT}".encode(), "text/markdown"),
    page(report_pdf(), "application/pdf"),
    page(word_file()),
    page(mail(TEXT, f"<p>{TEXT}</p>").as_bytes(), "message/rfc822"),
    page(b"", "text/html"),
    page(b"%PDF-1.4 broken", "application/pdf"),
    Page(
        "file:///x",
        TEXT.encode(),
        "text/plain",
        RECEIVED,
        hints=Hints("A title", "2025-03-04", "KCNA", "B", "en"),
    ),
]


@pytest.mark.parametrize("reader", BUILT_IN, ids=lambda reader: reader.name)
def test_built_in_reader_keeps_the_promises_of_page_readers(reader):
    check_reader(reader, SAMPLES)
    assert any(reader.accepts(sample) for sample in SAMPLES)


class Overlapping:
    name = "overlapping/1"

    def accepts(self, page: Page) -> bool:
        return True

    def read(self, page: Page) -> Rendition:
        blocks = (Block(0, 5, BlockKind.BODY), Block(3, 8, BlockKind.BODY))
        good = read(SAMPLES[1])
        return Rendition("one two three", blocks, good.metadata, self.name, "r", "v")


def test_conformance_finds_blocks_that_overlap():
    assert isinstance(Overlapping(), PageReader)
    with pytest.raises(AssertionError, match="out of order"):
        check_reader(Overlapping(), SAMPLES[:1])


def test_a_page_no_reader_accepts_is_refused_with_its_kind():
    with pytest.raises(UnreadablePage) as refused:
        read(page(b"GIF89a" + bytes(200)))
    assert refused.value.reason == Reason.BINARY


@pytest.mark.parametrize(
    ("address", "name", "country", "rank"),
    [
        ("http://www.kcna.kp/en/article/q/1.kcmsf", "KCNA", "PRK", Rank.STATE_MEDIA),
        ("https://en.yna.co.kr/view/1", "Yonhap News Agency", "KOR", None),
        ("https://notkcna.kp.example/1", None, None, None),
        ("https://kcna.kp.evil.example/", None, None, None),
        ("file:///kcna.kp/1", None, None, None),
        ("http://[broken", None, None, None),
    ],
)
def test_a_publisher_is_known_by_its_own_domain_only(address, name, country, rank):
    found = publishers.publisher_by_address(address)
    assert (found.name, found.country, found.rank) == (name, country, rank) if name else found is None


@pytest.mark.parametrize("name", ["Báo Quốc Tế", "bao quoc te", "BÁO QUỐC TẾ"])
def test_a_publisher_is_known_by_its_name_without_accents(name):
    assert publishers.publisher_by_name(name).country == "VNM"


def test_every_table_of_the_reading_room_can_be_read():
    assert len(publishers.publishers()) > 100
    assert publishers.web_country("https://a.co.uk/").country == "GBR"
    assert publishers.web_country("https://a.com/") is None
    assert len(page_words.genre_signs()) > 20
    assert page_words.zone_of("KST", "PRK") == "Asia/Pyongyang"
    assert page_words.zone_of("CST", None) == ""
    for kind in ("end", "line", "lead", "credit", "byline", "dated", "changed", "about"):
        assert page_words.furniture(kind).pattern


def test_every_zone_of_the_tables_exists():
    from zoneinfo import ZoneInfo

    named = {house.zone for house in publishers.publishers()} | {
        place.zone for place in page_words.dateline_places().values()
    }
    assert [ZoneInfo(zone).key for zone in sorted(named - {""})]


def test_a_wrong_table_names_file_and_line():
    with pytest.raises(CodebookError, match=r"x\.tsv, line 2"):
        tables.parse_table("kind\tpattern\na\tb\tc\n", "x.tsv", ("kind", "pattern"))
