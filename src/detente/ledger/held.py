"""What a view hands out besides records: documents as held, decisions with their standing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from detente.model.dates import Dated
from detente.model.decisions import Decision
from detente.model.documents import Metadata


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document as a view holds it: the newest version the view's clocks allow.

    `published` is what the page says, None where it says nothing; `counted_from` is the day the version
    counts from: its publication, or the day it was received where no publication is known. `versions`
    counts those the view knows. `copy_of` is the document whose text this one repeats, None for an
    original. `vanished` is when the page was found gone, None while it stands. `rating` is the source's
    Admiralty rating ("B2"), "" when nobody rated it.
    """

    id: str
    address: str
    publisher: str
    title: str
    published: Dated | None
    counted_from: date
    first_seen: datetime
    received: datetime
    versions: int
    version: str
    rendition: str | None
    coder: str
    metadata: Metadata
    copy_of: str | None = None
    vanished: datetime | None = None
    withdrawn: bool = False
    purged: bool = False
    rating: str = ""

    @property
    def origin(self) -> str:
        """The document this text comes from: itself unless it is a copy."""
        return self.copy_of or self.id


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision with its standing: `is_live` while not undone, `is_orphaned` when its record is gone."""

    decision: Decision
    is_live: bool
    is_orphaned: bool = False
