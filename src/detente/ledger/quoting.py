"""Hold every quote of a record against the text it claims to come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from detente.ledger.walking import fields_of
from detente.model.documents import Rendition
from detente.model.identity import identify
from detente.model.issues import Issue, Reason
from detente.model.reading import Reading
from detente.model.records import Record
from detente.model.text import Evidence


def quotes_of(value: object) -> Iterator[Evidence]:
    """Walk every passage a record quotes: its evidence, the content of a statement, premises."""
    if isinstance(value, Evidence):
        yield value
        return
    for name in fields_of(type(value)):
        inner = getattr(value, name)
        for item in inner if isinstance(inner, tuple) else (inner,):
            yield from quotes_of(item)


def fault_of(record: Record, rendition: str, text: str) -> str | None:
    """Say what is wrong with a record's quotes; None when each equals the text at its offsets."""
    if not record.evidence:
        return "it quotes nothing"
    for quote in quotes_of(record):
        if quote.rendition not in ("", rendition):
            return f"it quotes the text {quote.rendition}, which is not this page's"
        if not 0 <= quote.start < quote.end or text[quote.start : quote.end] != quote.quote:
            return f"its quote is not what stands at {quote.start}:{quote.end}"
    return None


def admit(reading: Reading, rendition: Rendition | None) -> tuple[list[Record], list[Issue]]:
    """Keep the records whose quotes hold, with keys, and an issue for each of the others."""
    records: Iterable[Record] = reading.records
    kept: dict[str, Record] = {}
    issues: list[Issue] = []
    if any(not record.key and record.evidence for record in records):
        nameable = [record for record in records if record.evidence]
        bare = [record for record in records if not record.evidence]
        records = (*identify(nameable, reading.document, reading.coder), *bare)
    for record in records:
        fault = fault_of(record, rendition.id, rendition.text) if rendition else "the page has no text"
        if record.key in kept:
            fault = fault or "another record of this page has the same key"
        if fault:
            issues.append(_refusal(reading, record, fault))
        elif rendition:
            kept[record.key] = _complete(record, reading, rendition.id)
    return list(kept.values()), issues


def _complete(record: Record, reading: Reading, rendition: str) -> Record:
    if all(e.rendition for e in record.evidence) and record.document and record.id and record.coder:
        return record
    return replace(
        record,
        evidence=tuple(replace(e, rendition=rendition) for e in record.evidence),
        document=reading.document,
        id=record.id or record.key,
        coder=record.coder or reading.coder,
    )


def _refusal(reading: Reading, record: Record, fault: str) -> Issue:
    return Issue(
        Reason.QUOTE_MISMATCH,
        reading.page.address,
        f"a {record.kind.value} was left out: {fault}",
        severity="part",
        document=reading.document,
    )
