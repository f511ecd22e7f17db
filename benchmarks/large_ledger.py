"""Make a large ledger of invented records, the same from the same seed, to measure the register on.

    python -m benchmarks.large_ledger PATH --documents 100000

Every page holds ten sentences, five deeds and twenty statements; one statement in four hundred looks ahead.
The rows are those the ledger would write; only how they are put in differs: indexes come last.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table

from detente.ledger import Store, indexing, tables
from detente.ledger.beliefs import filed_rows
from detente.ledger.rows import pack, text_bytes
from detente.ledger.transacting import as_text
from detente.model.actors import ActorKind, Party
from detente.model.bodies import to_body
from detente.model.dates import day
from detente.model.documents import Hints, Metadata
from detente.model.events import EventType, Mention, Status
from detente.model.identity import digest
from detente.model.institutions import Election, Mandate, Tenure
from detente.model.records import Record, Voice
from detente.model.statements import Commitment, Forecast, Likelihood, Statement, StatementKind
from detente.model.text import Block, BlockKind, Evidence

SEED = 20240612
DEEDS, STATEMENTS, SENTENCES = 5, 20, 10
AHEAD = 400
"""One statement in so many is a forecast or a promise."""

FIRST_DAY, DAYS = date(2016, 1, 1), 3650
STATES = [
    "PRK",
    "RUS",
    "CHN",
    "USA",
    "KOR",
    "JPN",
    "UKR",
    "IRN",
    "ISR",
    "IND",
    "PAK",
    "TUR",
    "DEU",
    "FRA",
    "GBR",
]
WORDS = [
    "envoys",
    "met",
    "officials",
    "of",
    "the",
    "two",
    "sides",
    "and",
    "spoke",
    "trade",
    "arms",
    "borders",
    "treaties",
    "drills",
    "visits",
]
_BATCH = 2000


@dataclass(frozen=True)
class Mould:
    """A record made once, whose body, day and place are filled in for each page."""

    record: Record
    body: str
    sort: str
    status: str
    salient: bool
    filed: list[dict[str, Any]]


def main() -> None:
    """Make the ledger the arguments name."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large_ledger", description=main.__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    options = parser.parse_args()
    make(options.path, options.documents)


def make(path: Path, documents: int) -> None:
    """Make a ledger of so many pages at `path`, which must not exist."""
    with Store.open(path) as store, store.engine.connect() as connection:
        for setting in ("journal_mode=OFF", "synchronous=OFF"):
            connection.exec_driver_sql(f"PRAGMA {setting}")
        indexes = [index for table in tables.metadata.sorted_tables for index in table.indexes]
        for index in indexes:
            index.drop(connection)
        for first in range(0, documents, _BATCH):
            _fill(connection, range(first, min(first + _BATCH, documents)))
        for index in indexes:
            index.create(connection)
        connection.commit()
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")


def _fill(connection: Connection, numbers: range) -> None:
    rows: dict[Table, list[dict[str, Any]]] = {table: [] for table in _FILLED}
    tx = numbers.start // _BATCH + 1
    at = as_text(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=tx))
    rows[tables.tx].append({"id": tx, "at": at, "who": "maker", "why": "read", "coder": "none"})
    for number in numbers:
        _page(rows, number, tx)
    for table, filled in rows.items():
        connection.execute(table.insert(), filled)


_FILLED = (
    tables.tx,
    tables.document,
    tables.version,
    tables.rendition,
    tables.reading,
    tables.standing,
    tables.record,
    tables.evidence,
    tables.belief,
    tables.filed,
)


