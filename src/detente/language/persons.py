"""Read the names of persons: full names, last names after a title or a mention, names nobody knows yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from detente.codebooks.actor_words import words_for
from detente.codebooks.actors import Person, Title, load_actors
from detente.language.memory import ActorMemory
from detente.language.names import Match, NameKind
from detente.language.naming import HYPHENS, STATE_KINDS, Found, NamedBlock
from detente.model.actors import ActorKind, Rank

OWNER_WORDS = frozenset(("of", "for", "from", "at", "with"))
DETERMINERS = frozenset(("the", "a", "an"))
_GOVERNMENTS = frozenset(("administration", "government", "regime"))
_HEADS_OF_STATE = ("supreme-leader", "president", "general-secretary")

PhraseRead = Callable[[Match], tuple[list[Found], int]]


@dataclass(frozen=True, slots=True)
class Titled:
    """A title as it stands in the text, with the place (state or body) it belongs to."""

    first: int
    last: int
    title: Title
    place: str | None
    state: str | None
    former: bool


class PersonReader:
    """Reads the persons of one block; `phrase` reads a phrase that stands after a name."""

    def __init__(self, block: NamedBlock, on: date | None, memory: ActorMemory, phrase: PhraseRead) -> None:
        self.block, self.on, self.memory, self.phrase = block, on, memory, phrase
        self.book = load_actors()

    def read(self, match: Match, titled: Titled | None) -> tuple[list[Found], int]:
        """Read the person a name or last name means, with a title before it or an apposition after it."""
        if self.block.lower(match.last) in _GOVERNMENTS and (government := self._government(match)):
            return [government], government.last
        person = self._identify(match, titled)
        last = match.last
        if person is None:
            found = self._stranger(match, titled)
            last = found.last if found else last
        else:
            found = self._known_person(match, person)
        after = self.block.after_possessive(last)
        if found and titled is None and after == last:
            return self._with_apposition(found)
        return ([found] if found else []), after

    def _government(self, match: Match) -> Found | None:
        """A government named by its head: "the Trump administration" stands for the United States."""
        names = match.of(NameKind.PERSON, NameKind.ALONE, NameKind.SHORT)
        heads = [name.id for name in names if self._headed(name.id)]
        states = {self.book.persons[person].nationality for person in heads}
        if len(states) != 1:
            return None
        (state,) = states
        return self.block.party(
            match.first,
            match.last + 1,
            state,
            ActorKind.ORGANISATION,
            Rank.GOVERNMENT,
            state=state,
            sector="GOV",
        )

    def _headed(self, person: str) -> bool:
        """Whether a person ever headed a government or state."""
        return any(tenure.rank is Rank.LEADER for tenure in self.book.tenures_of.get(person, ()))

    def _with_apposition(self, found: Found) -> tuple[list[Found], int]:
        after, state, rank = self._apposition(found)
        if found.party.state is None and found.party.id is None and state:
            held = replace(found.party, state=state, rank=rank or found.party.rank)
            found = Found(found.first, found.last, held)
        return [found], after

    def _known_person(self, match: Match, person: Person) -> Found:
        tenure = self.book.tenure(person.id, self.on)
        rank = tenure.rank if tenure else Rank.PERSON
        sector = (
            "MIL" if rank is Rank.MILITARY else "LEG" if rank is Rank.LEGISLATOR else "GOV" if tenure else ""
        )
        state = self.state_of(person.id)
        return self.block.party(
            match.first, match.last, person.id, ActorKind.PERSON, rank, state=state, sector=sector
        )

    def _identify(self, match: Match, titled: Titled | None) -> Person | None:
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
        leader = self._leader(ids) if titled is None else None
        return self.book.persons[leader] if leader else None

    def _leader(self, ids: list[str]) -> str | None:
        """The one leader on the day with a last name, where the text names that state or other leaders."""
        if self.on is None:
            return None
        leaders = [person for person in ids if self.held(person, _HEADS_OF_STATE)]
        if len(leaders) != 1:
            return None
        state = self.state_of(leaders[0])
        peers = any(seen.party.rank is Rank.LEADER for seen in self.memory.recent(2))
        return leaders[0] if peers or self.memory.has_state(str(state)) else None

    def _by_title(self, ids: list[str], titled: Titled) -> str | None:
        """Who of the persons with a last name holds the title on the day (once held it, when "former")."""
        held = [
            person
            for person in ids
            if self.held(person, titled.title.posts)
            or (
                titled.former
                and any(t.post in titled.title.posts for t in self.book.tenures_of.get(person, ()))
            )
        ]
        if titled.state:
            held = [person for person in held if self.state_of(person) == titled.state]
        return held[0] if len(held) == 1 else None

    def held(self, person: str, posts: tuple[str, ...]) -> bool:
        """Whether a person holds one of the posts on the day."""
        held = self.book.tenures_of.get(person, ())
        return any(t.post in posts and self.on is not None and t.covers(self.on) for t in held)

    def _is_part_of_name(self, match: Match, titled: Titled | None) -> bool:
        """Whether a last name stands inside a longer, unknown name ("Melania Trump", "Kim Yong Nam")."""
        block = self.block
        if block.is_title_case:
            return False
        if self._family_name_first(match) and block.unknown_name(match.first) > match.last:
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

    def _family_name_first(self, match: Match) -> bool:
        """Whether a last name opens full names in its bearers' languages ("Kim Yong Nam")."""
        bearers = (self.book.persons[name.id] for name in match.of(NameKind.SHORT))
        return any(person.name.split()[0] in person.short for person in bearers)

    def _stranger(self, match: Match, titled: Titled | None) -> Found | None:
        block, last = self.block, match.last
        if match.of(NameKind.SHORT, NameKind.ALONE):
            known_order = self._family_name_first(match) and not block.is_title_case
            last = block.unknown_name(match.first) if known_order else match.last
            if last <= match.last:
                return None
        if last == match.first + 1 and titled is None:
            return self._named_before(match)
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

    def _named_before(self, match: Match) -> Found | None:
        """The unknown person whose last name stands alone; None when nobody of that name was named."""
        known = self.memory.stranger(self.block.text(match.first))
        if known is None:
            return None
        return self.block.party(
            match.first,
            match.last,
            None,
            ActorKind.PERSON,
            known.rank or Rank.PERSON,
            state=known.state,
            sector=known.sector or "",
        )

    def _apposition(self, found: Found) -> tuple[int, str | None, Rank | None]:
        """Read a title after a name ("Kim Jong Un, head of the party,"): its end, state and rank."""
        block = self.block
        nothing = (found.last, None, None)
        if block.text(found.last) != ",":
            return nothing
        at = found.last + 1
        while at < found.last + 5 and at not in block.at and block.text(at).islower():
            at += 1
        match = block.match(at)
        if match is None or not match.of(NameKind.TITLE, *STATE_KINDS, NameKind.ORGANISATION):
            return nothing
        if match.of(NameKind.TITLE):
            title = self.book.titles[match.of(NameKind.TITLE)[0].id]
            owner = self.owner(match.last)
            state = owner.party.state if owner else found.party.state
            return (owner.last if owner else match.last), state, title.rank
        inner, end = self.phrase(match)
        if len(inner) != 1 or inner[0].party.kind not in (
            ActorKind.OFFICE,
            ActorKind.PERSON,
            ActorKind.GROUP,
        ):
            return nothing
        held = inner[0].party
        if held.text[-1:] == "s" or found.party.state not in (None, held.state):
            return nothing
        same = held.id is not None and held.id == found.party.id
        closes = same or block.text(end) in (",", ".", ";", ")", "", "and")
        return (end if closes else found.last), held.state, held.rank

    def state_of(self, person: str) -> str | None:
        """The state a person stands for on the day."""
        return self.book.state_of(person, self.on)

    def owner(self, last: int) -> Found | None:
        """The party a title belongs to: "of South Korea", "of Russia's foreign intelligence agency"."""
        if self.block.lower(last) not in OWNER_WORDS:
            return None
        at = last + 1
        while self.block.lower(at) in DETERMINERS:
            at += 1
        match = self.block.match(at)
        if match is None or not match.of(NameKind.STATE, NameKind.ADJECTIVE, NameKind.ORGANISATION):
            return None
        attribute = at > last + 1 and match.last - match.first == 1 and self.block.text(match.first).istitle()
        if attribute and match.of(NameKind.STATE) and self.block.text(match.last)[:1].isupper():
            return None
        found, _ = self.phrase(match)
        return found[0] if found and self.block.text(found[0].last) not in HYPHENS else None
