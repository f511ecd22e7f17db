"""Who holds which post, and which body has which mandate, on a day: by the codebook and by the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from detente.codebooks.actors import load_actors
from detente.codebooks.plain_words import name_of
from detente.ledger import View
from detente.model.institutions import Mandate, Tenure
from detente.model.records import Kind

CODEBOOK = "codebook"

_OVER = ("former", "resigned", "removed")


@dataclass(frozen=True, slots=True)
class Holding:
    """What one source says of a person and a post: since when, until when as fixed, until when in fact.

    `source` is `CODEBOOK` or the page's document; `key` the record's, "" for the codebook. `said_on` is the
    day the page counts from, None for the codebook. `holds` is whether, by this source, the person holds
    the post on the day asked; None when it does not say.
    """

    person: str
    post: str
    polity: str
    begins: date | None
    scheduled_end: date | None
    actual_end: date | None
    source: str
    key: str
    said_on: date | None
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Office:
    """A post on a day with all that sources say of its holders, the codebook first.

    `clashes` says in words where the sources do not agree; nothing is resolved.
    """

    post: str
    polity: str
    on: date
    holdings: tuple[Holding, ...]
    clashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A body's mandate on a day: its newest state by then, its end, and who came after it.

    `successor` is a body that a record says takes its place or its work, "" for none; `gap` the days
    between the end and the successor's beginning, None when either is unknown.
    """

    body: str
    state: str
    end: date | None
    keys: tuple[str, ...]
    successor: str = ""
    gap: int | None = None


def offices(
    view: View, on: date, *, post: str | None = None, person: str | None = None, polity: str | None = None
) -> tuple[Office, ...]:
    """Give the offices held on a day, by post, person (an actor's id) or polity; None leaves a side open.

    Only what the view holds and the codebook says is given; a post nobody speaks of is not there.
    """
    found = [*_from_codebook(on, person, polity), *_from_ledger(view, on, person, polity)]
    wanted = [one for one in found if post is None or one.post == post]
    keys = sorted({(one.polity, one.post) for one in wanted})
    made = (
        _office(polity, name, on, [h for h in wanted if (h.polity, h.post) == (polity, name)])
        for polity, name in keys
    )
    return tuple(office for office in made if office.holdings)


def bodies(view: View, on: date, *, about: str | None = None) -> tuple[Body, ...]:
    """Give the bodies whose mandates the view knows of, as they stood on a day."""
    told: dict[str, list[tuple[Mandate, date]]] = {}
    for record, day in view.dated_records(kind=Kind.MANDATE, about=about, copies=False):
        if isinstance(record, Mandate) and day <= on:
            told.setdefault(record.body.label, []).append((record, day))
    made = {name: _body(name, records, on) for name, records in told.items()}
    return tuple(_succeeded(body, told, made) for _, body in sorted(made.items()))


def _from_codebook(on: date, person: str | None, polity: str | None) -> Iterator[Holding]:
    for tenure in load_actors().tenures:
        if person not in (None, tenure.person) or polity not in (None, tenure.state):
            continue
        if tenure.covers(on) or person is not None:
            yield Holding(
                tenure.person,
                tenure.post,
                tenure.state or tenure.organisation or "",
                tenure.start,
                tenure.scheduled_end,
                tenure.end,
                CODEBOOK,
                "",
                None,
                tenure.covers(on),
            )


def _from_ledger(view: View, on: date, person: str | None, polity: str | None) -> Iterator[Holding]:
    about = person or polity
    for record, day in view.dated_records(kind=Kind.TENURE, about=about, copies=False):
        if isinstance(record, Tenure) and day <= on:
            home = record.polity or record.person.state or ""
            if polity in (None, home) and person in (None, record.person.label):
                yield _holding(record, home, day, on)


def _holding(record: Tenure, home: str, day: date, on: date) -> Holding:
    begins = record.begins.lo if record.begins else None
    scheduled = record.scheduled_end.hi if record.scheduled_end else None
    ended = record.actual_end.hi if record.actual_end else None
    return Holding(
        record.person.label,
        record.post,
        home,
        begins,
        scheduled,
        ended,
        record.document,
        record.key,
        day,
        _holds(record, begins, scheduled, ended, on),
    )


def _holds(
    record: Tenure, begins: date | None, scheduled: date | None, ended: date | None, on: date
) -> bool | None:
    if (ended and ended < on) or (scheduled and scheduled < on) or (begins and begins > on):
        return False
    if record.state in _OVER:
        return None if ended and ended >= on else False
    return True


def _office(polity: str, post: str, on: date, holdings: Iterable[Holding]) -> Office:
    held = sorted(holdings, key=lambda one: (one.source != CODEBOOK, one.said_on or date.min, one.key))
    return Office(post, polity, on, tuple(held), tuple(_clashes(held)))


def _clashes(holdings: Iterable[Holding]) -> Iterator[str]:
    """Two persons who hold one post, and a person whom one source has in and another has out."""
    held = list(holdings)
    book = {one.person for one in held if one.source == CODEBOOK and one.holds}
    newest = {one.person: one for one in held if one.source != CODEBOOK and one.holds is not None}
    for person, one in sorted(newest.items()):
        name = name_of(person) or person
        if book and one.holds and person not in book:
            others = ", ".join(name_of(other) or other for other in sorted(book))
            yield f"a page of {one.said_on} has {name} in office, the codebook {others}"
        earlier = next(
            (h for h in held if h.person == person and h.said_on and h.holds is not one.holds), None
        )
        if earlier and earlier.holds is not None:
            stood = "in" if earlier.holds else "out of"
            yield f"a page of {earlier.said_on} has {name} {stood} office, one of {one.said_on} does not"
        if one.holds is False and person in book:
            yield f"a page of {one.said_on} has {name} out of office, the codebook in"


def _body(name: str, records: list[tuple[Mandate, date]], on: date) -> Body:
    newest = max(records, key=lambda one: (one[1], one[0].key))[0]
    ends = [
        when.hi for mandate, _ in records if (when := mandate.actual_end or mandate.scheduled_end) and when.hi
    ]
    end = ends[-1] if ends else None
    state = "ended" if end and end < on else newest.state or "in_force"
    return Body(name, state, end, tuple(mandate.key for mandate, _ in records))


def _succeeded(body: Body, told: dict[str, list[tuple[Mandate, date]]], made: dict[str, Body]) -> Body:
    """Look for a body that a record creates in a passage that names this one."""
    name = (name_of(body.body) or body.body).casefold()
    for other, records in told.items():
        for mandate, day in records:
            said = " ".join(part.quote for part in mandate.evidence).casefold()
            if other != body.body and mandate.state == "created" and name in said:
                begins = (mandate.effective.lo if mandate.effective else None) or day
                gap = (begins - body.end).days if body.end else None
                return Body(body.body, body.state, body.end, body.keys, other, gap)
    return body
