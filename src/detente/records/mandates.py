"""Find mandates of panels and missions: created, extended, ended, or not extended, with their last day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from detente.codebooks.bodies import body_by_id
from detente.codebooks.institutions import cues
from detente.language.frames import ParsedText, Sentence
from detente.model.actors import ActorKind, Party
from detente.model.dates import Dated
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
from detente.records.timing import after_term, date_of, end_of, lone_day

_GATE = re.compile(
    r"\bmandates?\b|\b(?:panel|poe|mission|monitoring team|committee|peacekeep\w+"
    r"|commission|tribunal|msmt|operations|force|observers?|blue helmets|troops|operation|inquiry)\b",
    re.I,
)
_SCOPE = re.compile(
    r"\b(?:tasked with|to monitor|monitoring|that monitors|which monitors|overseeing"
    r"|charged with|responsible for)\s[^,.;()]{5,160}",
)
_PROLONGED = re.compile(r"\b(?:extend|extension|renew|prolong|carr(?:y|ies) on|decision|more|another)", re.I)
_GENERIC = frozenset({"group", "team", "body", "mechanism", "operation"})
"""Nouns that may stand for a panel or mission named before."""
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
    for state in ("ended", "extended", "created", "runs"):
        for match in any_of(words[state]).finditer(said):
            verb = token_at(sentence, sentence.start + match.start())
            if verb is None or not verb.tag_.startswith("V"):
                continue
            body = _body_noun(verb, state, sentence)
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
    refused = state == "extended" and put is Standing.NEGATED
    will_end = state in ("ended", "runs") and put is Standing.UNDONE and _is_plain_future(verb)
    if put is not Standing.FACT and not will_end and not refused:
        return None
    when = date_of(sentence, verb) or lone_day(sentence, verb)
    party = _as_party(text, sentence, body)
    refusal = _refusal(text, index, party) if state == "ended" else None
    ends = end_of(sentence) or (after_term(sentence.span.text, when) if state != "ended" else None)
    if not _is_whole(sentence, verb, body, state, when, ends, refusal):
        return None
    stands = evidence(text, *([refusal, sentence] if refusal else [sentence]))
    ahead = will_end or verb.tag_ in ("VBZ", "VBP") or state in ("extended", "created", "runs")
    late = when and when.hi and text.published and text.published.lo and when.hi < text.published.lo
    if ahead and late and state != "created":
        when = None
    return Mandate(
        evidence=stands,
        attribution=chain(text, sentence.position(verb)),
        trigger=verb.text,
        decided_by=f"mandate:{state}",
        body=party,
        authority=_authority(sentence, verb, refusal),
        scope=_scope(text, refusal or sentence),
        state=_state(state, ahead=ahead, refused=refused or refusal is not None, said=sentence.span.text),
        effective=when if state in ("created", "extended") and not refused else None,
        scheduled_end=(when if state == "ended" else ends) if ahead else None,
        actual_end=when if state == "ended" and not ahead else None,
    )


def _is_whole(
    sentence: Sentence,
    verb: Token,
    body: Token,
    state: str,
    when: Dated | None,
    ends: Dated | None,
    refusal: Sentence | None,
) -> bool:
    """Whether a sentence fixes enough: an end has its day or the vote that refused, a start its founder."""
    if state == "ended":
        return when is not None or refusal is not None
    if state == "created":
        return (when or ends) is not None and bool(doers(sentence, verb) or body.tag_ == "NNP")
    return state == "extended" or ends is not None


def _state(state: str, *, ahead: bool, refused: bool, said: str) -> str:
    if refused:
        return "not_extended"
    if state == "runs":
        return "extended" if _PROLONGED.search(said) else "in_force"
    return "in_force" if ahead and state == "ended" else state


def _is_plain_future(verb: Token) -> bool:
    helpers = [child.lower_ for child in verb.children if child.dep_ == "aux"]
    return (
        helpers in (["will"], ["'ll"])
        and not is_conditional(verb)
        and not any(c.dep_ == "mark" for c in verb.children)
    )


def _body_noun(verb: Token, state: str, sentence: Sentence) -> Token | None:
    """The panel or mission whose mandate a verb is about: "the PoE will cease"."""
    words = cues("mandate")
    by_itself = state in ("ended", "runs") and not is_passive(verb)
    for noun in conjuncts(subjects(verb) if by_itself else undergoers(verb)):
        if noun.lower_ in words["owned"]:
            owners = [c for c in noun.children if c.dep_ in ("poss", "compound")]
            for own in (*owners, *prepositional(noun, "of", "for")):
                if own.lower_ in ("its", "their"):
                    return _named_before(own, words["bodies"])
                if own.lower_ in _GENERIC:
                    return _named_before(own, words["bodies"]) or own
                if own.lower_ in words["bodies"] or own.tag_.startswith("NNP"):
                    return own
        elif noun.lower_ in words["bodies"] or _is_acronym(noun, sentence):
            return noun
    return None


def _is_acronym(noun: Token, sentence: Sentence) -> bool:
    """Whether a noun is a mission by an acronym: "UNIFIL", beside words for missions."""
    return _looks_like_one(noun) and not sentence.actors_of(noun)


def _named_before(pronoun: Token, words: frozenset[str]) -> Token | None:
    """The panel "its" stands for: the last one named before it in the sentence."""
    before = [t for t in pronoun.sent if t.i < pronoun.i and (t.lower_ in words or _looks_like_one(t))]
    return before[-1] if before else None


def _looks_like_one(token: Token) -> bool:
    return token.tag_ == "NNP" and token.text.isupper() and len(token.text) > 3


def _as_party(text: ParsedText, sentence: Sentence, noun: Token) -> Party:
    named = sentence.actors_of(noun)
    if named:
        return named[0]
    words = re.sub(r"^(?:the|a|an)\s+|[’']s$", "", phrase(text, sentence, noun), flags=re.I)
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
