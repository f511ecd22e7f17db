"""What surrounds a date's words: the day of publication, the story told so far, words that look ahead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from detente.codebooks.foreseen import anniversaries
from detente.codebooks.tables import read_table
from detente.language.calendars import JUCHE_EPOCH, Reference, make_day
from detente.language.date_patterns import SMALL_NUMBERS
from detente.model.dates import Basis, Dated, day

_ANNIVERSARY = re.compile(r"(\d{1,3})(?:st|nd|rd|th)\s+anniversary\b([^.;\n]{0,90})")
_SENTENCE_END = re.compile(r"[.!?;]\s+(?=[A-Z\"“])|\n")
_FUTURE_REACH = 70
_STORY_REACH = 500
_STORY_DAYS = 75
YEAR_WORDS = {"last year": -1, "this year": 0, "next year": 1, "last": -1, "this": 0, "next": 1}


@dataclass(slots=True)
class DateContext:
    """What earlier sentences said about time: the year a bare "in May" belongs to.

    `year` is the publication's; `anchor` the day an anniversary fixes in a text without publication date;
    `told` the last date the text gave in full and `told_at` where; `story_year` the last year it spoke of
    ("last year", "in 2023") and `story_at` where.
    """

    year: int | None = None
    anchor: Dated | None = None
    told: Dated | None = None
    told_at: int = -1
    story_year: int | None = None
    story_at: int = -1


def reference_of(published: Dated | None, anchor: Dated | None) -> Reference | None:
    """Say from which days a text speaks: its publication, else the anniversary it names, else None."""
    if published and published.lo and published.hi:
        return Reference(published.lo, published.hi)
    if anchor and anchor.lo and anchor.hi:
        return Reference(anchor.lo, anchor.hi, certain=False)
    return None


def anniversary_in(text: str) -> Dated | None:
    """The day of the anniversary a text speaks of, uncertain because it need not be this year's."""
    for found in _ANNIVERSARY.finditer(text):
        for words, day_ in _anniversaries():
            if words in found.group(2).casefold():
                held = make_day(day_.year + int(found.group(1)), day_.month, day_.day)
                return day(held, qualifier="?", text=found.group(0)) if held else None
    return None


@cache
def _anniversaries() -> tuple[tuple[str, date], ...]:
    return tuple((words.casefold(), day_) for words, day_ in anniversaries())


@cache
def _future_cue() -> re.Pattern[str]:
    words = "|".join(re.escape(row["words"]) for row in read_table("future_cues.tsv", ("words",)))
    return re.compile(rf"(?<![\w])(?:{words})(?![\w])", re.IGNORECASE)


_ORIGIN = re.compile(
    r"(?:,\s+(?:which|who|whose)\s[^,.;]{0,80}?\s|\b(?:created|founded|established|set up|built|born)\s+)"
    r"(?:in\s+|since\s+|of\s+)?(?:\w+\s+)?$"
)


def read_count(words: str) -> int:
    """Read a small number in digits or words."""
    return SMALL_NUMBERS[words] if words in SMALL_NUMBERS else int(words)


