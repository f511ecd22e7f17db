"""Decide whether an act has the parties its type needs, so that nothing is counted between nobody."""

from __future__ import annotations

from detente.codebooks.plover import foes
from detente.coding.matching import Match
from detente.coding.standing import Standing
from detente.model.actors import ActorKind, Party
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
        EventType.ACCUSE,
        EventType.ASSAULT,
    }
)
"""Types that say nothing about relations while only one party is named."""

_CROWD = frozenset({"CVL", "LAB", "EDU", "JRN", "BUS", ""})

_OFFICIAL = frozenset({"GOV", "LEG", "JUD", "COP", "MIL", "SPY"})

Sides = tuple[tuple[Party, ...], tuple[Party, ...]]


def admit(found: Match, standing: Standing) -> Sides | None:
    """Give the actors and recipients of an act worth keeping, None when it lacks a party it needs.

    Joint acts and cooperation need two sides with weight; acts inside one state are kept only when they
    are conflict between distinct parties.
    """
    actor, recipient = found.actor, found.recipient
    if "host" in found.frame.flags:
        recipient = tuple(party for party in recipient if party.id and party.id == party.state)
    arms = (found.frame.event_type, found.frame.mode) == (EventType.AID, "military")
    if arms and _is_hostile(actor, recipient):
        return None
    friendly = QUAD[standing.event_type] in (1, 2) and standing.event_type is not EventType.AID
    if friendly:
        actor, recipient = _weighty(actor), _weighty(recipient)
    actor, recipient = _placed(actor, recipient), _placed(recipient, actor)
    if not actor or any(party.sector == "JRN" and not (party.id or party.state) for party in recipient):
        return None
    if "joint" in found.frame.flags:
        return (actor, recipient) if len(_sides(actor)) >= 2 else None
    if not recipient:
        return (actor, recipient) if _stands_alone(found, standing.event_type) else None
    if len(_sides((*actor, *recipient))) >= 2:
        return actor, recipient
    # Compatriots without a name ("U.S. soldiers", "a U.S. general") are no sides; a crowd without a state is.
    distinct = not {p.label for p in actor} & {p.label for p in recipient}
    distinct = distinct and all(p.id or not p.state for p in (*actor, *recipient))
    return (actor, recipient) if distinct and QUAD[standing.event_type] in (3, 4) else None


def _placed(parties: tuple[Party, ...], others: tuple[Party, ...]) -> tuple[Party, ...]:
    """Leave out officials of nobody knows where ("parliament") opposite somebody who is known."""
    if others and not any(party.id or party.state for party in others):
        return parties
    return tuple(
        p for p in parties if p.id or p.state or p.sector not in _OFFICIAL or p.kind is ActorKind.PERSON
    )


def _weighty(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """Parties with whom to agree or talk says something: not "workers" or "experts" of no state."""
    return tuple(p for p in parties if p.id or p.state or p.sector not in _CROWD)


def _is_hostile(actor: tuple[Party, ...], recipient: tuple[Party, ...]) -> bool:
    """Whether troops or arms go to a state that the giver fights: no help, and no other act is told."""
    return any((a.state, b.state) in foes() for a in actor for b in recipient if a.state and b.state)


def _stands_alone(found: Match, event_type: EventType) -> bool:
    """Whether an act says something without a recipient: drills, launches, vetoes, calls for a ceasefire."""
    if event_type is EventType.ACCUSE and "alone" in found.frame.flags:
        return True
    if event_type in _NEEDS_RECIPIENT:
        return False
    if event_type is EventType.RETREAT and not found.frame.mode:
        return False
    verbal = event_type in (EventType.REJECT, EventType.REQUEST, EventType.THREATEN)
    return not verbal or "alone" in found.frame.flags


def _sides(parties: tuple[Party, ...]) -> set[str]:
    """What the parties stand for: their state, else themselves."""
    return {party.side for party in parties}
