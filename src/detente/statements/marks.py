"""Find what a page says in its own voice that an analyst keeps: forecasts, needs, precedents and the like."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from detente.codebooks.statement_words import statement_marks
from detente.language.contents import spans_of
from detente.language.frames import Sentence
from detente.model.statements import Modality, Polarity, StatementKind
from detente.model.text import BlockKind, Span
from detente.statements.ahead import make_forecast, outer_verb, prospect_of
from detente.statements.drafts import (
    VERBAL,
    Draft,
    Page,
    actors_in,
    clause_of,
    clause_tokens,
    hedge_of,
    is_state,
)

_LOOSE = frozenset({"cc", "mark", "punct"})
_TORN = frozenset({"and", "but", "so", "while", "or"})
_SPOKEN = (BlockKind.HEADING, BlockKind.CAPTION, BlockKind.TABLE)


def find_marked(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """Find marked statements in a sentence; none in a state agency's voice, headings or captions."""
    if page.agency or sentence.block.kind in _SPOKEN:
        return
    wording = page.text.rendition.text[sentence.start : sentence.end]
    taken: set[tuple[StatementKind, Span]] = set()
    for kind, pattern in statement_marks():
        for match in pattern.finditer(wording):
            token = _token_at(sentence, sentence.start + match.start())
            draft = _marked(page, sentence, token, kind) if token is not None else None
            if draft is not None and (kind, draft.content[0]) not in taken:
                taken.add((kind, draft.content[0]))
                yield draft


def find_forecasts(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """Find what the page itself forecasts: "will", "is likely to", "is expected to" about a known actor."""
    if page.agency or sentence.block.kind in _SPOKEN or sentence.span.text.rstrip().endswith("?"):
        return
    for predicate in sentence.span:
        if predicate.pos_ not in VERBAL or prospect_of(predicate) is None:
            continue
        at = sentence.position(predicate)
        if page.covering(at) or predicate.dep_ in ("relcl", "aux"):
            continue
        content = _clause(sentence, outer_verb(predicate))
        if not content or not any(map(is_state, actors_in(sentence, content))):
            continue
        yield _forecast(page, sentence, predicate, content)


def _forecast(page: Page, sentence: Sentence, predicate: Token, content: tuple[Span, ...]) -> Draft:
    clause = clause_of(sentence, predicate)
    negated = any(child.dep_ == "neg" for child in predicate.children)
    return Draft(
        kind=StatementKind.FORECAST,
        content=content,
        sentences=(sentence,),
        trigger=predicate.lower_,
        rule="page:forecast",
        modality=clause.modality if clause else Modality.ASSERTED,
        polarity=Polarity.NEGATED if negated else Polarity.AFFIRMED,
        likelihood=hedge_of(sentence, predicate),
        condition=clause.condition if clause else None,
        forecast=make_forecast(page, sentence, predicate, content),
    )


def _marked(page: Page, sentence: Sentence, token: Token, kind: StatementKind) -> Draft | None:
    verb = _verb_above(token)
    if kind is StatementKind.INFERENCE:
        verb = _main_verb(verb)
    content = _clause(sentence, verb)
    if not content or not any(map(is_state, actors_in(sentence, content))):
        return None
    return Draft(
        kind=kind,
        content=content,
        sentences=(sentence,),
        trigger=token.lower_,
        rule=f"page:{kind.value}",
        attributions=page.covering(sentence.position(token)),
        likelihood=hedge_of(sentence, verb),
        polarity=Polarity.NEGATED if kind is StatementKind.NEGATIVE_FINDING else Polarity.AFFIRMED,
    )


def _verb_above(token: Token) -> Token:
    verb = token
    while verb.head.i != verb.i and (
        verb.pos_ not in VERBAL or verb.dep_ in ("amod", "aux", "auxpass", "xcomp", "acl")
    ):
        verb = verb.head
    return verb


def _main_verb(verb: Token) -> Token:
    while verb.dep_ in ("advcl", "acl", "relcl") and verb.head.i != verb.i:
        verb = _verb_above(verb.head)
    return verb


def _clause(sentence: Sentence, verb: Token) -> tuple[Span, ...]:
    """The clause as one stretch, without a leading conjunction."""
    tokens = clause_tokens(verb)
    while tokens and (tokens[0].is_punct or (tokens[0].dep_ in _LOOSE and tokens[0].head.i == verb.i)):
        tokens = tokens[1:]
    while tokens and (
        tokens[-1].dep_ in ("cc", "mark") or tokens[-1].text in (",", ";") or tokens[-1].lower_ in _TORN
    ):
        tokens = tokens[:-1]
    spans = spans_of(tokens, sentence)
    return (Span(spans[0].start, spans[-1].end),) if spans else ()


def _token_at(sentence: Sentence, offset: int) -> Token | None:
    at = offset - sentence.shift
    return next((t for t in sentence.span if t.idx <= at < t.idx + len(t)), None)
