"""Tie an event to the statement it sits in, so that one announcement is counted once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from detente.model.events import Mention, Status
from detente.model.records import Link, Record
from detente.model.statements import Statement, StatementKind
from detente.model.text import Evidence

AHEAD = (StatementKind.COMMITMENT, StatementKind.FORECAST)
NOT_YET = (Status.PLANNED, Status.CONDITIONAL, Status.THREATENED)


def link_records(records: Iterable[Record]) -> tuple[Record, ...]:
    """Link each mention to the statements whose content it stands in.

    A planned deed links to the promise or forecast that announces it as "recorded_as", any other to what
    is said of it as "said_in"; both point from the event to the statement.
    """
    records = tuple(records)
    said = [record for record in records if isinstance(record, Statement)]
    return tuple(_linked(record, said) if isinstance(record, Mention) else record for record in records)


def _linked(mention: Mention, said: Sequence[Statement]) -> Mention:
    links = [
        Link(_relation(mention, statement), statement.key)
        for statement in said
        if _stands_in(mention, statement)
    ]
    return replace(mention, links=(*mention.links, *links)) if links else mention


def _relation(mention: Mention, statement: Statement) -> str:
    ahead = statement.statement_kind in AHEAD and mention.status in NOT_YET
    return "recorded_as" if ahead else "said_in"


def _stands_in(mention: Mention, statement: Statement) -> bool:
    in_reach = any(_overlap(said, told) for said in statement.content for told in mention.evidence)
    return in_reach and (_same_voice(mention, statement) or _announces(mention, statement))


def _same_voice(mention: Mention, statement: Statement) -> bool:
    told, said = mention.attribution[1:], statement.attribution[1:]
    if not told and not said:
        return True
    return bool({voice.label for voice in told} & {voice.label for voice in said})


def _announces(mention: Mention, statement: Statement) -> bool:
    """Whether the statement is the promise that the mention codes: the page tells both in its own voice."""
    if _relation(mention, statement) != "recorded_as":
        return False
    speakers = {party.side for party in statement.speaker}
    return bool(speakers & {party.side for party in mention.actor})


def _overlap(said: Evidence, told: Evidence) -> bool:
    return 2 * said.span.overlap(told.span) >= min(said.end - said.start, told.end - told.start)
