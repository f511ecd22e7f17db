"""Ordinary sentences of the field: who did what to whom, with what standing."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding import EventCoder
from detente.language.parsing import parse
from detente.model import dates
from detente.model.documents import Genre, Metadata, Rendition
from detente.model.text import Block, BlockKind


def code(text, published=date(2024, 4, 11), kind=BlockKind.BODY, genre=Genre.NEWS):
    rendition = Rendition(text, (Block(0, len(text), kind, "en"),), Metadata(genre=genre), "test")
    parsed = parse(rendition, published=dates.day(published), publisher=None)
    return list(EventCoder().code(parsed))


def line(mention):
    actor = ",".join(p.state or p.label for p in mention.actor)
    recipient = ",".join(p.state or p.label for p in mention.recipient)
    return f"{mention.event_type} {mention.mode or '-'} {mention.status} {actor}>{recipient}"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kim Jong Un met Vladimir Putin in Vladivostok.", ["CONSULT - done PRK,RUS>"]),
        ("Kim Jong Un did not meet Vladimir Putin in Vladivostok.", []),
        ("Kim Jong Un may meet Vladimir Putin in Vladivostok.", []),
        ("Kim Jong Un will meet Vladimir Putin on May 3.", ["AGREE - planned PRK,RUS>"]),
        ("Kim Jong Un met Vladimir Putin in April 2019.", ["CONSULT - background PRK,RUS>"]),
        ("North Korea fired a missile over Japan on Tuesday.", ["MOBILIZE weapons done PRK>JPN"]),
        (
            "China urged the United States to lift sanctions on North Korea.",
            ["REQUEST yield done CHN>USA"],
        ),
        ("Lee Jae-myung condemned North Korea.", ["ACCUSE disapprove done KOR>PRK"]),
    ],
)
def test_ordinary_acts_and_their_near_misses(sentence, expected):
    assert [line(mention) for mention in code(sentence)] == expected
