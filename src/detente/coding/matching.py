"""Match a predicate against the frames of the codebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from detente.codebooks.plover import Condition, Frame, Role, noun_frames, verb_frames
from detente.coding.parties import Parties
from detente.coding.slots import Slots, noun_slots, verb_slots
from detente.language.frames import Clause
from detente.language.lemmas import lemma
from detente.model.actors import ActorKind, Party


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that fits a predicate, with the parties it found and the words it used up."""

    frame: Frame
    clause: Clause
    slots: Slots
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]

    @property
    def words(self) -> frozenset[int]:
        """The tokens the frame reads: the predicate and the nouns its conditions name."""
        used = {self.clause.predicate.i}
        for condition in self.frame.conditions:
            if condition.words:
                used |= {t.i for t in slot_tokens(self.slots, condition.slot) if lemma(t) in condition.words}
        return frozenset(used)


def match(clause: Clause, parties: Parties) -> Match | None:
    """Find the weightiest frame that fits, None when none does."""
    return next(matches(clause, parties), None)


def matches(clause: Clause, parties: Parties) -> Iterator[Match]:
    """Find every frame that fits, the weightiest first."""
    frames = (noun_frames() if clause.nominal else verb_frames()).get(clause.lemma, ())
    if not frames:
        return
    slots = noun_slots(clause.predicate) if clause.nominal else verb_slots(clause.predicate)
    for frame in frames:
        if all(_holds(condition, slots, parties, frame) for condition in frame.conditions):
            yield _filled(frame, clause, slots, parties)


def _filled(frame: Frame, clause: Clause, slots: Slots, parties: Parties) -> Match:
    joint = "joint" in frame.flags
    places = "place" in frame.flags
    actor = _fill(frame.actor, slots, parties, every=True)
    if any(role.slot == "voice" for role in frame.actor) and clause.attributions:
        actor = (*actor, *clause.attributions[-1].speakers)
    recipient = _fill(frame.recipient, slots, parties, every=False, places=places)
    if not joint:
        ids = {party.label for party in actor}
        own = ids | {party.state for party in actor}
        if _shares_a_phrase(recipient) and own & {party.label for party in recipient}:
            # "Urged both sides" never means the one who urges: whom it means stays open.
            recipient = ()
        recipient = tuple(party for party in recipient if party.label not in ids)
    return Match(frame, clause, slots, actor, recipient)


def _shares_a_phrase(parties: tuple[Party, ...]) -> bool:
    return len(parties) > 1 and len({party.start for party in parties}) == 1


def _fill(
    roles: tuple[Role, ...], slots: Slots, parties: Parties, *, every: bool, places: bool = False
) -> tuple[Party, ...]:
    """Fill roles: actors from every slot listed, recipients from the first slot that names one."""
    found: list[Party] = []
    for role in roles:
        here = parties.of(slot_tokens(slots, role.slot), loose=role.loose, places=places)
        if role.slot in ("that", "wish"):
            # "Demanded that the troops be withdrawn" is not addressed to the troops.
            here = tuple(party for party in here if party.id or party.state)
        found += [party for party in here if all(party.label != other.label for other in found)]
        if found and not every:
            break
    people = {party.state for party in found if party.kind is ActorKind.PERSON}
    # "North Korea's foreign minister Choe" is one party, not the state and its minister.
    return tuple(party for party in found if party.id is None or party.id not in people)


def _holds(condition: Condition, slots: Slots, parties: Parties, frame: Frame) -> bool:
    if condition.slot == "joint":
        return len({party.side for party in parties.of(slots.get("subj"))}) >= 2
    holds = any(_slot_holds(condition, name, slots, parties, frame) for name in condition.slot.split("|"))
    return holds is not condition.absent


def _slot_holds(condition: Condition, name: str, slots: Slots, parties: Parties, frame: Frame) -> bool:
    tokens = slot_tokens(slots, name)
    if condition.words:
        return any(lemma(token) in condition.words for token in tokens)
    if condition.actors:
        return len(parties.of(tokens, places="place" in frame.flags)) >= condition.actors
    return bool(tokens) or name in slots.tokens or f"obj.{name}" in slots.tokens


def slot_tokens(slots: Slots, name: str) -> list[Token]:
    """The tokens of a slot."""
    return slots.get(name)
