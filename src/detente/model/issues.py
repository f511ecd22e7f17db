"""What could not be read, where and why: a page's troubles are data, not exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why something was not read, as a list a person can filter by."""

    EMPTY = "empty"
    BINARY = "binary"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    ENCODING = "encoding"
    ENCRYPTED = "encrypted"
    MALFORMED = "malformed"
    NO_TEXT = "no_text"
    UNSUPPORTED_FORMAT = "unsupported_format"
    UNSUPPORTED_LANGUAGE = "unsupported_language"
    NOT_FOUND = "not_found"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    ROBOTS = "robots"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    REDIRECT_LOOP = "redirect_loop"
    PRIVATE_ADDRESS = "private_address"
    NOT_A_FEED = "not_a_feed"
    GAP = "gap"
    AMBIGUOUS_DATE = "ambiguous_date"
    NO_DATE = "no_date"
    CLASH = "clash"
    READER_FAILED = "reader_failed"
    QUOTE_MISMATCH = "quote_mismatch"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that was not read, or not read with certainty.

    `address` is the page it concerns, `locator` the place inside it (a line of a file, a member of an
    archive, a page of a PDF), `severity` "page" when the page yields nothing, "part" when the rest of it
    was read, "note" when all was read but something is left open. `document` is filled by the pipeline.
    """

    reason: Reason
    address: str
    detail: str = ""
    locator: str = ""
    severity: str = "page"
    document: str = ""
    id: str = ""
