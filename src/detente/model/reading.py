"""What one page yields: its rendition, its records and what was not read."""

from __future__ import annotations

from dataclasses import dataclass

from detente.model.documents import Page, Rendition
from detente.model.events import Event, Mention
from detente.model.institutions import Agreement, Election, Figure, Flow, Mandate, Measure, Tenure, Vote
from detente.model.issues import Issue
from detente.model.records import Record
from detente.model.statements import Statement

RECORD_TYPES: tuple[type[Record], ...] = (
    Mention,
    Statement,
    Vote,
    Mandate,
    Measure,
    Agreement,
    Tenure,
    Election,
    Figure,
    Flow,
)
"""Every record class the ledger keeps, in the order exports list them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One page read: everything `Writer.write` puts into the ledger in one transaction.

    `rendition` is None when the page could not be read at all; then `issues` says why and `records` is
    empty. `document` is the document's id, `coder` the identity of the code, codebooks and models.
    """

    page: Page
    document: str
    rendition: Rendition | None
    records: tuple[Record, ...]
    issues: tuple[Issue, ...]
    coder: str

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The passages coded as PLOVER events."""
        return tuple(record for record in self.records if isinstance(record, Mention))

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What somebody said, in text order."""
        return tuple(record for record in self.records if isinstance(record, Statement))

    @property
    def events(self) -> tuple[Event, ...]:
        """The mentions of this page joined into events."""
        from detente.model.joining import join_mentions

        return join_mentions(self.mentions)
