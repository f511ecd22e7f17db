"""Threads of claims: who alleges a deed, who denies it, who confirms it, who shifted, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from heapq import merge
from typing import Any

from detente.codebooks.plain_words import name_of
from detente.ledger import View, origins
from detente.ledger.browsing import Order, Place, cursor, to_place
from detente.ledger.indexing import concerns
from detente.ledger.selecting import pair_or_name
from detente.model.actors import Dyad
from detente.model.events import Mention, Status
from detente.model.identity import digest
from detente.model.records import Kind, Record
from detente.model.statements import Statement, StatementKind
from detente.register.deeds import APART, SILENCE, TRANSFER, Spoken, is_disputed, joins, spoken

LONGEST = 20
"""Claims gathered for one thread, the newest; an older tail is left to a thread of its own."""


class Stance(StrEnum):
    """What a voice says of a deed: that it was, was not, that it did it itself; or a page's own word."""

    ALLEGES = "alleges"
    DENIES = "denies"
    CONFIRMS = "confirms"
    REPORTS = "reports"


_TURNS = (Stance.REPORTS, Stance.ALLEGES, Stance.DENIES, Stance.CONFIRMS)


@dataclass(frozen=True, slots=True)
class Claim:
    """One passage of a thread: whose word, which stance, the day it was published, and why it is in here.

    `speaker` is the innermost voice quoted, "" for the page's own; `side` the state it speaks for, "" when
    unknown.
    """

    stance: Stance
    speaker: str
    side: str
    day: date
    quote: str
    document: str
    key: str
    why: str


@dataclass(frozen=True, slots=True)
class Shift:
    """A side that said one thing of the deed and later another, with the claims on either end."""

    side: str
    before: Claim
    after: Claim


@dataclass(frozen=True, slots=True)
class Thread:
    """The claims about one deed, oldest first.

    `origins` counts, for each stance, how many independent voices and pages stand behind it: outlets that
    cite one official, and copies, are one. `standing` says in words how the matter stands.
    """

    id: str
    sort: str
    sides: tuple[str, ...]
    thing: str
    claims: tuple[Claim, ...]
    origins: dict[Stance, tuple[str, ...]]
    shifts: tuple[Shift, ...]
    standing: str


@dataclass(frozen=True, slots=True)
class Threads:
    """Some threads, those last spoken of first; `next` is the cursor for the following ones."""

    found: tuple[Thread, ...]
    next: str | None = None


Word = tuple[str, int, str, bool]
"""A passage, whose word it is, and whether it denies."""


@dataclass(slots=True)
class _Gathered:
    """A thread while it is put together."""

    told: list[Spoken] = field(default_factory=list)
    why: list[str] = field(default_factory=list)

    @property
    def is_thread(self) -> bool:
        """Whether somebody names the deed, and somebody alleges or denies it."""
        return any(one.deed.sort for one in self.told) and any(is_disputed(one.record) for one in self.told)


def threads(view: View, *, about: str | None = None, after: str | None = None, limit: int = 10) -> Threads:
    """Give the threads in which somebody alleges or denies a deed, those last spoken of first.

    `about` is a pair of states or an actor. Raises UsageError for a cursor that is none.
    """
    found: list[_Gathered] = []
    heard: set[Word] = set()
    gatherer = _Gatherer(view)
    last: Place | None = None
    for place, seed in _seeds(view, about, to_place(after)):
        if _word(seed.record) in heard:
            continue
        if len(found) == limit:
            return Threads(_threads(view, found), cursor(last) if last else None)
        gathered = gatherer.gather(seed)
        heard |= {_word(one.record) for one in gathered.told}
        last = place
        # A thread is listed where it was last disputed: what was disputed later has been listed already.
        newest = max(_place(one) for one in gathered.told if _is_seed(one.record, about))
        if newest == place and gathered.is_thread:
            found.append(gathered)
    return Threads(_threads(view, found))


def _threads(view: View, found: Sequence[_Gathered]) -> tuple[Thread, ...]:
    # The pages are asked for together, not thread by thread.
    view.homes(one.document for gathered in found for one in gathered.told)
    return tuple(_thread(view, gathered) for gathered in found)


def thread_of(view: View, key: str) -> Thread | None:
    """Give the thread that a record belongs to; None when nobody alleges or denies what it tells."""
    record = view.record(key)
    seed = spoken(record, view.document(record.document).counted_from)
    gathered = _Gatherer(view).gather(seed) if seed else None
    return _thread(view, gathered) if gathered and gathered.is_thread else None


