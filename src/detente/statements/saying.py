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
from detente.model.actors import ActorKind, Party, Rank
from detente.model.statements import Commitment, Modality, Polarity, StatementKind
from detente.model.text import Span
from detente.statements.advising import advice_drafts
from detente.statements.ahead import (
    future_verb,
    make_forecast,
    modality_ahead,
    reported_prospect_of,
    window_of,
)
from detente.statements.drafts import (
    VERBAL,
    Draft,
    Page,
    actors_in,
    clause_of,
    distinct,
    head_in,
    hedge_of,
    subject_phrase,
)
from detente.statements.stretches import charged, clauses_said

_TURNING = frozenset(
    {
        StatementKind.CLAIM,
        StatementKind.ASSESSMENT,
        StatementKind.BELIEF,
        StatementKind.FORECAST,
        StatementKind.COMMITMENT,
    }
)
_NEGATION_CARRIES = frozenset(
    {"believe", "think", "expect", "agree", "support", "accept", "want", "recommend"}
)
_NAMING = frozenset({"call", "brand", "label", "dub", "describe", "denounce", "dismiss", "declare"})
_NAMES = frozenset({"oprd", "attr", "acomp", "ccomp", "pobj", "dobj", "xcomp", "conj", "amod"})
_QUESTIONS = frozenset({"if", "whether", "what", "who", "where", "when", "why", "how", "which"})
_DOUBTING = frozenset({"doubt"})
_EXPRESSING = frozenset({"express", "voice", "convey", "share"})
_SILENCE = frozenset({"decline", "refuse"})
_SEEMING = frozenset({"seem", "appear"})
_REFUSING = frozenset({"decline", "refuse"})
_STATED = frozenset(
    {StatementKind.CLAIM, StatementKind.ASSESSMENT, StatementKind.BELIEF, StatementKind.INFERENCE}
)
"""Kinds that say what is so: an aim inside what is said does not make the saying a wish."""
_INSISTING = frozenset({"insist", "maintain", "swear", "protest"})
_WARNING = frozenset({"warn", "caution", "fear"})
_SILENT = frozenset({"say", "comment", "confirm", "disclose", "elaborate", "specify", "reveal", "answer"})
_ANONYMOUS = frozenset({"named", "identified", "quoted"})
_ETERNAL = frozenset({"forever", "eternally", "eternal", "immortal", "invincible"})
"""Words of praise that no day can prove wrong: not a forecast."""
_PLANS = frozenset({"plan", "plans", "intention", "intentions", "intent"})
_MAYBE = frozenset({"could", "may", "might"})
_FIGURES = frozenset({"results", "figures", "data", "statistics", "poll", "polls", "returns", "tally"})
_BEING = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re", "been"})
_HAVING = frozenset({"has", "have", "'ve", "’ve"})
_MUST = frozenset({"must", "should", "ought"})


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
    if predicate is None or attribution.is_quote or draft.kind not in _TURNING | {StatementKind.DENIAL}:
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
    if draft.kind in _TURNING and predicate is not None and attribution.lemma not in noun_cues():
        _turn(page, draft, attribution, first, future_verb(predicate))


@cache
def _kinds() -> dict[str, StatementKind]:
    found = {"according to": StatementKind.CLAIM, ":": StatementKind.CLAIM, "": StatementKind.CLAIM}
    for cue in (*noun_cues().values(), *adjective_cues().values()):
        found[cue.lemma] = cue.kind
    for cues in verb_cues().values():
        found.update({cue.lemma: cue.kind for cue in cues})
    return found


def _cue_kind(attribution: Attribution) -> StatementKind:
    kind = _kinds().get(attribution.lemma, StatementKind.CLAIM)
    expert = any(voice.role == "report" and voice.rank is Rank.EXPERT for voice in attribution.chain) or any(
        party.rank is Rank.EXPERT for party in attribution.speakers
    )
    if kind is StatementKind.CLAIM and expert and attribution.strength == "word":
        return StatementKind.ASSESSMENT
    if kind is StatementKind.FORECAST and attribution.cue_tense is Tense.PAST and not attribution.speakers:
        return StatementKind.EXPECTATION
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
    if attribution.lemma in _DOUBTING and not _asks(sentence, predicate, inside):
        opens = text_of(sentence.span.doc)[inside[0].start - sentence.shift :].startswith("that ")
        return StatementKind.BELIEF if opens else kind
    if attribution.lemma in _NAMING:
        named = [t for t in sentence.tokens if inside and inside[0].start <= sentence.position(t)]
        found = [labels()[t.lower_] for t in named if t.lower_ in labels() and t.dep_ in _NAMES]
        return found[0] if found else kind
    if attribution.lemma in _INSISTING and _polarity(attribution, sentence, predicate) is Polarity.NEGATED:
        return StatementKind.DENIAL
    if attribution.lemma == "expect" and attribution.speakers and predicate.tag_ == "VB":
        future = any(c.dep_ == "aux" and c.lower_ != "to" for c in predicate.children)
        return kind if future else StatementKind.EXPECTATION
    return kind


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
    return all(map(is_voice, attribution.speakers))


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


