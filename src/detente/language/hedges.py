"""Read how likely a clause is called: the hedge that governs its predicate, with its ICD 203 range."""

from __future__ import annotations

import re

from spacy.tokens import Token

from detente.codebooks.hedges import hedges
from detente.model.statements import Likelihood

_DEGREES = frozenset(
    {
        "very",
        "highly",
        "extremely",
        "most",
        "more",
        "less",
        "almost",
        "nearly",
        "virtually",
        "increasingly",
        "equally",
        "as",
        "not",
        "roughly",
        "no",
    }
)
_CONFIDENCE = re.compile(r"\b(?:with|has|have|had) (high|moderate|medium|low) confidence\b", re.IGNORECASE)


def likelihood_of(predicate: Token) -> Likelihood | None:
    """The worded likelihood that governs a predicate; None when the clause is not hedged.

    An adverb or adjective with a range wins over a modal without one: "may well be likely" is "likely".
    """
    found = [hedge for hedge in (_adjective(predicate), _adverb(predicate), _verb(predicate)) if hedge]
    found += [hedge for hedge in (_noun(predicate), _modal(predicate)) if hedge]
    ranged = [hedge for hedge in found if hedge.low is not None]
    return next(iter(ranged or found), None)


def confidence_of(text: str) -> str:
    """The level of a phrase such as "with high confidence" in a stretch of text, "" when there is none.

    Confidence is how good a judgment's basis is, never how likely the event: it is kept apart.
    """
    match = _CONFIDENCE.search(text)
    return match.group(1).lower() if match else ""


def _adverb(predicate: Token) -> Likelihood | None:
    table = hedges("adverb")
    heads = [predicate, *(child for child in predicate.children if child.dep_ in ("acomp", "attr", "prep"))]
    for head in heads:
        for child in head.children:
            if child.dep_ in ("advmod", "npadvmod", "amod") and child.lower_ in table:
                return _worded(child, "adverb")
    return None


def _adjective(predicate: Token) -> Likelihood | None:
    """The hedge of "is likely to visit", "it is unlikely that", or of "a visit is likely"."""
    head = predicate.head
    if predicate.dep_ in ("xcomp", "ccomp", "advcl", "csubj") and head.i != predicate.i:
        if head.lower_ in hedges("adjective"):
            return _worded(head, "adjective")
        own = next(
            (c for c in head.children if c.dep_ in ("acomp", "oprd") and c.lower_ in hedges("adjective")),
            None,
        )
        if own is not None and head.pos_ == "AUX":
            return _worded(own, "adjective")
    if predicate.pos_ == "AUX":
        own = next(
            (c for c in predicate.children if c.dep_ == "acomp" and c.lower_ in hedges("adjective")), None
        )
        if own is not None:
            return _worded(own, "adjective")
    return None


def _verb(predicate: Token) -> Likelihood | None:
    head = predicate.head
    if predicate.dep_ != "xcomp" or head.i == predicate.i:
        return None
    word = next((w for w in hedges("verb") if head.lower_ in (w, w + "s", w + "ed")), None)
    return hedges("verb")[word] if word else None


def _noun(predicate: Token) -> Likelihood | None:
    head = predicate.head
    if predicate.dep_ in ("acl", "ccomp") and head.lower_ in hedges("noun"):
        return _worded(head, "noun")
    if predicate.dep_ == "pcomp" and head.head.lower_ in hedges("noun"):
        return _worded(head.head, "noun")
    return None


def _modal(predicate: Token) -> Likelihood | None:
    table = hedges("modal")
    for child in predicate.children:
        if child.dep_ == "aux" and child.lower_ in table:
            return table[child.lower_]
    return None


def _worded(hedge: Token, word_class: str) -> Likelihood:
    """Look up the hedge with its words of degree and its negation; an unlisted degree has no range."""
    table = hedges(word_class)
    if word_class == "noun":
        phrase = " ".join(t.lower_ for t in hedge.subtree if t.i <= hedge.i and t.dep_ != "det")
        return table.get(phrase, table[hedge.lower_])
    degrees = [c.lower_ for c in hedge.children if c.i < hedge.i and c.lower_ in _DEGREES]
    if word_class == "adjective" and _is_negated(hedge):
        degrees = ["not", *(word for word in degrees if word != "not")]
    phrase = " ".join([*degrees, hedge.lower_])
    if phrase in table:
        return table[phrase]
    plain = table[hedge.lower_]
    return Likelihood(phrase) if degrees else plain


def _is_negated(hedge: Token) -> bool:
    verb = hedge.head
    around = [*hedge.children, *(verb.children if verb.pos_ in ("AUX", "VERB") else ())]
    return any(child.dep_ == "neg" and child.i < hedge.i for child in around)
