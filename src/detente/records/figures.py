"""Find figures an analyst of foreign relations keeps: how much of what, of whom, against what base."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Token

from detente.codebooks.institutions import cues
from detente.codebooks.quantities import unit_names, units
from detente.language.amounts import total_of
from detente.language.frames import ParsedText, Sentence
from detente.language.numerals import VAGUE, VALUE
from detente.model.actors import ActorKind, Party
from detente.model.institutions import Figure
from detente.model.records import Amount
from detente.records.passages import (
    any_of,
    chain,
    distinct,
    evidence,
    is_passive,
    parties_of,
    phrase,
    prepositional,
    state_of,
    subjects,
    token_at,
    undergoers,
)
from detente.records.standing import Standing, standing
from detente.records.timing import date_of, date_within

_SKIPPED = frozenset({"time", "vote", "state"})
_VAGUE = re.compile(
    r"^(?:a|an|the)?\s*(?:tens|dozens|scores|hundreds|thousands|millions|several|a number)\b", re.I
)
_VAGUE_KEPT = frozenset({"weapon", "money", "mass", "vehicle"})
_NUMBERS = re.compile(
    rf"^.*?(?:{VALUE}|{VAGUE}(?:\s+of)?)(?:\s*(?:[-–/]|to|and|or|of(?:\s+the)?|out of)\s*{VALUE})?", re.I
)
_BALLOTS = re.compile(
    r"\b(?:voting|voted)\s+(?:in favou?r|against|for)\b|^(?:the\s+)?(?:popular\s+)?votes?$", re.I
)
"""Ballots and shares of the vote belong to the vote or election."""
_CALIBRE = re.compile(r"\d[\s-]*(?:mm|cm|km|kg|kt)?-?(?:mm|cm|calib\w+|range|class|ton)\b", re.I)
"""The size of one thing, not a count: "a 240 mm-caliber launcher"."""
_MEASURED_IN = frozenset({"mass", "area", "energy", "cargo"})
"""Kinds of unit that need a noun: tons of what."""
_BESIDE = re.compile(r"[^.;,]{0,60}?\b((?:along|together)\s+with\s+[^.;,]{3,60})", re.I)
"""With whom seats are won."""
_MEETINGS = re.compile(r"rounds\s+of\s+(?!ammunition|artillery|munitions|shells)", re.I)
_WEIGHING = frozenset({"money", "mass", "energy", "cargo", "share", "percent", "distance"})
_MANY = 1_000
_LEAST_MONEY = 100_000


class FigureCoder:
    """Finds figures with a unit of consequence, something measured and a state or institution it is of."""

    name = "records.figures"

    def code(self, text: ParsedText) -> Iterable[Figure]:
        """Find figures in text order; the same value of the same thing is kept once."""
        seen: set[tuple[object, ...]] = set()
        for sentence in text.sentences:
            for amount in sentence.amounts:
                figure = _put_at(text, sentence, amount) or (
                    _figure(text, sentence, amount) if _weighs(amount) else None
                )
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
    if _CALIBRE.search(amount.text):
        return False
    if _VAGUE.search(amount.text) and unit.kind not in _VAGUE_KEPT and unit.name != "troops":
        return False
    return value >= unit.least


def _figure(text: ParsedText, sentence: Sentence, amount: Amount) -> Figure | None:
    noun = _counted(sentence, amount)
    if noun is None or _is_change(noun, amount):
        return None
    verb = _verb_over(noun)
    share = amount.unit in ("percent", "percentage points")
    if share:
        measured, base = _share(text, sentence, noun, verb)
    elif unit_names()[amount.unit].kind == "money":
        measured, base = _worth(text, sentence, noun, amount), ""
    elif unit_names()[amount.unit].kind == "distance":
        measured, base = _flown(text, sentence, verb), ""
    else:
        measured, base = _count(text, sentence, noun, amount)
    if not measured or _BALLOTS.search(measured):
        return None
    weighty = any_of(cues("figure")["measured"]).search(measured)
    payer = verb is not None and unit_names()[amount.unit].kind == "money"
    holder = _share_holder(sentence, noun, verb) if share and base else ()
    measured = f"share of {measured}" if holder else measured
    of = holder or (_subjects_of(sentence, verb) if payer else ())
    of = of or _of_whom(sentence, noun, verb)
    if (share and not (weighty or base)) or not (of or _stands_alone(amount, sentence)):
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
        as_of=date_within(sentence, noun) or (date_of(sentence, verb) if verb is not None else None),
        provisional=_is_provisional(sentence, verb),
    )


def _stands_alone(amount: Amount, sentence: Sentence) -> bool:
    """Whether a figure weighs something whoever it is of: shares, sums, masses, large counts."""
    kind = unit_names()[amount.unit].kind
    value = amount.low if amount.low is not None else amount.high or 0
    return _is_public(sentence) and (kind in _WEIGHING or value >= _MANY)


def _is_public(sentence: Sentence) -> bool:
    """Whether a sentence speaks of states or their bodies at all, whoever the figure is of."""
    return any(state_of(party) or party.id for party in sentence.actors) or any(
        place.country for place in sentence.places
    )


def _put_at(text: ParsedText, sentence: Sentence, amount: Amount) -> Figure | None:
    """A number that somebody puts something at: "put the number of dead at 70,000 to 100,000"."""
    number = token_at(sentence, (amount.end or 1) - 1)
    link = number.head if number is not None else None
    while link is not None and link.lower_ != "at" and link.head.i != link.i and link.pos_ != "VERB":
        link = link.head
    if link is None or link.lower_ != "at" or link.head.lower_ not in cues("figure")["put"]:
        return None
    thing = next(iter(undergoers(link.head)), None)
    if thing is None or thing.lower_ not in cues("figure")["numbers"]:
        return None
    counted = next(iter(prepositional(thing, "of")), thing)
    return Figure(
        evidence=evidence(text, sentence),
        attribution=chain(text, amount.start or sentence.start),
        trigger=amount.text,
        decided_by="figure:put",
        amount=replace(amount, unit=amount.unit or counted.lower_),
        measures=phrase(text, sentence, thing),
        of=_of_whom(sentence, counted, None),
        as_of=date_of(sentence, link.head),
        provisional=True,
    )


def _counted(sentence: Sentence, amount: Amount) -> Token | None:
    """The noun an amount counts: its last word."""
    return token_at(sentence, (amount.end or 1) - 1)


def _share(text: ParsedText, sentence: Sentence, noun: Token, verb: Token | None) -> tuple[str, str]:
    """What a percentage measures and its base: "90 percent of trade" has both in its "of" phrase."""
    whole = prepositional(noun, "of", "in")
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.tag_.startswith("N"):
        return re.split(r"\sof\s", phrase(text, sentence, noun.head.head))[0], ""
    if whole:
        base = phrase(text, sentence, whole[0])
        return base, base
    if verb is None:
        return "", ""
    named = [phrase(text, sentence, subject) for subject in subjects(verb)]
    moved = f" {verb.text}" if verb.lower_ in cues("figure")["moved"] else ""
    return (named[0] + moved if named else ""), ""


def _is_change(noun: Token, amount: Amount) -> bool:
    """Whether a percentage is a difference: "5 percent less than", "down 5 percent"."""
    if amount.unit not in ("percent", "percentage points"):
        return False
    last = noun.i == noun.doc[-1].i
    return (not last and noun.nbor(1).lower_ in cues("figure")["changes"]) or any(
        child.lower_ in cues("figure")["changes"] for child in noun.head.children if child.dep_ == "advmod"
    )


def _share_holder(sentence: Sentence, noun: Token, verb: Token | None) -> tuple[Party, ...]:
    """Whose share of something of another's: the subject of "accounts for 90 percent of Y's trade"."""
    if verb is None or verb.lower_ not in cues("figure")["holds_share"] or is_passive(verb):
        return ()
    if noun.dep_ not in ("dobj", "pobj", "attr") and noun.head.lower_ != "%":
        return ()
    return _subjects_of(sentence, verb)


