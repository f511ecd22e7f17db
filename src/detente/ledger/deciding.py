"""Check what a person decided before it enters the ledger, and say what it is about."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection, func, select

from detente.errors import UsageError
from detente.ledger import tables
from detente.ledger.fold import ON_PAIRS
from detente.ledger.gathering import decided_from, decisions, publisher_scope
from detente.ledger.quoting import fault_of, quotes_of
from detente.ledger.rows import bytes_text
from detente.model.bodies import record_from_body, to_body
from detente.model.decisions import NEEDS_REASON, Decision, Verb
from detente.model.identity import identify
from detente.model.records import Kind, Record

FIXED = frozenset(("key", "id", "document", "coder", "evidence", "links", "kind"))
"""Fields no correction may set: they name the record and what it stands on."""

_RATING = re.compile(r"^([A-F])([1-6])?$")


@dataclass(frozen=True, slots=True)
class Checked:
    """A decision ready to be written: its scope, what it undoes, the record it adds."""

    decision: Decision
    scope: str
    undoes: int | None = None
    record: Record | None = None


def check(connection: Connection, decision: Decision) -> Checked:
    """Check a decision against the ledger; raises UsageError with one line when it cannot stand."""
    if decision.verb in NEEDS_REASON and not decision.reason.strip():
        raise UsageError(f"to {decision.verb.value} needs a reason")
    decision = replace(decision, key=decision.key.strip())
    if decision.verb is Verb.ADD:
        return _addition(connection, decision)
    if decision.verb is Verb.UNDO:
        return _undo(connection, decision)
    if decision.verb is Verb.WITHDRAW:
        return Checked(decision, _source(connection, decision.key))
    if decision.verb is Verb.RATE_SOURCE:
        return _rating(connection, decision)
    if decision.verb is Verb.NOTE and _is_document(connection, decision.key):
        return Checked(decision, decision.key)
    return _about_record(connection, decision)


def _about_record(connection: Connection, decision: Decision) -> Checked:
    record = _record(connection, decision.key)
    decision = replace(decision, key=record.key)
    if decision.verb is Verb.CORRECT:
        decision = replace(decision, value={"value": _correction(connection, record, decision)})
    elif decision.verb in ON_PAIRS or decision.verb is Verb.LINK:
        decision = _pair(connection, record, decision)
    return Checked(decision, record.document)


def _record(connection: Connection, key: str) -> Record:
    # An event carries the name of one of its mentions.
    wanted = "k" + key[1:] if key.startswith("e") else key
    table = tables.record.c
    row = connection.execute(
        select(tables.record).where(table.key == wanted).order_by(table.id.desc()).limit(1)
    ).first()
    if row is None:
        raise UsageError(f"there is no record '{key}' in this ledger")
    return replace(record_from_body(row.kind, json.loads(row.body)), key=row.key, document=row.document)


def _pair(connection: Connection, record: Record, decision: Decision) -> Decision:
    other = _record(connection, str(decision.value.get("key", "")))
    if other.key == record.key:
        raise UsageError(f"to {decision.verb.value} needs two different records")
    if decision.verb is Verb.LINK:
        relation = str(decision.value.get("relation") or "related")
        return replace(decision, value={"key": other.key, "relation": relation})
    if record.kind is not Kind.MENTION or other.kind is not Kind.MENTION:
        raise UsageError(f"only mentions of events can {decision.verb.value}")
    return replace(decision, value={"key": other.key})


def _correction(connection: Connection, record: Record, decision: Decision) -> object:
    names = {field.name for field in fields(record)} - FIXED
    if decision.field not in names:
        raise UsageError(f"a {record.kind.value} has no field '{decision.field}' that can be corrected")
    given: Any = decision.value
    if isinstance(given, Mapping) and given.keys() == {"value"}:
        given = given["value"]
    try:
        body = json.loads(json.dumps({**to_body(record), decision.field: given}))
        corrected = record_from_body(record.kind, body)
    except Exception as wrong:  # cattrs raises groups of whatever a value's type raises
        raise UsageError(f"'{given}' is no value for {decision.field} of a {record.kind.value}") from wrong
    _check_quotes(connection, corrected)
    return to_body(corrected)[decision.field]


def _addition(connection: Connection, decision: Decision) -> Checked:
    body = dict(decision.value)
    document, rendition = _home(connection, body, decision.key)
    for evidence in body.get("evidence") or ():
        if isinstance(evidence, dict) and not evidence.get("rendition"):
            evidence["rendition"] = rendition
    try:
        record = record_from_body(str(body.get("kind", "")), json.loads(json.dumps(body)))
    except Exception as wrong:  # cattrs raises groups of whatever a value's type raises
        raise UsageError(f"this is no {body.get('kind') or 'record'}: a field is missing or wrong") from wrong
    _check_quotes(connection, record)
    record = _named(connection, record, document, f"person:{decision.who}")
    value = {"kind": record.kind.value, **to_body(record)}
    return Checked(replace(decision, key=record.key, value=value), document, record=record)


def _home(connection: Connection, body: Mapping[str, Any], key: str) -> tuple[str, str]:
    """Find the document a new record belongs to and the rendition it quotes."""
    evidence = body.get("evidence") or [{}]
    named = evidence[0].get("rendition") if isinstance(evidence[0], dict) else ""
    version, rendition = tables.version.c, tables.rendition.c
    query = select(version.document, rendition.id).join(tables.rendition, rendition.version == version.id)
    if named:
        query = query.where(rendition.id == named)
    else:
        query = query.where(version.document == (body.get("document") or key))
    found = connection.execute(query.order_by(rendition.tx.desc()).limit(1)).first()
    if found is None:
        raise UsageError("name the document or the text the new record stands in")
    return str(found.document), str(found.id)


def _named(connection: Connection, record: Record, document: str, coder: str) -> Record:
    # The same words may hold a second fact: take the first occurrence no record has yet.
    table = tables.record.c
    used = set(connection.execute(select(table.key).where(table.document == document)).scalars())
    for count in range(1, len(used) + 2):
        named = identify((record,) * count, document, coder)[-1]
        if named.key not in used:
            return named
    raise UsageError("no free key for this record")


def _check_quotes(connection: Connection, record: Record) -> None:
    rendition = next((quote.rendition for quote in record.evidence), "")
    text = connection.execute(
        select(tables.rendition.c.text).where(tables.rendition.c.id == rendition)
    ).scalar()
    if text is None:
        raise UsageError(f"there is no text '{rendition}' in this ledger")
    if fault := fault_of(record, rendition, bytes_text(text)):
        spans = ", ".join(f"{quote.start}:{quote.end}" for quote in quotes_of(record))
        raise UsageError(f"this {record.kind.value} cannot stand: {fault} (it quotes {spans or 'nothing'})")


def _undo(connection: Connection, decision: Decision) -> Checked:
    table = tables.decision
    number = int(decision.key[1:]) if re.fullmatch(r"x\d{1,15}", decision.key) else -1
    row = connection.execute(select(table).where(table.c.id == number)).first()
    if row is None:
        raise UsageError(f"there is no decision '{decision.key}' in this ledger")
    newest = connection.execute(select(func.max(tables.tx.c.id))).scalar() or 0
    live = decisions(connection, newest, [row.scope]).get(row.scope, [])
    if decided_from(row).id not in {decided.id for decided in live}:
        raise UsageError(f"decision '{decision.key}' is already undone")
    return Checked(decision, str(row.scope), undoes=number)


def _source(connection: Connection, key: str) -> str:
    if key.startswith("publisher:"):
        return _publisher(connection, key.removeprefix("publisher:"))
    if not _is_document(connection, key):
        raise UsageError(f"there is no document '{key}' in this ledger")
    return key


def _publisher(connection: Connection, name: str) -> str:
    scope = publisher_scope(name)
    known = connection.execute(select(tables.standing.c.publisher).distinct()).scalars()
    if scope == "publisher:" or scope not in {publisher_scope(one) for one in known}:
        raise UsageError(f"no page of this ledger is from a publisher '{name}'")
    return scope


def _is_document(connection: Connection, key: str) -> bool:
    table = tables.document.c
    return connection.execute(select(table.id).where(table.id == key)).first() is not None


def _rating(connection: Connection, decision: Decision) -> Checked:
    given = decision.value
    told = str(given.get("rating") or f"{given.get('reliability', '')}{given.get('credibility') or ''}")
    match = _RATING.match(told.strip().upper())
    if match is None:
        raise UsageError(f"'{told}' is no Admiralty rating: A to F, then 1 to 6 if known, as in B2")
    scope = _publisher(connection, decision.key.removeprefix("publisher:"))
    return Checked(replace(decision, value={"rating": match.group(0)}), scope)
