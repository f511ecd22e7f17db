"""The actors of the news: states, persons with their tenures, organisations, offices and roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import TypeVar

from detente.codebooks.tables import Row, read_table
from detente.model.actors import ActorKind, Rank


@dataclass(frozen=True, slots=True)
class State:
    """A state: `names` and `adjectives` as the news writes them, `people` its plural demonyms.

    `guarded` when its name is also a first name, a bird or a place elsewhere, so that a match needs the
    sentence's own evidence; words of `elsewhere` in a text say that the other place is meant.
    """

    id: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    guarded: bool
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A person: `short` names identify after the full name or a title, `alone` names by themselves."""

    id: str
    name: str
    names: tuple[str, ...]
    short: tuple[str, ...]
    alone: tuple[str, ...]
    nationality: str
    sex: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who held a post from `start` to `end`, None being open; `scheduled_end` is when the term is to end."""

    person: str
    post: str
    state: str | None
    organisation: str | None
    start: date | None
    end: date | None
    scheduled_end: date | None
    rank: Rank

    def covers(self, on: date) -> bool:
        """Whether the post was held on that day."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation, office or group; `state` is None for bodies of several states, `body` as in `Role`."""

    id: str
    name: str
    names: tuple[str, ...]
    state: str | None
    sector: str
    rank: Rank
    kind: ActorKind
    body: str


@dataclass(frozen=True, slots=True)
class Title:
    """A title and the posts it can name, the likeliest first; `many` when several persons hold it at once."""

    title: str
    posts: tuple[str, ...]
    rank: Rank
    sector: str
    many: bool


@dataclass(frozen=True, slots=True)
class Role:
    """A noun that names a party when a state stands before it ("soldiers").

    `body` says which body of its state it is ("military"), "=" for the state itself, "" for no body.
    """

    noun: str
    sector: str
    rank: Rank
    kind: ActorKind
    body: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A state's membership of a body from `start` to `end`; None is an open side."""

    organisation: str
    state: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Site:
    """A city, site, region or sea; `country` is None between states."""

    name: str
    country: str | None


Entry = TypeVar("Entry", Person, Organisation)


@dataclass(frozen=True)
class ActorBook:
    """Every actor the codebook holds, with the look-ups the language room needs."""

    states: tuple[State, ...]
    persons: dict[str, Person]
    tenures: tuple[Tenure, ...]
    organisations: dict[str, Organisation]
    titles: dict[str, Title]
    roles: dict[str, Role]
    places: tuple[Site, ...]
    memberships: tuple[Membership, ...]

    @cached_property
    def tenures_of(self) -> dict[str, tuple[Tenure, ...]]:
        """Each person's tenures, newest first."""
        found: dict[str, list[Tenure]] = {}
        for tenure in self.tenures:
            found.setdefault(tenure.person, []).append(tenure)
        return {
            person: tuple(sorted(held, key=lambda t: t.start or date.min, reverse=True))
            for person, held in found.items()
        }

    @cached_property
    def holders(self) -> dict[tuple[str, str], tuple[Tenure, ...]]:
        """The tenures of each post of each state or organisation."""
        found: dict[tuple[str, str], list[Tenure]] = {}
        for tenure in self.tenures:
            for place in {tenure.state, tenure.organisation} - {None}:
                found.setdefault((str(place), tenure.post), []).append(tenure)
        return {key: tuple(held) for key, held in found.items()}

    @cached_property
    def bodies(self) -> dict[tuple[str, str], Organisation]:
        """The bodies of states that have a name of their own."""
        return {
            (body.state, body.body): body for body in self.organisations.values() if body.state and body.body
        }

    def body_id(self, state: str, body: str) -> str | None:
        """The id of a state's body: the state's for "=", an entry's where it has one, else "prk-military"."""
        if not body:
            return None
        if body == "=":
            return state
        named = self.bodies.get((state, body))
        return named.id if named else f"{state.lower()}-{body}"

    def holder(self, place: str, posts: Sequence[str], on: date) -> Tenure | None:
        """Who held the first of `posts` that is on record for a state or organisation on a day.

        On the day of a change it is the newcomer; None when nobody or several persons are on record.
        """
        for post in posts:
            held = [tenure for tenure in self.holders.get((place, post), ()) if tenure.covers(on)]
            if len(held) > 1:
                held = [tenure for tenure in held if tenure.end != on]
            if held:
                return held[0] if len({tenure.person for tenure in held}) == 1 else None
        return None

    def members(self, organisation: str, on: date) -> frozenset[str]:
        """The states that belong to a body on a day; empty for a body whose members are not on record."""
        return frozenset(
            held.state
            for held in self.memberships
            if held.organisation == organisation
            and (held.start is None or held.start <= on)
            and (held.end is None or on <= held.end)
        )

    def tenure(self, person: str, on: date | None) -> Tenure | None:
        """The highest post a person held on a day; without a day, the newest on record."""
        held = [t for t in self.tenures_of.get(person, ()) if on is None or t.covers(on)]
        if on is None:
            return held[0] if held else None
        return min(held, key=lambda t: list(Rank).index(t.rank), default=None)

    def state_of(self, person: str, on: date | None) -> str | None:
        """The state a person stands for on a day: by tenure, else by nationality."""
        tenure = self.tenure(person, on) if on else None
        if tenure:
            return tenure.state
        return self.persons[person].nationality or None


