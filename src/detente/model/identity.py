"""Names that do not change: documents, versions, renditions, record keys."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from detente.model.documents import Page
from detente.model.records import Record

_SPACE = re.compile(r"\s+")


def digest(*parts: str | bytes, size: int = 10) -> str:
    """Hash the parts to `2 * size` hex digits; parts cannot run into one another."""
    state = hashlib.blake2b(digest_size=size)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()


def document_id(address: str) -> str:
    """Name a document by its address: every version of a page at one address is one document."""
    return "d" + digest(address)


def version_id(document: str, page: Page) -> str:
    """Name a version by the bytes of the page and what its source said about it."""
    hints = page.hints
    told = "\x1f".join((hints.title, hints.published, hints.publisher, hints.byline))
    return "v" + digest(document, page.content, told)


def rendition_id(version: str, reader: str) -> str:
    """Name a rendition by its version and the reader, with the reader's own version in its name."""
    return "r" + digest(version, reader)


def normalise_quote(quote: str) -> str:
    """Fold case, compatibility forms and white space, so that a reflowed page keeps its keys."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", quote)).strip().casefold()


def identify(records: Iterable[Record], document: str, coder: str) -> tuple[Record, ...]:
    """Give every record its `key`, `id`, `document` and `coder`.

    The key is hash(document, kind, normalised quote, occurrence, trigger): the same passage read again by
    a newer coder keeps its key, so decisions stay bound to it. Occurrence counts records with the same
    quote and trigger in order of their place in the text.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    named: list[Record] = []
    for record in sorted(records, key=_place):
        quote = normalise_quote(" ".join(evidence.quote for evidence in record.evidence))
        identity = (record.kind.value, quote, record.trigger.casefold())
        key = "k" + digest(document, *identity, str(seen[identity]))
        seen[identity] += 1
        named.append(replace(record, key=key, id=key, document=document, coder=coder))
    return tuple(named)


def _place(record: Record) -> tuple[int, int, str]:
    first = record.evidence[0]
    return (first.start, first.end, record.kind.value)
