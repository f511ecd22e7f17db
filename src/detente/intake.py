"""Take pages in: from their sources, through the pipeline, into the ledger, one transaction a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice

from detente.errors import UsageError
from detente.ledger import PageMarks, Store, Writer
from detente.model.documents import Page
from detente.model.identity import document_id, version_id
from detente.model.issues import Issue, Reason
from detente.model.reading import Reading
from detente.model.records import Record
from detente.parallel import PAGE_SECONDS, Readers, read_pages
from detente.pipeline import current_coder

BATCH = 64
"""Pages asked about at once: is any of them new?"""

VANISHED = (Reason.NOT_FOUND, Reason.GONE)


@dataclass(slots=True)
class Intake:
    """What came of taking pages in: how many pages had which outcome, and how many records were found."""

    outcomes: Counter[str] = field(default_factory=Counter)
    records: int = 0
    issues: int = 0


def take_in(
    store: Store,
    arriving: Iterable[Page | Issue],
    *,
    who: str,
    model: str,
    processes: int = 1,
    page_seconds: float = PAGE_SECONDS,
    seen: Callable[[], None] = lambda: None,
    marks: PageMarks | None = None,
    readers: Readers | None = None,
) -> Intake:
    """Read what is new of the pages and keep it; calls `seen` once a page, for a progress bar.

    A page the ledger already holds, read by the same coder, is not read again. Each page and all its
    records are one transaction, so that a reading broken off can simply be started again. `marks`, those
    the pages were asked for by, are kept at the end; a page that did not arrive because its server says
    that nothing changed counts as unchanged. `readers` are processes kept from call to call.
    """
    intake = Intake()
    coder = current_coder(model)
    writer = store.writer(who)
    arrived: set[str] = set()
    fresh = _new_pages(_noted(arriving, arrived), writer, coder, intake, seen)
    read = (
        readers.read(fresh)
        if readers
        else read_pages(fresh, processes=processes, model=model, page_seconds=page_seconds)
    )
    for reading in read:
        outcome = writer.write(reading)
        intake.outcomes[str(outcome)] += 1
        intake.records += len(reading.records)
        intake.issues += len(reading.issues)
        seen()
    if marks is not None:
        marks.keep(arrived)
        for _ in marks.unchanged(arrived):
            intake.outcomes["unchanged"] += 1
            seen()
    return intake


def page_marks(store: Store, model: str) -> PageMarks:
    """Give the marks to ask servers by; a page that today's coder has not read is asked for whole."""
    return store.page_marks(current_coder(model))


def _noted(arriving: Iterable[Page | Issue], arrived: set[str]) -> Iterator[Page | Issue]:
    for entry in arriving:
        arrived.add(entry.address)
        yield entry


def _new_pages(
    arriving: Iterable[Page | Issue], writer: Writer, coder: str, intake: Intake, seen: Callable[[], None]
) -> Iterator[Page]:
    source = iter(arriving)
    while batch := list(islice(source, BATCH)):
        pages = [entry for entry in batch if isinstance(entry, Page)]
        known = writer.known_versions(pages, coder)
        for entry in batch:
            if isinstance(entry, Issue):
                _keep_issue(entry, writer, intake)
            elif version_id(document_id(entry.address), entry) in known:
                intake.outcomes["unchanged"] += 1
                seen()
            else:
                yield entry


def _keep_issue(issue: Issue, writer: Writer, intake: Intake) -> None:
    writer.write_issue(issue)
    intake.issues += 1
    if issue.reason in VANISHED:
        # A page we never held cannot vanish; the issue alone says that it was not found.
        with suppress(UsageError):
            writer.vanished(issue.address)


@dataclass(slots=True)
class Difference:
    """What a re-reading changed: keys gained, lost, read differently; decisions left without a record."""

    gained: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    orphaned: int = 0

    def row(self) -> dict[str, object]:
        """Give the difference as JSON values."""
        return {"gained": self.gained, "lost": self.lost, "changed": self.changed, "orphaned": self.orphaned}

    def words(self) -> list[str]:
        """Say the difference, one line a record."""
        lines = [f"+ {line}" for line in self.gained] + [f"- {line}" for line in self.lost]
        lines += [f"~ {line}" for line in self.changed]
        total = f"{len(self.gained)} gained, {len(self.lost)} lost, {len(self.changed)} read differently"
        return [*lines, f"{total}; {self.orphaned} decisions left without a record."]


def read_again(
    store: Store, *, who: str, model: str, processes: int = 1, seen: Callable[[], None] = lambda: None
) -> Difference:
    """Read every version of every held page again with today's coder; calls `seen` once a version.

    The earlier readings stay under their own time. A page whose reader dies on it keeps what it had, and
    an issue says so.
    """
    before = _believed(store)
    view, writer = store.view(), store.writer(who)
    held = (page for document in view.documents() if not document.purged for page in view.pages(document.id))
    for reading in read_pages(held, processes=processes, model=model):
        _enter_again(reading, writer)
        seen()
    after = _believed(store)
    return Difference(
        gained=[_told(after[key]) for key in after.keys() - before.keys()],
        lost=[_told(before[key]) for key in before.keys() - after.keys()],
        changed=[
            _told(after[key])
            for key in after.keys() & before.keys()
            if _read(after[key]) != _read(before[key])
        ],
        orphaned=len(store.view().orphaned_decisions()),
    )


def _enter_again(reading: Reading, writer: Writer) -> None:
    if reading.coder:
        writer.write(reading, seen=False)
        return
    # Nobody read it to the end: what an earlier coder made of the page stays, and the trouble is told.
    for issue in reading.issues:
        writer.write_issue(issue)


def _believed(store: Store) -> dict[str, Record]:
    return {record.key: record for record in store.view().records(all_statements=True)}


def _read(record: Record) -> Record:
    return replace(record, coder="", id="", evidence=tuple(replace(e, rendition="") for e in record.evidence))


def _told(record: Record) -> str:
    return f"{record.key} {record.kind.value}: {' '.join(record.evidence[0].quote.split())[:100]}"
