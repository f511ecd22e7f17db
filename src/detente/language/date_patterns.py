"""The shapes dates take in the news, as anchored patterns; earlier ones win where two overlap."""

from __future__ import annotations

import re

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
MONTH_NUMBER = {name: number for number, name in enumerate(_MONTHS, start=1)}
MONTH_NUMBER |= {name[:3]: number for name, number in MONTH_NUMBER.items()} | {"Sept": 9}
WEEKDAY_NUMBER = {
    name: number
    for number, name in enumerate(
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    )
}
CALENDAR_NAMES = frozenset(MONTH_NUMBER) | frozenset(WEEKDAY_NUMBER)
"""Months, whole or short, and days of the week: times even where the text gives no date for them."""
SMALL_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
    )
} | {"a": 1, "an": 1}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}

_FULL = "|".join(_MONTHS)
_M = rf"(?:{_FULL}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|(?=\s\d)))"
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[:,.]\d|/\d)"
_Y = r"(?:1[89]|20|21)\d\d(?![\d%]|,\d|\.\d|/\d|[a-z])"
_JUCHE = r"Juche\s*(?P<juche>\d{1,3})(?!\d)(?:\s*\((?:1[89]|20)\d\d\))?"
_DAYNAME = "|".join(WEEKDAY_NUMBER)
_PART = r"(?P<part>early|mid|middle|late|end|close|beginning|start)"
_OF_PART = rf"(?:(?:the\s+)?(?:very\s+)?{_PART}(?:-to-late)?(?:\s+of)?[\s-]+(?:the\s+)?)"
_SMALL = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})"
_UNIT = r"(?P<unit>day|week|month|year)"
_NEAR = r"(?:in|since|by|until|till|through|throughout|from|during|before|after|between|around|as of)"
_RANGE = r"\s*(?:-|–|—|\bto\b|\bthrough\b|\buntil\b|\band\b|&)\s*"
# A person or a verb may be called May, March or August: what follows must not make it one.
_NO_NAME = (
    r"(?!\s+(?:[A-Z][a-z]+\s+(?:said|told)|said|told|has|had|was|is)\b)(?!['’]s\s+(?:government|cabinet))"
)


# Schools, mines and prizes are named after days: "the February 8 Youth Mine".
_NO_HOUSE = (
    r"(?!\s+(?:[A-Z]\w+\s+){0,3}"
    r"(?:Movement|Prize|Mine|School|Factory|Complex|Farm|Hospital|Brigade|College|University|House))"
)
_NO_NAME += r"(?!\s+Day\b)"


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/])(?:{pattern})(?![\w])")


SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("iso", _shape(r"(?P<y>\d{4})-(?P<n1>\d\d)-(?P<n2>\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")),
    ("numeric", _shape(r"(?P<n1>\d{1,2})(?P<sep>[/.])(?P<n2>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)")),
    ("year_first", _shape(r"(?P<y>(?:19|20)\d\d)(?P<sep>[/.])(?P<n1>\d{1,2})(?P=sep)(?P<n2>\d{1,2})")),
    (
        "month_day",
        _shape(
            rf"(?:(?:{_DAYNAME}),?\s+\(?)?(?P<m>{_M})\s+(?P<d>{_D})"
            rf"(?:{_RANGE}(?:(?P<m2>{_M})\s+)?(?P<d2>{_D})(?!\s+[a-z]{{4,}}s\b))?"
            rf"(?:,?\s+(?:of\s+)?(?:(?P<y>{_Y})|(?P<rel>last year|this year|next year)|{_JUCHE}))?"
            rf"{_NO_HOUSE}"
        ),
    ),
    (
        "day_month",
        _shape(
            rf"(?:(?:{_DAYNAME}),?\s+)?(?P<d>{_D})(?:\s*(?:-|–|and|to)\s*(?P<d2>{_D}))?\s+(?:of\s+)?"
            rf"(?P<m>{_FULL})(?:,?\s+(?:(?P<y>{_Y})|(?P<rel>last year|this year|next year)))?"
        ),
    ),
    (
        "month_range",
        _shape(
            rf"(?P<m>{_M})(?:,?\s+(?P<y>{_Y}))?(?:{_RANGE})(?P<m2>{_M}),?\s+(?:of\s+)?"
            rf"(?P<y2>{_Y}|last year|this year|next year)"
        ),
    ),
    (
        "month_year",
        _shape(
            rf"{_OF_PART}?(?P<m>{_M}),?\s+(?:of\s+)?"
            rf"(?:(?P<y>{_Y})|(?P<rel>last year|this year|next year)|{_JUCHE}|(?P<n>{_SMALL})\s+years?\s+ago)"
        ),
    ),
    (
        "month",
        _shape(
            rf"{_OF_PART}(?P<m>{_M}){_NO_NAME}"
            rf"|(?P<rel>last|this|next|this coming|this past)\s+(?P<m_>{_M})"
            rf"|(?<=\b[iI]n\s)(?P<m__>{_M}){_NO_NAME}"
            rf"|(?:(?<=\bsince\s)|(?<=\bSince\s)|(?<=\bby\s)|(?<=\buntil\s)|(?<=\bUntil\s)|(?<=\bduring\s)"
            rf"|(?<=\bfrom\s)|(?<=\bbefore\s)|(?<=\bafter\s)|(?<=\bthe\s)|(?<=\bthrough\s)|(?<=\bfor\s))"
            rf"(?P<m___>{_M}){_NO_NAME}"
        ),
    ),
    ("juche", _shape(_JUCHE)),
    ("decade", _shape(r"(?:the\s+)?(?:(?P<part>early|mid|late)[\s-]+)?(?P<y>(?:1[89]|20)\d)0s")),
    (
        "decade_end",
        _shape(r"(?:the\s+)?(?P<part>end|close|rest|remainder)\s+of\s+(?:the|this)\s+decade|this decade"),
    ),
    (
        "part_year",
        _shape(
            r"(?:the\s+)?(?:(?P<nth>first|second|third|fourth)\s+(?P<piece>half|quarter)"
            r"|(?P<q>Q[1-4])|(?P<h>H[12]))"
            rf"(?:\s+of)?\s+(?:the\s+)?(?:(?P<y>{_Y})|(?P<rel>last year|this year|next year))"
        ),
    ),
    (
        "season",
        _shape(
            rf"(?:(?P<rel>last|this|next)\s+(?P<s>spring|summer|autumn|fall|winter)"
            rf"|(?P<s_>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\s+(?:of\s+)?(?P<y>{_Y}))"
        ),
    ),
    ("years", _shape(rf"(?P<y>{_Y})(?:\s*[-–]\s*|\s+to\s+)(?P<y2>{_Y})")),
    ("part_of_year", _shape(rf"{_OF_PART}(?:(?P<y>{_Y})|(?P<rel>last year|this year|next year))")),
    (
        "part_of_unit",
        _shape(
            r"(?P<when>earlier|later|early|late)\s+(?P<rel>this|last|next)\s+(?P<unit>week|month|year)"
            r"|(?:the\s+)?(?P<edge>end|beginning|start)\s+of\s+(?P<rel_>the|this|last|next)\s+"
            r"(?P<unit_>month|year)"
        ),
    ),
    (
        "which_day",
        _shape(
            rf"(?:(?P<rel>last|this|next|this past|this coming)\s+)?(?P<wd>{_DAYNAME})"
            rf"(?:\s+(?:(?:and|to|through)\s+(?P<wd2>{_DAYNAME})))?"
            r"(?:\s+(?P<week>last week|next week|this week))?"
        ),
    ),
    (
        "weekend",
        _shape(r"(?P<rel>last|this|next|this past|this coming|over the|at the|on the|during the)\s+weekend"),
    ),
    ("which_unit", _shape(r"(?P<rel>last|this|next)\s+(?P<unit>week|month|year)")),
    (
        "ago",
        _shape(
            rf"(?P<near>nearly|almost|about|around|some|roughly|over|more than|just over)?\s*"
            rf"(?P<n>{_SMALL})\s+{_UNIT}s?\s+(?:ago|earlier than now)"
        ),
    ),
    (
        "past_stretch",
        _shape(rf"(?:the\s+)?(?:past|last)\s+(?:(?P<n>{_SMALL})\s+)?{_UNIT}s?"),
    ),
    ("same_year", _shape(r"(?:the same|that) (?P<unit>year|month)")),
    ("day_word", _shape(r"(?P<w>yesterday|today|tomorrow|tonight|last night|Yesterday|Tomorrow)")),
    ("near_day", _shape(r"the (?P<w>same|next|following|previous) day|(?P<w2>a day earlier|a day later)")),
    (
        "year",
        _shape(
            rf"(?:(?<=\b[iI]n\s)|(?<=\b[sS]ince\s)|(?<=\b[bB]y\s)|(?<=\buntil\s)|(?<=\bUntil\s)|(?<=\bduring\s)"
            rf"|(?<=\bfrom\s)|(?<=\bbefore\s)|(?<=\bafter\s)|(?<=\bthrough\s)|(?<=\bof\s)|(?<=\bfor\s)"
            rf"|(?<=\bto\s)|(?<=\bthan\s)|(?<=\bto\s)|(?<=\baround\s)|(?<=\bbetween\s))(?P<y>{_Y})"
            rf"(?!\s+(?:troops|soldiers|people|tons|tonnes|dollars|won|rubles|men|rounds|containers|km|miles))"
            rf"|(?:(?<=\bthe\s)|(?<=['’]s\s)|(?<=\bits\s)|(?<=\btheir\s)|(?<=\ba\s))(?P<y_>{_Y})(?=\s+[A-Za-z])"
            rf"(?!\s+(?:troops|soldiers|people|Committee|[A-Za-z]*(?:tons|tonnes|dollars|meters|metres)))"
        ),
    ),
)
