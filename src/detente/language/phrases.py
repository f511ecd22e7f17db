"""Read the noun phrases that name parties: states, their officials and forces, titles, persons, bodies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente.codebooks.actor_words import deed_nouns, words_for
from detente.codebooks.actors import Organisation, Person, Role, Title, load_actors
from detente.language.memory import ActorMemory
from detente.language.names import Match, NameKind
from detente.language.naming import HYPHENS, PERSON_KINDS, STATE_KINDS, Found, NamedBlock
from detente.model.actors import ActorKind, Rank

_OWNER_WORDS = frozenset(("of", "for", "from", "at", "with"))
_POST_ABROAD = frozenset(("ambassador", "envoy", "special-envoy", "consul", "un-ambassador", "nuclear-envoy"))
_DETERMINERS = frozenset(("the", "a", "an"))
_LIST_MARKS = frozenset(("and", ",", "or", "&"))


@dataclass(frozen=True, slots=True)
class _Titled:
    """A title as it stands in the text, with the place (state or body) it belongs to."""

    first: int
    last: int
    title: Title
    place: str | None
    state: str | None
    former: bool


class PhraseReader:
    """Reads the phrases of one block; what it finds is given as parties with the words they cover."""

    def __init__(self, block: NamedBlock, on: date | None, memory: ActorMemory) -> None:
        self.block, self.on, self.memory = block, on, memory
        self.book = load_actors()
        self._guarded = {state.id: state for state in self.book.states if state.guarded}
        self._ground_end = -1

    def read(self, match: Match) -> tuple[list[Found], int]:
        """Read the phrase that opens with a name; give its parties and the word after it."""
        if match.of(*STATE_KINDS):
            return self._state(match)
        if match.of(NameKind.ORGANISATION):
            return self._body(match.first, match, None)
        if match.of(NameKind.TITLE):
            return self._title(match.first, match, None, None)
        if match.of(*PERSON_KINDS):
            return self._person(match, None)
        if match.of(NameKind.STRANGE_BODY):
            return [self._strange_body(match)], match.last
        return [], match.last

    # -- states -------------------------------------------------------------------------------------

    def _state(self, match: Match) -> tuple[list[Found], int]:
        state = match.of(*STATE_KINDS)[0].id
        if not self._is_state(match, state):
            return [], match.last
        if listed := self._coordinated(match):
            return listed
        after = self.block.after_possessive(match.last)
        owned = self._owned(match, after, state)
        if owned:
            return owned
        return ([self._bare_state(match, state)] if self._acts(match, after) else []), after

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
        token = block.token(match.last - 1)
        if token.ent_type_ == "PERSON" and match.last - match.first == 1:
            alone = block.token(match.first).ent_iob_ == "B" and (
                token.i + 1 >= len(block.doc) or block.doc[token.i + 1].ent_iob_ != "I"
            )
            if not alone and not match.of(NameKind.ADJECTIVE):
                return False
        guarded = self._guarded.get(state)
        if guarded is None or not match.of(NameKind.STATE) or match.last - match.first > 1:
            return True
        text = block.doc.text
        elsewhere = any(word in text for word in guarded.elsewhere)
        return token.ent_type_ in ("GPE", "NORP", "LOC") and not elsewhere

    def _coordinated(self, match: Match) -> tuple[list[Found], int] | None:
        """So "Russian and Chinese officials": each adjective is a party of the noun they share."""
        chain, at = [match], match.last
        while match.of(NameKind.ADJECTIVE) and (
            self.block.text(at) in _LIST_MARKS or self.block.text(at) in HYPHENS
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
            self.memory.remember(self._bare_state(match, match.of(*STATE_KINDS)[0].id).party, subject=False)
            return False
        if match.of(NameKind.CAPITAL):
            return possessive or self._is_government(match)
        if possessive:
            return True
        if match.of(NameKind.PEOPLE):
            return not block.is_modifying(match.last)
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
        if block.text(match.last) in HYPHENS or block.text(match.first - 1) in HYPHENS:
            return not match.of(NameKind.STATE)
        return block.is_modifying(match.last) or (
            not match.of(NameKind.STATE) and block.token(match.last - 1).pos_ == "ADJ"
        )

    def _is_ground(self, match: Match, after: int) -> bool:
        """Whether the name says where: "in North Korea", "across Ukraine", "near Russia's border"."""
        block, at = self.block, match.first - 1
        while block.lower(at) in _DETERMINERS or block.lower(at) in words_for("ground"):
            at -= 1
        if after > match.last:
            return block.lower(after) in words_for("ground") and block.lower(at) in words_for("outside")
        if block.text(match.last) in HYPHENS:
            return False
        listed = block.lower(at) in _LIST_MARKS and self._ground_end == at
        if not listed and block.lower(at) not in words_for("inside"):
            return False
        return block.lower(at - 1) not in words_for("kept")

    def _is_government(self, match: Match) -> bool:
        """Whether a capital stands for its government."""
        block = self.block
        token = block.token(match.last - 1)
        before = block.lower(match.first - 1)
        if before in words_for("outside") - {"to", "from", "toward"}:
            return False
        if before in ("to", "from", "toward"):
            near = {block.lower(word) for word in range(max(0, match.first - 5), match.first - 1)}
            return bool(near & words_for("transfer"))
        if block.text(match.last) == "," and block.text(match.last + 1)[:1].isupper() and match.first == 0:
            return False
        if block.text(match.last) in HYPHENS or block.text(match.first - 1) in HYPHENS:
            return True
        if token.dep_ in ("nsubj", "nsubjpass", "poss", "agent", "conj", "appos"):
            return True
        return before in words_for("partner") or (token.dep_ == "dobj" and not block.is_title_case)

    # -- what a state owns --------------------------------------------------------------------------

    def _owned(self, match: Match, after: int, state: str) -> tuple[list[Found], int] | None:
        """A title, role, body or person that a state stands before."""
        at = self.block.skip_modifiers(after)
        follower = self.block.match(at)
        if follower is None:
            return None
        if follower.of(NameKind.TITLE):
            return self._title(match.first, follower, state, state)
        if follower.of(NameKind.ROLE):
            return self._role(match, follower, state)
        if follower.of(NameKind.ORGANISATION):
            return self._body(match.first, follower, state)
        if at == after and follower.of(NameKind.PERSON):
            person = self.book.persons[follower.of(NameKind.PERSON)[0].id]
            if person.nationality == state and match.of(NameKind.ADJECTIVE):
                return self._person(follower, None)
        return None

    def _role(self, match: Match, noun: Match, state: str) -> tuple[list[Found], int] | None:
        role = self.book.roles[noun.of(NameKind.ROLE)[0].id]
        at = self.block.skip_modifiers(self.block.after_possessive(noun.last))
        follower = self.block.match(at)
        if follower and follower.of(NameKind.TITLE):
            place = self.book.body_id(state, role.body) or state
            return self._title(match.first, follower, place, state)
        if follower and follower.of(NameKind.ROLE) and at == noun.last:
            longer = self._role(match, follower, state)
            if longer:
                return longer
        if self.block.is_verb(noun.last - 1) or self.block.is_modifying(noun.last):
            return None
        return self._with_name(self._role_party(role, match, noun.last), role)

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
            return self._person(name, None)
        held = found.party
        return [
            block.party(
                found.last,
                last,
                None,
                ActorKind.PERSON,
                held.rank or Rank.PERSON,
                state=held.state,
                sector=role.sector,
            )
        ], last

    # -- bodies -------------------------------------------------------------------------------------

    def _body(self, first: int, match: Match, owner: str | None) -> tuple[list[Found], int]:
        body = self.book.organisations[match.of(NameKind.ORGANISATION)[0].id]
        foreign = owner is not None and owner != body.state
        id_ = f"{str(owner).lower()}-{body.id}" if foreign else body.id
        state = owner if foreign else body.state
        after = self.block.after_possessive(match.last)
        follower = self.block.match(self.block.skip_modifiers(after))
        if follower and follower.of(NameKind.TITLE) and not self.block.is_verb(follower.last - 1):
            return self._title(first, follower, id_, state)
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

    # -- titles -------------------------------------------------------------------------------------

    def _title(
        self, first: int, match: Match, place: str | None, state: str | None
    ) -> tuple[list[Found], int]:
        title = self.book.titles[match.of(NameKind.TITLE)[0].id]
        start, last = first, match.last
        if place is None and (owner := self._owner(last)):
            place, state, last = owner.party.id, owner.party.state, owner.last
        last = self._skip_posting(title, last)
        titled = _Titled(start, last, title, place, state, self.block.is_former(first, match.first))
        person = self._person_after(titled)
        if person:
            return self._person(person, titled)
        if place is None and state is None:
            named = self._definite(titled)
            return ([named] if named else []), match.last
        if self.block.is_verb(match.last - 1) or (last == match.last and self.block.is_modifying(match.last)):
            return [], match.last
        return [self._office(titled)], self.block.after_possessive(last)

    def _owner(self, last: int) -> Found | None:
        """The party a title belongs to: "of South Korea", "of Russia's foreign intelligence agency"."""
        if self.block.lower(last) not in _OWNER_WORDS:
            return None
        at = last + 1
        while self.block.lower(at) in _DETERMINERS:
            at += 1
        match = self.block.match(at)
        if match is None or not match.of(NameKind.STATE, NameKind.ADJECTIVE, NameKind.ORGANISATION):
            return None
        found, _ = self.read(match)
        return found[0] if found else None

    def _skip_posting(self, title: Title, last: int) -> int:
        """Skip where an envoy is posted: "ambassador to North Korea"."""
        if not _POST_ABROAD.intersection(title.posts) or self.block.lower(last) not in ("to", "in", "for"):
            return last
        at = last + 1
        while self.block.lower(at) in _DETERMINERS:
            at += 1
        match = self.block.match(at)
        if match and match.of(NameKind.STATE, NameKind.CAPITAL, NameKind.ORGANISATION):
            return match.last
        return last

    def _person_after(self, titled: _Titled) -> Match | None:
        block, at = self.block, titled.last
        comma = block.text(at) == ","
        at = self._skip_honorifics(at + 1 if comma else at)
        match = block.match(at)
        if match and match.of(*((NameKind.PERSON, NameKind.STRANGER) if comma else PERSON_KINDS)):
            known = match.of(NameKind.PERSON)
            other = known and titled.state not in (None, self._person_state(known[0].id))
            return None if comma and other else match
        if match is None and not comma and not block.is_title_case:
            last = block.unknown_name(at)
            if last > at:
                return Match(at, last, ())
        return None

    def _person_state(self, person: str) -> str | None:
        return self.book.state_of(person, self.on)

    def _skip_honorifics(self, at: int) -> int:
        while self.block.lower(at) in words_for("honorific") or self.block.text(at) == ".":
            at += 1
        return at

    def _definite(self, titled: _Titled) -> Found | None:
        """So "the president": the one holder of the post the document has named."""
        if self.block.lower(titled.first - 1) != "the" or self.block.is_modifying(titled.last):
            return None
        held = {
            party.id: party
            for party in self.memory.named
            if party.id and party.kind is ActorKind.PERSON and self._held(party.id, titled.title.posts)
        }
        if len(held) != 1 or self.on is None:
            return None
        (party,) = held.values()
        return self.block.party(
            titled.first,
            titled.last,
            party.id,
            ActorKind.PERSON,
            titled.title.rank,
            state=party.state,
            sector=titled.title.sector,
        )

    def _office(self, titled: _Titled) -> Found:
        """The party an office names: its holder on the day, else the office itself."""
        holder = None
        if self.on and not titled.former and titled.place:
            holder = self.book.holder(titled.place, titled.title.posts, self.on)
            if holder is None and titled.state and "head-of" not in titled.title.posts:
                holder = self.book.holder(titled.state, titled.title.posts, self.on)
        id_ = f"{titled.place.lower()}-{titled.title.posts[0]}" if titled.place else None
        return self.block.party(
            titled.first,
            titled.last,
            holder.person if holder else None if titled.former else id_,
            ActorKind.PERSON if holder else ActorKind.OFFICE,
            Rank.PERSON if titled.former else titled.title.rank,
            state=titled.state,
            sector=titled.title.sector,
        )

    # -- persons ------------------------------------------------------------------------------------

    def _person(self, match: Match, titled: _Titled | None) -> tuple[list[Found], int]:
        person = self._identify(match, titled)
        last = match.last
        if person is None:
            found = self._stranger(match, titled)
            last = found.last if found else last
        else:
            found = self._known_person(match, person)
        after = self.block.after_possessive(last)
        if found and titled is None and after == last:
            return [found], self._skip_apposition(found)
        return ([found] if found else []), after

    def _known_person(self, match: Match, person: Person) -> Found:
        tenure = self.book.tenure(person.id, self.on)
        rank = tenure.rank if tenure else Rank.PERSON
        sector = (
            "MIL" if rank is Rank.MILITARY else "LEG" if rank is Rank.LEGISLATOR else "GOV" if tenure else ""
        )
        state = self._person_state(person.id)
        return self.block.party(
            match.first, match.last, person.id, ActorKind.PERSON, rank, state=state, sector=sector
        )

    def _identify(self, match: Match, titled: _Titled | None) -> Person | None:
        if names := match.of(NameKind.PERSON):
            return self.book.persons[names[0].id]
        if not match.of(NameKind.SHORT, NameKind.ALONE) or self._is_part_of_name(match, titled):
            return None
        ids = [name.id for name in match.of(NameKind.SHORT, NameKind.ALONE)]
        if titled and (held := self._by_title(ids, titled)):
            return self.book.persons[held]
        if named := self.memory.person(ids):
            return self.book.persons[str(named.id)]
        if names := match.of(NameKind.ALONE):
            return self.book.persons[names[0].id]
        return None

    def _by_title(self, ids: list[str], titled: _Titled) -> str | None:
        """Who of the persons with a last name holds the title on the day (once held it, when "former")."""
        held = [
            person
            for person in ids
            if self._held(person, titled.title.posts)
            or (
                titled.former
                and any(t.post in titled.title.posts for t in self.book.tenures_of.get(person, ()))
            )
        ]
        if titled.state:
            held = [person for person in held if self._person_state(person) == titled.state]
        return held[0] if len(held) == 1 else None

    def _held(self, person: str, posts: tuple[str, ...]) -> bool:
        held = self.book.tenures_of.get(person, ())
        return any(t.post in posts and self.on is not None and t.covers(self.on) for t in held)

    def _is_part_of_name(self, match: Match, titled: _Titled | None) -> bool:
        """Whether a last name stands inside a longer, unknown name ("Melania Trump", "Kim Yong Nam")."""
        block = self.block
        if block.is_title_case:
            return False
        following = block.words[match.last] if match.last < len(block.words) else None
        longer = (
            following and following.is_capital and following.text.isalpha() and match.last not in block.at
        )
        if longer and block.sentence(match.last) == block.sentence(match.first):
            return True
        if titled is not None or match.first == 0:
            return False
        before = block.words[match.first - 1]
        if (
            not before.is_capital
            or not before.text.isalpha()
            or block.lower(match.first - 1) in words_for("honorific")
        ):
            return False
        covered = any(
            held.first < match.first <= held.last for held in block.at.values() if held is not match
        )
        return not covered and not block.opens_sentence(match.first - 1)

    def _stranger(self, match: Match, titled: _Titled | None) -> Found | None:
        block, last = self.block, match.last
        if match.of(NameKind.SHORT, NameKind.ALONE):
            last = block.unknown_name(match.first)
            if last == match.first:
                return None
        rank = titled.title.rank if titled and not titled.former else Rank.PERSON
        return block.party(
            match.first,
            last,
            None,
            ActorKind.PERSON,
            rank,
            state=titled.state if titled else None,
            sector=titled.title.sector if titled else "",
        )

    def _skip_apposition(self, found: Found) -> int:
        """Skip a title set after a person's name: "Kim Jong Un, general secretary of the party,"."""
        block = self.block
        if block.text(found.last) != ",":
            return found.last
        at = found.last + 1
        while block.lower(at) in _DETERMINERS:
            at += 1
        match = block.match(block.skip_modifiers(at))
        if match is None or not match.of(NameKind.TITLE, *STATE_KINDS, NameKind.ORGANISATION):
            return found.last
        if match.of(NameKind.TITLE):
            title = self.book.titles[match.of(NameKind.TITLE)[0].id]
            owner = self._owner(match.last)
            end = owner.last if owner else match.last
            state = owner.party.state if owner else found.party.state
        else:
            inner, end = self.read(match)
            if len(inner) != 1 or inner[0].party.kind not in (ActorKind.OFFICE, ActorKind.PERSON):
                return found.last
            title, state = None, inner[0].party.state
        closes = block.text(end) in (",", ".", ";", ")", "") or title is not None
        return end if closes and found.party.state in (None, state) else found.last