def _is_seed(record: Record, about: str | None) -> bool:
    """Whether the walk comes by a record."""
    if not is_disputed(record):
        return False
    return about is None or concerns(record, pair_or_name(about))


def _place(one: Spoken) -> Place:
    record = one.record
    return (one.published.isoformat(), record.document, record.evidence[0].start, record.key)


def _seeds(view: View, about: str | None, after: Place | None) -> Iterator[tuple[Place, Spoken]]:
    """Walk, newest first, through what is alleged or denied."""
    asks: list[dict[str, Any]] = [
        {"kind": kind, "status": status}
        for kind in (Kind.MENTION, Kind.FLOW)
        for status in (Status.ALLEGED, Status.DENIED)
    ]
    asks.append({"kind": Kind.STATEMENT, "sort": StatementKind.DENIAL})
    walks = (_walk(view, {**ask, "about": about}, after) for ask in asks)
    yield from merge(*walks, key=lambda one: one[0], reverse=True)


def _walk(view: View, ask: dict[str, Any], after: Place | None) -> Iterator[tuple[Place, Spoken]]:
    place = cursor(after) if after else None
    while True:
        part = view.browse(order=Order.NEWEST, after=place, limit=20, copies=False, **ask)
        for record, published in zip(part.records, part.days, strict=True):
            if one := spoken(record, published):
                yield _place(one), one
        if part.next is None:
            return
        place = part.next


class _Gatherer:
    """Gathers the claims about seeds' deeds; what stands around one seed serves for those near it."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._near: dict[tuple[Any, ...], tuple[date, list[Spoken]]] = {}

    def gather(self, seed: Spoken) -> _Gathered:
        """Gather what is said of the seed's deed, nearest in time first, each with why it belongs."""
        gathered = _collect(seed, self._around(seed, seed.deed.sides))
        sides = _sides(gathered)
        # A denial may name one side alone: what the others say is sought once they are known.
        return _collect(seed, self._around(seed, sides)) if sides > seed.deed.sides else gathered

    def _around(self, seed: Spoken, sides: frozenset[str]) -> Iterator[Spoken]:
        for ask in _asks(seed, sides):
            name = tuple(ask.values())
            day, near = self._near.get(name, (date.min, []))
            if abs(day - seed.published) > APART:
                near = list(_neighbours(self._view, seed, ask))
                self._near[name] = (seed.published, near)
            yield from near


def _collect(seed: Spoken, near: Iterable[Spoken]) -> _Gathered:
    gathered, heard = _Gathered([seed], ["the claim it begins from"]), {_word(seed.record)}
    for one in sorted(near, key=lambda one: _nearness(one, seed)):
        if _word(one.record) not in heard and (why := joins(one, gathered.told)):
            heard.add(_word(one.record))
            gathered.told.append(one)
            gathered.why.append(why)
    return gathered


def _sides(gathered: _Gathered) -> frozenset[str]:
    return max((one.deed.sides for one in gathered.told), key=lambda named: (len(named), sorted(named)))


def _nearness(one: Spoken, seed: Spoken) -> tuple[int, bool, str]:
    # A claim that names the deed comes before the denial that leaves it to the page.
    return (abs((one.published - seed.published).days), not one.deed.sort, one.record.key)


def _word(record: Record) -> tuple[str, int, str, bool]:
    """One passage may be coded as an event, a flow and a denial: it is one word of one voice."""
    return (
        record.document,
        record.evidence[0].start,
        _voice(record)[0],
        _stance(record, frozenset()) is Stance.DENIES,
    )


def _asks(seed: Spoken, sides: frozenset[str]) -> Iterator[dict[str, Any]]:
    """Say what to look for around a seed: denials by either side, and the deeds it may be about."""
    sort, pair = seed.deed.sort, sorted(sides)
    about = str(Dyad(*pair)) if len(pair) == 2 and all(len(side) == 3 for side in pair) else pair[0]
    for side in pair:
        yield {"kind": Kind.STATEMENT, "sort": StatementKind.DENIAL, "about": side}
    if sort in ("", TRANSFER):
        yield {"kind": (Kind.MENTION, Kind.FLOW), "sort": ("AID", "COOPERATE", ""), "about": about}
    if sort != TRANSFER:
        yield {"kind": Kind.MENTION, "sort": sort or None, "about": about}


def _neighbours(view: View, seed: Spoken, ask: dict[str, Any]) -> Iterator[Spoken]:
    # From a year after the seed on, newest first: what stands nearest to it.
    late = (seed.published + SILENCE).isoformat()
    part = view.browse(
        order=Order.NEWEST, limit=LONGEST, copies=False, all_statements=True, after=f"{late}//0/", **ask
    )
    for record, published in zip(part.records, part.days, strict=True):
        one = spoken(record, published)
        if one and one.published >= seed.published - 3 * SILENCE:
            yield one


