"""Find flows: who gave what to whom, each leg with its own certainty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from detente.codebooks.institutions import cues
from detente.language.frames import ParsedText, Sentence
from detente.model.actors import Party
from detente.model.events import Status
from detente.model.institutions import Flow
from detente.model.records import Amount
from detente.records.passages import (
    any_of,
    chain,
    conjuncts,
    covering,
    distinct,
    doers,
    evidence,
    is_passive,
    named_parties,
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
from detente.records.standing import Standing, standing
from detente.records.timing import date_of

_WITH = ("provid", "suppl", "arm", "equip", "furnish")
_REACH = 8
"""Tokens behind a taker in which the good stands."""
_AHEAD = frozenset({"will", "'ll", "’ll", "would"})
_HELD = frozenset({"has", "have", "had", "gets", "got", "enjoys", "enjoyed"})


class FlowCoder:
    """Finds goods, money, arms and people that go from one state or body to another."""

    name = "records.flows"

    def code(self, text: ParsedText) -> Iterable[Flow]:
        """Find flows in text order."""
        words = cues("flow")
        verbs = words["sent"] | words["received"] | _HELD
        for sentence in text.sentences:
            if len(sentence.actors) == 0:
                continue
            said = wording(text, sentence)
            if any_of(words["goods"]).search(said):
                yield from _exchanged(_flows(text, sentence, said, verbs))


def _flows(text: ParsedText, sentence: Sentence, said: str, verbs: frozenset[str]) -> list[Flow]:
    found: list[Flow] = []
    for match in any_of(verbs).finditer(said):
        verb = token_at(sentence, sentence.start + match.start())
        if verb is not None and verb.tag_.startswith("V") and (flow := _flow(text, sentence, verb)):
            found.append(flow)
    return found


def _exchanged(found: list[Flow]) -> Iterator[Flow]:
    """Keep flows with both ends; one without a taker when another of its sentence goes to its giver."""
    for flow in found:
        if flow.taker:
            yield flow
            continue
        back = next((o for o in found if o.taker and states_of(o.taker) & states_of(flow.giver)), None)
        if back is not None and not states_of(back.giver) & states_of(flow.giver):
            yield replace(flow, taker=tuple(replace(party, start=None, end=None) for party in back.giver))


def _flow(text: ParsedText, sentence: Sentence, verb: Token) -> Flow | None:
    words = cues("flow")
    given = [*undergoers(verb), *(prepositional(verb, "with") if verb.lower_.startswith(_WITH) else ())]
    given += [what for noun in given for what in prepositional(noun, "in") if noun.ent_type_ == "MONEY"]
    good = next((n for n in conjuncts(given) if _is_good(n, words["goods"])), None) or _behind(
        sentence, given, words["goods"]
    )
    if good is None:
        return None
    if verb.lower_ in words["sent"]:
        giver, taker = (
            doers(sentence, verb) or _selves(text, sentence, verb),
            _takers(text, sentence, verb, good),
        )
    else:
        giver, taker = _givers(text, sentence, verb, good), doers(sentence, verb)
        if verb.lower_ in _HELD and (not giver or is_passive(verb)):
            return None
    giver, taker = _real(giver), _real(taker)
    if not giver or (
        taker and (states_of(giver) & states_of(taker) or not (states_of(giver) | states_of(taker)))
    ):
        return None
    certainty = _certainty(text, sentence, verb, giver, taker)
    if not certainty:
        return None
    return Flow(
        evidence=evidence(text, sentence),
        attribution=chain(text, sentence.position(verb)),
        trigger=verb.text,
        decided_by=f"flow:{certainty}",
        giver=giver,
        taker=taker,
        good=_good(text, sentence, good),
        amount=_amount(sentence, good),
        certainty=certainty,
        when=date_of(sentence, verb),
    )


def _good(text: ParsedText, sentence: Sentence, noun: Token) -> str:
    """The good as written, without whom it comes from or goes to."""
    return re.split(r"\s(?:from|to|for)\s", phrase(text, sentence, noun))[0]


def _is_good(noun: Token, goods: frozenset[str]) -> bool:
    """Whether a noun names a good: itself, what it is a part of, or by a modifier ("crude exports")."""
    parts = [noun, *prepositional(noun, "of")]
    parts += [c for part in parts for c in part.lefts if c.dep_ in ("compound", "amod", "nmod")]
    return any(part.lower_ in goods for part in parts)


def _behind(sentence: Sentence, given: Sequence[Token], goods: frozenset[str]) -> Token | None:
    """The good behind a taker without a preposition, where the parse lost it: "send Ukraine 14 tanks"."""
    takers = [noun for noun in given if parties_of(sentence, noun)]
    after = takers[-1].doc[takers[-1].i + 1 : takers[-1].i + _REACH] if takers else ()
    return next((token for token in after if token.lower_ in goods and token.tag_.startswith("NN")), None)


def _selves(text: ParsedText, sentence: Sentence, verb: Token) -> tuple[Party, ...]:
    """Who speaks, where the verb's subject is but "it" or "they": "Berlin said it would send tanks"."""
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if subject is None or subject.lower_ not in ("it", "they", "we"):
        return ()
    return tuple(p for a in covering(text, sentence.position(verb))[-1:] for p in a.speakers)


