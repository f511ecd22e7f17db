"""The one definition of what a relation's figures are: integers summed, divided once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from detente.model.events import QUAD, EventType, Mention, Status

WHOLE = 2520
"""Parts in which one act is counted, so that up to ten pairs share it evenly in integers."""

DEED_WEIGHT = 2
"""A deed (quads 2 and 4) weighs so many words (quads 1 and 3)."""


class Standing(StrEnum):
    """Whether an act was done, by what was read; only those done enter the sums."""

    DONE = "done"
    PLANNED = "planned"
    ALLEGED = "alleged"
    DENIED = "denied"
    UNDONE = "undone"


STANDINGS = {
    Status.DONE: Standing.DONE,
    Status.ONGOING: Standing.DONE,
    Status.BACKGROUND: Standing.DONE,
    Status.PRESUMED: Standing.ALLEGED,
    Status.ALLEGED: Standing.ALLEGED,
    Status.PLANNED: Standing.PLANNED,
    Status.THREATENED: Standing.PLANNED,
    Status.CONDITIONAL: Standing.PLANNED,
    Status.DENIED: Standing.DENIED,
    Status.FAILED: Standing.UNDONE,
    Status.CANCELLED: Standing.UNDONE,
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One event's part in one pair: whole when it is between two, `share` of WHOLE when more take part.

    `actor` and `recipient` are sides (PRK); `recipient` is "" for an act of one without recipient.
    `is_joint` when both act together. `score` is the PLOVER score in tenths of a point. `mentions` are the
    passages it stands on.
    """

    event: str
    day: date
    actor: str
    recipient: str
    is_joint: bool
    event_type: EventType
    standing: Standing
    share: int
    score: int
    mentions: tuple[Mention, ...] = ()

    @property
    def quad(self) -> int:
        """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
        return QUAD[self.event_type]


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over deeds. `quads`, `types` and `score` are in parts of WHOLE; `events` are counted whole.

    `score` sums tenths of PLOVER points times parts. `planned`, `alleged`, `denied` and `undone` count
    events beside the sums, never in them.
    """

    events: int
    quads: tuple[int, int, int, int]
    types: dict[EventType, int]
    score: int
    planned: int
    alleged: int
    denied: int
    undone: int

    @property
    def weight(self) -> int:
        """Deeds done, in parts of WHOLE."""
        return sum(self.quads)

    @property
    def cooperation(self) -> int:
        """Words and deeds of cooperation in parts of WHOLE, deeds twice."""
        return self.quads[0] + DEED_WEIGHT * self.quads[1]

    @property
    def conflict(self) -> int:
        """Words and deeds of conflict in parts of WHOLE, deeds twice."""
        return self.quads[2] + DEED_WEIGHT * self.quads[3]

    @property
    def net(self) -> float | None:
        """Net cooperation, (cooperation - conflict) / (cooperation + conflict), in [-1, 1]; None if empty."""
        return _ratio(self.cooperation - self.conflict, self.cooperation + self.conflict)

    @property
    def words(self) -> float | None:
        """The same over words alone."""
        return _ratio(self.quads[0] - self.quads[2], self.quads[0] + self.quads[2])

    @property
    def deeds(self) -> float | None:
        """The same over deeds alone."""
        return _ratio(self.quads[1] - self.quads[3], self.quads[1] + self.quads[3])

    @property
    def mean_score(self) -> float | None:
        """The mean PLOVER score in points; None if empty."""
        return _ratio(self.score, 10 * self.weight)


def tally(deeds: Iterable[Deed]) -> Tally:
    """Sum some deeds; an event is counted once however many of its pairs are among them."""
    quads = [0, 0, 0, 0]
    types: Counter[EventType] = Counter()
    events: dict[Standing, set[str]] = {standing: set() for standing in Standing}
    score = 0
    for deed in deeds:
        events[deed.standing].add(deed.event)
        if deed.standing is Standing.DONE:
            quads[deed.quad - 1] += deed.share
            types[deed.event_type] += deed.share
            score += deed.share * deed.score
    return Tally(
        events=len(events[Standing.DONE]),
        quads=(quads[0], quads[1], quads[2], quads[3]),
        types={kind: types[kind] for kind in EventType if types[kind]},
        score=score,
        planned=len(events[Standing.PLANNED]),
        alleged=len(events[Standing.ALLEGED]),
        denied=len(events[Standing.DENIED]),
        undone=len(events[Standing.UNDONE]),
    )


def shares(pairs: int) -> list[int]:
    """Spread one act evenly over its pairs, in parts that sum to WHOLE; the first take what is over."""
    each, over = divmod(WHOLE, pairs)
    return [each + (number < over) for number in range(pairs)]


def _ratio(over: int, under: int) -> float | None:
    return over / under if under else None
