"""Find who disagrees with whom: what one side tells and another denies, and figures that do not agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from detente.brief.wording import amount_words, listed, named, quoted, voice
from detente.model.actors import Party
from detente.model.dates import Dated
from detente.model.events import Event, EventType, Status
from detente.model.institutions import Figure, Flow
from detente.model.records import Record
from detente.model.statements import Statement, StatementKind
from detente.model.text import Evidence

PublishedOn = Callable[[str], Dated | None]

TRANSFERS = (EventType.AID, EventType.COOPERATE)
"""Deeds that hand something over: one side's shipment is the other side's denied flow."""

SAME_TIME = timedelta(days=31)
"""Figures further apart than this may both be right: things change."""

SIDES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One clash: its words, the passages on either side and the records' keys."""

    when: Dated | None
    words: str
    passages: tuple[tuple[Evidence, str], ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """What one voice says of a deed: that it was, or that it was not."""

    deed: tuple[str, ...]
    is_denial: bool
    words: str
    when: Dated | None
    record: Record


def find_disagreements(
    events: Sequence[Event], records: Iterable[Record], published: PublishedOn
) -> list[Disagreement]:
    """Pair each denied deed with the same deed told by somebody else, then list figures that clash.

    A deed is the same when its kind and parties are. A denial whose deed nobody told stands alone with
    its speaker: that somebody denies something is itself worth a line.
    """
    records = tuple(records)
    sides = [*_event_sides(events), *_flow_sides(records)]
    denials = _first_of_each(side for side in sides if side.is_denial)
    clashes = [_clash(no, _others(no, sides), published) for no in denials]
    told = {evidence for clash in clashes for evidence, _ in clash.passages}
    lone = [
        _lone_denial(record, published)
        for record in records
        if isinstance(record, Statement)
        and record.statement_kind is StatementKind.DENIAL
        and not told & set(record.evidence)
    ]
    return clashes + lone + list(_figure_clashes(records, published))


def _event_sides(events: Sequence[Event]) -> Iterator[_Side]:
    for event in events:
        if event.status in (Status.DENIED, Status.ALLEGED, Status.DONE, Status.ONGOING, Status.PRESUMED):
            record = event.mentions[0]
            verb = {Status.DENIED: "denies", Status.ALLEGED: "alleges"}.get(event.status, "tells")
            words = f"{voice(record)} {verb}: {quoted(record.evidence[0].quote)}"
            deed = _deed(event.event_type, event.actor, event.recipient)
            yield _Side(
                deed, event.status is Status.DENIED, words, event.event_date or event.deed_date, record
            )


def _flow_sides(records: Iterable[Record]) -> Iterator[_Side]:
    for record in records:
        if isinstance(record, Flow) and record.taker:
            is_denial = record.certainty == Status.DENIED
            verb = "denies" if is_denial else "alleges" if record.certainty == Status.ALLEGED else "tells"
            words = f"{voice(record)} {verb}: {quoted(record.evidence[0].quote)}"
            yield _Side(_deed(EventType.AID, record.giver, record.taker), is_denial, words, None, record)


def _deed(event_type: EventType, actor: Sequence[Party], recipient: Sequence[Party]) -> tuple[str, ...]:
    kind = "transfer" if event_type in TRANSFERS else event_type.value
    return (kind, *sorted(p.side for p in actor), "to", *sorted(p.side for p in recipient))


def _first_of_each(sides: Iterable[_Side]) -> list[_Side]:
    """Keep one denial a passage: an event and a flow read from one sentence are one denial."""
    return list({(side.record.document, side.record.evidence[0]): side for side in sides}.values())


def _others(denial: _Side, sides: Sequence[_Side]) -> list[_Side]:
    same = (
        s
        for s in sides
        if s.deed == denial.deed and not s.is_denial and s.record.document != denial.record.document
    )
    return _first_of_each(same)[: SIDES_SHOWN - 1]


def _clash(denial: _Side, others: Sequence[_Side], published: PublishedOn) -> Disagreement:
    sides = (denial, *others)
    return Disagreement(
        denial.when or published(denial.record.document),
        "; ".join(side.words for side in sides),
        tuple((side.record.evidence[0], side.record.document) for side in sides),
        tuple(side.record.key for side in sides),
    )


def _lone_denial(statement: Statement, published: PublishedOn) -> Disagreement:
    speakers = listed(named(party) for party in statement.speaker) or voice(statement)
    content = quoted(" … ".join(part.quote for part in statement.content))
    passages = tuple((part, statement.document) for part in statement.evidence)
    when = statement.said_on or published(statement.document)
    return Disagreement(when, f"{speakers} denies: {content}", passages, (statement.key,))


def _figure_clashes(records: Iterable[Record], published: PublishedOn) -> Iterator[Disagreement]:
    alike: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for record in records:
        if isinstance(record, Figure) and record.amount.unit and record.measures:
            parties = sorted(party.side for party in record.of)
            alike[(record.amount.unit, record.measures.casefold(), *parties)].append(record)
    for figures in alike.values():
        first = figures[0]
        for other in figures[1:]:
            if _differ(first, other) and _same_time(first, other, published):
                yield _figure_clash(first, other, published)


def _differ(first: Figure, second: Figure) -> bool:
    one, two = first.amount, second.amount
    return first.document != second.document and (one.low, one.high) != (two.low, two.high)


def _same_time(first: Figure, second: Figure, published: PublishedOn) -> bool:
    days = [(f.as_of or published(f.document)) for f in (first, second)]
    if any(day is None or day.lo is None for day in days):
        return False
    one, two = (day.lo for day in days if day is not None and day.lo is not None)
    return abs(one - two) <= SAME_TIME


def _figure_clash(first: Figure, second: Figure, published: PublishedOn) -> Disagreement:
    words = " but ".join(f"{voice(f)} counts {amount_words(f.amount)}" for f in (first, second))
    return Disagreement(
        second.as_of or published(second.document),
        f"{first.measures}: {words}",
        tuple((f.evidence[0], f.document) for f in (first, second)),
        (first.key, second.key),
    )
