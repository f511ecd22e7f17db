"""Find mandates of panels and missions: created, extended, ended, or not extended, with their last day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from detente.codebooks.bodies import body_by_id
from detente.codebooks.institutions import cues
from detente.language.frames import ParsedText, Sentence
from detente.model.actors import ActorKind, Party
from detente.model.institutions import Mandate
from detente.records.passages import (
    any_of,
    chain,
    conjuncts,
    doers,
    evidence,
    is_passive,
    phrase,
    prepositional,
    subjects,
    token_at,
    undergoers,
    wording,
)
from detente.records.standing import Standing, is_conditional, standing
from detente.records.timing import date_of, end_of

_GATE = re.compile(
    r"\bmandates?\b|\b(?:panel|poe|mission|monitoring team|committee|peacekeep\w+"
    r"|commission|tribunal|msmt|operations)\b",
    re.I,
)
_SCOPE = re.compile(
    r"\b(?:tasked with|to monitor|monitoring|that monitors|which monitors|overseeing"
    r"|charged with|responsible for)\s[^,.;()]{5,160}",
)
_BEFORE = 3
"""Sentences back in which the draft that would have extended the mandate may stand."""


class MandateCoder:
    """Finds what became of the mandates of panels, missions and committees."""

    name = "records.mandates"

    def code(self, text: ParsedText) -> Iterable[Mandate]:
        """Find mandates; one record for a body and a state in a text."""
        found: dict[tuple[str, str], Mandate] = {}
        for index, sentence in enumerate(text.sentences):
            said = wording(text, sentence)
            if not _GATE.search(said):
                continue
            for mandate in _mandates(text, index, sentence, said):
                found.setdefault((mandate.body.label.lower(), mandate.state), mandate)
        return list(found.values())


def _mandates(text: ParsedText, index: int, sentence: Sentence, said: str) -> Iterator[Mandate]:
    words = cues("mandate")
    for state in ("ended", "extended", "created"):
        for match in any_of(words[state]).finditer(said):
            verb = token_at(sentence, sentence.start + match.start())
            if verb is None or not verb.tag_.startswith("V"):
                continue
            body = _body_noun(verb, state, words["bodies"])
            if body is None:
                continue
            mandate = _mandate(text, index, sentence, verb, body, state)
            if mandate is not None:
                yield mandate
                return


def _mandate(
    text: ParsedText, index: int, sentence: Sentence, verb: Token, body: Token, state: str
) -> Mandate | None:
    put = standing(sentence, verb)
    when = date_of(sentence, verb)
    will_end = state == "ended" and put is Standing.UNDONE and _is_plain_future(verb)
    if put is not Standing.FACT and not will_end:
        return None
    party = _as_party(text, sentence, body)
    refusal = _refusal(text, index, party) if state == "ended" else None
    if state == "ended" and when is None and refusal is None:
        return None
    if state == "created" and (when is None or not (doers(sentence, verb) or body.tag_ == "NNP")):
        return None
    stands = evidence(text, *([refusal, sentence] if refusal else [sentence]))
    ahead = will_end or verb.tag_ in ("VBZ", "VBP") or state == "extended"
    if ahead and when and when.hi and text.published and text.published.lo and when.hi < text.published.lo:
        when = None
    return Mandate(
        evidence=stands,
        attribution=chain(text, sentence.position(verb)),
        trigger=verb.text,
        decided_by=f"mandate:{state}",
        body=party,
        authority=_authority(sentence, verb, refusal),
        scope=_scope(text, refusal or sentence),
        state="not_extended" if refusal else "in_force" if ahead and state == "ended" else state,
        effective=when if state in ("created", "extended") else None,
        scheduled_end=(when if state == "ended" else end_of(sentence)) if ahead else None,
        actual_end=when if state == "ended" and not ahead else None,
    )


def _is_plain_future(verb: Token) -> bool:
    helpers = [child.lower_ for child in verb.children if child.dep_ == "aux"]
    return (
        helpers in (["will"], ["'ll"])
        and not is_conditional(verb)
        and not any(c.dep_ == "mark" for c in verb.children)
    )


def _body_noun(verb: Token, state: str, words: frozenset[str]) -> Token | None:
    """The panel or mission whose mandate a verb is about: "the PoE will cease"."""
    nouns = list(conjuncts(subjects(verb) if state == "ended" and not is_passive(verb) else undergoers(verb)))
    for noun in nouns:
        if noun.lower_ in ("mandate", "mandates", "term", "operations", "work"):
            owner = [c for c in noun.children if c.dep_ in ("poss", "compound")] + list(
                prepositional(noun, "of", "for")
            )
            for own in owner:
                if own.lower_ in words or own.tag_.startswith("NNP"):
                    return own
                if own.lower_ == "its":
                    return _named_before(own, words)
        elif state != "extended" and (noun.lower_ in words or (noun.text == "Team" and state == "created")):
            return noun
    return None


def _named_before(pronoun: Token, words: frozenset[str]) -> Token | None:
    """The panel "its" stands for: the last one named before it in the sentence."""
    before = [token for token in pronoun.sent if token.i < pronoun.i and token.lower_ in words]
    return before[-1] if before else None


def _as_party(text: ParsedText, sentence: Sentence, noun: Token) -> Party:
    named = sentence.actors_of(noun)
    if named:
        return named[0]
    words = phrase(text, sentence, noun)
    start = sentence.position(noun)
    return Party(None, words, None, start, start + len(noun.text), ActorKind.ORGANISATION)


def _refusal(text: ParsedText, index: int, body: Party) -> Sentence | None:
    """The sentence in which the draft that would have extended the mandate failed."""
    for earlier in reversed(text.sentences[max(0, index - _BEFORE) : index + 1]):
        said = wording(text, earlier)
        if re.search(r"\b(?:vetoed|blocked|rejected|veto)\b", said, re.I) and re.search(
            r"\b(?:extend|extension|renew|renewal|prolong|mandate)", said, re.I
        ):
            return earlier
    return None


def _authority(sentence: Sentence, verb: Token, refusal: Sentence | None) -> tuple[Party, ...]:
    for place in (refusal, sentence):
        for party in place.actors if place else ():
            if party.id in body_by_id():
                return (party,)
    return doers(sentence, verb)


def _scope(text: ParsedText, sentence: Sentence) -> str:
    match = _SCOPE.search(wording(text, sentence))
    return match[0] if match else ""
