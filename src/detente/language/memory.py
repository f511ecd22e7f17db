"""What a document has named so far: for last names, pronouns and descriptions further down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from detente.model.actors import ActorKind, Party, Rank


@dataclass(frozen=True, slots=True)
class Seen:
    """A party as it was named: in which sentence, whether as a subject, whether joined to the one before."""

    party: Party
    sentence: int
    subject: bool
    joined: bool


@dataclass(slots=True)
class ActorMemory:
    """What the document has named so far, for last names, pronouns and descriptions further down.

    `home` is the state whose news agency speaks on this page ("our Republic"), None elsewhere; `surnames`
    are the last names of persons outside the codebook.
    """

    named: list[Party] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    sentence: int = 0
    home: str | None = None
    surnames: set[str] = field(default_factory=set)

    def remember(self, party: Party, *, subject: bool, joined: bool = False) -> None:
        """Keep a party by its name; descriptions and pronouns are not names and stay out."""
        self.named.append(party)
        if party.id is None and party.kind is ActorKind.PERSON and " " in party.text:
            self.surnames.add(party.text.split()[-1])
        self.seen.append(Seen(party, self.sentence, subject, joined))

    def person(self, ids: Iterable[str]) -> Party | None:
        """The person a last name means: a leader before others, else the one named last."""
        known = set(ids)
        persons = {party.id: party for party in self.named if party.id in known}
        if not persons:
            return None
        leaders = [party for party in persons.values() if party.rank is Rank.LEADER]
        if len(leaders) == 1:
            return leaders[0]
        return next(party for party in reversed(self.named) if party.id in persons)

    def stranger(self, word: str) -> Party | None:
        """A person outside the codebook whose name opens or ends with the word."""
        for party in reversed(self.named):
            if party.id is None and party.kind is ActorKind.PERSON and word in _ends(party.text):
                return party
        return None

    def has_state(self, *states: str) -> bool:
        """Whether the document has named one of the states."""
        return any(party.state in states for party in self.named)

    def recent(self, sentences: int) -> list[Seen]:
        """What the current sentence and the ones before it named, newest first."""
        first = self.sentence - sentences
        return [seen for seen in reversed(self.seen) if seen.sentence >= first]

    def states(self, count: int) -> list[Party]:
        """The last `count` different states, when no other came near them; empty when it is not clear."""
        for reach in (0, 1, 2, 3):
            near = {seen.party.state: seen.party for seen in self.recent(reach) if seen.party.state}
            if len(near) == count:
                return list(near.values())[::-1]
            if len(near) > count:
                return self._pair(reach) if count == 2 else []
        return []

    def _pair(self, reach: int) -> list[Party]:
        """The two states named side by side last ("Russia and North Korea"), when one reading is left."""
        found = [seen for seen in self.recent(reach) if seen.party.kind is ActorKind.STATE]
        for later, earlier in zip(found, islice(found, 1, None), strict=False):
            if later.joined and later.party.state != earlier.party.state:
                return [earlier.party, later.party]
        return []

    def leaders(self, count: int) -> list[Party]:
        """The last `count` different leaders named near; empty when others stand between them."""
        near: dict[str | None, Party] = {}
        for seen in self.recent(4):
            if seen.party.kind is ActorKind.PERSON and seen.party.rank is Rank.LEADER:
                near.setdefault(seen.party.id, seen.party)
        return list(near.values())[::-1] if len(near) == count else []


def _ends(text: str) -> tuple[str, ...]:
    words = text.split()
    return (words[0], words[-1]) if words else ()
