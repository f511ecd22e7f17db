"""Read the noun phrases that name parties: states, their officials and forces, titles, persons, bodies."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from detente.codebooks.actor_words import deed_nouns, words_for
from detente.codebooks.actors import Organisation, Role, load_actors
from detente.language.grounds import start_grounds
from detente.language.memory import ActorMemory
from detente.language.names import Match, NameKind
from detente.language.naming import HYPHENS, PERSON_KINDS, STATE_KINDS, Found, NamedBlock
from detente.language.persons import DETERMINERS, PersonReader
from detente.language.titles import TitleReader
from detente.model.actors import ActorKind, Rank

_POST_ABROAD = frozenset(("ambassador", "envoy", "special-envoy", "consul", "un-ambassador", "nuclear-envoy"))
_HEADS_OF_STATE = ("supreme-leader", "president", "general-secretary")
_NOUN_REACH = 5
_UNNAMED_RANK = {Rank.OFFICIAL: Rank.UNNAMED_OFFICIAL, Rank.PERSON: Rank.UNNAMED, Rank.LEADER: Rank.OFFICIAL}
_VISITS = frozenset(("visit", "visits", "visited", "visiting"))
_LIST_MARKS = frozenset(("and", ",", "or", "&"))


class PhraseReader:
    """Reads the phrases of one block; what it finds is given as parties with the words they cover."""

    def __init__(self, block: NamedBlock, on: date | None, memory: ActorMemory) -> None:
        self.block, self.on, self.memory = block, on, memory
        self.book = load_actors()
        self.persons = PersonReader(block, on, memory, self.read)
        self.titles = TitleReader(block, on, memory, self.persons)
        self._guarded = {state.id: state for state in self.book.states if state.guarded}
        self._ground_end = -1
        self._grounds = start_grounds(block.doc)

    def read(self, match: Match) -> tuple[list[Found], int]:
        """Read the phrase that opens with a name; give its parties and the word after it."""
        if match.of(*STATE_KINDS):
            return self._state(match)
        if match.of(NameKind.ORGANISATION):
            return self._body(match.first, match, None)
        if match.of(NameKind.TITLE):
            return self.titles.read(match.first, match, None, None)
        if match.of(*PERSON_KINDS):
            return self.persons.read(match, None)
        if places := match.of(NameKind.PLACE):
            self._note_ground(match, places[0].id or None)
        if match.of(NameKind.ROLE):
            return self._bare_role(match)
        if match.of(NameKind.STRANGE_BODY):
            return [self._strange_body(match)], match.last
        return [], match.last

    def _state(self, match: Match) -> tuple[list[Found], int]:
        state = match.of(*STATE_KINDS)[0].id
        if not self._is_state(match, state) or self.block.is_bracketed(match):
            return [], match.last
        if listed := self._coordinated(match):
            return listed
        after = self.block.after_possessive(match.last)
        owned = self._owned(match, after, state)
        if owned:
            return owned
        acts = self._acts(match, after)
        names_ground = (
            not acts and match.of(NameKind.STATE, NameKind.CAPITAL) and not self._is_attribute(match)
        )
        if names_ground or self.block.lower(match.first - 1) in _VISITS:
            self._note_ground(match, state)
        return ([self._bare_state(match, state)] if acts else []), after

    def _note_ground(self, match: Match, country: str | None) -> None:
        words = self.block.words
        self._grounds.append((words[match.first].start, words[match.last - 1].end, country))

    def _bare_state(self, match: Match, state: str) -> Found:
        if match.of(NameKind.STATE, NameKind.CAPITAL) or self._is_attribute(match):
            return self.block.party(
                match.first, match.last, state, ActorKind.STATE, Rank.GOVERNMENT, state=state, sector="GOV"
            )
        return self.block.party(
            match.first, match.last, None, ActorKind.GROUP, Rank.PERSON, state=state, sector="CVL"
        )

    def _is_state(self, match: Match, state: str) -> bool:
        """Whether the words are the state and not part of a person's or another place's name."""
        block = self.block
        if self._is_glued(match.last):
            return False
        guarded = self._guarded.get(state)
        if guarded is None or not match.of(NameKind.STATE) or match.last - match.first > 1:
            return True
        elsewhere = any(word in block.source for word in guarded.elsewhere)
        return block.token(match.first).pos_ == "PROPN" and not elsewhere and not self._is_surrounded(match)

    def _is_glued(self, last: int) -> bool:
        """Whether a name only opens a longer word ("ChinaSat")."""
        block = self.block
        if last >= len(block.words) or last in block.at or not block.text(last)[0].isalpha():
            return False
        return block.words[last].start == block.words[last - 1].end

    def _is_surrounded(self, match: Match) -> bool:
        """Whether a capitalised word of the same name stands beside the match ("Michael Jordan")."""
        block = self.block
        if block.is_title_case:
            return False
        before, after = match.first - 1, match.last
        covered = any(m.first <= before < m.last for m in block.at.values())
        led = before >= 0 and not covered and block.lower(before) not in words_for("quarter")
        follows = after < len(block.words) and after not in block.at
        return (led and self._is_of_name(before)) or (follows and self._is_of_name(after))

    def _is_of_name(self, word: int) -> bool:
        return self.block.text(word).istitle() and self.block.token(word).pos_ == "PROPN"

    def _coordinated(self, match: Match) -> tuple[list[Found], int] | None:
        """So "Russian and Chinese officials": each adjective is a party of the noun they share."""
        chain, at = [match], match.last
        while match.of(NameKind.ADJECTIVE) and (
            self.block.text(at) in _LIST_MARKS or self.block.is_hyphen(at)
        ):
            following = self.block.match(at + 1)
            if following is None or not following.of(NameKind.ADJECTIVE):
                break
            chain.append(following)
            at = following.last
        noun = self.block.match(self.block.skip_modifiers(at))
        if len(chain) < 2 or noun is None:
            return None
        if role := noun.of(NameKind.ROLE):
            held = self.book.roles[role[0].id]
            if self.block.is_modifying(noun.last) or self.block.is_verb(noun.last - 1):
                return None
            return [self._role_party(held, name, name.last) for name in chain[:-1]] + [
                self._role_party(held, chain[-1], noun.last)
            ], noun.last
        return None

    def _role_party(self, role: Role, match: Match, last: int) -> Found:
        state = match.of(*STATE_KINDS)[0].id
        id_ = self.book.body_id(state, role.body)
        return self.block.party(match.first, last, id_, role.kind, role.rank, state=state, sector=role.sector)

    def _acts(self, match: Match, after: int) -> bool:
        """Whether a bare name of a state stands for a party, not for a place or a mere attribute."""
        block = self.block
        possessive = after > match.last
        if self._is_ground(match, after):
            self._ground_end = match.last
            place = self._bare_state(match, match.of(*STATE_KINDS)[0].id).party
            self.memory.remember(place, subject=False, joined=self.block.is_joined(match.first))
            return False
        if match.of(NameKind.CAPITAL):
            return possessive or self._is_government(match)
        if possessive:
            return True
        if match.of(NameKind.PEOPLE):
            hyphenated = block.is_hyphen(match.first - 1) and match.first - 2 not in block.at
            return not hyphenated and not block.is_modifying(match.last)
        if block.is_title_case and match.of(NameKind.STATE):
            return True
        if self._is_attribute(match):
            return block.head_noun(match.last) in deed_nouns()
        if match.of(NameKind.STATE):
            return True
        return block.lower(match.first - 1) == "the" and block.is_subject(match.last)

    def _is_attribute(self, match: Match) -> bool:
        """Whether an adjective modifies what follows it ("U.S. sanctions"); "US-Japan" is two names."""
        if not match.of(NameKind.ADJECTIVE):
            return False
        block = self.block
        if block.is_hyphen(match.last) or block.is_hyphen(match.first - 1):
            return not match.of(NameKind.STATE)
        return block.is_modifying(match.last) or (
            not match.of(NameKind.STATE) and block.token(match.last - 1).pos_ == "ADJ"
        )

    def _is_ground(self, match: Match, after: int) -> bool:
        """Whether the name says where: "in North Korea", "across Ukraine", "near Russia's border"."""
        block, at = self.block, match.first - 1
        while block.lower(at) in DETERMINERS or block.lower(at) in words_for("ground"):
            at -= 1
        if after > match.last:
            return block.lower(after) in words_for("ground") and block.lower(at) in words_for("outside")
        if block.is_hyphen(match.last):
            return False
        if self._ground_end == at and block.lower(at) in _LIST_MARKS:
            return block.text(at) != "," or block.text(match.last) in (",", ".", "")
        return block.lower(at) in words_for("inside") and block.lower(at - 1) not in words_for("kept")

    def _is_government(self, match: Match) -> bool:
        """Whether a capital stands for its government."""
        block = self.block
        token = block.token(match.last - 1)
        before = block.lower(match.first - 1)
        while token.dep_ == "conj" and token.head is not token:
            token = token.head
            before = token.head.lower_ if token.dep_ == "pobj" else before
        if before in words_for("outside") - {"to", "from", "toward"} or self._is_in_name(match):
            return False
        if before in ("to", "from", "toward"):
            near = {block.lower(word) for word in range(max(0, match.first - 5), match.first - 1)}
            return bool(near & words_for("transfer"))
        if block.is_hyphen(match.last) or block.is_hyphen(match.first - 1):
            return True
        if block.text(match.last) == ":" and match.first == 0:
            return True
        if token.dep_ in ("nsubj", "nsubjpass", "poss", "agent"):
            return True
        return before in words_for("partner") or (token.dep_ == "dobj" and not block.is_title_case)

    def _is_in_name(self, match: Match) -> bool:
        """Whether a capital is part of a name ("Project Pyongyang", "Pyongyang, May 1 (KCNA)")."""
        block = self.block
        if block.is_title_case:
            return False
        before = match.first > 0 and not block.opens_sentence(match.first)
        if before and block.words[match.first - 1].is_capital and match.first - 1 not in self._covered:
            return True
        if match.first > 0:
            return False
        dashed = block.text(match.last) in HYPHENS and not block.is_hyphen(match.last)
        dated = block.text(match.last) == "," and block.text(match.last + 1)[:1].isupper()
        return dashed or dated or block.text(match.last) == "("

    @cached_property
    def _covered(self) -> frozenset[int]:
        return frozenset(word for match in self.block.at.values() for word in range(match.first, match.last))

    def _owned(self, match: Match, after: int, state: str) -> tuple[list[Found], int] | None:
        """A title, role, body or person that a state stands before."""
        at = self.block.skip_modifiers(after)
        follower = self.block.match(at) or self._noun_ahead(match, at)
        if follower is None:
            return None
        if follower.of(NameKind.TITLE):
            return self.titles.read(match.first, follower, state, state)
        if follower.of(NameKind.ROLE):
            return self._role(match, follower, state)
        if follower.of(NameKind.ORGANISATION):
            return self._body(match.first, follower, state)
        if at == after and follower.of(NameKind.PERSON):
            person = self.book.persons[follower.of(NameKind.PERSON)[0].id]
            if person.nationality == state and match.of(NameKind.ADJECTIVE):
                return self.persons.read(follower, None)
        return None

    def _noun_ahead(self, match: Match, at: int) -> Match | None:
        """The role or title that ends a noun phrase: "North Korean science delegation"."""
        block = self.block
        if not match.of(NameKind.ADJECTIVE) or block.is_hyphen(at):
            return None
        if block.is_title_case and match.of(NameKind.STATE):
            return None
        for word in range(at, min(at + _NOUN_REACH, len(block.words))):
            held = block.match(word)
            if held is not None and held.of(NameKind.PLACE):
                continue
            if held is not None:
                ends = held.of(NameKind.TITLE) or (
                    held.of(NameKind.ROLE)
                    and (not block.is_modifying(held.last) or self._named_next(held.last))
                )
                return held if ends else None
            if (
                block.token(word).pos_ not in ("ADJ", "NOUN", "PROPN", "NUM")
                and block.text(word) not in HYPHENS
            ):
                return None
        return None

    def _role(self, match: Match, noun: Match, state: str) -> tuple[list[Found], int] | None:
        role = self.book.roles[noun.of(NameKind.ROLE)[0].id]
        noun = self._with_field(noun)
        at = self.block.skip_modifiers(self.block.after_possessive(noun.last))
        follower = self.block.match(at)
        if follower and follower.of(NameKind.TITLE):
            place = self.book.body_id(state, role.body) or state
            return self.titles.read(match.first, follower, place, state)
        if follower and follower.of(NameKind.ROLE) and at == noun.last:
            longer = self._role(match, follower, state)
            if longer:
                return longer
        if self.block.is_verb(noun.last - 1):
            return None
        if self.block.is_modifying(noun.last) and not self._named_next(noun.last):
            return None
        return self._with_name(self._role_party(role, match, noun.last), role)

    def _bare_role(self, match: Match) -> tuple[list[Found], int]:
        """People and bodies that no state stands before are parties where they act: "Police arrested"."""
        block = self.block
        role = self.book.roles[match.of(NameKind.ROLE)[0].id]
        if owned := self._role_of(match, role):
            return [owned], owned.last
        if (
            role.sector in ("", "CVL")
            or role.kind is ActorKind.STATE
            or block.lower(match.last) == "of"
            or block.is_title_case
            or not block.is_subject(match.last)
            or block.is_hyphen(match.first - 1)
        ):
            return [], match.last
        rank = _UNNAMED_RANK.get(role.rank, role.rank)
        return [
            block.party(match.first, match.last, None, role.kind, rank, state=None, sector=role.sector)
        ], match.last

    def _role_of(self, match: Match, role: Role) -> Found | None:
        """A role whose state follows: "the government of South Korea"."""
        owner = self.persons.owner(match.last) if self.block.lower(match.last) == "of" else None
        if owner is None or owner.party.kind is not ActorKind.STATE or owner.party.id is None:
            return None
        state = owner.party.id
        return self.block.party(
            match.first,
            owner.last,
            self.book.body_id(state, role.body),
            role.kind,
            role.rank,
            state=state,
            sector=role.sector,
        )

    def _with_field(self, noun: Match) -> Match:
        """Stretch "Ministry" over its field: "Ministry of Rail Transport"."""
        block, last = self.block, noun.last
        if noun.last - noun.first > 1 or block.lower(noun.first) != "ministry" or block.lower(last) != "of":
            return noun
        last += 1
        while block.text(last)[:1].isupper() or (
            block.lower(last) in ("and", "of", "the") and block.text(last + 1)[:1].isupper()
        ):
            last += 1
        return Match(noun.first, last, noun.names) if last > noun.last + 1 else noun

    def _named_next(self, last: int) -> bool:
        """Whether a name follows a noun that seems to modify it: "travel agency Vostok Tours"."""
        match = self.block.match(last)
        named = match.of(*PERSON_KINDS) if match else self.block.unknown_name(last) > last
        return bool(named) and not self.block.is_title_case

    def _with_name(self, found: Found, role: Role) -> tuple[list[Found], int]:
        """A role may be followed by the name of its one holder: "Swedish lawmaker Anna Berg"."""
        block = self.block
        name = block.match(found.last)
        if role.noun.endswith("s") or (name and not name.of(*PERSON_KINDS)):
            return [found], found.last
        last = name.last if name else block.unknown_name(found.last)
        if last == found.last or block.is_title_case:
            return [found], found.last
        if name and name.of(NameKind.PERSON):
            return self.persons.read(name, None)
        held = found.party
        return [
            block.party(
                found.last,
                last,
                None,
                ActorKind.ORGANISATION if role.kind is ActorKind.ORGANISATION else ActorKind.PERSON,
                held.rank or Rank.PERSON,
                state=held.state,
                sector=role.sector,
            )
        ], last

    def _body(self, first: int, match: Match, owner: str | None) -> tuple[list[Found], int]:
        body = self.book.organisations[match.of(NameKind.ORGANISATION)[0].id]
        foreign = owner is not None and owner != body.state
        id_ = f"{str(owner).lower()}-{body.id}" if foreign else body.id
        state = owner if foreign else body.state
        after = self.block.after_possessive(match.last)
        follower = self.block.match(self.block.skip_modifiers(after))
        if body.sector == "JRN" and self.block.is_bracketed(match):
            return [], after
        if body.kind is ActorKind.OFFICE and owner is None and self._is_ground(match, after):
            return [], after
        if follower and follower.of(NameKind.TITLE) and not self.block.is_verb(follower.last - 1):
            return self.titles.read(first, follower, id_, state)
        if follower and follower.of(NameKind.ROLE) and state and follower.first == after:
            role = self.book.roles[follower.of(NameKind.ROLE)[0].id]
            if not self.block.is_verb(follower.last - 1) and not self.block.is_modifying(follower.last):
                last = follower.last
                return [
                    self.block.party(first, last, None, role.kind, role.rank, state=state, sector=role.sector)
                ], last
        start = first if foreign else match.first
        found = self.block.party(
            start, match.last, id_, body.kind, body.rank, state=state, sector=body.sector
        )
        return [found], self._skip_short_form(after, body)

    def _skip_short_form(self, after: int, body: Organisation) -> int:
        """Skip "(PoE)" after the name it shortens."""
        short = self.block.match(after + 1)
        bracketed = self.block.text(after) == "(" and short and self.block.text(short.last) == ")"
        if short and bracketed and any(name.id == body.id for name in short.of(NameKind.ORGANISATION)):
            return short.last + 1
        return after

    def _strange_body(self, match: Match) -> Found:
        before = self.block.match(match.first - 1)
        state = before.of(*STATE_KINDS)[0].id if before and before.of(*STATE_KINDS) else None
        return self.block.party(
            match.first, match.last, None, ActorKind.ORGANISATION, Rank.ORGANISATION, state=state
        )
