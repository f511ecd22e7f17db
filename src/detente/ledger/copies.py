"""Tell a syndicated copy from a page of its own: the same body text at another address.

Two texts are copies when their bodies are equal after normalisation, or when the sentences they share make
up `SHARED` of the longer one, counted in characters. The longest sentences are the index under which
candidates are found, so the cost of a write does not grow with the ledger.
"""

from __future__ import annotations

import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from detente.ledger import tables
from detente.ledger.transacting import Transaction
from detente.model.documents import Rendition
from detente.model.identity import digest, normalise_quote
from detente.model.text import BlockKind

SHARED = 0.9
"""The share of characters in common sentences from which two texts are one."""

SHORT = 300
"""Characters: a body shorter than this recurs in routine notices, so its copies must be close in time."""

SHORT_DAYS = 3
"""Days between two short equal texts that may still be one dispatch."""

_INDEXED = 6
_CROWDED = 40  # A sentence on more pages than this is boilerplate and leads to no copy.
_BODY = (BlockKind.BODY, BlockKind.QUOTE)
_END = re.compile(r"(?<=[.!?…。！？])[\"'”’»)\]]*\s+|\n+")
_ENTRY = struct.Struct(">qI")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A body text as hashes: of the whole, and of each sentence with its length in characters."""

    body: str
    sentences: tuple[tuple[int, int], ...]
    day: date | None

    @property
    def size(self) -> int:
        """Characters in all sentences."""
        return sum(length for _, length in self.sentences)

    @property
    def indexed(self) -> tuple[int, ...]:
        """The hashes of the longest sentences."""
        longest = sorted(set(self.sentences), key=lambda entry: (-entry[1], entry[0]))
        return tuple(dict.fromkeys(number for number, _ in longest[:_INDEXED]))


def fingerprint(rendition: Rendition) -> Fingerprint | None:
    """Hash the body of a rendition; None when it has no body to compare."""
    stretches = [rendition.text[b.start : b.end] for b in rendition.blocks if b.kind in _BODY]
    sentences = [
        folded for stretch in stretches for part in _END.split(stretch) if (folded := normalise_quote(part))
    ]
    if not sentences:
        return None
    published = rendition.metadata.published
    return Fingerprint(
        digest(" ".join(sentences)),
        tuple((_hash(sentence), len(sentence)) for sentence in sentences),
        published.lo if published and published.is_day else None,
    )


def overlap(one: Fingerprint, other: Fingerprint) -> float:
    """Measure the share of the longer text that stands in sentences both have, 0 to 1."""
    longer = max(one.size, other.size)
    common = Counter(one.sentences) & Counter(other.sentences)
    return sum(length * count for (_, length), count in common.items()) / longer if longer else 0.0


def is_copy(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two bodies are one text; short ones must also be published within days of each other."""
    if one.body != other.body and overlap(one, other) < SHARED:
        return False
    if max(one.size, other.size) >= SHORT or one.day is None or other.day is None:
        return True
    return one.body == other.body and abs((one.day - other.day).days) <= SHORT_DAYS


def enter(transaction: Transaction, tx: int, version: str, rendition: Rendition) -> str | None:
    """Index a version's text; the version that leads the family it joins, None for a text of its own.

    Called once a version, with the first rendition that has a body.
    """
    mark = fingerprint(rendition)
    if mark is None:
        return None
    family, crowded = _family(transaction, mark)
    connection = transaction.connection
    connection.execute(
        tables.twin.insert(),
        {
            "version": version,
            "family": family or version,
            "body": mark.body,
            "day": mark.day.isoformat() if mark.day else "",
            "sentences": b"".join(_ENTRY.pack(*entry) for entry in mark.sentences),
            "tx": tx,
        },
    )
    fresh = [
        {"hash": number, "version": version, "tx": tx} for number in mark.indexed if number not in crowded
    ]
    if fresh:
        connection.execute(tables.shingle.insert(), fresh)
    return family


def _family(transaction: Transaction, mark: Fingerprint) -> tuple[str | None, set[int]]:
    twin, shingle = tables.twin.c, tables.shingle.c
    connection = transaction.connection
    seen: dict[int, set[str]] = defaultdict(set)
    for row in connection.execute(
        select(shingle.hash, shingle.version).where(shingle.hash.in_(mark.indexed))
    ):
        seen[row.hash].add(row.version)
    candidates = set().union(*seen.values())
    equal = select(tables.twin).where(twin.body == mark.body).order_by(twin.tx).limit(_CROWDED)
    found = {row.version: row for row in connection.execute(equal)}
    if candidates - found.keys():
        near = select(tables.twin).where(twin.version.in_(candidates - found.keys()))
        found |= {row.version: row for row in connection.execute(near)}
    crowded = {number for number, versions in seen.items() if len(versions) >= _CROWDED}
    return _nearest(mark, found.values()), crowded


def _nearest(mark: Fingerprint, rows: Iterable[Any]) -> str | None:
    best: tuple[float, int] | None = None
    family = None
    for row in rows:
        other = Fingerprint(row.body, unpack(row.sentences), date.fromisoformat(row.day) if row.day else None)
        if not is_copy(mark, other):
            continue
        rank = (-(2.0 if other.body == mark.body else overlap(mark, other)), row.tx)
        if best is None or rank < best:
            best, family = rank, row.family
    return family


def unpack(sentences: bytes) -> tuple[tuple[int, int], ...]:
    """Read back the hashes and lengths of a text's sentences."""
    return tuple((number, length) for number, length in _ENTRY.iter_unpack(bytes(sentences)))


def _hash(sentence: str) -> int:
    return int.from_bytes(bytes.fromhex(digest(sentence, size=8)), "big", signed=True)