def _count(text: ParsedText, sentence: Sentence, noun: Token, amount: Amount) -> tuple[str, str]:
    """What is counted: the noun with its modifiers and what follows it, without the number."""
    total = total_of(amount)
    base = f"{total:g} {amount.unit}" if total is not None else ""
    start, end = amount.start or 0, amount.end or 0
    words = text.rendition.text[start:end]
    bare = _NUMBERS.sub("", words).strip() if words else ""
    tail = _tail(text, sentence, noun)
    if amount.unit == "seats" and (beside := _BESIDE.match(text.rendition.text, end, sentence.end)):
        tail = f"{tail} {beside[1]}".strip() if beside[1] not in tail else tail
    if unit_names()[amount.unit].kind in _MEASURED_IN and not tail:
        return "", base
    if unit_names()[amount.unit].kind == "weapon" and _MEETINGS.match(f"{bare} {tail}"):
        return "", base
    if noun.dep_ == "dobj" and noun.head.lower_ in cues("figure")["harmed"]:
        by = [phrase(text, sentence, subject) for subject in subjects(noun.head)]
        tail = " ".join([re.sub(r"ing$", "ed", noun.head.lower_), *(f"by {name}" for name in by[:1])])
    if not tail and noun.dep_ == "nsubjpass":
        tail = noun.head.text
    return f"{bare or amount.unit} {tail}".strip(), base


