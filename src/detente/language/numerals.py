"""Read numbers written in digits or words: "1.2 billion", "twenty-one thousand", "half a million"."""

from __future__ import annotations

import re

_ONES = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES = {
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "mln": 1e6,
    "mn": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
}
_PLURALS = {
    "tens": 10.0,
    "dozens": 12.0,
    "scores": 20.0,
    "hundreds": 1e2,
    "thousands": 1e3,
    "millions": 1e6,
    "billions": 1e9,
    "trillions": 1e12,
}

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_UNIT_WORD = "|".join([*_ONES, *_TENS])
_SCALE = "|".join(_SCALES)
_WORDS = rf"(?:{_UNIT_WORD})(?:-(?:{_UNIT_WORD}))?"
VALUE = (
    rf"(?:(?:half\s+a|a)\s+(?:{_SCALE})|(?:{_DIGITS}|{_WORDS})(?:[\s-](?:{_SCALE})(?![a-z]))*"
    rf"(?:(?:(?<=hundred)|(?<=thousand))\s(?:and\s)?(?:{_WORDS})(?![\w-]))?)"
)
"""A pattern for one value, to be used without regard to case."""

VAGUE = rf"(?:{'|'.join(_PLURALS)})(?:\s+of\s+(?:{'|'.join(_PLURALS)}))*"
"""A pattern for plural scales that give a least value only: "tens of thousands"."""

_SEPARATOR = re.compile(r"[,\s]")
_WORD = re.compile(r"[a-z]+|\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?:\.\d+)?|\d[\d,]*(?:\.\d+)?")


def read_number(text: str) -> float | None:
    """Read one number as matched by `VALUE`; None when it is none.

    >>> read_number("1.2 billion"), read_number("one hundred and five"), read_number("half a million")
    (1200000000.0, 105.0, 500000.0)
    """
    total, current, seen = 0.0, 0.0, False
    for word in _WORD.findall(text.lower()):
        if word[0].isdigit():
            current += float(_SEPARATOR.sub("", word))
        elif word in _ONES or word in _TENS:
            current += _ONES.get(word, 0) + _TENS.get(word, 0)
        elif word in _SCALES:
            current = (current if seen else 1.0) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, current = total + current, 0.0
        elif word == "half":
            current = 0.5
        elif word in ("a", "and"):
            continue
        else:
            return None
        seen = True
    return total + current if seen else None


def read_least(text: str) -> float | None:
    """Read the least value of a plural scale as matched by `VAGUE`.

    >>> read_least("tens of thousands")
    10000.0
    """
    value = 1.0
    for word in _WORD.findall(text.lower()):
        if word != "of":
            value *= _PLURALS.get(word, 0.0)
    return value or None


def scale_of(text: str) -> float:
    """Give the scale word a number ends on, 1 when it ends on none: "12 million" gives a million."""
    last = _WORD.findall(text.lower())[-1:]
    return _SCALES.get(last[0], 1.0) if last else 1.0
