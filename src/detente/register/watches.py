"""What a person watches, and when they were last told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from detente.codebooks.plain_words import name_of
from detente.errors import UsageError
from detente.ledger import Store, View
from detente.model.actors import Dyad
from detente.model.entries import Entry

ADD, REMOVE, TOLD = "add", "remove", "told"


class WatchSort(StrEnum):
    """What is watched: a pair or an actor, what an actor says, a word of the text, a forecast."""

    ABOUT = "about"
    SPEAKER = "speaker"
    SUBJECT = "subject"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True, order=True)
class Watch:
    """One thing watched: a pair ("PRK-RUS") or an actor's id, a speaker's id, a word, a forecast's id."""

    sort: WatchSort
    name: str


def to_watch(sort: WatchSort, name: str) -> Watch:
    """Check what a person wants to watch; raises UsageError for a pair or an actor nobody knows."""
    name = " ".join(name.split())
    if not name:
        raise UsageError("say what to watch")
    if sort is WatchSort.ABOUT and name_of(name) is None:
        try:
            pair = Dyad.parse(name)
        except ValueError:
            raise UsageError(f"'{name}' is no state, pair of states or actor we know") from None
        if not (name_of(pair.first) and name_of(pair.second)):
            raise UsageError(f"'{name}' is no pair of states we know")
        return Watch(sort, str(pair))
    if sort is WatchSort.SPEAKER and name_of(name) is None:
        raise UsageError(f"'{name}' is no speaker we know by id")
    return Watch(sort, name.casefold() if sort is WatchSort.SUBJECT else name)


def watches(view: View, who: str) -> tuple[Watch, ...]:
    """List what a person watches, sorted."""
    return tuple(sorted(_folded(view.entries(_subject(who)))))


def add_watch(store: Store, who: str, watch: Watch) -> None:
    """Watch something; raises UsageError for what is watched already."""

    def check(standing: Iterable[Entry]) -> None:
        if watch in _folded(standing):
            raise UsageError(f"{who} watches {watch.name} already")

    store.writer(who).enter(Entry(_subject(who), ADD, who, _value(watch)), check)


def remove_watch(store: Store, who: str, watch: Watch) -> None:
    """Watch something no more; raises UsageError for what is not watched."""

    def check(standing: Iterable[Entry]) -> None:
        if watch not in _folded(standing):
            raise UsageError(f"{who} does not watch {watch.name}")

    store.writer(who).enter(Entry(_subject(who), REMOVE, who, _value(watch)), check)


def last_told(view: View, who: str) -> datetime | None:
    """Say up to which moment a person was told what changed; None for never."""
    told = [entry.value["until"] for entry in view.entries(f"digest:{who}") if entry.verb == TOLD]
    return datetime.fromisoformat(told[-1]) if told else None


def note_told(store: Store, who: str, until: datetime) -> None:
    """Note that a person was told what changed up to a moment."""
    store.writer(who).enter(Entry(f"digest:{who}", TOLD, who, {"until": until.isoformat()}))


def _subject(who: str) -> str:
    return f"watch:{who}"


def _value(watch: Watch) -> dict[str, str]:
    return {"sort": watch.sort.value, "name": watch.name}


def _folded(entries: Iterable[Entry]) -> set[Watch]:
    held: set[Watch] = set()
    for entry in entries:
        if entry.verb in (ADD, REMOVE):
            watch = Watch(WatchSort(entry.value["sort"]), str(entry.value["name"]))
            (held.add if entry.verb == ADD else held.discard)(watch)
    return held
