"""Find agreements: signed, ratified, in force, suspended, denounced, and meetings that ended without one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Token

from detente.codebooks.institutions import cues
from detente.language.frames import ParsedText, Sentence
from detente.model.actors import ActorKind, Party
from detente.model.institutions import Agreement
from detente.records.passages import (
    any_of,
    chain,
    conjuncts,
    distinct,
    doers,
    evidence,
    is_passive,
    named_parties,
    parties_of,
    phrase,
    prepositional,
    state_of,
    states_of,
    subjects,
    token_at,
    undergoers,
    wording,
)
from detente.records.standing import Standing, is_fact, standing
from detente.records.timing import date_of, date_within, lone_day

_GATE = re.compile(
    r"treat(?:y|ies)|agreements?|\bpacts?\b|accords?|memorand|\bmou\b|protocol|convention|armistice|ceasefire|truce"
    r"|\bdeals?\b|joint (?:statement|declaration)|without (?:a|an|any|reaching|signing)",
    re.I,
)
_STATES = ("signed", "negotiated", "ratified", "in_force", "suspended", "denounced")
_MANY = frozenset({"signed", "negotiated", "reached"})
"""States that take at least two parties."""
_COMMON = frozenset({"left", "leaves", "ended", "agreed", "cancelled", "halted"})
"""Verbs of anything: of an agreement only where it has a name of its own."""
_OWN_NAME = re.compile(r"(?<=\s)[A-Z]\w+|\d{4}")
"""What tells which agreement of one party is meant: a name or a year."""
_PARTS = frozenset(
    {"number", "series", "package", "set", "instruments", "whole", "part", "parts", "all", "most", "text"}
)
_SHARES = frozenset({"participation", "membership", "part", "implementation", "names", "name", "signature"})
_MEETING = re.compile(
    r"\b(?:summit|talks|meeting|negotiations?|conference)\b[^.;]{0,80}?"
    r"\b(?:ended|concluded|collapsed|broke up|broke down|closed|finished|ends|end|left|adjourned|failed)\b",
    re.I,
)


class AgreementCoder:
    """Finds what became of agreements between states; planned ones are left out."""

    name = "records.agreements"

    def code(self, text: ParsedText) -> Iterable[Agreement]:
        """Find agreements in text order; one with the same parties, state and day is kept once."""
        seen: set[tuple[object, ...]] = set()
        for sentence in text.sentences:
            said = wording(text, sentence)
            if not _GATE.search(said) and not _names().search(said):
                continue
            for agreement in _agreements(text, sentence, said):
                when = agreement.effective.edtf if agreement.effective else ""
                key = (agreement.state, states_of(agreement.parties), when)
                if key not in seen:
                    seen.add(key)
                    yield agreement


@cache
def _names() -> re.Pattern[str]:
    """The names of agreements that hold no common noun: "New START"."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(cues('agreement')['named'])))})\b")


def _agreements(text: ParsedText, sentence: Sentence, said: str) -> Iterator[Agreement]:
    words = cues("agreement")
    yield from _none_reached(text, sentence, said)
    yield from _undisclosed(text, sentence, said)
    for state in (*_STATES, "reached"):
        for match in any_of(words[state]).finditer(said):
            verb = token_at(sentence, sentence.start + match.start())
            if verb is not None and verb.tag_.startswith("V"):
                found = _agreement(text, sentence, said, verb, state)
                if found is not None:
                    yield found
                    break


def _agreement(text: ParsedText, sentence: Sentence, said: str, verb: Token, state: str) -> Agreement | None:
    noun = _paper(verb, state)
    if noun is None or not is_fact(sentence, verb):
        return None
    parties = _parties(text, sentence, noun, verb, state)
    title = phrase(text, sentence, noun)
    named = bool(_OWN_NAME.search(title)) or noun.text in cues("agreement")["named"]
    if not parties and not (named and state == "in_force"):
        return None
    if (state in _MANY and len(_sides(parties)) < 2) or (len(_sides(parties)) < 2 and not named):
        return None
    if verb.lower_ in _COMMON and not named:
        return None
    words = cues("agreement")
    near = said[max(0, noun.idx + sentence.shift - sentence.start - 40) :][:120]
    if state == "reached":
        state = "negotiated" if any_of(words["principle"]).search(near) else "concluded"
    return Agreement(
        evidence=evidence(text, sentence),
        attribution=chain(text, sentence.position(verb)),
        trigger=verb.text,
        decided_by=f"agreement:{state}",
        parties=parties,
        title=title,
        state=state,
        effective=date_of(sentence, verb)
        or (date_within(sentence, verb) if verb.dep_ == "acl" else None)
        or lone_day(sentence, verb),
    )


