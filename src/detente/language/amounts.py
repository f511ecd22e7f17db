"""Find quantities in a block: numbers with their units, ranges and comparators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from detente.codebooks.actors import load_actors
from detente.codebooks.institutions import number_words
from detente.codebooks.quantities import comparators, unit_names, units
from detente.language.numerals import VAGUE, VALUE, read_least, read_number, scale_of
from detente.language.source import text_of
from detente.model.records import Amount

_CURRENCY = r"US\$|\$|€|£|¥|₩"
_CORE = re.compile(
    rf"(?<![\w.,/:$-])(?<!\d[-–])(?:(?P<money>{_CURRENCY})\s?)?(?P<first>{VALUE}|{VAGUE})"
    rf"(?:(?P<join>\s?[-–—]\s?|\s+to\s+|\s+or\s+|\s+and\s+|/|\s+of\s+(?:the\s+)?|\s+out\s+of\s+(?:the\s+)?)"
    rf"(?:{_CURRENCY})?(?P<second>{VALUE}))?"
    r"(?P<percent>\s?%|\s+per\s?cent\b|\s+percentage\s+points?\b)?"
    r"(?![\w:]|[.,]\d|-[A-Za-z])",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(r"\b(a|an|the)\s+(?:\w+\s+)?number\s+of\b", re.IGNORECASE)
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_AFTER_MONTH = re.compile(rf"\b{_MONTH}\s+$|\b{_MONTH}\s+\d{{1,2}}\s?(?:[-–,]|and|to)\s?$")
_BEFORE_MONTH = re.compile(rf"\s+(?:of\s+)?{_MONTH}\b")
_CLOCK = re.compile(r"\s?(?:[ap]\.?m\b|o'clock|h\b|hrs\b|GMT|KST|years?\s+old)", re.IGNORECASE)
_TOTAL = re.compile(rf"(?:/|\bof\s+(?:the\s+)?|\bout\s+of\s+(?:the\s+)?)({VALUE})", re.IGNORECASE)
_NOUN_PHRASE = {"JJ", "JJR", "JJS", "NN", "NNP", "NNPS", "NNS", "VBG", "VBN", "$"}
_COUNTED = ("vote", "seat", "state", "people")


@dataclass(frozen=True, slots=True)
class _Found:
    low: float | None
    high: float | None
    end: int


def find_amounts(doc: Doc, shift: int) -> tuple[Amount, ...]:
    """Find the amounts of one block in text order, offsets in the rendition.

    Dates, clock times, ordinals, ages and numbers that are part of a name are none. `unit` is the
    codebook's name for the unit, else the counted noun as written, "" where nothing is counted. A
    ratio such as "161/254 seats" gives the first number; `total_of` reads the second.
    """
    text = text_of(doc)
    found = [amount for match in _CORE.finditer(text) if (amount := _amount(doc, text, match, shift))]
    found += [_uncounted(doc, match, shift) for match in _NUMBER_OF.finditer(text)]
    return tuple(sorted(found, key=lambda amount: amount.start or 0))


def total_of(amount: Amount) -> float | None:
    """Give the whole an amount is a part of ("161/254", "13 of the 15"); None when it names none."""
    match = _TOTAL.search(amount.text)
    return read_number(match[1]) if match else None


def _amount(doc: Doc, text: str, match: re.Match[str], shift: int) -> Amount | None:
    if _is_no_quantity(text, match):
        return None
    start, comparator = _comparator(text, match.start())
    if match["second"] and _follows_between(match):
        start, comparator = text[: match.start()].lower().rindex("between"), "between"
    value = _value(match, comparator)
    if value is None:
        return None
    unit, end = _unit(doc, match, value.end)
    if not _counts(match, unit, value, text):
        return None
    bounds = comparators().get(comparator, "both")
    low = None if bounds == "high" and value.low == value.high else value.low
    high = None if bounds == "low" else value.high
    return Amount(text[start:end], low, high, unit, comparator, start + shift, end + shift)


def _is_no_quantity(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 16]
    if match["money"] or match["percent"]:
        return False
    if _AFTER_MONTH.search(before) or _BEFORE_MONTH.match(after) or _CLOCK.match(after):
        return True
    if _labels().search(before):
        return True
    return (
        before.endswith(", ")
        and after.startswith(",")
        and match["first"].isdigit()
        and len(match["first"]) < 3
    )


def _comparator(text: str, start: int) -> tuple[int, str]:
    match = _before().search(text, max(0, start - 24), start)
    return (match.start(), match[1].lower()) if match else (start, "")


def _value(match: re.Match[str], comparator: str) -> _Found | None:
    first, second, join = match["first"], match["second"], (match["join"] or "").strip().lower()
    if first[-1].lower() == "s":
        least = read_least(first)
        return _Found(least, None, match.end()) if least else None
    low = read_number(first)
    if low is None or second is None:
        return None if low is None else _Found(low, low, match.end())
    high = read_number(second)
    if join == "/" or join.endswith(("of", "of the")):
        return _Found(low, low, match.end()) if high and low <= high else None
    if join in ("and", "or") and not (join == "and" and _follows_between(match)) and join != "or":
        return _Found(low, low, match.end("first"))
    if scale_of(first) == 1 and high and low < high / scale_of(second):
        low *= scale_of(second)
    return _Found(low, high, match.end()) if high and low < high else None


def _follows_between(match: re.Match[str]) -> bool:
    return match.string[: match.start()].rstrip().lower().endswith("between")


def _unit(doc: Doc, match: re.Match[str], end: int) -> tuple[str, int]:
    """Name what is counted and where its noun ends; ("", end) where nothing is."""
    if match["percent"] and end == match.end():
        return ("percentage points" if "point" in match["percent"].lower() else "percent"), end
    noun = _counted_noun(doc, match.start(), end)
    if match["money"]:
        return units()[match["money"].lower()].name, end
    if noun is None:
        return "", end
    known = units().get(noun.lower_)
    name = known.name if known else "people" if noun.text in _peoples() else noun.lower_
    return name, noun.idx + len(noun.text)


def _counted_noun(doc: Doc, start: int, end: int) -> Token | None:
    """Find the noun counted by the number at `[start, end)`: the head of the noun phrase that follows."""
    number = doc.char_span(start, end, alignment_mode="expand")
    if number is None:
        return None
    last: Token | None = None
    first = number.end
    if _is_vague(number) and doc[first : first + 1].text.lower() == "of":
        first += 1
    for token in doc[first : first + 6]:
        if token.tag_ not in _NOUN_PHRASE and token.text != "-" and token.lower_ not in units():
            break
        if token.tag_.startswith("NN") or token.lower_ in units():
            last = token
            if (token.tag_ in ("NNS", "NNPS") or token.lower_ in units()) and not _goes_on(token):
                break
    return last


def _is_vague(number: Span) -> bool:
    """Whether "of" goes on to what is counted: "tens of thousands of tons"."""
    return number[-1].lower_.endswith(("s", "dozen"))


def _goes_on(token: Token) -> bool:
    """Whether a noun that names a unit only modifies the one after it: "missile tests", "Sanctions Act"."""
    return token.dep_ in ("compound", "nmod") and token.head.i > token.i and token.head.i - token.i <= 3


def _counts(match: re.Match[str], unit: str, value: _Found, text: str) -> bool:
    """Whether a number with this unit is a quantity, rather than a year, a pronoun or a score."""
    if match["money"] or match["percent"]:
        return True
    known = unit_names().get(unit)
    kind = known.kind if known else ""
    first = match["first"]
    if match["join"] == "/":
        return kind in _COUNTED
    if first.lower() == "one" and (not kind or re.match(r"\s+of\b", text[match.end("first") :])):
        return False
    if re.fullmatch(r"(?:1[89]|20|21)\d\d", first):
        return first.endswith("00") and bool(kind) and not match["second"]
    return True


def _uncounted(doc: Doc, match: re.Match[str], shift: int) -> Amount:
    noun = _counted_noun(doc, match.start(), match.end())
    end = noun.idx + len(noun.text) if noun else match.end()
    known = units().get(noun.lower_) if noun else None
    unit = known.name if known else noun.lower_ if noun else ""
    phrase = match[0].lower()
    return Amount(
        text_of(doc)[match.start() : end], None, None, unit, phrase, match.start() + shift, end + shift
    )


@cache
def _peoples() -> frozenset[str]:
    """The names of peoples, as counted: "700,000 Sudanese", "2.9 million Venezuelans"."""
    names = {name for state in load_actors().states for name in (*state.people, *state.adjectives)}
    single = (name for name in names if " " not in name)
    plural = {name if name.endswith(("s", "ese", "sh", "ch")) else f"{name}s" for name in single}
    return frozenset(names | plural)


@cache
def _before() -> re.Pattern[str]:
    phrases = sorted(comparators(), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, phrases))})\s+$", re.IGNORECASE)


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(number_words())})\.?\s+$", re.IGNORECASE)
