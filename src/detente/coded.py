"""Code one line of the `detente code` contract: text in, its records out, its troubles beside them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from detente.coding.pair import PairCoding, code_pair
from detente.export.coded import Row, coded_event, coded_row, party_row
from detente.language.parsing import DEFAULT_MODEL
from detente.model.actors import Party
from detente.model.issues import Issue, Reason
from detente.model.joining import join_mentions
from detente.model.text import Span
from detente.pipeline import parse_rendition, read_text

LONGEST = 2_000_000
"""Code points of one text; more is a file for `detente read`."""


def code_line(line: str, *, model: str = DEFAULT_MODEL, min_confidence: float = 0.0) -> Row:
    """Code one JSON line; a line that cannot be read gives a row with nothing but its Issue."""
    try:
        asked = json.loads(line)
        name, text = str(asked["id"]), asked["text"]
        published = date.fromisoformat(asked["published"][:10]) if asked.get("published") else None
    except (ValueError, TypeError, KeyError, RecursionError) as err:
        return _nothing("", Issue(Reason.MALFORMED, "code", f"{type(err).__name__}: {err}"[:200]))
    if not isinstance(text, str) or not text.strip():
        return _nothing(name, Issue(Reason.EMPTY, "code", "the text is empty"))
    if len(text) > LONGEST:
        return _nothing(name, Issue(Reason.TOO_LARGE, "code", f"over {LONGEST} characters"))
    reading = read_text(text, published=published, model=model)
    row = coded_row(name, reading)
    if asked.get("actor") and asked.get("recipient") and reading.rendition:
        parsed = parse_rendition(reading.rendition, model=model, gated=False)
        spans = _find(text, str(asked["actor"])), _find(text, str(asked["recipient"]))
        row["events"] = [_pair_event(code_pair(parsed, *spans), asked, spans, min_confidence)]
    return row


def _nothing(name: str, issue: Issue) -> Row:
    from detente.export.rows import issue_row

    return {"id": name, "events": [], "statements": [], "records": [], "issues": [issue_row(issue)]}


def _find(text: str, words: str) -> Span:
    """Find words as written; a case-blind search second; the whole text where they are not in it."""
    for haystack, needle in ((text, words), (text.casefold(), words.casefold())):
        at = haystack.find(needle)
        if at >= 0 and len(haystack) == len(text):
            return Span(at, at + len(words))
    return Span(0, len(text))


def _pair_event(coding: PairCoding, asked: dict[str, Any], spans: tuple[Span, Span], floor: float) -> Row:
    """Make the one event of a given pair; its type is null when the coder is less sure than `floor`."""
    if coding.mention is not None:
        row = coded_event(join_mentions([coding.mention])[0])
    else:
        given = [_party(str(asked[role]), span) for role, span in zip(_ROLES, spans, strict=True)]
        row = dict.fromkeys(_EMPTY) | {"contexts": [], "evidence": [], "attribution": [], "occasion": ""}
        row |= {role: [party_row(party)] for role, party in zip(_ROLES, given, strict=True)}
    row["reading_confidence"] = coding.confidence
    if coding.confidence < floor:
        row["event_type"] = None
    return row


_ROLES = ("actor", "recipient")
_EMPTY = (
    "event_type",
    "mode",
    "quad_code",
    "event_scale",
    "cameo_code",
    "status",
    "event_date",
    "deed_date",
    "place",
    "condition",
    "trigger",
    "decided_by",
)


def _party(text: str, span: Span) -> Party:
    return Party(None, text, None, span.start, span.end)