def _page(rows: dict[Table, list[dict[str, Any]]], number: int, tx: int) -> None:
    draw = random.Random(SEED + number)
    document = "d" + digest(str(number))
    version, rendition = "v" + document[1:], "r" + document[1:]
    published = FIRST_DAY + timedelta(days=number * DAYS // 100_000 % DAYS)
    text = ". ".join(" ".join(draw.choices(WORDS, k=12)) for _ in range(SENTENCES)) + "."
    received = as_text(datetime(2026, 1, 1, tzinfo=UTC))
    rows[tables.document].append({"id": document, "address": f"https://a.example/{number}", "tx": tx})
    rows[tables.version].append(
        {
            "id": version,
            "document": document,
            "tx": tx,
            "content": b"",
            "media_type": "text/plain",
            "charset": "",
            "hints": _HINTS,
            "container": "",
            "received": received,
        }
    )
    rows[tables.rendition].append(
        {
            "id": rendition,
            "version": version,
            "tx": tx,
            "reader": "maker",
            "text": text_bytes(text),
            "blocks": pack([to_body(Block(0, len(text), BlockKind.BODY, "en"))]),
            "metadata": pack(to_body(_metadata(number, published))),
        }
    )
    rows[tables.reading].append(
        {
            "id": number + 1,
            "document": document,
            "version": version,
            "rendition": rendition,
            "coder": "none",
            "tx": tx,
        }
    )
    rows[tables.standing].append(
        {
            "id": number + 1,
            "document": document,
            "version": version,
            "reading": number + 1,
            "day": published.isoformat(),
            "publisher": _publisher(number),
            "tx_from": tx,
            "tx_to": None,
        }
    )
    for place, mould in enumerate(_chosen(draw, number)):
        _record(rows, mould, number, place, document, rendition, published, text, tx)


def _metadata(number: int, published: date) -> Metadata:
    return Metadata(title=f"Page {number}", publisher=_publisher(number), published=day(published))


def _publisher(number: int) -> str:
    return f"Paper {number % 200}"


_HINTS = pack(to_body(Hints()))
_PER_PAGE = DEEDS + STATEMENTS + 1


def _chosen(draw: random.Random, number: int) -> Iterator[Mould]:
    yield from draw.choices(_DEEDS, k=DEEDS)
    for place in range(STATEMENTS):
        is_ahead = (number * STATEMENTS + place) % AHEAD == 0
        yield draw.choice(_AHEAD if is_ahead else _SAID)
    if number % 20 == 0:
        yield draw.choice(_FIXED)


def _record(
    rows: dict[Table, list[dict[str, Any]]],
    mould: Mould,
    number: int,
    place: int,
    document: str,
    rendition: str,
    published: date,
    text: str,
    tx: int,
) -> None:
    numeral = number * _PER_PAGE + place + 1
    start = (place * 7) % (len(text) - 40)
    key = "k" + digest(document, str(place))
    later = published + timedelta(days=30 + numeral % 400)
    body = (
        mould.body.replace("@KEY", key)
        .replace("@DOC", document)
        .replace("@REN", rendition)
        .replace("2000-01-01", published.isoformat())
        .replace("2000-02-02", later.isoformat())
        .replace('"@START"', str(start))
        .replace('"@END"', str(start + 40))
        .replace("@QUOTE", text[start : start + 40])
    )
    rows[tables.record].append(
        {
            "id": numeral,
            "key": key,
            "document": document,
            "reading": number + 1,
            "decision": None,
            "kind": mould.record.kind.value,
            "body": body,
        }
    )
    rows[tables.evidence].append(
        {"record": numeral, "place": 0, "rendition": rendition, "start": start, "stop": start + 40}
    )
    rows[tables.belief].append(
        {
            "id": numeral,
            "key": key,
            "document": document,
            "record": numeral,
            "state": "read",
            "kind": mould.record.kind.value,
            "sort": mould.sort,
            "status": mould.status,
            "salient": mould.salient,
            "day": published.isoformat(),
            "start": start,
            "lo": published.isoformat() if indexing.hull(mould.record)[0] else None,
            "hi": later.isoformat() if indexing.hull(mould.record)[1] else None,
            "due": later.isoformat() if indexing.due_of(mould.record) else None,
            "body": None,
            "tx_from": tx,
            "tx_to": None,
        }
    )
    rows[tables.filed] += [{**row, "belief": numeral, "day": published.isoformat()} for row in mould.filed]


def _mould(record: Record) -> Mould:
    record = replace(
        record,
        key="@KEY",
        id="@KEY",
        document="@DOC",
        coder="none",
        attribution=(Voice("publisher", "A paper"),),
    )
    body = pack(to_body(record)).replace('"start":1000001', '"start":"@START"')
    return Mould(
        record,
        body.replace('"end":1000002', '"end":"@END"'),
        indexing.sort_of(record),
        indexing.status_of(record),
        indexing.is_salient(record),
        filed_rows(0, record, ""),
    )


_QUOTE = (Evidence(1000001, 1000002, "@QUOTE", "@REN"),)
_THEN, _LATER = day(date(2000, 1, 1)), day(date(2000, 2, 2))


def _land(code: str) -> Party:
    return Party(code, code.title(), code, kind=ActorKind.STATE)


def _pairs() -> Iterator[tuple[Party, Party]]:
    draw = random.Random(SEED)
    for _ in range(120):
        # A few states are in the news far more often than the others.
        one, other = draw.choices(STATES, weights=range(len(STATES), 0, -1), k=2)
        if one != other:
            yield _land(one), _land(other)


def _deeds() -> list[Mould]:
    draw = random.Random(SEED)
    moulds = []
    for actor, recipient in _pairs():
        for status in (Status.DONE, Status.DONE, Status.ALLEGED, Status.DENIED, Status.PLANNED):
            told = draw.choice(tuple(EventType))
            moulds.append(
                _mould(
                    Mention(
                        evidence=_QUOTE,
                        event_type=told,
                        actor=(actor,),
                        recipient=(recipient,),
                        status=status,
                        event_date=_THEN,
                        deed_date=_LATER if status is Status.PLANNED else _THEN,
                        trigger="met",
                    )
                )
            )
    return moulds


def _said(kinds: tuple[StatementKind, ...]) -> list[Mould]:
    draw = random.Random(SEED + 1)
    moulds = []
    for speaker, about in _pairs():
        for kind in kinds:
            ahead = kind is StatementKind.FORECAST
            promise = kind is StatementKind.COMMITMENT
            moulds.append(
                _mould(
                    Statement(
                        evidence=_QUOTE,
                        content=_QUOTE,
                        statement_kind=kind,
                        speaker=(speaker,),
                        about=(speaker, about),
                        cue="said",
                        salient=draw.random() < 0.8 or ahead or promise,
                        likelihood=Likelihood("likely", 55, 80) if ahead else None,
                        forecast=Forecast("Will the two sides meet for trade?", _LATER) if ahead else None,
                        commitment=Commitment((speaker,), "meet for trade", None, _LATER)
                        if promise
                        else None,
                    )
                )
            )
    return moulds


def _fixed() -> list[Mould]:
    moulds = []
    for one, other in _pairs():
        moulds += [
            _mould(
                Mandate(evidence=_QUOTE, body=one, authority=(other,), state="extended", scheduled_end=_LATER)
            ),
            _mould(
                Tenure(
                    evidence=_QUOTE,
                    person=one,
                    post="president",
                    polity=one.id,
                    state="holds",
                    scheduled_end=_LATER,
                )
            ),
            _mould(
                Election(evidence=_QUOTE, polity=one.id, office="president", state="scheduled", held=_LATER)
            ),
        ]
    return moulds


_DEEDS = _deeds()
_AHEAD = _said((StatementKind.FORECAST, StatementKind.COMMITMENT))
_SAID = _said(tuple(k for k in StatementKind if k not in (StatementKind.FORECAST, StatementKind.COMMITMENT)))
_FIXED = _fixed()

if __name__ == "__main__":
    main()
