"""What a person decided about a record or a source: kept beside the machine's reading, never over it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Verb(StrEnum):
    """What a decision does."""

    ADD = "add"
    CONFIRM = "confirm"
    CORRECT = "correct"
    REJECT = "reject"
    MERGE = "merge"
    SPLIT = "split"
    LINK = "link"
    AGREE = "agree"
    DISAGREE = "disagree"
    NOTE = "note"
    RATE_SOURCE = "rate_source"
    WITHDRAW = "withdraw"
    UNDO = "undo"


NEEDS_REASON = frozenset((Verb.CORRECT, Verb.REJECT, Verb.WITHDRAW))
"""What nobody may decide without saying why."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One act of a person.

    `key` is the record it is about; for RATE_SOURCE the publisher, for WITHDRAW the document's id or
    `publisher:NAME`, for UNDO the decision's id, for NOTE also a document's id. `field` and `value` say
    what a CORRECT sets: the field's name and its new value, as `model.bodies` writes it, either as
    `value["value"]` or, for a field that is an object, as `value` itself. MERGE, SPLIT and LINK hold the
    other key in `value["key"]`, LINK also `value["relation"]`; ADD holds the whole record in `value` with
    its `kind`; RATE_SOURCE holds an Admiralty rating in `value["rating"]` ("B2"). The ledger fills `id`,
    `at`, and the `key` of an ADD. `reason` is required for the verbs in `NEEDS_REASON`.
    """

    verb: Verb
    key: str
    who: str
    reason: str = ""
    field: str = ""
    value: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    id: str = ""
    at: datetime | None = None
