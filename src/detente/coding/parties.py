"""Turn the tokens of a slot into the parties they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from spacy.tokens import Token

from detente.codebooks.actors import load_actors
from detente.codebooks.plover import classes
from detente.coding.datelines import dateline_end
from detente.coding.slots import verb_slots
from detente.coding.unnamed import placed, unnamed_party
from detente.language.frames import Sentence
from detente.language.lemmas import lemma
from detente.language.source import text_of
from detente.model.actors import ActorKind, Party, Rank

_INSIDE = frozenset({"poss", "compound", "amod", "nmod"})
_BELONGING = frozenset({"of", "from"})
_TOUCHING = frozenset({"of", "from", "by", "in", "against", "on", "for", "at", "to"})
_PRONOUNS = frozenset({"it", "he", "she", "they", "its", "his", "her", "their"})
_NOBODY = frozenset({"DATE", "TIME", "CARDINAL", "MONEY", "PERCENT"})
_OWN_BODIES = frozenset(
    {
        "country",
        "nation",
        "state",
        "government",
        "army",
        "military",
        "side",
        "troop",
        "force",
        "soldier",
        "navy",
    }
)
_DEEPEST = 3


class Parties:
    """The parties of one sentence by token."""

    def __init__(self, sentence: Sentence, *, everyone: bool = False) -> None:
        """Look parties up in `sentence`; with `everyone` any noun is a party, known or not."""
        self._sentence = sentence
        self._everyone = everyone
        self._named: dict[int, Party] = {}
        self._shared: dict[tuple[int | None, int | None], list[Party]] = {}
        self._placed: dict[int, Party] = {}
        opening = dateline_end(sentence)
        for party in (placed(sentence, one) for one in sorted(sentence.actors, key=_length)):
            if (party.end is not None and party.end <= opening) or _is_prefixed(sentence, party.start):
                continue
            self._mark(party, self._named)
            self._shared.setdefault((party.start, party.end), []).append(party)
        for place in sentence.places:
            if place.country:
                self._mark(_host(place.country, place.text, place.start, place.end), self._placed)

    def _mark(self, party: Party, table: dict[int, Party]) -> None:
        if party.start is None or party.end is None:
            return
        for token in self._sentence.tokens:
            if party.start <= self._sentence.position(token) < party.end:
                table[token.i] = party

    def of(self, tokens: Iterable[Token], *, loose: bool = False, places: bool = False) -> tuple[Party, ...]:
        """The parties the tokens head, without doubles.

        `loose` lets a party inside the phrase stand in ("Ukrainian cities"); `places` lets a city or
        country stand for its state, for deeds done to a host.
        """
        found: list[Party] = []
        for token in tokens:
            for party in self._resolve(token, loose, places):
                if all(party.label != other.label for other in found):
                    found.append(party)
        return tuple(found)

    def _resolve(self, token: Token, loose: bool, places: bool) -> tuple[Party, ...]:
        if _is_circle(token) and not self._everyone:
            return ()
        if _is_own(token) and (speaker := self._speaker_of(token)):
            return speaker
        own = self._named.get(token.i)
        beside = self._apposed(token)
        if own is not None:
            return (own,) if self._everyone else self._own(own, beside, token)
        if beside:
            return (beside,)
        if loose or self._everyone or lemma(token) in classes()["BODIES"]:
            inner = next(self._inside(token, _TOUCHING if loose or self._everyone else _BELONGING, 0), ())
            if inner:
                return inner
        if places and not self._everyone and (host := self._host_at(token)):
            return host
        if self._everyone and token.pos_ in ("NOUN", "PROPN", "PRON") and token.ent_type_ not in _NOBODY:
            return (self._anyone(token),)
        stranger = unnamed_party(self._sentence, token)
        return (stranger,) if stranger else ()

    def _own(self, own: Party, beside: Party | None, token: Token) -> tuple[Party, ...]:
        """What a named phrase stands for, with the names beside and inside it."""
        together = self._shared.get((own.start, own.end), [])
        if len(together) > 1:
            # "Both countries", "the two leaders": one phrase, several parties.
            return tuple(together)
        if beside and beside.id and own.kind is not ActorKind.PERSON:
            return (beside,)
        own = self._placed_by_apposition(own, token)
        if token.tag_ in ("NNS", "NNPS"):
            # "The leaders of South Korea, Japan and China": the name takes in only the first.
            inner = [n for c in token.children if c.lower_ == "of" for n in c.children if n.dep_ == "pobj"]
            beside_it = [p for noun in inner for p in self._listed(noun) or self._coordinated(noun)]
            shared = tuple(p for p in beside_it if p.state != own.state)
            if shared:
                return (own, *shared)
        return (*self._other_states(own, token), own)

    def _anyone(self, token: Token) -> Party:
        start = self._sentence.position(token)
        return Party(None, token.text, None, start, start + len(token.text))

    def _host_at(self, token: Token) -> tuple[Party, ...]:
        if token.i in self._placed:
            return (self._placed[token.i],)
        state = _capitals().get(token.text)
        return (self._at(token, state),) if state else ()

    def _speaker_of(self, pronoun: Token) -> tuple[Party, ...]:
        """Whom a pronoun inside reported speech means: the one who speaks, when it is the only party."""
        token = pronoun.head
        for _ in range(_DEEPEST + 3):
            if token.dep_ in ("ccomp", "advcl") and token.head.pos_ == "VERB":
                subjects = [t for t in verb_slots(token.head).get("subj") if t.pos_ != "PRON"]
                speakers = self.of(subjects)
                if pronoun.lower_ in ("he", "she"):
                    speakers = tuple(p for p in speakers if p.kind in (ActorKind.PERSON, None))
                return speakers if len(speakers) == 1 else ()
            if token.head == token:
                return ()
            token = token.head
        return ()

    def _apposed(self, token: Token) -> Party | None:
        for child in token.children:
            if child.dep_ == "appos":
                party = self._named.get(child.i)
                if party and party.kind in (ActorKind.PERSON, None):
                    return party
        return None

    def _other_states(self, party: Party, token: Token) -> tuple[Party, ...]:
        """The other states of "Russian and Chinese officials", where the name takes in only the last."""
        if party.kind is ActorKind.PERSON or party.state is None:
            return ()
        found: list[Party] = []
        for child in token.children:
            if child.dep_ in _INSIDE and (adjective := self._named.get(child.i) or self._adjective(child)):
                found += [adjective, *self._coordinated(child)]
        others = tuple(p for p in found if p.state != party.state)
        return others if len(others) < len(found) else ()

    def _placed_by_apposition(self, party: Party, token: Token) -> Party:
        """Give an unknown name the state its apposition tells: "X, vice-minister of Russia"."""
        if party.id or party.state:
            return party
        for child in token.children:
            if child.dep_ in ("appos", *_INSIDE):
                inner = next(self._inside(child, _BELONGING, 0), ())
                if len(inner) == 1 and inner[0].state:
                    return replace(party, state=inner[0].state)
        return party

    def _inside(self, token: Token, prepositions: frozenset[str], depth: int) -> Iterator[tuple[Party, ...]]:
        """Parties inside a phrase, nearest first: possessors and adjectives, then what prepositions add."""
        together = self._listed(token)
        if together:
            yield together
        for child in token.children:
            if child.dep_ in _INSIDE:
                party = self._named.get(child.i) or self._adjective(child)
                if party:
                    yield (*self._sharing(party), *self._coordinated(child))
        if depth >= _DEEPEST:
            return
        for child in token.children:
            if child.dep_ in _INSIDE:
                yield from self._inside(child, frozenset(), depth + 1)
            if child.dep_ == "prep" and child.lower_ in prepositions:
                for noun in child.children:
                    if noun.dep_ == "pobj":
                        party = self._named.get(noun.i)
                        if party:
                            yield (*self._sharing(party), *self._coordinated(noun))
                        yield from self._inside(noun, prepositions, depth + 1)

    def _sharing(self, party: Party) -> tuple[Party, ...]:
        """The parties that one stretch of text names together ("the three countries"), else the party."""
        return tuple(self._shared.get((party.start, party.end), ())) or (party,)

    def _listed(self, noun: Token) -> tuple[Party, ...]:
        """The states that stand side by side before a noun ("the US and South Korean air forces")."""
        before = [t for c in noun.children if c.dep_ in _INSIDE and c.dep_ != "poss" for t in c.subtree]
        if not any(t.lower_ == "and" for t in before):
            return ()
        found: list[Party] = []
        for token in sorted(before, key=lambda t: t.i):
            party = self._named.get(token.i) or self._adjective(token)
            if party and party.state and all(party.state != other.state for other in found):
                found.append(party)
        return tuple(found) if len(found) > 1 else ()

    def _adjective(self, token: Token) -> Party | None:
        before = token.nbor(-1).text + " " + token.text if token.i else ""
        state = _adjectives().get(before) or _adjectives().get(token.text)
        if state is None or _is_prefixed(self._sentence, self._sentence.position(token)):
            return None
        return self._at(token.nbor(-1) if before in _adjectives() else token, state, token)

    def _at(self, token: Token, state: str, last: Token | None = None) -> Party:
        start, last = self._sentence.position(token), last or token
        words = token.doc[token.i : last.i + 1].text
        return _host(state, words, start, start + len(words))

    def _coordinated(self, token: Token) -> tuple[Party, ...]:
        found: list[Party] = []
        for child in token.children:
            if child.dep_ == "conj":
                party = self._named.get(child.i) or self._adjective(child)
                if party:
                    found += [party, *self._coordinated(child)]
        return tuple(found)


def _is_own(token: Token) -> bool:
    """Whether words point back to who speaks: a pronoun, "his country", "its army"."""
    if token.lower_ in _PRONOUNS:
        return True
    owned = any(c.dep_ == "poss" and c.lower_ in _PRONOUNS for c in token.children)
    return owned and lemma(token) in _OWN_BODIES


def _is_circle(token: Token) -> bool:
    """Whether a noun names a study group or friendship society, or some of its people: no side of a state."""
    marks, heads = classes()["FRIENDSHIP"], classes()["CIRCLE"]
    phrase = list(token.subtree)
    if lemma(token) in heads:
        return any(t.lower_ in marks for t in phrase)
    of = [n for c in token.children if c.lower_ in _BELONGING for n in c.children if n.dep_ == "pobj"]
    return any(lemma(n) in heads and any(t.lower_ in marks for t in n.subtree) for n in of)


def _is_prefixed(sentence: Sentence, start: int | None) -> bool:
    """Whether a name only stands in a word like "anti-U.S." or "pro-Russian"."""
    if start is None:
        return False
    before = text_of(sentence.span.doc)[max(0, start - sentence.shift - 5) : start - sentence.shift].lower()
    return before.endswith(("anti-", "pro-", "ex-", "post-", "non-"))


def _host(state: str, text: str, start: int | None, end: int | None) -> Party:
    return Party(state, text, state, start, end, ActorKind.STATE, Rank.GOVERNMENT)


def names_a_side(sentence: Sentence) -> bool:
    """Whether a sentence names anybody: an actor or the adjective of a state."""
    return bool(sentence.actors) or any(token.text in _adjectives() for token in sentence.tokens)


@cache
def _adjectives() -> dict[str, str]:
    return {word: state.id for state in load_actors().states for word in state.adjectives}


@cache
def _capitals() -> dict[str, str]:
    return {word: state.id for state in load_actors().states for word in state.capitals}


def _length(party: Party) -> int:
    return -((party.end or 0) - (party.start or 0))
