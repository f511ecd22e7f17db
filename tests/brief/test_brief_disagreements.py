"""Who disagrees with whom: a denial meets the same deed told elsewhere; figures clash only at one time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from detente.brief.disagreements import find_disagreements
from detente.model.actors import Party
from detente.model.dates import Dated, day
from detente.model.events import EventType, Mention, Status
from detente.model.identity import identify
from detente.model.institutions import Figure, Flow
from detente.model.joining import join_mentions
from detente.model.records import Amount, Record, Voice
from detente.model.statements import Statement, StatementKind
from detente.model.text import Evidence

RUS, PRK, KOR = (Party(code, code, code) for code in ("RUS", "PRK", "KOR"))
DAYS = {"d1": date(2024, 4, 5), "d2": date(2024, 4, 20), "d3": date(2023, 1, 1)}


def published(document: str) -> Dated | None:
    return day(DAYS[document])


def said(words: str) -> dict[str, Any]:
    return {
        "evidence": (Evidence(0, len(words), words, words),),
        "attribution": (Voice("speaker", words[:8]),),
    }


def flow(words: str, certainty: str, giver: Party = PRK, taker: Party = RUS) -> Flow:
    return Flow(giver=(giver,), taker=(taker,), good="shells", certainty=certainty, **said(words))


def figure(words: str, value: float, measures: str = "soldiers killed") -> Figure:
    amount = Amount(f"{value:g} soldiers", value, value, "people")
    return Figure(amount=amount, measures=measures, of=(PRK,), **said(words))


def clashes(*told: tuple[Record, str]) -> list[str]:
    records = [named for record, document in told for named in identify([record], document, "c")]
    events = join_mentions(record for record in records if isinstance(record, Mention))
    return [clash.words for clash in find_disagreements(events, records, published)]


def test_a_denied_shipment_meets_the_one_alleged_on_another_page() -> None:
    (words,) = clashes(
        (flow("Moscow denied it", "denied"), "d1"), (flow("Seoul alleged it", "alleged"), "d2")
    )
    assert "denies" in words
    assert "alleges" in words


@pytest.mark.parametrize(
    "other",
    [
        (flow("Seoul alleged it", "alleged", giver=RUS, taker=PRK), "d2"),
        (flow("Seoul alleged it", "alleged"), "d1"),
        (flow("Minsk denied it too", "denied"), "d2"),
    ],
    ids=["the other way round", "on the same page", "another denial"],
)
def test_a_denial_does_not_meet(other: tuple[Record, str]) -> None:
    assert all("alleges" not in words for words in clashes((flow("Moscow denied it", "denied"), "d1"), other))


def test_an_event_and_a_flow_of_one_sentence_are_one_denial() -> None:
    deed: dict[str, Any] = {
        "event_type": EventType.AID,
        "actor": (PRK,),
        "recipient": (RUS,),
        "status": Status.DENIED,
    }
    mention = Mention(**deed, **said("Moscow denied it"))
    assert len(clashes((mention, "d1"), (flow("Moscow denied it", "denied"), "d1"))) == 1


def test_a_denial_that_nobody_contradicts_stands_alone() -> None:
    content = said("Moscow denies it")["evidence"]
    denial = Statement(
        statement_kind=StatementKind.DENIAL, content=content, speaker=(RUS,), **said("Moscow denies it")
    )
    (words,) = clashes((denial, "d1"))
    assert words.startswith("Russia denies")


@pytest.mark.parametrize(
    ("other", "document", "count"),
    [
        (figure("Kyiv counts more", 4000), "d2", 1),
        (figure("Kyiv counts as many", 300), "d2", 0),
        (figure("Kyiv counts more", 4000), "d3", 0),
        (figure("Kyiv counts others", 4000, "soldiers wounded"), "d2", 0),
        (figure("Seoul again", 4000), "d1", 0),
    ],
    ids=["another number", "the same number", "another year", "another thing", "the same page"],
)
def test_figures_clash_when_they_count_the_same_at_the_same_time(
    other: Figure, document: str, count: int
) -> None:
    assert len(clashes((figure("Seoul counts", 300), "d1"), (other, document))) == count
