"""RSS, Atom and JSON feeds: what each entry says of its page, and the page itself where it holds it."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from detente.model.documents import Hints
from detente.sources.jsonlines import is_web_address, storable

# Shorter than this, in letters, an entry without its own content is a teaser and not the page.
FULL_TEXT = 1000
# What feedparser fails on: a damaged XML declaration, references to surrogates (which are no characters).
_UNPARSABLE = re.compile(rb"\A\s*<\?xml[^>]*>|&#(?:[xX][dD][89a-fA-F][0-9a-fA-F]{2}|5[5-7][0-9]{3});")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the page's address ("" when it gives none), its id, hints, and what it holds of the page.

    `is_whole` says whether `content` is the page's text rather than a teaser. `is_html` tells its form.
    """

    link: str
    ident: str
    hints: Hints
    content: str
    is_html: bool = True
    is_whole: bool = False

    def document(self) -> bytes:
        """The content as one HTML document with its title, or as plain text, in UTF-8."""
        if not self.is_html:
            return self.content.encode("utf-8", "replace")
        title, language = html.escape(self.hints.title), html.escape(self.hints.language)
        page = (
            f'<!DOCTYPE html>\n<html lang="{language}">'
            f'<head><meta charset="utf-8"><title>{title}</title></head>\n'
            f"<body><article><h1>{title}</h1>\n{self.content}\n</article></body></html>\n"
        )
        return page.encode("utf-8", "replace")


def parse_feed(content: bytes, base: str = "") -> list[Entry] | None:
    """Read an RSS or Atom feed; None when it is none. `base` resolves relative links."""
    feed = _parsed(content, base)
    if feed is None:
        feed = _parsed(_UNPARSABLE.sub(b"", content), base)
    if feed is None or (not feed.get("version") and not feed.entries):
        return None
    return [_entry(item, feed) for item in feed.entries]


def _parsed(content: bytes, base: str) -> Any:
    import feedparser

    headers = {"content-location": base} if base else {}
    try:
        # A file object: feedparser would take bytes that look like an address for one and fetch it.
        return feedparser.parse(io.BytesIO(content), response_headers=headers, sanitize_html=False)
    except (ValueError, LookupError, AssertionError, AttributeError, TypeError, RecursionError):
        return None


def _entry(item: Mapping[str, Any], feed: Any) -> Entry:
    content, is_html = _content(item)
    is_atom = str(feed.get("version", "")).startswith("atom")
    # Old RSS has one date, which feedparser calls the update; Atom's update is no publication.
    old_date = _text(item, "updated") if "updated" in item and not is_atom else ""
    link = _text(item, "link")
    return Entry(
        link=link if is_web_address(link) else "",
        ident=_text(item, "id") or link,
        hints=Hints(
            title=_plain(_text(item, "title")),
            published=_text(item, "published") or old_date,
            publisher=_plain(_text(item.get("source"), "title") or _text(feed.feed, "title")),
            byline=_plain(_text(item, "author")),
            language=_language(item) or _text(feed.feed, "language"),
        ),
        content=content,
        is_html=is_html,
        is_whole=bool(item.get("content")) or len(_letters(content)) >= FULL_TEXT,
    )


def _text(item: Any, name: str) -> str:
    """One field as text; damaged feeds give dictionaries where a text is due."""
    found = item.get(name) if isinstance(item, Mapping) else None
    return storable(str(found)) if isinstance(found, str | int) else ""


def _content(item: Mapping[str, Any]) -> tuple[str, bool]:
    parts = [*item.get("content", []), item.get("summary_detail")]
    part: object = next((part for part in parts if _text(part, "value").strip()), {})
    value = _text(part, "value")
    return value, _text(part, "type") != "text/plain" or "<" in value


def _language(item: Mapping[str, Any]) -> str:
    return next(filter(None, (_text(part, "language") for part in item.get("content", []))), "")


def parse_json_feed(content: bytes) -> list[Entry] | None:
    """Read a JSON Feed (jsonfeed.org); None when it is none."""
    try:
        feed = json.loads(content.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return None
    return [_json_entry(item, feed) for item in items if isinstance(item, dict)]


def _json_entry(item: Mapping[str, Any], feed: Mapping[str, Any]) -> Entry:
    markup, text, summary = (_text(item, name) for name in ("content_html", "content_text", "summary"))
    link = _text(item, "url")
    authors = item.get("authors") or feed.get("authors") or []
    names = [_text(author, "name") for author in authors if isinstance(author, dict)]
    return Entry(
        link=link if is_web_address(link) else "",
        ident=_text(item, "id") or link,
        hints=Hints(
            title=_text(item, "title"),
            published=_text(item, "date_published"),
            publisher=_text(feed, "title"),
            byline=", ".join(filter(None, names)),
            language=_text(item, "language") or _text(feed, "language"),
        ),
        content=markup or text or summary,
        is_html=bool(markup),
        is_whole=bool(markup or text),
    )


def _letters(markup: str) -> str:
    return re.sub(r"<[^>]*>|\s+", " ", markup)


def _plain(markup: str) -> str:
    return html.unescape(_letters(markup)).strip() if "<" in markup or "&" in markup else markup.strip()


def entries_in_order(entries: list[Entry], limit: int) -> Iterator[Entry]:
    """Give at most `limit` entries, in the feed's own order, each address once."""
    seen: set[str] = set()
    for entry in entries[:limit]:
        name = entry.link or entry.ident
        if not name or name not in seen:
            seen.add(name)
            yield entry
