"""Read what a clause says of the future: until when, on what premises, and as a question."""

from __future__ import annotations

import re
from datetime import date

from spacy.tokens import Token

from detente.codebooks.cues import verb_cues
from detente.language.calendars import make_day, shift_days
from detente.language.contents import spans_of
from detente.language.frames import Sentence
from detente.language.numerals import read_number
from detente.language.source import text_of
from detente.model.dates import Basis, Dated
from detente.model.dates import window as between
from detente.model.statements import Forecast, Modality
from detente.model.text import Evidence, Span
from detente.statements.drafts import VERBAL, Page, lies_in, subject_phrase

_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_BACKSHIFTED = frozenset({"would", "'d", "’d"})
_MAYBE = frozenset({"may", "might", "could"})
_PROSPECTS = frozenset(
    {
        "likely",
        "unlikely",
        "expected",
        "set",
        "poised",
        "projected",
        "forecast",
        "predicted",
        "bound",
        "slated",
        "due",
    }
)
_PLANNED = frozenset({"set", "slated", "due"})
_LASTING = frozenset(
    {"continue", "remain", "last", "persist", "endure", "resume", "collapse", "erupt", "escalate"}
)
_UNTIL = re.compile(r"\b(?:until|till|through|by the end of|no later than)\b(?P<what>[^,;.]*)", re.IGNORECASE)
_HORIZON = re.compile(
    r"\b(?:within|in\s+the\s+(?:next|coming)|over\s+the\s+(?:next|coming))\s+"
    r"(?:(?P<n>\d+|[a-z]+)\s+(?:(?:to|or)\s+(?P<most>\d+|[a-z]+)\s+)?)?(?P<unit>days?|weeks?|months?|years?|decades?)\b",
    re.IGNORECASE,
)
_FAR = 200
"""Units of time: more than this is no horizon of the news."""
_PREMISE = re.compile(
    r"^(?:\w+, )?(?P<what>(?:considering|given|based on|in view of|in light of|with|because|as|since)\b"
    r"[^.;]*?),\s",
    re.IGNORECASE,
)
_BECAUSE = frozenset({"as", "since", "because"})
_SO = re.compile(r"^(?P<what>.+?),?\s+so\s")


def prospect_of(predicate: Token) -> Token | None:
    """The word that puts a predicate in the future: "will", "likely", "expected"; None when none does."""
    for child in predicate.children:
        if child.dep_ == "aux" and child.lower_ in _FUTURE:
            return child
        if child.dep_ == "aux" and child.lower_ in _MAYBE and predicate.lower_ in _LASTING:
            return child
        hedged = any(
            c.dep_ == "advmod" and c.lower_ in ("well", "probably", "likely") for c in predicate.children
        )
        if child.dep_ == "aux" and child.lower_ in ("would", "may") and hedged and predicate.tag_ == "VB":
            return child
    head = predicate.head
    if predicate.dep_ != "xcomp" or head.i == predicate.i:
        return None
    if head.lower_ in _PROSPECTS and _is_now(head):
        return head
    if head.lower_ == "going" and any(c.dep_ == "aux" and c.lower_ in ("is", "are") for c in head.children):
        return head
    if head.pos_ == "AUX" and head.tag_ in ("VBZ", "VBP"):
        return next(
            (c for c in head.children if c.dep_ in ("acomp", "oprd") and c.lower_ in _PROSPECTS), None
        )
    return None


def reported_prospect_of(predicate: Token) -> Token | None:
    """As `prospect_of`, and "would" where a cue in the past shifts "will" back."""
    found = prospect_of(predicate)
    if found is not None:
        return found
    if any(c.dep_ == "advcl" and any(m.lower_ == "if" for m in c.children) for c in predicate.children):
        return None
    return next((c for c in predicate.children if c.dep_ == "aux" and c.lower_ in _BACKSHIFTED), None)


