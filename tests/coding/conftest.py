"""Read a text of one's own as the pipeline would, and print mentions as one line each."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding import EventCoder
from detente.language.parsing import parse
from detente.model import dates
from detente.model.documents import Genre, Metadata, Rendition
from detente.model.text import Block, BlockKind

PUBLISHED = date(2024, 4, 11)


def read(text, *, published=PUBLISHED, kind=BlockKind.BODY, genre=Genre.NEWS):
    rendition = Rendition(text, (Block(0, len(text), kind, "en"),), Metadata(genre=genre), "test")
    return parse(rendition, published=dates.day(published) if published else None, publisher=None)


def line(mention):
    actor = ",".join(sorted(p.state or p.label for p in mention.actor))
    recipient = ",".join(sorted(p.state or p.label for p in mention.recipient))
    return f"{mention.event_type} {mention.mode or '-'} {mention.status} {actor}>{recipient}"


@pytest.fixture
def parsed():
    return read


@pytest.fixture
def code():
    return lambda text, **how: list(EventCoder().code(read(text, **how)))


@pytest.fixture
def lines(code):
    return lambda text, **how: [line(mention) for mention in code(text, **how)]
