"""Find dates in a block and resolve them against the day of publication."""

from __future__ import annotations

from dataclasses import dataclass

from detente.language.frames import DateMention
from detente.model.dates import Dated


@dataclass(slots=True)
class DateContext:
    """What earlier sentences said about time: the year a bare "in May" belongs to."""

    year: int | None = None


def find_dates(
    text: str, shift: int, *, published: Dated | None, context: DateContext
) -> tuple[DateMention, ...]:
    """Find the dates of one block in text order, offsets in the rendition."""
    return ()
