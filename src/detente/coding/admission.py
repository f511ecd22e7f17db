"""Decide whether an act has the parties its type needs, so that nothing is counted between nobody."""

from __future__ import annotations

from detente.coding.matching import Match
from detente.coding.standing import Standing
from detente.model.actors import Party
from detente.model.events import QUAD, EventType

_NEEDS_RECIPIENT = frozenset(
    {
        EventType.CONSULT,
        EventType.SUPPORT,
        EventType.COOPERATE,
        EventType.AID,
        EventType.SANCTION,
        EventType.AGREE,
        EventType.COERCE,
    }
)
"""Types that say nothing about relations while only one party is named."""

Sides = tuple[tuple[Party, ...], tuple[Party, ...]]


def admit(found: Match, standing: Standing) -> Sides | None:
    """Give the actors and recipients of an act worth keeping, None when it lacks a party it needs.

    At least one actor must resolve to a state or a known organisation; joint acts need two sides;
    acts inside one state are kept only when they are conflict between distinct parties.
    """
    actor, recipient = found.actor, found.recipient
    if not any(party.state or party.id for party in actor):
        return None
    joint = "joint" in found.frame.flags
    if joint and len(_sides(actor)) < 2:
        return None
    if not joint and not recipient and standing.event_type in _NEEDS_RECIPIENT:
        return None
    if recipient and len(_sides((*actor, *recipient))) < 2:
        cooperative = QUAD[standing.event_type] in (1, 2)
        if cooperative or {p.label for p in actor} & {p.label for p in recipient}:
            return None
    if "ceremony" in found.frame.flags and len(_sides((*actor, *recipient))) < 2:
        return None
    return actor, recipient


def _sides(parties: tuple[Party, ...]) -> set[str]:
    return {party.state or party.label for party in parties}
