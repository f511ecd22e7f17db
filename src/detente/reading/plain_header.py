"""Read the lines above an article: title, byline, publisher, date, breadcrumbs and menus."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.codebooks.page_words import furniture
from detente.codebooks.publishers import publisher_by_name
from detente.model.dates import Basis
from detente.model.text import BlockKind
from detente.reading.line_shapes import Line, Shape, is_caption
from detente.reading.publication import DateEvidence, Moment, settle
from detente.reading.written_dates import WrittenDate, find_dates

_SEPARATORS = " \t|·•–—-/,;:"
_FEWEST_TITLE_WORDS = 3
# A title stands within so many lines above the article.
_FARTHEST = 200
_PERSON = re.compile(r"^[A-ZÀ-Ý][\w.’'-]+(?: [A-ZÀ-Ý][\w.’'-]*){1,3}$")
_DOUBLED = re.compile(r"^(?P<name>.{3,60}?)\s*(?P=name)$")


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line of the header that holds a date, with the names beside it; `days` counts the days it names."""

    written: WrittenDate
    names: tuple[str, ...]
    is_change: bool
    days: int = 1


@dataclass(frozen=True, slots=True)
class Header:
    """What the lines above an article say; `title_at` is None when none of them is a title."""

    kinds: tuple[BlockKind, ...]
    title: str
    title_at: int | None
    byline: str
    publisher: str
    dates: tuple[DateLine, ...]


def read_header(lines: Sequence[Line], told_title: str = "") -> Header:
    """Type the lines before the first paragraph and take from them what they say of the page."""
    title_at = _find_title(lines, told_title)
    dates = tuple(filter(None, (_date_line(line) for line in lines if line.shape is Shape.DATE)))
    names = [name for found in dates for name in found.names] + [
        line.text for line in lines if line.words <= 6
    ]
    return Header(
        kinds=tuple(_kind(lines, number, title_at) for number in range(len(lines))),
        title=told_title or (lines[title_at].text if title_at is not None else ""),
        title_at=title_at,
        byline=_byline(names) or _lone_name(lines, title_at),
        publisher=_publisher(names),
        dates=dates,
    )


def publication(header: Header, evidence: DateEvidence) -> tuple[Moment | None, Moment | None]:
    """When the page was published and when changed, by its header's date lines."""
    published = next((d for d in header.dates if not d.is_change), None)
    changed = next((d for d in header.dates if d.is_change), None)
    return (
        settle(published.written, Basis.TEXT, evidence) if published else None,
        settle(changed.written, Basis.TEXT, evidence) if changed else None,
    )


def split_date_line(text: str) -> DateLine | None:
    """Part a line such as "Daily Report | By A. Kim | 11/04/2024 09:30 KST" into date and names."""
    found = list(find_dates(text))
    if not found:
        return None
    written = found[0]
    before = text[: written.start]
    rest = [part.strip(_SEPARATORS) for part in re.split(r"[|·•]|\s[–—-]\s", before)]
    is_change = bool(
        furniture("changed").search(before.strip()) and not furniture("dated").match(before.strip())
    )
    names = tuple(_undouble(_without_label(part)) for part in rest if part)
    return DateLine(written, names, is_change, _days(text, found))


def _days(text: str, found: Sequence[WrittenDate]) -> int:
    """How many days a line names, the day of a change beside that of publication not counted."""
    stretches = (text[before.end : date.start] for before, date in itertools.pairwise(found))
    further = {
        date.readings
        for date, stretch in zip(found[1:], stretches, strict=True)
        if not furniture("changed").search(stretch)
    }
    return len({found[0].readings} | further)


def _date_line(line: Line) -> DateLine | None:
    return split_date_line(line.text)


def _without_label(part: str) -> str:
    for kind in ("dated", "changed"):
        match = furniture(kind).match(part)
        if match and (
            match.end() == len(part) or not part[match.end() - 1].isalnum() or not part[match.end()].isalnum()
        ):
            return part[match.end() :].strip(_SEPARATORS)
    return part


