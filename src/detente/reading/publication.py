"""Settle when a page was published: the firmest evidence first, and both readings where none decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from detente.codebooks.page_words import zone_of
from detente.codebooks.publishers import date_order_of
from detente.model.dates import Basis, Dated, day
from detente.reading.written_dates import WrittenDate, find_dates, find_days_of_months

_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+-])(\d{1,2}):?(\d{2})?$")
# A week without its day ("2025-W10") names no day, and other runs of eight figures are numbers.
_WEEK_DAY = re.compile(r"(?:19|20)\d\d-?W\d\d-?[1-7]")
_COMPACT = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:T\d{4}(?:\d\d)?(?:Z|[+-]\d{4})?)?"
)
_DAY_FIRST_LANGUAGES = frozenset(
    [
        "vi",
        "fr",
        "de",
        "es",
        "it",
        "pt",
        "ru",
        "uk",
        "bg",
        "pl",
        "cs",
        "nl",
        "tr",
        "id",
        "da",
        "no",
        "fi",
        "ro",
        "el",
    ]
)
_MONTH_FIRST_LANGUAGES = frozenset({"en-us"})
_DAY_FIRST_REGIONS = frozenset({"en-gb", "en-au", "en-nz", "en-ie", "en-in"})


@dataclass(frozen=True, slots=True)
class Moment:
    """A day with the time and zone the page gives; `is_open` when day and month could change places."""

    date: Dated
    clock: str = ""
    zone: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """What speaks for one order of day and month on a page.

    `order` is the publisher's own ("dmy", "mdy", "ymd", ""), `country` its country, `language` the page's
    language tag, `body` the article's text, `page_text` all the page shows, `received` the day it came in,
    `zone` that of the publisher's newsroom.
    """

    order: str = ""
    country: str | None = None
    language: str = ""
    body: str = ""
    page_text: str = ""
    received: date | None = None
    zone: str = ""


def moment_of_stamp(stamp: str, basis: Basis, evidence: DateEvidence) -> Moment | None:
    """Read a machine's time stamp (ISO 8601, RFC 2822) or a written date; None when it is neither.

    A stamp in UTC becomes the local day of the publisher's newsroom where that is known: the instant is
    the same, and the day is the one its readers saw.
    """
    text = stamp.strip()
    moment = _iso(text) or _rfc(text)
    if moment is None:
        written = next(find_dates(text), None)
        return settle(written, basis, evidence) if written else None
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return _zoned(moment, text, basis, evidence)
    if isinstance(moment, datetime):
        return Moment(day(moment.date(), basis=basis, text=text), f"{moment:%H:%M}")
    return Moment(day(moment, basis=basis, text=text))


def settle(written: WrittenDate, basis: Basis, evidence: DateEvidence) -> Moment:
    """Choose between day-first and month-first by evidence; keep both, marked "?", where none speaks."""
    zone = _zone(written.zone, evidence)
    readings = written.readings
    if evidence.received and len(readings) > 1:
        limit = evidence.received + timedelta(days=1)
        readings = tuple(reading for reading in readings if reading <= limit) or readings
    if len(readings) > 1:
        order = date_order(evidence)
        readings = readings[:1] if order == "dmy" else readings[1:] if order == "mdy" else readings
    if len(readings) > 1:
        readings = _near_reported_days(readings, evidence.body) or readings
    if len(readings) == 1:
        return Moment(day(readings[0], basis=basis, text=written.text), written.clock, zone)
    lo, hi = sorted(readings)
    edtf = f"[{lo.isoformat()}?,{hi.isoformat()}?]"
    return Moment(Dated(edtf, lo, hi, basis, written.text), written.clock, zone, is_open=True)


def date_order(evidence: DateEvidence) -> str:
    """Tell "dmy" or "mdy" by the page's other dates, the house, its country, its language; "" if none says.

    A house that writes the year first leaves a date with the year last open: nothing says which habit
    it borrowed.
    """
    others = {written.order for written in find_dates(evidence.page_text) if written.order in ("dmy", "mdy")}
    if len(others) == 1:
        return others.pop()
    for order in (evidence.order, date_order_of(evidence.country) if evidence.country else ""):
        if order:
            return order if order != "ymd" else ""
    tag = evidence.language.casefold().replace("_", "-")
    if tag in _MONTH_FIRST_LANGUAGES:
        return "mdy"
    return "dmy" if tag in _DAY_FIRST_REGIONS or tag.split("-")[0] in _DAY_FIRST_LANGUAGES else ""


def date_in_address(address: str) -> Moment | None:
    """Read a day from the path of an address: /2024/04/11/, /2024-04-11, /20240411...; None when absent."""
    match = re.search(
        r"[/_-]((?:19|20)\d\d)([/-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d{1,3}(?:\D|$))", address
    )
    if not match:
        return None
    try:
        value = date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None
    return Moment(day(value, basis=Basis.ADDRESS, text=match[0].strip("/_-")))


def first_settled(moments: Iterable[Moment | None]) -> Moment | None:
    """The first moment there is; an open one only when no later one settles it."""
    found = [moment for moment in moments if moment]
    if not found:
        return None
    if not found[0].is_open:
        return found[0]
    first = found[0].date
    return next((m for m in found[1:] if not m.is_open and m.date.lo in (first.lo, first.hi)), found[0])


def _near_reported_days(readings: Sequence[date], body: str) -> tuple[date, ...]:
    """Readings that fall on, or up to three days after, a day the text reports; news is published then."""
    days = find_days_of_months(body)
    near = tuple(
        reading
        for reading in readings
        if any(
            ((reading - timedelta(days=back)).month, (reading - timedelta(days=back)).day) in days
            for back in range(4)
        )
    )
    return near if len(near) == 1 else ()


def _iso(text: str) -> datetime | date | None:
    if _WEEK_DAY.fullmatch(text) or _COMPACT.fullmatch(text):
        return _compact(text)
    if not re.match(r"\d{4}-\d{2}-\d{2}", text):
        return None
    tidy = re.sub(r"(:\d{2}[+-]\d{2})$", r"\1:00", text.replace(" UTC", "Z").replace(" +", "+"))
    for candidate in (tidy, text[:10]):
        try:
            return datetime.fromisoformat(candidate) if len(candidate) > 10 else date.fromisoformat(candidate)
        except ValueError:
            continue
    return None


def _compact(text: str) -> datetime | date | None:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return None


def _rfc(text: str) -> datetime | None:
    if not re.match(r"(?:\w{3},? )?\d{1,2} \w{3} \d{4} [\d:]+ (?:[+-]\d{4}|GMT|UT)\b", text):
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _zoned(moment: datetime, text: str, basis: Basis, evidence: DateEvidence) -> Moment:
    zone = _offset_name(moment)
    if moment.utcoffset() == timedelta(0) and evidence.zone:
        try:
            moment, zone = moment.astimezone(ZoneInfo(evidence.zone)), evidence.zone
        except (OSError, ValueError, OverflowError):
            zone = "UTC"
    return Moment(day(moment.date(), basis=basis, text=text), f"{moment:%H:%M}", zone)


def _offset_name(moment: datetime) -> str:
    offset = moment.utcoffset() or timedelta(0)
    if not offset:
        return "UTC"
    return str(timezone(offset)).removeprefix("UTC") if moment.tzinfo is not UTC else "UTC"


def _zone(written: str, evidence: DateEvidence) -> str:
    match = _OFFSET.match(written)
    if match:
        return f"{match[1]}{int(match[2]):02d}:{match[3] or '00'}"
    return zone_of(written, evidence.country) if written else ""
