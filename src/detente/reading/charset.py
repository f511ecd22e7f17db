"""Decode the bytes of a page: byte order mark, valid UTF-8, header, meta tag, then detection."""

from __future__ import annotations

import codecs
import re

from trafilatura.utils import detect_encoding

from detente.model.issues import Issue, Reason

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
# Browsers read pages that declare Latin-1 or ASCII as Windows-1252, whose curly quotes they mean.
_AS_BROWSERS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252"}
_AS_BROWSERS |= {"us-ascii": "cp1252", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "gb2312": "gb18030"}
_AS_BROWSERS |= {"gbk": "gb18030", "shift_jis": "cp932", "tis-620": "cp874"}
LARGEST_CONTENT = 12_000_000
REPLACED = "\ufffd"
_SAMPLE = 32_768
# Invisible marks that break words and names apart for a reader of text: null and other controls,
# soft hyphen, zero-width space and byte order mark, direction marks, lone surrogates.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_BYTES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


def decode(content: bytes, declared: str, address: str) -> tuple[str, tuple[Issue, ...]]:
    """Decode `content`, preferring evidence in the bytes to what a header claims.

    Gives an Issue when bytes could not be decoded and were replaced.
    """
    if len(content) > LARGEST_CONTENT:
        text, issues = decode(content[:LARGEST_CONTENT], declared, address)
        detail = f"only the first {LARGEST_CONTENT:,} bytes were read"
        return text, (*issues, Issue(Reason.TOO_LARGE, address, detail, severity="part"))
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, errors="replace"), ()
    if b"\x1b$" not in content[:_SAMPLE]:
        try:
            return content.decode("utf-8"), ()
        except UnicodeDecodeError:
            pass
    for name in _candidates(content, declared):
        decoded = _strictly(content, name)
        if decoded is not None:
            return decoded, ()
    text = _SURROGATE.sub(REPLACED, content.decode("utf-8", errors="replace"))
    detail = f"{text.count(REPLACED)} bytes fit no character set and were replaced"
    return text, (Issue(Reason.ENCODING, address, detail, severity="note"),)


def clean(text: str) -> str:
    """Drop invisible marks and lone surrogates, and make every line break one newline."""
    text = _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")


def _candidates(content: bytes, declared: str) -> list[str]:
    meta = _META.search(content[:4096])
    named = [declared, meta.group(1).decode("ascii") if meta else ""]
    named = [_AS_BROWSERS.get(name.strip().lower(), name.strip().lower()) for name in named if name.strip()]
    sample = content[:_SAMPLE]
    if _is_mostly_utf8(content) or _SURROGATE_BYTES.search(content):
        return []
    # Detection mixes up the code pages of Europe; where accents are rare, the western one is meant.
    western = ["cp1252"] if sum(byte > 127 for byte in sample) < 0.03 * len(sample) else []
    return [name for name in named if not name.startswith("utf-8")] + western + detect_encoding(sample)


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether a few broken bytes stand in a text whose other accents are good UTF-8."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count(REPLACED)
    return sum(ord(char) > 127 for char in text[: 8 * _SAMPLE]) - broken > 2 * broken


def _strictly(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
