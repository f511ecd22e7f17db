"""Find figures an analyst of foreign relations keeps: how much of what, of whom, against what base."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Token

from detente.codebooks.institutions import cues
from detente.codebooks.quantities import unit_names
from detente.language.amounts import total_of
from detente.language.frames import ParsedText, Sentence
from detente.model.actors import Party
from detente.model.institutions import Figure
from detente.model.records import Amount
from detente.records.passages import (
    any_of,
    chain,
    date_of,
    distinct,
    evidence,
    parties_of,
    phrase,
    prepositional,
    state_of,
    subjects,
    token_at,
    wording,
)
from detente.records.standing import Standing, standing

_SKIPPED = frozenset({"time", "vote", "state"})
_VAGUE = re.compile(r"^(?:a|an|the)?\s*(?:tens|dozens|scores|hundreds|thousands|millions|several|a number)\b", re.I)
_VAGUE_KEPT = frozenset({"weapon", "money", "mass", "vehicle"})
_LEAST_MONEY = 100_000


class FigureCoder:
    """Finds figures with a unit of consequence, something measured and a state or institution it is of."""

    name = "records.figures"

    def code(self, text: ParsedText) -> Iterable[Figure]:
        """Find figures in text order; the same value of the same thing is kept once."""
        seen: set[tuple[object, ...]] = set()
        for sentence in text.sentences:
            for amount in sentence.amounts:
                figure = _figure(text, sentence, amount) if _weighs(amount) else None
                if figure is None:
                    continue
                key = (amount.low, amount.high, amount.unit, tuple(p.label for p in figure.of))
                if key not in seen:
                    seen.add(key)
                    yield figure


def _weighs(amount: Amount) -> bool:
    unit = unit_names().get(amount.unit)
    value = amount.low if amount.low is not None else amount.high
    if unit is None or unit.least is None or value is None or unit.kind in _SKIPPED:
        return False
    if unit.kind == "money" and value < _LEAST_MONEY:
        return False
    if _VAGUE.search(amount.text) and unit.kind not in _VAGUE_KEPT and unit.name != "troops":
        return False
    return value >= unit.least


def _figure(text: ParsedText, sentence: Sentence, amount: Amount) -> Figure | None:
    noun = _counted(sentence, amount)
    if noun is None:
        return None
    verb = _verb_over(noun)
    share = amount.unit in ("percent", "percentage points")
    measured, base = _share(text, sentence, noun, verb) if share else _count(text, sentence, noun, amount)
    if not measured or (share and not any_of(cues("figure")["measured"]).search(measured)):
        return None
    of = _of_whom(sentence, noun, verb)
    if not of:
        return None
    return Figure(
        evidence=evidence(text, sentence),
        attribution=chain(text, amount.start or sentence.start),
        trigger=amount.text,
        decided_by="figure:share" if share else "figure:count",
        amount=amount,
        measures=measured,
        of=of,
        base=base,
        as_of=date_of(sentence, verb) if verb is not None else None,
        provisional=_is_provisional(sentence, verb),
    )


def _counted(sentence: Sentence, amount: Amount) -> Token | None:
    """The noun an amount counts: its last word."""
    return token_at(sentence, (amount.end or 1) - 1)


def _share(text: ParsedText, sentence: Sentence, noun: Token, verb: Token | None) -> tuple[str, str]:
    """What a percentage measures and its base: "90 percent of trade" has both in its "of" phrase."""
    whole = [*prepositional(noun, "of", "in"), *prepositional(noun.head, "of")][:1] if noun.dep_ != "ROOT" else []
    if whole:
        base = phrase(text, sentence, whole[0])
        return base, base
    if verb is None:
        return "", ""
    named = [phrase(text, sentence, subject) for subject in subjects(verb)]
    return (named[0] if named else ""), ""


def _count(text: ParsedText, sentence: Sentence, noun: Token, amount: Amount) -> tuple[str, str]:
    """What is counted: the noun with its modifiers and what follows it, without the number."""
    total = total_of(amount)
    base = f"{total:g} {amount.unit}" if total is not None else ""
    start, end = amount.start or 0, amount.end or 0
    words = text.rendition.text[start:end]
    number = re.match(r".*?\d[\d.,]*(?:\s?[-–/]\s?[\d.,]+)?(?:\s+(?:hundred|thousand|million|billion))*", words)
    bare = words[number.end() :].strip() if number else words
    tail = _tail(text, sentence, noun)
    return f"{bare or amount.unit} {tail}".strip(), base


def _tail(text: ParsedText, sentence: Sentence, noun: Token) -> str:
    """The clause or phrase that says which: "letters he exchanged with Trump", "troops in Ukraine"."""
    for child in noun.children:
        if child.i > noun.i and child.dep_ in ("relcl", "acl", "prep"):
            words = [t for t in child.subtree if t.dep_ not in ("punct",)]
            start, end = words[0].idx + sentence.shift, words[-1].idx + len(words[-1].text) + sentence.shift
            said = " ".join(text.rendition.text[start:end].split())
            if len(said) <= 90:
                return re.split(r"[,;]", said)[0]
    return ""


def _of_whom(sentence: Sentence, noun: Token, verb: Token | None) -> tuple[Party, ...]:
    """Whose figure it is: the parties in its own phrase, else the subject of its verb."""
    inside = {t.i for t in noun.subtree}
    own = [p for t in sentence.span if t.i in inside for p in sentence.actors_of(t)]
    if not own and noun.dep_ == "pobj":
        head = noun.head.head
        own = [p for t in sentence.span if t.i in {x.i for x in head.subtree} for p in sentence.actors_of(t)] if head.tag_.startswith("N") else []
    if not own and verb is not None:
        own = [p for subject in subjects(verb) for p in parties_of(sentence, subject)]
        own += [p for other in prepositional(verb, "to", "from", "with", "by", "in") for p in parties_of(sentence, other)]
    return distinct(p for p in own if state_of(p) or p.id)


def _verb_over(noun: Token) -> Token | None:
    node = noun
    for _ in range(8):
        if node.tag_.startswith("V"):
            return node
        if node.dep_ == "ROOT":
            return None
        node = node.head
    return None


def _is_provisional(sentence: Sentence, verb: Token | None) -> bool:
    if verb is None:
        return False
    return standing(sentence, verb) is Standing.UNDONE


