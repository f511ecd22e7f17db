"""When two records speak of one claimed deed: the same sort of deed, the same sides, the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from detente.codebooks.things import thing_in
from detente.model.actors import Party
from detente.model.dates import Dated
from detente.model.events import EventType, Mention, Status
from detente.model.institutions import Flow
from detente.model.records import Record
from detente.model.statements import Statement
from detente.register.matching import day_of_deed

TRANSFER = "transfer"
"""The sort of deed that hands something over: an act of aid or cooperation, and every flow."""

_TRANSFERS = frozenset((EventType.AID, EventType.COOPERATE))

APART = timedelta(days=31)
"""Deeds whose known days lie further apart than this are two."""

SILENCE = timedelta(days=365)
"""Claims without a day belong to a deed that was last spoken of within this time."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What is claimed: its sort (a PLOVER type, or `TRANSFER`), its sides, the thing handed over, its day.

    `sort` is "" for a denial that does not name the deed ("dismissed the reports"), `thing` where the words
    name none; `when` is None where they give no day.
    """

    sort: str
    sides: frozenset[str]
    thing: str
    when: Dated | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A record that speaks of a deed, with the day and the page it stands on."""

    record: Record
    deed: Deed
    published: date
    document: str

    @property
    def is_denial(self) -> bool:
        """Whether it is a denial in words, which may leave its deed to the page around it."""
        return isinstance(self.record, Statement)


def spoken(record: Record, published: date) -> Spoken | None:
    """Read the deed that a mention, a flow or a denial speaks of; None where no known side is named."""
    deed = _deed(record)
    return Spoken(record, deed, published, record.document) if deed and deed.sides else None


def _deed(record: Record) -> Deed | None:
    when = day_of_deed(record)
    if isinstance(record, Mention):
        sort = TRANSFER if record.event_type in _TRANSFERS else record.event_type.value
        thing = thing_in(_quoted(record)) if sort == TRANSFER else ""
        return Deed(sort, _known((*record.actor, *record.recipient)), thing, when)
    if isinstance(record, Flow):
        thing = thing_in(record.good) or thing_in(_quoted(record))
        return Deed(TRANSFER, _known((*record.giver, *record.taker)), thing, when)
    if isinstance(record, Statement):
        thing = thing_in(" ".join(part.quote for part in record.content))
        return Deed(TRANSFER if thing else "", _known((*record.speaker, *record.about)), thing, when)
    return None


def _quoted(record: Record) -> str:
    return " ".join(part.quote for part in record.evidence)


def _known(parties: Iterable[Party]) -> frozenset[str]:
    """The sides of parties that the codebook knows: "both parties" is nobody."""
    return frozenset(party.side for party in parties if party.id or party.state)


def joins(one: Spoken, others: Sequence[Spoken]) -> str:
    """Say why a claim is about the deed that others speak of; "" when it is not.

    The sort, the sides and the thing must be the same. A denial may name fewer of the sides, or no thing;
    one that does not name the deed at all is about what its own page calls alleged or denied. Days that
    are known must lie within a month of one another; a claim without a day, within a year of another word.
    """
    firm = [other for other in others if not other.is_denial] or others
    if not all(_is_same(one, other) for other in firm):
        return ""
    is_named = one.deed.sort and any(other.deed.sort for other in others)
    if not is_named and not any(_is_told(one, other) for other in others):
        return ""
    return next((why for other in others if (why := _in_time(one, other))), "")


def is_disputed(record: Record) -> bool:
    """Whether a record tells that something is alleged or denied."""
    status = record.status if isinstance(record, Mention) else getattr(record, "certainty", "")
    return isinstance(record, Statement) or status in (Status.ALLEGED, Status.DENIED)


def _is_told(one: Spoken, other: Spoken) -> bool:
    """Whether one of two claims names the deed that the other, a denial, leaves to their common page."""
    named = one if one.deed.sort else other
    return one.document == other.document and bool(named.deed.sort) and is_disputed(named.record)


def _is_same(one: Spoken, other: Spoken) -> bool:
    mine, theirs = one.deed, other.deed
    if mine.sort and theirs.sort and mine.sort != theirs.sort:
        return False
    if one.is_denial or other.is_denial:
        some = mine.sides <= theirs.sides or theirs.sides <= mine.sides
        return some and (not mine.thing or not theirs.thing or mine.thing == theirs.thing)
    return mine.sides == theirs.sides and mine.thing == theirs.thing


def _in_time(one: Spoken, other: Spoken) -> str:
    mine, theirs = one.deed, other.deed
    thing = mine.thing or theirs.thing
    what = f"the same {mine.sort or theirs.sort or 'deed'}" + (f" of {thing}" if thing else "")
    if not mine.sort:
        what = "the same page"
    if mine.when and theirs.when and mine.when.lo and mine.when.hi and theirs.when.lo and theirs.when.hi:
        near = mine.when.lo <= theirs.when.hi + APART and theirs.when.lo <= mine.when.hi + APART
        return f"{what}, {mine.when.edtf} and {theirs.when.edtf}" if near else ""
    gap = abs((one.published - other.published).days)
    return f"{what}, {gap} days apart" if gap <= SILENCE.days else ""
