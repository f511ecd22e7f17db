"""Read the small words around a predicate: modals, negation, and what governs an infinitive or gerund."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from detente.codebooks.plover import cue_standings, embeddings
from detente.language.lemmas import lemma
from detente.model.statements import Modality

CONDITION_WORDS = frozenset({"if", "unless", "should", "provided", "providing", "lest"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "ca"})
_OBLIGED = frozenset({"should", "must", "ought", "shall've"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_NEGATORS = frozenset({"not", "n't", "n’t", "never", "nor", "neither"})
_NEGATIVE_SUBJECTS = frozenset({"no", "neither", "none", "nobody", "nothing"})
_TIMES = frozenset({"after", "following", "before", "since", "during", "amid", "despite", "upon", "until"})
"""Prepositions that only say when: what governs them says nothing of the deed they name."""
_PURPOSE = frozenset({"advcl", "relcl"})


@dataclass(frozen=True, slots=True)
class Governor:
    """The word a predicate hangs on and what that word says of it.

    `carries` when the governor's own negation reaches the predicate ("does not plan to visit").
    """

    token: Token
    modality: str
    negates: bool = False
    carries: bool = False


def announcer(token: Token) -> Token | None:
    """The subject of a headline's infinitive ("Macron to visit China"); None for any other verb."""
    if token.tag_ != "VB" or not any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children):
        return None
    if token.head == token:
        return next((c for c in token.children if c.dep_ == "nsubj" and c.i < token.i), None)
    head = token.head
    named = head.dep_ == "ROOT" and head.pos_ == "PROPN" and head.i < token.i
    return head if named and token.dep_ in ("relcl", "acl") else None


def modal_of(token: Token) -> Modality | None:
    """The modality a predicate's own auxiliaries give, None when it has none."""
    words = [c.lower_ for c in token.children if c.dep_ == "aux"]
    if any(word in _POSSIBLE for word in words):
        return Modality.POSSIBLE
    if any(word in _OBLIGED for word in words):
        return Modality.OBLIGED
    if any(word in ("would", "'d", "’d") for word in words):
        return Modality.CONDITIONAL
    if any(word in _FUTURE for word in words):
        return Modality.PLANNED
    if any(c.dep_ == "mark" and c.lower_ in CONDITION_WORDS for c in token.children):
        return Modality.CONDITIONAL
    if any(c.dep_ == "mark" and c.lower_ == "whether" for c in token.children):
        return Modality.POSSIBLE
    return None


def is_negated(token: Token) -> bool:
    """Whether a predicate is negated by its own words; "not only" is no negation."""
    if token.pos_ in ("NOUN", "PROPN"):
        return any(c.dep_ == "det" and c.lower_ == "no" for c in token.children)
    for child in token.children:
        if (
            child.dep_ in ("neg", "preconj", "advmod", "cc")
            and child.lower_ in _NEGATORS
            and not _is_only(child)
        ):
            return True
        if child.dep_ in ("nsubj", "nsubjpass") and is_negative_subject(child):
            return True
        if (
            child.dep_ == "advmod"
            and child.lower_ == "longer"
            and any(g.lower_ == "no" for g in child.children)
        ):
            return True
    return token.i > token.sent.start and token.nbor(-1).lower_ == "never"


def _is_only(token: Token) -> bool:
    doc, after = token.doc, token.i + 1
    return after < len(doc) and doc[after].lower_ in ("only", "just", "merely", "solely", "simply")


def is_negative_subject(token: Token) -> bool:
    """Whether a subject says that nobody does it: "nobody", "no minister", "neither side"."""
    if token.lower_ in _NEGATIVE_SUBJECTS:
        return True
    return any(c.lower_ in _NEGATIVE_SUBJECTS and c.dep_ in ("det", "cc", "preconj") for c in token.children)


def find_governor(token: Token) -> Governor | None:
    """The word a non-finite predicate, a that-clause or a deed noun hangs on; None for main clauses."""
    if token.pos_ in ("NOUN", "PROPN"):
        return _noun_governor(token)
    if _is_infinitive(token):
        return _infinitive_governor(token)
    if token.tag_ == "VBG" and not any(c.dep_ == "aux" for c in token.children):
        return _gerund_governor(token)
    if token.tag_ == "VBN" and _is_gerund_passive(token):
        above = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None)
        return Governor(above, "inherit") if above is not None else None
    if token.tag_ == "VBN" and token.dep_ in ("acl", "advcl"):
        return None
    if token.dep_ in ("ccomp", "acl") and token.head != token:
        return _that_governor(token)
    return None


