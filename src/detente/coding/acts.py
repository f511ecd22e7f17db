"""Acts that no frame of the codebook decides: found by syntax, typed by the trained classifier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.classifier.reader import Judgement, load_reader
from detente.codebooks.plover import Frame
from detente.codebooks.trained import trained_triggers
from detente.coding.matching import Match
from detente.coding.parties import Parties
from detente.coding.slots import noun_slots, verb_slots
from detente.language.frames import Clause, Sentence
from detente.language.source import text_of
from detente.model.actors import Party
from detente.model.events import EventType
from detente.model.text import Span

RULE = "classifier"
SURE = 0.5
"""Least calibrated probability of the type for an act to be coded."""
LINKED = 0.5
"""Least probability of a role for a party to hold it."""
_LONGEST = 120
"""Tokens: what is longer is a list or a broken page, and the classifier would not see its end."""
_JOINT = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE, EventType.SUPPORT})


def candidates(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses whose word tells an act in the training set."""
    return [clause for clause in clauses if clause.lemma in trained_triggers(nominal=clause.nominal)]


def parties_in(sentence: Sentence, parties: Parties) -> list[Party]:
    """Every party that a noun or pronoun of the sentence stands for, in text order, none twice."""
    found: list[Party] = []
    for token in sentence.span:
        if token.pos_ not in ("NOUN", "PROPN", "PRON", "ADJ"):
            continue
        for party in parties.of([token], places=True):
            if party.start is not None and (party.start, party.label) not in {
                (p.start, p.label) for p in found
            }:
                found.append(party)
    return [party for party in found if not any(_takes_in(other, party) for other in found)]


def _takes_in(outer: Party, inner: Party) -> bool:
    """Whether a longer phrase holds a shorter one of the same state, or of none that is known."""
    if outer.start is None or outer.end is None or inner.start is None or inner.end is None:
        return False
    inside = outer.start <= inner.start and inner.end <= outer.end
    longer = outer.end - outer.start > inner.end - inner.start
    return inside and longer and (outer.state == inner.state or inner.id is None)


def typed_acts(
    sentence: Sentence, clauses: Sequence[Clause], parties: Parties
) -> Iterator[tuple[Match, Judgement]]:
    """Give the acts among `clauses` that the classifier is sure of, each as a match of a made-up frame."""
    asked = candidates(clauses)
    if not asked or len(sentence.span) > _LONGEST:
        return
    around = parties_in(sentence, parties)
    words = text_of(sentence.span.doc)[int(sentence.span.start_char) : int(sentence.span.end_char)]
    judged = load_reader().find(
        words, [_trigger(clause, sentence) for clause in asked], [_span(p, sentence) for p in around]
    )
    for clause, act in zip(asked, judged, strict=True):
        event_type, sure = act.judgement.ranked()[0]
        if sure < SURE:
            continue
        actor = _holding(around, act.actor)
        recipient = _holding(around, act.recipient)
        if actor or recipient:
            yield _match(clause, actor, recipient, event_type, act.judgement), act.judgement


def _holding(parties: Sequence[Party], chances: Sequence[float]) -> tuple[Party, ...]:
    """The parties that hold a role, each label once."""
    held: list[Party] = []
    for party, chance in zip(parties, chances, strict=True):
        if chance >= LINKED and all(party.label != other.label for other in held):
            held.append(party)
    return tuple(held)


def _trigger(clause: Clause, sentence: Sentence) -> Span:
    at = int(clause.predicate.idx) - int(sentence.span.start_char)
    return Span(at, at + len(clause.predicate.text))


def _span(party: Party, sentence: Sentence) -> Span:
    return Span((party.start or 0) - sentence.start, (party.end or 0) - sentence.start)


def _match(
    clause: Clause,
    actor: tuple[Party, ...],
    recipient: tuple[Party, ...],
    kind: EventType,
    judgement: Judgement,
) -> Match:
    visit = judgement.mode == "visit"
    joint = kind in _JOINT and not visit and len(actor) > 1 and not recipient
    frame = Frame(
        id=RULE,
        lemmas=frozenset({clause.lemma}),
        conditions=(),
        event_type=kind,
        mode=judgement.mode,
        contexts=(),
        actor=(),
        recipient=(),
        embed="",
        flags=frozenset({"alone", "undated", *(("joint",) if joint else ())}),
        cameo="",
    )
    slots = noun_slots(clause.predicate) if clause.nominal else verb_slots(clause.predicate)
    return Match(frame, clause, slots, actor, recipient)
