"""What a prospect has become: its draft or what was typed in, and then every entry in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from detente.model.bodies import from_body
from detente.model.entries import Entry
from detente.register.prospect import PENDING, Contract, Estimate, Prospect, State

ADD, ACCEPT, EDIT, UPDATE = "add", "accept", "edit", "update"
RESOLVE, VOID, DISPUTE, WITHDRAW, DECLINE = "resolve", "void", "dispute", "withdraw", "decline"

SETTLING = frozenset((RESOLVE, VOID, WITHDRAW))
"""What ends the life of a prospect; a dispute leaves it pending."""


def fold(base: Prospect, entries: Iterable[Entry], day: date | None) -> Prospect:
    """Apply the entries about a prospect in order, and say whether it is due.

    `day` is the last day to look at (None: today is of no matter): what an entry says of a later day has
    not happened yet, and past its own last day an open prospect is due.
    """
    prospect = base
    for entry in entries:
        if not _is_erased(entry) and _is_by(entry, day) and (step := _STEPS.get(entry.verb)):
            prospect = replace(step(prospect, entry), history=(*prospect.history, entry))
    return _when_due(prospect, day)


def day_of(entry: Entry) -> date | None:
    """The day from which what an entry says holds; None for one that says something of all days."""
    told = entry.value.get("on")
    return date.fromisoformat(str(told)) if told else None


def _is_erased(entry: Entry) -> bool:
    """Whether a purge of the page emptied what the entry repeated of it."""
    return not entry.value and bool(entry.document)


def _is_by(entry: Entry, day: date | None) -> bool:
    told = day_of(entry)
    return day is None or told is None or told <= day


def _when_due(prospect: Prospect, day: date | None) -> Prospect:
    due = prospect.contract.due
    if day and prospect.state is State.OPEN and due and due.hi and due.hi < day:
        return replace(prospect, state=State.DUE)
    return prospect


def _accept(prospect: Prospect, entry: Entry) -> Prospect:
    return replace(prospect, is_draft=False)


def _edit(prospect: Prospect, entry: Entry) -> Prospect:
    contract = from_body(entry.value["contract"], Contract)
    return replace(prospect, contract=contract, is_draft=False)


def _update(prospect: Prospect, entry: Entry) -> Prospect:
    estimate = from_body(entry.value["estimate"], Estimate)
    return replace(prospect, estimates=(*prospect.estimates, estimate))


def _resolve(prospect: Prospect, entry: Entry) -> Prospect:
    state = State.RESOLVED_YES if entry.value["outcome"] else State.RESOLVED_NO
    return _settle(prospect, entry, state)


def _settle(prospect: Prospect, entry: Entry, state: State) -> Prospect:
    told: Any = entry.value.get("by") or ()
    return replace(
        prospect,
        state=state,
        is_draft=False,
        settled_on=day_of(entry),
        settled_by=tuple(map(str, told)),
    )


def _into(state: State) -> Callable[[Prospect, Entry], Prospect]:
    return lambda prospect, entry: _settle(prospect, entry, state)


def _keep(prospect: Prospect, entry: Entry) -> Prospect:
    return prospect


_STEPS: Mapping[str, Callable[[Prospect, Entry], Prospect]] = {
    ADD: _accept,
    ACCEPT: _accept,
    EDIT: _edit,
    UPDATE: _update,
    RESOLVE: _resolve,
    VOID: _into(State.VOID),
    DISPUTE: _into(State.DISPUTED),
    WITHDRAW: _into(State.WITHDRAWN),
    DECLINE: _keep,
}


def refusal(prospect: Prospect, verb: str) -> str:
    """Say why a person may not do this to a prospect as it stands, "" when nothing is in the way."""
    if prospect.state not in PENDING and verb != ADD:
        stood = prospect.state.value.replace("_", " ")
        return f"{prospect.id} is {stood} already: take that entry back first"
    return ""
