"""Find what a page reads out of a deed, and what it holds likely: "this shows a change"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from detente.codebooks.cues import verb_cues
from detente.language.contents import spans_of
from detente.language.frames import Sentence
from detente.model.statements import Polarity, StatementKind
from detente.model.text import BlockKind
from detente.statements.ahead import prospect_of
from detente.statements.drafts import (
    VERBAL,
    Draft,
    Page,
    actors_in,
    hedge_of,
    is_state,
    subject_phrase,
)
from detente.statements.matters import clause_spans

_SHOWING = frozenset(
    {
        "show",
        "shows",
        "showed",
        "showing",
        "demonstrates",
        "demonstrated",
        "reflects",
        "reflected",
        "represents",
    }
) | {
    "represented",
    "underlines",
    "underlined",
    "signals",
    "signalled",
    "illustrates",
    "confirms",
    "marks",
    "reflecting",
}
_THINGS = frozenset(
    {"this", "that", "it", "which", "these", "development", "move", "step", "visit", "decision"}
) | {
    "trip",
    "veto",
    "vote",
    "deal",
    "summit",
    "meeting",
    "treaty",
    "pact",
    "launch",
    "test",
    "silence",
    "timing",
    "choice",
    "event",
    "events",
    "episode",
    "statement",
    "change",
    "absence",
    "response",
    "reaction",
    "gesture",
}
_SPOKEN = (BlockKind.HEADING, BlockKind.CAPTION, BlockKind.TABLE)
_CONDITIONS = frozenset({"if", "unless", "should"})


def find_readings(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """Find what a deed is said to show, in the page's own voice or another's; none in an agency's."""
    if page.agency or sentence.block.kind in _SPOKEN:
        return
    for verb in sentence.tokens:
        if verb.lower_ in _SHOWING and verb.pos_ == "VERB" and _is_of_thing(verb):
            yield from _shown(page, sentence, verb)


def _is_of_thing(verb: Token) -> bool:
    """Whether it is a deed or a thing told before that shows, not a person or a poll."""
    if verb.dep_ == "advcl" and verb.tag_ == "VBG":
        return True
    subject = subject_phrase(verb)
    return subject is not None and subject.lower_ in _THINGS


def _shown(page: Page, sentence: Sentence, verb: Token) -> Iterator[Draft]:
    things = [c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i]
    if not things or not any(map(is_state, sentence.actors)):
        return
    yield Draft(
        kind=StatementKind.INFERENCE,
        content=tuple(spans_of(things[0].subtree, sentence)[:1]),
        sentences=(sentence,),
        trigger=verb.lower_,
        rule="page:inference",
        at=sentence.position(verb),
        head=sentence.position(verb),
        attributions=page.covering(sentence.position(verb)),
        likelihood=hedge_of(sentence, verb),
    )


def find_judgements(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """Find what a page itself holds likely of a known actor, now or before: "probably knew"."""
    if page.agency or sentence.block.kind in _SPOKEN or sentence.span.text.rstrip().endswith("?"):
        return
    if any(t.lower_ in verb_cues() and t.pos_ == "VERB" for t in sentence.tokens):
        # Somebody speaks or thinks in the sentence: what is held likely in it is hardly the page's own.
        return
    for predicate in sentence.tokens:
        if predicate.pos_ not in VERBAL or predicate.dep_ in ("relcl", "aux", "auxpass", "xcomp", "amod"):
            continue
        hedge = hedge_of(sentence, predicate)
        if hedge is None or prospect_of(predicate) is not None or page.covering(sentence.position(predicate)):
            continue
        content = clause_spans(sentence, predicate)
        on = any(c.lower_ in _CONDITIONS for c in predicate.lefts if c.dep_ == "mark")
        if on or not content or not any(map(is_state, actors_in(sentence, content))):
            continue
        negated = any(c.dep_ == "neg" for c in predicate.children)
        yield Draft(
            kind=StatementKind.ASSESSMENT,
            content=content,
            sentences=(sentence,),
            trigger=hedge.term,
            rule="page:judgement",
            head=sentence.position(predicate),
            polarity=Polarity.NEGATED if negated else Polarity.AFFIRMED,
            likelihood=hedge,
        )