def _takers(text: ParsedText, sentence: Sentence, verb: Token, good: Token) -> tuple[Party, ...]:
    nouns = [*prepositional(verb, "to", "for"), *prepositional(good, "to", "for")]
    nouns += [
        child for child in verb.children if child.dep_ in ("dative", "iobj") and child.tag_.startswith("N")
    ]
    if verb.lower_.startswith(_WITH) and not nouns:
        with_good = prepositional(verb, "with")
        nouns = list(undergoers(verb)) if with_good else nouns
    found = distinct(party for noun in nouns for party in named_parties(text, sentence, noun))
    # "Sent Russia shells": the parse often has two objects, the first of them the taker.
    first = [n for n in undergoers(verb) if n.i < good.i and n.i != good.i]
    return found or distinct(party for noun in first for party in parties_of(sentence, noun))


def _givers(text: ParsedText, sentence: Sentence, verb: Token, good: Token) -> tuple[Party, ...]:
    owners = [c for part in (good, *prepositional(good, "of")) for c in part.lefts if c.dep_ == "poss"]
    found = [party for owner in owners for party in parties_of(sentence, owner)]
    parts = (good, *good.conjuncts, verb)
    for noun in (found_in for part in parts for found_in in prepositional(part, "from")):
        named = parties_of(sentence, noun) or state_at(sentence, noun)
        if not named and re.search(
            r"\b(?:Western|European|Arab|Gulf|African|NATO|allied)\b", phrase(text, sentence, noun)
        ):
            words, start = phrase(text, sentence, noun), noun.left_edge.idx + sentence.shift
            named = (Party(None, words, None, start, start + len(words)),)
        found += named
    return distinct(found)


def _real(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    return tuple(party for party in parties if state_of(party) or party.id or party.text[:1].isupper())


def _certainty(
    text: ParsedText, sentence: Sentence, verb: Token, giver: tuple[Party, ...], taker: tuple[Party, ...]
) -> str:
    """How sure the text is of this leg, as a status; "" when it tells no flow at all."""
    words = cues("standing")
    put = standing(sentence, verb)
    raised = verb.dep_ == "advcl" and any(child.tag_ == "TO" for child in verb.lefts)
    governor = verb.head.lower_ if raised or verb.dep_ in ("xcomp", "ccomp", "pcomp", "acl") else ""
    above = verb.head.head.lower_ if verb.dep_ == "pcomp" else governor
    said_by = covering(text, sentence.position(verb))
    adverbs = {child.lower_ for child in verb.children if child.dep_ == "advmod"}
    if {governor, above} & words["denial"] or any(a.lemma in words["denial"] for a in said_by):
        return Status.DENIED
    if {governor, above} & words["allegation"] or adverbs & words["alleged_adverbs"]:
        return Status.ALLEGED
    speakers = states_of(party for a in said_by for party in a.speakers)
    own = bool(speakers & states_of((*giver, *taker)))
    if put is Standing.NEGATED:
        return Status.DENIED if own or (said_by and not speakers) else ""
    if governor in words["presumption"] and verb.dep_ in ("ccomp", "xcomp", "advcl"):
        return Status.PRESUMED
    if put is Standing.UNDONE:
        helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
        return Status.PLANNED if helpers & _AHEAD and (own or not said_by) else ""
    if adverbs & words["presumption"]:
        return Status.PRESUMED
    if said_by and not own:
        return Status.ALLEGED
    ongoing = verb.tag_ == "VBG" or verb.tag_ in ("VBZ", "VBP")
    return Status.ONGOING if ongoing and verb.dep_ not in ("pcomp", "acl") else Status.DONE


def _amount(sentence: Sentence, good: Token) -> Amount | None:
    inside = {sentence.position(token) for token in good.subtree}
    return next((a for a in sentence.amounts if a.start in inside or (a.start or -1) + 1 in inside), None)
