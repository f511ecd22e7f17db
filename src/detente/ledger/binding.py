"""Find the record an old decision is about after the page was read again and the old key is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from detente.ledger import tables
from detente.ledger.fold import Facts
from detente.ledger.rows import bytes_text
from detente.model.text import Span


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the record stood when somebody decided about it, and the keys that stood beside it."""

    kind: str
    rendition: str
    span: Span
    beside: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record of the new reading with the stretches it quotes."""

    key: str
    kind: str
    spans: tuple[Span, ...]


def rebind(anchor: Anchor, span: Span, candidates: Iterable[Candidate]) -> str | None:
    """Choose the record of the same kind that shares at least half of the anchor's span, placed at `span`.

    A record that stood beside the lost one is another fact, however much it overlaps. The largest
    overlap wins, then the tightest fit, then the smaller key; None when no record qualifies.
    """
    best: tuple[int, int, str] | None = None
    for candidate in candidates:
        if candidate.kind != anchor.kind or candidate.key in anchor.beside:
            continue
        for other in candidate.spans:
            shared = span.overlap(other)
            rank = (-shared, other.end - other.start, candidate.key)
            if shared and 2 * shared >= span.end - span.start and (best is None or rank < best):
                best = rank
    return best[2] if best else None


def place(span: Span, old: str, new: str) -> Span | None:
    """Find the same words in another rendition, nearest to where they stood; None when they are gone."""
    quote = old[span.start : span.end]
    if not quote:
        return None
    found: Span | None = None
    at = new.find(quote)
    while at >= 0:
        if found is None or abs(at - span.start) < abs(found.start - span.start):
            found = Span(at, at + len(quote))
        at = new.find(quote, at + 1)
    return found


class Binder:
    """Binds the keys of decisions to the records of one document's chosen reading."""

    def __init__(self, connection: Connection, facts: Facts) -> None:
        """Read what is needed only when a key is not among the facts."""
        self._connection = connection
        self._facts = facts
        self._candidates: list[Candidate] | None = None

    def __call__(self, key: str, tx: int) -> str | None:
        """Find the key that stands for `key`, decided in write `tx`; None when its record is gone."""
        anchor = _anchor(self._connection, key, tx)
        if anchor is None or self._facts.rendition is None:
            return None
        span: Span | None = anchor.span
        if anchor.rendition != self._facts.rendition:
            span = place(anchor.span, self._text(anchor.rendition), self._text(self._facts.rendition))
        return rebind(anchor, span, self._listed()) if span else None

    def _text(self, rendition: str) -> str:
        text = self._connection.execute(
            select(tables.rendition.c.text).where(tables.rendition.c.id == rendition)
        ).scalar()
        return bytes_text(text) if text else ""

    def _listed(self) -> list[Candidate]:
        if self._candidates is None:
            spans = _spans(self._connection, [held.record for held in self._facts.read])
            self._candidates = [
                Candidate(held.key, held.kind, tuple(spans.get(held.record, ()))) for held in self._facts.read
            ]
        return self._candidates


def _anchor(connection: Connection, key: str, tx: int) -> Anchor | None:
    record, reading, evidence = tables.record.c, tables.reading.c, tables.evidence.c
    row = connection.execute(
        select(record.kind, record.reading, evidence.rendition, evidence.start, evidence.stop)
        .join(tables.reading, reading.id == record.reading)
        .join(tables.evidence, evidence.record == record.id)
        .where(record.key == key, reading.tx <= tx, evidence.place == 0)
        .order_by(reading.tx.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    beside = connection.execute(select(record.key).where(record.reading == row.reading)).scalars()
    return Anchor(row.kind, row.rendition, Span(row.start, row.stop), frozenset(beside))


def _spans(connection: Connection, records: Collection[int]) -> dict[int, list[Span]]:
    evidence = tables.evidence.c
    found: dict[int, list[Span]] = {}
    for row in connection.execute(select(tables.evidence).where(evidence.record.in_(records))):
        found.setdefault(row.record, []).append(Span(row.start, row.stop))
    return found
