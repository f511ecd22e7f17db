"""A person's own work: case folders that gather records, notes and judgements in an order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from detente.errors import UsageError
from detente.ledger import Store, View
from detente.model.entries import Entry

CREATE, PUT, NOTE, JUDGE, TAKE, MOVE, ANNOTATE = "create", "put", "note", "judge", "take", "move", "annotate"

CONFIDENCE = ("low", "moderate", "high")
"""Levels of confidence as ICD 203 has them: how good the grounds of a judgement are, no likelihood."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a folder, in its place: a record by key, a prospect by id, a note, a judgement.

    `sort` is "record", "prospect", "note" or "judgement"; `about` the key or id, "" for a note; `text` the
    note, the judgement, or what the person wrote beside a record. `confidence` and `grounds` (keys) are a
    judgement's. `id` is the entry that put it there, by which it is moved, annotated or taken out.
    """

    id: str
    sort: str
    who: str
    at: datetime | None
    about: str = ""
    text: str = ""
    confidence: str = ""
    grounds: tuple[str, ...] = ()


@dataclass(slots=True)
class Folder:
    """A case folder: its items in the person's order."""

    name: str
    title: str
    who: str
    items: list[Item] = field(default_factory=list)


def check_name(name: str, what: str) -> None:
    """Check the name a person gives a thing of theirs; raises UsageError for a wrong one."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"'{name}' is no name for a {what}: small letters, digits and hyphens")


def folders(view: View) -> tuple[Folder, ...]:
    """Give every folder of the ledger, by name."""
    found: dict[str, list[Entry]] = {}
    for entry in view.entries("folder:"):
        found.setdefault(entry.subject, []).append(entry)
    made = (_folded(entries) for entries in found.values())
    return tuple(sorted((folder for folder in made if folder), key=lambda folder: folder.name))


def folder(view: View, name: str) -> Folder:
    """Give one folder; raises UsageError when there is none."""
    found = _folded(view.entries(_subject(name)))
    if found is None:
        raise UsageError(f"there is no folder '{name}'")
    return found


class Desk:
    """Works on folders under one name; every call is one transaction and gives the folder after it."""

    def __init__(self, store: Store, who: str) -> None:
        """Work in `store` as `who`."""
        self.store = store
        self.who = who

    def create(self, name: str, title: str) -> Folder:
        """Open a folder; its name is short, of small letters, digits and hyphens."""
        check_name(name, "folder")

        def check(standing: Sequence[Entry]) -> None:
            if _folded(standing) is not None:
                raise UsageError(f"there is a folder '{name}' already")

        return self._enter(name, CREATE, {"title": title.strip() or name}, check)

    def put(self, name: str, key: str, text: str = "") -> Folder:
        """Put a record (its key) or a forecast (its id) at the end, with a line of one's own beside it."""
        sort = "record" if key.startswith(("k", "e")) else "prospect"
        document = self._home_of(key) if sort == "record" else ""
        return self._enter(name, PUT, {"sort": sort, "about": key, "text": text}, document=document)

    def note(self, name: str, text: str) -> Folder:
        """Write a note at the end."""
        if not text.strip():
            raise UsageError("a note needs words")
        return self._enter(name, NOTE, {"text": text})

    def judge(
        self, name: str, text: str, confidence: str, reason: str, grounds: Sequence[str] = ()
    ) -> Folder:
        """Write a judgement with its confidence, the reasons, and the records it rests on."""
        if not text.strip() or not reason.strip():
            raise UsageError("a judgement needs words and reasons")
        if confidence not in CONFIDENCE:
            raise UsageError(f"confidence is {', '.join(CONFIDENCE)}: it says how good the grounds are")
        for key in grounds:
            self._home_of(key)
        value = {"text": text, "confidence": confidence, "grounds": list(grounds)}
        return self._enter(name, JUDGE, value, reason=reason)

    def annotate(self, name: str, item: str, text: str) -> Folder:
        """Write another line beside an item, or other words for a note."""
        return self._enter(name, ANNOTATE, {"item": item, "text": text}, _has(item))

    def move(self, name: str, item: str, place: int) -> Folder:
        """Move an item to a place, 1 for the first."""
        return self._enter(name, MOVE, {"item": item, "place": place}, _has(item))

    def take(self, name: str, item: str, reason: str = "") -> Folder:
        """Take an item out."""
        return self._enter(name, TAKE, {"item": item}, _has(item), reason=reason)

    def _home_of(self, key: str) -> str:
        return self.store.view().record("k" + key[1:]).document

    def _enter(
        self,
        name: str,
        verb: str,
        value: Mapping[str, object],
        check: Callable[[Sequence[Entry]], None] | None = None,
        *,
        reason: str = "",
        document: str = "",
    ) -> Folder:
        entry = Entry(_subject(name), verb, self.who, value, reason, document)
        self.store.writer(self.who).enter(entry, check or _exists(name))
        return folder(self.store.view(), name)


def _subject(name: str) -> str:
    return f"folder:{name}"


def _exists(name: str) -> Callable[[Sequence[Entry]], None]:
    def check(standing: Sequence[Entry]) -> None:
        if _folded(standing) is None:
            raise UsageError(f"there is no folder '{name}'")

    return check


def _has(item: str) -> Callable[[Sequence[Entry]], None]:
    def check(standing: Sequence[Entry]) -> None:
        held = _folded(standing)
        if held is None or item not in {one.id for one in held.items}:
            raise UsageError(f"there is no item '{item}' in this folder")

    return check


def _folded(entries: Iterable[Entry]) -> Folder | None:
    held: Folder | None = None
    for entry in entries:
        if entry.verb == CREATE:
            held = Folder(entry.subject.partition(":")[2], str(entry.value["title"]), entry.who)
        elif held is not None and entry.value:
            _apply(held, entry)
    return held


def _apply(held: Folder, entry: Entry) -> None:
    value = entry.value
    if entry.verb in (PUT, NOTE, JUDGE):
        held.items.append(_item(entry))
        return
    place = next((n for n, item in enumerate(held.items) if item.id == value.get("item")), None)
    if place is None:
        return
    if entry.verb == ANNOTATE:
        held.items[place] = replace(held.items[place], text=str(value["text"]))
    elif entry.verb == TAKE:
        del held.items[place]
    elif entry.verb == MOVE:
        held.items.insert(max(0, int(value["place"]) - 1), held.items.pop(place))


def _item(entry: Entry) -> Item:
    value, sorts = entry.value, {NOTE: "note", JUDGE: "judgement"}
    text = str(value.get("text", ""))
    return Item(
        id=entry.id,
        sort=sorts.get(entry.verb) or str(value["sort"]),
        who=entry.who,
        at=entry.at,
        about=str(value.get("about", "")),
        text=f"{text.rstrip('.')}. Because: {entry.reason}" if entry.verb == JUDGE else text,
        confidence=str(value.get("confidence", "")),
        grounds=tuple(map(str, value.get("grounds", ()))),
    )
