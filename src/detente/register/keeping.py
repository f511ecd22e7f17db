"""The prospects people keep: typed in, accepted from a page, or settled; read back from their entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from detente.ledger.browsing import Place
from detente.model.bodies import from_body
from detente.model.entries import Entry
from detente.register.folding import SETTLING, fold
from detente.register.prospect import Contract, Prospect

SUBJECT = "forecast:"
"""How the subjects of entries about prospects begin."""

UNDATED = "9999-12-31"
"""Where prospects without a last day stand in the order: behind all that have one."""


@dataclass(frozen=True)
class Kept:
    """A prospect with entries of its own; it is read back only when somebody looks at it."""

    subject: str
    entries: Sequence[Entry]
    today: date

    @property
    def id(self) -> str:
        """The prospect's id."""
        return self.subject.removeprefix(SUBJECT)

    @cached_property
    def place(self) -> Place:
        """Where it stands in the order of last days."""
        last = next(entry.place for entry in reversed(self.entries) if entry.place)
        return (last, "", 0, self.id)

    @cached_property
    def base(self) -> Mapping[str, Any]:
        """The prospect as it was when the first entry was made."""
        return next(entry.value["prospect"] for entry in self.entries if "prospect" in entry.value)

    @property
    def is_settled(self) -> bool:
        """Whether anybody entered an outcome, whatever its day."""
        return any(entry.verb in SETTLING for entry in self.entries)

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids and states of the parties it concerns, or what the text calls them."""
        parties = self.base.get("parties", ())
        named = {name for party in parties for name in (party.get("id") or party["text"], party.get("state"))}
        return frozenset(name for name in named if name)

    @cached_property
    def prospect(self) -> Prospect:
        """The prospect with all that was done about it."""
        return fold(from_body(self.base, Prospect), self.entries, self.today)


def kept(entries: Mapping[str, Sequence[Entry]], today: date) -> list[Kept]:
    """Give what people keep, those that fall due first; what is made after `today` is not there yet."""
    found = []
    for subject, several in entries.items():
        # A place is entered with the prospect itself; what was purged has lost its prospect.
        placed = [entry for entry in several if entry.place and entry.value]
        if placed and placed[0].place.partition("+")[2] <= today.isoformat():
            found.append(Kept(subject, several, today))
    return sorted(found, key=lambda one: one.place)


def place_in_order(prospect: Prospect, contract: Contract) -> str:
    """Write where a kept prospect stands: its last day, then the day it was made."""
    last = contract.due.hi.isoformat() if contract.due and contract.due.hi else UNDATED
    return f"{last}+{prospect.made.isoformat()}"


def place_of(prospect: Prospect) -> Place:
    """Say where a draft stands: its last day, or behind all of these its page's; then its place there."""
    due, origin = prospect.contract.due, prospect.origin
    day = (origin.day or prospect.made).isoformat()
    last = due.hi.isoformat() if due and due.hi else f"{UNDATED}+{day}"
    return (last, origin.document, origin.quotes[0].start, origin.keys[0])
