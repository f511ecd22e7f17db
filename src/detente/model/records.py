"""What every record shares: its key, its evidence, its chain of attribution, and who read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from detente.model.actors import Rank
from detente.model.text import Evidence


class Kind(StrEnum):
    """The record kinds the ledger keeps. MENTION is one passage coded; events are mentions joined."""

    MENTION = "mention"
    STATEMENT = "statement"
    VOTE = "vote"
    MANDATE = "mandate"
    MEASURE = "measure"
    AGREEMENT = "agreement"
    TENURE = "tenure"
    ELECTION = "election"
    FIGURE = "figure"
    FLOW = "flow"


@dataclass(frozen=True, slots=True)
class Voice:
    """One link of a chain of attribution, outermost first: publisher, report, author, speaker, source.

    `role` is one of "publisher", "report", "author", "speaker", "source". `start`/`end` index the
    rendition where the text names the voice, else both None (the publisher, "it can be predicted").
    """

    role: str
    text: str
    id: str | None = None
    state: str | None = None
    rank: Rank | None = None
    start: int | None = None
    end: int | None = None

    @property
    def label(self) -> str:
        """The id where there is one, else the text."""
        return self.id or self.text


@dataclass(frozen=True, slots=True)
class Link:
    """A tie from one record to another by key: "same_deed", "premise", "recorded_as", "update_of"."""

    relation: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The part all records share.

    `evidence` is never empty once the pipeline is done: one fact may stand in two sentences. `attribution`
    runs from the publisher inwards. `trigger` is the word the reading hangs on; with the quote it makes
    the `key` (see `model.identity`). `reading_confidence` is how sure we are of our reading, 0 to 1,
    None where nothing calibrated says so. `decided_by` names the codebook rule or classifier that decided.
    """

    kind: ClassVar[Kind]

    evidence: tuple[Evidence, ...]
    attribution: tuple[Voice, ...] = ()
    trigger: str = ""
    decided_by: str = ""
    reading_confidence: float | None = None
    coder: str = ""
    key: str = ""
    id: str = ""
    document: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity: `low` and `high` are equal for one value, None on the side the text leaves open.

    `comparator` is the text's own ("up to", "nearly", "more than"), "" when it gives none.
    """

    text: str
    low: float | None
    high: float | None
    unit: str = ""
    comparator: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happened: a country by alpha-3, and the name the text gives.

    `latitude` and `longitude` in degrees are a city's; None for a country, a sea, or an unknown place.
    """

    text: str
    country: str | None = None
    start: int | None = None
    end: int | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """The words that make a deed or forecast conditional."""

    start: int
    end: int
    quote: str
