"""Find what a page says in its own voice that an analyst keeps: forecasts, needs, precedents and the like."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from detente.codebooks.statement_words import statement_marks
from detente.language.frames import Attribution, Sentence
from detente.language.speakers import SpeakerMemory, resolve_speaker
from detente.model.actors import Party
from detente.model.statements import Advice, Modality, Polarity, StatementKind
from detente.model.text import BlockKind, Span
from detente.statements.ahead import make_forecast, modality_ahead, outer_verb, prospect_of
from detente.statements.drafts import (
    VERBAL,
    Draft,
    Page,
    actors_in,
    clause_of,
    hedge_of,
    is_state,
    names_somebody,
    subtree_actors,
)
from detente.statements.matters import clause_spans, matter_of

_NONE = frozenset(
    {"no", "not", "n't", "n’t", "never", "incapable", "unable", "lack", "lacks", "lacked", "longer"}
)
_PLAIN = frozenset({StatementKind.UNCERTAINTY, StatementKind.NEGATIVE_FINDING})
"""Kinds whose wording is plain enough in a sentence without a known actor; such a one is not salient."""
_NOBODY = frozenset({"it", "this", "that", "there", "what", "which", "one", "you", "i", "we"})
_LOOKING = frozenset(
    {"find", "finds", "found", "see", "sees", "saw", "seen", "discovered", "uncovered", "detected"}
)
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
            first, last = sentence.start + match.start(), sentence.start + match.end()
            mark = [t for t in sentence.tokens if first <= sentence.position(t) < last]
            draft = _marked(page, sentence, mark, kind) if mark else None
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
        content = clause_spans(sentence, outer_verb(predicate))
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
        if subject is None or done or subject.i > modal.i or subject.lower_ in _NOBODY:
            continue
        if not names_somebody(sentence):
            continue
        negated = any(c.dep_ == "neg" for c in predicate.children)
        yield Draft(
            kind=StatementKind.RECOMMENDATION,
            content=clause_spans(sentence, predicate),
            sentences=(sentence,),
            trigger=modal.lower_,
            rule="page:advice",
            modality=Modality.OBLIGED,
            polarity=Polarity.NEGATED if negated else Polarity.AFFIRMED,
            advice=Advice(addressee=advised[:1], to_do=not negated),
            salient=None if any(map(is_state, advised)) else False,
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


def _marked(page: Page, sentence: Sentence, mark: list[Token], kind: StatementKind) -> Draft | None:
    token = mark[0]
    verb = _verb_above(token)
    if kind is StatementKind.PRECEDENT and _only_describes(token):
        return None
    if len(mark) == 1 and kind is StatementKind.NEED and not _needs(token):
        return None
    content = matter_of(kind, sentence, mark, verb)
    if not content:
        return None
    known = any(map(is_state, actors_in(sentence, clause_spans(sentence, verb))))
    over = page.covering(sentence.position(token))
    if not known and not over and kind not in _PLAIN and not names_somebody(sentence):
        return None
    clause = clause_of(sentence, verb)
    condition = clause.condition if clause else None
    denied = kind is StatementKind.NEGATIVE_FINDING or _is_denied(kind, mark, verb)
    return Draft(
        kind=kind,
        content=_of_voice(content, over),
        sentences=(sentence,),
        trigger=token.lower_,
        at=sentence.position(token),
        head=sentence.position(verb),
        rule=f"page:{kind.value}",
        attributions=over,
        speaker=_finder(sentence, verb) if kind is StatementKind.NEGATIVE_FINDING and not over else (),
        likelihood=hedge_of(sentence, verb),
        condition=condition,
        modality=Modality.CONDITIONAL if condition else Modality.ASSERTED,
        polarity=Polarity.NEGATED if denied else Polarity.AFFIRMED,
        salient=None if known else False,
    )


def _needs(verb: Token) -> bool:
    """Whether somebody needs a thing: not "needs to be seen", nor a need told in passing."""
    if verb.pos_ != "VERB" or verb.dep_ in ("relcl", "acl", "advcl", "amod") or verb.tag_ == "VBN":
        return False
    return any(c.dep_ == "dobj" for c in verb.children) and any(c.dep_ == "nsubj" for c in verb.lefts)


def _finder(sentence: Sentence, verb: Token) -> tuple[Party, ...]:
    """Who looked and found nothing: the subject of "found no trace", "have seen no sign"."""
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if verb.lower_ not in _LOOKING or subject is None or subject.pos_ == "PRON":
        return ()
    voiced = resolve_speaker(subject, sentence, SpeakerMemory())
    return voiced.speakers if voiced is not None else ()


def _is_denied(kind: StatementKind, mark: list[Token], verb: Token) -> bool:
    """Whether a need or an ability is said not to be there: "is not able to", "saw no need"."""
    if kind not in (StatementKind.NEED, StatementKind.CAPABILITY, StatementKind.OPTION):
        return False
    words = {t.lower_ for t in mark} | {c.lower_ for c in verb.children if c.dep_ == "neg"}
    return bool(words & _NONE)


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
    return not owned and token.head.dep_ not in ("attr", "ROOT", "appos", "dobj")


def _verb_above(token: Token) -> Token:
    verb = token
    while verb.head.i != verb.i and (
        verb.pos_ not in VERBAL or verb.dep_ in ("amod", "aux", "auxpass", "xcomp", "acl")
    ):
        verb = verb.head
    return verb
