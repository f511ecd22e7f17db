"""Code one sentence for a given actor and recipient: exactly one reading, with how sure it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from detente.codebooks.plover import lexicon, turns, types
from detente.coding.coder import EVENT_OF_EMBED
from detente.coding.matching import Match, matches
from detente.coding.parties import Parties
from detente.language.frames import Clause, ParsedText, Sentence, Tense
from detente.language.lemmas import lemma
from detente.model.actors import Party
from detente.model.events import QUAD, EventType, Mention, Status
from detente.model.statements import Modality, Polarity
from detente.model.text import Span

_LINKED_BOTH, _LINKED_ONE, _LEXICON_ONLY = 0.85, 0.6, 0.45
"""Confidence by how the type was found: share right on own sentences, in round figures."""


@dataclass(frozen=True, slots=True)
class PairCoding:
    """What one party does to the other by the text; `event_type` is None when nothing speaks for any.

    `confidence` is from 0 to 1: frames that link both parties in the parse are surest, a lexicon least.
    `mention` carries the evidence and is None exactly when `event_type` is.
    """

    event_type: EventType | None
    mode: str | None
    status: Status
    confidence: float
    mention: Mention | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    found: Match
    event_type: EventType
    mode: str
    status: Status
    score: float
    links: int


def code_pair(text: ParsedText, actor: Span, recipient: Span) -> PairCoding:
    """Give exactly one event for the pair of stretches of `text` that name actor and recipient."""
    sentence = _sentence_of(text, actor, recipient)
    if sentence is None:
        return PairCoding(None, None, Status.DONE, 0.0, None)
    sides = _party(text, actor), _party(text, recipient)
    parties = Parties(_with_sides(sentence, sides), everyone=True)
    candidates = list(_candidates(sentence, parties, sides))
    best = max(candidates, key=lambda c: c.score, default=None)
    if best is not None and best.links:
        sure = _LINKED_BOTH if best.links == 2 else _LINKED_ONE
        return _coding(text, sentence, sides, best.event_type, best.mode, best.status, sure, best.found)
    by_words = _by_lexicon(sentence, candidates)
    if by_words is None:
        return PairCoding(None, None, Status.DONE, 0.0, None)
    return _coding(text, sentence, sides, by_words, "", Status.DONE, _LEXICON_ONLY, None)


def _sentence_of(text: ParsedText, actor: Span, recipient: Span) -> Sentence | None:
    """The sentence that holds both, else the one that holds the actor."""
    for sentence in text.sentences:
        if sentence.start <= actor.start < sentence.end and sentence.start <= recipient.start < sentence.end:
            return sentence
    return next((s for s in text.sentences if s.start <= actor.start < s.end), None)


def _party(text: ParsedText, span: Span) -> Party:
    """The given stretch as a party: the codebook's where the stretch holds a known name."""
    words = text.rendition.text[span.start : span.end]
    known = [
        a
        for sentence in text.sentences
        for a in sentence.actors
        if a.start is not None and a.end is not None and a.start < span.end and a.end > span.start
    ]
    if known:
        return replace(known[0], start=span.start, end=span.end, text=words)
    return Party(None, words, None, span.start, span.end)


def _with_sides(sentence: Sentence, sides: tuple[Party, Party]) -> Sentence:
    return replace(sentence, actors=(*sides,))


def _candidates(sentence: Sentence, parties: Parties, sides: tuple[Party, Party]) -> Iterator[_Candidate]:
    clauses = {clause.predicate.i: clause for clause in sentence.clauses}
    for clause in sentence.clauses:
        for found in matches(clause, parties):
            reading = _read(found, clauses, parties)
            if reading is None:
                continue
            event_type, mode, status, whole = reading
            links, link_score = _link(whole, sides, sentence)
            score = found.frame.weight + link_score - _depth(clause.predicate) * 0.4
            yield _Candidate(found, event_type, mode, status, score - clause.nominal, links)


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