def _sides(parties: Iterable[Party]) -> set[str]:
    """The sides of an agreement: states, and whoever else is named."""
    return {state_of(party) or party.label for party in parties}


def _paper(verb: Token, state: str) -> Token | None:
    """The agreement a verb is about: its object, or the subject of "entered into force"."""
    words, words_of_law = cues("agreement")["nouns"], cues("agreement")["laws"]
    if any(noun.lower_ in words_of_law for noun in undergoers(verb)):
        return None
    if state == "in_force":
        nouns = list(conjuncts(subjects(verb)))
    else:
        nouns = list(conjuncts([*undergoers(verb), *prepositional(verb, "from", "of", "on", "to", "out")]))
        outs = [
            child
            for child in verb.children
            if child.lower_ == "out" and child.dep_ in ("prep", "prt", "advmod")
        ]
        nouns += [n for part in (*outs, verb) for n in prepositional(part, "of")]
        shares = [part for part in nouns if part.lower_ in _SHARES]
        nouns += [n for part in shares for n in prepositional(part, "in", "of", "to")]
        nouns += list(prepositional(verb, "to")) if verb.lower_ == "put" else []
    nouns += [c for noun in nouns for c in noun.children if c.dep_ == "appos"]
    for noun in nouns:
        if noun.text in cues("agreement")["named"]:
            return noun
        if noun.lower_ in words or (noun.lower_ in ("statement", "declaration") and _is_joint(noun)):
            return noun
        inner = [n for n in prepositional(noun, "of", "on") if n.lower_ in words]
        if noun.lower_ in _PARTS and inner:
            return inner[0]
    return None


def _is_joint(noun: Token) -> bool:
    return any(child.lower_ == "joint" for child in noun.children)


def _parties(text: ParsedText, sentence: Sentence, noun: Token, verb: Token, state: str) -> tuple[Party, ...]:
    """Between whom: the doers, those it is "with" or "between", and those in its own name."""
    found = list(doers(sentence, verb)) if state != "in_force" else []
    if state in _MANY and not is_passive(verb):
        found += [p for n in conjuncts(subjects(verb)) for p in named_parties(text, sentence, n)]
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.dep_ == "dobj" and not found:
        found += doers(sentence, verb.head.head)
    for node in (noun, verb):
        for other in prepositional(node, "with", "between", "among"):
            found += parties_of(sentence, other)
    if verb.dep_ == "acl":
        for other in prepositional(verb, "at", "during"):
            met = _meeting_parties(sentence, other)
            states = states_of(party for party in met if party.kind is ActorKind.STATE)
            found += [
                party for party in met if party.kind is ActorKind.STATE or state_of(party) not in states
            ]
    for subject in subjects(verb):
        for other in prepositional(subject, "with", "and"):
            found += parties_of(sentence, other)
    inside = {token.i for token in noun.subtree if token.dep_ in ("compound", "amod", "poss", "nmod")}
    found += [party for token in sentence.tokens if token.i in inside for party in sentence.actors_of(token)]
    found += _pair(_before_noun(noun))
    found = [party for party in found if party.kind is not ActorKind.GROUP or state_of(party) or party.id]
    bodies = [party for party in found if party.kind is not ActorKind.PERSON]
    between = [party for party in bodies if _stands_in(sentence, party, noun)]
    # Ministers sign for the states an agreement is between.
    return distinct(between if len(_sides(between)) > 1 else found)


