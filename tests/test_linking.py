"""An announcement coded as an event points to the promise or forecast that it also is."""

from __future__ import annotations

from typing import Any

import pytest

from detente.linking import link_records
from detente.model.actors import Party
from detente.model.events import EventType, Mention, Status
from detente.model.identity import identify
from detente.model.records import Link, Voice
from detente.model.statements import Statement, StatementKind
from detente.model.text import Evidence

TEXT = "The Kremlin said that Putin will visit North Korea in 2024."
WHOLE = Evidence(0, len(TEXT), TEXT)
SAID = Evidence(22, len(TEXT) - 1, TEXT[22:-1])
PAGE, KREMLIN = Voice("publisher", "Harbour Wire"), Voice("speaker", "Kremlin", "kremlin", "RUS")
RUS = Party("RUS", "Russia", "RUS")


def links(mention: dict[str, Any], statement: dict[str, Any]) -> tuple[Link, ...]:
    coded: dict[str, Any] = {"event_type": EventType.AGREE, "actor": (RUS,), "status": Status.PLANNED}
    told: dict[str, Any] = {"statement_kind": StatementKind.COMMITMENT, "content": (SAID,), "speaker": (RUS,)}
    records = [
        Mention(**{"evidence": (WHOLE,), **coded, "attribution": (PAGE, KREMLIN), **mention}),
        Statement(evidence=(WHOLE,), **{**told, "attribution": (PAGE, KREMLIN), **statement}),
    ]
    named = link_records(identify(records, "d", "c"))
    return next(record.links for record in named if isinstance(record, Mention))


@pytest.mark.parametrize(
    ("mention", "statement", "relation"),
    [
        ({}, {}, "recorded_as"),
        ({"status": Status.DONE}, {}, "said_in"),
        ({}, {"statement_kind": StatementKind.CLAIM}, "said_in"),
        ({"attribution": (PAGE,)}, {}, "recorded_as"),
        (
            {"attribution": (PAGE,)},
            {"attribution": (PAGE,), "statement_kind": StatementKind.FORECAST},
            "recorded_as",
        ),
    ],
)
def test_an_event_links_to_the_statement_it_sits_in(
    mention: dict[str, Any], statement: dict[str, Any], relation: str
) -> None:
    assert [link.relation for link in links(mention, statement)] == [relation]


@pytest.mark.parametrize(
    ("mention", "statement"),
    [
        (
            {"attribution": (PAGE, Voice("speaker", "Seoul"))},
            {"speaker": (Party("KOR", "Seoul", "KOR"),), "attribution": (PAGE, KREMLIN)},
        ),
        ({"evidence": (Evidence(200, 260, "x" * 60),)}, {}),
        ({"attribution": (PAGE,), "status": Status.DONE}, {}),
    ],
)
def test_an_event_does_not_link_to_another_voice_or_another_passage(
    mention: dict[str, Any], statement: dict[str, Any]
) -> None:
    assert links(mention, statement) == ()
