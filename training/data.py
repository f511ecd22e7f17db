"""Read the open training set and turn it into examples for the event reader."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TYPES = (
    "NONE AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
    "MOBILIZE COERCE ASSAULT"
).split()
STATUSES = "done ongoing planned threatened conditional alleged presumed denied failed background".split()
Span = tuple[int, int]
_MODES = {
    "CONSULT": "visit phone third-party multilateral",
    "AID": "economic military humanitarian asylum",
    "RETREAT": "withdraw release return disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict ban arrest relations expel violence territory",
    "PROTEST": "demo riot strike hunger boycott obstruct",
    "SANCTION": "convict cancel expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "confiscate restrict ban censor curfew martial-law arrest deport withhold",
    "ASSAULT": "abduct beat torture execute assassinate destroy primitive firearms explosives suicide-attack "
    "heavy-weapons aerial unconventional",
}
MODES = [f"{kind}/{mode}" for kind in TYPES for mode in ("", *_MODES.get(kind, "").split())]
"""Every mode with its type, "" for an act told without one."""


@dataclass(frozen=True)
class Example:
    """A sentence with spans in code points; `types` holds the indices that count as right.

    `trigger` is None for a given pair: what one party does to the other, wherever the words stand.
    """

    text: str
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    trigger: Span | None
    types: tuple[int, ...]
    status: int | None
    mode: int | None = None
    weight: float = 1.0
    others: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Event:
    """One event of a training sentence, its words as spans."""

    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    trigger: Span
    type: str
    mode: str
    status: str


@dataclass(frozen=True)
class Labelled:
    """A training sentence with all its events, the main one first."""

    text: str
    events: tuple[Event, ...]


def read_labelled(path: Path) -> list[Labelled]:
    """Read one file of the training set; the format is told in training/README.md."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            text, events = line.split("\t")
            found.append(Labelled(text, tuple(_events(text, events))))
    return found


def _events(text: str, cell: str) -> Iterator[Event]:
    taken: list[Span] = []
    for part in (cell.split(" ;; ") if cell.strip() != "-" else ()):
        parties, trigger, kind, status = (piece.strip() for piece in part.split(" | "))
        actors, recipients = parties.split(" > ", 1)
        type_, _, mode = kind.partition("/")
        where = find_word(text, trigger, taken)
        taken.append(where)
        yield Event(_spans(text, actors), _spans(text, recipients), where, type_, mode, status)


def _spans(text: str, names: str) -> tuple[Span, ...]:
    found = [find_word(text, name.strip(), []) for name in names.split(" + ") if name.strip() != "-"]
    return tuple(span for span in found if span[1])


def find_word(text: str, words: str, taken: list[Span]) -> Span:
    """Where words stand in a text at word boundaries, outside the spans already taken; (0, 0) nowhere."""
    fallback, at = (0, 0), text.find(words)
    while at >= 0:
        span = (at, at + len(words))
        if span not in taken:
            free = (at == 0 or not text[at - 1].isalnum()) and not text[span[1] : span[1] + 1].isalnum()
            if free:
                return span
            fallback = fallback if fallback[1] else span
        at = text.find(words, at + 1)
    return fallback


def read_pairs(path: Path) -> list[Example]:
    """Read sentences with actor, recipient and a type; YIELD may be CONCEDE or RETREAT."""
    found = []
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            label = row.get("label") or row["event_type"]
            types = ("CONCEDE", "RETREAT") if label == "YIELD" else (label,)
            actor = find_word(row["sentence"], row["actor"], [])
            recipient = find_word(row["sentence"], row["recipient"], [])
            found.append(
                Example(
                    row["sentence"],
                    (actor,) if actor[1] else (),
                    (recipient,) if recipient[1] else (),
                    None,
                    tuple(TYPES.index(one) for one in types),
                    None,
                )
            )
    return found


def pair_examples(sentences: list[Labelled]) -> list[Example]:
    """The main event of each sentence as a given pair."""
    return [
        _example(one.text, e.actors, e.recipients, None, e)
        for one in sentences
        for e in one.events[:1]
        if e.actors and e.recipients
    ]


def act_examples(sentences: list[Labelled], path: Path) -> list[Example]:
    """Every event, and as NONE every other word that the product would ask about (`candidates.py`)."""
    asked = {row["text"]: row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    found = []
    for one in sentences:
        row = asked.get(one.text, {"triggers": [], "parties": []})
        parties = [tuple(span) for span in row["parties"]]
        found += [
            _example(one.text, e.actors, e.recipients, e.trigger, e, _others(parties, e)) for e in one.events if e.trigger[1]
        ]
        told = [e.trigger for e in one.events]
        for at, to in row["triggers"]:
            if not any(start < to and at < end for start, end in told):
                actor = tuple(span for span in parties if span[1] <= at)[-1:]
                other = tuple(span for span in parties if span[0] >= to)[:1]
                found.append(_example(one.text, actor, other, (at, to), None))
    return found


def _others(parties: list[Span], event: Event) -> tuple[Span, ...]:
    """The parties of a sentence that have no part in an event."""
    own = (*event.actors, *event.recipients)
    return tuple(p for p in parties if not any(start < p[1] and p[0] < end for start, end in own))


def _example(
    text: str,
    actors: tuple[Span, ...],
    recipients: tuple[Span, ...],
    trigger: Span | None,
    event: Event | None,
    others: tuple[Span, ...] = (),
) -> Example:
    if event is None:
        return Example(text, actors, recipients, trigger, (0,), None)
    mode = MODES.index(f"{event.type}/{event.mode}") if f"{event.type}/{event.mode}" in MODES else None
    status = STATUSES.index(event.status)
    return Example(
        text, actors, recipients, trigger, (TYPES.index(event.type),), status, mode, others=others
    )


def shuffled(examples: list[Example], seed: int) -> list[Example]:
    """A copy in an order that the seed fixes."""
    mixed = list(examples)
    random.Random(seed).shuffle(mixed)
    return mixed
