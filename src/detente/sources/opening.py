"""The one door: from what a person typed to the pages it names."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import BinaryIO

from detente.model.documents import Hints
from detente.sources.contents import read_contents
from detente.sources.feedfiles import fetch_linked
from detente.sources.files import PathSource
from detente.sources.options import FetchOptions, Limits
from detente.sources.source import (
    Clock,
    Found,
    Opener,
    Origin,
    PageFetcher,
    Setting,
    Source,
    guarded,
    utc_now,
)
from detente.sources.streams import Stream

logger = logging.getLogger(__name__)

ENTRY_POINTS = "detente.sources"


@dataclass(frozen=True, slots=True)
class StandardInput:
    """What is piped in: one page, or a container of pages such as JSON Lines."""

    setting: Setting

    def pages(self) -> Iterator[Found]:
        """Read standard input to its end."""
        raw = self.setting.stdin or sys.stdin.buffer
        origin = Origin("stdin:", "", self.setting.clock())
        yield from read_contents(Stream(raw), origin, self.setting)


def open_standard_input(target: str, setting: Setting) -> Source | None:
    """Take `-`."""
    return StandardInput(setting) if target == "-" else None


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A page on the web, or the pages of a feed or archive there."""

    url: str
    setting: Setting

    def pages(self) -> Iterator[Found]:
        """Fetch the address, and for a feed the pages its entries lead to."""
        yield from self.setting.fetcher().read_all(self.url)


def open_address(target: str, setting: Setting) -> Source | None:
    """Take `http://...` and `https://...`, and refuse what looks like another kind of address."""
    scheme, colon, _ = target.partition("://")
    is_address = bool(colon) and scheme.isascii() and scheme.isalpha() and scheme.lower() != "file"
    return WebAddress(target, setting) if is_address else None


def open_path(target: str, setting: Setting) -> Source | None:
    """Take everything else as the name of a file, a folder or a pattern."""
    return PathSource(target, setting)


OPENERS: list[Opener] = [open_standard_input, open_address, open_path]
"""The kinds of target built in, asked in this order; plug-ins are asked before them."""


def installed_openers() -> list[Opener]:
    """The openers other packages offer under the entry-point group `detente.sources`."""
    openers: list[Opener] = []
    for point in entry_points(group=ENTRY_POINTS):
        try:
            openers.append(point.load())
        except Exception:
            # A plug-in that is badly installed must not keep the others from reading.
            logger.exception("the source plug-in %s cannot be loaded", point.name)
    return openers


def open_sources(
    targets: Sequence[str],
    *,
    options: FetchOptions | None = None,
    limits: Limits | None = None,
    stdin: BinaryIO | None = None,
    clock: Clock = utc_now,
) -> Iterator[Found]:
    """Give the pages of every target in turn, and an issue for each that cannot be had.

    A target is a file, a folder, a pattern, `-` for standard input (`stdin`, else the process's own) or a
    web address. Nothing is fetched unless a target is an address or `options.follow_links` is true.
    """
    with ExitStack() as closing:
        setting = _setting(closing, options, limits, stdin, clock)
        openers = installed_openers() + OPENERS
        for target in targets:
            yield from guarded(_pages_of(target, setting, openers), target)


def open_links(
    links: Iterable[tuple[str, Hints, str]], *, options: FetchOptions | None = None, clock: Clock = utc_now
) -> Iterator[Found]:
    """Fetch pages that feeds led to: the link, what the feed said of its page, the feed's address."""
    with ExitStack() as closing:
        setting = _setting(closing, options, None, None, clock)
        for link, hints, container in links:
            yield from guarded(fetch_linked(link, hints, container, setting), link)


def _setting(
    closing: ExitStack,
    options: FetchOptions | None,
    limits: Limits | None,
    stdin: BinaryIO | None,
    clock: Clock,
) -> Setting:
    @cache
    def fetcher() -> PageFetcher:
        # The network is loaded only when something is to be fetched.
        from detente.sources.fetching import Fetcher

        made = Fetcher(setting)
        closing.callback(made.close)
        return made

    setting = Setting(options or FetchOptions(), limits or Limits(), clock, stdin, fetcher)
    return setting


def _pages_of(target: str, setting: Setting, openers: Sequence[Opener]) -> Iterator[Found]:
    for opener in openers:
        if source := opener(target, setting):
            yield from source.pages()
            return
