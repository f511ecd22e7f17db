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
_SAMPLE = 32_768
# Invisible marks that break words and names apart for a reader of text: null and other controls,
# soft hyphen, zero-width space and byte order mark, direction marks, lone surrogates.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(content: bytes, declared: str, address: str) -> tuple[str, tuple[Issue, ...]]:
    """Decode `content`, preferring evidence in the bytes to what a header claims.

    Gives an Issue when bytes could not be decoded and were replaced.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, errors="replace"), ()
    if b"\x1b$" not in content[:_SAMPLE]:
        try:
            return content.decode("utf-8"), ()
        except UnicodeDecodeError:
            pass
    for name in _candidates(content, declared):
        text = _strictly(content, name)
        if text is not None:
            return text, ()
    text = content.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    detail = f"{lost} bytes fit no character set and were replaced"
    return text, (Issue(Reason.ENCODING, address, detail, severity="note"),)


def clean(text: str) -> str:
    """Drop invisible marks and lone surrogates, and make every line break one newline."""
    text = _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")


def _candidates(content: bytes, declared: str) -> list[str]:
    meta = _META.search(content[:4096])
    named = [declared, meta.group(1).decode("ascii") if meta else ""]
    named = [_AS_BROWSERS.get(name.strip().lower(), name.strip().lower()) for name in named if name.strip()]
    # A page that is UTF-8 but for a few bytes stays UTF-8: detection would turn all of it to nonsense.
    if content.decode("utf-8", errors="ignore").encode("utf-8").__len__() > 0.99 * len(content):
        sample = content.decode("utf-8", errors="replace")
        if sum(ord(char) > 127 for char in sample[:_SAMPLE]) > 3 * max(1, sample[:_SAMPLE].count("\ufffd")):
            return []
    return [name for name in named if not name.startswith("utf-8")] + detect_encoding(content[:_SAMPLE])


def _strictly(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
