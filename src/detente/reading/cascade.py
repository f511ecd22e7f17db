"""Choose the main text of an HTML page: one numbered cascade over several extractors."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from detente.codebooks.page_words import furniture
from detente.reading.alignment import align, key_of
from detente.reading.html_segments import Segment, prose_words
from detente.reading.line_shapes import (
    Shape,
    count_words,
    is_caption,
    is_furniture,
    is_menu,
    opens_furniture,
    shape_line,
)
from detente.reading.plain_zones import find_article

# Trafilatura logs every page it finds empty; we say so ourselves, as an Issue.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# An article body told by the page counts when it is longer than a teaser ...
_TOLD_LETTERS = 400
# ... and shares this much with what was extracted.
_SAME_ARTICLE = 0.5
# Extracted text is short beside the page's own paragraphs below this share of their words.
_SHORT_SHARE = 0.4
# What lies outside a told body is furniture only while it is a small part; else the body was cut short.
_FRINGE = 0.15
_LONGEST_CAPTION = 80
# A heading such as "In other news" is the article's own where this share of the text follows it.
_OWN_PART = 0.1
_WHOLE_PAGE = 0.85
_EVERYTHING = 0.97
# Line shapes must leave this much of what was chosen.
_LEAST_BY_SHAPES = 0.6
_LARGEST_FOR_EXTRACTOR = 1_200_000


@dataclass(frozen=True, slots=True)
class MainText:
    """The numbers of the segments that are main text, and lines found outside any segment.

    `extra` holds such a line with the number of the segment it follows. `stage` names the stage of the
    cascade that decided.
    """

    chosen: frozenset[int]
    extra: tuple[tuple[int, str], ...]
    stage: str


def find_main_text(tree: HtmlElement, segments: Sequence[Segment], told_body: str, *, size: int) -> MainText:
    """Find the main text, each stage only where the one before it fell short.

    1. Trafilatura, balanced, without comments.
    2. The page's own `articleBody` (JSON-LD), where stage 1 has less than half of it.
    3. Trafilatura favouring recall, where the text so far is short beside the page's own paragraphs.
    4. The paragraphs of the element that holds most prose, where even that is short.
    5. Every paragraph outside furniture, where nothing was found.
    Then, whichever stage decided:
    6. Paragraphs that the told body holds, or that stand between chosen ones, are taken in.
    7. Lines that are furniture, captions or follow the article's end are left out.
    8. Where nearly the whole page was chosen, its markup says nothing: the article is told from the rest
       by the shapes of lines, as in a plain text.
    """
    stage, lines = "trafilatura", _extract(tree, size)
    chosen, extra = align(lines, segments)
    told = key_of(told_body) if len(told_body) >= _TOLD_LETTERS else ""
    by_told = _held_by(told, segments)
    if (
        by_told
        and _letters(segments, chosen & by_told) < 0.5 * len(told)
        and _letters(segments, by_told) > 0.6 * len(told)
    ):
        stage, chosen, extra = (
            "told body",
            chosen | by_told if _agree(segments, chosen, by_told) else set(by_told),
            [],
        )
    if _is_short(segments, chosen):
        wider, wider_extra = align(_extract(tree, size, favor_recall=True), segments)
        if _words(segments, wider) > 1.5 * _words(segments, chosen):
            stage, chosen, extra = "recall", wider, wider_extra
    if _is_short(segments, chosen):
        own = _densest(segments)
        if _words(segments, own) > 2 * _words(segments, chosen):
            stage, chosen, extra = "densest", own, []
    if not chosen and not extra:
        stage, chosen = "paragraphs", {number for number, _ in prose_words(list(segments))}
    chosen = _take_in(segments, chosen, by_told if _agree(segments, chosen, by_told) else set())
    chosen = _leave_out(segments, chosen, by_told if len(told) else set())
    if _says_nothing(segments, chosen):
        stage, chosen = f"{stage}, by line shapes", _by_shapes(segments, chosen)
    kept = tuple(
        (after, line) for after, line in extra if not is_furniture(line) and not opens_furniture(line)
    )
    return MainText(frozenset(chosen), kept, stage)


def _by_shapes(segments: Sequence[Segment], chosen: set[int]) -> set[int]:
    """The article by line shapes; everything chosen where too much of it would be lost.

    Where the paragraphs are marked as such, only lines at the edges that are no sentences are left out.
    """
    numbers = sorted(chosen)
    if _marked(segments, chosen) >= 0.5 * _words(segments, chosen):
        return _trim(segments, numbers)
    start, end = find_article([shape_line(segments[number].text, 1) for number in numbers])
    while start < end < len(numbers) and segments[numbers[end]].is_row:
        end += 1
    kept = set(numbers[start:end])
    return kept if _words(segments, kept) > _LEAST_BY_SHAPES * _words(segments, chosen) else chosen


def _trim(segments: Sequence[Segment], numbers: Sequence[int]) -> set[int]:
    """Leave out what stands before the first and after the last sentence, headings, items and rows apart."""
    said = [at for at, number in enumerate(numbers) if _is_said(segments[number])]
    if not said:
        return set(numbers)
    outer = [number for at, number in enumerate(numbers) if not said[0] <= at <= said[-1]]
    return set(numbers) - {n for n in outer if not segments[n].heading}


def _is_said(segment: Segment) -> bool:
    shape = shape_line(segment.text, 1).shape
    return segment.is_row or segment.is_item or (not segment.heading and shape in (Shape.PROSE, Shape.SHORT))


def _says_nothing(segments: Sequence[Segment], chosen: set[int]) -> bool:
    """Whether a page has no frame, or nearly all of it was chosen and little stands in marked paragraphs."""
    words = _words(segments, chosen)
    shown = sum(s.words for n, s in enumerate(segments) if n in chosen or not is_furniture(s.text))
    share = words / max(1, shown)
    if share > _EVERYTHING:
        return True
    in_article = any(segments[number].in_article for number in chosen)
    return share > _WHOLE_PAGE and _marked(segments, chosen) < 0.5 * words and not in_article


def _marked(segments: Sequence[Segment], numbers: set[int]) -> int:
    return sum(segments[number].words for number in numbers if segments[number].tag == "p")


def _extract(tree: HtmlElement, size: int, *, favor_recall: bool = False) -> list[str]:
    """Run trafilatura on a copy; no lines when the page is too large or too odd for it."""
    if size > _LARGEST_FOR_EXTRACTOR:
        return []
    try:
        found = trafilatura.extract(deepcopy(tree), include_comments=False, favor_recall=favor_recall)
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError, etree.LxmlError):
        return []
    return [line.lstrip("-").strip("| ") for line in (found or "").split("\n") if line.strip()]


def _held_by(told: str, segments: Sequence[Segment]) -> set[int]:
    if not told:
        return set()
    keys = ((number, key_of(segment.text)) for number, segment in enumerate(segments))
    return {number for number, key in keys if len(key) >= 25 and key in told}


def _agree(segments: Sequence[Segment], chosen: set[int], by_told: set[int]) -> bool:
    """Whether what was extracted and what the page tells are the same article."""
    return _letters(segments, chosen & by_told) >= _SAME_ARTICLE * min(
        max(1, _letters(segments, chosen)), max(1, _letters(segments, by_told))
    )


def _letters(segments: Sequence[Segment], numbers: set[int]) -> int:
    return sum(len(key_of(segments[number].text)) for number in numbers)


def _words(segments: Sequence[Segment], numbers: set[int]) -> int:
    return sum(segments[number].words for number in numbers)


def _is_short(segments: Sequence[Segment], chosen: set[int]) -> bool:
    own = sum(segments[number].words for number in _densest(segments))
    return own > 80 and _words(segments, chosen) < _SHORT_SHARE * own


def _densest(segments: Sequence[Segment]) -> set[int]:
    """The paragraphs under the element with most prose; a grandparent counts half of it."""
    prose = list(prose_words(list(segments)))
    weights: Counter[int] = Counter()
    for number, words in prose:
        parent, above = segments[number].home
        weights[parent] += 2 * words
        weights[above] += words
    if not weights:
        return set()
    best = weights.most_common(1)[0][0]
    return {number for number, _ in prose if best in segments[number].home}


def _take_in(segments: Sequence[Segment], chosen: set[int], by_told: set[int]) -> set[int]:
    """Stage 6: told paragraphs, paragraphs between chosen neighbours, headings above chosen paragraphs."""
    taken = chosen | {number for number in by_told if not segments[number].region}
    if not taken:
        return taken
    homes = Counter(segments[number].home[0] for number in chosen)
    first, last = min(taken), max(taken)
    for number in range(max(0, first - 1), last + 1):
        segment = segments[number]
        if number in taken or segment.region or segment.is_caption or segment.note:
            continue
        if (
            number > first
            and segment.is_prose
            and homes[segment.home[0]] >= 2
            and not is_caption(segment.text)
        ) or (
            segment.heading and homes[segment.home[0]] >= 2 and number + 1 in chosen and segment.linked < 0.5
        ):
            taken.add(number)
    return taken | _list_after(segments, last, homes)


def _list_after(segments: Sequence[Segment], last: int, homes: Counter[int]) -> set[int]:
    """A list without links right after the last paragraph, in the same element: extractors drop it."""
    items = set()
    for number in range(last + 1, len(segments)):
        segment = segments[number]
        if not segment.is_item or segment.region or segment.linked or homes[segment.home[1]] < 2:
            break
        items.add(number)
    words = _words(segments, items)
    return items if words >= 4 * len(items) else set()


def _leave_out(segments: Sequence[Segment], chosen: set[int], by_told: set[int]) -> set[int]:
    """Stage 7: cut at the article's end, then drop furniture and what a told body leaves at the fringes."""
    kept = {number for number in chosen if not _is_odd(segments[number])}
    end = _article_end(segments, sorted(kept))
    kept = {number for number in kept if number < end}
    inside = kept & by_told
    if not inside or _letters(segments, inside) < 0.6 * max(1, _letters(segments, kept)):
        return kept
    fringe = {number for number in kept if number > max(inside) or number < min(inside)}
    return kept - fringe if _letters(segments, fringe) < _FRINGE * _letters(segments, kept) else kept


def _is_odd(segment: Segment) -> bool:
    text = segment.text
    if (
        is_furniture(text)
        or (segment.is_caption and segment.words < _LONGEST_CAPTION)
        or (is_menu(text) and segment.linked > 0.3)
    ):
        return True
    is_lead = bool(furniture("lead").match(text))
    return is_lead and (segment.linked > 0.4 or (count_words(text) < 16 and not text.endswith(".")))


def _article_end(segments: Sequence[Segment], kept: Sequence[int]) -> int:
    """Where comments, related stories or tags begin: a line that opens them, with most words before it.

    A heading with a good part of the text behind it, in the same element, is one of the article's own.
    """
    total = sum(segments[number].words for number in kept)
    before, chosen, homes = 0, set(kept), Counter[int]()
    for number in range(kept[0] if kept else 0, len(segments)):
        segment = segments[number]
        if before > 0.5 * total and opens_furniture(segment.text):
            behind = sum(segments[n].words for n in chosen if n > number and homes[segments[n].home[0]] >= 2)
            is_own = segment.heading and not furniture("replies").match(segment.text)
            if not is_own or behind < _OWN_PART * total:
                return number
        if number in chosen:
            before += segment.words
            homes[segment.home[0]] += 1
    return len(segments)
