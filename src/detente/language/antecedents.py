"""Resolve descriptions and pronouns to the parties named before, or to nobody when more than one fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from detente.codebooks.actor_words import words_for
from detente.codebooks.actors import load_actors
from detente.language.memory import ActorMemory, Seen
from detente.language.names import Match, NameKind
from detente.language.naming import NamedBlock
from detente.model.actors import ActorKind, Party, Rank

_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_NOT_SOUTH = frozenset(
    ("of", "korea", "korean", "pole", "china", "sea", "africa", "atlantic", "pacific", "vietnam")
)


def describe(block: NamedBlock, match: Match, memory: ActorMemory) -> Iterator[Party]:
    """The parties a description or pronoun stands for, with its words; none when that is not clear."""
    reading = match.of(NameKind.DESCRIPTION)[0].id
    for party in _resolve(block, match, reading, memory):
        yield block.party(
            match.first,
            match.last,
            party.id,
            party.kind or ActorKind.STATE,
            party.rank or Rank.GOVERNMENT,
            state=party.state,
            sector=party.sector or "",
        ).party


def _resolve(block: NamedBlock, match: Match, reading: str, memory: ActorMemory) -> list[Party]:
    if reading in ("he", "she", "it"):
        antecedent = _antecedent(block, match, reading, memory)
        return [antecedent] if antecedent else []
    if reading == "home":
        elsewhere = block.lower(match.last) == "of" or _says_where(block, match)
        return [_state(memory.home)] if memory.home and not elsewhere else []
    if reading == "KOREAS":
        return [_state("PRK"), _state("KOR")]
    if reading == "WEST":
        return [Party("the-west", "", kind=ActorKind.GROUP, rank=Rank.GOVERNMENT)]
    if len(reading) == 3:
        clear = block.lower(match.last) not in _NOT_SOUTH and memory.has_state("PRK", "KOR", reading)
        return [_state(reading)] if clear else []
    if _says_where(block, match) or (reading == "last_state" and not block.is_subject(match.last)):
        return []
    if block.lower(match.last) in ("of", "between", "that", "where", "whose"):
        return []
    return _described(reading, memory)


def _says_where(block: NamedBlock, match: Match) -> bool:
    return block.lower(match.first - 1) in words_for("inside") | {"over"}


def _described(reading: str, memory: ActorMemory) -> list[Party]:
    if reading == "last_state":
        near = {seen.party.state for seen in memory.recent(1) if seen.party.state}
        return [_state(state) for state in near] if len(near) == 1 else []
    count = 2 if reading.startswith("pair") else 3
    if reading.endswith("leaders"):
        return memory.leaders(count) or [_leader(party) for party in memory.states(count)]
    return [_state(str(party.state)) for party in memory.states(count)]


def _state(state: str) -> Party:
    return Party(state, "", state, kind=ActorKind.STATE, rank=Rank.GOVERNMENT, sector="GOV")


def _leader(party: Party) -> Party:
    return Party(None, "", party.state, kind=ActorKind.OFFICE, rank=Rank.LEADER, sector="GOV")


def _antecedent(block: NamedBlock, match: Match, reading: str, memory: ActorMemory) -> Party | None:
    token = block.token(match.first)
    if token.dep_ not in _SUBJECTS:
        return None
    if said := _speaker(token, block, reading, memory):
        return said
    return None if reading == "it" else _person(block, match, reading, memory)


def _speaker(token: Token, block: NamedBlock, reading: str, memory: ActorMemory) -> Party | None:
    """The subject of the verb a pronoun's clause hangs on: "Seoul said it would"."""
    verb = token.head
    while verb.dep_ == "conj" and verb.head is not verb:
        verb = verb.head
    if verb.dep_ != "ccomp":
        return None
    subject = _subject_of(verb.head)
    if subject is None or subject.i >= token.i:
        return None
    named = [seen.party for seen in memory.recent(0) if _covers(seen.party, subject, block)]
    return named[0] if named and _agrees(named[0], reading) else None


def _subject_of(verb: Token) -> Token | None:
    """The subject of a verb, or of the verb it is joined to ("Seoul denied it and said")."""
    while True:
        subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
        if subject is not None or verb.dep_ != "conj" or verb.head is verb:
            return subject
        verb = verb.head


def _covers(party: Party, token: Token, block: NamedBlock) -> bool:
    at = token.idx + block.shift
    return party.start is not None and party.end is not None and party.start <= at < party.end


def _agrees(party: Party, reading: str) -> bool:
    if reading == "it":
        return party.kind in (ActorKind.STATE, ActorKind.ORGANISATION)
    if party.kind not in (ActorKind.PERSON, ActorKind.OFFICE):
        return False
    held = load_actors().persons.get(party.id or "")
    sex = held.sex if held else ""
    return sex in ("", "m" if reading == "he" else "f")


def _person(block: NamedBlock, match: Match, reading: str, memory: ActorMemory) -> Party | None:
    """The one person near whom "he" or "she" can mean: before it in its sentence, else in the last one."""
    here = [seen for seen in memory.recent(0) if seen.party.kind is ActorKind.PERSON]
    near = here or [seen for seen in memory.recent(1) if seen.party.kind is ActorKind.PERSON]
    known = [seen for seen in near if seen.party.id or seen.subject]
    fitting = {seen.party.label: seen for seen in known if _agrees(seen.party, reading)}
    if len(fitting) == 1:
        return next(iter(fitting.values())).party
    return _subject(fitting.values()) if not here else None


def _subject(near: Iterable[Seen]) -> Party | None:
    subjects = [seen.party for seen in near if seen.subject]
    return subjects[0] if len(subjects) == 1 else None