def _is_gerund_passive(token: Token) -> bool:
    """Whether a participle says "being signed" with no finite verb of its own."""
    helpers = [c for c in token.children if c.dep_ in ("aux", "auxpass")]
    return any(c.lower_ == "being" for c in helpers) and not any(
        c.tag_ in ("VBZ", "VBP", "VBD", "MD") for c in helpers
    )


def _is_infinitive(token: Token) -> bool:
    if token.tag_ not in ("VB", "VBP", "VBN"):
        return False
    if any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children):
        return True
    if any(c.tag_ == "MD" and c.dep_ == "aux" for c in token.children):
        return False
    return token.tag_ == "VB" and token.dep_ in ("xcomp", "ccomp") and token.head.pos_ == "VERB"


def _infinitive_governor(token: Token) -> Governor:
    head = token.head
    if token.dep_ == "conj" and head.pos_ == "VERB":
        return Governor(head, "inherit", carries=True)
    perfect = any(c.lower_ == "have" and c.dep_ == "aux" for c in token.children)
    if perfect and cue_standings().get(lemma(head)) in ("presumed", "alleged"):
        # "Is believed to have sent": told as past, on somebody's belief.
        return Governor(head, "asserted")
    entry = None if token.dep_ in _PURPOSE else embeddings().get((lemma(head), "inf"))
    if entry is None and token.dep_ == "xcomp" and head.pos_ == "AUX":
        entry = ("planned", False)
    if entry is None:
        # A bare purpose ("to discuss cooperation") is an aim, never a deed.
        return Governor(head, "desired")
    return Governor(head, entry[0], entry[1], carries=True)


def _gerund_governor(token: Token) -> Governor | None:
    head = token.head
    if token.dep_ == "pcomp" and head.pos_ in ("ADP", "SCONJ"):
        return _after_preposition(head)
    if token.dep_ in ("xcomp", "ccomp", "dobj"):
        mode, negates = embeddings().get((lemma(head), "ing"), ("inherit", False))
        return Governor(head, mode, negates, carries=True)
    if token.dep_ in ("advcl", "acl", "conj"):
        return Governor(head, "inherit") if head.pos_ in ("VERB", "AUX") else None
    return None


def _after_preposition(preposition: Token) -> Governor | None:
    above = preposition.head
    entry = embeddings().get((preposition.lower_, "ing"))
    if entry is None:
        entry = embeddings().get((lemma(above), "ing")) if above.pos_ in ("VERB", "ADJ", "NOUN") else None
    if entry is None:
        return Governor(above, "inherit") if above.pos_ == "VERB" else Governor(above, "asserted")
    return Governor(above, entry[0], entry[1], carries=entry[0] == "inherit")


def _that_governor(token: Token) -> Governor | None:
    entry = embeddings().get((lemma(token.head), "that"))
    return Governor(token.head, entry[0], entry[1]) if entry else None


def _noun_governor(token: Token) -> Governor | None:
    """What stands over a deed noun: its own adjectives, or the verb or preposition it is the object of."""
    for child in token.children:
        entry = embeddings().get((child.lower_, "np")) if child.dep_ in ("amod", "compound") else None
        if entry:
            return Governor(child, entry[0], entry[1])
    head = token.head
    if token.dep_ == "pobj":
        entry = embeddings().get((head.lower_, "np"))
        if entry:
            return Governor(head, entry[0], entry[1])
        if head.lower_ in _TIMES:
            return None
        head = head.head
    if token.dep_ in ("dobj", "nsubjpass", "pobj"):
        entry = embeddings().get((lemma(head), "np"))
        if entry:
            return Governor(head, entry[0], entry[1], carries=True)
        if token.dep_ in ("dobj", "nsubjpass") and head.pos_ == "VERB":
            return Governor(head, "inherit", carries=True)
    if token.dep_ == "attr":
        return Governor(head, "inherit", carries=True)
    return None