class DateSetting:
    """What one block tells about the dates in it; it notes each date read for those that follow."""

    def __init__(self, text: str, shift: int, reference: Reference | None, context: DateContext) -> None:
        self.text, self.shift, self.reference, self.context = text, shift, reference, context

    def remember(self, shape: str, dated: Dated, start: int) -> None:
        """Note a date for those that follow."""
        at = start + self.shift
        if dated.lo and dated.hi and (dated.hi - dated.lo).days <= 366:
            if (dated.hi - dated.lo).days <= 31:
                self.context.told, self.context.told_at = dated, at
            told = shape in ("which_unit", "year", "month_year", "part_of_year", "juche")
            if told and dated.lo.year == dated.hi.year and not self._is_aside(start):
                self.context.story_year, self.context.story_at = dated.lo.year, at

    def _is_aside(self, start: int) -> bool:
        """Whether a year only tells an origin: ", which was created in 2009," moves no story."""
        return bool(_ORIGIN.search(self.text, max(0, start - _FUTURE_REACH), start))

    def looks_ahead(self, found: re.Match[str]) -> bool:
        """Whether the words just before put the date after the day of publication."""
        before = self.text[max(0, found.start() - _FUTURE_REACH) : found.start()]
        before = _SENTENCE_END.split(before)[-1]
        # A clause of its own after a comma ("..., voted on Saturday") is not under an earlier "will".
        last = re.split("[,;]", before)[-1]
        return bool(_future_cue().search(last if len(last.split()) > 1 else before))

    def year_of(self, found: re.Match[str]) -> int | None:
        """The year the pattern names outright or as "last year"; None when it names none."""
        groups = found.groupdict()
        if groups.get("juche"):
            return JUCHE_EPOCH + int(groups["juche"])
        named = groups.get("y") or groups.get("y_")
        if named:
            return int(named[:4])
        if groups.get("n") and groups.get("m") and self.reference and self.reference.year:
            return self.reference.year - read_count(groups["n"])
        relative = groups.get("rel")
        if relative in ("last year", "this year", "next year") and self.reference and self.reference.year:
            return self.reference.year + YEAR_WORDS[relative]
        return None

    def basis(self, found: re.Match[str]) -> Basis:
        """Whether the year stands in the text or was inferred."""
        groups = found.groupdict()
        named = groups.get("y") or groups.get("juche") or groups.get("y_")
        return Basis.TEXT if named else Basis.RELATIVE

    def nearest(self, month_: int, day_: int | None, found: re.Match[str]) -> tuple[int, str] | None:
        """The year a month without one belongs to, with "?" where the text speaks for another year."""
        story = self._story(month_, day_)
        if story is not None:
            return story
        if self.reference is None:
            return None
        now = self.reference.hi
        same = make_day(now.year, month_, day_ or 1)
        if same is None:
            same = make_day(now.year, month_, 28)
        if same is None:
            return None
        qualifier = "" if self.reference.certain else "?"
        ahead = self.looks_ahead(found)
        if same <= now:
            this_month = (same.year, same.month) == (now.year, now.month)
            return (now.year + (1 if ahead and not this_month else 0), qualifier)
        if ahead or (day_ is not None and (same - now).days <= 31):
            return now.year, qualifier
        return now.year - 1, qualifier

    def _story(self, month_: int, day_: int | None) -> tuple[int, str] | None:
        """The year of what is being told: close to a full date just given, or the year just spoken of."""
        here = self.context
        if here.told and here.told.lo and self.recent(here.told_at):
            for year_ in (here.told.lo.year, here.told.lo.year + 1, here.told.lo.year - 1):
                candidate = make_day(year_, month_, day_ or 15)
                if (
                    candidate
                    and abs((candidate - here.told.lo).days) <= _STORY_DAYS
                    and self._is_past(candidate)
                ):
                    return year_, ""
        if here.story_year and self.recent(here.story_at) and here.story_at > here.told_at:
            known = self.reference.year if self.reference else None
            if known is None or (here.story_year < known and not self._is_news(month_, day_)):
                return here.story_year, "" if known == here.story_year + 1 else "?"
        return None

    def _is_news(self, month_: int, day_: int | None) -> bool:
        """Whether a month and day fall in the weeks before publication: then they are of this year."""
        if self.reference is None or day_ is None:
            return False
        moment = make_day(self.reference.hi.year, month_, day_)
        return moment is not None and 0 <= (self.reference.hi - moment).days <= _STORY_DAYS

    def _is_past(self, moment: date) -> bool:
        return self.reference is None or moment <= self.reference.hi

    def recent(self, at: int) -> bool:
        """Whether something noted at `at` is near enough to matter."""
        return at >= 0 and at >= self.shift - _STORY_REACH
