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
    return tuple(sorted({_origin(view, record) for record in records}))


def _origin(view: View, record: Record) -> str:
    for voice in reversed(record.attribution):
        if voice.role in _VOICES and voice.label:
            return voice.label
    return view.document(record.document).origin
