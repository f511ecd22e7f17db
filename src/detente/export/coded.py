"""The shape of `detente code`: what one text yields, for evaluation and for other programs."""

from __future__ import annotations

from typing import Any

from detente.export.rows import issue_row, plain, record_row
from detente.model.actors import Party
from detente.model.events import Event, Mention
from detente.model.reading import Reading
from detente.model.records import Record
from detente.model.statements import Statement
from detente.model.text import Evidence

Row = dict[str, Any]


def coded_row(name: str, reading: Reading) -> Row:
    """Make the line `{"id", "events", "statements", "records", "issues"}` of one text."""
    others = [r for r in reading.records if not isinstance(r, Mention | Statement)]
    return {
        "id": name,
        "events": [coded_event(event) for event in reading.events],
        "statements": [coded_statement(statement) for statement in reading.statements],
        "records": [coded_record(record) for record in others],
        "issues": [issue_row(issue) for issue in reading.issues],
    }


def coded_event(event: Event) -> Row:
    """Make an event as `code` writes it: the lead mention's fields, the evidence of all its mentions."""
    lead = event.mentions[0]
    evidence = {part.span: part for mention in event.mentions for part in mention.evidence}
    return {
        "event_type": event.event_type.value,
        "mode": event.mode,
        "contexts": sorted({context for mention in event.mentions for context in mention.contexts}),
        "quad_code": event.quad_code,
        "event_scale": lead.event_scale,
        "cameo_code": lead.cameo_code,
        "status": event.status.value,
        "event_date": plain(event.event_date),
        "deed_date": plain(event.deed_date),
        "actor": [party_row(party) for party in event.actor],
        "recipient": [party_row(party) for party in event.recipient],
        "place": plain(event.place),
        "occasion": event.occasion,
        "condition": plain(lead.condition),
        "trigger": lead.trigger,
        "decided_by": lead.decided_by,
        "evidence": [passage(part) for _, part in sorted(evidence.items())],
        "attribution": plain(lead.attribution),
        "reading_confidence": lead.reading_confidence,
    }


def coded_statement(statement: Statement) -> Row:
    """Make a statement as `code` writes it."""
    return {
        "kind": statement.statement_kind.value,
        "speaker": [party_row(party) for party in statement.speaker],
        "cue": statement.cue,
        "content": [passage(part) for part in statement.content],
        "about": [party_row(party) for party in statement.about],
        "modality": statement.modality.value,
        "likelihood": plain(statement.likelihood),
        "polarity": statement.polarity.value,
        "salient": statement.salient,
        "said_on": plain(statement.said_on),
        "condition": plain(statement.condition),
        "motive": plain(statement.motive),
        "forecast": plain(statement.forecast),
        "commitment": plain(statement.commitment),
        "advice": plain(statement.advice),
        "evidence": [passage(part) for part in statement.evidence],
        "attribution": plain(statement.attribution),
        "reading_confidence": statement.reading_confidence,
    }


def coded_record(record: Record) -> Row:
    """Make a vote, mandate, figure... as `code` writes it: its export row without the ledger's own fields."""
    row = record_row(record)
    row["evidence"] = [passage(part) for part in record.evidence]
    return {
        key: value for key, value in row.items() if key not in ("key", "id", "document", "coder", "links")
    }


def party_row(party: Party) -> Row:
    """Make a party: its id, the state it stands for, and where the text names it."""
    return {
        "id": party.id,
        "state": party.state,
        "text": party.text,
        "start": party.start,
        "end": party.end,
        "kind": plain(party.kind),
        "rank": plain(party.rank),
        "sector": party.sector,
    }


def passage(evidence: Evidence) -> Row:
    """Make a passage: offsets in code points of the input, and the words there."""
    return {"start": evidence.start, "end": evidence.end, "quote": evidence.quote}
