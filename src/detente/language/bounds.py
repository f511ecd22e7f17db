"""Where what one voice says ends: at a semicolon, at the same voice's next saying, at another's aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from detente.codebooks.cues import verb_cues

_SPOKEN = frozenset({"word", "mind"})
_CONTRASTS = frozenset({"though", "although", "while", "whereas"})
_VERBAL = ("VERB", "AUX")
_MARKS = frozenset({"“", "”", '"', "''", "``"})
_LATER = frozenset({"npadvmod", "prep", "advmod", "punct", "nsubj", "tmod"})
"""What may hang on an aside such as ", an official said on Wednesday"."""


def bounded(tokens: Sequence[Token], cue: Token) -> list[Token]:
    """The tokens of a content that are this cue's own, in order."""
    if any(token.text in _MARKS for token in tokens):
        return list(tokens)
    kept = _in_segment(tokens, cue)
    for token in goes_on(kept, cue):
        kept = _before(kept, token)
    return _without_aside(kept, cue)


def goes_on(tokens: Sequence[Token], cue: Token) -> Iterator[Token]:
    """The verbs inside a content by which a voice goes on speaking: "said it had won and urged calm"."""
    for token in tokens:
        if token.i > cue.i and token.pos_ in _VERBAL and _says(token) and _is_joined(token, cue):
            yield token


def _in_segment(tokens: Sequence[Token], cue: Token) -> list[Token]:
    """The part on the cue's side of every semicolon."""
    stops = [token.i for token in cue.sent if token.text == ";"]
    if not stops:
        return list(tokens)
    return [t for t in tokens if not any(min(t.i, cue.i) < stop < max(t.i, cue.i) for stop in stops)]


def _says(verb: Token) -> bool:
    return any(cue.strength in _SPOKEN for cue in verb_cues().get(verb.lower_, ()))


def _is_joined(verb: Token, cue: Token) -> bool:
    """Whether a verb goes on in the cue's own tense beside the clause, not inside it."""
    if verb.tag_ != cue.tag_ or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return False
    if any(child.dep_ in ("aux", "auxpass") for child in verb.children):
        return False
    if verb.dep_ == "advcl":
        return any(c.dep_ == "mark" and c.lower_ in _CONTRASTS for c in verb.children)
    return verb.dep_ == "conj" and verb.head.pos_ in _VERBAL


def _before(tokens: list[Token], verb: Token) -> list[Token]:
    """The tokens before the clause of a verb and the conjunction that opens it."""
    first = min((child.left_edge.i for child in verb.lefts), default=verb.i)
    kept = [token for token in tokens if token.i < first]
    while kept and (kept[-1].dep_ in ("cc", "mark") or kept[-1].is_punct):
        kept.pop()
    return kept


def _without_aside(tokens: list[Token], cue: Token) -> list[Token]:
    """Without a closing ", an official said on Wednesday", whose word all that is."""
    for token in reversed(tokens):
        if token.i <= cue.i or token.pos_ not in _VERBAL or not _says(token):
            continue
        subject = next((c for c in token.lefts if c.dep_ == "nsubj"), None)
        if subject is None or subject.left_edge.i <= tokens[0].i:
            continue
        comma = subject.left_edge.nbor(-1)
        closes = token.right_edge.i >= tokens[-1].i - 1
        if comma.text == "," and closes and all(child.dep_ in _LATER for child in token.rights):
            return [kept for kept in tokens if kept.i < comma.i]
    return tokens
