"""Find sanctions and restrictions: who imposed, extended or lifted them, on whom, because of whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from detente.codebooks.institutions import cues
from detente.language.frames import ParsedText, Sentence
from detente.model.actors import Party
from detente.model.institutions import Measure
from detente.records.passages import (
    any_of,
    chain,
    conjuncts,
    date_of,
    distinct,
    doers,
    end_of,
    evidence,
    is_passive,
    parties_of,
    phrase,
    prepositional,
    state_of,
    states_of,
    token_at,
    undergoers,
    wording,
)
from detente.records.standing import is_fact

_GATE = re.compile(
    r"sanction|embargo|tariff|export control|\bban\b|\bbans\b|freeze|restrictions|blacklist|designat"
    r"|price cap|blockade",
    re.I,
)
_STATES = ("imposed", "extended", "eased", "lifted")
_WEAK = frozenset(
    {
        "announced",
        "announce",
        "announcing",
        "announces",
        "put",
        "issued",
        "adopted",
        "unveiled",
        "applied",
        "placed",
    }
)
"""Verbs that make a measure only with "new" sanctions or a target."""


_AT_SOMEBODY = frozenset({"ban", "bans", "restrictions", "controls", "control"})
"""Nouns of rules that may bind anybody: a measure only against somebody named."""


class MeasureCoder:
    """Finds measures in force of states and bodies against others; threatened ones are left out."""

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
        for verb in _verbs_of(noun):
            state = next((s for s in (*_STATES, "expired") if verb.lower_ in words[s]), "")
            if state and is_fact(sentence, verb) and (measure := _measure(text, sentence, noun, verb, state)):
                taken.add(noun.i)
                yield measure
                break
    for match in any_of(words["listing"]).finditer(said):
        listed = token_at(sentence, sentence.start + match.start())
        if listed is not None and listed.tag_ in ("VBD", "VBN", "VBZ") and is_fact(sentence, listed):
            yield from _listing(text, sentence, listed)


def _verbs_of(noun: Token) -> Iterator[Token]:
    """The verbs a measure is the object of; for "a number of sanctions" that of the number."""
    node = noun
    if (
        node.dep_ == "pobj"
        and node.head.lower_ == "of"
        and node.head.head.lower_ in ("number", "series", "round", "set", "package", "raft", "list")
    ):
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
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            yield child


def _measure(text: ParsedText, sentence: Sentence, noun: Token, verb: Token, state: str) -> Measure | None:
    target = _target(sentence, noun, verb)
    if state == "expired" or (noun.dep_ == "nsubj" and not is_passive(verb)):
        if state != "expired":
            return None
        sender: tuple[Party, ...] = parties_of(sentence, noun)
    else:
        sender = doers(sentence, verb)
    sender = tuple(party for party in sender if state_of(party) or party.id)
    # What is eased "for" a partner is directed at nobody; neither is a ban on a practice.
    needs_target = state in ("eased", "lifted") or verb.lower_ in _WEAK or noun.lower_ in _AT_SOMEBODY
    if not sender or (not target and needs_target):
        return None
    if states_of(target) and states_of(target) == states_of(sender):
        return None
    when = date_of(sentence, verb)
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
        scheduled_end=end_of(sentence) if state in ("extended", "imposed", "eased") else None,
    )


def _target(sentence: Sentence, noun: Token, verb: Token) -> tuple[Party, ...]:
    """On whom: "sanctions on Russia", "against Pyongyang", else whose means they are "to block"."""
    nouns = [*prepositional(noun, "on", "against", "upon"), *prepositional(verb, "on", "against", "upon")]
    nouns += [n for size in prepositional(noun, "of") for n in prepositional(size, "on", "against")]
    if noun.dep_ == "pobj":
        nouns += prepositional(noun.head.head, "on", "against")
    found = distinct(party for n in nouns for party in parties_of(sentence, n) if n.ent_type_ != "DATE")
    if found:
        return found
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
    yield Measure(
        evidence=evidence(text, sentence),
        attribution=chain(text, sentence.position(verb)),
        trigger=verb.text,
        decided_by="measure:listing",
        sender=sender,
        target=target,
        because_of=_because(sentence, listed[0], verb, target, sender),
        scope=phrase(text, sentence, listed[0]),
        state="imposed",
        effective=date_of(sentence, verb),
    )
