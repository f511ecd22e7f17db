"""Open bytes whatever they are: one page, or a container of many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from detente.model.issues import Reason
from detente.sources.formats import Format, Recognised, recognise
from detente.sources.jsonlines import read_json_lines
from detente.sources.source import Found, Origin, Setting
from detente.sources.streams import Gunzip, Stream

Reader: TypeAlias = Callable[[Stream, Origin, Setting], Iterator[Found]]

READERS: dict[Format, Reader] = {
    Format.JSON_LINES: read_json_lines,
}
"""How each container is opened; what is not in the list is one page or none."""


def read_contents(stream: Stream, origin: Origin, setting: Setting) -> Iterator[Found]:
    """Give the pages in `stream` and an issue for all that is damaged, missing or no page."""
    if _is_gzip(stream):
        inner = Stream(Gunzip(stream, setting.limits))
        yield from _read_known(inner, origin.named(_without_gz(origin.name)), setting)
    else:
        yield from _read_known(stream, origin, setting)


def _is_gzip(stream: Stream) -> bool:
    return recognise(stream.head).format is Format.GZIP


def _without_gz(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name


def _read_known(stream: Stream, origin: Origin, setting: Setting) -> Iterator[Found]:
    known = recognise(stream.head, origin.name, origin.media_type)
    if known.format in READERS:
        yield from READERS[known.format](stream, origin, setting)
        if stream.damage:
            yield origin.issue(stream.damage.reason, stream.damage.detail, severity="part")
    elif known.format is Format.PAGE:
        yield from _read_page(stream, origin, setting, known)
    else:
        yield _refusal(stream, origin, known)


def _read_page(stream: Stream, origin: Origin, setting: Setting, known: Recognised) -> Iterator[Found]:
    content = stream.read_all(setting.limits.max_page)
    if content is None:
        yield too_large(origin, setting.limits.max_page)
        return
    yield origin.page(content, known.media_type)
    if stream.damage:
        yield origin.issue(stream.damage.reason, stream.damage.detail, severity="part")


def too_large(origin: Origin, limit: int) -> Found:
    """Say that a page is over the cap."""
    return origin.issue(Reason.TOO_LARGE, f"larger than {limit:,} bytes")


def _refusal(stream: Stream, origin: Origin, known: Recognised) -> Found:
    if stream.damage:
        return origin.issue(stream.damage.reason, stream.damage.detail)
    match known.format:
        case Format.EMPTY:
            return origin.issue(Reason.EMPTY, "nothing in it")
        case Format.BINARY:
            return origin.issue(Reason.BINARY, known.detail)
        case Format.NOT_A_FEED:
            return origin.issue(Reason.NOT_A_FEED, known.detail)
        case Format.GZIP:
            return origin.issue(Reason.UNSUPPORTED_FORMAT, "compressed twice")
        case _:
            return origin.issue(Reason.UNSUPPORTED_FORMAT, known.detail)
