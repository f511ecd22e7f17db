"""Look at the ledger on two clocks: what was published by a day, what was held at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from typing import Any

from sqlalchemy import Engine, select

from detente.errors import UsageError
from detente.ledger import connecting, happening, tables
from detente.ledger.browsing import FIRST, Look, Order, Place, Slice, believed, cursor, place_of, to_place
from detente.ledger.entries import entries
from detente.ledger.gathering import BATCH
from detente.ledger.held import HeldDocument, Ruling
from detente.ledger.holding import hold, with_twins
from detente.ledger.rows import page_from_row, rendition_from_row
from detente.ledger.rulings import current, orphans, ruled
from detente.ledger.selecting import Believed, Wanted, is_rejected, wanted
from detente.ledger.transacting import last_write
from detente.ledger.troubles import troubles
from detente.model.actors import Dyad
from detente.model.decisions import Decision
from detente.model.documents import Page, Rendition
from detente.model.entries import Entry
from detente.model.events import Event
from detente.model.issues import Issue
from detente.model.records import Kind, Record


class View:
    """The ledger as it stood after one write; it does not change while others write.

    Every answer comes in a stable order: by publication, document, place in the text, key.
    """

    def __init__(self, engine: Engine, tx: int, day: date | None, *, include_rejected: bool = False) -> None:
        """Look from after write `tx` at what was published by `day`; callers use `Store.view`."""
        self.published_until = day
        self.include_rejected = include_rejected
        self._engine = engine
        self._tx = tx
        self._look = Look(engine, tx, day)
        self._homes: dict[str, HeldDocument] = {}
        self._single: set[str] = set()

    def records(
        self,
        *,
        kind: Kind | str | Collection[Kind | str] | None = None,
        sort: str | Collection[str] | None = None,
        about: Dyad | str | None = None,
        actor: str | None = None,
        since: date | None = None,
        until: date | None = None,
        publisher: str | None = None,
        status: str | None = None,
        document: str | None = None,
        all_statements: bool = False,
        copies: bool = True,
        arrived_after: datetime | None = None,
    ) -> Iterator[Record]:
        """Give the records believed, corrected where people corrected them.

        `sort` is a kind of statement ("forecast") or a type of event ("CONSULT"), or several. `about` is a
        pair of states ("PRK-RUS") or an actor named anywhere; `actor` who acts or speaks, by id or state.
        `since` and `until` bound the day of what a record tells (its publication when it gives none), both
        inclusive; vague dates count when they may fall inside. `status` is the status of a deed, the
        outcome of a vote, the state of a mandate or agreement. Statements about nobody in particular come
        only with `all_statements`; records of copied pages not without `copies`. `arrived_after` leaves
        only what this ledger came to believe after a moment, read or corrected. Raises
        UsageError for a kind that does not exist.
        """
        ask = wanted(
            kind=kind,
            sort=sort,
            about=about,
            actor=actor,
            since=since,
            until=until,
            publisher=publisher,
            status=status,
            document=document,
            all_statements=all_statements,
            copies=copies,
            arrived_after=self._tx_at(arrived_after),
        )
        return (record for _, _, record in self._select(ask))

    def dated_records(
        self, *, order: Order = Order.PUBLISHED, **filters: Any
    ) -> Iterator[tuple[Record, date]]:
        """Give the records that `records` gives, each with the day its page counts from.

        `order` is as for `browse`; who stops early pays for little more than was taken.
        """
        return ((record, day) for _, day, record in self._select(self._asked(filters), order))

    def _asked(self, filters: Mapping[str, Any]) -> Wanted:
        arrived = self._tx_at(filters.get("arrived_after"))
        return wanted(**{**filters, "arrived_after": arrived})

    def browse(
        self,
        *,
        order: Order | str = Order.PUBLISHED,
        after: str | None = None,
        limit: int = 50,
        **filters: Any,
    ) -> Slice:
        """Give at most `limit` records from behind the cursor `after`, with the cursor to go on from.

        `filters` are those of `records`. `order` is "day" (of publication, the order of `records`),
        "newest" (the same backwards) or "due" (the day a forecast's window, a promise, a mandate or a term
        ends; records without one are left out). Costs the same anywhere in a ledger of any size. Raises
        UsageError for a cursor that is none.
        """
        order = Order(order)
        ask = self._asked(filters)
        found = list(islice(self._select(ask, order, to_place(after), limit + 1), limit + 1))
        more = cursor(found[limit - 1][0]) if len(found) > limit else None
        shown = found[:limit]
        return Slice(tuple(record for *_, record in shown), tuple(day for _, day, _ in shown), more)

    def record(self, key: str) -> Record:
        """Give one record by its key; raises UsageError when the view does not hold it."""
        return self._row(key).record()

    def current(self, keys: Iterable[str]) -> dict[str, str | None]:
        """Give for each key the one that stands for it now: itself, or the record that took its place.

        None when its record is gone. A record that a person rejected still stands.
        """
        return current(self._engine, self._tx, self.published_until, keys)

    def state(self, key: str) -> str:
        """Say how a record stands: "read", "added", "confirmed", "corrected" or "rejected"."""
        return self._row(key).state

    def states(self) -> dict[str, str]:
        """Say for every record by its key how it stands, in the words of `state`."""
        return {row.key: row.state for row in self._rows(Wanted(all_statements=True))}

    def events(
        self,
        *,
        about: Dyad | str | None = None,
        actor: str | None = None,
        since: date | None = None,
        until: date | None = None,
        publisher: str | None = None,
        status: str | None = None,
        document: str | None = None,
    ) -> tuple[Event, ...]:
        """Join the mentions of the view into events, minding merges and splits; copies add mentions only.

        An event is given when one of its mentions answers what is asked, with all its mentions.
        """
        ask = wanted(
            kind=None,
            about=about,
            actor=actor,
            since=since,
            until=until,
            publisher=publisher,
            document=document,
        )
        every = happening.events(self._look, self._documents)
        return tuple(
            event
            for event in every
            if (status is None or event.status == status)
            and any(self._takes(ask, mention) for mention in event.mentions)
        )

    def documents(self) -> tuple[HeldDocument, ...]:
        """List the documents, withdrawn and unreadable ones included."""
        return tuple(sorted(self._documents.values(), key=lambda held: (held.counted_from, held.id)))

    def document(self, name: str) -> HeldDocument:
        """Give one document by its id; raises UsageError when the view does not hold it."""
        self._fetch([name])
        if name not in self._homes:
            raise UsageError(f"there is no document '{name}' in this view")
        return self._homes[name]

    def homes(self, names: Iterable[str]) -> dict[str, HeldDocument]:
        """Give the documents of these ids that the view holds, asked for together."""
        wanted = set(names)
        self._fetch(wanted)
        return {name: self._homes[name] for name in wanted if name in self._homes}

    def rendition(self, name: str) -> Rendition:
        """Give a text by its id, older versions included; raises UsageError when it is not held."""
        table = tables.rendition
        with connecting.reading(self._engine) as connection:
            row = connection.execute(select(table).where(table.c.id == name, table.c.tx <= self._tx)).first()
        if row is None:
            raise UsageError(f"there is no text '{name}' in this view")
        return rendition_from_row(row)

    def page(self, document: str) -> Page:
        """Give the bytes of a document's version in this view as they arrived, to read them again."""
        held = self.document(document)
        with connecting.reading(self._engine) as connection:
            query = select(tables.version).where(tables.version.c.id == held.version)
            return page_from_row(connection.execute(query).one(), held.address)

    def pages(self, document: str) -> tuple[Page, ...]:
        """Give the bytes of every version of a document held by then, in the order they came in."""
        held = self.document(document)
        table = tables.version
        query = select(table).where(table.c.document == document, table.c.tx <= self._tx).order_by(table.c.tx)
        with connecting.reading(self._engine) as connection:
            return tuple(page_from_row(row, held.address) for row in connection.execute(query))

    def issues(self, *, arrived_after: datetime | None = None) -> tuple[Issue, ...]:
        """List what could not be read, where and why; only what was found after a moment, when given."""
        after = self._tx_at(arrived_after)
        with connecting.reading(self._engine) as connection:
            return troubles(connection, self._tx, self.published_until, after)

    def decisions(self, key: str | None = None, *, live: bool = False) -> tuple[Decision, ...]:
        """List what people decided, oldest first; about one record, document or publisher with `key`.

        With `live` those undone are left out.
        """
        with connecting.reading(self._engine) as connection:
            rulings = ruled(connection, self._tx, ())
        return tuple(
            ruling.decision
            for ruling in rulings
            if (key is None or ruling.decision.key == key) and (ruling.is_live or not live)
        )

    def entries(self, subject: str = "", *, live: bool = True) -> tuple[Entry, ...]:
        """List what people entered in the register, oldest first.

        About one subject ("forecast:f3a..."), one sort of them ("forecast:") or all; with `live` those
        undone are left out.
        """
        with connecting.reading(self._engine) as connection:
            return tuple(entries(connection, self._tx, subject, live=live))

    def rulings(self) -> tuple[Ruling, ...]:
        """List every decision with whether it is live and whether it still finds its record."""
        with connecting.reading(self._engine) as connection:
            lost = orphans(connection, self._tx)
            return ruled(connection, self._tx, lost)

    def orphaned_decisions(self) -> tuple[Decision, ...]:
        """List the live decisions whose record a later reading no longer has."""
        return tuple(ruling.decision for ruling in self.rulings() if ruling.is_orphaned)

    def counts(self) -> dict[str, int]:
        """Count documents, versions, copies, issues, decisions, and the records of each kind."""
        rows = self._rows(Wanted(all_statements=True))
        kinds = Counter(row.kind for row in rows)
        held = self._documents.values()
        return {
            "documents": len(held),
            "versions": sum(document.versions for document in held),
            "copies": sum(document.copy_of is not None for document in held),
            "issues": len(self.issues()),
            "decisions": len(self.decisions()),
            **{kind.value: kinds[kind.value] for kind in Kind},
        }

    @cached_property
    def _documents(self) -> dict[str, HeldDocument]:
        with connecting.reading(self._engine) as connection:
            self._homes = hold(connection, self._tx, self.published_until)
        return self._homes

    def _tx_at(self, moment: datetime | None) -> int | None:
        if moment is None:
            return None
        with connecting.reading(self._engine) as connection:
            return last_write(connection, moment)

    def _fetch(self, names: Iterable[str]) -> None:
        """Have the documents of these names at hand, those of the view at least."""
        wanted = sorted({name for name in names if name not in self._homes})
        with connecting.reading(self._engine) as connection:
            for first in range(0, len(wanted), BATCH):
                some = wanted[first : first + BATCH]
                self._homes |= hold(connection, self._tx, self.published_until, some)

    def _select(
        self,
        ask: Wanted,
        order: Order = Order.PUBLISHED,
        after: Place | None = None,
        first: int = FIRST,
    ) -> Iterator[tuple[Place, date, Record]]:
        for part in _parts(self._rows(ask, order, after, min(first, FIRST)), first):
            left_out = self._left_out(ask, {row.document for row in part})
            for row in part:
                day = date.fromisoformat(row.day)
                if row.document not in left_out and ask.takes(record := row.record(), day):
                    yield place_of(row, order), day, record

    def _left_out(self, ask: Wanted, names: set[str]) -> set[str]:
        """Name the documents whose records are not wanted: copies, or another publisher's pages."""
        if ask.publisher is None and ask.copies:
            return set()
        if ask.publisher is None:
            fresh = names - self._single
            with connecting.reading(self._engine) as connection:
                twins = with_twins(connection, self._tx, fresh) if fresh else set()
            self._single |= fresh - twins
            names = names - self._single
        self._fetch(names)
        return {name for name in names if not ask.takes_document(self._homes[name])}

    def _takes(self, ask: Wanted, record: Record) -> bool:
        home = self._documents[record.document]
        return ask.takes_document(home) and ask.takes(record, home.counted_from)

    def _rows(
        self,
        ask: Wanted,
        order: Order = Order.PUBLISHED,
        after: Place | None = None,
        first: int = FIRST,
    ) -> Iterator[Believed]:
        rows = believed(self._look, ask, order, after, first=first)
        return (row for row in rows if self.include_rejected or not is_rejected(row))

    def _row(self, key: str) -> Believed:
        with connecting.reading(self._engine) as connection:
            home = connection.execute(
                select(tables.record.c.document).where(tables.record.c.key == key).limit(1)
            ).scalar()
        ask = Wanted(document=home, all_statements=True)
        for row in self._rows(ask) if home else ():
            if row.key == key:
                return row
        raise UsageError(f"there is no record '{key}' in this view")


def _parts(rows: Iterator[Believed], size: int) -> Iterator[list[Believed]]:
    """Take rows in parts that grow, so that their documents are asked for together."""
    while part := list(islice(rows, size)):
        yield part
        size = min(4 * size, BATCH)
