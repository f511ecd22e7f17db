"""What a caller asks of a view, and the exact choice on the records; `browsing` makes the coarse one."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from detente.errors import UsageError
from detente.ledger import indexing
from detente.ledger.fold import REJECTED
from detente.ledger.held import HeldDocument
from detente.model.actors import Dyad
from detente.model.bodies import record_from_body
from detente.model.records import Kind, Record


@dataclass(frozen=True, slots=True)
class Believed:
    """A record of a view, not yet read back from its packed body; `day` is the one its page counts from."""

    key: str
    document: str
    kind: str
    state: str
    body: str
    day: str
    start: int
    due: str | None = None

    def record(self) -> Record:
        """Read the record back."""
        return record_from_body(self.kind, json.loads(self.body))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a caller asks of a view; None leaves a side open."""

    kinds: frozenset[Kind] | None = None
    sorts: frozenset[str] | None = None
    about: Dyad | str | None = None
    actor: str | None = None
    since: date | None = None
    until: date | None = None
    publisher: str | None = None
    status: str | None = None
    document: str | None = None
    all_statements: bool = False
    copies: bool = True
    arrived_after: int | None = None

    @property
    def name(self) -> Dyad | str | None:
        """What the records wanted are filed under; None when that is left open."""
        return self.about if self.about is not None else self.actor

    def takes(self, record: Record, published: date) -> bool:
        """Whether a record of a page that counts from a day is wanted, whatever its document."""
        return (
            (self.kinds is None or record.kind in self.kinds)
            and (self.sorts is None or indexing.sort_of(record) in self.sorts)
            and (self.all_statements or indexing.is_salient(record))
            and (self.status is None or indexing.status_of(record) == self.status)
            and (self.document is None or record.document == self.document)
            and self._takes_parties(record)
            and indexing.falls_within(record, published, self.since, self.until)
        )

    def takes_document(self, home: HeldDocument) -> bool:
        """Whether records of a document are wanted at all."""
        return (self.publisher is None or home.publisher.casefold() == self.publisher.casefold()) and (
            self.copies or home.copy_of is None
        )

    def _takes_parties(self, record: Record) -> bool:
        return (self.about is None or indexing.concerns(record, self.about)) and (
            self.actor is None or indexing.acts(record, self.actor)
        )


def wanted(
    *,
    kind: Kind | str | Collection[Kind | str] | None = None,
    sort: str | Collection[str] | None = None,
    about: Dyad | str | None = None,
    **rest: Any,
) -> Wanted:
    """Read a caller's words; raises UsageError for a kind that does not exist."""
    kinds = None
    if kind is not None:
        try:
            kinds = frozenset(Kind(one) for one in ([kind] if isinstance(kind, str) else kind))
        except ValueError as wrong:
            raise UsageError(f"{wrong}: the kinds are {', '.join(Kind)}") from None
    if isinstance(about, str):
        about = pair_or_name(about)
    sorts = None if sort is None else frozenset([sort] if isinstance(sort, str) else sort)
    return Wanted(kinds=kinds, sorts=sorts, about=about, **rest)


def pair_or_name(about: str) -> Dyad | str:
    """Read whom a question is about: a pair such as "PRK-RUS", else an actor's name."""
    try:
        return Dyad.parse(about)
    except ValueError:
        return about.strip()


def is_rejected(row: Believed) -> bool:
    """Whether a person rejected the record."""
    return row.state == REJECTED
