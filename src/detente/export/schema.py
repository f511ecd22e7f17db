"""One JSON Schema (2020-12) for what `code`, `export` and the API write, made from the record types."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from detente.ledger import HeldDocument
from detente.model.dates import Basis, Dated
from detente.model.decisions import Decision
from detente.model.entries import Entry
from detente.model.events import Event, EventType
from detente.model.issues import Issue, Reason
from detente.model.reading import RECORD_TYPES
from detente.model.statements import StatementKind
from detente.register.prospect import Prospect

Schema = dict[str, Any]
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
_CODED_EVENT = (
    "event_type",
    "mode",
    "status",
    "event_date",
    "deed_date",
    "actor",
    "recipient",
    "place",
    "occasion",
)

_NO_RECORDS = ("document", "issue", "decision", "entry", "prospect")
_LISTED: dict[str, tuple[str, ...]] = {
    "proposal": ("words", "prospect", "for", "against", "fallen"),
    "promise": ("words", "promised", "done", "failed", "prospect"),
    "item": ("what", "title", "when", "certainty", "parties", "records", "others", "keys"),
    "course": ("sides", "title", "steps", "standing"),
    "office": ("post", "polity", "on", "holdings", "clashes"),
    "body": ("body", "state", "end", "keys", "successor", "gap"),
    "folder": ("name", "title", "who", "items"),
    "view": ("name", "words"),
    "thread": ("words", "sides", "thing", "claims", "origins", "shifts", "standing", "independent"),
    "words": ("speaker", "about", "sayings", "phrases"),
    "scorecard": ("group", "rank", "n", "counts", "means"),
    "point": ("first", "second", "directed", "start", "whole", "events", "net", "reports", "deeds"),
    "turn": ("start", "earliest", "latest", "before", "after", "behind"),
    "triad": ("states", "pulls", "together", "sides"),
    "cell": ("first", "second", "start", "level", "change", "events", "reports"),
    "bin": ("low", "high", "n", "happened", "forecast", "frequency", "interval"),
}
"""Rows of listings that are put together from others, and what each always holds."""


def schema() -> Schema:
    """Build the schema; `docs/schema.json` holds it and a test holds the two together."""
    definitions: Schema = {}
    kinds = (*RECORD_TYPES, Event, HeldDocument, Issue, Decision, Entry, Prospect)
    exported = [_row(kind, definitions) for kind in kinds]
    listed = [_listed(name, required) for name, required in _LISTED.items()]
    coded = _coded(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Détente: one line of `detente code` or `detente export`",
        "oneOf": [coded, *exported, *listed],
        "$defs": dict(sorted(definitions.items())),
    }


def _row(model: type, definitions: Schema) -> Schema:
    name = getattr(model, "kind", None)
    record = (
        name.value
        if isinstance(name, Enum)
        else {"HeldDocument": "document"}.get(model.__name__, model.__name__.lower())
    )
    shape = _object(model, definitions)
    shape["title"] = record
    shape["properties"] |= {"record": {"const": record}, "kind": _kinds(record)}
    shape["required"] = ["record", "kind"]
    if record not in _NO_RECORDS:
        shape["properties"] |= {
            "key": {"type": "string"},
            "quad_code": {"type": "integer", "minimum": 1, "maximum": 4},
        }
        shape["required"] += ["key", "document", "evidence", "attribution"]
    if record == "event":
        _open_event(shape, definitions)
    for key in [k for k, v in shape["properties"].items() if v == _DATE]:
        shape["properties"] |= {
            f"{key}_lo": _DAY,
            f"{key}_hi": _DAY,
            f"{key}_basis": {"enum": [basis.value for basis in Basis]},
        }
    return shape


def _listed(record: str, required: tuple[str, ...]) -> Schema:
    names = {"record": {"const": record}, "kind": {"type": "string"}} | {name: {} for name in required}
    return {"type": "object", "title": record, "properties": names, "required": list(names)}


def _open_event(shape: Schema, definitions: Schema) -> None:
    mention = RECORD_TYPES[0]
    own = _object(mention, definitions)["properties"]
    for name in ("document", "evidence", "attribution", "event_scale", "cameo_code", "contexts"):
        shape["properties"][name] = own[name]
    shape["properties"]["mentions"] = {"type": "array", "items": {"type": "string"}}
    del shape["properties"]["id"]


def _kinds(record: str) -> Schema:
    listed: dict[str, list[str]] = {
        "statement": [kind.value for kind in StatementKind],
        "mention": [kind.value for kind in EventType],
        "event": [kind.value for kind in EventType],
        "issue": [reason.value for reason in Reason],
    }
    return {"enum": listed[record]} if record in listed else {"type": "string"}


_DATE: Schema = {"type": ["string", "null"], "description": "EDTF level 1"}
_DAY: Schema = {"type": ["string", "null"], "format": "date"}


def _coded(definitions: Schema) -> Schema:
    mention = _object(RECORD_TYPES[0], definitions)["properties"]
    statement = _object(RECORD_TYPES[1], definitions)["properties"]
    event = {
        name: mention[name] for name in mention if name not in ("key", "id", "document", "coder", "links")
    }
    event["event_type"] = {"anyOf": [event["event_type"], {"type": "null"}]}
    said = {
        name: statement[name] for name in statement if name not in ("key", "id", "document", "coder", "links")
    }
    said["kind"] = said.pop("statement_kind")
    lines = {
        "events": _array({"type": "object", "properties": event, "required": list(_CODED_EVENT)}),
        "statements": _array(
            {"type": "object", "properties": said, "required": ["kind", "speaker", "content"]}
        ),
        "records": _array({"type": "object", "required": ["record", "kind", "evidence"]}),
        "issues": _array({"type": "object", "required": ["record", "kind"]}),
    }
    return {
        "title": "code",
        "type": "object",
        "properties": {"id": {"type": "string"}, **lines},
        "required": ["id", *lines],
        "additionalProperties": False,
    }


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _object(model: type, definitions: Schema) -> Schema:
    hints = get_type_hints(model)
    fields = {f.name.rstrip("_"): _type(hints[f.name], definitions) for f in dataclasses.fields(model)}
    return {"type": "object", "properties": fields}


def _type(hint: Any, definitions: Schema) -> Schema:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _union(list(get_args(hint)), definitions)
    if origin is tuple:
        return _array(_type(get_args(hint)[0], definitions))
    if hint is Dated:
        return dict(_DATE)
    if origin is Mapping:
        return {"type": "object"}
    if hint in (date, datetime):
        return {"type": "string"}
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    return _named(hint, definitions)


def _union(options: list[Any], definitions: Schema) -> Schema:
    if Dated in options:
        return dict(_DATE)
    return {"anyOf": [_type(option, definitions) for option in options]}


def _named(hint: Any, definitions: Schema) -> Schema:
    if isinstance(hint, type) and issubclass(hint, Enum):
        definitions[hint.__name__] = {"enum": [member.value for member in hint]}
    elif dataclasses.is_dataclass(hint) and isinstance(hint, type):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}
            definitions[hint.__name__] |= _object(hint, definitions)
    else:
        return {}
    return {"$ref": f"#/$defs/{hint.__name__}"}