def _flown(text: ParsedText, sentence: Sentence, verb: Token | None) -> str:
    """What flew how far: "the missile flew about 1,000 km"."""
    if verb is None or verb.lower_ not in cues("figure")["flown"]:
        return ""
    return next((f"distance {verb.text} by {phrase(text, sentence, noun)}" for noun in subjects(verb)), "")


def _worth(text: ParsedText, sentence: Sentence, noun: Token, amount: Amount) -> str:
    """What a sum is for: "$1.2 billion in military aid", "a package worth 60 million"; "" when unsaid."""
    for other in (
        *prepositional(noun, "in", "of", "for", "on"),
        *prepositional(noun.head, "in", "of", "for"),
    ):
        if other.ent_type_ not in ("DATE", "GPE", "MONEY", "PERCENT") and other.i > noun.i:
            return phrase(text, sentence, other)
    for above in noun.ancestors:
        if above.tag_.startswith("V"):
            return ""
        if above.tag_ in ("NN", "NNS") and above.lower_ not in units():
            return _without(phrase(text, sentence, above), amount.text)
    return ""


def _without(words: str, number: str) -> str:
    return " ".join(
        re.sub(r"\s*\b(?:worth|of)\s*$|\bworth\s+(?=to\b|for\b)", "", words.replace(number, " ")).split()
    )


def _tail(text: ParsedText, sentence: Sentence, noun: Token) -> str:
    """The clause or phrase that says which: "letters he exchanged with Trump", "troops in Ukraine"."""
    for child in noun.children:
        if child.i > noun.i and child.dep_ in ("relcl", "acl", "prep") and child.lower_ != "for":
            words = [t for t in child.subtree if t.dep_ not in ("punct",)]
            start, end = words[0].idx + sentence.shift, words[-1].idx + len(words[-1].text) + sentence.shift
            said = " ".join(text.rendition.text[start:end].split())
            if len(said) <= 90:
                return re.split(r"[,;]", said)[0]
    return ""


def _of_whom(sentence: Sentence, noun: Token, verb: Token | None) -> tuple[Party, ...]:
    """Whose figure it is: the parties in its own phrase, else the subject of its verb."""
    inside = {t.i for t in noun.subtree}
    own = [p for t in sentence.tokens if t.i in inside for p in sentence.actors_of(t)]
    if any(t.lower_ in ("he", "she") and t.i in inside for t in noun.subtree):
        own = [*_person_before(sentence, noun), *own]
    if not own and noun.dep_ == "pobj":
        head = noun.head.head
        own = (
            [p for t in sentence.tokens if t.i in {x.i for x in head.subtree} for p in sentence.actors_of(t)]
            if head.tag_.startswith("N")
            else []
        )
    if not own and verb is not None and verb.dep_ == "pcomp":
        own = [p for subject in subjects(verb.head.head) for p in parties_of(sentence, subject)]
    if not own and verb is not None:
        own = [p for subject in subjects(verb) for p in parties_of(sentence, subject)]
        own = own or [
            p
            for other in prepositional(verb, "to", "from", "with", "by", "in")
            for p in parties_of(sentence, other)
        ]
    return distinct(p for p in own if state_of(p) or p.id)


def _subjects_of(sentence: Sentence, verb: Token | None) -> tuple[Party, ...]:
    nouns = subjects(verb) if verb is not None else ()
    return distinct(p for noun in nouns for p in parties_of(sentence, noun) if state_of(p) or p.id)


def _person_before(sentence: Sentence, noun: Token) -> list[Party]:
    at = sentence.position(noun)
    before = [
        p for p in sentence.actors if p.kind is ActorKind.PERSON and p.start is not None and p.start < at
    ]
    return before[-1:]


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
