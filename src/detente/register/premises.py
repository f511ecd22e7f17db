"""What a prospect rests on, and whether that still holds: a term that ended early, a mandate that lapsed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from detente.ledger import View
from detente.model.dates import Dated
from detente.model.institutions import Agreement, Mandate, Measure, Tenure
from detente.model.records import Kind, Record
from detente.model.text import Evidence
from detente.register.prospect import Fallen, Prospect

_OVER = {
    Kind.MANDATE: ("ended", "not_extended"),
    Kind.MEASURE: ("lifted", "expired"),
    Kind.AGREEMENT: ("suspended", "denounced"),
    Kind.TENURE: ("resigned", "removed"),
}


def fallen_premises(view: View, prospect: Prospect) -> tuple[Fallen, ...]:
    """List what a prospect rests on and later records say has ended before its time.

    It rests on the terms, mandates, measures and agreements told in the passages it was read from or
    names as its grounds, and on the terms of the persons it is about.
    """
    found: dict[tuple[str, ...], Fallen] = {}
    for ground in _grounds(view, prospect):
        ends = sorted((_end(one), one.key, one) for one in _of_the_same(view, ground) if is_over(one))
        early = [one for when, _, one in ends if prospect.made <= when and _is_early(when, ground, prospect)]
        if early:
            keys = tuple(one.key for one in early)
            found.setdefault(
                _name(ground), Fallen(ground.evidence[0].quote, _why(early[0]), _day(early[0]), keys)
            )
    return tuple(found.values())


def ended_early(view: View, record: Record) -> bool:
    """Whether another record says that what this one has going on to a day is over before it."""
    scheduled = getattr(record, "scheduled_end", None)
    if record.kind not in _OVER or scheduled is None or scheduled.lo is None:
        return False
    return any(is_over(one) and _end(one) < scheduled.lo for one in _of_the_same(view, record))


def _grounds(view: View, prospect: Prospect) -> Iterator[Record]:
    origin = prospect.origin
    if not origin.document:
        return
    passages = (*origin.quotes, *origin.premises)
    persons = {party.label for party in prospect.parties}
    for record in view.records(kind=tuple(_OVER), document=origin.document):
        mine = isinstance(record, Tenure) and record.person.label in persons
        if _end_in_view(record) is not None and (mine or _shares(record, passages)):
            yield record


def _shares(record: Record, passages: tuple[Evidence, ...]) -> bool:
    return any(
        one.rendition == other.rendition and one.span.overlap(other.span)
        for one in record.evidence
        for other in passages
    )


def _of_the_same(view: View, ground: Record) -> Iterator[Record]:
    """Find the other records of the same term, mandate, measure or agreement."""
    for state in _OVER[ground.kind]:
        yield from _told_over(view, ground, state)


def _told_over(view: View, ground: Record, state: str) -> Iterator[Record]:
    about = _subject(ground)
    for record in view.records(kind=ground.kind, about=about, status=state):
        if record.key != ground.key and _name(record) == _name(ground):
            yield record


def _subject(record: Record) -> str:
    if isinstance(record, Tenure):
        return record.person.label
    if isinstance(record, Mandate):
        return record.body.label
    if isinstance(record, Measure):
        return record.sender[0].label
    return record.parties[0].label if isinstance(record, Agreement) else ""


def _name(record: Record) -> tuple[str, ...]:
    """What makes two records speak of one thing."""
    if isinstance(record, Tenure):
        return ("tenure", record.person.label, record.post)
    if isinstance(record, Mandate):
        return ("mandate", record.body.label)
    if isinstance(record, Measure):
        sides = {party.side for party in (*record.sender, *record.target)}
        return ("measure", record.scope, *sorted(sides))
    sides = {party.side for party in record.parties} if isinstance(record, Agreement) else set()
    return ("agreement", getattr(record, "title", ""), *sorted(sides))


def is_over(record: Record) -> bool:
    """Whether a record says of what lasts, with a day, that it is over."""
    return getattr(record, "state", "") in _OVER.get(record.kind, ()) and _end(record) != date.max


def _end(record: Record) -> date:
    """The last day it may have ended on."""
    when = _day(record)
    return when.hi if when and when.hi else date.max


def _day(record: Record) -> Dated | None:
    return getattr(record, "actual_end", None) or getattr(record, "effective", None)


def _end_in_view(record: Record) -> Dated | None:
    return getattr(record, "scheduled_end", None) or getattr(record, "effective", None)


def _is_early(ended: date, ground: Record, prospect: Prospect) -> bool:
    """Whether it ended before the end that was in view, or before the prospect's own last day."""
    scheduled = getattr(ground, "scheduled_end", None)
    due = prospect.contract.due
    last = scheduled.lo if scheduled else due.hi if due else None
    return last is None or ended < last


def _why(record: Record) -> str:
    when = _day(record)
    return f"{getattr(record, 'state', '')} on {when.edtf}" if when else str(getattr(record, "state", ""))
