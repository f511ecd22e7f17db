"""What is believed of one document: its newest reading, then what people decided, in order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from detente.ledger.rows import pack
from detente.model.decisions import Verb

READ, ADDED, CONFIRMED, CORRECTED, REJECTED = "read", "added", "confirmed", "corrected", "rejected"

ON_RECORDS = frozenset(
    (Verb.CONFIRM, Verb.CORRECT, Verb.REJECT, Verb.LINK, Verb.AGREE, Verb.DISAGREE, Verb.NOTE)
)
"""Decisions about one record, bound to its key."""

ON_PAIRS = frozenset((Verb.MERGE, Verb.SPLIT))
"""Decisions about two mentions, bound to both keys."""

_STATES = {Verb.CONFIRM: CONFIRMED, Verb.CORRECT: CORRECTED, Verb.REJECT: REJECTED}

Bind = Callable[[str, int], str | None]
"""Finds which record of the document a key stands for: (key, the decision's write) to a key, or None."""


@dataclass(frozen=True, slots=True)
class Held:
    """A record as believed: `body` is the packed record with corrections, `changed` when it has any.

    `day` is the one its page counts from.
    """

    key: str
    record: int
    document: str
    kind: str
    body: str
    day: str
    state: str = READ
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as the ledger keeps it."""

    id: int
    tx: int
    verb: Verb
    key: str
    field: str
    value: str
    scope: str
    undoes: int | None

    @property
    def other(self) -> str:
        """The second key of a merge, split or link."""
        return str(json.loads(self.value).get("key", ""))


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is known of one document at one moment of the ledger.

    `read` are the records of the chosen reading, `added` those people made on versions the view allows,
    `decisions` the live ones in order. `standing` is None when no version is in view.
    """

    document: str
    reading: int | None
    rendition: str | None
    read: Sequence[Held] = ()
    added: Sequence[Held] = ()
    decisions: Sequence[Decided] = ()
    withdrawn: bool = False


@dataclass(slots=True)
class Folded:
    """The records believed by key, and the decisions that found no record."""

    records: dict[str, Held] = field(default_factory=dict)
    orphans: list[int] = field(default_factory=list)


def live(decisions: Iterable[Decided]) -> list[Decided]:
    """Keep the decisions not undone; an undo that is itself undone undoes nothing."""
    dead: set[int] = set()
    kept: list[Decided] = []
    for decision in sorted(decisions, key=lambda d: d.id, reverse=True):
        if decision.id in dead:
            continue
        if decision.undoes is not None:
            dead.add(decision.undoes)
        kept.append(decision)
    return kept[::-1]


def fold(facts: Facts, bind: Bind) -> Folded:
    """Apply the live decisions to what was read; a withdrawn document leaves nothing."""
    folded = Folded()
    if facts.withdrawn or facts.reading is None:
        return folded
    folded.records = {held.key: held for held in (*facts.read, *facts.added)}
    for decision in facts.decisions:
        if decision.verb not in ON_RECORDS or decision.key == facts.document:
            continue
        key = decision.key if decision.key in folded.records else bind(decision.key, decision.tx)
        if key is None:
            folded.orphans.append(decision.id)
        else:
            folded.records[key] = _apply(folded.records[key], decision)
    return folded


def _apply(held: Held, decision: Decided) -> Held:
    held = replace(held, state=_STATES.get(decision.verb, held.state))
    value = json.loads(decision.value)
    if decision.verb is Verb.CORRECT:
        return _with(held, decision.field, value["value"])
    if decision.verb is Verb.LINK:
        link = {"relation": value["relation"], "key": value["key"]}
        links = json.loads(held.body).get("links", [])
        return held if link in links else _with(held, "links", [*links, link])
    return held


def _with(held: Held, name: str, value: Any) -> Held:
    return replace(held, body=pack({**json.loads(held.body), name: value}), changed=True)
