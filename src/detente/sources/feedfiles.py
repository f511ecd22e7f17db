"""Feeds as they lie in a file, and the pages their entries hold or lead to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias
from urllib.parse import quote

from detente.model.documents import Hints, Page
from detente.model.identity import digest
from detente.model.issues import Issue, Reason
from detente.sources.feeds import Entry, entries_in_order, parse_feed, parse_json_feed
from detente.sources.source import Found, Origin, Setting
from detente.sources.streams import Stream

_END = re.compile(rb"</(?:[a-zA-Z]+:)?(?:rss|feed|RDF)\s*>")

Parser: TypeAlias = Callable[[bytes], list[Entry] | None]


def read_feed(stream: Stream, origin: Origin, setting: Setting) -> Iterator[Found]:
    """Give a page for each entry of an RSS or Atom feed."""
    base = "" if origin.address.startswith(("file:", "stdin:")) else origin.address
    yield from _read(lambda content: parse_feed(content, base), stream, origin, setting)


def read_json_feed(stream: Stream, origin: Origin, setting: Setting) -> Iterator[Found]:
    """Give a page for each item of a JSON feed."""
    yield from _read(parse_json_feed, stream, origin, setting)


def _read(parse: Parser, stream: Stream, origin: Origin, setting: Setting) -> Iterator[Found]:
    limit = min(setting.limits.max_page, setting.options.max_bytes)
    content = stream.read_all(limit)
    if content is None:
        yield origin.issue(Reason.TOO_LARGE, f"a feed larger than {limit:,} bytes")
        return
    entries = parse(content)
    if entries is None:
        yield origin.issue(Reason.NOT_A_FEED, "no entries could be read in it")
    elif not entries:
        yield origin.issue(Reason.EMPTY, "a feed without entries", severity="note")
    for entry in entries_in_order(entries or [], setting.options.max_entries):
        yield from _pages_of(entry, origin, setting)
    if entries is not None and content.lstrip().startswith(b"<") and not _END.search(content[-4096:]):
        yield origin.issue(Reason.TRUNCATED, "the feed ends before its end", severity="part")
    left_out = len(entries or []) - setting.options.max_entries
    if left_out > 0:
        yield origin.issue(Reason.TOO_LARGE, f"{left_out} more entries were left out", severity="part")


def _pages_of(entry: Entry, origin: Origin, setting: Setting) -> Iterator[Found]:
    is_file = origin.address.startswith(("file:", "stdin:"))
    if entry.link and (setting.options.follow_links or not is_file):
        yield from _fetched(entry, origin, setting)
    else:
        yield from held_page(entry, origin)


def _fetched(entry: Entry, origin: Origin, setting: Setting) -> Iterator[Found]:
    wants = setting.options.wants
    if wants is not None and not wants(entry.link, entry.hints):
        return
    refused = False
    for found in fetch_linked(entry.link, entry.hints, origin.address, setting):
        refused = refused or isinstance(found, Issue)
        yield found
    if refused and entry.is_whole:
        yield from held_page(entry, origin)


def fetch_linked(link: str, hints: Hints, container: str, setting: Setting) -> Iterator[Found]:
    """Fetch the page an entry leads to; the entry's own link stays its name, whatever it leads to today."""
    for found in setting.fetcher().read(link, hints=hints, container=container):
        yield replace(found, address=link)


def held_page(entry: Entry, origin: Origin) -> Iterator[Found]:
    """Give the page as far as the entry itself holds it, and a note when that is only its teaser."""
    address = entry.link or origin.part(quote(entry.ident, safe="") or digest(entry.content))
    if not entry.content.strip():
        yield Issue(Reason.NO_TEXT, address, "the feed gives a title and a link only; --fetch reads the page")
        return
    yield Page(
        address=address,
        content=entry.document(),
        media_type="text/html" if entry.is_html else "text/plain",
        received=origin.received,
        charset="utf-8",
        hints=entry.hints,
        container=origin.address,
    )
    if not entry.is_whole:
        detail = "the feed holds only the beginning of this page; --fetch reads the whole"
        yield Issue(Reason.NO_TEXT, address, detail, severity="note")
