"""What new records do to those held before: contradict them, or move an agreement a step."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import Any

from detente.brief.disagreements import SAME_TIME, Disagreement, find_disagreements
from detente.ledger import View
from detente.ledger.browsing import Order
from detente.model.events import Mention
from detente.model.institutions import Agreement
from detente.model.joining import join_mentions
from detente.model.records import Kind, Record
from detente.model.statements import StatementKind
from detente.register.agreements import Course, Step, courses


def new_contradictions(
    view: View, new: Mapping[str, date], about: Collection[str]
) -> Iterator[tuple[Disagreement, Record]]:
    """Give the clashes one of whose sides is new, with that side; `new` has each key with its page's day.

    They are looked for among what the pages of the month before told, of the pairs and actors in `about`
    or, when there is none, of all.
    """
    if not new:
        return
    held: dict[str, Record] = {}
    start = min(new.values()) - SAME_TIME
    for name in about or (None,):
        for asked in _CLASHING:
            newest = view.dated_records(order=Order.NEWEST, about=name, copies=False, **asked)
            for record, _ in takewhile(lambda one: one[1] >= start, newest):
                held[record.key] = record
    events = join_mentions(record for record in held.values() if isinstance(record, Mention))
    for clash in find_disagreements(events, held.values(), lambda home: view.document(home).published):
        fresh = [key for key in clash.keys if key in new]
        if fresh and len({home for _, home in clash.passages}) > 1:
            yield clash, held[fresh[0]]


_CLASHING: tuple[Mapping[str, Any], ...] = (
    {"kind": (Kind.MENTION, Kind.FLOW, Kind.FIGURE)},
    {"kind": Kind.STATEMENT, "sort": StatementKind.DENIAL},
)
"""Records that can contradict others."""


def steps_taken(view: View, new: Sequence[Record]) -> Iterator[tuple[Course, Step]]:
    """Give the agreements known before that new records tell to be a step further, with that step."""
    keys = {record.key for record in new if isinstance(record, Agreement)}
    for name in sorted(
        {_about(record) for record in new if isinstance(record, Agreement) and record.parties}
    ):
        for course in courses(view, about=name):
            is_known = any(not keys & set(step.keys) for step in course.steps)
            for step in course.steps:
                if is_known and keys.issuperset(step.keys):
                    yield course, step


def _about(record: Agreement) -> str:
    sides = sorted({party.side for party in record.parties})
    return "-".join(sides) if len(sides) == 2 else sides[0]
