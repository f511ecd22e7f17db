"""Who acts and speaks: mentions of states, organisations, offices and persons, and pairs of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rank(StrEnum):
    """How high a voice stands, from a head of state down to an unnamed source."""

    LEADER = "leader"
    GOVERNMENT = "government"
    MINISTER = "minister"
    LEGISLATOR = "legislator"
    OFFICIAL = "official"
    MILITARY = "military"
    SPOKESPERSON = "spokesperson"
    STATE_MEDIA = "state_media"
    ORGANISATION = "organisation"
    EXPERT = "expert"
    MEDIA = "media"
    UNNAMED_OFFICIAL = "unnamed_official"
    UNNAMED = "unnamed"
    PERSON = "person"


class ActorKind(StrEnum):
    """What an actor is."""

    STATE = "state"
    PERSON = "person"
    OFFICE = "office"
    ORGANISATION = "organisation"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Party:
    """One party to a record, where the text names it.

    `id` is the codebook's: an upper-case ISO 3166 alpha-3 code for a state (`PRK`), a lower-case slug
    for anything else (`kim-jong-un`, `un-security-council`); None for a name the codebook does not hold,
    which keeps its `text`. `state` is the state the party belongs to or stands for on the day, None where
    the text leaves it open. `start` and `end` index the rendition; both None when the party is understood
    from context ("the two leaders") or is the publisher.
    """

    id: str | None
    text: str
    state: str | None = None
    start: int | None = None
    end: int | None = None
    kind: ActorKind | None = None
    rank: Rank | None = None
    sector: str | None = None

    @property
    def label(self) -> str:
        """The id where there is one, else the text: what views group by."""
        return self.id or self.text

    @property
    def side(self) -> str:
        """Whom the party counts for: its state where it has one, else itself."""
        return self.state or self.label


@dataclass(frozen=True, slots=True, order=True)
class Dyad:
    """A pair of actor ids; `Dyad.parse("RUS-PRK")` is undirected and sorted.

    >>> str(Dyad.parse("RUS-PRK"))
    'PRK-RUS'
    """

    first: str
    second: str

    @classmethod
    def parse(cls, text: str) -> Dyad:
        """Read `PRK-RUS`; raises ValueError when it is not two alpha-3 codes with a hyphen."""
        parts = text.strip().upper().split("-")
        if len(parts) != 2 or not all(len(part) == 3 and part.isalpha() for part in parts):
            raise ValueError(f"'{text}' is not a pair of states such as PRK-RUS")
        first, second = sorted(parts)
        return cls(first, second)

    def __str__(self) -> str:
        return f"{self.first}-{self.second}"
