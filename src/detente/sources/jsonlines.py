"""JSON Lines: one page a line, with `url`, `title`, `published`, and `text` or `html`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from detente.model.documents import Hints, Page
from detente.model.identity import digest
from detente.model.issues import Reason
from detente.sources.source import Found, Origin, Setting
from detente.sources.streams import Stream

_BYLINE = ("byline", "author", "authors")


def read_json_lines(stream: Stream, origin: Origin, setting: Setting) -> Iterator[Found]:
    """Give a page for each line that holds one, an issue with the line's number for each that does not."""
    for number, line in enumerate(stream.lines(setting.limits.max_line), start=1):
        locator = f"line {number}"
        if line is None:
            megabytes = setting.limits.max_line // 1_000_000
            yield origin.issue(
                Reason.TOO_LARGE, f"a line of more than {megabytes} MB", locator=locator, severity="part"
            )
        elif line.strip(b" \t\r\n\0\xef\xbb\xbf"):
            yield from _read_line(line, origin, locator, is_cut=stream.damage is not None)


def _read_line(line: bytes, origin: Origin, locator: str, *, is_cut: bool) -> Iterator[Found]:
    text, is_sound = _decode(line)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as err:
        if not is_cut:
            detail = f"not JSON: {err}" if isinstance(err, ValueError) else "nested too deep"
            yield origin.issue(Reason.MALFORMED, detail, locator=locator, severity="part")
        return
    found = page_of(value, origin, locator)
    yield found
    if not is_sound and isinstance(found, Page):
        detail = "bytes that are not UTF-8 were replaced"
        yield origin.issue(Reason.ENCODING, detail, locator=locator, severity="note")


def _decode(line: bytes) -> tuple[str, bool]:
    try:
        return line.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        return line.decode("utf-8-sig", errors="replace"), False


def page_of(value: object, origin: Origin, locator: str) -> Found:
    """Make a page of one JSON record, or an issue when it holds no text."""
    if not isinstance(value, Mapping):
        return origin.issue(Reason.MALFORMED, "not a JSON object", locator=locator, severity="part")
    html, text = _words(value.get("html")), _words(value.get("text"))
    content = text or html
    if not content.strip():
        return origin.issue(Reason.NO_TEXT, "neither text nor html", locator=locator, severity="part")
    return Page(
        address=_address(value, content, origin),
        # A lone surrogate, which JSON can write and UTF-8 cannot, becomes a question mark.
        content=content.encode("utf-8", "replace"),
        media_type="text/plain" if text else "text/html",
        received=origin.received,
        charset="utf-8",
        hints=_hints(value),
        container=origin.address,
    )


def _hints(value: Mapping[str, Any]) -> Hints:
    byline = next((value[name] for name in _BYLINE if value.get(name)), "")
    return Hints(
        title=_words(value.get("title")),
        published=_words(value.get("published")),
        publisher=_words(value.get("publisher")),
        byline=", ".join(map(_words, byline)) if isinstance(byline, list) else _words(byline),
        language=_words(value.get("language")),
    )


def _address(value: Mapping[str, Any], content: str, origin: Origin) -> str:
    url = _words(value.get("url")).strip()
    if is_web_address(url):
        return url
    ident = url or _words(value.get("id")).strip()
    # A line number would shift when lines are put before it, and make one document of two.
    return origin.part(quote(ident, safe="") if ident else digest(_words(value.get("title")), content))


def is_web_address(url: str) -> bool:
    """Whether this is an absolute http or https address."""
    try:
        parts = urlsplit(url)
        is_web = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
        return is_web and url.isprintable()
    except ValueError:
        return False


def _words(value: object) -> str:
    if value is None or isinstance(value, dict | list | bool):
        return ""
    return storable(str(value))


def storable(text: str) -> str:
    """The text without lone surrogates, which can be neither stored nor printed."""
    return text.encode("utf-8", "replace").decode("utf-8")
