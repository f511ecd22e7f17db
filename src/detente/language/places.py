"""Find the places a block names: countries, and cities with where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from detente.codebooks.actor_words import words_for
from detente.codebooks.actors import load_actors
from detente.language.actors import ActorMemory, mark_actors
from detente.language.date_patterns import CALENDAR_NAMES
from detente.language.gazetteer import City, city_in, city_named
from detente.language.grounds import Ground, grounds_of
from detente.language.naming import POSSESSIVES
from detente.language.source import text_of
from detente.model.actors import Party
from detente.model.records import Place

States = dict[int, str | None]
"""The states named in a block by where their names start in it."""
_GOES_ON = frozenset({"NOUN", "PROPN", "NUM"})
_LOCATIVE = frozenset({"in", "near", "at", "outside"})


def find_places(doc: Doc, shift: int, actors: tuple[Party, ...] = ()) -> tuple[Place, ...]:
    """Find the places of one block in text order, offsets in the rendition.

    A place is a city, site or region of the codebook, or a state or capital named as where something is
    ("in Ukraine", "visited Pyongyang"). A capital that stands for its government is an actor, no place;
    `country` is None for seas and for lines between states. Besides, a name after "in", "near", "at" or
    "outside" that is no actor's is the city of the gazetteer that `city_named` finds for it.
    """
    grounds = grounds_of(doc)
    if grounds is None:
        actors = mark_actors(doc, shift, on=None, memory=ActorMemory())
        grounds = grounds_of(doc) or []
    text = text_of(doc)
    states = {start: country for start, end, country in grounds if text[start:end] in _states()}
    states |= {p.start - shift: p.state for p in actors if p.start is not None and p.id == p.state}
    known = [_known(text, ground, states, shift) for ground in sorted(set(grounds))]
    named = [(p.start, p.end) for p in known] + [(p.start, p.end) for p in actors]
    taken = [(start, end) for start, end in named if start is not None and end is not None]
    beside = {p.country for p in known if p.country} | {p.state for p in actors if p.state}
    strange = (
        _at(city, *span, text, shift)
        for span, city in _strange_cities(doc, states, beside)
        if all(span[1] + shift <= start or end <= span[0] + shift for start, end in taken)
    )
    return tuple(sorted((*known, *strange), key=lambda place: place.start or 0))


def _known(text: str, ground: Ground, states: States, shift: int) -> Place:
    start, end, country = ground
    name = text[start:end]
    city = city_in(name, _said_country(text, end, states))
    if city is None and name not in _states():
        city = city_in(name, country)
    if city is not None:
        return _at(city, start, end, text, shift)
    return Place(name, country, start + shift, end + shift)


def _said_country(text: str, end: int, states: States) -> str | None:
    """The country that a comma puts after a city: "Tripoli, Lebanon"."""
    return states.get(end + 2) if text.startswith(", ", end) else None


def _at(city: City, start: int, end: int, text: str, shift: int) -> Place:
    where = city.latitude, city.longitude
    return Place(text[start:end], city.country, start + shift, end + shift, *where)


def _strange_cities(doc: Doc, states: States, beside: set[str]) -> Iterator[tuple[tuple[int, int], City]]:
    """Cities that the codebook does not know, each with its stretch in the block."""
    for token in doc:
        if token.dep_ != "pobj" or token.pos_ != "PROPN" or not _is_where(token.head):
            continue
        first = _first_word(token)
        if not _may_be_city(token, first):
            continue
        said = _said_country(text_of(doc), token.idx + len(token.text), states)
        city = city_named(doc[first.i : token.i + 1].text, {said} if said else beside)
        if city is not None:
            yield (first.idx, token.idx + len(token.text)), city


def _is_where(preposition: Token) -> bool:
    """Whether a preposition says where: "in Homs", "the city of Homs"."""
    kind = preposition.lower_ == "of" and preposition.head.lower_ in ("city", "town", "port")
    return kind or preposition.lower_ in _LOCATIVE


def _first_word(name: Token) -> Token:
    """The first word of a name: "San" of "San Pedro Sula"."""
    first = name
    while first.i and first.nbor(-1).dep_ == "compound" and first.nbor(-1).pos_ == "PROPN":
        first = first.nbor(-1)
    return first


def _may_be_city(name: Token, first: Token) -> bool:
    """Whether a name stands bare, as a city's does: no article, no owner's mark, no noun or name after it."""
    if (
        first.i == 0
        or first.nbor(-1) != name.head
        or any(c.dep_ in ("case", "poss", "det") for c in name.children)
    ):
        return False
    if name.i + 1 < len(name.doc) and (name.nbor(1).pos_ in _GOES_ON or name.nbor(1).text in POSSESSIVES):
        return False
    if name.text in CALENDAR_NAMES or name.text in _surnames():
        return False
    return name.lower_ not in words_for("thing") and name.lower_ not in words_for("state_body")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(person.names[0].split()[-1] for person in load_actors().persons.values())


@cache
def _states() -> frozenset[str]:
    return frozenset(name for state in load_actors().states for name in state.names)
