"""Keep count of what was promised in a number: how many were done, how many failed, within its time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detente.ledger import View
from detente.model.events import Event, Mention, Status
from detente.model.joining import join_mentions
from detente.model.records import Amount
from detente.register.matching import Matcher, candidate, subjects
from detente.register.proposals import candidates
from detente.register.prospect import Prospect

_DONE = frozenset((Status.DONE, Status.ONGOING, Status.BACKGROUND, Status.PRESUMED))
_NO_THINGS = frozenset(("times", "percent", "%", "years", "months", "weeks", "days")) | frozenset(
    ("countries", "states", "nations", "sides", "parties")
)
"""Nouns whose number says how long, how often or by whom, not how many were promised."""

_FAILED = frozenset((Status.FAILED, Status.CANCELLED))


@dataclass(frozen=True, slots=True)
class Count:
    """How a promise in a number stands: `promised` of it, the deeds told as done and those that failed.

    Each deed is one event however many pages tell it. `promised` is None when no number was given.
    """

    prospect: Prospect
    promised: float | None
    done: tuple[Event, ...]
    failed: tuple[Event, ...]

    @property
    def words(self) -> str:
        """Say it in a line: "3 promised: none done, 1 failed"."""
        promised = f"{self.promised:g} promised: " if self.promised is not None else ""
        failed = f", {len(self.failed)} failed" if self.failed else ""
        return f"{promised}{len(self.done) or 'none'} done{failed}"


def count(view: View, prospect: Prospect) -> Count:
    """Count the deeds within the promise's time that are of what was promised."""
    quantity = prospect.contract.quantity
    promised = quantity.low if quantity and _is_count(quantity) else None
    told = _told(view, prospect)
    return Count(
        prospect,
        promised,
        done=_of(told, _DONE),
        failed=_of(told, _FAILED),
    )


def _told(view: View, prospect: Prospect) -> tuple[Event, ...]:
    matcher, wanted = Matcher(prospect), _object(prospect)
    due = prospect.contract.due
    found = []
    for record, published in candidates(view, prospect):
        match = matcher.match(candidate(record, published))
        if match is None or not isinstance(record, Mention) or not match.is_asked_for:
            continue
        said = subjects(part.quote for part in record.evidence)
        in_time = due is None or due.hi is None or match.day <= due.hi
        if in_time and (not wanted or wanted & said):
            found.append(record)
    return join_mentions(found)


def _is_count(quantity: Amount) -> bool:
    """Whether a promise's number counts things that can be done one by one."""
    words = set(f"{quantity.text} {quantity.unit}".casefold().split())
    return quantity.low is not None and quantity.low == quantity.high and not words & _NO_THINGS


def _object(prospect: Prospect) -> frozenset[str]:
    """The words that name what was promised, without its number."""
    quantity = prospect.contract.quantity
    return subjects([quantity.text, quantity.unit]) if quantity else frozenset()


def _of(events: Iterable[Event], statuses: frozenset[Status]) -> tuple[Event, ...]:
    return tuple(event for event in events if event.status in statuses)
