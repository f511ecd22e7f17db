"""Write readings, decisions and troubles into the ledger, each in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from detente.errors import UsageError
from detente.ledger import beliefs, connecting, deciding, entering, purging, tables
from detente.ledger.deciding import Checked
from detente.ledger.entering import Outcome
from detente.ledger.entries import Check, enter
from detente.ledger.gathering import BATCH, publisher_scope
from detente.ledger.presence import last_seen, mark_gone, mark_seen, missed
from detente.ledger.rows import evidence_rows, issue_row, pack, plain
from detente.ledger.transacting import Transaction
from detente.model.bodies import to_body
from detente.model.decisions import Decision, Verb
from detente.model.documents import Page
from detente.model.entries import Entry
from detente.model.identity import document_id, version_id
from detente.model.issues import Issue
from detente.model.reading import Reading
from detente.model.records import Record

if TYPE_CHECKING:
    from detente.ledger.store import Store

__all__ = ["Outcome", "Writer"]

_CHANGING = frozenset(
    (Verb.ADD, Verb.CONFIRM, Verb.CORRECT, Verb.REJECT, Verb.LINK, Verb.WITHDRAW, Verb.UNDO)
)


class Writer:
    """Writes under one name. Every call is one transaction: it is kept whole or not at all.

    Any number of processes may write to one ledger; each waits its turn. Raises LedgerBusy when the wait
    grows too long and LedgerFull when the disk is full.
    """

    def __init__(self, store: Store, who: str) -> None:
        """Write into `store` as `who`; callers use `Store.writer`."""
        self._store = store
        self._who = plain(who.strip())

    def write(self, reading: Reading, *, seen: bool = True) -> Outcome:
        """Enter one page with all its records.

        A record whose quote is not the page's text is left out and an Issue says so; the rest is kept.
        The same bytes at the same address read by the same coder add nothing. `seen` is false for a page
        that comes out of the ledger: reading it again does not say that it still stands at its address.
        """
        reading = entering.completed(reading)
        with connecting.reading(self._store.engine) as connection:
            if entering.is_held(connection, reading) and not (
                seen and missed(connection, [reading.document])
            ):
                return Outcome.UNCHANGED
        with self._transaction() as transaction:
            if entering.is_held(transaction.connection, reading):
                if seen:
                    mark_seen(transaction, "seen again", reading.document)
                return Outcome.UNCHANGED
            return entering.enter_reading(transaction, reading, seen=seen)

    def knows(self, page: Page, coder: str) -> bool:
        """Whether the same bytes at the same address were read by `coder`: then reading adds nothing."""
        return bool(self.known_versions([page], coder))

    def known_versions(self, pages: Iterable[Page], coder: str) -> frozenset[str]:
        """Name the versions of `pages` that `coder` has read, as `model.identity.version_id` names them.

        A page found gone or out of reach since then is left out: writing it again notes that it is back.
        """
        named = [(version_id(name, page), name) for page in pages for name in [document_id(page.address)]]
        found: set[str] = set()
        with connecting.reading(self._store.engine) as connection:
            for start in range(0, len(named), BATCH):
                part = dict(named[start : start + BATCH])
                read = _read_by(connection, part, coder)
                back = missed(connection, {part[version] for version in read}) if read else set()
                purged = _purged(connection, part.values())
                found |= {v for v in read if part[v] not in back}
                found |= {v for v, document in part.items() if document in purged}
        return frozenset(found)

    def vanished(self, address: str) -> None:
        """Record that the page at an address is gone; a second time adds nothing.

        Raises UsageError for an address the ledger has no page of.
        """
        table = tables.document.c
        with self._transaction() as transaction:
            connection = transaction.connection
            document = connection.execute(select(table.id).where(table.address == plain(address))).scalar()
            if document is None:
                raise UsageError(f"the ledger holds no page of '{address}'")
            mark_gone(transaction, document)

    def write_issue(self, issue: Issue) -> None:
        """Record a trouble that belongs to no page, such as a missing path or an unreachable feed.

        A second time adds nothing, until the page at that address is read or seen again: that ends it.
        """
        table = tables.issue.c
        with self._transaction() as transaction:
            row = issue_row(issue, 0, 0, None)
            same = [getattr(table, name) == row[name] for name in ("address", "reason", "detail", "locator")]
            held = select(func.max(table.tx)).where(table.reading.is_(None), *same)
            last = transaction.connection.execute(held).scalar() or 0
            seen = last_seen(transaction.connection, tables.document.c.address == row["address"])
            if last <= seen.get(row["address"], 0):
                row["id"] = transaction.fresh(tables.issue)[0]
                row["tx"] = transaction.stamp("issue")
                transaction.connection.execute(tables.issue.insert(), row)

    def decide(self, decision: Decision) -> Decision:
        """Enter what a person decided and return it with its `id`, `at` and what was made of its value.

        Raises UsageError for a key, field, value or rating that does not exist, or a missing reason.
        """
        decision = replace(decision, who=plain(decision.who.strip()) or self._who)
        with self._transaction(decision.who) as transaction:
            checked = deciding.check(transaction.connection, decision)
            tx = transaction.stamp(checked.decision.verb.value)
            number = _enter_decision(transaction, tx, checked)
            if checked.record is not None:
                _enter_addition(transaction, number, checked.record)
            if checked.decision.verb in _CHANGING:
                beliefs.refold(transaction, tx, _documents(transaction.connection, checked.scope))
            return replace(checked.decision, id=f"x{number}", at=transaction.at)

    def enter(self, entry: Entry, check: Check | None = None) -> Entry:
        """Enter what a person did in the register and return it with its `id` and `at`.

        `check` is given the live entries on the subject while nobody else writes, and refuses by raising
        UsageError. Raises UsageError also for a subject that is none or an undo of what is not live.
        """
        entry = replace(entry, who=plain(entry.who.strip()) or self._who)
        with self._transaction(entry.who) as transaction:
            return enter(transaction, entry, check)

    def purge(self, document: str, who: str, reason: str) -> None:
        """Erase a document's text, bytes, records and quotes for good, leaving only that this was done.

        It is exempt from history: earlier views lose the document's content too. The page is not read
        again. Raises UsageError for an unknown document or a missing reason.
        """
        if not reason.strip():
            raise UsageError("to purge needs a reason")
        with self._transaction(plain(who.strip()) or self._who) as transaction:
            purging.erase(transaction, document, plain(reason))
        purging.wipe(self._store.engine)

    @contextmanager
    def _transaction(self, who: str = "") -> Iterator[Transaction]:
        with connecting.exclusively(self._store.engine) as connection:
            yield Transaction(connection, self._store.clock, who or self._who)


def _read_by(connection: Connection, versions: Iterable[str], coder: str) -> set[str]:
    table = tables.reading.c
    query = select(table.version).where(table.version.in_(versions), table.coder == plain(coder))
    return set(connection.execute(query).scalars())


def _purged(connection: Connection, documents: Iterable[str]) -> set[str]:
    table = tables.purge.c
    return set(connection.execute(select(table.document).where(table.document.in_(documents))).scalars())


def _enter_decision(transaction: Transaction, tx: int, checked: Checked) -> int:
    number = transaction.fresh(tables.decision)[0]
    decision = checked.decision
    row = {
        "id": number,
        "tx": tx,
        "verb": decision.verb.value,
        "key": plain(decision.key),
        "field": plain(decision.field),
        "value": pack(dict(decision.value)),
        "reason": plain(decision.reason),
        "scope": checked.scope,
        "undoes": checked.undoes,
    }
    transaction.connection.execute(tables.decision.insert(), row)
    return number


def _enter_addition(transaction: Transaction, decision: int, record: Record) -> None:
    number = transaction.fresh(tables.record)[0]
    row = {
        "id": number,
        "key": record.key,
        "document": record.document,
        "reading": None,
        "decision": decision,
        "kind": record.kind.value,
        "body": pack(to_body(record)),
    }
    transaction.connection.execute(tables.record.insert(), row)
    transaction.connection.execute(tables.evidence.insert(), evidence_rows(number, record))


def _documents(connection: Connection, scope: str) -> list[str]:
    if not scope.startswith("publisher:"):
        return [scope]
    table = tables.standing.c
    rows = connection.execute(select(table.document, table.publisher).where(table.tx_to.is_(None)))
    return sorted({row.document for row in rows if publisher_scope(row.publisher) == scope})
