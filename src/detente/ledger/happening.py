"""The events of a view: its mentions joined, with what people merged and split."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from detente.ledger import connecting
from detente.ledger.browsing import Look, believed
from detente.ledger.held import HeldDocument
from detente.ledger.rulings import pairs
from detente.ledger.selecting import Believed, Wanted, is_rejected
from detente.model.events import Event, Mention
from detente.model.joining import join_mentions, passage
from detente.model.records import Kind


def events(look: Look, documents: Mapping[str, HeldDocument]) -> tuple[Event, ...]:
    """Join all mentions of a view into events, in order of date."""
    rows = list(believed(look, Wanted(kinds=frozenset((Kind.MENTION,)))))
    with connecting.reading(look.engine) as connection:
        together, apart = pairs(connection, look.tx, look.day, {row.key for row in rows})
    read = [(row, mention) for row in rows if isinstance(mention := row.record(), Mention)]
    origins = {name: held.copy_of for name, held in documents.items() if held.copy_of}
    # What a person rejected in one copy of a text is no event in the others either.
    refused = {(_origin(row, origins), passage(mention)) for row, mention in read if is_rejected(row)}
    mentions = [mention for row, mention in read if (_origin(row, origins), passage(mention)) not in refused]
    place = {mention.key: number for number, mention in enumerate(mentions)}
    joined = join_mentions(mentions, together=together, apart=apart, origins=origins)
    return tuple(
        replace(event, mentions=tuple(sorted(event.mentions, key=lambda mention: place[mention.key])))
        for event in joined
    )


def _origin(row: Believed, origins: Mapping[str, str]) -> str:
    return origins.get(row.document, row.document)
