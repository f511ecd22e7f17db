"""Check that a page reader keeps what `PageReader` promises; for readers of outside packages too."""

from __future__ import annotations

from collections.abc import Iterable

from detente.errors import UnreadablePage
from detente.model.documents import Page, Rendition
from detente.model.issues import Reason
from detente.model.text import BlockKind
from detente.reading.contract import PageReader


def check_reader(reader: PageReader, pages: Iterable[Page]) -> None:
    """Read every page the reader accepts, twice; raises AssertionError naming the first broken promise."""
    assert isinstance(reader, PageReader), "a reader has a name, accepts() and read()"
    assert reader.name, "a reader has a name, with its version, that enters the rendition's identity"
    for page in pages:
        accepted = reader.accepts(page)
        assert isinstance(accepted, bool), "accepts() says True or False"
        if not accepted:
            continue
        try:
            rendition = reader.read(page)
        except UnreadablePage as refused:
            reason = refused.reason
        else:
            reason = ""
            check_rendition(rendition, page, reader.name)
            assert reader.read(page) == rendition, "the same page gives the same rendition"
        assert reason in ("", *Reason), f"'{reason}' is not a Reason"


def check_rendition(rendition: Rendition, page: Page, reader: str) -> None:
    """Check one rendition: blocks in order, apart, and covering everything but line breaks between them."""
    text, at = rendition.text, 0
    assert rendition.reader == reader, "the rendition names its reader"
    assert rendition.id, "the rendition has an id"
    assert rendition.version, "the rendition names its version"
    for block in rendition.blocks:
        assert at <= block.start < block.end <= len(text), (
            f"block {block.start}:{block.end} is out of order or empty"
        )
        assert not text[at : block.start].strip(), f"words before {block.start} stand in no block"
        words = text[block.start : block.end]
        assert words == words.strip(), f"block {block.start}:{block.end} begins or ends with white space"
        assert block.anchor is None or block.kind is BlockKind.FOOTNOTE, "only a footnote has an anchor"
        assert block.anchor is None or 0 <= block.anchor <= len(text), "an anchor stands in the text"
        assert block.language is None or len(block.language) == 2, "a block's language is ISO 639-1"
        at = block.end
    assert not text[at:].strip(), "words after the last block stand in no block"
    text.encode("utf-8")
    assert "\x00" not in text, "no null characters"
    for issue in rendition.issues:
        assert issue.address == page.address, "an issue names the page's address"
        assert issue.severity in ("part", "note"), "an issue of a rendition concerns a part or is a note"
