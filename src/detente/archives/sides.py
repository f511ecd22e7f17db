"""Whom an actor of another data set counts for: a state's id, a body's id, or nobody we know."""

from __future__ import annotations

import re
from functools import cache

from detente.archives.schema import Origin
from detente.codebooks.actors import ActorBook, load_actors
from detente.codebooks.tables import read_table

IN_BRACKETS = re.compile(r"\(([^()]*)\)$")
YEARS = re.compile(r"\s*\(\d{4}-\s*(?:\d{4})?\)")
FORCES = re.compile(r"(?:Military Forces|Police Forces|Government|Civilians) of (.+?)(?: \(\d{4}-|$)")
"""How ICEWS ("Ministry (Japan)") and ACLED ("Military Forces of Japan (1999-) Navy") write a state's part."""


@cache
def side_of(origin: Origin, name: str, country: str, group: str) -> str | None:
    """Give the id an actor counts for, by its country where the source gives one, else group, else name.

    A source that gives a country or group we have no id for is believed: the name is not asked then. GDELT
    has its own reading of names, so that a name without a country stays one there.
    """
    if country:
        told = {_place(part.strip()) for part in country.split(";") if part.strip()}
        return told.pop() if len(told) == 1 else None
    if group:
        return _written()["group"].get(group)
    return None if origin is Origin.GDELT else _named(name)


def _place(text: str) -> str | None:
    if len(text) == 3 and text.isupper():
        return text if text in _states() else _written()["country"].get(text)
    return _states_by_name().get(text.casefold())


def _named(name: str) -> str | None:
    whole = _by_name().get(name.casefold())
    if whole:
        return whole
    forces = FORCES.match(name)
    if forces:
        return _states_by_name().get(forces[1].casefold())
    bracket = IN_BRACKETS.search(YEARS.sub("", name))
    return _bodies().get(bracket[1].strip().casefold()) if bracket else None


@cache
def _states() -> frozenset[str]:
    return frozenset(state.id for state in load_actors().states)


@cache
def _written() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {"country": {}, "group": {}, "name": {}}
    known = _states() | load_actors().organisations.keys()
    for row in read_table("archive_names.tsv", ("kind", "written", "id")):
        if row["kind"] not in found or row["id"] not in known:
            raise row.error(f"'{row['kind']}' is no kind, or '{row['id']}' no actor of the codebook")
        found[row["kind"]][row["written"]] = row["id"]
    return found


@cache
def _states_by_name() -> dict[str, str]:
    """States by their names in small letters."""
    names = {name.casefold(): state.id for state in load_actors().states for name in state.names}
    return names | {name.casefold(): held for name, held in _written()["name"].items() if held in _states()}


@cache
def _bodies() -> dict[str, str]:
    """States and bodies by name; a state's own body counts for its state."""
    bodies = {
        name.casefold(): body.state or body.id
        for body in load_actors().organisations.values()
        for name in body.names
    }
    return bodies | {name.casefold(): held for name, held in _written()["name"].items()} | _states_by_name()


@cache
def _by_name() -> dict[str, str]:
    """States, bodies and persons by name; a person counts for their state, unless namesakes differ."""
    book = load_actors()
    persons: dict[str, set[str]] = {}
    for person in book.persons.values():
        for name in person.names:
            persons.setdefault(name.casefold(), set()).add(_state_of(book, person.id))
    known = {
        name: held for name, states in persons.items() if len(states) == 1 and (held := next(iter(states)))
    }
    return known | _bodies()


def _state_of(book: ActorBook, person: str) -> str:
    states = {tenure.state for tenure in book.tenures_of.get(person, ())} - {None}
    return str(states.pop()) if len(states) == 1 else book.persons[person].nationality
