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
    shared = {voice.label for voice in mention.attribution[1:]} & {
        voice.label for voice in statement.attribution[1:]
    }
    own_voice = len(mention.attribution) <= 1 and len(statement.attribution) <= 1
    return bool(shared or own_voice) and any(
        _overlap(said, told) for said in statement.content for told in mention.evidence
    )


def _overlap(said: Evidence, told: Evidence) -> bool:
    return 2 * said.span.overlap(told.span) >= min(said.end - said.start, told.end - told.start)
