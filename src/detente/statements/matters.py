"""What a marked statement says: the thing not found, the open question, the reading of a sign."""

from __future__ import annotations

from spacy.tokens import Token

from detente.language.contents import spans_of
from detente.language.frames import Sentence
from detente.model.statements import StatementKind
from detente.model.text import Span
from detente.statements.drafts import VERBAL, clause_tokens

_SIGNS = frozenset(
    {"evidence", "proof", "trace", "traces", "sign", "signs", "indication", "indications", "hint", "hints"}
) | {"signal", "symptom"}
_ASKING = frozenset({"whether", "if", "how", "what", "when", "who", "where", "why", "which"})
_FIRST = frozenset(
    {"unprecedented", "first", "record", "highest", "lowest", "largest", "biggest", "worst", "deadliest"}
) | {
    "longest",
    "heaviest",
    "most",
}
_LOOSE = frozenset({"cc", "mark", "punct"})
_TORN = frozenset({"and", "but", "so", "while", "or"})


def matter_of(kind: StatementKind, sentence: Sentence, mark: list[Token], verb: Token) -> tuple[Span, ...]:
    """The stretch a marked statement of a kind is about; the clause of its verb where nothing is narrower."""
    narrow: list[Token] = []
    if kind is StatementKind.UNCERTAINTY:
        narrow = _open_matter(verb)
    elif kind in (StatementKind.NEGATIVE_FINDING, StatementKind.INFERENCE):
        narrow = _told_by(mark)
    elif kind is StatementKind.PRECEDENT:
        narrow = _first_of_its_kind(mark)
    if narrow:
        return tuple(spans_of(narrow, sentence))
    return clause_spans(sentence, _main_verb(verb) if kind is StatementKind.INFERENCE else verb)


def _main_verb(verb: Token) -> Token:
    """The verb whose clause is read out of a sign told beside it: "is tired, as evidenced by its silence"."""
    while verb.dep_ in ("advcl", "acl", "relcl", "prep") and verb.head.i != verb.i:
        verb = verb.head
    return verb


def clause_spans(sentence: Sentence, verb: Token) -> tuple[Span, ...]:
    """The clause as one stretch, without a leading conjunction or a time set before it."""
    tokens = clause_tokens(verb)
    while tokens and (tokens[0].is_punct or (tokens[0].dep_ in _LOOSE and tokens[0].head.i == verb.i)):
        tokens = tokens[1:]
    while tokens and (
        tokens[-1].dep_ in ("cc", "mark") or tokens[-1].text in (",", ";") or tokens[-1].lower_ in _TORN
    ):
        tokens = tokens[:-1]
    spans = spans_of(tokens, sentence)
    return (Span(spans[0].start, spans[-1].end),) if spans else ()


def _open_matter(verb: Token) -> list[Token]:
    """The question that is open: the clause with "whether", "who", "how", before or after its verb."""
    for part in (verb, *verb.children):
        for child in part.children:
            if child.dep_ in ("ccomp", "csubj", "csubjpass", "advcl", "nsubj", "acl", "xcomp", "pcomp"):
                words = [token for token in child.subtree if not token.is_punct]
                if words and words[0].lower_ in _ASKING:
                    return list(child.subtree)
    return []


def _told_by(mark: list[Token]) -> list[Token]:
    """What there is a sign of, or none: the clause after "that", the noun after "of"."""
    noun = next((t for t in mark if t.lower_ in _SIGNS), None)
    if noun is None:
        return []
    above = noun.head if noun.head.pos_ in VERBAL else noun
    for child in (*noun.children, *above.children):
        if child.i <= noun.i:
            continue
        if child.dep_ in ("acl", "ccomp", "relcl") and any(c.lower_ == "that" for c in child.lefts):
            return [t for t in child.subtree if not (t.lower_ == "that" and t.head.i == child.i)]
        if child.dep_ == "prep" and child.lower_ in ("of", "for") and child.head.i == noun.i:
            return [t for t in child.subtree if t.i != child.i]
    return []


def _first_of_its_kind(mark: list[Token]) -> list[Token]:
    """The phrase of a first or a record: "the first visit by a German minister in ten years"."""
    word = next((t for t in mark if t.lower_ in _FIRST), None)
    if word is None:
        return []
    noun = word if word.pos_ in ("NOUN", "PROPN") else word.head
    if noun.pos_ not in ("NOUN", "PROPN", "ADJ") or noun.dep_ in ("pobj", "npadvmod"):
        return []
    aside = {t.i for c in noun.children if c.dep_ in ("appos", "parataxis") for t in c.subtree}
    start = word.i - 1 if word.i and word.nbor(-1).lower_ in ("the", "a", "its", "his") else word.i
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    start = owner.left_edge.i if owner is not None and word.lower_ == "unprecedented" else start
    phrase = [t for t in noun.subtree if t.i >= start and t.i not in aside]
    clause = next((c for c in noun.head.children if c.i > noun.i and _says_that(c)), None)
    if clause is not None and noun.head.pos_ in VERBAL and noun.dep_ == "attr":
        phrase += list(clause.subtree)
    last = mark[-1].i
    return phrase if phrase and phrase[-1].i >= last else []


def _says_that(token: Token) -> bool:
    return token.dep_ in ("ccomp", "relcl", "acl") and any(c.lower_ == "that" for c in token.lefts)
