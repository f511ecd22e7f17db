"""Tell an article from the page around it in a plain text, by the shape, place and repetition of lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from detente.codebooks.page_words import furniture
from detente.model.text import BlockKind
from detente.reading.line_shapes import BULLETS, STUB_WORDS, Line, Shape

# A gap of so many lines that are no prose parts two stretches of it.
_GAP_LINES = 3
# A second stretch is part of the article when it is this large beside the largest one ...
_SHARE = 0.2
# ... and has paragraphs of more than this many words on average (teasers and comments have fewer).
_PARAGRAPH_WORDS = 22
_FEWEST_ZONE_WORDS = 60
# A line of so many words that stands twice on a page is a caption and its copy for the blind.
_CAPTION_WORDS = 6
# Lines of these shapes stand among paragraphs without parting them.
_INSIDE_PROSE = frozenset({Shape.PROSE, Shape.SHORT, Shape.CAPTION, Shape.NOTE})


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of lines, `end` exclusive, with the words of its prose."""

    start: int
    end: int
    words: int
    paragraphs: int


def find_article(lines: Sequence[Line]) -> tuple[int, int]:
    """The stretch `[start, end)` of lines that is the article's prose; (0, 0) when there is no prose.

    1. Lines that open furniture (comments, related stories) and runs of three or more lines that are no
       prose part the text into zones.
    2. The zone with most prose is the article.
    3. Neighbouring zones join it when they weigh a fifth of it and their paragraphs are as long.
    """
    zones = _zones(lines)
    if not zones:
        return 0, 0
    main = max(range(len(zones)), key=lambda number: zones[number].words)
    first = last = main
    while first > 0 and _belongs(
        zones[first - 1], zones[main], lines[zones[first - 1].end : zones[first].start]
    ):
        first -= 1
    while last + 1 < len(zones) and _belongs(
        zones[last + 1], zones[main], lines[zones[last].end : zones[last + 1].start]
    ):
        last += 1
    return zones[first].start, zones[last].end


def type_article(lines: Sequence[Line], repeated: Counter[str]) -> list[BlockKind]:
    """Type the lines inside the article: body, headings between prose, captions, notes, furniture."""
    kinds: list[BlockKind] = []
    for is_stub, run in groupby(enumerate(lines), key=lambda pair: pair[1].shape is Shape.STUB):
        numbers = [number for number, _ in run]
        if is_stub:
            kinds += _stubs(lines, numbers[0], numbers[-1] + 1, repeated)
        else:
            kinds += [_kind(lines[number], repeated) for number in numbers]
    return kinds


def _kind(line: Line, repeated: Counter[str]) -> BlockKind:
    if line.shape in (Shape.FURNITURE, Shape.END, Shape.DATE):
        return BlockKind.CHROME
    if line.shape is Shape.CAPTION or (repeated[line.text] > 1 and line.words >= _CAPTION_WORDS):
        return BlockKind.CAPTION
    return BlockKind.BODY


def _stubs(lines: Sequence[Line], start: int, end: int, repeated: Counter[str]) -> list[BlockKind]:
    """One or two stubs before prose are a heading; a longer run is a list if a colon opens it."""
    listed = start > 0 and lines[start - 1].text.rstrip().endswith(":")
    short = _average(lines[start:end]) < 10
    kinds = []
    for line in lines[start:end]:
        if repeated[line.text] > 1 and line.words >= _CAPTION_WORDS:
            kinds.append(BlockKind.CAPTION)
        elif listed or line.words > STUB_WORDS or line.text.endswith(","):
            kinds.append(BlockKind.BODY)
        elif end - start <= 2:
            kinds.append(BlockKind.HEADING if end < len(lines) else BlockKind.BODY)
        else:
            kinds.append(BlockKind.CHROME if short else BlockKind.BODY)
    return kinds


def _zones(lines: Sequence[Line]) -> list[Zone]:
    zones: list[Zone] = []
    start: int | None = None
    last = words = paragraphs = bare = 0
    listed = False
    for number, line in enumerate(lines):
        listed = line.text.endswith(":") or (listed and line.gap == 0 and line.shape is Shape.STUB)
        bare += line.shape not in _INSIDE_PROSE and not listed
        if start is not None and (line.shape is Shape.END or bare >= _GAP_LINES):
            zones.append(Zone(start, _extend(lines, last + 1), words, paragraphs))
            start = None
        if line.shape is Shape.PROSE:
            if start is None:
                start, words, paragraphs = _open(lines, number, zones[-1].end if zones else 0), 0, 0
            last, words, paragraphs, bare = number, words + line.words, paragraphs + 1, 0
    if start is not None:
        zones.append(Zone(start, _extend(lines, last + 1), words, paragraphs))
    return zones


def _extend(lines: Sequence[Line], end: int) -> int:
    """Short sentences and captions right after the last paragraph still belong to it.

    So does one stub that leads to a short sentence without a blank line, or to an item of a list.
    """
    while end < len(lines):
        line, after = lines[end], lines[end + 1] if end + 1 < len(lines) else None
        leads_on = line.shape is Shape.STUB and after is not None and after.shape is Shape.SHORT
        is_list = after is not None and after.text.startswith(BULLETS)
        if leads_on and after is not None and after.gap == 0 and (line.gap == 0 or is_list):
            end += 2
        elif line.shape in (Shape.SHORT, Shape.CAPTION) and line.words >= 3:
            end += 1
        else:
            break
    return end


def _open(lines: Sequence[Line], start: int, earliest: int) -> int:
    """Short sentences right before the first paragraph open it."""
    while start > earliest and lines[start - 1].shape is Shape.SHORT and lines[start - 1].words >= 4:
        start -= 1
    return start


def _belongs(zone: Zone, main: Zone, between: Sequence[Line]) -> bool:
    if any(line.shape is Shape.END for line in between):
        return False
    enough = _is_box(between) or zone.words >= max(_FEWEST_ZONE_WORDS, _SHARE * main.words)
    return enough and zone.words / zone.paragraphs >= min(
        _PARAGRAPH_WORDS, 0.6 * main.words / main.paragraphs
    )


def _is_box(between: Sequence[Line]) -> bool:
    """Whether nothing but a newsletter box or an advertisement parts two stretches of prose."""
    return all(line.shape is Shape.FURNITURE for line in between) and any(
        furniture("box").match(line.text) for line in between
    )


def _average(lines: Sequence[Line]) -> float:
    return sum(line.words for line in lines) / max(1, len(lines))
