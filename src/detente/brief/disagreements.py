"""Find who disagrees with whom: a deed one side alleges or tells and another denies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.brief.wording import listed, named, quoted, voice
from detente.model.dates import Dated
from detente.model.events import Event, Mention, Status
from detente.model.statements import Statement, StatementKind
from detente.model.text import Evidence

TOLD = (Status.ALLEGED, Status.DONE, Status.ONGOING, Status.PRESUMED)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One clash: its words, the passages on either side and the records' keys."""

    when: Dated | None
    words: str
    passages: tuple[tuple[Evidence, str], ...]
    keys: tuple[str, ...]


def find_disagreements(events: Sequence[Event], said: Iterable[Statement]) -> list[Disagreement]:
    """Pair each denied deed with the same deed told or alleged by somebody else.

    The deed is the same when type and parties are, and the dates could be. A denial that names no deed
    we hold stands alone with its speaker: that somebody denies something is itself worth a line.
    """
    denied = [event for event in events if event.status is Status.DENIED]
    told = [event for event in events if event.status in TOLD]
    clashes = [_clash(denial, [e for e in told if _same_deed(denial, e)]) for denial in denied]
    spoken_for = {link.key for event in denied for mention in event.mentions for link in mention.links}
    lone = [
        _lone_denial(statement)
        for statement in said
        if statement.statement_kind is StatementKind.DENIAL and statement.key not in spoken_for
    ]
    return clashes + lone


def _same_deed(denial: Event, event: Event) -> bool:
    if event.event_type is not denial.event_type or _parties(denial) != _parties(event):
        return False
    first, second = denial.deed_date, event.deed_date
    return first is None or second is None or first.overlaps(second)


def _parties(event: Event) -> set[str]:
    return {party.state or party.label for party in (*event.actor, *event.recipient)}


def _clash(denial: Event, told: Sequence[Event]) -> Disagreement:
    no = denial.mentions[0]
    words = f"{voice(no)} denies: {quoted(no.evidence[0].quote)}"
    passages = [_passage(no)]
    keys = [no.key]
    for event in told[:2]:
        yes = event.mentions[0]
        verb = "alleges" if event.status is Status.ALLEGED else "tells"
        words += f"; {voice(yes)} {verb}: {quoted(yes.evidence[0].quote)}"
        passages.append(_passage(yes))
        keys.append(yes.key)
    return Disagreement(denial.event_date or denial.deed_date, words, tuple(passages), tuple(keys))


def _passage(mention: Mention) -> tuple[Evidence, str]:
    return mention.evidence[0], mention.document


def _lone_denial(statement: Statement) -> Disagreement:
    speakers = listed(named(party) for party in statement.speaker) or voice(statement)
    content = quoted(" … ".join(part.quote for part in statement.content))
    passages = tuple((part, statement.document) for part in statement.evidence)
    return Disagreement(statement.said_on, f"{speakers} denies: {content}", passages, (statement.key,))
