"""Read the dateline a dispatch opens with: "SEOUL, April 11 (Yonhap) --"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from detente.codebooks.page_words import dateline_places, months
from detente.model.dates import Basis
from detente.reading.publication import DateEvidence, Moment, settle
from detente.reading.written_dates import find_dates

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline tells: place and its zone, agency, and the day where it is whole.

    `zone` is "" for a place the list does not hold; `agency` "" where none stands in brackets; `moment`
    is None where the dateline gives no year.
    """

    place: str
    zone: str
    agency: str
    day_text: str
    moment: Moment | None


def find_dateline(text: str, evidence: DateEvidence) -> Dateline | None:
    """Read the dateline at the start of a paragraph; None when there is none.

    It must end in a dash, and name a known place in ordinary letters or any place in capitals.
    """
    match = _pattern().match(text[:_LONGEST])
    if not match:
        return None
    place = match["place"].strip()
    known = dateline_places().get(place.casefold())
    when = match["when"] or match["later"] or ""
    if not known and not (place.isupper() and (match["agency"] or when)):
        return None
    written = next(find_dates(when), None)
    moment = settle(written, Basis.DATELINE, evidence) if written else None
    return Dateline(
        known.name if known else place,
        known.zone if known else "",
        (match["agency"] or "").strip(),
        when,
        moment,
    )


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, months()), key=len, reverse=True))
    when = rf"(?:(?:{names})\.?\s+\d{{1,2}}|\d{{1,2}}\s+(?:{names})\.?)(?:,?\s+(?:19|20)\d\d)?"
    return re.compile(
        r"(?P<place>[A-Z][\w.’' -]{2,30}?)(?:,\s+[A-Z][\w. ]{1,20}?)??"
        rf"(?:,\s*(?P<when>(?i:{when})))?\s*(?:\((?P<agency>[^()]{{2,40}})\))?"
        rf"(?:,?\s*(?P<later>(?i:{when})))?\s*(?:--|—|–|-)\s*",
    )
