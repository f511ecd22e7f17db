"""Read titles: whose they are, who holds them on the day, and the name that follows."""

from __future__ import annotations

from datetime import date

from detente.codebooks.actor_words import words_for
from detente.codebooks.actors import Title, load_actors
from detente.language.memory import ActorMemory
from detente.language.names import Match, NameKind
from detente.language.naming import HYPHENS, PERSON_KINDS, Found, NamedBlock
from detente.language.persons import DETERMINERS, PersonReader, Titled
from detente.model.actors import ActorKind, Rank

_POST_ABROAD = frozenset(("ambassador", "envoy", "special-envoy", "consul", "un-ambassador", "nuclear-envoy"))


class TitleReader:
    """Reads the titles of one block."""

    def __init__(
        self, block: NamedBlock, on: date | None, memory: ActorMemory, persons: PersonReader
    ) -> None:
        self.block, self.on, self.memory = block, on, memory
        self.persons = persons
        self.book = load_actors()

    def read(self, first: int, match: Match, place: str | None, state: str | None) -> tuple[list[Found], int]:
        """Read a title of a place (a state's or body's id, None where none stands before it).

        Gives the person where a name follows, else the holder on the day or the office itself.
        """
        title = self.book.titles[match.of(NameKind.TITLE)[0].id]
        start, last = first, match.last
        if place is None and (owner := self.persons.owner(last)):
            place, state, last = owner.party.id, owner.party.state, owner.last
        last = self._skip_field(self._skip_posting(title, last))
        titled = Titled(start, last, title, place, state, self.block.is_former(first, match.first))
        person = self._person_after(titled)
        if person:
            return self.persons.read(person, titled)
        if place is None and state is None:
            named = self._definite(titled)
            return ([named] if named else []), match.last
        if self.block.after_possessive(last) > last > match.last:
            return [], last
        if self.block.is_verb(match.last - 1) or (last == match.last and self.block.is_modifying(match.last)):
            return [], match.last
        return [self._office(titled)], self.block.after_possessive(last)

    def _skip_posting(self, title: Title, last: int) -> int:
        """Skip where an envoy is posted: "ambassador to North Korea"."""
        if not _POST_ABROAD.intersection(title.posts) or self.block.lower(last) not in ("to", "in", "for"):
            return last
        at = last + 1
        while self.block.lower(at) in DETERMINERS:
            at += 1
        match = self.block.match(at)
        if match and match.of(NameKind.STATE, NameKind.CAPITAL, NameKind.ORGANISATION):
            return match.last
        return last

    def _skip_field(self, last: int) -> int:
        """Skip what a post is about when a name follows: "Minister of Science and Technology Ana Sol"."""
        block = self.block
        if block.lower(last) not in ("of", "for") and block.after_possessive(last) == last:
            return last
        for at in range(last + 1, min(last + 9, len(block.words))):
            match = block.match(at)
            if match and match.of(NameKind.PERSON, NameKind.STRANGER):
                return at
            if match and match.of(NameKind.SHORT) and block.unknown_name(at) > match.last:
                return at
            if not block.words[at].is_capital and block.lower(at) not in ("and", "the", "for", "of", ","):
                break
        return last

    def _person_after(self, titled: Titled) -> Match | None:
        block, at = self.block, titled.last
        comma = block.text(at) == ","
        at = self._skip_honorifics(at + 1 if comma else at)
        match = block.match(at)
        if match and match.of(*((NameKind.PERSON, NameKind.STRANGER) if comma else PERSON_KINDS)):
            known = match.of(NameKind.PERSON)
            other = known and titled.state not in (None, self.persons.state_of(known[0].id))
            return None if comma and other else match
        if match is None and not comma and not block.is_title_case:
            last = block.unknown_name(at)
            if last > at:
                return Match(at, last, ())
            if titled.state and titled.last == at and self._is_single_name(at):
                return Match(at, at + 1, ())
        return None

    def _is_single_name(self, at: int) -> bool:
        """Whether one capitalised word after a title is its holder's name: "Saudi King Salman"."""
        block = self.block
        if at >= len(block.words) or not block.text(at).istitle() or not block.text(at).isalpha():
            return False
        near = block.token(at - 1).text == block.text(at - 1) and block.text(at + 1) not in HYPHENS
        thing = block.text(at) in words_for("thing") | words_for("state_body")
        return (
            near
            and not thing
            and block.token(at).pos_ == "PROPN"
            and block.sentence(at) == block.sentence(at - 1)
        )

    def _skip_honorifics(self, at: int) -> int:
        while self.block.lower(at) in words_for("honorific") or self.block.text(at) == ".":
            at += 1
        return at

    def _definite(self, titled: Titled) -> Found | None:
        """So "the president": the one holder of the post the document has named."""
        if self.block.lower(titled.first - 1) != "the" or self.block.is_modifying(titled.last):
            return None
        held = {
            party.id: party
            for party in self.memory.named
            if party.id and party.kind is ActorKind.PERSON and self.persons.held(party.id, titled.title.posts)
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

    def _office(self, titled: Titled) -> Found:
        """The party an office names: its holder on the day, else the office itself."""
        holder = None
        if self.on and not titled.former and titled.place and not titled.title.many:
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
