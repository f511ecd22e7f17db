"""Find sanctions and restrictions: who imposed, extended or lifted them, on whom, because of whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from detente.codebooks.institutions import cues
from detente.language.frames import ParsedText, Sentence
from detente.model.actors import ActorKind, Party
from detente.model.dates import Dated
from detente.model.institutions import Measure
from detente.records.passages import (
    any_of,
    chain,
    conjuncts,
    covering,
    distinct,
    doers,
    evidence,
    is_passive,
    parties_of,
    phrase,
    prepositional,
    state_at,
    state_of,
    states_of,
    token_at,
    undergoers,
    wording,
)
from detente.records.standing import Standing, is_fact, standing
from detente.records.timing import after_term, date_of, end_of, lone_day, start_of

_GATE = re.compile(
    r"sanction|embargo|tariff|\bdut(?:y|ies)\b|export control|\bban(?:s|ned|ning)?\b|freeze|froze|restrict"
    r"|blacklist|designat|price cap|blockade|boycott|curbs?\b|penalt|moratorium|prohibit|barred|halted"
    r"|suspended|measures|cut off|closed|no-fly|quota|lev(?:y|ies|ied)|surcharge",
    re.I,
)
_STATES = ("imposed", "extended", "eased", "lifted")
_WEAK = frozenset(
    ("announced", "announce", "announcing", "announces", "put", "issued", "adopted", "unveiled", "applied")
) | {
    "placed",
    "raised",
    "doubled",
    "set",
    "approved",
    "ordered",
    "decreed",
    "declared",
    "hit",
    "maintained",
    "restored",
}
"""Verbs that make a measure only with a target."""
_LOOSE = frozenset(
    {"ban", "bans", "restrictions", "controls", "control", "measures", "curbs", "penalties"}
) | {
    "prohibition",
    "quota",
    "quotas",
    "levy",
    "levies",
    "moratorium",
}
"""Nouns of rules that may bind anybody: a measure only against somebody named."""
_PORTIONS = frozenset({"number", "series", "round", "set", "package", "raft", "list", "most", "all"}) | {
    "some",
    "many",
    "part",
    "bulk",
}
_AHEAD = frozenset({"will", "would", "'ll", "’ll"})


class MeasureCoder:
    """Finds measures of states and bodies against others: in force, or announced with their day."""

    name = "records.measures"

    def code(self, text: ParsedText) -> Iterable[Measure]:
        """Find measures in text order; one with the same sender, target, state and day is kept once."""
        seen: set[tuple[object, ...]] = set()
        for sentence in text.sentences:
            said = wording(text, sentence)
            if not _GATE.search(said):
                continue
            for measure in _measures(text, sentence, said):
                day = measure.effective.edtf if measure.effective else ""
                key = (measure.state, states_of(measure.sender), states_of(measure.target), day)
                if key not in seen:
                    seen.add(key)
                    yield measure


def _measures(text: ParsedText, sentence: Sentence, said: str) -> Iterator[Measure]:
    words = cues("measure")
    taken: set[int] = set()
    for match in any_of(words["nouns"]).finditer(said):
        noun = token_at(sentence, sentence.start + match.end() - 1)
        if noun is None or noun.i in taken or not noun.tag_.startswith("NN"):
            continue
        if noun.dep_ == "compound" and noun.head.lower_ in ("programme", "program", "regime", "package"):
            noun = noun.head
        for verb in _verbs_of(noun):
            state = _state_by(verb, said, sentence)
            if state and _is_set(sentence, verb) and (found := _measure(text, sentence, noun, verb, state)):
                taken.add(noun.i)
                yield found
                break
    for match in any_of(words["listing"]).finditer(said):
        listed = token_at(sentence, sentence.start + match.start())
        if listed is not None and listed.tag_ in ("VBD", "VBN", "VBZ") and is_fact(sentence, listed):
            yield from _listing(text, sentence, listed)
    for match in any_of(words["forbids"]).finditer(said):
        banned = token_at(sentence, sentence.start + match.start())
        if banned is not None and banned.tag_ in ("VBD", "VBN", "VBZ") and _is_set(sentence, banned):
            yield from _forbidden(text, sentence, banned, taken)


def _state_by(verb: Token, said: str, sentence: Sentence) -> str:
    """What a verb does to a measure: the list its form or its phrase stands in, "" for none."""
    words = cues("measure")
    state = next((s for s in (*_STATES, "expired") if verb.lower_ in words[s]), "")
    if state:
        return state
    at = verb.idx + sentence.shift - sentence.start
    return "begins" if any_of(words["begins"]).match(said, at) else ""


def _is_set(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb tells a deed done, or one its doer has announced for a day."""
    put = standing(sentence, verb)
    if put is Standing.FACT:
        return True
    helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return put is Standing.UNDONE and bool(helpers & _AHEAD) and _when(sentence, verb) is not None


