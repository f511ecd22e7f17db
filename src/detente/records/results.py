"""Read what parties and candidates won from a list: "the CDU on 28.5 percent, with the SPD on 16.4"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.model.institutions import Seats

_NAME = r"[A-Z][\w/&’'-]*(?:\s+(?:(?:of|and|for|the)\s+)?[A-Z][\w/&’'-]*){0,5}"
_LINKS = r"(?:[\s,(]+[a-z-]+){0,8}?[\s,(]+"
"""A few plain words between a party and its number: "fell to", "second on"."""
_NUMBER = r"(?P<n>\d{1,3}(?:,\d{3})*(?:\.\d+)?)"
_UNIT = (
    r"(?P<unit>\s*(?:%|per\s?cent\b)|\s+(?:out\s+)?of\s+(?:the\s+|its\s+)?(?P<total>\d{2,4})(?:\s+(?:\w+\s+)?seats)?"
    r"|\s+(?:\w+\s+)?seats|\s*/\s*(?P<of>\d{2,4})\s+seats)?"
)
_RESULT = re.compile(rf"(?P<party>{_NAME})(?P<links>{_LINKS}){_NUMBER}{_UNIT}(?![\w-]|\.\d)")
_MORE = re.compile(rf"\s*(?:,|and|\()\s*{_NUMBER}{_UNIT}(?![\w-]|\.\d)")
"""A second number of the same party: "40.2 percent and 159 of the 400 seats"."""
_LEADER = re.compile(r"\s+(?:of|and)\s+[A-Z].*$")
_OWNER = re.compile(r"^.*[’']s?\s+(?=[A-Z])")
_NO_PARTY = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z]*$|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Turnout|Participation|Support|Approval|Voter|Only|About|Some|With|In|The|At|By)\b"
)
_ENOUGH = re.compile(r"\bseats\b|%|\bper\s?cent\b", re.IGNORECASE)
_PROVISIONAL = re.compile(
    r"\b(?:expected|projected|exit polls?|preliminary|partial|forecast|poised|likely)\b", re.I
)


def listed_results(said: str) -> Iterator[Seats]:
    """The results a sentence lists, in order; a number without a unit takes the one before it.

    Nothing where the sentence speaks of neither seats nor percent.
    """
    if not _ENOUGH.search(said):
        return
    unit, total = "", None
    for match in _RESULT.finditer(said):
        party = _LEADER.sub("", _OWNER.sub("", match["party"])).removeprefix("The ").strip(" ,")
        found: re.Match[str] | None = match
        while found is not None:
            told = _unit_of(found, unit, total)
            if told is None or _NO_PARTY.match(party):
                break
            unit, total = told
            ahead = bool(_PROVISIONAL.search(said, max(0, match.start("links") - 10), found.start("n")))
            yield Seats(
                party, float(found["n"].replace(",", "")), total if unit == "seats" else None, unit, ahead
            )
            found = _MORE.match(said, found.end())


def _unit_of(match: re.Match[str], unit: str, total: float | None) -> tuple[str, float | None] | None:
    """Whether a number is of seats (and of how many) or percent; None where nothing says so."""
    words, whole = match["unit"] or "", match["total"] or match["of"]
    if words.strip().startswith(("%", "per")):
        return "percent", None
    if whole or "seats" in words:
        return "seats", float(whole) if whole else total
    if re.match(r"\s+[a-z]", match.string[match.end() :]):
        # "in 24 years": a number with a noun of its own.
        return None
    return (unit, total) if unit else None
