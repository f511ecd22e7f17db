"""Let a dated record of a named kind settle a prospect whose rule says that it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from detente.errors import UsageError
from detente.ledger import View
from detente.ledger.indexing import parties_of
from detente.model.dates import Dated
from detente.model.records import Kind, Record
from detente.register.matching import day_of_deed
from detente.register.prospect import PENDING, Prospect, Settling, State


def settled(view: View, prospect: Prospect) -> Prospect:
    """Give the prospect as its rule settles it: by the earliest record in its time that the rule names.

    A record without a date of its own settles nothing; nor does one whose date may lie outside the time.
    Unsettled prospects, and those without such a rule, come back as they are.
    """
    if prospect.state not in PENDING or not prospect.contract.settled_by:
        return prospect
    found = [
        (when.hi, record.key, rule.outcome)
        for rule in prospect.contract.settled_by
        for record, when in _answers(view, prospect, rule)
    ]
    if not found:
        return prospect
    on, key, outcome = min(found)
    state = State.RESOLVED_YES if outcome else State.RESOLVED_NO
    return replace(prospect, state=state, settled_on=on, settled_by=(key,))


def _answers(view: View, prospect: Prospect, rule: Settling) -> Iterator[tuple[Record, Dated]]:
    about = rule.parties[0] if rule.parties else None
    for record in view.records(
        kind=rule.kind, sort=rule.type or None, status=rule.status, about=about, since=prospect.made
    ):
        when = day_of_deed(record)
        if when is not None and set(rule.parties) <= _named(record) and _is_in_time(when, prospect):
            yield record, when


def _named(record: Record) -> set[str]:
    return {name for _, party in parties_of(record) for name in (party.label, party.side)}


def _is_in_time(when: Dated, prospect: Prospect) -> bool:
    due = prospect.contract.due
    last = due.hi if due and due.hi else date.max
    return when.lo is not None and when.hi is not None and prospect.made <= when.lo and when.hi <= last


def to_settling(text: str) -> Settling:
    """Read a rule such as "mandate//ended un-panel-of-experts" or "mention/CONSULT/done RUS,PRK = no".

    That is kind/type/status, the parties that must all be named, and "= no" where such a record settles
    it with no. Raises UsageError for a kind that does not exist or a rule that names no status.
    """
    told, _, outcome = text.partition("=")
    spec, _, parties = told.strip().partition(" ")
    parts = spec.split("/")
    if len(parts) != 3 or parts[0] not in set(Kind) or not parts[2]:
        raise UsageError(f"'{text}' is no rule such as mandate//ended un-panel-of-experts")
    if outcome.strip().casefold() not in ("", "yes", "no"):
        raise UsageError(f"'{text}': a rule settles it with yes or no")
    names = tuple(name.strip() for name in parties.split(",") if name.strip())
    return Settling(parts[0], parts[1], parts[2], names, outcome.strip().casefold() != "no")


def spelled(rule: Settling) -> str:
    """Write a rule as `to_settling` reads it."""
    told = f"{rule.kind}/{rule.type}/{rule.status} {','.join(rule.parties)}".strip()
    return told if rule.outcome else f"{told} = no"
