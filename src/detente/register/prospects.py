"""List and find what the register follows up: drafts read from pages, and what people keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from heapq import merge
from itertools import groupby

from detente.errors import UsageError
from detente.ledger import View
from detente.ledger.browsing import Place, cursor, to_place
from detente.model.actors import Dyad
from detente.model.entries import Entry
from detente.model.identity import normalise_quote
from detente.model.statements import Statement
from detente.register.drafting import SORTS, draft, prospect_id
from detente.register.folding import fold
from detente.register.keeping import SUBJECT, UNDATED, Kept, kept, place_of
from detente.register.prospect import PENDING, Prospect, State
from detente.register.settling import settled

_STEP = 50


@dataclass(frozen=True, slots=True)
class Prospects:
    """Some prospects in order of the day they fall due; `next` is the cursor for the following ones."""

    found: tuple[Prospect, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What prospects are wanted; None leaves a side open.

    `about` is a pair of states ("PRK-RUS") or an actor; `holder` whose word it is; `drafts` is False for
    only what people accepted or typed in.
    """

    sorts: tuple[str, ...] = SORTS
    about: str | None = None
    holder: str | None = None
    states: frozenset[State] | None = None
    drafts: bool = True


class Register:
    """The prospects of one view, as of `today`: later outcomes are not known yet, past last days are due."""

    def __init__(self, view: View, today: date) -> None:
        """Look at `view`; `today` is its `published_until`, or the day it is now."""
        self.view = view
        self.today = today

    def browse(self, asked: Asked | None = None, *, after: str | None = None, limit: int = 50) -> Prospects:
        """Give at most `limit` prospects from behind the cursor `after`, those that fall due first."""
        found: list[tuple[Place, Prospect]] = []
        for place, prospect in self._walk(asked or Asked(), to_place(after)):
            if len(found) == limit:
                return Prospects(tuple(one for _, one in found), cursor(found[-1][0]))
            found.append((place, prospect))
        return Prospects(tuple(one for _, one in found))

    def find(self, name: str) -> Prospect:
        """Give one prospect by its id, the key of its record, or words that only its question has.

        Raises UsageError when there is none, or several have the words.
        """
        if " " in name.strip():
            return self._by_words(" ".join(name.casefold().split()))
        name = prospect_id(name) if name.startswith("k") else name
        for one in self.kept:
            if name == one.id or (name[0] == "f" and "k" + name[1:] in one.base["origin"]["keys"]):
                return settled(self.view, one.prospect)
        record = self.view.record("k" + name[1:]) if name.startswith("f") else None
        if not isinstance(record, Statement) or record.statement_kind.value not in SORTS:
            raise UsageError(f"there is no forecast or promise '{name}' in this view")
        drafted = draft(record, self.view.document(record.document))
        return fold(drafted, self._entries[SUBJECT + name], self.today)

    def _by_words(self, words: str) -> Prospect:
        found, after = [], None
        while True:
            part = self.browse(after=after, limit=500)
            found += [one for one in part.found if words in one.contract.question.casefold()]
            after = part.next
            if after is None:
                break
        if len(found) != 1:
            names = ", ".join(one.id for one in found[:5]) or "none"
            raise UsageError(f"'{words}' stands in the question of {names}: name one by its id")
        return found[0]

    @cached_property
    def kept(self) -> list[Kept]:
        """What people typed in, accepted or settled, those that fall due first."""
        return kept(self._entries, self.today)

    @cached_property
    def _entries(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.view.entries(SUBJECT):
            found[entry.subject].append(entry)
        return found

    @cached_property
    def _kept_keys(self) -> frozenset[str]:
        """The records that what is kept was first read from, by the keys they have in this view."""
        keys = {"k" + one.id[1:] for one in self.kept if one.id.startswith("f")}
        return frozenset(keys | {key for key in self.view.current(keys).values() if key})

    def _walk(self, asked: Asked, after: Place | None) -> Iterator[tuple[Place, Prospect]]:
        kept = (one for one in self.kept if (after is None or one.place > after) and _may_take(asked, one))
        mine = ((one.place, settled(self.view, one.prospect)) for one in kept)
        walks: list[Iterator[tuple[Place, Prospect]]] = [mine]
        # What is settled is kept: a draft is open or due.
        if asked.drafts and (asked.states is None or asked.states & PENDING):
            walks.append(self._drafts(asked, after))
        for place, prospect in merge(*walks, key=lambda one: one[0]):
            if _takes(asked, prospect):
                yield place, prospect

    def _drafts(self, asked: Asked, after: Place | None) -> Iterator[tuple[Place, Prospect]]:
        read = self._read(asked, after)
        for _, group in groupby(read, key=lambda one: (place_of(one)[0], one.origin.document)):
            for prospect in _told_once(group):
                if not self._kept_keys.intersection(prospect.origin.keys):
                    entries = self._entries.get(SUBJECT + prospect.id, ())
                    yield place_of(prospect), fold(prospect, entries, self.today)

    def _read(self, asked: Asked, after: Place | None) -> Iterator[Prospect]:
        """Draft from the records: first those with a last day, in its order, then the others by page."""
        if after is None or not after[0].startswith(UNDATED):
            yield from self._read_by("due", asked, after)
            after = None
        else:
            after = (after[0].partition("+")[2], *after[1:])
        yield from self._read_by("day", asked, after)

    def _read_by(self, order: str, asked: Asked, after: Place | None) -> Iterator[Prospect]:
        place = cursor(after) if after else None
        while True:
            part = self.view.browse(
                kind="statement",
                sort=asked.sorts,
                about=asked.about,
                order=order,
                after=place,
                limit=_STEP,
                all_statements=True,
                copies=False,
            )
            homes = self.view.homes(record.document for record in part.records)
            for record in part.records:
                if isinstance(record, Statement):
                    prospect = draft(record, homes[record.document])
                    if _is_dated(prospect) if order == "due" else record.salient and not _is_dated(prospect):
                        yield prospect
            if part.next is None:
                return
            place = part.next


def _is_dated(prospect: Prospect) -> bool:
    due = prospect.contract.due
    return due is not None and due.hi is not None


def _told_once(prospects: Iterable[Prospect]) -> list[Prospect]:
    """Join what one holder says twice on a page."""
    found: dict[tuple[str, str], Prospect] = {}
    for prospect in prospects:
        said = (prospect.holder, normalise_quote(prospect.contract.question))
        if first := found.get(said):
            keys = (*first.origin.keys, *prospect.origin.keys)
            quotes = (*first.origin.quotes, *prospect.origin.quotes)
            prospect = replace(first, origin=replace(first.origin, keys=keys, quotes=quotes))
        found[said] = prospect
    return list(found.values())


def _may_take(asked: Asked, one: Kept) -> bool:
    """Whether a kept prospect can be wanted, as far as can be told without reading it back."""
    if asked.about is not None and not _names(asked.about) <= one.names:
        return False
    if asked.states is None or asked.states & PENDING or one.is_settled:
        return True
    return bool(one.base["contract"].get("settled_by"))


def _takes(asked: Asked, prospect: Prospect) -> bool:
    return (
        prospect.sort in asked.sorts
        and (asked.states is None or prospect.state in asked.states)
        and (asked.holder is None or prospect.holder.casefold() == asked.holder.casefold())
        and (asked.about is None or concerns(prospect, asked.about))
    )


def concerns(prospect: Prospect, about: str) -> bool:
    """Whether a prospect is about an actor by id or state, or about both states of a pair."""
    return _names(about) <= {name for party in prospect.parties for name in (party.label, party.state)}


def _names(about: str) -> set[str]:
    try:
        pair = Dyad.parse(about)
    except ValueError:
        return {about}
    return {pair.first, pair.second}