def modality_ahead(worded: Modality, prospect: Token | None, *, hedged: bool, on: bool) -> Modality:
    """How a forecast is put: planned only where a plan is told ("is set to"); `on`: it has a condition."""
    if worded not in (Modality.DESIRED, Modality.PLANNED):
        return worded
    if prospect is not None and prospect.lower_ in _PLANNED:
        return Modality.PLANNED
    if on:
        return Modality.CONDITIONAL
    plain = prospect is not None and prospect.lower_ in _FUTURE
    return Modality.ASSERTED if plain and not hedged else Modality.POSSIBLE


def future_verb(predicate: Token) -> Token:
    """The verb that carries the deed: "continue" where "is" heads "is likely to continue"."""
    if predicate.pos_ != "AUX" and predicate.lower_ not in _PROSPECTS | {"going"}:
        return predicate
    complements = (c for c in predicate.children if c.dep_ in ("acomp", "oprd", "attr", "xcomp"))
    for child in (predicate, *complements):
        if child.lower_ in _PROSPECTS or child.lower_ == "going":
            return next((c for c in child.children if c.dep_ == "xcomp"), None) or next(
                (c for c in predicate.children if c.dep_ == "xcomp"), predicate
            )
    return predicate


def outer_verb(predicate: Token) -> Token:
    """The verb whose clause holds the whole forecast: "is" in "is likely to continue"."""
    found = predicate
    while found.dep_ == "xcomp" and found.head.i != found.i:
        found = found.head
    return found if found.pos_ in VERBAL or found.head.i == found.i else found.head


def make_forecast(page: Page, sentence: Sentence, predicate: Token, content: tuple[Span, ...]) -> Forecast:
    """Fill a forecast from its clause: question, window, until-event and premises the text names."""
    until = _until(page, content)
    return Forecast(
        question=ask(sentence, predicate, content),
        window=_coming(page, sentence, content),
        until=until,
        premises=_premises(page, sentence, content),
    )


def _coming(page: Page, sentence: Sentence, content: tuple[Span, ...]) -> Dated | None:
    """The window of a forecast: a date that had passed when the page was published is none."""
    window, published = window_of(sentence, content), page.text.published
    if window and window.hi and published and published.lo and window.hi <= published.lo:
        return None
    return window or (horizon(page, content, published.hi) if published and published.hi else None)


def horizon(page: Page, content: tuple[Span, ...], today: date) -> Dated | None:
    """From today to the end of a length of time: "within two years", "in the next five to eight months"."""
    words = " ".join(page.text.rendition.text[span.start : span.end] for span in content)
    match = _HORIZON.search(words)
    count = read_number(match["most"] or match["n"] or "one") if match else None
    if match is None or count is None or count != int(count) or not 0 < count < _FAR:
        return None
    if not match["n"] and match["unit"].lower().endswith("s"):
        # "Within weeks" names no number of them.
        return None
    unit = match["unit"].lower().rstrip("s")
    days = {"day": 1, "week": 7}.get(unit)
    if days:
        last = shift_days(today, int(count) * days)
    else:
        months = int(count) * {"month": 1, "year": 12, "decade": 120}[unit]
        year_, month_ = divmod(today.year * 12 + today.month - 1 + months, 12)
        last = make_day(year_, month_ + 1, min(today.day, 28))
    return between(today, last, basis=Basis.RELATIVE, text=match[0]) if last else None


def window_of(sentence: Sentence, content: tuple[Span, ...]) -> Dated | None:
    """The last date named in what is said: when it is to come true, or until when it is to last."""
    inside = [
        d
        for d in sentence.dates
        if any(s.start <= d.start < s.end for s in content) and not _compares(sentence, d.start)
    ]
    return inside[-1].date if inside else None


def _compares(sentence: Sentence, offset: int) -> bool:
    """Whether a date hangs on a comparison: "like the past two years", "than in 2019"."""
    token = sentence.token_at(offset)
    return token is not None and any(
        above.dep_ in ("prep", "mark") and above.lower_ in ("like", "unlike", "than", "since", "compared")
        for above in (token, *token.ancestors)
    )


