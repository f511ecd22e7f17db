"""When what a record tells was done, begins and ends: by the dates and durations around its words."""

from __future__ import annotations

import re
from datetime import date, timedelta

from spacy.tokens import Token

from detente.language.frames import DateMention, Sentence
from detente.language.numerals import read_number
from detente.model.dates import Dated, day
from detente.records.passages import token_at

_END = re.compile(
    r"\b(?:until|till|through|not\s+past|past)\s+"
    r"(?:(?:the|at\s+least|midnight\s+on|as\s+late\s+as)\s+)*(?:(?:end|close)\s+of\s+)?$",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\b(?:extend|renew|prolong|roll)\w*\b[^.;]{0,90}?,?\s(?:to|till|through)\s+(?:the\s+end\s+of\s+)?$",
    re.IGNORECASE,
)
_UNTIL_FIRST = re.compile(r"(?:until|till|through)\b", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:from|as\s+of|with\s+effect\s+from|effective|starting|beginning|since|counting\s+from)\s+$", re.I
)
_FOR = re.compile(
    r"\b(?:for|by)\s+(?:(?P<one>an?\s+(?:further\s+|additional\s+|extra\s+)?|another\s+|one\s+more\s+)"
    r"|(?:a\s+|an\s+)?(?:further\s+|another\s+|additional\s+|more\s+|period\s+of\s+)*(?P<n>\d+|[a-z]+)(?:\s+more)?[\s-]+)"
    r"(?P<unit>days?|weeks?|months?|years?)\b"
    r"|\b(?P<m>\d+|[a-z]+)[\s-](?P<unit2>day|week|month|year)\s+(?:extension|renewal|mandate|rollover)\b",
    re.IGNORECASE,
)


def date_of(sentence: Sentence, verb: Token) -> Dated | None:
    """The day of what a verb says: the date that hangs on the verb itself, else inside its objects.

    The date a sentence opens with is that of its main verb, however the parse hangs it.
    """
    near: Dated | None = None
    verbs = (verb.i, *_joined_before(verb), *(c.i for c in verb.children if c.dep_ == "xcomp"))
    for mention in sentence.dates:
        token = token_at(sentence, mention.start)
        if token is None or _is_end(sentence, mention):
            continue
        governor, path = _governor(token)
        if governor is None or governor.i not in verbs:
            continue
        if "noun" not in path:
            return mention.date
        near = near or (mention.date if "modifier" not in path else None)
    return near or _opening(sentence, verb)


def _opening(sentence: Sentence, verb: Token) -> Dated | None:
    first = sentence.dates[0] if sentence.dates else None
    is_main = verb.dep_ == "ROOT" or (verb.dep_ == "conj" and verb.head.dep_ == "ROOT")
    at_start = first is not None and first.start - sentence.start <= 3
    return first.date if first and is_main and at_start and not _is_end(sentence, first) else None


def date_within(sentence: Sentence, noun: Token) -> Dated | None:
    """The date inside a noun's own phrase: "the September 2023 summit", "letters exchanged in 2018"."""
    inside = {token.i for token in noun.subtree}
    for mention in sentence.dates:
        token = token_at(sentence, mention.start)
        if token is not None and token.i in inside:
            return mention.date
    return None


def end_of(sentence: Sentence) -> Dated | None:
    """The date a sentence names as an end: "until April 2025"; None when it names none."""
    return next((mention.date for mention in sentence.dates if _is_end(sentence, mention)), None)


def _is_end(sentence: Sentence, mention: DateMention) -> bool:
    before = sentence.span.text[: max(0, mention.start - sentence.start)]
    return bool(_END.search(before) or _TO.search(before) or _UNTIL_FIRST.match(mention.text))


def _joined_before(verb: Token) -> tuple[int, ...]:
    return (verb.head.i,) if verb.dep_ in ("conj", "xcomp") else ()


def _governor(token: Token) -> tuple[Token | None, set[str]]:
    """The verb a word hangs on, and whether nouns or modifiers lie between."""
    path: set[str] = set()
    node = token
    for _ in range(12):
        if node.dep_ == "ROOT":
            return (node if node.tag_.startswith("V") else None), path
        if node.dep_ in ("compound", "nmod", "poss", "amod") and not _is_date_word(node.head):
            path |= {"noun", "modifier"}
        head = node.head
        if head.tag_.startswith("V"):
            return head, path
        if head.tag_.startswith("N") and not _is_date_word(head) and head.dep_ != "ROOT":
            path.add("noun")
        node = head
    return None, path


def _is_date_word(token: Token) -> bool:
    return token.ent_type_ in ("DATE", "TIME") or token.lower_ in (
        "end",
        "beginning",
        "start",
        "night",
        "morning",
    )


def start_of(sentence: Sentence) -> Dated | None:
    """The date from which a sentence says that something holds: "from 1 July", "as of Monday"."""
    for mention in sentence.dates:
        before = sentence.span.text[: max(0, mention.start - sentence.start)]
        if _FROM.search(before):
            return mention.date
    return None


def lone_day(sentence: Sentence, verb: Token) -> Dated | None:
    """The only day a sentence names that is no end, where no other clause owns it."""
    days = [m for m in sentence.dates if m.date.is_day and not _is_end(sentence, m)]
    if len({mention.date.edtf for mention in days}) != 1:
        return None
    token = token_at(sentence, days[0].start)
    stops = [t.i for t in sentence.tokens if t.text == ";"]
    apart = token is not None and any(min(token.i, verb.i) < stop < max(token.i, verb.i) for stop in stops)
    return None if token is None or apart or _in_relative(token, verb) else days[0].date


def _in_relative(token: Token, verb: Token) -> bool:
    """Whether a date stands in a relative clause or participle that the verb is no part of."""
    for node in token.ancestors:
        if node.i == verb.i:
            return False
        if node.dep_ in ("relcl", "acl") and node.i != verb.i and verb not in node.subtree:
            return True
    return False


def after_term(said: str, begins: Dated | None) -> Dated | None:
    """The day a term told as a length ends, "for six months" from its first day; None without one."""
    match = _FOR.search(said)
    if match is None or begins is None or begins.lo is None or not begins.is_day:
        return None
    count = 1.0 if match["one"] else read_number(match["n"] or match["m"])
    if count is None or count != int(count):
        return None
    end = _shifted(begins.lo, int(count), (match["unit"] or match["unit2"]).lower().rstrip("s"))
    return day(end, basis=begins.basis, text=match[0]) if end else None


def _shifted(first: date, count: int, unit: str) -> date | None:
    if unit in ("day", "week"):
        return first + timedelta(days=count * (7 if unit == "week" else 1))
    months = first.month - 1 + count * (12 if unit == "year" else 1)
    year, month = first.year + months // 12, months % 12 + 1
    for last in (first.day, 30, 29, 28):
        try:
            return date(year, month, min(first.day, last))
        except ValueError:
            continue
    return None