def _when(sentence: Sentence, verb: Token) -> Dated | None:
    return start_of(sentence) or date_of(sentence, verb) or lone_day(sentence, verb)


def _verbs_of(noun: Token) -> Iterator[Token]:
    """The verbs a measure is the object of; for "a number of sanctions" that of the number."""
    node: Token = noun
    if node.dep_ == "pobj" and node.head.lower_ == "of" and node.head.head.lower_ in _PORTIONS:
        node = node.head.head
    while node.dep_ in ("conj", "compound") and node.head.tag_.startswith("NN"):
        node = node.head
    if node.dep_ in ("dobj", "nsubjpass", "nsubj", "obj") and node.head.tag_.startswith("V"):
        verb = node.head
        yield verb
        if node.dep_ == "nsubj":
            return
        for other in verb.conjuncts:
            if other.tag_.startswith("V") and other.i > verb.i:
                yield other
    elif node.dep_ == "pobj" and node.head.lower_ == "with" and node.head.head.lower_ in ("hit", "slapped"):
        yield node.head.head
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            yield child


def _measure(text: ParsedText, sentence: Sentence, noun: Token, verb: Token, state: str) -> Measure | None:
    target = _target(sentence, noun, verb)
    alone = noun.dep_ == "nsubj" and not is_passive(verb)
    if alone and state not in ("expired", "begins"):
        return None
    sender = _sender(sentence, noun, verb, by_itself=alone or state == "expired")
    # What is eased "for" a partner is directed at nobody; neither is a ban on a practice.
    needs_target = state in ("eased", "lifted") or verb.lower_ in _WEAK or noun.lower_ in _LOOSE
    binds_trade = state != "eased" and _is_of_trade(noun)
    if not sender or (not target and needs_target and not binds_trade):
        return None
    if states_of(target) and states_of(target) == states_of(sender):
        return None
    if not _is_told_by_its_own(text, sentence, verb, sender):
        return None
    state = "imposed" if state == "begins" else state
    when = (
        _when(sentence, verb) if state != "expired" else date_of(sentence, verb) or lone_day(sentence, verb)
    )
    ends = end_of(sentence) or after_term(sentence.span.text, when)
    return Measure(
        evidence=evidence(text, sentence),
        attribution=chain(text, sentence.position(verb)),
        trigger=verb.text,
        decided_by=f"measure:{state}",
        sender=sender,
        target=target,
        because_of=_because(sentence, noun, verb, target, sender),
        scope=phrase(text, sentence, noun),
        state=state,
        effective=when,
        scheduled_end=ends if state in ("extended", "imposed", "eased") else None,
    )


def _is_of_trade(noun: Token) -> bool:
    """Whether a rule binds a trade by its own phrase: "its ban on palm oil exports", "the export ban"."""
    words = {token.lower_ for token in noun.subtree}
    return bool(words & cues("measure")["dealings"])


def _is_told_by_its_own(text: ParsedText, sentence: Sentence, verb: Token, sender: tuple[Party, ...]) -> bool:
    """Whether a measure still to come is the word of its sender or the page's, not an outsider's guess."""
    if is_fact(sentence, verb):
        return True
    voices = [p for a in covering(text, sentence.position(verb)) for p in a.speakers]
    return not voices or bool(states_of(voices) & states_of(sender)) or not states_of(sender)


def _sender(sentence: Sentence, noun: Token, verb: Token, *, by_itself: bool) -> tuple[Party, ...]:
    """Who set it: the doer of the verb, else whose it is by its own phrase ("the UN arms embargo")."""
    found = () if by_itself else tuple(p for p in doers(sentence, verb) if _is_body(p))
    if found:
        return found
    if not by_itself and not is_passive(verb):
        return ()
    owners = [c for c in noun.lefts if c.dep_ in ("poss", "compound", "amod", "nmod")]
    owners += list(prepositional(noun, "by", "of"))
    return distinct(p for c in owners for p in parties_of(sentence, c, inside=False) if _is_body(p))


def _is_body(party: Party) -> bool:
    return bool(state_of(party) or party.id) or party.kind is ActorKind.ORGANISATION


