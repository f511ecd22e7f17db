"""Code one sentence for a given actor and recipient: exactly one reading, with how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import exp, log

from spacy.tokens import Token

from detente.classifier.reader import Candidate, Judgement, load_reader
from detente.codebooks.plover import turns, types
from detente.coding.acts import RULE
from detente.coding.coder import EVENT_OF_EMBED
from detente.coding.matching import Match, matches
from detente.coding.parties import Parties
from detente.language.frames import Clause, ParsedText, Sentence, Tense
from detente.model.actors import Party
from detente.model.events import QUAD, EventType, Mention, Status
from detente.model.statements import Modality, Polarity
from detente.model.text import Span

_SAYS = (0.5, 2.0, 4.0)
"""What a frame adds to the classifier's log-probability of its type, by how many of the parties it links."""
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class PairCoding:
    """What one party does to the other by the text; `event_type` is None when nothing speaks for any.

    `confidence` is from 0 to 1: the classifier's probability, raised where a frame links the parties.
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
    judgement = _judge(text, sentence, actor, recipient)
    parties = Parties(_with_sides(sentence, sides), everyone=True)
    weighed = {kind: log(max(p, _LEAST)) for kind, p in judgement.types.items()}
    candidates: dict[EventType, _Candidate] = {}
    for candidate in sorted(_candidates(sentence, parties, sides), key=lambda c: -c.score):
        candidates.setdefault(candidate.event_type, candidate)
    best = max(candidates.values(), key=lambda c: c.score, default=None)
    if best is not None:
        weighed[best.event_type] += _SAYS[best.links]
    event_type = max(weighed, key=lambda kind: weighed[kind])
    total = sum(exp(value) for value in weighed.values())
    sure = round(exp(weighed[event_type]) / total, 2)
    found = candidates.get(event_type)
    mode = found.mode if found else judgement.mode if event_type is judgement.likeliest[0] else ""
    status = found.status if found else _likely_status(judgement, event_type)
    return _coding(text, sentence, sides, event_type, mode, status, sure, found.found if found else None)


def _judge(text: ParsedText, sentence: Sentence, actor: Span, recipient: Span) -> Judgement:
    """What the classifier makes of the pair in its sentence."""
    words = text.rendition.text[sentence.start : sentence.end]
    spans = [
        Span(span.start - sentence.start, span.end - sentence.start)
        for span in (actor, recipient)
        if sentence.start <= span.start and span.end <= sentence.end
    ]
    own = spans[:1] if spans and actor.start >= sentence.start else []
    others = spans[len(own) :]
    return load_reader().judge(words, [Candidate(tuple(own), tuple(others))])[0]


def _likely_status(judgement: Judgement, event_type: EventType) -> Status:
    if event_type is EventType.THREATEN:
        return Status.THREATENED
    return max(judgement.statuses, key=lambda status: judgement.statuses[status])


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
        decided_by=found.frame.id if found else RULE,
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