def _turn(page: Page, draft: Draft, attribution: Attribution, sentence: Sentence, predicate: Token) -> None:
    """Make a forecast or a commitment of what looks ahead."""
    if _plans(predicate) and draft.kind is StatementKind.CLAIM:
        _commit(draft, sentence, predicate, attribution.speakers)
        return
    if draft.kind is StatementKind.COMMITMENT:
        if attribution.speakers:
            _commit(draft, sentence, predicate, attribution.speakers)
        else:
            draft.kind = StatementKind.CLAIM
        return
    ahead = reported_prospect_of(predicate) if _shifts(attribution) else None
    if ahead is None and draft.kind is StatementKind.FORECAST and _is_under_way(predicate, sentence, draft):
        draft.kind = StatementKind.CLAIM
        return
    if ahead is None and attribution.lemma in _WARNING:
        ahead = next((c for c in predicate.children if c.dep_ == "aux" and c.lower_ in _MAYBE), None)
    if ahead is None and draft.kind is not StatementKind.FORECAST:
        if any(c.dep_ == "aux" and c.lower_ in _MUST for c in predicate.children):
            _oblige(draft, attribution, sentence, predicate)
        return
    own = _own_subject(attribution, sentence, predicate)
    if (
        own
        and predicate.pos_ == "VERB"
        and ahead is not None
        and ahead.dep_ == "aux"
        and attribution.strength == "word"
    ):
        _commit(draft, sentence, predicate, own)
        return
    if any(token.lower_ in _ETERNAL for token in predicate.subtree):
        draft.kind = StatementKind.CLAIM
        return
    draft.kind = StatementKind.FORECAST
    if draft.modality in (Modality.DESIRED, Modality.ASSERTED):
        draft.modality = Modality.POSSIBLE
    hedged, on = draft.likelihood is not None, draft.condition is not None
    draft.modality = modality_ahead(draft.modality, ahead, hedged=hedged, on=on)
    draft.forecast = make_forecast(page, sentence, predicate, draft.content)


def _is_under_way(predicate: Token, sentence: Sentence, draft: Draft) -> bool:
    """Whether it tells of now ("is trying", "has turned"): foreseen before, but no forecast any more."""
    helpers = {c.lower_ for c in predicate.children if c.dep_ in ("aux", "auxpass")}
    going_on = predicate.tag_ == "VBG" and helpers <= _BEING and bool(helpers)
    done = predicate.tag_ == "VBN" and bool(helpers & _HAVING) and helpers <= _HAVING | _BEING
    return (going_on or done) and window_of(sentence, draft.content) is None


def _shifts(attribution: Attribution) -> bool:
    return attribution.strength in ("word", "mind")


def _plans(predicate: Token) -> bool:
    """Whether what was announced are plans to do something."""
    return predicate.lower_ in _PLANS and any(c.dep_ == "acl" for c in predicate.children)


def _oblige(draft: Draft, attribution: Attribution, sentence: Sentence, predicate: Token) -> None:
    subject = subject_phrase(predicate)
    addressed = sentence.actors_of(subject) if subject is not None else ()
    if not addressed or _same_side(addressed, attribution.speakers):
        return
    must = any(c.lower_ == "must" for c in predicate.children)
    draft.modality = Modality.OBLIGED
    draft.kind = StatementKind.DEMAND if must else StatementKind.RECOMMENDATION


def _own_subject(attribution: Attribution, sentence: Sentence, predicate: Token) -> tuple[Party, ...]:
    """The subject of what is said, when the speaker speaks for it: itself, or its state."""
    if not attribution.speakers:
        return ()
    subject = subject_phrase(predicate)
    if subject is None or subject.dep_ == "nsubjpass":
        return ()
    bodies = (ActorKind.STATE, ActorKind.ORGANISATION)
    if subject.lower_ == "it" and attribution.speakers[-1].kind not in bodies:
        return ()
    if subject.lower_ in ("it", "he", "she", "they", "we", "i") and not sentence.actors_of(subject):
        return attribution.speakers
    named = sentence.actors_of(subject)
    return named if _same_side(named, attribution.speakers) else ()


def _same_side(some: tuple[Party, ...], others: tuple[Party, ...]) -> bool:
    sides = {p.state or p.id for p in some} - {None}
    labels = {p.text for p in some}
    return bool(sides & ({p.state or p.id for p in others} - {None})) or bool(
        labels & {p.text for p in others}
    )


def _commit(draft: Draft, sentence: Sentence, predicate: Token, promiser: tuple[Party, ...]) -> None:
    content = draft.content
    draft.kind = StatementKind.COMMITMENT
    draft.modality = Modality.PLANNED
    things = [c for c in predicate.subtree if c.dep_ in ("dobj", "nsubjpass") and c.i > predicate.i][:1]
    wanted = tuple(span for thing in things for span in spans_of(thing.subtree, sentence))
    amounts = [a for a in sentence.amounts if a.start is not None and _within(a.start, wanted)]
    draft.commitment = Commitment(
        promiser=distinct(promiser),
        deed=_deed(sentence, predicate),
        quantity=amounts[0] if amounts else None,
        deadline=window_of(sentence, content),
    )


def _deed(sentence: Sentence, predicate: Token) -> str:
    """The promised deed in the text's words, from its verb on."""
    verb = predicate
    if predicate.pos_ not in VERBAL:
        verb = next((c for c in predicate.children if c.dep_ == "acl"), predicate)
    end = max(token.idx + len(token) for token in verb.subtree)
    return str(text_of(sentence.span.doc)[verb.idx : end]).rstrip(' ,.;”"')


def _within(offset: int, content: tuple[Span, ...]) -> bool:
    return any(span.start <= offset < span.end for span in content)


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
