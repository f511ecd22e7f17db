"""Where something stands in a text: spans, evidence, blocks. Offsets are Unicode code points."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch `[start, end)` of a rendition's text, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}:{self.end} is not a stretch of text")

    def overlap(self, other: Span) -> int:
        """Count the code points the two share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passage a record stands on; `quote` equals the rendition's text at `[start, end)`.

    `rendition` names the text the offsets index ("" until the pipeline fills it in); `page` is the
    1-based page of a PDF, None elsewhere.
    """

    start: int
    end: int
    quote: str
    rendition: str = ""
    page: int | None = None

    @property
    def span(self) -> Span:
        """The stretch of text without its quote."""
        return Span(self.start, self.end)


class BlockKind(StrEnum):
    """What a block of a page is. Nothing in CHROME ever becomes a record."""

    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    QUOTE = "quote"
    TABLE = "table"
    FOOTNOTE = "footnote"
    CHROME = "chrome"


@dataclass(frozen=True, slots=True)
class Block:
    """One typed stretch of a rendition's text.

    Blocks stand in order, do not overlap and cover everything but the line breaks between them.
    `language` is an ISO 639-1 code, None where the block is too short to tell. For a footnote,
    `anchor` is the code point its mark stands at in the body; None where the page does not say.
    """

    start: int
    end: int
    kind: BlockKind
    language: str | None = None
    page: int | None = None
    anchor: int | None = None

    @property
    def span(self) -> Span:
        """The stretch of text this block covers."""
        return Span(self.start, self.end)
