"""Readings as the pipeline would make them, without a language model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from detente.model.actors import Party
from detente.model.dates import Dated, day
from detente.model.documents import Hints, Metadata, Page, Rendition
from detente.model.events import EventType, Mention, Status
from detente.model.identity import document_id, identify, rendition_id, version_id
from detente.model.issues import Issue
from detente.model.reading import Reading
from detente.model.records import Record, Voice
from detente.model.statements import Statement, StatementKind
from detente.model.text import Block, BlockKind, Evidence

MORNING = datetime(2024, 6, 1, 8, 0, tzinfo=UTC)
CODER = "coder-1"


class Ticking:
    """A clock that moves one minute at every look."""

    def __init__(self, start: datetime = MORNING) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def state(code: str, **rest: object) -> Party:
    return Party(id=code, text=code.title(), state=code, **rest)


def quote(text: str, words: str, after: int = 0) -> Evidence:
    start = text.index(words, after)
    return Evidence(start, start + len(words), words)


def mention(text: str, words: str, **fields: object) -> Mention:
    given: dict[str, object] = {
        "evidence": (quote(text, words),),
        "event_type": EventType.CONSULT,
        "actor": (state("RUS"),),
        "recipient": (state("PRK"),),
        "trigger": "met",
        "attribution": (Voice("publisher", "Example Post"),),
    }
    return Mention(**(given | fields))


def statement(text: str, words: str, **fields: object) -> Statement:
    given: dict[str, object] = {
        "evidence": (quote(text, words),),
        "content": (quote(text, words),),
        "statement_kind": StatementKind.CLAIM,
        "speaker": (state("KOR"),),
        "about": (state("PRK"),),
        "trigger": "said",
        "salient": True,
    }
    return Statement(**(given | fields))


def page(address: str, text: str, *, received: datetime = MORNING, publisher: str = "Example Post") -> Page:
    hints = Hints(title="A title", publisher=publisher)
    return Page(address, text.encode("utf-8", "surrogatepass"), "text/plain", received, hints=hints)


def reading(
    address: str,
    text: str,
    records: Iterable[Record] = (),
    *,
    published: date | Dated | None = None,
    modified: date | None = None,
    publisher: str = "Example Post",
    received: datetime = MORNING,
    coder: str = CODER,
    reader: str = "plain-1",
    issues: tuple[Issue, ...] = (),
    rendered: str | None = None,
) -> Reading:
    """Read a page of one body block; `rendered` is the text a reader made of it when not the same."""
    source = page(address, text, received=received, publisher=publisher)
    document = document_id(address)
    version = version_id(document, source)
    text = text if rendered is None else rendered
    metadata = Metadata(
        title="A title",
        publisher=publisher,
        published=day(published) if isinstance(published, date) else published,
        modified=day(modified) if modified else None,
    )
    rendition = Rendition(
        text=text,
        blocks=(Block(0, len(text), BlockKind.BODY, "en"),) if text else (),
        metadata=metadata,
        reader=reader,
        id=rendition_id(version, reader),
        version=version,
    )
    named = identify((_in(rendition.id, record) for record in records), document, coder)
    return Reading(source, document, rendition, named, issues, coder)


def _in(rendition: str, record: Record) -> Record:
    return replace(record, evidence=tuple(replace(e, rendition=rendition) for e in record.evidence))


TALKS = "Envoys of Russia met officials of North Korea on Monday. Seoul said the talks broke a resolution."


def talks(address: str = "https://example.org/talks", **fields: object) -> Reading:
    """A page with one meeting and one claim about it."""
    first, second = TALKS.split(". ")
    when = day(date(2024, 5, 27))
    given: dict[str, object] = {"published": date(2024, 5, 28)}
    records = (
        mention(TALKS, first, event_date=when, deed_date=when, status=Status.DONE),
        statement(TALKS, second.rstrip(".")),
    )
    return reading(address, TALKS, records, **(given | fields))
