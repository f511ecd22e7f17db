"""Tell what a file is from its first bytes, and where they do not tell, from its name."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath


class Format(StrEnum):
    """How the bytes have to be opened."""

    EMPTY = "empty"
    BINARY = "binary"
    NOT_A_PAGE = "not_a_page"
    NOT_A_FEED = "not_a_feed"
    PAGE = "page"
    FEED = "feed"
    JSON_FEED = "json_feed"
    JSON_LINES = "json_lines"
    WARC = "warc"
    ZIP = "zip"
    GZIP = "gzip"
    MBOX = "mbox"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is; `media_type` for a page, `detail` in words for what is not one."""

    format: Format
    media_type: str = ""
    detail: str = ""


_BINARY_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BM", ""),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\0\0\1\0", "an icon"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\x7fELF", "a program"),
    (b"MZ", ""),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"\0\0\1\xba", "a film"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\0", "an xz file"),
    (b"(\xb5/\xfd", "a zstd file"),
    (b"SQLite format 3\0", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (save it as DOCX or PDF)"),
    (b"PAR1", "a Parquet file"),
)

_PAGE_ENDINGS = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".eml": "message/rfc822",
    ".mht": "message/rfc822",
    ".mhtml": "message/rfc822",
    ".txt": "text/plain",
    ".text": "text/plain",
}
_FURNITURE = re.compile(r"\.(css|m?js|map|svg|csv|tsv|json|ya?ml|toml|ini|py|sh|sql|log|lock|xsl|dtd)")
_JSON_LINES_ENDINGS = frozenset({".jsonl", ".ndjson", ".jsonlines"})
_FEED_ENDINGS = frozenset({".rss", ".atom", ".rdf"})
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")

_FEED = re.compile(rb"<(?:rss[\s>]|feed[\s>]|(?:rdf:)?RDF[\s>]|[a-z]+:feed[\s>])")
_HTML = re.compile(
    rb"(?is)\A(?:\s|<\?xml[^>]*>|<!--.*?-->)*<(?:!doctype\s+html|html|head|body|title|meta|article|div|p|h1|table)\b"
)
_MBOX = re.compile(rb"\AFrom \S+.*\d{4}\s*\r?\n[\w-]+:")
_HEADER = re.compile(rb"(?m)^([A-Za-z][A-Za-z0-9-]*):[ \t]*(.*)$")
_MAIL_PROOF = frozenset({b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to"})
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\b\x0b\x1b\x0e\x0f\x1a")


def recognise(head: bytes, name: str = "", media_type: str = "") -> Recognised:
    """Tell what bytes are by `head`, their first 64 KiB; `name` and the declared type fill what is open."""
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return Recognised(Format.EMPTY)
    ending = PurePosixPath(name.lower()).suffix
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    found = _by_magic(head) or _by_json(start, ending)
    if not found and _looks_binary(head):
        return Recognised(Format.BINARY, detail="not text")
    return found or _by_text(_narrowed(start), ending, media_type)


def _narrowed(start: bytes) -> bytes:
    """The same text in UTF-8 when a mark says that it is UTF-16."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start.decode("utf-16", "ignore").lstrip().encode("utf-8", "ignore")
    return start


def _by_magic(head: bytes) -> Recognised | None:
    if head.startswith(b"\x1f\x8b"):
        return Recognised(Format.GZIP)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Recognised(Format.ZIP)
    if b"%PDF-" in head[:1024]:
        return Recognised(Format.PAGE, "application/pdf")
    if re.match(rb"\s*WARC/\d", head):
        return Recognised(Format.WARC)
    for start, words in _BINARY_STARTS:
        # Two letters may also begin a text ("BMW"): then the bytes that follow decide.
        if head.startswith(start) and (words or _looks_binary(head)):
            return Recognised(Format.BINARY, detail=words or "not text")
    if head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and head[8:12] in {b"WEBP", b"WAVE", b"AVI "}):
        return Recognised(Format.BINARY, detail="an image, sound or film")
    return None


def _by_text(start: bytes, ending: str, media_type: str) -> Recognised:
    if ending in _JSON_LINES_ENDINGS:
        return Recognised(Format.JSON_LINES)
    if _is_feed(start):
        return Recognised(Format.FEED)
    if _MBOX.match(start):
        return Recognised(Format.MBOX)
    is_html = bool(_HTML.match(start))
    if ending in _FEED_ENDINGS or media_type in _FEED_TYPES:
        return Recognised(Format.NOT_A_FEED, detail="an HTML page" if is_html else "no RSS or Atom in it")
    if is_html:
        return Recognised(Format.PAGE, "application/xhtml+xml" if ending == ".xhtml" else "text/html")
    if _FURNITURE.fullmatch(ending) or (start.startswith(b"<?xml") and ending not in _PAGE_ENDINGS):
        return Recognised(Format.NOT_A_PAGE, detail=f"{ending or 'XML'} is data or code, not a page")
    if _is_mail(start):
        return Recognised(Format.PAGE, "message/rfc822")
    return Recognised(Format.PAGE, _PAGE_ENDINGS.get(ending, "text/plain"))


def _by_json(start: bytes, ending: str) -> Recognised | None:
    if not start.startswith(b"{"):
        return None
    if re.search(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org', start[:4096]):
        return Recognised(Format.JSON_FEED)
    if ending in _JSON_LINES_ENDINGS or _has_json_line(start):
        return Recognised(Format.JSON_LINES)
    return None


def _has_json_line(start: bytes) -> bool:
    lines = start.split(b"\n")
    if any(_is_record(line) for line in lines[:5]):
        return True
    # The first line may be longer than what is known of the file.
    is_open = len(lines) == 1 and re.match(rb'\{\s*"\w+"\s*:', start)
    return bool(is_open) and any(name in start for name in (b'"text"', b'"html"', b'"url"'))


def _is_record(line: bytes) -> bool:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and ("text" in value or "html" in value)


def _is_feed(start: bytes) -> bool:
    if not start.startswith(b"<"):
        return False
    first = re.sub(
        rb"(?s)<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>", b"", start[:8192]
    ).lstrip()
    return bool(_FEED.match(first))


def _is_mail(start: bytes) -> bool:
    block = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    first = block.split(b"\n", 1)[0]
    if not _HEADER.match(first):
        return False
    names = {match[1].lower() for match in _HEADER.finditer(block)}
    sender = re.search(rb"(?im)^from:.*@", block)
    return bool(names & _MAIL_PROOF) or (sender is not None and {b"subject", b"date"} <= names)


def _looks_binary(head: bytes) -> bool:
    if head.startswith(_BOMS):
        return False
    sample = head[:8192]
    nulls = sample.count(0)
    if nulls and not _is_wide_text(sample, nulls):
        return True
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in sample) - nulls
    return controls * 20 > len(sample)


def _is_wide_text(sample: bytes, nulls: int) -> bool:
    """Whether the zero bytes stand where UTF-16 without a mark has them: all on one side of each pair."""
    odd = sample[1::2].count(0)
    one_sided = max(odd, nulls - odd)
    return nulls * 4 > len(sample) and one_sided * 50 >= nulls * 49
