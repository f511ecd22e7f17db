"""Date an act from the words that hang on its predicate, and place it the same way."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from spacy.tokens import Token

from detente.coding.datelines import dateline_end
from detente.coding.matching import Match
from detente.coding.standing import Standing
from detente.language.frames import DateMention, ParsedText, Sentence, Tense
from detente.language.lemmas import lemma
from detente.model.dates import Basis, Dated, day, interval
from detente.model.documents import Genre
from detente.model.events import Mention, Status
from detente.model.records import Amount, Place
from detente.model.statements import Modality
from detente.model.text import BlockKind

BACKGROUND_AFTER = timedelta(days=30)
"""A deed that lies further before publication is background (design, section 5)."""
FRESH_WITHIN = timedelta(days=3)
"""News told without a day is taken to be at most three days old; the window says so."""
FRESH_SENTENCES = 4
_FRESH_BLOCKS = (BlockKind.BODY, BlockKind.HEADING)
_FRESH_GENRES = (Genre.NEWS, Genre.STATEMENT)
_CLIMB = 12
_WEEK = timedelta(days=7)
_FAR = timedelta(days=730)
_MONTHS = frozenset(name.lower() for name in calendar.month_name if name)
_WEEKDAYS = frozenset(name.lower() for name in calendar.day_name)
_BOUNDS = frozenset({"until", "till", "by", "through", "since", "before", "after", "for", "from", "of"})
_NAMING = frozenset({"nummod", "compound", "amod", "nmod"})
_PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "off", "on", "outside"})


class Hangings:
    """Which dates, places and amounts of a sentence hang on which predicate or noun."""

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence
        self._predicates = {clause.predicate.i for clause in sentence.clauses}

    def dates(self, words: frozenset[int]) -> list[DateMention]:
        """The dates that hang on any of the words, in text order."""
        return [d for d in self._sentence.dates if self._is_when(d) and self._home(d.start, d.end, words)]

    def stands_before(self, mention: DateMention, words: frozenset[int]) -> bool:
        """Whether a date opens the clause, so that coordinated verbs share it."""
        first = self._sentence.span.doc[min(words)]
        return mention.end <= self._sentence.position(first)

    def _is_when(self, mention: DateMention) -> bool:
        """Whether a date says when: "until July" and "since May" bound a state, they date no deed."""
        if mention.end <= dateline_end(self._sentence):
            return False
        root = self._root(mention.start, mention.end)
        if root is not None and root.dep_ in _NAMING and _width(mention.date) > 31:
            # "The 2018 agreement" is called by its year; only a deed's own noun is dated by one.
            return root.head.i in self._predicates
        if root is None or root.dep_ != "pobj":
            return root is not None
        return root.head.lower_ not in _BOUNDS or (root.head.lower_ == "from" and not mention.date.is_day)

    def places(self, words: frozenset[int]) -> list[Place]:
        """The places where the words happen: after "in", "at", "near"."""
        found = []
        for place in self._sentence.places:
            if place.start is None or place.end is None:
                continue
            root = self._root(place.start, place.end)
            if root is None or root.head.lower_ not in _PLACE_PREPOSITIONS:
                continue
            if self._home(place.start, place.end, words):
                found.append(place)
        return found

    def amounts(self, words: frozenset[int]) -> list[Amount]:
        """The amounts that hang on the words."""
        return [
            a
            for a in self._sentence.amounts
            if a.start is not None and a.end is not None and self._home(a.start, a.end, words)
        ]

    def _root(self, start: int, end: int) -> Token | None:
        tokens = [t for t in self._sentence.tokens if start <= self._sentence.position(t) < end]
        inside = {t.i for t in tokens}
        return next((t for t in tokens if t.head.i not in inside or t.head == t), None)

    def _home(self, start: int, end: int, words: frozenset[int]) -> bool:
        token = self._root(start, end)
        for _ in range(_CLIMB):
            if token is None:
                return False
            if token.i in words:
                return True
            if token.i in self._predicates and token.pos_ in ("VERB", "AUX"):
                return False
            token = token.head if token.head != token else None
        return False


def reach(found: Match) -> list[frozenset[int]]:
    """The words dates may hang on, nearest first: the frame's own, then the verbs that share its time."""
    circles = [found.words]
    token = found.clause.predicate
    if token.dep_ == "pcomp" and token.tag_ == "VBN" and token.head.head.pos_ == "VERB":
        # "Will visit in May, with a treaty being signed": one time for both.
        return [*circles, frozenset({token.head.head.i})]
    for _ in range(3):
        shares = token.dep_ in ("xcomp", "conj", "advcl") and token.head.pos_ in ("VERB", "AUX")
        if found.clause.nominal or not shares:
            break
        if token.dep_ == "advcl" and token.tag_ != "VBG":
            break
        token = token.head
        circles.append(frozenset({token.i}))
    return circles