def _link(found: Match, sides: tuple[Party, Party], sentence: Sentence) -> tuple[int, float]:
    actor, recipient = sides
    acting = _is_among(actor, found.actor)
    receiving = _is_among(recipient, found.recipient) or _is_among(recipient, found.actor)
    score = 3.0 * acting + 2.0 * receiving
    if not receiving and _is_below(recipient, sentence, found.clause.predicate):
        score += 1.0
    if _is_among(actor, found.recipient) and not acting:
        score -= 2.0
    return int(acting) + int(receiving), score


def _is_among(side: Party, parties: tuple[Party, ...]) -> bool:
    return any(party.start == side.start and party.end == side.end for party in parties)


def _is_below(side: Party, sentence: Sentence, predicate: Token) -> bool:
    """Whether the stretch stands in the predicate's own subtree."""
    if side.start is None or side.end is None:
        return False
    return any(side.start <= sentence.position(token) < side.end for token in predicate.subtree)


def _read(
    found: Match, clauses: dict[int, Clause], parties: Parties
) -> tuple[EventType, str, Status, Match] | None:
    """Type, mode and status without asking for news value; with the match widened by its complement."""
    embed = found.frame.embed
    if embed:
        complement = _complement(found, clauses, parties)
        whole = _widened(found, complement)
        turned = _turn(EVENT_OF_EMBED.get(embed, ""), complement.frame.event_type if complement else None)
        if turned:
            return (*turned, whole)
        return found.frame.event_type, found.frame.mode, Status.DONE, whole
    own, clause = found.frame.event_type, found.clause
    negated = clause.polarity is Polarity.NEGATED
    ahead = clause.modality in (Modality.PLANNED, Modality.CONDITIONAL, Modality.POSSIBLE)
    what = ""
    if negated and QUAD[own] in (1, 2):
        what = "refused"
    elif ahead or clause.tense is Tense.FUTURE:
        what = "planned"
    turned = _turn(what, own)
    return (*turned, found) if turned else (own, found.frame.mode, Status.DONE, found)


def _turn(what: str, event_type: EventType | None) -> tuple[EventType, str, Status] | None:
    turn = turns().get((what, event_type)) if event_type else None
    return (turn.event_type, "" if turn.mode == "*" else turn.mode, turn.status) if turn else None


def _complement(found: Match, clauses: dict[int, Clause], parties: Parties) -> Match | None:
    for slot in ("xcomp", "ccomp", "of.ing", "for.ing"):
        for token in found.slots.get(slot):
            clause = clauses.get(token.i)
            inner = next(matches(clause, parties), None) if clause else None
            if inner:
                return inner
    return None


def _widened(found: Match, complement: Match | None) -> Match:
    if complement is None:
        return found
    return replace(found, recipient=(*found.recipient, *complement.recipient, *complement.actor))


def _by_lexicon(sentence: Sentence, candidates: list[_Candidate]) -> EventType | None:
    """The type most words of the sentence speak for; frames that fit without linking count as words."""
    votes: Counter[EventType] = Counter()
    for token in {lemma(t): t for t in sentence.span if t.is_alpha}.values():
        for event_type, weight in lexicon().get(lemma(token), ()):
            closeness = 2.0 if token.dep_ == "ROOT" else 1.0
            votes[event_type] += int(100 * weight * closeness)
    for candidate in candidates:
        votes[candidate.event_type] += int(100 * candidate.score)
    ranked = votes.most_common(1)
    return ranked[0][0] if ranked and ranked[0][1] > 0 else None


def _coding(
    text: ParsedText,
    sentence: Sentence,
    sides: tuple[Party, Party],
    event_type: EventType,
    mode: str,
    status: Status,
    confidence: float,
    found: Match | None,
) -> PairCoding:
    entry = types()[event_type, mode]
    mention = Mention(
        evidence=(text.evidence(sentence.start, sentence.end),),
        attribution=text.chain(found.clause.attributions if found else ()),
        trigger=found.clause.lemma if found else "",
        decided_by=found.frame.id if found else "lexicon",
        reading_confidence=confidence,
        event_type=event_type,
        mode=mode or None,
        contexts=found.frame.contexts if found else (),
        actor=(sides[0],),
        recipient=(sides[1],),
        cameo_code=(found.frame.cameo if found else "") or entry.cameo,
        event_scale=entry.scale,
        status=status,
    )
    return PairCoding(event_type, mode or None, status, confidence, mention)
