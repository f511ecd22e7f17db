"""Count who independently says something: copies, and outlets that cite one official, are one origin."""

from __future__ import annotations

from collections.abc import Iterable

from detente.ledger.view import View
from detente.model.records import Record

_VOICES = ("speaker", "source")


def origins(view: View, records: Iterable[Record]) -> tuple[str, ...]:
    """Name the independent origins of some records, sorted: the innermost voice quoted, else the page.

    A page stands for the one it copies. Two pages that quote the same named voice are one origin, and so
    are a page and its syndicated copies.
    """
    voices = [(_voice(record), record.document) for record in records]
    homes = view.homes(document for voice, document in voices if not voice)
    return tuple(sorted({voice or homes[document].origin for voice, document in voices}))


def _voice(record: Record) -> str:
    """Name the innermost voice quoted; "" when the page speaks for itself."""
    inner = (voice.label for voice in reversed(record.attribution) if voice.role in _VOICES)
    return next((label for label in inner if label), "")