@cache
def load_actors() -> ActorBook:
    """Read the actor tables once; raises CodebookError naming file and line when one is wrong."""
    states = tuple(_state(row) for row in read_table("states.tsv", STATE_COLUMNS))
    known = {state.id for state in states}
    organisations = _unique(
        (_organisation(row, known), row) for row in read_table("organisations.tsv", ORGANISATION_COLUMNS)
    )
    persons = _unique((_person(row, known), row) for row in read_table("persons.tsv", PERSON_COLUMNS))
    tenures = tuple(
        _tenure(row, known, persons, organisations) for row in read_table("tenures.tsv", TENURE_COLUMNS)
    )
    titles = {title.title: title for title in map(_title, read_table("offices.tsv", TITLE_COLUMNS))}
    roles = {role.noun: role for row in read_table("roles.tsv", ROLE_COLUMNS) for role in _roles(row)}
    places = tuple(_site(row, known) for row in read_table("places.tsv", PLACE_COLUMNS))
    members = tuple(
        _membership(row, known, organisations) for row in read_table("members.tsv", MEMBER_COLUMNS)
    )
    return ActorBook(states, persons, tenures, organisations, titles, roles, places, members)


STATE_COLUMNS = ("id", "name", "names", "adjectives", "people", "capitals", "guard", "source")
PERSON_COLUMNS = ("id", "name", "names", "short", "alone", "nationality", "sex", "source")
TENURE_COLUMNS = (
    "person",
    "post",
    "state",
    "organisation",
    "start",
    "end",
    "scheduled_end",
    "rank",
    "source",
)
ORGANISATION_COLUMNS = ("id", "name", "names", "state", "sector", "rank", "kind", "body", "source")
TITLE_COLUMNS = ("title", "post", "rank", "sector", "held_by")
MEMBER_COLUMNS = ("organisation", "state", "start", "end", "source")
PLACE_COLUMNS = ("name", "country", "source")
ROLE_COLUMNS = ("nouns", "sector", "rank", "kind", "body")


def _state(row: Row) -> State:
    if len(row["id"]) != 3 or not row["id"].isupper():
        raise row.error(f"'{row['id']}' is not an alpha-3 code")
    return State(
        row["id"],
        row["name"],
        (row["name"], *row.many("names")),
        row.many("adjectives"),
        row.many("people"),
        row.many("capitals"),
        bool(row["guard"]),
        row.many("guard")[1:],
    )


def _person(row: Row, states: set[str]) -> Person:
    _known(row, "nationality", states)
    names = (row["name"], *row.many("names"))
    return Person(
        row["id"], row["name"], names, row.many("short"), row.many("alone"), row["nationality"], row["sex"]
    )


def _tenure(
    row: Row, states: set[str], persons: dict[str, Person], organisations: dict[str, Organisation]
) -> Tenure:
    _known(row, "state", states)
    _known(row, "person", persons)
    _known(row, "organisation", organisations)
    start, end = _day(row, "start"), _day(row, "end")
    if start and end and start > end:
        raise row.error("the tenure ends before it starts")
    return Tenure(
        row["person"],
        row["post"],
        row["state"] or None,
        row["organisation"] or None,
        start,
        end,
        _day(row, "scheduled_end"),
        _rank(row),
    )


def _organisation(row: Row, states: set[str]) -> Organisation:
    _known(row, "state", states)
    names = (row["name"], *row.many("names"))
    return Organisation(
        row["id"],
        row["name"],
        names,
        row["state"] or None,
        row["sector"],
        _rank(row),
        _kind(row),
        row["body"],
    )


def _title(row: Row) -> Title:
    return Title(row["title"], row.many("post"), _rank(row), row["sector"], row["held_by"] == "many")


def _membership(row: Row, states: set[str], organisations: dict[str, Organisation]) -> Membership:
    _known(row, "state", states)
    _known(row, "organisation", organisations)
    return Membership(row["organisation"], row["state"], _day(row, "start"), _day(row, "end"))


def _site(row: Row, states: set[str]) -> Site:
    _known(row, "country", states)
    return Site(row["name"], row["country"] or None)


def _roles(row: Row) -> list[Role]:
    return [Role(noun, row["sector"], _rank(row), _kind(row), row["body"]) for noun in row.many("nouns")]


def _known(row: Row, column: str, known: Iterable[str]) -> None:
    if row[column] and row[column] not in known:
        raise row.error(f"{column} '{row[column]}' is not in the codebook")


def _day(row: Row, column: str) -> date | None:
    try:
        return date.fromisoformat(row[column]) if row[column] else None
    except ValueError as err:
        raise row.error(f"{column} '{row[column]}' is not a day") from err


def _rank(row: Row) -> Rank:
    try:
        return Rank(row["rank"])
    except ValueError as err:
        raise row.error(f"rank '{row['rank']}' is not known") from err


def _kind(row: Row) -> ActorKind:
    try:
        return ActorKind(row["kind"])
    except ValueError as err:
        raise row.error(f"kind '{row['kind']}' is not known") from err


def _unique(rows: Iterable[tuple[Entry, Row]]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for item, row in rows:
        if item.id in found:
            raise row.error(f"'{item.id}' stands twice")
        found[item.id] = item
    return found
