"""Open bytes whatever they are: one page, or a container of many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from detente.sources.feedfiles import read_feed, read_json_feed
from detente.sources.formats import Format, recognise
from detente.sources.jsonlines import read_json_lines
from detente.sources.mail import read_mbox
from detente.sources.onepage import read_page
from detente.sources.source import Found, Origin, Setting
from detente.sources.streams import Gunzip, Stream
from detente.sources.webarchives import read_warc, read_zip

Reader: TypeAlias = Callable[[Stream, Origin, Setting], Iterator[Found]]

READERS: dict[Format, Reader] = {
    Format.FEED: read_feed,
    Format.JSON_FEED: read_json_feed,
    Format.JSON_LINES: read_json_lines,
    Format.MBOX: read_mbox,
    Format.WARC: read_warc,
    Format.ZIP: read_zip,
}
"""How each container is opened; what is not in the list is one page or none."""


def read_contents(stream: Stream, origin: Origin, setting: Setting) -> Iterator[Found]:
    """Give the pages in `stream` and an issue for all that is damaged, missing or no page."""
    if recognise(stream.head).format is Format.GZIP:
        stream = Stream(Gunzip(stream, setting.limits))
        origin = origin.named(origin.name[:-3] if origin.name.lower().endswith(".gz") else origin.name)
    known = recognise(stream.head, origin.name, origin.media_type)
    if known.format not in READERS:
        yield from read_page(stream, origin, setting)
        return
    yield from READERS[known.format](stream, origin, setting)
    if stream.damage:
        yield origin.issue(stream.damage.reason, stream.damage.detail, severity="part")