def ask(sentence: Sentence, predicate: Token, content: tuple[Span, ...]) -> str:
    """Turn the clause into a question in its own words; "" where it names no subject."""
    subject = subject_phrase(predicate)
    if (
        subject is None
        or subject.i > predicate.i
        or subject.lower_ in ("it", "this", "that", "which", "who", "there")
    ):
        return ""
    said = _text(sentence, list(_kept(subject)))
    deed = _deed(sentence, predicate, content)
    negation = "not " if any(c.dep_ == "neg" for c in predicate.children) else ""
    if said and subject.pos_ not in ("PROPN",) and not said[:2].isupper() and _first(subject).pos_ != "PROPN":
        said = said[0].lower() + said[1:]
    return f"Will {said} {negation}{deed}?" if deed else ""


def _deed(sentence: Sentence, predicate: Token, content: tuple[Span, ...]) -> str:
    helpers = [c for c in predicate.lefts if c.dep_ in ("aux", "auxpass") and c.tag_ == "VB"]
    first = min([predicate, *helpers], key=lambda token: token.i)
    if first.tag_ != "VB":
        return ""
    end = max((span.end for span in content), default=0)
    tokens = [t for t in sentence.tokens if t.i >= first.i and sentence.position(t) < end]
    tokens = [t for t in tokens if t.i <= max(x.i for x in predicate.subtree)]
    return _text(sentence, tokens).rstrip(' .,;:”"')


def _kept(subject: Token) -> list[Token]:
    asides = ("relcl", "advcl", "appos", "punct")
    gone = [c for c in subject.children if c.dep_ in asides and not c.is_quote]
    dropped = {token.i for child in gone for token in child.subtree}
    return [token for token in subject.subtree if token.i not in dropped]


def _first(subject: Token) -> Token:
    return next(iter(subject.subtree))


def _text(sentence: Sentence, tokens: list[Token]) -> str:
    spans = spans_of(tokens, sentence)
    text, shift = text_of(sentence.span.doc), sentence.shift
    return " ".join(text[span.start - shift : span.end - shift] for span in spans)


def _until(page: Page, content: tuple[Span, ...]) -> str:
    for span in content:
        match = _UNTIL.search(page.text.rendition.text, span.start, span.end)
        if match:
            return match.group().strip()
    return ""


def _premises(page: Page, sentence: Sentence, content: tuple[Span, ...]) -> tuple[Evidence, ...]:
    """The part of the sentence before the forecast that gives its ground: "Considering this, ..."."""
    text = page.text.rendition.text
    before = Span(sentence.start, max(sentence.start, content[0].start)) if content else None
    for pattern, stretch in (
        (_PREMISE, text[sentence.start : sentence.end]),
        (_SO, _until_content(text, before)),
    ):
        match = pattern.search(stretch)
        if match and match.end("what") > match.start("what"):
            start, end = sentence.start + match.start("what"), sentence.start + match.end("what")
            if pattern is _PREMISE and not _is_ground(sentence, start, end):
                continue
            if not lies_in(start, content) or pattern is _PREMISE:
                return (page.text.evidence(start, end),)
    return ()


def _is_ground(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a premise tells a deed or a thing: a name alone ("with Russia") or an office is none."""
    tokens = [t for t in sentence.tokens if start <= sentence.position(t) < end]
    if tokens and tokens[0].lower_ in _BECAUSE and all(t.lower_ != "of" for t in tokens[1:2]):
        told = [t for t in tokens if any(c.dep_ in ("nsubj", "nsubjpass") for c in t.children)]
        return bool(told) and all(t.lower_ not in verb_cues() for t in told)
    return any(t.pos_ in ("NOUN", "VERB") for t in tokens)


def _until_content(text: str, before: Span | None) -> str:
    return text[before.start : before.end] + " " if before else ""


def _is_now(verb: Token) -> bool:
    """Whether "is expected to" stands in the present; "was expected to" is an expectation of the past."""
    helpers = [c for c in verb.children if c.dep_ in ("auxpass", "aux")]
    return (
        verb.dep_ == "amod"
        or any(c.lower_ in ("is", "are", "'s", "’s", "be", "remains") for c in helpers)
        or (verb.dep_ in ("acomp", "oprd") and verb.head.tag_ in ("VBZ", "VBP"))
    )
