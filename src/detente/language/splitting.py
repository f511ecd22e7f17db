"""Cut a text into sentences without a parser: for the gate before it, which may err at an abbreviation."""

from __future__ import annotations

import re

_END = re.compile(
    r"(?<![A-Z])[.!?…][\"”’')\]]*(?:\[\d+\])?\s+(?=[\"“‘'(\[]*[A-Z0-9À-Þ])|[.!?][”\"]\s+(?=[A-Z“\"])|\n\s*"
)
_OPEN = re.compile(
    r"(?:^|[\s(“\"])(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Pres|Prof|Rev|Hon|St|No|vs|v|Jan|Feb"
    r"|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Inc|Co|Corp|Ltd|e\.g|i\.e|al|Amb|Messrs|Mt|Ft|[A-Z])\.$"
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Give the sentences of a text as stretches that cover all of it, white space at the end of each."""
    cuts = [found.end() for found in _END.finditer(text) if not _is_open(text, found)]
    starts = [0, *(cut for cut in cuts if cut < len(text))]
    return list(zip(starts, [*starts[1:], len(text)], strict=True)) if text else []


def _is_open(text: str, found: re.Match[str]) -> bool:
    """Whether the point only ends an abbreviation."""
    if "\n" in found.group():
        return False
    return bool(_OPEN.search(text, max(0, found.start() - 8), found.start() + 1))