def _target(sentence: Sentence, noun: Token, verb: Token) -> tuple[Party, ...]:
    """On whom: "sanctions on Russia", "on goods from India", else whose means they are "to block"."""
    nouns = [
        *prepositional(noun, "on", "against", "upon", "of"),
        *prepositional(verb, "on", "against", "upon"),
    ]
    nouns += [
        n
        for size in prepositional(noun, "of", "on")
        for n in prepositional(size, "on", "against", "from", "to")
    ]
    nouns += [
        n for other in (noun, verb) for n in prepositional(other, "from", "to") if n.ent_type_ != "DATE"
    ]
    if verb.lower_ in ("hit", "slapped"):
        nouns += undergoers(verb)
    if noun.dep_ == "pobj":
        nouns += prepositional(noun.head.head, "on", "against")
    sender = states_of(doers(sentence, verb))
    found = distinct(
        party
        for n in nouns
        for party in parties_of(sentence, n) or state_at(sentence, n)
        if n.ent_type_ != "DATE" and not states_of([party]) & sender
    )
    if found:
        return found
    if any(n.lower_ in ("country", "it", "them", "state") for n in nouns):
        others = {p.label: p for p in sentence.actors if state_of(p) and not states_of([p]) & sender}
        if len(others) == 1:
            return tuple(others.values())
    owned = distinct(
        party
        for child in (*verb.children, *noun.children)
        if child.tag_ == "VB" and child.dep_ in ("advcl", "xcomp", "acl")
        for purpose in undergoers(child)
        for owner in purpose.children
        if owner.dep_ == "poss"
        for party in parties_of(sentence, owner)
    )
    return owned or distinct(
        party
        for c in noun.children
        if c.dep_ in ("compound", "amod") and c.lower_.startswith("anti-")
        for party in sentence.actors_of(c)
    )


def _because(
    sentence: Sentence, noun: Token, verb: Token, target: tuple[Party, ...], sender: tuple[Party, ...]
) -> tuple[Party, ...]:
    """Because of whom: the parties named after "for" or "over" who are neither sender nor target."""
    known = {party.label for party in (*target, *sender)}
    found: list[Party] = []
    for node in (verb, noun):
        for child in node.children:
            if child.dep_ == "prep" and child.lower_ in ("for", "over"):
                inside = {token.i for token in child.subtree}
                found += [
                    party
                    for token in sentence.tokens
                    if token.i in inside
                    for party in sentence.actors_of(token)
                    # "for Ukraine" is whom it serves, "for Ukraine's raids" or "over Ukraine" the reason.
                    if child.lower_ == "over" or token.head.i != child.i
                ]
    return distinct(party for party in found if party.label not in known)


def _listing(text: ParsedText, sentence: Sentence, verb: Token) -> Iterator[Measure]:
    """Find listings, "the US sanctioned two Russian banks": the listed are the target."""
    sender = tuple(party for party in doers(sentence, verb) if state_of(party) or party.id)
    listed = list(conjuncts(undergoers(verb)))
    target = distinct(party for noun in listed for party in parties_of(sentence, noun))
    if not sender or not (target or verb.lower_ == "froze") or states_of(sender) & states_of(target):
        return
    if verb.lower_.startswith("fr") and not any(noun.lower_ == "assets" for noun in listed):
        return
    if verb.lower_.startswith("designat") and not re.search(
        r"sanction|terror|blacklist|list", sentence.span.text, re.I
    ):
        return
    yield _imposed(text, sentence, verb, listed[0], sender, target, "measure:listing")


def _forbidden(text: ParsedText, sentence: Sentence, verb: Token, taken: set[int]) -> Iterator[Measure]:
    """Find what is forbidden outright: "China prohibited the export of gallium to the United States"."""
    words = cues("measure")
    things = [n for n in conjuncts(undergoers(verb)) if n.i not in taken and n.lower_ not in words["nouns"]]
    thing = next((n for n in things if _deals(n, words["dealings"])), None)
    if thing is None:
        return
    sender = tuple(party for party in doers(sentence, verb) if _is_body(party))
    target = tuple(p for p in _target(sentence, thing, verb) if not states_of([p]) & states_of(sender))
    if not states_of(sender) and not any(party.id for party in sender):
        return
    taken.add(thing.i)
    yield _imposed(text, sentence, verb, thing, sender, target, "measure:forbidden")


def _deals(noun: Token, dealings: frozenset[str]) -> bool:
    """Whether a noun is trade or travel, or what is traded ("imports of coal", "Japanese seafood")."""
    return noun.lower_ in dealings or any(n.lower_ in dealings for n in prepositional(noun, "of"))


def _imposed(
    text: ParsedText,
    sentence: Sentence,
    verb: Token,
    thing: Token,
    sender: tuple[Party, ...],
    target: tuple[Party, ...],
    rule: str,
) -> Measure:
    when = _when(sentence, verb)
    return Measure(
        evidence=evidence(text, sentence),
        attribution=chain(text, sentence.position(verb)),
        trigger=verb.text,
        decided_by=rule,
        sender=sender,
        target=target,
        because_of=_because(sentence, thing, verb, target, sender),
        scope=phrase(text, sentence, thing),
        state="imposed",
        effective=when,
        scheduled_end=end_of(sentence) or after_term(sentence.span.text, when),
    )
