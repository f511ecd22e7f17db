"""Find dates in a block and resolve them against the day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from detente.language.calendars import (
    JUCHE_EPOCH,
    Reference,
    ago,
    decade,
    make_day,
    month_end,
    part_of,
    past_stretch,
    season,
    shift_days,
    shift_months,
    week_of,
    weekday,
)
from detente.language.date_patterns import (
    MONTH_NUMBER,
    ORDINALS,
    SEASONS,
    SHAPES,
    WEEKDAY_NUMBER,
)
from detente.language.date_setting import (
    YEAR_WORDS,
    DateContext,
    DateSetting,
    anniversary_in,
    read_count,
    reference_of,
)
from detente.language.frames import DateMention
from detente.model.dates import Basis, Dated, day, interval, month, window, year

__all__ = ["DateContext", "find_dates"]


def find_dates(
    text: str, shift: int, *, published: Dated | None, context: DateContext
) -> tuple[DateMention, ...]:
    """Find the dates of one block in text order, offsets in the rendition.

    The words are those of the date alone, without "in", "since" or "until". Words that the text leaves
    open ("in the near future", "on Tuesday" without a publication day) give no mention; a month and day
    without a year are kept with the year unspecified ("XXXX-09-03") and open bounds. Approximate dates
    ("two years ago") carry "~", dates whose year was inferred against other evidence "?".
    """
    if published is None and context.anchor is None:
        context.anchor = anniversary_in(text)
    reader = _Reader(text, shift, reference_of(published, context.anchor), context)
    return tuple(reader.mentions())


@cache
def _any_hint() -> re.Pattern[str]:
    """A word without which no shape can match: most blocks of short sentences hold none."""
    return re.compile(
        r"\d|day\b|[Yy]ear|month|week|ago\b|spring|summer|autumn|fall|winter|morrow|night|decade|"
        r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    )


class _Reader:
    """One pass over a block."""

    def __init__(self, text: str, shift: int, reference: Reference | None, context: DateContext) -> None:
        self.text, self.shift, self.reference, self.context = text, shift, reference, context
        self.setting = DateSetting(text, shift, reference, context)

    def mentions(self) -> Iterator[DateMention]:
        """Read the block from left to right."""
        if not _any_hint().search(self.text):
            return
        for shape, found in self._found():
            dated = self._read(shape, found)
            if dated is None:
                continue
            start, end = found.span()
            self.setting.remember(shape, dated, start)
            words = self.text[start:end]
            yield DateMention(start + self.shift, end + self.shift, words, replace(dated, text=words))

    def _read(self, shape: str, found: re.Match[str]) -> Dated | None:
        try:
            dated: Dated | None = getattr(self, f"_{shape}")(found)
        except (ValueError, OverflowError):
            return None  # beyond the years 1 to 9999
        return dated

    def _found(self) -> list[tuple[str, re.Match[str]]]:
        taken: list[tuple[int, int]] = []
        kept: list[tuple[str, re.Match[str]]] = []
        for shape, pattern in SHAPES:
            for found in pattern.finditer(self.text):
                start, end = found.span()
                if start < end and all(end <= first or last <= start for first, last in taken):
                    taken.append((start, end))
                    kept.append((shape, found))
        return sorted(kept, key=lambda item: item[1].start())

    def _iso(self, found: re.Match[str]) -> Dated | None:
        value = make_day(int(found["y"]), int(found["n1"]), int(found["n2"]))
        return day(value) if value else None

    _year_first = _iso

    def _numeric(self, found: re.Match[str]) -> Dated | None:
        first, second, year_ = int(found["n1"]), int(found["n2"]), int(found["y"])
        day_first, month_first = make_day(year_, second, first), make_day(year_, first, second)
        if day_first is None or month_first is None or day_first == month_first or found["sep"] == ".":
            value = day_first or month_first
            return day(value) if value else None
        today = self.reference.today if self.reference else None
        if today in (day_first, month_first) and today is not None:
            return day(today)
        lo, hi = sorted((day_first, month_first))
        return Dated(f"[{lo.isoformat()},{hi.isoformat()}]", lo, hi)

    def _month_day(self, found: re.Match[str]) -> Dated | None:
        groups = found.groupdict()
        month_, day_ = _month(groups["m"]), _ordinal(groups["d"])
        named, qualifier = self.setting.year_of(found), ""
        if named is None:
            nearest = self.setting.nearest(month_, day_, found)
            if nearest is None:
                return Dated(f"XXXX-{month_:02d}-{day_:02d}", None, None)
            named, qualifier = nearest
        first = make_day(named, month_, day_)
        if first is None:
            return None
        if groups.get("d2") and (last := self._range_end(first, groups)):
            return interval(first, last, basis=self.setting.basis(found))
        return day(first, basis=self.setting.basis(found), qualifier=qualifier)

    _day_month = _month_day

    def _range_end(self, first: date, groups: dict[str, str | None]) -> date | None:
        month_ = _month(str(groups["m2"])) if groups.get("m2") else first.month
        last = make_day(first.year, month_, _ordinal(str(groups["d2"])))
        return last if last and last > first else None

    def _month_range(self, found: re.Match[str]) -> Dated | None:
        if found["y2"] in YEAR_WORDS:
            known = self.reference.year if self.reference else None
            if known is None:
                return None
            last_year, basis = known + YEAR_WORDS[found["y2"]], Basis.RELATIVE
        else:
            last_year, basis = int(found["y2"]), Basis.TEXT
        first, last = _month(found["m"]), _month(found["m2"])
        first_year = int(found["y"]) if found["y"] else last_year - (1 if first > last else 0)
        lo, hi = make_day(first_year, first, 1), make_day(last_year, last, 1)
        if lo is None or hi is None or lo > hi:
            return None
        return Dated(f"{lo:%Y-%m}/{hi:%Y-%m}", lo, month_end(hi), basis)

    def _month_year(self, found: re.Match[str]) -> Dated | None:
        named = self.setting.year_of(found)
        return self._in_month(found, _month(found["m"]), named, "") if named else None

    def _month(self, found: re.Match[str]) -> Dated | None:
        groups = found.groupdict()
        name = groups["m"] or groups["m_"] or groups["m__"] or groups["m___"]
        month_ = _month(str(name))
        if groups["rel"]:
            return self._which_month(found, month_, str(groups["rel"]))
        nearest = self.setting.nearest(month_, None, found)
        return self._in_month(found, month_, *nearest) if nearest else None

    def _which_month(self, found: re.Match[str], month_: int, which: str) -> Dated | None:
        """So "last October" is the latest one before this month, "next March" the first after it."""
        if self.reference is None:
            return None
        now = self.reference.hi
        year_ = now.year
        if which == "last" and month_ >= now.month:
            year_ -= 1
        if which == "next" and month_ <= now.month:
            year_ += 1
        return self._in_month(found, month_, year_, "" if self.reference.certain else "?")

    def _in_month(self, found: re.Match[str], month_: int, year_: int, qualifier: str) -> Dated | None:
        first = make_day(year_, month_, 1)
        if first is None:
            return None
        part = found.groupdict().get("part")
        if part:
            return part_of(first, month_end(first), part, "", self.setting.basis(found))
        return month(year_, month_, basis=self.setting.basis(found), qualifier=qualifier)

    def _juche(self, found: re.Match[str]) -> Dated | None:
        return year(JUCHE_EPOCH + int(found["juche"]))

    def _decade(self, found: re.Match[str]) -> Dated | None:
        return decade(int(found["y"]) * 10, found["part"] or "", "")

    def _decade_end(self, found: re.Match[str]) -> Dated | None:
        if self.reference is None or self.reference.year is None:
            return None
        last = self.reference.year // 10 * 10 + 10
        if found["part"] in ("end", "close"):
            # Usage is split between the last year of the tens and the round one: both stay open.
            return window(date(last - 1, 1, 1), date(last, 12, 31), basis=Basis.RELATIVE)
        return window(self.reference.lo, date(last, 12, 31), basis=Basis.RELATIVE)

    def _part_year(self, found: re.Match[str]) -> Dated | None:
        named, groups = self.setting.year_of(found), found.groupdict()
        if named is None:
            return None
        if groups["q"] or groups["piece"] == "quarter":
            nth = int(groups["q"][1]) if groups["q"] else ORDINALS[str(groups["nth"])]
            months = 3
        else:
            nth = int(groups["h"][1]) if groups["h"] else ORDINALS[str(groups["nth"])]
            months = 6
        if nth * months > 12:
            return None
        last = date(named, nth * months, 1)
        return window(
            date(named, (nth - 1) * months + 1, 1), month_end(last), basis=self.setting.basis(found)
        )

    def _season(self, found: re.Match[str]) -> Dated | None:
        groups = found.groupdict()
        number = SEASONS[str(groups["s"] or groups["s_"]).lower()]
        if groups["y"]:
            return season(number, int(groups["y"]), "", Basis.TEXT)
        if self.reference is None or self.reference.year is None:
            return None
        year_ = self.reference.year + YEAR_WORDS[str(groups["rel"])]
        begins = season(number, self.reference.year, "", Basis.RELATIVE)
        # In November "last summer" is this year's: a season that is over has gone by last.
        if groups["rel"] == "last" and begins.hi and begins.hi < self.reference.lo:
            year_ = self.reference.year
        if groups["rel"] == "next" and begins.lo and begins.lo > self.reference.hi:
            year_ = self.reference.year
        return season(number, year_, "", Basis.RELATIVE)

    def _years(self, found: re.Match[str]) -> Dated | None:
        first, last = int(found["y"]), int(found["y2"])
        if first >= last:
            return None
        return Dated(f"{first:04d}/{last:04d}", date(first, 1, 1), date(last, 12, 31))

    def _part_of_year(self, found: re.Match[str]) -> Dated | None:
        named = self.setting.year_of(found)
        if named is None:
            return None
        return part_of(date(named, 1, 1), date(named, 12, 31), found["part"], "", self.setting.basis(found))

    def _part_of_unit(self, found: re.Match[str]) -> Dated | None:
        groups = found.groupdict()
        unit = str(groups["unit"] or groups["unit_"])
        which = str(groups["rel"] or groups["rel_"]).replace("the", "this")
        stretch = self._unit(unit, which)
        today = self.reference.today if self.reference else None
        if stretch is None or stretch.lo is None or stretch.hi is None:
            return None
        if groups["when"] in ("earlier", "later") and which == "this":
            if today is None:
                return None
            lo, hi = (stretch.lo, today) if groups["when"] == "earlier" else (today, stretch.hi)
            return window(lo, hi, basis=Basis.RELATIVE)
        part = str(groups["edge"] or groups["when"])
        if part in ("earlier", "later") or unit == "week":
            return stretch
        return part_of(stretch.lo, stretch.hi, part, "", Basis.RELATIVE)

    def _which_day(self, found: re.Match[str]) -> Dated | None:
        today = self.reference.today if self.reference else None
        if today is None or self._is_name(found):
            return None
        wording = (found["rel"] or "").replace("this coming", "next").replace("this past", "last")
        week = found["week"]
        if week:
            wording = {"last week": "week-1", "this week": "this", "next week": "next"}[week]
        ahead = self.setting.looks_ahead(found)
        values = [
            self._one_weekday(today, found[name], wording, ahead) for name in ("wd", "wd2") if found[name]
        ]
        if not values or None in values:
            return None
        days = [value for value in values if value]
        if len(days) == 2 and days[0] < days[1]:
            return interval(days[0], days[1], basis=Basis.RELATIVE)
        return day(days[0], basis=Basis.RELATIVE)

    def _one_weekday(self, today: date, name: str, wording: str, ahead: bool) -> date | None:
        number = WEEKDAY_NUMBER[name]
        if wording == "week-1":
            return shift_days(today, number - today.weekday() - 7)
        return weekday(today, number, wording, future=ahead)

    def _is_name(self, found: re.Match[str]) -> bool:
        """Whether a weekday is part of a name: "Bloody Sunday", "Sunday Times"."""
        before = self.text[: found.start()].rsplit(None, 1)
        after = self.text[found.end() :].lstrip(" ")[:1]
        named = bool(before) and before[-1] in ("Black", "Good", "Bloody", "Easter", "Super", "Palm", "Cyber")
        return named or (after.isupper() and self.text[found.end() :].lstrip(" ")[:5] in ("Times", "Mirro"))

    def _weekend(self, found: re.Match[str]) -> Dated | None:
        """The Saturday or Sunday last before publication; the next ones where the words look ahead."""
        today = self.reference.today if self.reference else None
        if today is None:
            return None
        named = {"last": "last", "this past": "last", "next": "next", "this coming": "next", "this": "this"}
        wording = named.get(found["rel"], "")
        ahead = self.setting.looks_ahead(found)
        saturday = weekday(today, WEEKDAY_NUMBER["Saturday"], wording, future=ahead)
        sunday = shift_days(saturday, 1) if saturday else None
        if saturday is None or sunday is None:
            return None
        return window(saturday, sunday, basis=Basis.RELATIVE)

    def _which_unit(self, found: re.Match[str]) -> Dated | None:
        return self._unit(found["unit"], found["rel"])

    def _unit(self, unit: str, which: str) -> Dated | None:
        offset = YEAR_WORDS[which]
        if self.reference is None:
            return None
        qualifier = "" if self.reference.certain else "?"
        if unit == "year":
            known = self.reference.year
            return year(known + offset, basis=Basis.RELATIVE, qualifier=qualifier) if known else None
        if unit == "month":
            first = shift_months(self.reference.month, offset) if self.reference.month else None
            return (
                month(first.year, first.month, basis=Basis.RELATIVE, qualifier=qualifier) if first else None
            )
        return week_of(self.reference.today, offset, "") if self.reference.today else None

    def _ago(self, found: re.Match[str]) -> Dated | None:
        if self.reference is None:
            return None
        return ago(self.reference, read_count(found["n"]), found["unit"], "", exact=not found["near"])

    def _past_stretch(self, found: re.Match[str]) -> Dated | None:
        if self.reference is None:
            return None
        return past_stretch(self.reference, read_count(found["n"] or "one"), found["unit"], "")

    def _same_year(self, found: re.Match[str]) -> Dated | None:
        told = self.context.told
        story, later = self.context.story_year, self.context.story_at > self.context.told_at
        if found["unit"] == "year" and story and self.setting.recent(self.context.story_at) and later:
            return year(story, basis=Basis.RELATIVE)
        if told is None or told.lo is None or not self.setting.recent(self.context.told_at):
            return None
        if found["unit"] == "year":
            return year(told.lo.year, basis=Basis.RELATIVE)
        return month(told.lo.year, told.lo.month, basis=Basis.RELATIVE)

    def _day_word(self, found: re.Match[str]) -> Dated | None:
        today = self.reference.today if self.reference else None
        if today is None:
            return None
        word = found["w"].lower()
        if word == "last night":
            return window(today - timedelta(days=1), today, basis=Basis.RELATIVE)
        offset = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}[word]
        value = shift_days(today, offset)
        return day(value, basis=Basis.RELATIVE) if value else None

    def _near_day(self, found: re.Match[str]) -> Dated | None:
        told = self.context.told
        if (
            told is None
            or not told.is_day
            or told.lo is None
            or not self.setting.recent(self.context.told_at)
        ):
            return None
        offsets = {
            "same": 0,
            "next": 1,
            "following": 1,
            "previous": -1,
            "a day earlier": -1,
            "a day later": 1,
        }
        value = shift_days(told.lo, offsets[found["w"] or found["w2"]])
        return day(value, basis=Basis.RELATIVE) if value else None

    def _year(self, found: re.Match[str]) -> Dated | None:
        return year(int(found["y"] or found["y_"]))


def _month(name: str) -> int:
    return MONTH_NUMBER[name.rstrip(".")]


def _ordinal(digits: str) -> int:
    return int(digits.rstrip("sthndr"))
