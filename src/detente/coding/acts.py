"""Acts that no frame of the codebook decides: found by syntax, typed by the trained classifier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from detente.classifier.reader import FoundAct, Judgement, load_reader
from detente.codebooks.plover import Frame, classes
from detente.codebooks.trained import company, solitary, trained_triggers
from detente.coding.matching import Match
from detente.coding.parties import Parties
from detente.coding.slots import Slots, noun_slots, verb_slots
from detente.language.frames import Clause, Sentence
from detente.language.lemmas import lemma
from detente.language.source import text_of
from detente.model.actors import Party
from detente.model.events import EventType
from detente.model.text import Span

RULE = "classifier"
SURE = 0.55
"""Least calibrated probability of the type for an act to be coded."""
ALONE = 0.9
"""The same for an act without recipient: whom it hits is half of what an act says."""
LINKED = 0.3
"""Least probability of a role for a party to hold it."""
_BESIDE = 0.15
"""How much less likely than the likeliest a second party may hold the same role."""
_LONGEST = 120
"""Tokens: what is longer is a list or a broken page, and the classifier would not see its end."""
_WHERE = frozenset({"in", "at", "near", "off", "inside", "across", "around", "outside", "over", "throughout"})
_LEANING = frozenset({"to", "on", "with", "against", "for"})
_CROWD = frozenset({"CVL", "LAB", "EDU", "JRN", "BUS"})
_JOINT = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE, EventType.SUPPORT})


def candidates(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses whose word tells an act in the training set; a light verb needs its company."""
    found = []
    for clause in clauses:
        if clause.lemma not in trained_triggers(nominal=clause.nominal):
            continue
        light = not clause.nominal and clause.lemma in classes()["LIGHT"]
        if not light or not company().get(clause.lemma, frozenset()).isdisjoint(company_of(clause.predicate)):
            found.append(clause)
    return found


def company_of(verb: Token) -> set[str]:
    """The words a light verb leans on: its object and particle, without those its prepositions."""
    near = [
        child
        for child in verb.children
        if child.dep_ in ("dobj", "prt", "attr", "acomp") and child.pos_ != "PROPN"
    ]
    if not near:
        near = [child for child in verb.children if child.dep_ == "prep" and child.lower_ in _LEANING]
    return {lemma(child) for child in near}


def parties_in(sentence: Sentence, parties: Parties) -> list[Party]:
    """Every party that a noun or pronoun of the sentence stands for, in text order, none twice."""
    found: list[Party] = []
    for token in sentence.tokens:
        if token.pos_ not in ("NOUN", "PROPN", "PRON", "ADJ"):
            continue
        for party in parties.of([token], places=not _says_where(token)):
            seen = any(party.start == other.start and party.label == other.label for other in found)
            if party.start is not None and not seen:
                found.append(party)
    return [party for party in found if not any(_takes_in(other, party) for other in found)]


def _says_where(token: Token) -> bool:
    """Whether a name stands after a word that says where something is ("in Beijing", "off Alaska")."""
    return bool(token.dep_ == "pobj" and token.head.lower_ in _WHERE)


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
    sides = {party.side for party in around if party.state or party.sector not in _CROWD}
    if len(sides) < 2:
        # One side alone drills, marches or gives in, but does not agree, talk or help.
        asked = [clause for clause in asked if clause.lemma in solitary()]
    if not around or not asked:
        return
    words = text_of(sentence.span.doc)[int(sentence.span.start_char) : int(sentence.span.end_char)]
    judged = load_reader().find(
        words, [_trigger(clause, sentence) for clause in asked], [_span(p, sentence) for p in around]
    )
    for clause, act in zip(asked, judged, strict=True):
        kind, chance = act.judgement.likeliest
        if chance < SURE:
            continue
        slots = noun_slots(clause.predicate) if clause.nominal else verb_slots(clause.predicate)
        actor, recipient = _who(clause, slots, act, around, parties)
        if kind is EventType.THREATEN and (
            _hits_bystanders(clause, slots, recipient, sentence)
            or _only_foretells(clause, slots, actor, parties)
        ):
            continue
        if actor or recipient:
            yield _match(clause, slots, actor, recipient, act.judgement), act.judgement


