"""Find what a page says in its own voice that an analyst keeps: forecasts, needs, precedents and the like."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from detente.codebooks.statement_words import statement_marks
from detente.language.contents import spans_of
from detente.language.frames import Attribution, Sentence
from detente.model.statements import Advice, Modality, Polarity, StatementKind
from detente.model.text import BlockKind, Span
from detente.statements.ahead import make_forecast, modality_ahead, outer_verb, prospect_of
from detente.statements.drafts import (
    VERBAL,
    Draft,
    Page,
    actors_in,
    clause_of,
    clause_tokens,
    hedge_of,
    is_state,
    subtree_actors,
)

_LOOSE = frozenset({"cc", "mark", "punct"})
_TORN = frozenset({"and", "but", "so", "while", "or"})
_PLAIN = frozenset({StatementKind.UNCERTAINTY, StatementKind.NEGATIVE_FINDING})
"""Kinds whose wording is plain enough without a known actor; such a statement is not salient."""
_DUTY = frozenset({"should", "ought"})
_SPOKEN = (BlockKind.HEADING, BlockKind.CAPTION, BlockKind.TABLE)


def find_marked(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """Find marked statements in a sentence; none in a state agency's voice, headings or captions."""
    if page.agency or sentence.block.kind in _SPOKEN:
        return
    wording = page.text.rendition.text[sentence.start : sentence.end]
    taken: set[tuple[StatementKind, Span]] = set()
    for kind, pattern in statement_marks():
        for match in pattern.finditer(wording):
            token = sentence.token_at(sentence.start + match.start())
            draft = _marked(page, sentence, token, kind) if token is not None else None
            if draft is not None and (kind, draft.content[0]) not in taken:
                taken.add((kind, draft.content[0]))
                yield draft


def find_forecasts(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """Find what the page itself forecasts: "will", "is likely to", "is expected to" about a known actor."""
    if page.agency or sentence.block.kind in _SPOKEN or sentence.span.text.rstrip().endswith("?"):
        return
    for predicate in sentence.tokens:
        if predicate.pos_ not in VERBAL or prospect_of(predicate) is None:
            continue
        at = sentence.position(predicate)
        if page.covering(at) or predicate.dep_ in ("relcl", "aux"):
            continue
        content = _clause(sentence, outer_verb(predicate))
        hedged = hedge_of(sentence, predicate)
        known = any(map(is_state, actors_in(sentence, content)))
        if content and (known or (hedged is not None and hedged.low is not None)):
            draft = _forecast(page, sentence, predicate, content)
            draft.salient = None if known else False
            yield draft


def find_advice(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """Find what the page itself advises: "should" and "ought to" of a known actor, in its own voice."""
    if page.agency or sentence.block.kind in _SPOKEN or sentence.words.isdisjoint(_DUTY):
        return
    if sentence.span.text.rstrip().endswith("?"):
        return
    for predicate in sentence.tokens:
        modal = next((c for c in (predicate, *predicate.children) if c.lower_ in _DUTY), None)
        main = predicate.dep_ == "ROOT" or (
            predicate.dep_ in ("conj", "ccomp") and predicate.head.dep_ == "ROOT"
        )
        if modal is None or not main or page.covering(sentence.position(predicate)):
            continue
        subject = next((c for c in predicate.children if c.dep_ == "nsubj"), None)
        done = any(c.dep_ == "aux" and c.lower_ == "have" for c in predicate.children)
        advised = subtree_actors(sentence, subject)
        if subject is None or done or subject.i > modal.i or not any(map(is_state, advised)):
            continue
        negated = any(c.dep_ == "neg" for c in predicate.children)
        yield Draft(
            kind=StatementKind.RECOMMENDATION,
            content=_clause(sentence, predicate),
            sentences=(sentence,),
            trigger=modal.lower_,
            rule="page:advice",
            modality=Modality.OBLIGED,
            polarity=Polarity.NEGATED if negated else Polarity.AFFIRMED,
            advice=Advice(addressee=advised[:1], to_do=not negated),
        )


def _forecast(page: Page, sentence: Sentence, predicate: Token, content: tuple[Span, ...]) -> Draft:
    clause = clause_of(sentence, predicate)
    negated = any(child.dep_ == "neg" for child in predicate.children)
    worded = clause.modality if clause else Modality.ASSERTED
    hedged = hedge_of(sentence, predicate)
    on = clause is not None and clause.condition is not None
    return Draft(
        kind=StatementKind.FORECAST,
        content=content,
        sentences=(sentence,),
        trigger=predicate.lower_,
        rule="page:forecast",
        modality=modality_ahead(worded, prospect_of(predicate), hedged=hedged is not None, on=on),
        polarity=Polarity.NEGATED if negated else Polarity.AFFIRMED,
        likelihood=hedged,
        condition=clause.condition if clause else None,
        forecast=make_forecast(page, sentence, predicate, content),
    )


def _marked(page: Page, sentence: Sentence, token: Token, kind: StatementKind) -> Draft | None:
    verb = _verb_above(token)
    if kind is StatementKind.INFERENCE:
        verb = _main_verb(verb)
    if kind is StatementKind.PRECEDENT and _only_describes(token):
        return None
    content = _clause(sentence, verb)
    named = kind in _PLAIN or any(map(is_state, actors_in(sentence, content)))
    if not content or not named:
        return None
    over = page.covering(sentence.position(token))
    clause = clause_of(sentence, verb)
    condition = clause.condition if clause else None
    if kind is StatementKind.UNCERTAINTY:
        content = _open_matter(sentence, verb) or content
    return Draft(
        kind=kind,
        content=_of_voice(content, over),
        sentences=(sentence,),
        trigger=token.lower_,
        at=sentence.position(token),
        rule=f"page:{kind.value}",
        attributions=over,
        likelihood=hedge_of(sentence, verb),
        condition=condition,
        modality=Modality.CONDITIONAL if condition else Modality.ASSERTED,
        polarity=Polarity.NEGATED if kind is StatementKind.NEGATIVE_FINDING else Polarity.AFFIRMED,
    )


def _open_matter(sentence: Sentence, verb: Token) -> tuple[Span, ...]:
    """What is unclear: the clause after "it is unclear"; empty where the subject says it."""
    asked = [c for c in verb.lefts if any(m.lower_ == "whether" for m in c.lefts)]
    if asked:
        return tuple(spans_of(asked[0].subtree, sentence))
    if not any(c.dep_ in ("nsubj", "expl") and c.lower_ == "it" for c in verb.children):
        return ()
    matters = [
        c for part in (verb, *verb.children) for c in part.children if c.dep_ in ("ccomp", "csubj", "advcl")
    ]
    return tuple(spans_of(matters[0].subtree, sentence)) if matters else ()


def _of_voice(content: tuple[Span, ...], over: tuple[Attribution, ...]) -> tuple[Span, ...]:
    """What stands in the words of the innermost voice: "the report highlighted" is the page's frame."""
    if not over:
        return content
    inside = [
        Span(max(part.start, said.start), min(part.end, said.end))
        for part in content
        for said in over[-1].content
        if part.overlap(said)
    ]
    return tuple(inside) or content


def _only_describes(token: Token) -> bool:
    """Whether an adjective comes in passing: "the unprecedented decision was aimed at" is of the aim."""
    if token.lower_ != "unprecedented" or token.dep_ != "amod":
        return False
    owned = any(c.dep_ == "poss" for c in token.head.children)
    return owned or token.head.dep_ not in ("attr", "ROOT", "appos", "dobj")


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
