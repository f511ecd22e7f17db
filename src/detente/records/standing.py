"""Whether a verb tells a deed that was done, or one that is planned, threatened, denied or not done."""

from __future__ import annotations

from enum import StrEnum

from spacy.tokens import Token

from detente.codebooks.institutions import cues
from detente.language.frames import Sentence, Tense
from detente.model.statements import Modality, Polarity

_MODALS = frozenset(
    [
        "will",
        "would",
        "could",
        "may",
        "might",
        "should",
        "shall",
        "must",
        "can",
        "'ll",
        "’ll",
        "'d",
        "’d",
        "wo",
        "ca",
        "cannot",
    ]
)
_CONDITIONS = frozenset({"if", "unless", "whether", "lest"})
_ABSENT = frozenset({"without", "instead"})


class Standing(StrEnum):
    """How a text puts a deed: as done, as not done, or as not done yet."""

    FACT = "fact"
    NEGATED = "negated"
    UNDONE = "undone"


def standing(sentence: Sentence, verb: Token) -> Standing:
    """Say whether the text tells the verb's deed as a fact.

    Infinitives count as facts only after words such as "continue" or "decide" (codebook); "will", "may",
    "if", "threatened to" leave a deed undone; "not", "without", "denied that" negate it.
    """
    framed = _framed(sentence, verb)
    return framed if framed is not Standing.FACT else _by_grammar(verb)


def is_fact(sentence: Sentence, verb: Token) -> bool:
    """Whether the text tells the verb's deed as done."""
    return standing(sentence, verb) is Standing.FACT


def _framed(sentence: Sentence, verb: Token) -> Standing:
    for clause in sentence.clauses:
        if clause.predicate.i == verb.i:
            if clause.polarity is Polarity.NEGATED:
                return Standing.NEGATED
            # A clause frame calls "continue to impose" planned; the grammar below knows better.
            if clause.modality in (Modality.POSSIBLE, Modality.CONDITIONAL) or clause.tense is Tense.FUTURE:
                return Standing.UNDONE
    return Standing.FACT


def _by_grammar(verb: Token) -> Standing:
    words = cues("standing")
    node, negate = verb, True
    for _ in range(8):
        own = _own(node, negate=negate)
        if own is not Standing.FACT:
            return own
        head, rule = node.head, node.dep_
        if any(child.tag_ == "TO" for child in node.children if child.dep_ == "aux"):
            if head.lower_ not in words["aspect"] | words["decided"] or rule not in ("xcomp", "ccomp"):
                return Standing.UNDONE
            node = head
        elif rule in ("ccomp", "xcomp", "pcomp", "acl", "advcl") and _undoes(node, head):
            return _undoes(node, head) or Standing.FACT
        elif rule == "xcomp" or (rule == "prep" and head.tag_.startswith("V")):
            node = head
        elif rule == "pcomp" and head.lower_ == "by":
            node = head.head
        elif rule == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in node.children):
            negate = not any(c.dep_ == "cc" and c.lower_ == "but" for c in head.children)
            if any(c.dep_ == "aux" for c in node.children):
                return Standing.FACT
            node = head
        else:
            return Standing.FACT
    return Standing.FACT


def is_conditional(verb: Token) -> bool:
    """Whether an "if" clause hangs on the verb."""
    clauses = [child for child in verb.children if child.dep_ == "advcl"]
    return any(
        word.dep_ == "mark" and word.lower_ in _CONDITIONS for clause in clauses for word in clause.children
    )


def _own(verb: Token, *, negate: bool) -> Standing:
    if is_conditional(verb):
        return Standing.UNDONE
    for child in verb.children:
        lower = child.lower_
        if child.dep_ in ("aux", "auxpass") and lower in _MODALS:
            return Standing.UNDONE
        if child.dep_ in ("mark", "advmod") and lower in _CONDITIONS:
            return Standing.UNDONE
        if negate and (child.dep_ == "neg" or lower in ("never", "hardly")):
            return Standing.NEGATED
        if negate and child.dep_ in ("nsubj", "nsubjpass") and _is_nobody(child):
            return Standing.NEGATED
        if negate and child.dep_ in ("preconj", "cc") and lower in ("neither", "nor"):
            return Standing.NEGATED
    return Standing.FACT


def _is_nobody(subject: Token) -> bool:
    if subject.lower_ in ("nobody", "none", "neither"):
        return True
    return any(
        c.dep_ in ("det", "preconj", "cc:preconj", "cc") and c.lower_ in ("no", "neither")
        for c in subject.children
    )


def _undoes(node: Token, head: Token) -> Standing | None:
    words = cues("standing")
    governor = head.head if node.dep_ == "pcomp" else head
    if node.dep_ == "pcomp" and head.lower_ in _ABSENT:
        return Standing.NEGATED
    if node.dep_ in ("acl", "advcl") and node.tag_ != "VBG":
        return None
    if node.dep_ == "advcl" or (node.dep_ == "acl" and head.lower_ not in words["undone"]):
        return None
    if governor.lower_ in words["denial"]:
        return Standing.NEGATED
    return Standing.UNDONE if governor.lower_ in words["undone"] else None
