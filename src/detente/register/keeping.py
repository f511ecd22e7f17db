"""The prospects people keep: typed in, accepted from a page, or settled; read back from their entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from detente.ledger.browsing import Place
from detente.model.bodies import from_body
from detente.model.entries import Entry
from detente.register.folding import EDIT, SETTLING, fold
from detente.register.prospect import Origin, Prospect

SUBJECT = "forecast:"
"""How the subjects of entries about prospects begin."""

UNDATED = "9999-12-31"
"""Where prospects without a last day stand in the order: behind all that have one."""


@dataclass(frozen=True)
class Kept:
    """A prospect with entries of its own; it is read back only when somebody looks at it."""

    base: Mapping[str, Any]
    entries: Sequence[Entry]
    today: date

    @cached_property
    def place(self) -> Place:
        """Where it stands in the order of last days."""
        edits = (entry.value["contract"] for entry in reversed(self.entries) if entry.verb == EDIT)
        due = next(edits, self.base["contract"]).get("due") or {}
        return _place(due.get("hi"), self.base["made"], "", 0, self.base["id"])

    @property
    def is_settled(self) -> bool:
        """Whether anybody entered an outcome, whatever its day."""
        return any(entry.verb in SETTLING for entry in self.entries)

    @cached_property
    def sides(self) -> frozenset[str]:
        """The states, and the others without one, that it concerns."""
        parties = self.base.get("parties", ())
        return frozenset(party.get("state") or party.get("id") or party["text"] for party in parties)

    @cached_property
    def prospect(self) -> Prospect:
        """The prospect with all that was done about it."""
        return fold(from_body(self.base, Prospect), self.entries, self.today)


def kept(entries: Iterable[Entry], today: date) -> list[Kept]:
    """Gather what people keep, those that fall due first; what is made after `today` is not there yet."""
    by_subject: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_subject[entry.subject].append(entry)
    found = []
    for several in by_subject.values():
        base = next((entry.value["prospect"] for entry in several if "prospect" in entry.value), None)
        if base is not None and date.fromisoformat(base["made"]) <= today:
            found.append(Kept(base, several, today))
    return sorted(found, key=lambda one: one.place)


def place_of(prospect: Prospect) -> Place:
    """Say where a prospect read from a page stands in the order of last days."""
    due, origin = prospect.contract.due, prospect.origin
    last = due.hi.isoformat() if due and due.hi else None
    start = origin.quotes[0].start
    return _place(last, (origin.day or prospect.made).isoformat(), origin.document, start, _key(origin))


def _key(origin: Origin) -> str:
    return origin.keys[0] if origin.keys else ""


def _place(due: str | None, day: str, document: str, start: int, key: str) -> Place:
    return (due or f"{UNDATED}+{day}", document, start, key)
