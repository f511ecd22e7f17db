"""Prospects and ledgers of a few records, made without a language model."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ledger_factories import reading

from detente.ledger import Store
from detente.model.actors import ActorKind, Party
from detente.model.dates import Dated, month
from detente.model.records import Amount, Record
from detente.register.prospect import Contract, Origin, Prospect, Track

MADE = date(2024, 4, 11)
YOON = Party("yoon-suk-yeol", "Yoon", "KOR", kind=ActorKind.PERSON)
PUTIN = Party("vladimir-putin", "Putin", "RUS", kind=ActorKind.PERSON)
SHOIGU = Party("sergei-shoigu", "Shoigu", "RUS", kind=ActorKind.PERSON)
PANEL = Party("un-panel-of-experts", "the panel", kind=ActorKind.ORGANISATION)
LATER = date(2024, 6, 20)


def land(code: str) -> Party:
    return Party(code, code.title(), code, kind=ActorKind.STATE)


def asked(
    question: str,
    *parties: Party,
    due: Dated | None = None,
    quantity: Amount | None = None,
    made: date = MADE,
    sort: str = "forecast",
) -> Prospect:
    return Prospect(
        id="f1",
        sort=sort,
        track=Track.QUOTED,
        contract=Contract(question, due=due, quantity=quantity),
        holder="an analyst",
        made=made,
        parties=parties,
        origin=Origin(document="d0", day=made),
    )


def keep(
    store: Store, text: str, records: Iterable[Record], *, published: date = LATER, at: str = ""
) -> None:
    address = f"https://a.example/{at or len(store.view().documents())}"
    store.writer("machine").write(reading(address, text, records, published=published))


MAY_2027 = month(2027, 5)
