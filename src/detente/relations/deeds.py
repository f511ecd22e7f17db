"""Take events apart into the pairs they are between, and place each on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, product

from detente.codebooks.plover import types
from detente.ledger import View
from detente.model.actors import Party
from detente.model.events import Event, Status
from detente.relations.tally import STANDINGS, Deed, shares

WIDEST = timedelta(days=31)
"""A date wider than this says too little to place an event in a series."""


def deeds(view: View, events: Iterable[Event]) -> Iterator[Deed]:
    """Give for every event one deed a pair, or one without recipient; those that no day can be found for not.

    An event counts on the first day its deed may lie on. One whose text gives no day counts on the day of
    the first page that told it, unless it is told as background: then it has no place in a series.
    """
    held = list(events)
    homes = view.homes(mention.document for event in held for mention in event.mentions)
    for event in held:
        published = min(homes[mention.document].counted_from for mention in event.mentions)
        if (day := day_of(event, published)) is not None:
            yield from _parts(event, day)


def day_of(event: Event, published: date) -> date | None:
    """Place an event on a day; None when its date is wider than a month or it is undated background."""
    when = event.deed_date or event.event_date
    if when is None or (when.lo is None and when.hi is None):
        return None if event.status is Status.BACKGROUND else published
    if when.lo is None or when.hi is None or when.hi - when.lo > WIDEST:
        return None
    return when.lo


def _parts(event: Event, day: date) -> Iterator[Deed]:
    actors, recipients = _sides(event.actor), _sides(event.recipient)
    pairs = [(one, other) for one, other in product(actors, recipients) if one != other]
    is_joint = not recipients
    if is_joint:
        pairs = list(combinations(actors, 2)) or [(actor, "") for actor in actors]
    entry = types().get((event.event_type, event.mode or "")) or types()[event.event_type, ""]
    for (actor, recipient), share in zip(pairs, shares(len(pairs)) if pairs else [], strict=True):
        yield Deed(
            event=event.id,
            day=day,
            actor=actor,
            recipient=recipient,
            is_joint=is_joint and bool(recipient),
            event_type=event.event_type,
            standing=STANDINGS[event.status],
            share=share,
            score=round(entry.scale * 10),
            mentions=event.mentions,
        )


def _sides(parties: Iterable[Party]) -> list[str]:
    return sorted({name for party in parties if (name := party.state or party.id)})
