"""Questions a person keeps: a listing with its filters under a name, to be asked again on any day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.errors import UsageError
from detente.ledger import Store, View
from detente.model.entries import Entry
from detente.register.folders import check_name

SAVE, DROP = "save", "drop"


@dataclass(frozen=True, slots=True, order=True)
class SavedView:
    """A listing and its filters as they are typed: ("forecasts", "--about", "PRK-RUS")."""

    name: str
    words: tuple[str, ...]


def saved_views(view: View, who: str) -> tuple[SavedView, ...]:
    """List what a person saved, by name."""
    held = _folded(view.entries(_subject(who)))
    return tuple(SavedView(name, held[name]) for name in sorted(held))


def saved_view(view: View, who: str, name: str) -> SavedView:
    """Give one of a person's views; raises UsageError when there is none of that name."""
    found = next((one for one in saved_views(view, who) if one.name == name), None)
    if found is None:
        raise UsageError(f"{who} has no view '{name}'")
    return found


def save_view(store: Store, who: str, name: str, words: Sequence[str]) -> SavedView:
    """Keep a question, in place of an earlier one of that name; raises UsageError for a wrong name."""
    check_name(name, "view")
    if not words:
        raise UsageError("say what to save: a listing and its filters")
    store.writer(who).enter(Entry(_subject(who), SAVE, who, {"name": name, "words": list(words)}))
    return SavedView(name, tuple(words))


def drop_view(store: Store, who: str, name: str) -> None:
    """Keep a question no more; raises UsageError when there is none of that name."""

    def check(standing: Iterable[Entry]) -> None:
        if name not in _folded(standing):
            raise UsageError(f"{who} has no view '{name}'")

    store.writer(who).enter(Entry(_subject(who), DROP, who, {"name": name}), check)


def _subject(who: str) -> str:
    return f"view:{who}"


def _folded(entries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    held: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        name = str(entry.value.get("name", ""))
        if entry.verb == SAVE:
            held[name] = tuple(map(str, entry.value["words"]))
        elif entry.verb == DROP:
            held.pop(name, None)
    return held
