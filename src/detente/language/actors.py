"""Mark the actors a block names, each with its id and the state it belongs to on the day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from spacy.tokens import Doc, Token

from detente.codebooks.actors import Title, load_actors
from detente.language.names import Match, NameKind, Word, find_names, split_words
from detente.model.actors import ActorKind, Party, Rank

_STATE_KINDS = (NameKind.STATE, NameKind.ADJECTIVE, NameKind.PEOPLE, NameKind.CAPITAL)
_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_MODIFIERS = frozenset(
    "former ex then current new outgoing incoming senior top high ranking chief main two three several some "
    "many other local state national ruling newly appointed late longtime de facto far right first own "
    "presidential elect - incumbent sitting acting deputy vice".split()
)
_PLACE_WORDS = frozenset(
    "in to from at near via into outside around across through over inside within".split()
)


@dataclass(slots=True)
class ActorMemory:
    """What the document has named so far, for last names, pronouns and descriptions further down."""

    named: list[Party] = field(default_factory=list)


def mark_actors(doc: Doc, shift: int, *, on: date | None, memory: ActorMemory) -> tuple[Party, ...]:
    """Mark the actors of one block in text order, offsets in the rendition."""
    words = split_words(doc.text)
    parties = tuple(_Reading(doc, shift, on, memory, words, find_names(words)).parties())
    return parties


@dataclass(slots=True)
class _Title:
    """A title as it stands in the text: words `[first, last)`, with the place it belongs to."""

    first: int
    last: int
    title: Title
    place: str | None
    state: str | None


class _Reading:
    """One pass over the names of a block."""

    def __init__(
        self,
        doc: Doc,
        shift: int,
        on: date | None,
        memory: ActorMemory,
        words: list[Word],
        matches: list[Match],
    ) -> None:
        self.doc, self.shift, self.on, self.memory = doc, shift, on, memory
        self.words = words
        self.at = {match.first: match for match in matches}
        self.book = load_actors()

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.idx for token in self.doc]

    def token(self, word: int) -> Token:
        """The token a word stands in."""
        return self.doc[max(0, bisect_right(self._token_starts, self.words[word].start) - 1)]

    def parties(self) -> Iterator[Party]:
        """Read the block from left to right."""
        position = 0
        for first in sorted(self.at):
            if first < position:
                continue
            party, position = self.phrase(self.at[first])
            if party:
                self.memory.named.append(party)
                yield party

    def phrase(self, match: Match) -> tuple[Party | None, int]:
        """Read the phrase that opens with a name; give its party and the word after it."""
        if match.of(*_STATE_KINDS):
            return self._state_phrase(match)
        if match.of(NameKind.ORGANISATION):
            return self._body_phrase(match)
        if match.of(NameKind.TITLE):
            return self._title_phrase(match.first, match, None, None)
        if match.of(NameKind.PERSON, NameKind.ALONE, NameKind.SHORT):
            return self._person_phrase(match, None)
        return None, match.last

    def _state_phrase(self, match: Match) -> tuple[Party | None, int]:
        state = match.of(*_STATE_KINDS)[0].id
        after = self._after_possessive(match.last)
        possessive = after > match.last
        follower = self._next_name(after)
        if follower and (party_end := self._owned(match, follower, state)):
            return party_end
        if match.of(NameKind.PEOPLE):
            return self._party(
                match, state, ActorKind.GROUP, Rank.PERSON, "CVL", id_=None, state=state
            ), after
        if match.of(NameKind.CAPITAL) and not possessive and not self._is_government(match):
            return None, after
        if match.of(NameKind.STATE, NameKind.CAPITAL):
            return self._party(match, state, ActorKind.STATE, Rank.GOVERNMENT, "GOV", state=state), after
        return None, after

    def _owned(self, match: Match, follower: Match, state: str) -> tuple[Party | None, int] | None:
        """A title, role, body or person that a state stands before."""
        if follower.of(NameKind.TITLE):
            return self._title_phrase(match.first, follower, state, state)
        if follower.of(NameKind.ROLE):
            return self._role_phrase(match.first, follower, state)
        if body := follower.of(NameKind.ORGANISATION):
            owner = self.book.organisations[body[0].id].state
            return self._body_phrase(follower) if owner in (state, None) else None
        if follower.of(NameKind.PERSON):
            person = follower.of(NameKind.PERSON)[0].id
            if self.book.persons[person].nationality == state and follower.first == match.last:
                return self._person_phrase(follower, None)
        return None

    def _role_phrase(self, first: int, match: Match, state: str) -> tuple[Party | None, int]:
        last = match.last
        role = self.book.roles[match.of(NameKind.ROLE)[0].id]
        follower = self.at.get(last)
        if follower and follower.of(NameKind.ROLE):
            return self._role_phrase(first, follower, state)
        if follower and follower.of(NameKind.TITLE):
            return self._title_phrase(first, follower, state, state)
        span = Match(first, last, match.names)
        id_ = self.book.body_id(state, role.body)
        return self._party(span, state, role.kind, role.rank, role.sector, id_=id_, state=state), last

    def _body_phrase(self, match: Match) -> tuple[Party | None, int]:
        body = self.book.organisations[match.of(NameKind.ORGANISATION)[0].id]
        after = self._after_possessive(match.last)
        follower = self._next_name(after)
        if follower and follower.of(NameKind.TITLE):
            return self._title_phrase(match.first, follower, body.id, body.state)
        party = self._party(match, body.id, body.kind, body.rank, body.sector, state=body.state)
        return party, after

    def _title_phrase(
        self, first: int, match: Match, place: str | None, state: str | None
    ) -> tuple[Party | None, int]:
        title = self.book.titles[match.of(NameKind.TITLE)[0].id]
        last = match.last
        if place is None and (owner := self._owner_after(last)):
            place, state, last = owner
        person = self._person_after(last)
        if person:
            return self._person_phrase(person, _Title(first, last, title, place, state))
        if place is None:
            return None, last
        return self._office(_Title(first, last, title, place, state)), last

    def _office(self, title: _Title) -> Party:
        """The party an office names: its holder on the day, else the office itself."""
        held = self.book.holder(str(title.place), title.title.posts, self.on) if self.on else None
        span = Match(title.first, title.last, ())
        return self._party(
            span,
            "",
            ActorKind.PERSON if held else ActorKind.OFFICE,
            title.title.rank,
            title.title.sector,
            id_=held.person if held else None,
            state=title.state,
        )

    def _owner_after(self, last: int) -> tuple[str, str | None, int] | None:
        if last + 1 >= len(self.words) or self.words[last].text not in ("of", "for", "to"):
            return None
        at = last + 1
        while at < len(self.words) and self.words[at].text.lower() in ("the", "respected"):
            at += 1
        match = self.at.get(at)
        if match is None:
            return None
        if states := match.of(NameKind.STATE):
            return states[0].id, states[0].id, match.last
        if bodies := match.of(NameKind.ORGANISATION):
            body = self.book.organisations[bodies[0].id]
            return body.id, body.state, match.last
        return None

    def _person_after(self, last: int) -> Match | None:
        at = last + 1 if last < len(self.words) and self.words[last].text == "," else last
        match = self.at.get(at)
        if match is None:
            return None
        kinds = (NameKind.PERSON,) if at > last else (NameKind.PERSON, NameKind.ALONE, NameKind.SHORT)
        return match if match.of(*kinds) else None

    def _person_phrase(self, match: Match, title: _Title | None) -> tuple[Party | None, int]:
        after = self._after_possessive(match.last)
        person = self._identify(match, title)
        if person is None:
            return None, after
        return self._person_party(match, person), after

    def _person_party(self, match: Match, person: str) -> Party:
        tenure = self.book.tenure(person, self.on)
        rank = tenure.rank if tenure else Rank.PERSON
        return self._party(
            match,
            person,
            ActorKind.PERSON,
            rank,
            "GOV" if tenure else "",
            state=self.book.state_of(person, self.on),
        )

    def _identify(self, match: Match, title: _Title | None) -> str | None:
        for kind in (NameKind.PERSON, NameKind.ALONE):
            if names := match.of(kind):
                return names[0].id
        known = [name.id for name in match.of(NameKind.SHORT)]
        for party in reversed(self.memory.named):
            if party.id in known:
                return party.id
        if title and self.on:
            held = [p for p in known if self._held(p, title.title.posts, self.on)]
            return held[0] if len(held) == 1 else None
        return None

    def _held(self, person: str, posts: tuple[str, ...], on: date) -> bool:
        return any(t.post in posts and t.covers(on) for t in self.book.tenures_of.get(person, ()))

    def _is_government(self, match: Match) -> bool:
        token = self.token(match.last - 1)
        if match.first and self.words[match.first - 1].text.lower() in _PLACE_WORDS:
            return False
        if token.dep_ in ("nsubj", "nsubjpass", "poss", "agent"):
            return True
        return token.dep_ == "pobj" and token.head.lower_ in (
            "with",
            "between",
            "by",
            "against",
            "on",
            "toward",
        )

    def _next_name(self, at: int) -> Match | None:
        while at < len(self.words) and at not in self.at and self.words[at].text.lower() in _MODIFIERS:
            at += 1
        return self.at.get(at)

    def _after_possessive(self, last: int) -> int:
        return last + 1 if last < len(self.words) and self.words[last].text in _POSSESSIVES else last

    def _party(
        self,
        match: Match,
        label: str,
        kind: ActorKind,
        rank: Rank,
        sector: str,
        *,
        state: str | None,
        id_: str | None = "",
    ) -> Party:
        start, end = self.words[match.first].start, self.words[match.last - 1].end
        return Party(
            id=label if id_ == "" else id_,
            text=self.doc.text[start:end],
            state=state,
            start=start + self.shift,
            end=end + self.shift,
            kind=kind,
            rank=rank,
            sector=sector or None,
        )
