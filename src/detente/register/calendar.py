"""What is dated ahead: mandates, sanctions, terms, elections, votes, promises and planned deeds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from detente.codebooks.foreseen import anniversary_days
from detente.codebooks.plain_words import deed_words, name_of
from detente.ledger import View
from detente.ledger.browsing import Order
from detente.ledger.indexing import due_of, parties_of
from detente.model.actors import Party
from detente.model.dates import Basis, Dated, day
from detente.model.events import EventType, Mention, Status
from detente.model.institutions import Agreement, Election, Mandate, Measure, Tenure, Vote
from detente.model.records import Kind, Record
from detente.model.statements import Statement, StatementKind
from detente.register.premises import ended_early

_KINDS = (
    Kind.MANDATE,
    Kind.MEASURE,
    Kind.TENURE,
    Kind.ELECTION,
    Kind.VOTE,
    Kind.AGREEMENT,
    Kind.MENTION,
    Kind.STATEMENT,
)
_LOOKS_BACK = timedelta(days=365)
_QUARTER = timedelta(days=92)
_UNDATED = 10
_AT_ONCE = 60
_TO_COME = {Status.PLANNED: "planned", Status.THREATENED: "threatened", Status.CONDITIONAL: "conditional"}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing ahead: on which day, what, how firm, who is in it, and the records that say so.

    `what` is "mandate ends", "sanctions end", "term ends", "election", "vote", "agreement", "promise" or
    "deed"; `certainty` "fixed" (an institution or a law sets the day), "scheduled", "planned", "promised",
    "threatened" or "conditional". `when` is None for what is announced without a day. `others` are other
    days that records give for the same thing: they are shown, not averaged.
    """

    what: str
    title: str
    when: Dated | None
    certainty: str
    parties: tuple[Party, ...]
    records: tuple[Record, ...]
    others: tuple[Dated, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The records' keys."""
        return tuple(record.key for record in self.records)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What falls due, earliest first, and on the first page what is announced without a day.

    `anniversaries` are those of the codebook in the coming quarter, where nobody in particular is asked
    about. `next` is the cursor for the following ones.
    """

    items: tuple[Item, ...]
    undated: tuple[Item, ...] = ()
    anniversaries: tuple[Item, ...] = ()
    next: str | None = None


def calendar(
    view: View, today: date, *, about: str | None = None, after: str | None = None, limit: int = 50
) -> Calendar:
    """Give what falls due from `today` on, as the view knows it.

    What a later record says has ended before its time is not ahead any more. Raises UsageError for a
    cursor that is none.
    """
    start = after or f"{(today - timedelta(days=1)).isoformat()}~//0/"
    part = view.browse(
        order=Order.DUE, kind=_KINDS, sort=_SORTS, about=about, after=start, limit=limit, copies=False
    )
    read = (record for record in part.records if _is_ahead(record) and not ended_early(view, record))
    undated = () if after else tuple(_joined(_planned(view, today, about)))
    yearly = () if after or about else tuple(_anniversaries(today))
    return Calendar(_with_others(_joined(read)), undated, yearly, part.next)


def _anniversaries(today: date) -> Iterator[Item]:
    """Give the days of the codebook that come round within a quarter."""
    for words, first in sorted(anniversary_days().items(), key=lambda one: one[1]):
        for year in (today.year, today.year + 1):
            on = first.replace(year=year)
            if today <= on <= today + _QUARTER:
                title = f"anniversary, {year - first.year} years: {words}"
                yield Item("anniversary", title, day(on, basis=Basis.PUBLICATION), "fixed", (), ())


_SORTS = ("", StatementKind.COMMITMENT.value, *(kind.value for kind in EventType))


def _is_ahead(record: Record) -> bool:
    """Whether a record is of something still to come: not of what has ended, nor of a vote that was held."""
    if isinstance(record, Mandate):
        return record.state != "ended" and record.actual_end is None
    if isinstance(record, Measure):
        return record.state not in ("lifted", "expired")
    if isinstance(record, Tenure):
        return record.state not in ("former", "resigned", "removed") and record.actual_end is None
    if isinstance(record, Election | Vote):
        return (record.state if isinstance(record, Election) else record.outcome) == "scheduled"
    return not isinstance(record, Agreement) or record.state in ("negotiated", "announced")


def _planned(view: View, today: date, about: str | None) -> Iterator[Record]:
    """Give the newest deeds announced without a day."""
    part = view.browse(
        order=Order.NEWEST,
        kind=Kind.MENTION,
        status=Status.PLANNED,
        about=about,
        limit=_AT_ONCE,
        copies=False,
    )
    found = (
        record
        for record, told in zip(part.records, part.days, strict=True)
        if due_of(record) is None and told >= today - _LOOKS_BACK
    )
    yield from list(found)[:_UNDATED]


def _joined(records: Iterable[Record]) -> Iterator[Item]:
    """Make one item of the records that tell the same thing of the same day."""
    for _, group in groupby(sorted(records, key=_order), key=lambda one: _order(one)[:3]):
        yield _item(tuple(group))


def _order(record: Record) -> tuple[str, str, tuple[str, ...], str]:
    return (_last(record), _what(record), _sides(record), record.key)


def _last(record: Record) -> str:
    due = due_of(record)
    return due.isoformat() if due else ""


def _sides(record: Record) -> tuple[str, ...]:
    named = {
        party.label if isinstance(record, Tenure | Mandate) else party.side for _, party in parties_of(record)
    }
    return tuple(sorted(named))


def _with_others(items: Iterable[Item]) -> tuple[Item, ...]:
    """Show beside each the other days on which the same thing is said to fall."""
    held = list(items)
    days: dict[tuple[str, str], list[Dated]] = defaultdict(list)
    for item in held:
        if item.when is not None:
            days[item.what, item.title].append(item.when)
    return tuple(
        replace(item, others=tuple(when for when in days[item.what, item.title] if when != item.when))
        for item in held
    )


def _item(records: tuple[Record, ...]) -> Item:
    first = records[0]
    parties = tuple({party.label: party for _, party in parties_of(first)}.values())
    return Item(_what(first), _title(first), _when(first), _certainty(first), parties, records)


def _what(record: Record) -> str:
    names = {
        Kind.MANDATE: "mandate ends",
        Kind.MEASURE: "sanctions end",
        Kind.TENURE: "term ends",
        Kind.ELECTION: "election",
        Kind.VOTE: "vote",
        Kind.AGREEMENT: "agreement",
        Kind.STATEMENT: "promise",
    }
    return names.get(record.kind, "deed")


def _certainty(record: Record) -> str:
    if isinstance(record, Mention):
        return _TO_COME.get(record.status, "planned")
    if isinstance(record, Statement):
        return "promised"
    return "fixed" if isinstance(record, Mandate | Measure | Tenure) else "scheduled"


def _when(record: Record) -> Dated | None:
    if isinstance(record, Mention):
        return record.deed_date
    if isinstance(record, Statement):
        return record.commitment.deadline if record.commitment else None
    if isinstance(record, Mandate | Measure | Tenure):
        return record.scheduled_end
    if isinstance(record, Agreement):
        return record.effective
    return record.held if isinstance(record, Election) else getattr(record, "vote_date", None)


def _title(record: Record) -> str:
    if isinstance(record, Mandate):
        return f"mandate of {_name(record.body)} ends"
    if isinstance(record, Measure):
        target = f" on {_names(record.target)}" if record.target else ""
        return f"sanctions of {_names(record.sender)}{target} end"
    if isinstance(record, Tenure):
        return f"term of {_name(record.person)} as {record.post.replace('-', ' ')} ends"
    if isinstance(record, Election):
        return f"election in {name_of(record.polity or '') or record.polity or 'a country not named'}"
    if isinstance(record, Vote):
        return f"vote of {_name(record.body)}"
    if isinstance(record, Agreement):
        return f"agreement of {_names(record.parties)}"
    if isinstance(record, Mention):
        towards = f" towards {_names(record.recipient)}" if record.recipient else ""
        return f"{_names(record.actor)}{towards}: {deed_words(record.event_type, record.mode)}"
    promised = record.commitment if isinstance(record, Statement) else None
    return f"{_names(promised.promiser)}: {promised.deed}" if promised else "promise"


def _names(parties: Iterable[Party]) -> str:
    return " and ".join(dict.fromkeys(map(_name, parties)))


def _name(party: Party) -> str:
    return name_of(party.label) or party.text
