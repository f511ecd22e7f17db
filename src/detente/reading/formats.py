"""Tell what a page is from its declared type, its address and its first bytes; never by running a parser."""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import urlsplit

from detente.model.documents import Page

_HEAD = 4096


class Format(StrEnum):
    """The kinds of page the built-in readers know."""

    HTML = "html"
    PDF = "pdf"
    WORD = "word"
    MAIL = "mail"
    MARKDOWN = "markdown"
    PLAIN = "plain"
    FEED = "feed"
    BINARY = "binary"
    EMPTY = "empty"


_BY_TYPE = {
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "application/pdf": Format.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Format.WORD,
    "message/rfc822": Format.MAIL,
    "text/markdown": Format.MARKDOWN,
    "text/x-markdown": Format.MARKDOWN,
}
_BY_ENDING = {
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".docx": Format.WORD,
    ".eml": Format.MAIL,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
}
_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|div|p|title|meta|script|span|table)\b[^<]*", re.IGNORECASE
)
_FEED = re.compile(
    rb"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>\s*|<\?.*?\?>\s*)*<(?:rss|feed|rdf:RDF|sitemapindex|urlset)\b",
    re.DOTALL,
)
_MAIL = re.compile(
    rb"^(?:From |(?:Return-Path|Received|Delivered-To|MIME-Version|Message-ID|From|To|Subject|Date)"
    rb":[^\n]*\n)",
    re.IGNORECASE,
)
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def format_of(page: Page) -> Format:
    """Tell the format; the bytes win over what was declared where they cannot be mistaken."""
    head = page.content[:_HEAD]
    if not head.strip(b"\x00 \t\r\n\x0b\x0c\xef\xbb\xbf"):
        return Format.EMPTY if not page.content.strip(b"\x00 \t\r\n\x0b\x0c\xef\xbb\xbf") else Format.PLAIN
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"PK\x03\x04"):
        return Format.WORD if _told(page) is Format.WORD or b"word/" in page.content else Format.BINARY
    if _is_binary(head):
        return Format.BINARY
    return _textual(page, head)


def _textual(page: Page, head: bytes) -> Format:
    if _FEED.match(head.removeprefix(b"\xef\xbb\xbf")):
        return Format.FEED
    told = _told(page)
    if told in (Format.WORD, Format.PDF):
        return told
    if told is Format.MAIL or (told is None and _looks_like_mail(head)):
        return Format.MAIL
    if told is not None and told is not Format.PLAIN:
        return told
    return Format.HTML if _looks_like_html(head) else Format.PLAIN


def _told(page: Page) -> Format | None:
    declared = page.media_type.partition(";")[0].strip().lower()
    if declared in _BY_TYPE:
        return _BY_TYPE[declared]
    try:
        path = urlsplit(page.address).path.lower()
    except ValueError:
        path = ""
    ending = "." + path.rpartition(".")[2]
    # An address says nothing about a page that came with a type of its own: news sites end in ".md" too.
    if not declared or declared in ("application/octet-stream", "text/plain"):
        return _BY_ENDING.get(ending) if ending in _BY_ENDING and not path.startswith("//") else None
    return None


def _looks_like_html(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return bool(start[:1] == b"<" and _TAG.search(head)) or len(_TAG.findall(head)) >= 3


def _looks_like_mail(head: bytes) -> bool:
    lines = head.split(b"\n\n")[0].split(b"\r\n\r\n")[0]
    names = {name.lower() for name in re.findall(rb"^([A-Za-z-]+):", lines, re.MULTILINE)}
    return bool(_MAIL.match(head)) and len(names & {b"from", b"to", b"subject", b"date", b"message-id"}) >= 3


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    odd = len(head) - len(head.translate(None, _CONTROL))
    return odd > 0.1 * len(head) or head.startswith(
        (b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF")
    )
