"""Find the paragraphs an extractor chose among the segments of the page they came from."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from detente.reading.html_segments import Segment

_NOT_KEY = re.compile(r"[\W_]+")
# Shorter lines must equal a segment; longer ones may hold it or be held by it.
_HELD = 15


def key_of(text: str) -> str:
    """The letters and figures of a text in lower case: what survives any extractor's tidying."""
    return _NOT_KEY.sub("", text).casefold()


def align(lines: Sequence[str], segments: Sequence[Segment]) -> tuple[set[int], list[tuple[int, str]]]:
    """Match the lines of a main text to segments.

    Gives the numbers of the segments that are main text, and the lines no segment holds, each with the
    number of the segment it follows (-1 for none). Where a line matches several segments (a teaser above
    the article repeats its first sentence), the one nearest its neighbours is taken.
    """
    keys = [key_of(segment.text) for segment in segments]
    wanted = [(line, key_of(line)) for line in lines]
    wanted = [(line, key) for line, key in wanted if key]
    candidates = [_candidates(key, keys) for _, key in wanted]
    anchors = sorted(found[0] for found in candidates if len(found) == 1)
    chosen: set[int] = set()
    lost: list[tuple[int, str]] = []
    last = -1
    for (line, key), found in zip(wanted, candidates, strict=True):
        parts = _choose(key, found, keys, anchors, last, chosen)
        if parts:
            chosen.update(parts)
            last = max(parts)
        elif not found:
            beside = next((n for n in range(max(last, 0), min(last + 3, len(keys))) if key in keys[n]), None)
            if beside is None:
                lost.append((last, line))
            else:
                chosen.add(beside)
                last = beside
    return chosen, lost


def _candidates(key: str, keys: Sequence[str]) -> list[int]:
    exact = [number for number, other in enumerate(keys) if other == key]
    if exact or len(key) < _HELD:
        return exact
    within = [number for number, other in enumerate(keys) if len(other) > len(key) and key in other]
    if within:
        return within
    return [number for number, other in enumerate(keys) if len(other) >= _HELD and other in key]


def _choose(
    key: str, found: Sequence[int], keys: Sequence[str], anchors: Sequence[int], last: int, chosen: set[int]
) -> list[int]:
    if not found:
        return []
    if len(keys[found[0]]) < len(key):
        return _pieces_of(key, found, keys)
    free = [number for number in found if number not in chosen] or list(found)
    return [min(free, key=lambda number: (_distance(number, anchors, last), number))]


def _pieces_of(key: str, found: Sequence[int], keys: Sequence[str]) -> list[int]:
    """A line that holds several segments: take them, and short ones between them that it holds too."""
    covered = [n for n in range(found[0], found[-1] + 1) if keys[n] and keys[n] in key]
    return covered if len(covered) < 200 else list(found)


def _distance(number: int, anchors: Sequence[int], last: int) -> int:
    if not anchors:
        return abs(number - (last + 1))
    at = bisect_left(anchors, number)
    near = [anchors[n] for n in (at - 1, at) if 0 <= n < len(anchors)]
    return min(abs(number - anchor) for anchor in near)
