"""Cut what an attribution holds into what one statement says: not whom it is told to, and by clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from detente.language.contents import spans_of
from detente.language.frames import Attribution, Sentence
from detente.model.actors import Party
from detente.model.statements import StatementKind
from detente.model.text import Span
from detente.statements.drafts import VERBAL, actors_in, lies_in

_ASKED = frozenset({StatementKind.DEMAND, StatementKind.RECOMMENDATION})
_MODALS = frozenset(
    {"will", "would", "'ll", "’ll", "shall", "may", "might", "could", "should", "must", "ought"}
)
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")

Stretch = tuple[Span, ...]


def charged(
    attribution: Attribution, kind: StatementKind, sentence: Sentence
) -> tuple[Stretch, tuple[Party, ...]]:
    """The deed asked of somebody or charged to somebody, and whom; else the content as it is.

    "urged Tokyo to stop" asks "to stop" of Tokyo; "accused Rome of stalling" charges Rome with "stalling".
    """
    cue = sentence.token_at(attribution.cue.start) if attribution.cue else None
    if cue is None or cue.pos_ not in VERBAL or attribution.is_quote:
        return attribution.content, ()
    parts = _asked(cue) if kind in _ASKED else _blamed(cue) if kind is StatementKind.ACCUSATION else None
    if parts is None:
        return attribution.content, ()
    whom, deed = parts
    inside = [t for t in deed if lies_in(sentence.position(t), attribution.content)]
    if inside and kind is StatementKind.ACCUSATION:
        # A purpose behind the deed is blamed with it: "of firing a shot in order to please voters".
        last = inside[-1].i
        inside += [
            t for t in sentence.tokens if t.i > last and lies_in(sentence.position(t), attribution.content)
        ]
    content = tuple(spans_of(inside, sentence))
    if not content:
        return attribution.content, ()
    return content, actors_in(sentence, spans_of(whom, sentence))


def _asked(cue: Token) -> tuple[list[Token], list[Token]] | None:
    """Whom a deed is asked of, and the infinitive that names it."""
    for child in cue.children:
        if child.dep_ not in ("xcomp", "ccomp") or child.i < cue.i:
            continue
        to = next((c for c in child.lefts if c.tag_ == "TO"), None)
        if to is None:
            continue
        subject = next((c for c in child.lefts if c.dep_ in _SUBJECTS), None)
        whom = subject or next(
            (c for c in cue.children if c.dep_ in ("dobj", "dative") and c.i < child.i), None
        )
        if whom is None or whom.i > to.i:
            return None
        return list(whom.subtree), [t for t in child.subtree if t.i >= to.i]
    return None


def _blamed(cue: Token) -> tuple[list[Token], list[Token]] | None:
    """Who is blamed, and the deed after "of", "for" or "over"."""
    whom = next((c for c in cue.children if c.dep_ == "dobj"), None)
    if whom is None:
        return None
    for prep in (*cue.children, *whom.children):
        if (
            prep.dep_ == "prep"
            and prep.lower_ in ("of", "for")
            and prep.i > whom.i
            and cue.lower_ != "called"
        ):
            deed = [t for c in prep.children if c.dep_ in ("pcomp", "pobj") for t in c.subtree]
            if deed and (prep.head.i == cue.i or deed[0].tag_ == "VBG"):
                return [t for t in whom.subtree if t.i < prep.i], deed
    return None


def clauses_said(content: Stretch, predicate: Token, sentence: Sentence) -> Iterator[tuple[Stretch, Token]]:
    """Each clause of a content by itself with its verb: "that A had lost but that B would not give in"."""
    joined = [verb for verb in _joined(predicate) if lies_in(sentence.position(verb), content)]
    apart = [verb for verb in joined if _stands_alone(verb, predicate)]
    if not apart:
        yield content, predicate
        return
    tokens = [t for t in sentence.tokens if lies_in(sentence.position(t), content)]
    starts = [_opening(verb) for verb in apart]
    cuts = [*starts, tokens[-1].i + 1]
    yield _stretch(sentence, [t for t in tokens if t.i < starts[0]]), predicate
    for verb, start, end in zip(apart, starts, cuts[1:], strict=True):
        yield _stretch(sentence, [t for t in tokens if start <= t.i < end]), verb


def _stretch(sentence: Sentence, tokens: Sequence[Token]) -> Stretch:
    kept = list(tokens)
    while kept and (kept[-1].dep_ in ("cc", "preconj") or kept[-1].is_punct):
        kept.pop()
    return tuple(spans_of(kept, sentence))


def _joined(predicate: Token) -> list[Token]:
    found = [c for c in predicate.children if c.dep_ == "conj" and c.pos_ in VERBAL]
    return [verb for first in found for verb in (first, *_joined(first))]


def _stands_alone(verb: Token, first: Token) -> bool:
    """Whether a joined verb says something of its own: after "that", with a subject, or in another mood."""
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.lefts)
    own = any(c.dep_ in _SUBJECTS for c in verb.lefts)
    return marked or own or bool(_mood(verb)) != bool(_mood(first))


def _mood(verb: Token) -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_ == "aux"} & _MODALS


def _opening(verb: Token) -> int:
    return min((child.left_edge.i for child in verb.lefts), default=verb.i)
