"""Code the statements of a parsed text: what is attributed, and what the page marks in its own voice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente.language.frames import Attribution, ParsedText, Sentence
from detente.model.actors import Party
from detente.model.statements import Modality, Statement, StatementKind
from detente.model.text import Span
from detente.statements.drafts import Draft, Page, distinct, is_state, lies_in, share
from detente.statements.marks import find_advice, find_forecasts, find_marked
from detente.statements.motives import find_motives
from detente.statements.readings import find_judgements, find_readings
from detente.statements.saying import concerns, draft_saying
from detente.statements.withdrawn import find_withdrawn

_DATED = frozenset({StatementKind.FORECAST, StatementKind.COMMITMENT})
_GIVES_WAY = frozenset({StatementKind.CLAIM, StatementKind.ASSESSMENT, StatementKind.BELIEF})
_BESIDE = _GIVES_WAY | {StatementKind.PRECEDENT, StatementKind.INFERENCE, StatementKind.EXPECTATION}
"""Kinds that do not put a plain claim of the same words out of place."""
_LESS_THAN_AHEAD = frozenset({StatementKind.CONSTRAINT, StatementKind.NEED, StatementKind.RELATION_STATE})
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_SAME = 0.7
"""Share of code points: two readings of one stretch."""
_ON_AND_ON = ("it also", "it further", "it additionally")


class StatementCoder:
    """Find who said what, of which kind, how surely; a plug-in like any other coder."""

    name = "statements"

    def code(self, text: ParsedText) -> Iterable[Statement]:
        """Give the statements of a text in order of their content; every attribution is returned."""
        page = Page.of(text)
        drafts = [draft for a in text.attributions for draft in draft_saying(page, a)]
        marked = list(_marked(page))
        both = drafts + marked
        kept = [draft for draft in both if not _gives_way(draft, both)]
        kept.sort(key=lambda draft: (draft.content[0], draft.kind.value))
        return tuple(_statement(page, draft) for draft in kept)


def _marked(page: Page) -> Iterator[Draft]:
    """What sentences hold beside attributions; "It also" goes on with the voice before it."""
    whose: tuple[Party, ...] = ()
    voice: tuple[Attribution, ...] = ()
    block = None
    for sentence in page.text.sentences:
        goes_on = sentence.block is block and sentence.span.text.lower().startswith(_ON_AND_ON)
        found = list(find_motives(page, sentence, whose if sentence.block is block else ()))
        found += find_marked(page, sentence)
        found += find_forecasts(page, sentence)
        found += find_advice(page, sentence)
        found += find_readings(page, sentence)
        found += find_withdrawn(page, sentence)
        found += find_judgements(page, sentence)
        if goes_on and voice:
            for draft in found:
                draft.attributions = draft.attributions or voice
        yield from found
        if not goes_on:
            voice = _voice_of(page, sentence)
        motives = [draft.motive for draft in found if draft.motive]
        whose = motives[-1].whose if motives else whose if goes_on else ()
        block = sentence.block


def _voice_of(page: Page, sentence: Sentence) -> tuple[Attribution, ...]:
    """Who speaks through the whole of a sentence: a report whose cue stands in it."""
    return tuple(
        a
        for a in page.text.attributions
        if a.cue is not None
        and sentence.start <= a.cue.start < sentence.end
        and any(voice.role == "report" for voice in a.chain)
        and a.speakers
        and a.chain[-1].role != "speaker"
    )[:1]


def _gives_way(draft: Draft, marked: Sequence[Draft]) -> bool:
    """Whether a plain claim, or what a forecast says better, is the same stretch as another reading."""
    if draft.rule.startswith("page:") and any(_believes(other, draft) for other in marked):
        return True
    if draft.rule == "page:judgement" and any(o is not draft and _is_twin(draft, o) for o in marked):
        return True
    if draft.kind is StatementKind.EXPECTATION and any(o.motive and _is_twin(draft, o) for o in marked):
        return True
    if draft.kind in _GIVES_WAY:
        rivals = [o for o in marked if o.kind not in _BESIDE and _is_twin(draft, o)]
        rivals = [o for o in rivals if not (o.rule.startswith("page:") and _believes(draft, o))]
        plain = draft.kind is StatementKind.CLAIM
        return any(
            plain or o.motive or o.head == draft.head or o.polarity is not draft.polarity for o in rivals
        )
    if draft.kind not in _LESS_THAN_AHEAD or not draft.rule.startswith("page:"):
        return False
    ahead = any(other.kind in _DATED and share(draft.content, other.content) > _SAME for other in marked)
    tied = draft.kind is StatementKind.RELATION_STATE
    return ahead or (tied and any(other.motive and _lies_in(draft, other) for other in marked))


def _is_twin(draft: Draft, other: Draft) -> bool:
    """Whether two readings are of one stretch, or of one verb and a part of its clause."""
    if share(draft.content, other.content) > _SAME:
        return True
    marked = other.rule.startswith(("page:", "motive:")) and other.head is not None
    return marked and draft.head == other.head and all(_lies_within(s, draft.content) for s in other.content)


def _lies_within(span: Span, content: Sequence[Span]) -> bool:
    return any(part.start <= span.start and span.end <= part.end for part in content)


def _believes(draft: Draft, other: Draft) -> bool:
    """Whether a draft is the belief another is marked in: who understands that it is so has not said so."""
    inner = other.attributions[-1:]
    same = draft is not other and draft.attributions[-1:] == inner and bool(inner)
    return same and draft.kind is StatementKind.BELIEF and draft.rule.startswith("cue:")


def _lies_in(draft: Draft, other: Draft) -> bool:
    at = draft.at
    return at is not None and lies_in(at, other.content)


def _statement(page: Page, draft: Draft) -> Statement:
    text = page.text
    shown = draft.kind is StatementKind.INFERENCE and draft.rule.startswith("cue:")
    speaker = draft.speaker or (draft.attributions[-1].speakers if draft.attributions and not shown else ())
    cue = draft.cue or (draft.attributions[-1].cue if draft.attributions else None)
    labels = {party.label for party in speaker}
    about = tuple(party for party in concerns(page, draft) if party.label not in labels)
    return Statement(
        evidence=tuple(page.quote(sentence) for sentence in _two(page, draft, cue)),
        attribution=text.chain(draft.attributions),
        trigger=draft.trigger,
        decided_by=draft.rule,
        statement_kind=draft.kind,
        content=tuple(text.evidence(span.start, span.end) for span in draft.content),
        speaker=distinct(speaker),
        cue=text.rendition.text[cue.start : cue.end] if cue else "",
        cue_start=cue.start if cue else None,
        cue_end=cue.end if cue else None,
        about=about,
        modality=draft.modality if isinstance(draft.modality, Modality) else Modality.ASSERTED,
        likelihood=draft.likelihood,
        polarity=draft.polarity,
        salient=_is_salient(page, draft, about),
        said_on=draft.said_on,
        condition=draft.condition,
        motive=draft.motive,
        forecast=draft.forecast,
        commitment=draft.commitment,
        advice=draft.advice,
    )


def _two(page: Page, draft: Draft, cue: Span | None) -> tuple[Sentence, ...]:
    """The sentence of the content and, where it is another, that of the cue."""
    holder = page.sentence_at(cue.start) if cue else None
    sentences = list(draft.sentences)
    if holder is not None and holder not in sentences:
        sentences.append(holder)
    return tuple(sorted(sentences[:2], key=lambda sentence: sentence.start))


def _is_salient(page: Page, draft: Draft, about: tuple[Party, ...]) -> bool:
    """About a known actor, dated, or a known actor's word (of those an agency's page is full)."""
    if draft.salient is not None:
        return draft.salient
    if draft.speaker and all(party.text.lower() in _PRONOUNS and not party.id for party in draft.speaker):
        return False
    spoken = not page.agency and any(is_state(party) or party.state for party in draft.speaker)
    return spoken or any(map(is_state, about)) or draft.kind in _DATED
