"""The meaning of a source's codes: CAMEO, PLOVER's own types, ACLED's kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.archives.shapes import Codes
from detente.codebooks.cameo import (
    OLDER_NAMES,
    OtherCode,
    acled_kinds,
    cameo_codes,
    fold_label,
)
from detente.codebooks.plover import types
from detente.model.events import QUAD, EventType


def cameo(pairs: Iterable[tuple[str, str]]) -> Iterator[Codes]:
    """Give what CAMEO codes mean."""
    for code, mode in pairs:
        yield _meaning(code, mode, cameo_codes().get(code))


def acled(pairs: Iterable[tuple[str, str]]) -> Iterator[Codes]:
    """Give what ACLED's sub-events (the code) and events (the mode) mean."""
    kinds = acled_kinds()
    for code, mode in pairs:
        yield _meaning(code, mode, kinds.get(fold_label(code)) or kinds.get(fold_label(mode)))


def plover(pairs: Iterable[tuple[str, str]]) -> Iterator[Codes]:
    """Give what PLOVER types with their modes mean; a mode we have no score for has its type's."""
    for code, mode in pairs:
        name = code.upper()
        known = OLDER_NAMES.get(name) or (EventType(name) if name in EventType.__members__ else None)
        if known is None:
            yield code, mode, None, None, None, None
        else:
            entry = types().get((known, mode.lower())) or types()[known, ""]
            yield code, mode, known.value, QUAD[known], entry.scale, None


def _meaning(code: str, mode: str, entry: OtherCode | None) -> Codes:
    if entry is None or entry.event_type is None:
        return code, mode, None, None, None, entry.goldstein if entry else None
    return code, mode, entry.event_type.value, QUAD[entry.event_type], entry.scale, entry.goldstein
