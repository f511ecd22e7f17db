"""Turn the tokens of a slot into the parties they name."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from detente.codebooks.plover import classes
from detente.language.frames import Sentence
from detente.language.lemmas import lemma
from detente.model.actors import ActorKind, Party

_INSIDE = frozenset({"poss", "compound", "amod", "nmod"})


class Parties:
    """The parties of one sentence by token, each token looked up once."""

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence
        self._named: dict[int, Party] = {}
        for party in sorted(sentence.actors, key=_length):
            if party.start is not None and party.end is not None:
                self._mark(party)

    def _mark(self, party: Party) -> None:
        assert party.start is not None
        assert party.end is not None
        for token in self._sentence.span:
            at = self._sentence.position(token)
            if party.start <= at < party.end:
                self._named[token.i] = party

    def named(self, token: Token) -> Party | None:
        """The party whose name covers the token."""
        return self._named.get(token.i)

    def of(self, tokens: Iterable[Token], *, loose: bool = False) -> tuple[Party, ...]:
        """The parties the tokens head, without doubles; `loose` lets a party inside the phrase stand in."""
        found: list[Party] = []
        for token in tokens:
            for party in self._resolve(token, loose):
                if all(party.label != other.label for other in found):
                    found.append(party)
        return tuple(found)

    def inside(self, tokens: Iterable[Token]) -> tuple[Party, ...]:
        """The parties that modify a noun: the two states of "US-North Korea summit"."""
        return self.of(tokens)

    def _resolve(self, token: Token, loose: bool) -> tuple[Party, ...]:
        beside = self._apposed(token)
        own = self.named(token)
        if own is not None:
            return (beside,) if beside and own.kind is not ActorKind.PERSON and beside.id else (own,)
        if beside:
            return (beside,)
        if loose or lemma(token) in classes()["BODIES"]:
            return self._stand_in(token)
        return ()

    def _apposed(self, token: Token) -> Party | None:
        for child in token.children:
            if child.dep_ == "appos":
                party = self.named(child)
                if party and party.kind in (ActorKind.PERSON, None):
                    return party
        return None

    def _stand_in(self, token: Token) -> tuple[Party, ...]:
        """A possessor or adjective of the phrase ("Chinese warships"), else what "of" adds to it."""
        for child in token.children:
            if child.dep_ in _INSIDE:
                party = self.named(child)
                if party:
                    return (party, *self._coordinated(child))
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in ("of", "from", "in", "against", "on", "for"):
                for pobj in child.children:
                    if pobj.dep_ == "pobj":
                        return self._of_phrase(pobj)
        return ()

    def _of_phrase(self, pobj: Token) -> tuple[Party, ...]:
        party = self.named(pobj)
        if party:
            return (party, *self._coordinated(pobj))
        for child in pobj.children:
            inner = self.named(child) if child.dep_ in _INSIDE else None
            if inner:
                return (inner,)
        return ()

    def _coordinated(self, token: Token) -> tuple[Party, ...]:
        found = []
        for child in token.children:
            if child.dep_ == "conj":
                party = self.named(child)
                if party:
                    found += [party, *self._coordinated(child)]
        return tuple(found)


def _length(party: Party) -> int:
    return (party.end or 0) - (party.start or 0)