def _who(
    clause: Clause, slots: Slots, act: FoundAct, around: Sequence[Party], parties: Parties
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Actors and recipients: by the grammar where it names them, else by the chances of the parties."""
    actor = _doers(clause, slots, parties) or _holding(around, act.actor)
    recipient = _others(actor, _undergoers(clause, slots, parties) or _holding(around, act.recipient))
    if not recipient and _may_be_joint(act.judgement):
        actor = _merged(actor, _holding(around, act.actor))
    return actor, recipient


def _doers(clause: Clause, slots: Slots, parties: Parties) -> tuple[Party, ...]:
    """Who acts by the grammar: a verb's subject or agent, a noun's owner."""
    return parties.of(slots.get("poss" if clause.nominal else "subj"), loose=True)


def _undergoers(clause: Clause, slots: Slots, parties: Parties) -> tuple[Party, ...]:
    """Whom a verb's object names; the grammar says no more."""
    return () if clause.nominal else parties.of(slots.get("obj"))


def _hits_bystanders(clause: Clause, slots: Slots, recipient: tuple[Party, ...], sentence: Sentence) -> bool:
    """Whether a threat names nobody but those whose peace or trade is what is threatened."""
    if clause.lemma != "threaten" or not recipient:
        return False
    spans = [_phrase(noun, sentence) for noun in slots.get("obj")]
    return all(
        any(start < (party.start or 0) and (party.end or 0) <= end for start, end in spans)
        for party in recipient
    )


def _only_foretells(clause: Clause, slots: Slots, actor: tuple[Party, ...], parties: Parties) -> bool:
    """Whether a warning to nobody in particular is of what others do: "warned of a Russian offensive"."""
    if clause.lemma != "warn" or slots.get("obj"):
        return False
    if slots.get("of"):
        return not any(lemma(noun) in classes()["CONSEQUENCE"] for noun in slots.get("of"))
    doers = {party.side for party in parties.of(slots.get("that"), loose=True)}
    paid = any(lemma(verb) in classes()["SUFFERS"] for verb in slots.get("ccomp"))
    return bool(doers) and not paid and doers.isdisjoint(party.side for party in actor)


def _phrase(noun: Token, sentence: Sentence) -> tuple[int, int]:
    last = noun.right_edge
    return sentence.position(noun.left_edge), sentence.position(last) + len(last.text)


def _may_be_joint(judgement: Judgement) -> bool:
    return judgement.likeliest[0] in _JOINT and judgement.mode != "visit"


def _merged(actor: tuple[Party, ...], also: tuple[Party, ...]) -> tuple[Party, ...]:
    sides = {party.side for party in actor}
    return (*actor, *(party for party in also if party.side not in sides))


def _others(actor: tuple[Party, ...], recipient: tuple[Party, ...]) -> tuple[Party, ...]:
    """The recipients without the actors themselves and, beside others, without their states."""
    labels = {party.label for party in actor}
    own = labels | {party.state for party in actor if party.state}
    apart = tuple(party for party in recipient if party.label not in labels)
    return tuple(party for party in apart if party.side not in own) or apart


def _holding(parties: Sequence[Party], chances: Sequence[float]) -> tuple[Party, ...]:
    """The party likeliest to hold a role, with those that are named beside it and hold it too."""
    best = max(chances, default=0.0)
    if best < LINKED:
        return ()
    held: list[Party] = []
    for party, chance in zip(parties, chances, strict=True):
        if chance >= max(LINKED, best - _BESIDE) and all(party.label != other.label for other in held):
            held.append(party)
    return tuple(held)


def _trigger(clause: Clause, sentence: Sentence) -> Span:
    at = int(clause.predicate.idx) - int(sentence.span.start_char)
    return Span(at, at + len(clause.predicate.text))


def _span(party: Party, sentence: Sentence) -> Span:
    return Span((party.start or 0) - sentence.start, (party.end or 0) - sentence.start)


def _match(
    clause: Clause, slots: Slots, actor: tuple[Party, ...], recipient: tuple[Party, ...], judgement: Judgement
) -> Match:
    kind, chance = judgement.likeliest
    alone = ("alone",) if chance >= ALONE and kind is not EventType.THREATEN else ()
    joint = _may_be_joint(judgement) and len(actor) > 1 and not recipient
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
        flags=frozenset({"undated", *alone, *(("joint",) if joint else ())}),
        cameo="",
    )
    return Match(frame, clause, slots, actor, recipient)
