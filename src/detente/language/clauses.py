"""Frame the clauses of a sentence: predicate, tense, modality, polarity, condition, and who says it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from detente.codebooks.plover import classes, noun_frames
from detente.codebooks.trained import trained_triggers
from detente.language.clause_words import (
    CONDITION_WORDS,
    Governor,
    announcer,
    find_governor,
    is_negated,
    modal_of,
)
from detente.language.frames import Attribution, Clause, Sentence, Tense
from detente.language.hedges import likelihood_of
from detente.language.lemmas import lemma
from detente.language.source import text_of
from detente.model.records import Condition
from detente.model.statements import Modality, Polarity

_SUBORDINATE = frozenset({"advcl", "relcl", "ccomp", "acl", "conj", "parataxis"})
_LOOSE_ENDS = frozenset({"punct", "cc", "mark"})
_INHERITING = frozenset({Modality.PLANNED, Modality.POSSIBLE, Modality.CONDITIONAL, Modality.OBLIGED})
_DEEPEST = 8
"""Governing clauses looked through: deeper nesting is a broken parse, not a sentence."""


def frame_clauses(sentence: Sentence, attributions: Sequence[Attribution]) -> tuple[Clause, ...]:
    """Frame every predicate of the sentence, in text order.

    Predicates are verbs (not auxiliaries) and the nouns of the codebook that name a deed ("the veto").
    """
    near = [a for a in attributions if _touches(a, sentence)]
    reading = _Reading()
    return tuple(_frame(sentence, token, near, reading) for token in sentence.tokens if is_predicate(token))


def is_predicate(token: Token) -> bool:
    """Whether a token heads a clause or names a deed."""
    if token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in ("aux", "auxpass")):
        return token.dep_ not in ("aux", "auxpass", "amod", "compound", "prep", "case", "mark")
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    return lemma(token) in noun_frames() or lemma(token) in trained_triggers(nominal=True)


def _touches(attribution: Attribution, sentence: Sentence) -> bool:
    return any(span.start < sentence.end and span.end > sentence.start for span in attribution.content)


def _frame(
    sentence: Sentence, token: Token, attributions: Sequence[Attribution], reading: _Reading
) -> Clause:
    nominal = token.pos_ in ("NOUN", "PROPN")
    start, end = _extent(sentence, token)
    at = sentence.position(token)
    over = sorted((a for a in attributions if a.covers(at)), key=_breadth, reverse=True)
    modality, negated = reading.modality(token)
    return Clause(
        predicate=token,
        lemma=lemma(token),
        start=start,
        end=end,
        tense=reading.tense(token),
        modality=modality,
        polarity=Polarity.NEGATED if negated else Polarity.AFFIRMED,
        passive=not nominal and _is_passive(token),
        nominal=nominal,
        hedge=likelihood_of(token),
        condition=_condition(sentence, token),
        attributions=tuple(over),
    )


def _breadth(attribution: Attribution) -> int:
    return sum(span.end - span.start for span in attribution.content)


def _extent(sentence: Sentence, token: Token) -> tuple[int, int]:
    """The clause's stretch: its subtree, cut where subordinate clauses begin or end it."""
    inside = set(token.subtree)
    for child in token.children:
        if child.dep_ in _SUBORDINATE and child.pos_ in ("VERB", "AUX"):
            edge = child.left_edge.i == token.left_edge.i or child.right_edge.i >= token.right_edge.i - 1
            if edge:
                inside -= set(child.subtree)
    inside.add(token)
    ordered = sorted(inside, key=lambda t: t.i)
    while ordered[-1].dep_ in _LOOSE_ENDS and len(ordered) > 1:
        ordered.pop()
    while ordered[0].dep_ in _LOOSE_ENDS and len(ordered) > 1:
        ordered.pop(0)
    return sentence.position(ordered[0]), sentence.position(ordered[-1]) + len(ordered[-1].text)


def _is_passive(token: Token) -> bool:
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in token.children):
        return True
    return token.tag_ == "VBN" and token.dep_ in ("acl", "relcl") and not _has(token, "aux")


def _has(token: Token, *deps: str) -> bool:
    return any(child.dep_ in deps for child in token.children)


def _condition(sentence: Sentence, token: Token) -> Condition | None:
    """The if-clause that hangs on the predicate, or that it stands in as its main clause's verb."""
    for child in token.children:
        if child.dep_ in ("advcl", "prep") and _is_if(child):
            start = sentence.position(child.left_edge)
            end = sentence.position(child.right_edge) + len(child.right_edge.text)
            return Condition(
                start, end, text_of(sentence.span.doc)[start - sentence.shift : end - sentence.shift]
            )
    if token.dep_ in ("conj", "xcomp", "attr") and token.head.pos_ in ("VERB", "AUX"):
        return _condition(sentence, token.head)
    return None


def _is_if(token: Token) -> bool:
    return any(c.dep_ in ("mark", "advmod") and c.lower_ in CONDITION_WORDS for c in token.children)


def _issuing(token: Token) -> Token | None:
    """The verb that issues the document which a participle tells of: "issued a statement condemning"."""
    document = token.head
    told = token.dep_ == "acl" and document.dep_ == "dobj" and lemma(document) in classes()["DOCUMENT"]
    return document.head if told else None


