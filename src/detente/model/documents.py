"""Pages as they arrive, and the documents, versions and renditions made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from detente.model.actors import Rank
from detente.model.dates import Dated
from detente.model.issues import Issue
from detente.model.text import Block, BlockKind


@dataclass(frozen=True, slots=True)
class Hints:
    """What the source said about a page before anyone read it (a feed entry, a JSON line, mail headers)."""

    title: str = ""
    published: str = ""
    publisher: str = ""
    byline: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of one page and where they came from; what every source yields.

    `address` identifies the page for good: its URL, else a `file:` URI. `media_type` is what the source
    declared ("" when it did not), `charset` likewise. `received` is when we got it, zone-aware UTC.
    `container` names the archive, feed or list it came in, "" when it stood alone.
    """

    address: str
    content: bytes
    media_type: str
    received: datetime
    charset: str = ""
    hints: Hints = field(default_factory=Hints)
    container: str = ""


class Genre(StrEnum):
    """What sort of text a page is; it bounds how high its voice ranks."""

    NEWS = "news"
    ANALYSIS = "analysis"
    COMMENTARY = "commentary"
    STATEMENT = "statement"
    REPORT = "report"
    INTERVIEW = "interview"
    NEWSLETTER = "newsletter"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself.

    `published` is None where the page holds no publication date: it is never guessed. `zone` is the IANA
    or offset zone of the publication time, "" when the page gives none. `canonical` is the address the
    page claims for itself, "" when it claims none. `country` is the publisher's, ISO alpha-3, None when
    unknown. `voice` is the rank of the page's own voice (state media, expert...), None when plain press.
    """

    title: str = ""
    publisher: str = ""
    byline: str = ""
    published: Dated | None = None
    modified: Dated | None = None
    zone: str = ""
    published_time: str = ""
    genre: Genre = Genre.UNKNOWN
    voice: Rank | None = None
    language: str | None = None
    canonical: str = ""
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Rendition:
    """The text read from one version of a document by one reader, with its typed blocks.

    `id` is stable for the same bytes and the same reader version. Every offset in every record indexes
    `text`. `pages` holds the start of each PDF page in the text, empty elsewhere.
    """

    text: str
    blocks: tuple[Block, ...]
    metadata: Metadata
    reader: str
    id: str = ""
    version: str = ""
    issues: tuple[Issue, ...] = ()

    def block_at(self, offset: int) -> Block | None:
        """Find the block a code point stands in; None between blocks."""
        for block in self.blocks:
            if block.start <= offset < block.end:
                return block
        return None

    def readable(self) -> tuple[Block, ...]:
        """The blocks a record may come from: everything but chrome."""
        return tuple(block for block in self.blocks if block.kind is not BlockKind.CHROME)