def _stands_in(sentence: Sentence, party: Party, noun: Token) -> bool:
    """Whether a party is named in an agreement's own phrase."""
    start = sentence.position(noun.left_edge)
    end = sentence.position(noun.right_edge) + len(noun.right_edge)
    return party.start is not None and start <= party.start < end


def _before_noun(noun: Token) -> str:
    """The words of a noun with what stands before it."""
    return " ".join(token.lower_ for token in noun.subtree if token.i <= noun.i)


def _pair(words: str) -> list[Party]:
    """The parties a pair adjective names: "inter-Korean"."""
    found: list[Party] = []
    for entry in sorted(cues("agreement")["pairs"]):
        adjective, *states = entry.split(":")
        if adjective in words.replace(" - ", "-"):
            found += [Party(state, adjective, state, kind=ActorKind.STATE) for state in states]
    return found


def _none_reached(text: ParsedText, sentence: Sentence, said: str) -> Iterator[Agreement]:
    """A summit that "ended without a joint statement"."""
    match = any_of(cues("agreement")["none_reached"]).search(said)
    meeting = _MEETING.search(said[: match.start() + 1] if match else "")
    if match is None or meeting is None:
        return
    noun = token_at(sentence, sentence.start + meeting.start())
    verb = token_at(sentence, sentence.start + meeting.end() - 2)
    if noun is None or verb is None or standing(sentence, verb) is Standing.UNDONE:
        return
    parties = _meeting_parties(sentence, noun) or _met(sentence, verb)
    if not parties:
        return
    yield Agreement(
        evidence=evidence(text, sentence),
        attribution=chain(text, sentence.position(verb)),
        trigger=match[0],
        decided_by="agreement:none_reached",
        parties=parties,
        title=phrase(text, sentence, noun),
        state="none_reached",
        effective=date_of(sentence, verb),
    )


def _met(sentence: Sentence, verb: Token) -> tuple[Party, ...]:
    """Who met, where the meeting's own phrase does not say: two parties that the sentence names."""
    named = [
        p for p in sentence.actors if p.start is not None and (state_of(p) or p.kind is ActorKind.PERSON)
    ]
    return distinct(named) if len(_sides(named)) == 2 else ()


def _meeting_parties(sentence: Sentence, noun: Token) -> tuple[Party, ...]:
    inside = [t for t in noun.subtree if t.dep_ not in ("relcl",)]
    start, end = inside[0].idx + sentence.shift, inside[-1].idx + len(inside[-1].text) + sentence.shift
    named = [p for p in sentence.actors if p.start is not None and start <= p.start < end]
    return distinct(party for party in named if states_of([party]))


def _undisclosed(text: ParsedText, sentence: Sentence, said: str) -> Iterator[Agreement]:
    """Find agreements kept secret: "neither side disclosed the agreements reached at the summit"."""
    words = cues("agreement")
    for match in any_of(words["undisclosed"]).finditer(said):
        verb = token_at(sentence, sentence.start + match.start())
        if verb is None or not verb.tag_.startswith("V"):
            continue
        noun = next((n for n in conjuncts(undergoers(verb)) if _names_agreement(n, words["nouns"])), None)
        put = standing(sentence, verb)
        if noun is None or put is Standing.UNDONE:
            continue
        parties = tuple(party for party in doers(sentence, verb) if states_of([party]))
        if len(states_of(parties)) < 2:
            continue
        yield Agreement(
            evidence=evidence(text, sentence),
            attribution=chain(text, sentence.position(verb)),
            trigger=verb.text,
            decided_by="agreement:disclosure",
            parties=parties,
            title=phrase(text, sentence, noun),
            state="concluded" if _is_reached(noun) else "announced",
            effective=date_within(sentence, noun),
            disclosed=put is Standing.FACT,
        )


def _is_reached(noun: Token) -> bool:
    return any(c.dep_ == "acl" and c.lower_ in cues("agreement")["reached"] for c in noun.children)


def _names_agreement(noun: Token, words: frozenset[str]) -> bool:
    return noun.lower_ in words or any(n.lower_ in words for n in prepositional(noun, "of"))