def _thread(view: View, gathered: _Gathered) -> Thread:
    claims = sorted(_claims(gathered), key=_turn)
    stances = {claim.stance for claim in claims}
    deeds = [one.deed for one in gathered.told]
    sides = _sides(gathered)
    by_key = {one.record.key: one.record for one in gathered.told}
    return Thread(
        id="t" + digest(min(by_key)),
        sort=next(deed.sort for deed in deeds if deed.sort),
        sides=tuple(sorted(sides)),
        thing=next((deed.thing for deed in deeds if deed.thing), ""),
        claims=tuple(claims),
        origins={
            stance: origins(view, [by_key[claim.key] for claim in claims if claim.stance is stance])
            for stance in Stance
            if stance in stances
        },
        shifts=tuple(_shifts(claims)),
        standing=_standing(claims, sides),
    )


def _turn(claim: Claim) -> tuple[date, int, str, str]:
    # Pages of one day have no order of their own: the charge is put before the answer to it.
    return (claim.day, _TURNS.index(claim.stance), claim.document, claim.key)


def _claims(gathered: _Gathered) -> Iterator[Claim]:
    sides = frozenset(side for one in gathered.told for side in one.deed.sides)
    for one, why in zip(gathered.told, gathered.why, strict=True):
        stance = _stance(one.record, sides)
        if stance is not None:
            speaker, side = _voice(one.record)
            quote = " ... ".join(part.quote for part in one.record.evidence)
            yield Claim(stance, speaker, side, one.published, quote, one.document, one.record.key, why)


def _stance(record: Record, sides: frozenset[str]) -> Stance | None:
    speaker, side = _voice(record)
    if isinstance(record, Statement):
        return Stance.DENIES
    status = record.status if isinstance(record, Mention) else getattr(record, "certainty", "")
    if status == Status.ALLEGED:
        return Stance.ALLEGES
    if status == Status.DENIED:
        return Stance.DENIES
    if status in (Status.DONE, Status.ONGOING, Status.PRESUMED, Status.BACKGROUND):
        if not speaker:
            return Stance.REPORTS
        return Stance.CONFIRMS if side in sides else Stance.ALLEGES
    return None


def _voice(record: Record) -> tuple[str, str]:
    """Whose word a record is: the speaker of a statement, else the innermost voice quoted, else nobody's."""
    if isinstance(record, Statement) and record.speaker:
        return record.speaker[-1].label, record.speaker[-1].state or ""
    inner = next((v for v in reversed(record.attribution) if v.role in ("speaker", "source")), None)
    return (inner.label, inner.state or "") if inner else ("", "")


def _shifts(claims: Sequence[Claim]) -> Iterator[Shift]:
    """Find each side that denied and later confirmed, or the other way round."""
    last: dict[str, Claim] = {}
    for claim in claims:
        name = claim.side or claim.speaker
        if not name or claim.stance is Stance.REPORTS:
            continue
        before = last.get(name)
        if before and (before.stance is Stance.DENIES) != (claim.stance is Stance.DENIES):
            yield Shift(name, before, claim)
        last[name] = claim


def _standing(claims: Iterable[Claim], sides: Iterable[str]) -> str:
    """Say how the matter stands by the last word of each voice."""
    last = {claim.side or claim.speaker: claim.stance for claim in claims if claim.side or claim.speaker}
    parts = []
    for stance, said in (
        (Stance.ALLEGES, "alleged by"),
        (Stance.CONFIRMS, "confirmed by"),
        (Stance.DENIES, "denied by"),
    ):
        names = sorted(name_of(name) or name for name, held in last.items() if held is stance)
        if names:
            parts.append(f"{said} {', '.join(names)}")
    silent = [name_of(side) or side for side in sorted(sides) if side not in last]
    if silent and Stance.CONFIRMS not in last.values():
        parts.append(f"no word of {', '.join(silent)} read")
    return "; ".join(parts) or "told by pages in their own voice"


def words_of(thread: Thread) -> str:
    """Name the deed of a thread: "transfer of arms between North Korea and Russia"."""
    names = " and ".join(name_of(side) or side for side in thread.sides)
    thing = f" of {thread.thing}" if thread.thing else ""
    between = "between" if len(thread.sides) > 1 else "by"
    return f"{thread.sort.lower() or 'deed'}{thing} {between} {names}"
