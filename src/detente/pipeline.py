"""One page in, its records out: the whole path on one screen."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import TypeVar

from detente import coding, records, statements
from detente.coder import coder_identity, plugged_in
from detente.errors import DetenteError, UnreadablePage
from detente.language.frames import Coder, ParsedText
from detente.language.parsing import DEFAULT_MODEL, parse
from detente.linking import link_records
from detente.model.dates import Basis, day
from detente.model.documents import Hints, Metadata, Page, Rendition
from detente.model.identity import digest, document_id, identify, rendition_id, version_id
from detente.model.institutions import Vote
from detente.model.issues import Issue, Reason
from detente.model.reading import Reading
from detente.model.records import Record, Voice
from detente.model.text import Block, BlockKind
from detente.reading import read
from detente.records.votes import check_vote

logger = logging.getLogger(__name__)

T = TypeVar("T")

READABLE_LANGUAGES = (None, "en")


def coders() -> tuple[Coder, ...]:
    """Every finder, built in or plugged in, in the order they run."""
    return (*coding.CODERS, *statements.CODERS, *records.CODERS, *plugged_in())


def read_page(page: Page, *, model: str = DEFAULT_MODEL) -> Reading:
    """Read one page into records; a page that cannot be read comes back with its Issue and no records."""
    coder = current_coder(model)
    document = document_id(page.address)
    try:
        rendition = _name(read(page), version_id(document, page))
    except UnreadablePage as err:
        issue = Issue(Reason(err.reason), page.address, err.detail, document=document)
        return Reading(page, document, None, (), (issue,), coder)
    return _find_records(page, document, rendition, coder, model)


def _find_records(page: Page, document: str, rendition: Rendition, coder: str, model: str) -> Reading:
    issues = [*rendition.issues, *_unread_languages(rendition, page.address)]
    found: list[Record] = []
    text = _guarded(partial(parse_rendition, rendition, model=model), page.address, issues)
    if text is not None:
        for finder in coders():
            found += _guarded(partial(_code, finder, text), page.address, issues) or ()
    records = link_records(identify(found, document, coder))
    clashes = (said for record in records if isinstance(record, Vote) and (said := check_vote(record)))
    issues += [Issue(Reason.CLASH, page.address, said, severity="note") for said in clashes]
    return Reading(page, document, rendition, records, tuple(issues), coder)


def _code(finder: Coder, text: ParsedText) -> tuple[Record, ...]:
    return tuple(finder.code(text))


def _guarded(work: Callable[[], T], address: str, issues: list[Issue]) -> T | None:
    """Do a step of reading; what it breaks on is told, and the page and the other steps stay."""
    try:
        return work()
    except (DetenteError, MemoryError):
        raise
    except Exception as err:
        logger.exception("reading failed on %s", address)
        issues.append(Issue(Reason.READER_FAILED, address, f"{type(err).__name__}: {err}", severity="part"))
        return None


def current_coder(model: str = DEFAULT_MODEL) -> str:
    """Name the coder that reads today."""
    return coder_identity(model, tuple(finder.name for finder in coders()))


def parse_rendition(rendition: Rendition, *, model: str = DEFAULT_MODEL, gated: bool = True) -> ParsedText:
    """Parse a rendition with its publisher as the outermost voice; `gated` as in `language.parse`."""
    told = rendition.metadata
    publisher = (
        Voice("publisher", told.publisher, rank=told.voice, state=told.country) if told.publisher else None
    )
    return parse(rendition, published=told.published, publisher=publisher, model=model, gated=gated)


def read_text(
    text: str,
    *,
    published: date | None = None,
    publisher: str = "",
    title: str = "",
    model: str = DEFAULT_MODEL,
) -> Reading:
    """Read a sentence or an article that is already plain text; offsets index `text` unchanged.

    >>> import detente
    >>> reading = detente.read_text("Russia vetoed the draft.")  # doctest: +SKIP
    >>> reading.events  # doctest: +SKIP
    """
    address = "text:" + digest(text)
    hints = Hints(title, published.isoformat() if published else "", publisher)
    content = text.encode("utf-8", "surrogatepass")
    page = Page(address, content, "text/plain", datetime.now(UTC), "utf-8", hints)
    coder = current_coder(model)
    document = document_id(address)
    when = day(published, basis=Basis.METADATA) if published else None
    metadata = Metadata(title=title, publisher=publisher, published=when, language="en")
    rendition = Rendition(text, paragraphs(text), metadata, "plain")
    rendition = _name(rendition, version_id(document, page))
    return _find_records(page, document, rendition, coder, model)


def paragraphs(text: str) -> tuple[Block, ...]:
    """Cut plain text into body blocks at line ends, offsets unchanged."""
    blocks: list[Block] = []
    start = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            first = start + line.index(stripped)
            blocks.append(Block(first, first + len(stripped), BlockKind.BODY, "en"))
        start += len(line)
    return tuple(blocks)


def _name(rendition: Rendition, version: str) -> Rendition:
    return replace(rendition, id=rendition_id(version, rendition.reader), version=version)


def _unread_languages(rendition: Rendition, address: str) -> Iterable[Issue]:
    """Say which languages of a page no finder reads yet: its text and dates are kept, its records are not."""
    unread: dict[str, int] = {}
    for block in rendition.readable():
        if block.language not in READABLE_LANGUAGES and block.language:
            unread[block.language] = unread.get(block.language, 0) + block.end - block.start
    for language, size in sorted(unread.items()):
        detail = f"{size} characters in '{language}' were kept but not searched for records"
        yield Issue(Reason.UNSUPPORTED_LANGUAGE, address, detail, severity="part")
