"""Acts that no frame of the codebook decides: found by syntax, typed by the trained classifier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from detente.classifier.reader import Candidate, Judgement, load_reader
from detente.codebooks.plover import Frame
from detente.codebooks.trained import trained_triggers
from detente.coding.matching import Match
from detente.coding.parties import Parties
from detente.coding.slots import Slots, noun_slots, verb_slots
from detente.language.frames import Clause, Sentence
from detente.language.source import text_of
from detente.model.actors import Party
from detente.model.events import EventType
from detente.model.text import Span

RULE = "classifier"
SURE = 0.6
"""Least calibrated probability of the type for an act to be coded."""
_LONGEST = 120
"""Tokens: what is longer is a list or a broken page, and the classifier would not see its end."""
_TOWARDS = ("obj", "iobj", "to", "with", "against", "on", "from", "for", "at", "over", "of", "toward", "in")
_ACTS_OF_NOUN = ("poss", "by", "between", "compound", "of")
_TOWARDS_OF_NOUN = ("on", "against", "with", "to", "of", "for", "in", "from", "over")
_JOINT = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE, EventType.SUPPORT})


@dataclass(frozen=True, slots=True)
class Act:
    """A predicate with the parties that syntax gives it, before anybody says what it is."""

    clause: Clause
    slots: Slots
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]


def typed_acts(
    sentence: Sentence, clauses: Sequence[Clause], parties: Parties
) -> Iterator[tuple[Match, Judgement]]:
    """Give the acts among `clauses` that the classifier is sure of, each as a match of a made-up frame."""
    if len(sentence.span) > _LONGEST:
        return
    acts = [act for clause in clauses if (act := find_act(clause, parties)) is not None]
    if not acts:
        return
    words = text_of(sentence.span.doc)[_from(sentence) : _to(sentence)]
    judged = load_reader().judge(words, [_candidate(act, sentence) for act in acts])
    for act, judgement in zip(acts, judged, strict=True):
        event_type, sure = judgement.ranked()[0]
        if sure >= SURE:
            yield _match(act, event_type, judgement), judgement


def find_act(clause: Clause, parties: Parties) -> Act | None:
    """The act a clause may tell; None where its word tells none in the training set or nobody does it."""
    if clause.lemma not in trained_triggers(nominal=clause.nominal):
        return None
    slots = noun_slots(clause.predicate) if clause.nominal else verb_slots(clause.predicate)
    sources = _ACTS_OF_NOUN if clause.nominal else ("subj",)
    actor = _first(parties, slots, sources)
    if not actor:
        return None
    labels = {party.label for party in actor}
    towards = _TOWARDS_OF_NOUN if clause.nominal else _TOWARDS
    recipient = tuple(p for p in _first(parties, slots, towards, places=True) if p.label not in labels)
    return Act(clause, slots, actor, recipient)


def _first(
    parties: Parties, slots: Slots, names: Sequence[str], *, places: bool = False
) -> tuple[Party, ...]:
    """The parties of the first slot that names any: as its head, else inside its phrase."""
    for name in names:
        found = parties.of(slots.get(name), loose=True, places=places)
        if found:
            return found
    return ()


def _from(sentence: Sentence) -> int:
    return int(sentence.span.start_char)


def _to(sentence: Sentence) -> int:
    return int(sentence.span.end_char)


def _candidate(act: Act, sentence: Sentence) -> Candidate:
    predicate: Token = act.clause.predicate
    at = int(predicate.idx) - _from(sentence)
    return Candidate(
        _spans(act.actor, sentence), _spans(act.recipient, sentence), Span(at, at + len(predicate.text))
    )


def _spans(parties: Sequence[Party], sentence: Sentence) -> tuple[Span, ...]:
    return tuple(
        Span(party.start - sentence.start, party.end - sentence.start)
        for party in parties
        if party.start is not None and party.end is not None and sentence.start <= party.start < sentence.end
    )


def _match(act: Act, event_type: EventType, judgement: Judgement) -> Match:
    joint = event_type in _JOINT and judgement.mode != "visit" and (len(act.actor) > 1 and not act.recipient)
    frame = Frame(
        id=RULE,
        lemmas=frozenset({act.clause.lemma}),
        conditions=(),
        event_type=event_type,
        mode=judgement.mode,
        contexts=(),
        actor=(),
        recipient=(),
        embed="",
        flags=frozenset({"alone", "undated", *(("joint",) if joint else ())}),
        cameo="",
    )
    return Match(frame, act.clause, act.slots, act.actor, act.recipient)
