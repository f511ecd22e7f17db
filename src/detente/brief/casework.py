"""Write a case folder as a brief: the person's order and words, each line with the passages it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from detente.brief.lines import Brief, Footing, Line, Section, Source, line, source_of
from detente.brief.wording import event_words, record_words
from detente.errors import UsageError
from detente.ledger import HeldDocument, View
from detente.model.events import Mention
from detente.model.joining import join_mentions
from detente.model.records import Record
from detente.model.text import Evidence
from detente.register.folders import Folder, Item
from detente.register.prospects import Register
from detente.register.wording import holder_name, likelihood_words

Passage = tuple[Evidence, Source]


def casework(view: View, register: Register, folder: Folder) -> Brief:
    """Compose a folder's brief; a record that the view no longer holds is said to be gone, not left out."""
    footing = Footing()
    lines = tuple(_lines(view, register, folder, footing))
    return Brief(
        title=folder.title,
        scope=f"A case folder of {folder.who}: {len(folder.items)} items.",
        sections=(Section("The case", lines),) if lines else (),
        references=tuple(footing.references),
        unread=None,
    )


def pages_of(view: View, register: Register, folder: Folder) -> tuple[HeldDocument, ...]:
    """Give the pages that a folder's items rest on, each once, in the folder's order."""
    passages = (passage for item in folder.items for passage in _said(view, register, item)[1])
    names = dict.fromkeys(source.document for _, source in passages)
    homes = view.homes(names)
    return tuple(homes[name] for name in names if name in homes)


def _lines(view: View, register: Register, folder: Folder, footing: Footing) -> Iterator[Line]:
    for item in folder.items:
        words, passages = _said(view, register, item)
        marks = tuple(dict.fromkeys(footing.mark(part, source) for part, source in passages))
        day = item.at.date().isoformat() if item.at else ""
        yield line(day, words, marks, tuple(filter(None, (item.about, *item.grounds))))


def _said(view: View, register: Register, item: Item) -> tuple[str, list[Passage]]:
    beside = f" — {item.who}: {item.text}" if item.text else ""
    if item.sort == "note":
        return item.text, [_own(item)]
    if item.sort == "judgement":
        grounds = [passage for key in item.grounds for passage in _record(view, key)[1]]
        return f"Judgement of {item.who}, {item.confidence} confidence: {item.text}", [_own(item), *grounds]
    if item.sort == "prospect":
        words, passages = _prospect(view, register, item)
        return words + beside, passages or [_own(item)]
    words, passages = _record(view, item.about)
    return words + beside, passages or [_own(item)]


def _record(view: View, key: str) -> tuple[str, list[Passage]]:
    try:
        record = view.record("k" + key[1:])
    except UsageError:
        return f"{key} is no longer held", []
    source = source_of(view.document(record.document))
    return _words(record), [(part, source) for part in record.evidence]


def _words(record: Record) -> str:
    return event_words(*join_mentions([record])) if isinstance(record, Mention) else record_words(record)


def _prospect(view: View, register: Register, item: Item) -> tuple[str, list[Passage]]:
    try:
        prospect = register.find(item.about)
    except UsageError:
        return f"{item.about} is no longer held", []
    state = prospect.state.value.replace("_", " ")
    words = f"{holder_name(prospect)}: {prospect.contract.question} {likelihood_words(prospect)}; {state}"
    quotes = prospect.origin.quotes
    source = source_of(view.document(prospect.origin.document)) if quotes else None
    return words, [(part, source) for part in quotes if source]


def _own(item: Item) -> Passage:
    """What a person wrote rests on their own word."""
    words = item.text or item.about
    day = item.at.date().isoformat() if item.at else ""
    return Evidence(0, len(words), words), Source(item.id, item.who, day, item.sort, item.id)
