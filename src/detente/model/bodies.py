"""Records as plain JSON values and back: the shape the ledger stores and every export writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import cattrs.preconf.json

from detente.model.reading import RECORD_TYPES
from detente.model.records import Kind, Record

T = TypeVar("T")

_converter = cattrs.preconf.json.make_converter(forbid_extra_keys=False)
_BY_KIND: dict[Kind, type[Record]] = {record_type.kind: record_type for record_type in RECORD_TYPES}


def to_body(value: object) -> dict[str, Any]:
    """Turn any of the model's dataclasses into JSON-ready values: enums and dates become strings."""
    body: dict[str, Any] = _converter.unstructure(value)
    return body


def from_body(body: Mapping[str, Any], into: type[T]) -> T:
    """Read `into` back from what `to_body` gave; unknown keys are ignored, wrong values raise."""
    return _converter.structure(body, into)


def record_from_body(kind: str, body: Mapping[str, Any]) -> Record:
    """Read a record of `kind` back; raises ValueError for a kind the ledger does not keep."""
    return from_body(body, _BY_KIND[Kind(kind)])
