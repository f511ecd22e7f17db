"""What a source is: a stream of pages and of issues about those that could not be had."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import BinaryIO, Protocol, TypeAlias, runtime_checkable

from detente.errors import SourceUnavailable
from detente.model.documents import Hints, Page
from detente.model.identity import digest
from detente.model.issues import Issue, Reason
from detente.sources.options import FetchOptions, Limits

logger = logging.getLogger(__name__)

Found: TypeAlias = Page | Issue
Clock: TypeAlias = Callable[[], datetime]


def utc_now() -> datetime:
    """Tell the time in UTC."""
    return datetime.now(UTC)


@runtime_checkable
class Source(Protocol):
    """A plug-in that gives pages.

    `pages` yields each page as it is had, and an `Issue` for each that cannot be had; it goes on after
    an issue. It may raise `SourceUnavailable` when no more pages can come; it raises nothing else, blocks
    no longer than the time-outs it was opened with and holds one page at a time.
    """

    def pages(self) -> Iterator[Found]:
        """Give every page once, in a stable order."""
        ...


class PageFetcher(Protocol):
    """Fetches pages, within the options of the run."""

    def read(self, url: str, *, hints: Hints | None = None, container: str = "") -> Iterator[Found]:
        """Fetch one page: the page, an issue, or nothing when it did not change."""
        ...

    def read_all(self, url: str) -> Iterator[Found]:
        """Fetch a page, or every page of the feed or archive at an address."""
        ...


def _no_network() -> PageFetcher:
    raise SourceUnavailable(Reason.UNREACHABLE, "nothing is fetched here")


@dataclass(frozen=True, slots=True)
class Setting:
    """What every source is opened with; `fetcher` gives the one fetcher of the run, made when first asked."""

    options: FetchOptions = field(default_factory=FetchOptions)
    limits: Limits = field(default_factory=Limits)
    clock: Clock = utc_now
    stdin: BinaryIO | None = None
    fetcher: Callable[[], PageFetcher] = _no_network


def guarded(found: Iterator[Found], address: str) -> Iterator[Found]:
    """Give what `found` gives and, when it fails unforeseen, an issue at `address`: the others go on."""
    try:
        yield from found
    except SourceUnavailable as err:
        reason = Reason(err.reason) if err.reason in list(Reason) else Reason.UNREACHABLE
        yield Issue(reason, address, err.detail or err.reason)
    except Exception as err:
        # Sources of other packages and hostile pages fail in ways nobody listed.
        logger.exception("reading %s failed", address)
        yield Issue(Reason.READER_FAILED, address, f"{type(err).__name__}: {err}")


Opener: TypeAlias = Callable[[str, Setting], Source | None]
"""Makes the source of a target a person typed; None when the target is not of this kind."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stretch of bytes came from, before anyone knows what is in it.

    `name` is a file name whose ending may tell the format; `media_type` and `charset` are what was
    declared, "" when nothing was. `container` names what the bytes came in, "" when they stood alone.
    """

    address: str
    name: str
    received: datetime
    media_type: str = ""
    charset: str = ""
    hints: Hints = field(default_factory=Hints)
    container: str = ""

    @property
    def is_stdin(self) -> bool:
        """Whether the bytes have no address of their own."""
        return self.address == "stdin:"

    def part(self, ident: str) -> str:
        """Address a page inside this container that has no address of its own."""
        return self.address + ("" if self.is_stdin else "#") + ident

    def page(self, content: bytes, media_type: str) -> Page:
        """Make the one page these bytes are."""
        address = self.part(digest(content)) if self.is_stdin else self.address
        return Page(
            address=address,
            content=content,
            media_type=self._declared_or(media_type),
            received=self.received,
            charset=self.charset,
            hints=self.hints,
            container=self.container,
        )

    def _declared_or(self, recognised: str) -> str:
        # Servers send PDF as text/html and HTML as text/plain: the bytes know better.
        is_trusted = recognised == "text/plain" and self.media_type.startswith("text/")
        return self.media_type if is_trusted else recognised

    def issue(self, reason: Reason, detail: str, *, locator: str = "", severity: str = "page") -> Issue:
        """Say what is wrong with these bytes."""
        return Issue(reason, self.address, detail, locator, severity)

    def named(self, name: str) -> Origin:
        """The same bytes under another name, as when a `.gz` was opened."""
        return replace(self, name=name)
