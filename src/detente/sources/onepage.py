"""Bytes that are one page, or a reason why they are none."""

from __future__ import annotations

from collections.abc import Iterator

from detente.model.issues import Issue, Reason
from detente.sources.formats import Format, Recognised, recognise
from detente.sources.source import Found, Origin, Setting
from detente.sources.streams import Stream

_REFUSALS = {
    Format.EMPTY: (Reason.EMPTY, "nothing in it"),
    Format.BINARY: (Reason.BINARY, ""),
    Format.NOT_A_FEED: (Reason.NOT_A_FEED, ""),
    Format.GZIP: (Reason.UNSUPPORTED_FORMAT, "compressed twice"),
}


def read_page(stream: Stream, origin: Origin, setting: Setting) -> Iterator[Found]:
    """Give the one page in `stream`, or an issue when there is none."""
    known = recognise(stream.head, origin.name, origin.media_type)
    if known.format is not Format.PAGE:
        yield refusal(stream, origin, known)
        return
    content = stream.read_all(setting.limits.max_page)
    if content is None:
        yield too_large(origin, setting)
        return
    yield origin.page(content, known.media_type)
    if stream.damage:
        yield origin.issue(stream.damage.reason, stream.damage.detail, severity="part")


def too_large(origin: Origin, setting: Setting) -> Issue:
    """Say that a page is over the cap."""
    return origin.issue(Reason.TOO_LARGE, f"larger than {setting.limits.max_page:,} bytes")


def refusal(stream: Stream, origin: Origin, known: Recognised) -> Issue:
    """Say why bytes are no page."""
    if stream.damage:
        return origin.issue(stream.damage.reason, stream.damage.detail)
    reason, words = _REFUSALS.get(known.format, (Reason.UNSUPPORTED_FORMAT, f"{known.format} inside a page"))
    return origin.issue(reason, known.detail or words)
