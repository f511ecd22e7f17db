"""What a claimed deed hands over or is about, by the words that tell it: `things.tsv`."""

from __future__ import annotations

import re
from functools import cache

from detente.codebooks.tables import read_table


def thing_in(text: str) -> str:
    """Name the thing of the table that a text speaks of first; "" for none."""
    told = text.casefold()
    found = ((match.start(), thing) for thing, pattern in _things() if (match := pattern.search(told)))
    return min(found, default=(0, ""))[1]


@cache
def _things() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = read_table("things.tsv", ("thing", "words"))
    return tuple(
        (row["thing"], re.compile(rf"\b(?:{'|'.join(map(re.escape, row.many('words')))})")) for row in rows
    )
