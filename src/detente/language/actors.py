"""Mark the actors a block names, each with its id and the state it belongs to on the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from spacy.tokens import Doc

from detente.codebooks.actors import load_actors
from detente.language.antecedents import describe
from detente.language.memory import ActorMemory
from detente.language.names import Match, NameKind
from detente.language.naming import NamedBlock
from detente.language.phrases import PhraseReader
from detente.model.actors import ActorKind, Party, Rank

__all__ = ["ActorMemory", "mark_actors"]

_DATELINE_WORDS = 12


def mark_actors(doc: Doc, shift: int, *, on: date | None, memory: ActorMemory) -> tuple[Party, ...]:
    """Mark the actors of one block in text order, offsets in the rendition.

    Each party covers the words that name it: a person's name without the title, a role with its state
    ("North Korean soldiers"), an adjective before a deed ("Russian strikes"). Parties do not overlap, but
    the parties of one description ("the two leaders") share its words. `on` is the day the text speaks
    from: offices and persons resolve to who held them then; without it persons stand for their nationality
    and offices stay offices. A place ("in Pyongyang", "visited Seoul") is no actor: see `find_places`.
    `memory` is filled for the blocks that follow.
    """
    block = NamedBlock(doc, shift)
    _note_home(block, memory)
    block.add_surnames(memory.surnames)
    return tuple(_parties(block, PhraseReader(block, on, memory), memory))


def _parties(block: NamedBlock, reader: PhraseReader, memory: ActorMemory) -> Iterator[Party]:
    base, position = memory.sentence + 1, 0
    for first in sorted(block.at):
        if first < position:
            continue
        match = block.at[first]
        memory.sentence = base + block.sentence(first)
        if match.of(NameKind.DESCRIPTION):
            yield from describe(block, match, memory)
            position = match.last
            continue
        found, position = reader.read(match)
        for one in found:
            if _repeats(one.party, memory, block, first):
                continue
            memory.remember(one.party, subject=block.is_subject(one.last), joined=block.is_joined(one.first))
            yield one.party
    memory.sentence = base + max(0, len(block.words) and block.sentence(len(block.words) - 1))


def _repeats(party: Party, memory: ActorMemory, block: NamedBlock, first: int) -> bool:
    """Whether a title only goes on about the person just named: "leader of the party and president of"."""
    last = memory.named[-1] if memory.named else None
    same = last is not None and party.id is not None and last.id == party.id
    return same and party.kind is ActorKind.PERSON and block.is_joined(first)


def _note_home(block: NamedBlock, memory: ActorMemory) -> None:
    """A dateline such as "Pyongyang, May 1 (KCNA)" says whose voice the page is."""
    for first, match in block.at.items():
        if first > _DATELINE_WORDS:
            break
        if block.is_bracketed(match) and (state := _state_media(match)):
            memory.home = state


def _state_media(match: Match) -> str | None:
    bodies = match.of(NameKind.ORGANISATION)
    body = load_actors().organisations[bodies[0].id] if bodies else None
    return body.state if body and body.rank is Rank.STATE_MEDIA else None