class _Reading:
    """Tense, modality and polarity of predicates, each computed once a sentence."""

    def __init__(self) -> None:
        self._tenses: dict[int, Tense] = {}
        self._modalities: dict[int, tuple[Modality, bool]] = {}

    def tense(self, token: Token, depth: int = 0) -> Tense:
        """When a predicate puts its deed; non-finite forms follow the verb they hang on."""
        if token.i not in self._tenses:
            self._tenses[token.i] = self._find_tense(token, depth)
        return self._tenses[token.i]

    def _find_tense(self, token: Token, depth: int) -> Tense:
        if token.pos_ in ("NOUN", "PROPN") or depth > _DEEPEST:
            return Tense.NONE
        own = _finite_tense(token)
        if own is not Tense.NONE:
            return own
        if token.dep_ == "conj" and token.head.pos_ in ("VERB", "AUX"):
            return self.tense(token.head, depth + 1)
        if token.tag_ == "VBN":
            governor = find_governor(token)
            inherits = governor is not None and governor.modality == "inherit"
            return self.tense(governor.token, depth + 1) if governor and inherits else Tense.PAST
        if token.tag_ == "VBG" and token.dep_ in ("advcl", "acl", "pcomp"):
            governor = find_governor(token)
            issued = _issuing(token) if governor is None else governor.token
            return self.tense(issued, depth + 1) if issued is not None else Tense.NONE
        if token.dep_ in ("xcomp", "ccomp") and token.head.pos_ in ("VERB", "AUX"):
            governor = find_governor(token)
            if governor and governor.modality == "inherit":
                return self.tense(token.head, depth + 1)
        return Tense.NONE

    def modality(self, token: Token, depth: int = 0) -> tuple[Modality, bool]:
        """How a predicate is put and whether it is negated, governing words included."""
        if token.i not in self._modalities:
            self._modalities[token.i] = self._find_modality(token, depth)
        return self._modalities[token.i]

    def _find_modality(self, token: Token, depth: int) -> tuple[Modality, bool]:
        negated = is_negated(token)
        if depth > _DEEPEST:
            return Modality.POSSIBLE, negated
        if announcer(token) is not None:
            return Modality.PLANNED, negated
        own = modal_of(token)
        if own is Modality.CONDITIONAL and not _condition_near(token) and _is_reported(token):
            own = Modality.PLANNED
        if own is not None:
            governor = find_governor(token) if own is Modality.PLANNED else None
            if governor and governor.modality in ("possible", "desired"):
                # "Believes that they will meet" is no plan of theirs.
                own = Modality(governor.modality)
            return own, negated
        if (
            token.dep_ == "conj"
            and token.head.pos_ in ("VERB", "AUX")
            and not _has(token, "nsubj", "nsubjpass")
        ):
            mode, _ = self.modality(token.head, depth + 1)
            return mode, negated
        governor = find_governor(token)
        if governor is None:
            return Modality.ASSERTED, negated
        return self._governed(governor, negated, depth)

    def _governed(self, governor: Governor, negated: bool, depth: int) -> tuple[Modality, bool]:
        above, above_negated = self.modality(governor.token, depth + 1)
        negated ^= governor.negates
        if governor.modality == "inherit":
            return above, negated ^ above_negated
        mode = Modality(governor.modality)
        if governor.carries:
            # "has no plans to visit", "would not agree to meet": what denies the plan denies its deed.
            negated ^= above_negated
            if mode is Modality.ASSERTED and above in _INHERITING:
                mode = above
            if mode is Modality.PLANNED and above in (Modality.POSSIBLE, Modality.CONDITIONAL):
                mode = above
        return mode, negated


def _finite_tense(token: Token) -> Tense:
    auxiliaries = [c for c in token.children if c.dep_ in ("aux", "auxpass")]
    words = {c.lower_ for c in auxiliaries}
    if words & {"will", "shall", "'ll", "’ll", "wo"}:
        return Tense.FUTURE
    if any(c.lower_ in ("have", "has", "had", "'ve", "having", "did", "was", "were") for c in auxiliaries):
        return Tense.PAST
    if words & {"is", "are", "am", "'s", "'re", "does", "do", "’s", "’re"}:
        return Tense.PAST if token.tag_ == "VBN" and _has(token, "auxpass") is False else Tense.PRESENT
    return {"VBD": Tense.PAST, "VBZ": Tense.PRESENT, "VBP": Tense.PRESENT}.get(token.tag_, Tense.NONE)


def _condition_near(token: Token) -> bool:
    return any(c.dep_ in ("advcl", "prep") and _is_if(c) for c in token.children)


def _is_reported(token: Token) -> bool:
    """Whether "would" is "will" told later: inside what somebody said in the past."""
    seen = token
    for _ in range(_DEEPEST):
        if seen.dep_ == "ccomp" and seen.head.pos_ == "VERB":
            return _finite_tense(seen.head) is Tense.PAST
        if seen.dep_ not in ("conj", "advcl", "relcl") or seen.head == seen:
            break
        seen = seen.head
    return any(c.dep_ in ("ccomp", "parataxis") and _finite_tense(c) is Tense.PAST for c in token.children)
