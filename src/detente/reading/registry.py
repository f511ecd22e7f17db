"""The built-in page readers in order, those installed beside them, and the door that picks one."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from detente.errors import UnreadablePage
from detente.model.documents import Page, Rendition
from detente.model.issues import Reason
from detente.reading.contract import PageReader
from detente.reading.formats import Format, format_of
from detente.reading.html_page import HtmlReader
from detente.reading.mail import MailReader
from detente.reading.markdown import MarkdownReader
from detente.reading.pdf import PdfPageReader
from detente.reading.plain_text import PlainTextReader
from detente.reading.word import WordReader

ENTRY_POINT_GROUP = "detente.readers"

BUILT_IN: tuple[PageReader, ...] = (
    PdfPageReader(),
    WordReader(),
    MailReader(),
    HtmlReader(),
    MarkdownReader(),
    PlainTextReader(),
)
"""The readers that come with Détente, in the order they are asked."""

_REFUSED = {
    Format.EMPTY: (Reason.EMPTY, "the page has no content"),
    Format.BINARY: (Reason.BINARY, "the page is neither text nor a document format that is read"),
    Format.FEED: (Reason.UNSUPPORTED_FORMAT, "this is a feed, to be read as a source and not as a page"),
}


@cache
def readers() -> tuple[PageReader, ...]:
    """Every reader: those of installed packages first, so that they can take over a format."""
    installed = [entry.load()() for entry in entry_points(group=ENTRY_POINT_GROUP)]
    return (*installed, *BUILT_IN)


def read(page: Page) -> Rendition:
    """Read a page with the first reader that accepts it.

    Raises UnreadablePage with a `Reason` when the page yields nothing; what went wrong with a part of it
    stands in `Rendition.issues`.
    """
    for reader in readers():
        if reader.accepts(page):
            return reader.read(page)
    reason, detail = _REFUSED.get(format_of(page), (Reason.UNSUPPORTED_FORMAT, page.media_type))
    raise UnreadablePage(reason, detail)
