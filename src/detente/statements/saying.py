"""Turn attributions into statements of the right kind: what the cue says, and what the content does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from spacy.tokens import Token

from detente.codebooks.cues import adjective_cues, courtesies, labels, noun_cues, verb_cues
from detente.language.contents import spans_of
from detente.language.cueing import subject_of
from detente.language.frames import Attribution, Sentence, Tense
from detente.language.source import text_of
from detente.language.speakers import is_voice
from detente.model.actors import ActorKind, Party
from detente.model.statements import Modality, Polarity, StatementKind
from detente.model.text import Span
from detente.statements.advising import advice_drafts
from detente.statements.ahead import reported_prospect_of
from detente.statements.drafts import (
    VERBAL,
    Draft,
    Page,
    actors_in,
    clause_of,
    distinct,
    head_in,
    hedge_of,
)
from detente.statements.stretches import charged, clauses_said
from detente.statements.turning import TURNING, is_expert, turn

_NEGATION_CARRIES = frozenset(
    {"believe", "think", "expect", "agree", "support", "accept", "want", "recommend"}
)
_NAMING = frozenset({"call", "brand", "label", "dub", "describe", "denounce", "dismiss", "declare", "hold"})
_NAMES = frozenset({"oprd", "attr", "acomp", "ccomp", "pobj", "dobj", "xcomp", "conj", "amod"})
_QUESTIONS = frozenset({"if", "whether", "what", "who", "where", "when", "why", "how", "which"})
_DOUBTING = frozenset({"doubt"})
_PROPOSING = frozenset({"suggest", "propose", "urge", "recommend"})
_EXPRESSING = frozenset({"express", "voice", "convey", "share"})
_SILENCE = frozenset({"decline", "refuse"})
_SEEMING = frozenset({"seem", "appear"})
_REFUSING = frozenset({"decline", "refuse"})
_STATED = frozenset(
    {StatementKind.CLAIM, StatementKind.ASSESSMENT, StatementKind.BELIEF, StatementKind.INFERENCE}
)
"""Kinds that say what is so: an aim inside what is said does not make the saying a wish."""
_INSISTING = frozenset({"insist", "maintain", "swear", "protest"})
_SILENT = frozenset({"say", "comment", "confirm", "disclose", "elaborate", "specify", "reveal", "answer"})
_ANONYMOUS = frozenset({"named", "identified", "quoted"})
_FIGURES = frozenset({"results", "figures", "data", "statistics", "poll", "polls", "returns", "tally"})


def draft_saying(page: Page, attribution: Attribution) -> Iterator[Draft]:
    """Make the statements of one attribution: one, or several where it advises several things."""
    first = page.sentence_at(attribution.content[0].start)
    if first is None or not _is_said(attribution) or not _can_speak(attribution):
        return
    inside = tuple(s for s in attribution.content if s.start < first.end)
    predicate = head_in(first, inside)
    shows = _shows(attribution)
    cue_kind = _cue_kind(attribution)
    if attribution.lemma == "call" and _calls_for(page, attribution):
        cue_kind = StatementKind.DEMAND
    if attribution.lemma == "ask" and predicate is not None and _asks(first, predicate, inside):
        cue_kind = StatementKind.UNCERTAINTY
    if attribution.lemma == "ask" and predicate is not None and predicate.lower_ in _ANONYMOUS:
        return
    cue_kind = _read_kind(attribution, first, predicate, inside, cue_kind)
    signs = shows and not _counts(attribution, first)
    kind = StatementKind.INFERENCE if signs else StatementKind.CLAIM if shows else cue_kind
    if page.agency and (shows or attribution.lemma in _SEEMING):
        return
    content, asked = charged(attribution, kind, first)
    draft = Draft(
        kind=kind,
        content=content,
        sentences=_sentences(page, attribution, first),
        trigger=attribution.lemma or "quotation",
        rule=f"cue:{attribution.lemma or 'quotation'}",
        attributions=_outer(page, attribution) if shows else (*_outer(page, attribution), attribution),
        speaker=() if shows else attribution.speakers,
        cue=attribution.cue,
        concerned=asked,
        said_on=attribution.said_on,
        salient=False if attribution.strength == "stance" else None,
    )
    if kind is StatementKind.RECOMMENDATION and not attribution.is_quote:
        _word(draft, attribution, first, predicate)
        yield from advice_drafts(draft, first, inside)
        return
    for part, verb in _clauses(attribution, draft, first, predicate):
        said = replace(draft, content=part, head=first.position(verb) if verb is not None else None)
        _word(said, attribution, first, verb)
        _settle(page, said, attribution, first, verb)
        yield said


def _clauses(
    attribution: Attribution, draft: Draft, first: Sentence, predicate: Token | None
) -> Iterator[tuple[tuple[Span, ...], Token | None]]:
    """What is said clause by clause, where it was not said in quotation marks."""
    if predicate is None or attribution.is_quote or draft.kind not in TURNING | {StatementKind.DENIAL}:
        yield draft.content, predicate
    else:
        yield from clauses_said(draft.content, predicate, first)


def _word(draft: Draft, attribution: Attribution, first: Sentence, predicate: Token | None) -> None:
    """Take polarity, hedge, modality and condition from the clause that is said."""
    draft.polarity = _polarity(attribution, first, predicate)
    draft.likelihood = hedge_of(first, predicate)
    _frame(draft, first, predicate)


def _settle(
    page: Page, draft: Draft, attribution: Attribution, first: Sentence, predicate: Token | None
) -> None:
    """Make of a draft what its clause does: a finding of nothing, a forecast, a commitment."""
    if draft.kind is StatementKind.NEGATIVE_FINDING and predicate is not None:
        kept = [t for c in predicate.children if c.i > predicate.i and not c.is_punct for t in c.subtree]
        kept = [t for t in kept if t.dep_ != "prep" or t.head.i != predicate.i]
        draft.content = tuple(spans_of(kept, first)) or draft.content
    if draft.kind in TURNING and predicate is not None and not _is_noun(attribution, first):
        turn(page, draft, attribution, first, predicate)


def _is_noun(attribution: Attribution, sentence: Sentence) -> bool:
    """Whether the cue is a noun ("the promise to"): "promised to" is said as any other verb."""
    if attribution.lemma not in noun_cues():
        return False
    cue = sentence.token_at(attribution.cue.start) if attribution.cue else None
    return cue is None or cue.pos_ not in VERBAL


@cache
def _kinds() -> dict[str, StatementKind]:
    found = {"in the words of": StatementKind.CLAIM, "in the view of": StatementKind.ASSESSMENT}
    found |= {"according to": StatementKind.CLAIM, ":": StatementKind.CLAIM, "": StatementKind.CLAIM}
    for cue in (*noun_cues().values(), *adjective_cues().values()):
        found[cue.lemma] = cue.kind
    for cues in verb_cues().values():
        found.update({cue.lemma: cue.kind for cue in cues})
    return found


def _cue_kind(attribution: Attribution) -> StatementKind:
    kind = _kinds().get(attribution.lemma, StatementKind.CLAIM)
    expert = is_expert(attribution)
    if kind is StatementKind.CLAIM and expert and attribution.strength == "word":
        return StatementKind.ASSESSMENT
    if kind is StatementKind.FORECAST and attribution.cue_tense is Tense.PAST and not attribution.speakers:
        return StatementKind.EXPECTATION
    if kind is StatementKind.DEMAND and expert:
        return StatementKind.RECOMMENDATION
    return kind


def _read_kind(
    attribution: Attribution,
    sentence: Sentence,
    predicate: Token | None,
    inside: tuple[Span, ...],
    kind: StatementKind,
) -> StatementKind:
    """The kind as what is said changes it: a name that accuses, a doubt that, an insisting that not."""
    if predicate is None:
        return kind
    if attribution.lemma in _SILENCE and predicate.lower_ in _SILENT:
        return StatementKind.NEGATIVE_FINDING
    if attribution.lemma in _EXPRESSING and any(
        courtesies().get(t.lower_) == "feeling" for t in _between(attribution, sentence)
    ):
        return StatementKind.PRAISE
    if attribution.lemma == "tell" and predicate.tag_ == "VB" and _is_told_to(predicate):
        return StatementKind.DEMAND
    if attribution.lemma in _DOUBTING and reported_prospect_of(predicate) is not None:
        return StatementKind.FORECAST
    if attribution.lemma in _PROPOSING and is_expert(attribution) and _is_subjunctive(predicate):
        return StatementKind.RECOMMENDATION
    if attribution.lemma in _DOUBTING and not _asks(sentence, predicate, inside):
        opens = text_of(sentence.span.doc)[inside[0].start - sentence.shift :].startswith("that ")
        return StatementKind.BELIEF if opens else kind
    if attribution.lemma == "agree" and _is_told_to(predicate) and predicate.tag_ == "VB":
        return StatementKind.COMMITMENT
    if attribution.lemma in _NAMING:
        named = [t for t in sentence.tokens if inside and inside[0].start <= sentence.position(t)]
        found = [labels()[t.lower_] for t in named if t.lower_ in labels() and t.dep_ in _NAMES]
        return found[0] if found else kind
    if attribution.lemma in _INSISTING and _polarity(attribution, sentence, predicate) is Polarity.NEGATED:
        return StatementKind.DENIAL
    if attribution.lemma == "expect" and attribution.speakers and predicate.pos_ not in VERBAL:
        return StatementKind.EXPECTATION
    if attribution.lemma == "expect" and attribution.speakers and predicate.tag_ == "VB":
        future = any(c.dep_ == "aux" and c.lower_ != "to" for c in predicate.children)
        return kind if future else StatementKind.EXPECTATION
    return kind


def _is_subjunctive(predicate: Token) -> bool:
    """Whether a clause says what somebody is to do: "suggests that Rome publish the text"."""
    bare = not any(c.dep_ in ("aux", "auxpass") for c in predicate.children)
    return bare and predicate.tag_ in ("VB", "VBP") and predicate.pos_ == "VERB"


def _is_told_to(predicate: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in predicate.children)


def _between(attribution: Attribution, sentence: Sentence) -> list[Token]:
    """The words between a cue and what is said."""
    if attribution.cue is None:
        return []
    start, end = attribution.cue.end, attribution.content[0].start
    return [token for token in sentence.tokens if start <= sentence.position(token) < end]


def _calls_for(page: Page, attribution: Attribution) -> bool:
    """Whether "call" is followed by "for", "on" or "upon": then it demands."""
    if attribution.cue is None:
        return False
    after = page.text.rendition.text[attribution.cue.end : attribution.cue.end + 6].split()
    return bool(after) and after[0] in ("for", "on", "upon")


def _asks(sentence: Sentence, predicate: Token, inside: tuple[Span, ...]) -> bool:
    """Whether what is asked is a question ("asked whether"), not a deed ("asked Oslo to leave")."""
    first = next(
        (t for t in sentence.tokens if inside and sentence.position(t) >= inside[0].start), predicate
    )
    return first.lower_ in _QUESTIONS


def _is_said(attribution: Attribution) -> bool:
    """Whether the cue says it at all: "did not say that" attributes nothing."""
    if not attribution.cue_negated:
        return True
    return attribution.lemma in _NEGATION_CARRIES


def _can_speak(attribution: Attribution) -> bool:
    """Whether its voice is one that can speak; an unnamed one ("it is expected") can."""
    if not attribution.speakers:
        return True
    if attribution.strength == "finding" and not any(voice.role == "report" for voice in attribution.chain):
        return all(party.kind not in (ActorKind.STATE, ActorKind.PERSON) for party in attribution.speakers)
    return attribution.strength == "word" or all(map(is_voice, attribution.speakers))


def _shows(attribution: Attribution) -> bool:
    """Whether a thing, not a voice, shows it: then it is the page's inference from a sign."""
    return attribution.strength == "finding" and not all(map(is_voice, attribution.speakers))


