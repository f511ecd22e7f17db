"""Find dates as pages write them, with both readings where day and month could change places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from detente.codebooks.page_words import months, zone_names

_EARLIEST, _LATEST = 1900, 2100
_MORNING = ("am", "오전", "午前", "上午")
_AFTERNOON = ("pm", "오후", "午後", "下午")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date where it stands in a text.

    `readings` holds one day, or two (day-first, then month-first) where the figures leave it open.
    `clock` is "HH:MM" or "", `zone` the zone as written ("KST", "+09:00") or "". `numeric` tells whether
    all of it is figures, `order` how it must be read when its own figures show it ("dmy", "mdy", "").
    """

    start: int
    end: int
    text: str
    readings: tuple[date, ...]
    clock: str = ""
    zone: str = ""
    numeric: bool = False
    order: str = ""


def find_dates(text: str) -> Iterator[WrittenDate]:
    """Find every date with a year, in text order; a bare "September 3" is none."""
    for match in _pattern().finditer(text):
        readings, order = _readings(match)
        if readings:
            clock, zone = _clock(
                text[match.end() : match.end() + 40], text[max(0, match.start() - 24) : match.start()]
            )
            numeric = match["ny"] is not None or match["yfirst"] is not None
            yield WrittenDate(match.start(), match.end(), match[0], readings, clock, zone, numeric, order)


def find_days_of_months(text: str) -> set[tuple[int, int]]:
    """Every (month, day) written in words, with or without a year: "April 10", "10 April"."""
    found = set()
    for match in _loose().finditer(text):
        name, number = match["m1"] or match["m2"], match["d1"] or match["d2"]
        found.add((months()[name.casefold().rstrip(".")], int(number)))
    return found


def _readings(match: re.Match[str]) -> tuple[tuple[date, ...], str]:
    if match["ny"] is not None:
        return _two_ways(int(match["n1"]), int(match["n2"]), int(match["ny"]))
    if match["yfirst"] is not None:
        return _one(int(match["yfirst"]), int(match["ymonth"]), int(match["yday"])), "ymd"
    if match["cy"] is not None:
        return _one(int(match["cy"]), int(match["cm"]), int(match["cd"])), ""
    if match["vd"] is not None:
        return _one(int(match["vy"]), int(match["vm"]), int(match["vd"])), ""
    name = (match["m1"] or match["m2"]).casefold().rstrip(".")
    return _one(int(match["y1"] or match["y2"]), months()[name], int(match["d1"] or match["d2"])), ""


def _two_ways(first: int, second: int, year: int) -> tuple[tuple[date, ...], str]:
    day_first, month_first = _one(year, second, first), _one(year, first, second)
    if day_first and month_first and day_first != month_first:
        return day_first + month_first, ""
    if day_first and not month_first:
        return day_first, "dmy"
    return month_first, "mdy" if month_first and not day_first else ""


def _one(year: int, month: int, day: int) -> tuple[date, ...]:
    try:
        return (date(year, month, day),) if _EARLIEST <= year <= _LATEST else ()
    except ValueError:
        return ()


def _clock(after: str, before: str) -> tuple[str, str]:
    match = _clock_pattern().match(after) or _clock_before().search(before)
    if not match:
        return "", ""
    hour, minute = int(match["hour"]), int(match["minute"])
    half = (match["half"] or match["opening"] or "").replace(".", "").casefold()
    if half in _AFTERNOON and hour < 12:
        hour += 12
    if half in _MORNING and hour == 12:
        hour = 0
    return (f"{hour:02d}:{minute:02d}", match["zone"] or "") if hour < 24 and minute < 60 else ("", "")


@cache
def _clock_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?:\.(?=\s*(?:오전|오후|\d{1,2}:)))?(?:\s*\([^)]{2,12}\))?[\s,|T·–-]*(?i:at\s+|um\s+|à\s+|lúc\s+)?"
        + _clock_words()
    )


@cache
def _clock_before() -> re.Pattern[str]:
    return re.compile(_clock_words() + r"[\s,|·–-]*(?:on\s+)?(?:ngày\s+)?$")


def _clock_words() -> str:
    zones = "|".join(sorted(map(re.escape, zone_names()), key=len, reverse=True))
    offset = r"(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?"
    return (
        rf"(?:(?P<opening>{'|'.join(_MORNING[1:] + _AFTERNOON[1:])})\s?)?"
        r"(?P<hour>\d{1,2})(?:[:.hH]|[時시点]\s?)(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?(?:\s?(?P<half>[apAP]\.?[mM]\b\.?))?"
        rf"(?:\s*\(?(?P<zone>{offset}|(?:{zones})\b)\)?)?(?!\d)"
    )


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, months()), key=len, reverse=True))
    ordinal = r"(?:st|nd|rd|th|er|\.|º)?"
    return re.compile(
        rf"(?<![\d./-])(?P<yfirst>(?:19|20)\d\d)(?P<s1>[-/.])\s?(?P<ymonth>\d{{1,2}})(?P=s1)\s?(?P<yday>\d{{1,2}})(?!\d|[-/.]\d)"
        r"|(?<![\d./-])(?P<n1>\d{1,2})(?P<s2>[-/.])\s?(?P<n2>\d{1,2})(?P=s2)\s?(?P<ny>(?:19|20)\d\d)(?!\d|[-/.]\d)"
        r"|(?P<cy>(?:19|20)\d\d)\s?[年년]\s?(?P<cm>\d{1,2})\s?[月월]\s?(?P<cd>\d{1,2})\s?[日일]"
        r"|ngày\s+(?P<vd>\d{1,2})\s+tháng\s+(?P<vm>\d{1,2})(?:\s+năm|,)\s+(?P<vy>(?:19|20)\d\d)"
        rf"|\b(?P<d1>\d{{1,2}}){ordinal}[\s-]+(?:de\s+|of\s+)?(?P<m1>{names})\b\.?,?[\s-]+(?:de\s+|del\s+)?(?P<y1>(?:19|20)\d\d)\b"
        rf"|\b(?P<m2>{names})\b\.?\s+(?P<d2>\d{{1,2}}){ordinal},?\s+(?P<y2>(?:19|20)\d\d)\b",
        re.IGNORECASE,
    )


@cache
def _loose() -> re.Pattern[str]:
    names = "|".join(sorted((re.escape(name) for name in months() if len(name) > 2), key=len, reverse=True))
    return re.compile(
        rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{names})\b|\b(?P<m2>{names})\b\.?\s+(?P<d2>\d{{1,2}})\b(?!:)",
        re.IGNORECASE,
    )
