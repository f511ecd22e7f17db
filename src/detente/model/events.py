"""PLOVER events: one passage coded is a Mention; the mentions of one deed joined are an Event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from detente.model.actors import Party
from detente.model.dates import Dated
from detente.model.records import Amount, Condition, Kind, Place, Record


class EventType(StrEnum):
    """The sixteen types of the PLOVER manual (2021)."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


QUAD = {
    EventType.AGREE: 1,
    EventType.CONSULT: 1,
    EventType.SUPPORT: 1,
    EventType.CONCEDE: 1,
    EventType.COOPERATE: 2,
    EventType.AID: 2,
    EventType.RETREAT: 2,
    EventType.REQUEST: 3,
    EventType.ACCUSE: 3,
    EventType.REJECT: 3,
    EventType.THREATEN: 3,
    EventType.PROTEST: 4,
    EventType.SANCTION: 4,
    EventType.MOBILIZE: 4,
    EventType.COERCE: 4,
    EventType.ASSAULT: 4,
}
"""Quad codes: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""


class Status(StrEnum):
    """Whether the deed was done, by the text; BACKGROUND when it lies over 30 days before publication."""

    DONE = "done"
    ONGOING = "ongoing"
    PLANNED = "planned"
    THREATENED = "threatened"
    CONDITIONAL = "conditional"
    ALLEGED = "alleged"
    PRESUMED = "presumed"
    DENIED = "denied"
    FAILED = "failed"
    CANCELLED = "cancelled"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Record):
    """One passage coded as a PLOVER event.

    `event_date` is the day of the act (an announcement's own day), `deed_date` the day of the deed it is
    about (the visit announced); for a deed told directly the two are equal. None where the text leaves
    it open. `event_scale` is the PLOVER score in points, from the codebook. `recipient` may be empty.
    `occasion` names what several deeds belong to ("Victory Day parade"), "" when the text names nothing.
    """

    kind: ClassVar[Kind] = Kind.MENTION

    event_type: EventType
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...] = ()
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo_code: str | None = None
    event_scale: float = 0.0
    status: Status = Status.DONE
    event_date: Dated | None = None
    deed_date: Dated | None = None
    place: Place | None = None
    amounts: tuple[Amount, ...] = ()
    occasion: str = ""
    condition: Condition | None = None

    @property
    def quad_code(self) -> int:
        """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
        return QUAD[self.event_type]


@dataclass(frozen=True, slots=True)
class Event:
    """The mentions of one deed joined: derived from a view, never stored, split and merged by decisions.

    `id` is the smallest key among its mentions, so it is stable as long as that mention is in the view.
    `mentions` are in order of publication; the fields are taken from the most direct of them.
    `why` says what joined them, one line a join.
    """

    id: str
    mentions: tuple[Mention, ...]
    event_type: EventType
    mode: str | None
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    status: Status
    event_date: Dated | None
    deed_date: Dated | None
    place: Place | None
    occasion: str = ""
    why: tuple[str, ...] = ()

    @property
    def quad_code(self) -> int:
        """As for a mention."""
        return QUAD[self.event_type]