def _counts(attribution: Attribution, sentence: Sentence) -> bool:
    """Whether figures show it ("the results showed"): then it is reported, and nobody infers it."""
    cue = attribution.cue
    verb = next((t for t in sentence.tokens if cue and sentence.position(t) == cue.start), None)
    subject = subject_of(verb) if verb is not None else None
    return subject is not None and subject.lower_ in _FIGURES


def _outer(page: Page, attribution: Attribution) -> tuple[Attribution, ...]:
    if attribution.cue is None:
        return ()
    over = page.covering(attribution.cue.start)
    return tuple(a for a in over if a is not attribution and a.cue != attribution.cue)


def _sentences(page: Page, attribution: Attribution, first: Sentence) -> tuple[Sentence, ...]:
    cue = page.sentence_at(attribution.cue.start) if attribution.cue else None
    if cue is None or cue is first:
        return (first,)
    return (first, cue) if first.start < cue.start else (cue, first)


def _polarity(attribution: Attribution, sentence: Sentence, predicate: Token | None) -> Polarity:
    kind = _kinds().get(attribution.lemma)
    if attribution.lemma in _SILENCE and predicate is not None and predicate.lower_ in _SILENT:
        return Polarity.AFFIRMED
    doubted = attribution.lemma in _DOUBTING
    if kind is StatementKind.DENIAL or attribution.cue_negated or attribution.lemma in _REFUSING or doubted:
        return Polarity.NEGATED
    clause = clause_of(sentence, predicate)
    if predicate is not None and _has_no(predicate):
        return Polarity.NEGATED
    return clause.polarity if clause is not None else Polarity.AFFIRMED


def _has_no(predicate: Token) -> bool:
    """Whether the predicate is negated by its subject or object: "we have no plan", "there is no way"."""
    parts = [c for c in predicate.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "attr")]
    return any(c.lower_ in ("no", "nobody", "nothing", "neither") for p in parts for c in (p, *p.children))


def _frame(draft: Draft, sentence: Sentence, predicate: Token | None) -> None:
    """Take modality and condition from the clause of the content."""
    clause = clause_of(sentence, predicate)
    if clause is not None:
        wished = clause.modality is Modality.DESIRED and draft.kind in _STATED
        draft.modality = Modality.ASSERTED if wished else clause.modality
        draft.condition = clause.condition


def concerns(page: Page, draft: Draft) -> tuple[Party, ...]:
    """The actors what is said is about, from every sentence it stands in, and whom it is told to."""
    found: list[Party] = list(draft.concerned)
    for span in draft.content:
        sentence = page.sentence_at(span.start)
        while sentence is not None and sentence.start < span.end:
            found += actors_in(sentence, (span,))
            following = page.sentence_at(sentence.end + 1) or page.sentence_at(sentence.end)
            sentence = following if following is not sentence else None
    return distinct(found)