def date_of(found: Match, hangings: Hangings) -> Dated | None:
    """The date the text gives the deed, the narrowest where several hang on it; None where it gives none."""
    for words in reach(found):
        shared = found.clause.predicate.i not in words and found.clause.predicate.dep_ != "pcomp"
        dates = [d.date for d in hangings.dates(words) if not shared or hangings.stands_before(d, words)]
        if dates:
            return min(dates, key=_width)
    return None


def gone_by(found: Match, deed: Dated | None, reference: Dated | None) -> Dated | None:
    """A weekday of a past deed as the last such day, a bare month years back as None; others unchanged."""
    if deed and deed.lo and reference and reference.lo and deed.text.lower() in _MONTHS:
        # A bare month years back took its year from some other passage: left open.
        return None if deed.lo < reference.lo - _FAR else deed
    past = found.clause.tense is Tense.PAST and found.clause.modality is Modality.ASSERTED
    if not (past and deed and deed.lo and deed.is_day and reference and reference.hi):
        return deed
    named = deed.text.lower() in _WEEKDAYS and reference.hi < deed.lo <= reference.hi + _WEEK
    return day(deed.lo - _WEEK, basis=deed.basis, text=deed.text) if named else deed


def _width(when: Dated) -> int:
    if when.lo is None or when.hi is None:
        return 100_000
    return (when.hi - when.lo).days


def act_dates(
    found: Match, standing: Standing, deed: Dated | None, text: ParsedText, sentence: Sentence
) -> tuple[Dated | None, Dated | None]:
    """The day of the act and the day of the deed it is about; equal for a deed told directly."""
    announced = standing.status in (Status.PLANNED, Status.THREATENED, Status.CONDITIONAL)
    said = next((a.said_on for a in reversed(found.clause.attributions) if a.said_on), None)
    if announced and deed and deed.hi and text.published and text.published.lo:
        # "In May" of a plan that resolves to a May gone by is the wrong May: left open.
        deed = deed if deed.hi >= text.published.lo else None
    if announced or standing.status is Status.DENIED:
        return said, deed
    if deed is None:
        deed = _fresh(found, standing, text, sentence)
    return deed, deed


def _fresh(found: Match, standing: Standing, text: ParsedText, sentence: Sentence) -> Dated | None:
    """Publication as a window of days for a lead sentence of a news page that tells a deed in the past."""
    published = text.published
    if published is None or not published.is_day or published.lo is None:
        return None
    lead = sentence.block.kind in _FRESH_BLOCKS and any(
        sentence is first for first in text.sentences[:FRESH_SENTENCES]
    )
    fresh = standing.status in (Status.DONE, Status.ONGOING) and found.clause.tense is not Tense.NONE
    if not (lead and fresh and text.rendition.metadata.genre in _FRESH_GENRES) or _is_pluperfect(found):
        return None
    return interval(published.lo - FRESH_WITHIN, published.lo, basis=Basis.PUBLICATION)


def _is_pluperfect(found: Match) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "had" for c in found.clause.predicate.children)


def settle(
    standing: Standing, deed: Dated | None, reference: Dated | None, *, certain: bool = True
) -> Standing | None:
    """Check a standing against the calendar: old deeds are background, done deeds never lie ahead.

    Without a day of publication (not `certain`) the reference is but a day the text tells of: a page
    about an anniversary may tell of the weeks after it.
    """
    if deed is None or reference is None or reference.lo is None or standing.status is not Status.DONE:
        return standing
    latest = reference.hi + (timedelta() if certain else BACKGROUND_AFTER) if reference.hi else None
    if deed.lo and latest and deed.lo > latest:
        return None
    if deed.hi and deed.hi < reference.lo - BACKGROUND_AFTER:
        return replace(standing, status=Status.BACKGROUND)
    return standing


def occasion_of(tokens: Iterable[Token], words: frozenset[str]) -> str:
    """The name of the occasion a deed belongs to, "" when none is named."""
    for token in tokens:
        if lemma(token) in words:
            first = token.left_edge
            while first.i < token.i and first.dep_ in ("det", "punct"):
                first = first.nbor(1)
            return str(token.doc[first.i : token.i + 1].text)
    return ""


def narrowed(mention: Mention, others: Iterable[Mention]) -> Mention:
    """Give a deed dated only by publication the day another passage of the page tells, where one does.

    A headline and the sentence under it tell one deed: same type, same sides, a day inside the window.
    """
    window = mention.event_date
    if window is None or window.basis is not Basis.PUBLICATION:
        return mention
    days = {
        other.event_date.edtf: other.event_date
        for other in others
        if other.event_date
        and other.event_date.is_day
        and other.event_date.overlaps(window)
        and (other.event_type, _sides(other)) == (mention.event_type, _sides(mention))
    }
    if len(days) != 1:
        return mention
    (moment,) = days.values()
    return replace(mention, event_date=moment, deed_date=moment)


def _sides(mention: Mention) -> frozenset[str]:
    return frozenset(party.side for party in (*mention.actor, *mention.recipient))
