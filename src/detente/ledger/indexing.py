"""What views filter records by: the parties they name, the pairs they concern, their dates, their status."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, product

from detente.ledger.walking import fields_of
from detente.model.actors import Dyad, Party
from detente.model.dates import Dated
from detente.model.events import Mention, Status
from detente.model.institutions import Agreement, Election, Figure, Flow, Mandate, Measure, Tenure, Vote
from detente.model.records import Amount, Condition, Link, Place, Record, Voice
from detente.model.statements import Likelihood, Statement
from detente.model.text import Evidence

ACTING = frozenset(
    ("actor", "speaker", "sender", "giver", "promiser", "whose", "person", "sponsor", "veto_by", "parties")
)
"""The roles of those who act or speak, as against those acted upon or spoken of."""

_PARTYLESS = frozenset((Evidence, Voice, Link, Amount, Place, Condition, Dated, Likelihood))

_DATES: dict[type[Record], tuple[str, ...]] = {
    Mention: ("event_date", "deed_date"),
    Statement: ("said_on",),
    Vote: ("vote_date",),
    Mandate: ("effective", "scheduled_end", "actual_end"),
    Measure: ("effective", "scheduled_end"),
    Agreement: ("effective",),
    Tenure: ("begins", "scheduled_end", "actual_end"),
    Election: ("held",),
    Figure: ("as_of",),
    Flow: ("when",),
}

_TO_COME = frozenset((Status.PLANNED, Status.THREATENED, Status.CONDITIONAL))

_STATUS = ("status", "certainty", "outcome", "state")


def parties_of(record: Record) -> Iterator[tuple[str, Party]]:
    """Walk the parties a record names with the field they stand in ("actor", "promiser", "member")."""
    return _parties_in(record)


def _parties_in(value: object) -> Iterator[tuple[str, Party]]:
    for name in _fields(type(value)):
        inner = getattr(value, name)
        for item in inner if isinstance(inner, tuple) else (inner,):
            if isinstance(item, Party):
                yield name, item
            elif _fields(type(item)):
                yield from _parties_in(item)


def _fields(kind: type) -> tuple[str, ...]:
    return () if kind in _PARTYLESS else fields_of(kind)


def dyads_of(record: Record) -> set[Dyad]:
    """Find the pairs of states a record concerns.

    A coded event pairs its actors with its recipients, or the actors with each other when it is a joint
    act without recipient; any other record pairs everybody it names.
    """
    if isinstance(record, Mention):
        actors, recipients = _states(record.actor), _states(record.recipient)
        pairs = list(product(actors, recipients)) if recipients else list(combinations(actors, 2))
    else:
        pairs = list(combinations(_states(party for _, party in parties_of(record)), 2))
    return {Dyad(*sorted(pair)) for pair in pairs if pair[0] != pair[1]}


def _states(parties: Iterator[Party] | tuple[Party, ...]) -> list[str]:
    return sorted({name for party in parties if (name := party.state or party.id)})


def dates_of(record: Record) -> list[Dated]:
    """List the dates of what a record tells, without those open on both sides; [] when it gives none."""
    dates = (getattr(record, name) for name in _DATES[type(record)])
    return [when for when in dates if when is not None and (when.lo or when.hi)]


def falls_within(record: Record, published: date, since: date | None, until: date | None) -> bool:
    """Whether a date of the record (its publication if it has none) may lie between two days, inclusive."""
    spans = [(when.lo, when.hi) for when in dates_of(record)] or [(published, published)]
    return any(
        (since is None or hi is None or hi >= since) and (until is None or lo is None or lo <= until)
        for lo, hi in spans
    )


def hull(record: Record) -> tuple[str | None, str | None]:
    """Give the first and last day any of a record's dates may be; None where a side is open."""
    dates = dates_of(record)
    lows = [when.lo for when in dates if when.lo]
    highs = [when.hi for when in dates if when.hi]
    lo = min(lows).isoformat() if dates and len(lows) == len(dates) else None
    hi = max(highs).isoformat() if dates and len(highs) == len(dates) else None
    return lo, hi


def sort_of(record: Record) -> str:
    """Name what sort of its kind a record is: a statement's kind, an event's type, "" for the others."""
    if isinstance(record, Statement):
        return record.statement_kind.value
    return record.event_type.value if isinstance(record, Mention) else ""


def due_of(record: Record) -> date | None:
    """Give the last day by which what a record looks ahead to falls due; None when it does not say.

    That is the end of a forecast's window, a promise's deadline, the day of a planned deed, the scheduled
    end of a mandate, a measure or a term, the day of an election or of a vote to come.
    """
    when = _ahead(record)
    return when.hi if when else None


def _ahead(record: Record) -> Dated | None:
    if isinstance(record, Statement):
        if record.forecast is not None:
            return record.forecast.window
        return record.commitment.deadline if record.commitment else None
    if isinstance(record, Mention):
        return record.deed_date if record.status in _TO_COME else None
    if isinstance(record, Mandate | Measure | Tenure):
        return record.scheduled_end
    if isinstance(record, Agreement):
        return record.effective
    return record.held if isinstance(record, Election) else getattr(record, "vote_date", None)


def status_of(record: Record) -> str:
    """Read the standing of what a record tells: the status of a deed, the outcome of a vote, a state."""
    for name in _STATUS:
        value = getattr(record, name, None)
        if isinstance(value, str):
            return str(value)
    return ""


def is_salient(record: Record) -> bool:
    """Whether views show the record unasked: everything but statements about nobody in particular."""
    return not isinstance(record, Statement) or record.salient


def concerns(record: Record, about: Dyad | str) -> bool:
    """Whether a record is about a pair of states, or names an actor by id or state."""
    if isinstance(about, Dyad):
        return about in dyads_of(record)
    return any(about in (party.label, party.state) for _, party in parties_of(record))


def acts(record: Record, actor: str) -> bool:
    """Whether an actor, by id or state, does or says what the record tells."""
    return any(role in ACTING and actor in (party.label, party.state) for role, party in parties_of(record))