def _undouble(text: str) -> str:
    """A logo's text and its label stand side by side in saved pages: the same name twice."""
    match = _DOUBLED.match(text)
    return match["name"].strip() if match else text


def _publisher(names: Sequence[str]) -> str:
    for name in names:
        known = publisher_by_name(_undouble(name))
        if known:
            return known.name
    return ""


def _byline(names: Sequence[str]) -> str:
    for name in names:
        match = furniture("byline").match(name)
        if match and 0 < len(name[match.end() :].split()) <= 8:
            return name[match.end() :].strip(_SEPARATORS)
    return ""


def _lone_name(lines: Sequence[Line], title_at: int | None) -> str:
    """A person's name on a line of its own, next to the date line below the title."""
    for number in range((title_at if title_at is not None else len(lines)) + 1, len(lines)):
        beside = [lines[n].shape for n in (number - 1, number + 1) if 0 <= n < len(lines)]
        text = lines[number].text
        if Shape.DATE in beside and _PERSON.match(text) and not publisher_by_name(text):
            return text
    return ""


def _find_title(lines: Sequence[Line], told: str) -> int | None:
    """The title: the line told from outside, one that a breadcrumb repeats, else the first worth the name."""
    if told:
        return next((n for n, line in enumerate(lines) if _fold(line.text) == _fold(told)), None)
    candidates = [n for n, line in enumerate(lines) if n >= len(lines) - _FARTHEST and _may_be_title(line)]
    for number in candidates:
        text = lines[number].text
        if any(
            other.text != text and other.text.endswith(text) for other in lines[max(0, number - 20) : number]
        ):
            return number
    fit = [n for n in candidates if not _in_menu(lines, n) and not _is_trail(lines, n)]
    best = max(fit, key=lambda n: (_weight(lines, n), -n), default=None)
    # A standfirst is longer than the title right above it.
    return best - 1 if best is not None and best - 1 in fit and lines[best - 1].words >= 4 else best


def _weight(lines: Sequence[Line], number: int) -> int:
    """How much a line looks like a title: its length, and a date or byline close below it."""
    below = lines[number + 1 : number + 4]
    signed = any(line.shape is Shape.DATE or furniture("byline").match(line.text) for line in below)
    return min(lines[number].words, 12) + (4 if signed else 0)


def _may_be_title(line: Line) -> bool:
    if (
        line.shape not in (Shape.STUB, Shape.SHORT)
        or line.words < _FEWEST_TITLE_WORDS
        or line.text.endswith(":")
    ):
        return False
    if publisher_by_name(line.text) or furniture("byline").match(line.text):
        return False
    return not is_caption(line.text)


def _in_menu(lines: Sequence[Line], number: int) -> bool:
    """Whether the line stands among at least three others of its length without blank lines between."""
    start = end = number
    while start > max(0, number - 6) and lines[start].gap == 0:
        start -= 1
    while end + 1 < min(len(lines), number + 7) and lines[end + 1].gap == 0:
        end += 1
    short = sum(line.words <= 4 for line in lines[start : end + 1])
    return end - start >= 3 and short > 0.6 * (end - start + 1) and lines[number].words <= 4


def _is_trail(lines: Sequence[Line], number: int) -> bool:
    """Whether a later line repeats this line's end: then this one is the way there, not the title."""
    return any(
        len(o.text) > 12 and o.text != lines[number].text and lines[number].text.endswith(o.text)
        for o in lines[number + 1 : number + 20]
    )


def _kind(lines: Sequence[Line], number: int, title_at: int | None) -> BlockKind:
    line = lines[number]
    if number == title_at:
        return BlockKind.HEADING
    if line.shape is Shape.CAPTION:
        return BlockKind.CAPTION
    after_title = title_at is not None and number > title_at
    if after_title and line.shape is Shape.SHORT and line.words >= 5:
        return BlockKind.BODY
    if (
        after_title
        and line.shape is Shape.STUB
        and line.words >= 7
        and line.text != lines[title_at or 0].text
    ):
        return BlockKind.HEADING
    return BlockKind.CHROME


def _fold(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
