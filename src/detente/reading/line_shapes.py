"""What the shape of a line says: prose, short sentence, title-like stub, caption, date line, furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from detente.codebooks.page_words import furniture
from detente.reading.written_dates import find_dates

# A line of so many words that ends like a sentence is a paragraph; so many more need no full stop.
PROSE_WORDS = 12
LONG_WORDS = 30
# A longer line between paragraphs is text that lost its full stop, not a heading.
STUB_WORDS = 14
_WORD = re.compile(r"\w+(?:[.'’&-]\w+)*")
_WIDE = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_END = re.compile(r"(?:[.!?…。！？]|-0-)[\"'”’»」』)\]]*\s*(?:\[\d{1,3}\]|\d{1,2})?$|[:;—]$")
# "Word: Name" closing a line after a sentence or in brackets, without a full stop: the shape of a credit.
_CREDIT = re.compile(
    r"(?:[.!?]\s+|\()(?P<word>[^\W\d_][\w ]{1,14}?)\s?[:/]\s?(?P<who>[^\W\d_][^.!?()]{1,40})\)?\.?$"
)
_SLASH = re.compile(r"\S\s+/\s+(?P<who>[A-Z][\w.’'-]*(?:\s+[A-Z&][\w.’'-]*){0,3})$")
_BRACKETED = re.compile(r"[\[(](?P<who>[^\[\]()]{2,40})[\])]\.?$")
_BAR = re.compile(r"\s*[|·•»>]\s*|\s+[–/]\s+")
BULLETS = ("- ", "* ", "• ", "– ", "▲", "△", "■")
_INITIAL = re.compile(r"\b([A-ZÀ-Ý])\.\s?(?=[A-ZÀ-Ý])")
_OPENING_LABEL = re.compile(r"^[\[(【]([^\[\]()【】]{3,20})[\])】]\s*\w")
_NOTE = re.compile(r"^(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)])\s+\S")


class Shape(StrEnum):
    """What a line looks like, before its neighbours are asked."""

    PROSE = "prose"
    SHORT = "short"
    STUB = "stub"
    CAPTION = "caption"
    DATE = "date"
    FURNITURE = "furniture"
    END = "end"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Line:
    """One line (or unwrapped paragraph) of a plain text; `gap` is the number of blank lines before it."""

    text: str
    gap: int
    shape: Shape
    words: int


def shape_line(text: str, gap: int) -> Line:
    """Look at one line by itself."""
    shape, words = _look(text)
    return Line(text, gap, shape, words)


@lru_cache(maxsize=4096)
def _look(text: str) -> tuple[Shape, int]:
    words = count_words(text)
    return _shape(text, words), words


def count_words(text: str) -> int:
    """Count words; two characters of a script without blanks count as one."""
    wide = len(_WIDE.findall(text))
    return len(_WORD.findall(text)) if wide < 4 else len(_WORD.findall(_WIDE.sub(" ", text))) + wide // 2


def ends_like_a_sentence(text: str) -> bool:
    """Whether the line closes with a full stop, a quotation mark after one, or a colon."""
    return bool(_END.search(text))


def is_furniture(text: str) -> bool:
    """Whether a whole line is share buttons, cookie notes, copyright, log-in and the like."""
    return len(text) < 260 and bool(furniture("line").match(text))


def is_menu(text: str) -> bool:
    """Whether a line is a row of short entries parted by bars or dots: "Home | Politics | World"."""
    parts = [part for part in _BAR.split(text) if part.strip()]
    return (
        len(parts) >= 3 and all(count_words(part) <= 4 for part in parts) and not ends_like_a_sentence(text)
    )


def opens_furniture(text: str) -> bool:
    """Whether a line of its own opens what follows an article: comments, related stories, tags."""
    return len(text) < 80 and bool(furniture("end").match(text))


def points_elsewhere(text: str) -> bool:
    """Whether a line inside an article names another story: "Read more: Ferrymen win dispute"."""
    match = furniture("aside").match(text) if len(text) < 200 else None
    return bool(match) and count_words(text[match.end() if match else 0 :]) >= 2 and not text.endswith(".")


def is_caption(text: str, *, loose: bool = False) -> bool:
    """Whether the line ends in a picture credit: "(Source: KCNA)", "Photo by ...", "/ AP", "Ảnh: KCNA".

    With `loose`, a few capitalised words after the last full stop are one too: "Pool photo".
    """
    if len(text) > 700:
        return False
    # The dots of initials end no sentence: "Photo: B. Author".
    text = _INITIAL.sub(r"\1 ", text)
    opening = _OPENING_LABEL.match(text)
    if opening and furniture("credit").match(opening[1]):
        return True
    credit = _CREDIT.search(text)
    if credit and (furniture("credit").match(credit["word"]) or not text.endswith(".")):
        return bool(furniture("credit").match(credit["word"])) or _is_name(credit["who"])
    if _SLASH.search(text):
        return True
    words = count_words(text)
    last = re.split(r"(?<=[.!?)])\s+", text)[-1]
    if (
        last != text
        and len(last) < 60
        and (furniture("credit").match(last) or (loose and words >= 8 and _is_loose_credit(last)))
    ):
        return True
    bracketed = _BRACKETED.search(text)
    return bool(
        bracketed and furniture("credit").match(bracketed["who"]) and _names_somebody(bracketed["who"])
    )


def _is_loose_credit(words: str) -> bool:
    """A few capitalised words after the last full stop, without one of their own: "Pool photo", "Reuters"."""
    return (
        words[:1].isupper()
        and len(words.split()) <= 4
        and not ends_like_a_sentence(words)
        and words[-1].isalpha()
    )


def _names_somebody(credit: str) -> bool:
    """A credit in brackets names somebody; "(photos attached)" only tells that there are pictures."""
    return bool(re.search(r"[:/]|\b(?:by|courtesy of|via|file photo|handout)\b", credit, re.IGNORECASE))


def note_label(text: str) -> str:
    """The number a footnote opens with, "" when the line is none."""
    match = _NOTE.match(text)
    return next(filter(None, match.groups()), "") if match else ""


def _shape(text: str, words: int) -> Shape:
    if words == 0 or (words == 1 and text.strip().isdigit()) or is_furniture(text) or is_menu(text):
        return Shape.FURNITURE
    if points_elsewhere(text):
        return Shape.FURNITURE
    if opens_furniture(text):
        return Shape.END
    if is_date_line(text):
        return Shape.DATE
    if words >= 4 and is_caption(text):
        return Shape.CAPTION
    ended = ends_like_a_sentence(text)
    if (ended and words >= PROSE_WORDS) or words >= LONG_WORDS:
        return Shape.PROSE
    is_item = words >= 4 and text.startswith(BULLETS)
    return Shape.SHORT if is_item or (ended and words >= 2) else Shape.STUB


def is_date_line(text: str) -> bool:
    """Whether a line is there to say when (and by whom) the page was published."""
    found = next(find_dates(text), None) if len(text) <= 140 else None
    if not found:
        return False
    rest = text[: found.start] + text[found.end :]
    return count_words(re.sub(r"\d{1,2}:\d{2}(?::\d{2})?", "", rest)) <= 9 and not ends_like_a_sentence(
        text.rstrip(". ")
    )


def _is_name(who: str) -> bool:
    return len(who.split()) <= 5 and all(word[:1].isupper() or len(word) < 4 for word in who.split())
