"""Find who says what: speaker, cue and content, within and across sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from detente.codebooks.cues import Cue, noun_cues
from detente.language.bounds import bounded, goes_on
from detente.language.contents import (
    clause_around,
    contrast_of,
    is_courtesy,
    passive_content,
    phrase_content,
    seeming_content,
    spans_of,
    trimmed,
    verb_content,
)
from detente.language.cueing import Hit, find_cues, is_reported
from detente.language.frames import Attribution, AttributionIndex, Sentence, Tense
from detente.language.headlines import headline_attribution
from detente.language.quotations import attach_quotes
from detente.language.quotes import find_quotes
from detente.language.reports import find_report
from detente.language.speakers import NOBODY, SpeakerMemory, Voiced, is_voice, names_report, resolve_speaker
from detente.language.views import view_attribution
from detente.model.actors import ActorKind, Party, Rank
from detente.model.dates import Dated
from detente.model.documents import Rendition
from detente.model.text import Span

_ADVERBS = frozenset({"reportedly", "allegedly", "purportedly", "supposedly"})
_MEASURES = frozenset(
    {
        "plan",
        "plans",
        "law",
        "rules",
        "schedule",
        "size",
        "age",
        "need",
        "needs",
        "type",
        "order",
        "rank",
        "ranks",
    }
)
"""What things go "according to" without anybody saying so."""
_TELLING = frozenset({"suggest", "imply"})
"""Cues by which a thing, too, lets one infer: "the silence suggests that"."""
_OWN_STATEMENT = re.compile(
    r"(?i:(?:press |official |joint )?(?:statement|communiqué|communique) (?:of|by|from|issued by) (?:the )?)"
    r"(?P<who>[A-Z].{2,120})$"
)
_PLAIN_SPEECH = frozenset(
    {
        "say",
        "tell",
        "add",
        "explain",
        "write",
        "argue",
        "warn",
        "reply",
        "answer",
        "insist",
        "predict",
        "forecast",
    }
)
_MOST_WORDS = 400
"""Tokens: a longer "sentence" is a table or a broken page, and its parse says nothing."""


def find_attributions(sentences: Sequence[Sentence], rendition: Rendition) -> tuple[Attribution, ...]:
    """Find the attributions of a whole document, in text order of their content."""
    memory = SpeakerMemory(report=find_report(rendition.text), owner=_owner(sentences, rendition))
    found: list[Attribution] = []
    for sentence in sentences:
        memory.before = sentence.previous
        if len(sentence.span) <= _MOST_WORDS:
            found += _read(sentence, memory)
    quotes = find_quotes(rendition.text, rendition.readable())
    found = attach_quotes(found, quotes, sentences, rendition.text)
    return tuple(sorted(_nest(found), key=lambda a: (a.content[0], a.content[-1].end)))


def _owner(sentences: Sequence[Sentence], rendition: Rendition) -> Party | None:
    """Whose statement a page is by its title: "Press Statement of the Foreign Ministry of Norway"."""
    first = next((line for line in rendition.text.split("\n", 5) if line.strip()), "")
    match = _OWN_STATEMENT.match(rendition.metadata.title.strip()) or _OWN_STATEMENT.match(first.strip())
    if match is None:
        return None
    who = match["who"].strip(" .")
    start = rendition.text.find(who)
    if start < 0:
        return Party(None, who, rank=Rank.OFFICIAL)
    end = start + len(who)
    named = [a for s in sentences[:3] for a in s.actors if a.start is not None and start <= a.start < end]
    people = [party for party in named if party.kind is ActorKind.PERSON]
    state = next((party.state for party in named if party.state), None)
    whole = Party(None, who, state, start, end, ActorKind.ORGANISATION, Rank.OFFICIAL)
    return next(iter(people), whole)


def _read(sentence: Sentence, memory: SpeakerMemory) -> list[Attribution]:
    headline = headline_attribution(sentence, memory)
    found = [headline] if headline is not None else []
    for token in sentence.tokens:
        if token.lower_ in _ADVERBS and token.dep_ == "advmod":
            found += _from_adverb(token, sentence)
        elif token.lower_ == "according":
            found += _from_according(token, sentence, memory)
        elif (viewed := view_attribution(token, sentence, memory)) is not None:
            found.append(viewed)
    voices: dict[int, Token] = {}
    for hit in find_cues(sentence):
        hit = replace(hit, subject=voices.get(hit.token.i, hit.subject))
        said = verb_content(hit.token, hit.cue) if hit.token.pos_ in ("VERB", "AUX") else None
        voices |= _going_on(hit, said)
        attribution = _from_cue(hit, said, sentence, memory)
        if attribution is not None:
            found.append(attribution)
    return found


def _from_cue(
    hit: Hit, said: Sequence[Token] | None, sentence: Sentence, memory: SpeakerMemory
) -> Attribution | None:
    tokens = _content(hit, said)
    if not tokens and "quote" not in hit.cue.frames:
        return None
    voiced = _voice(hit, sentence, memory)
    if voiced is None:
        return None
    spans = tuple(spans_of(trimmed(tokens), sentence))
    cue = _span(hit.token, sentence)
    said_on = _said_on(hit.token, spans, sentence)
    can_speak = all(map(is_voice, voiced.speakers)) or _is_plainly_said(hit)
    if any(link.role == "report" for link in voiced.chain):
        spans = tuple(spans_of(sorted({*tokens, *contrast_of(hit.token)}, key=lambda t: t.i), sentence))
    return Attribution(
        voiced.speakers,
        voiced.chain if can_speak else (),
        hit.cue.lemma,
        cue,
        spans,
        cue_negated=hit.negated,
        cue_tense=hit.tense,
        said_on=said_on,
        strength=_strength(hit.cue, can_speak=can_speak),
    )


def _is_plainly_said(hit: Hit) -> bool:
    """Whether a whole clause hangs on a verb of plain speech: whatever its subject is called, it speaks."""
    verb = hit.token
    told = any(c.dep_ in ("ccomp", "advcl") for c in verb.children) or verb.dep_ == "parataxis"
    person = hit.subject is not None and hit.subject.pos_ in ("NOUN", "PROPN")
    return hit.cue.lemma in _PLAIN_SPEECH and told and person


def _strength(cue: Cue, *, can_speak: bool) -> str:
    """A thing that cannot speak ("the provocation denies our rights") shows at most: its verb is a figure."""
    if not can_speak and cue.lemma in _TELLING:
        return "finding"
    return cue.strength if can_speak or cue.strength == "finding" else "stance"


def _going_on(hit: Hit, said: Sequence[Token] | None) -> dict[int, Token]:
    """Who says what the verbs without a subject of their own say by which this voice goes on."""
    if hit.subject is None or said is None:
        return {}
    joined = goes_on(said, hit.token)
    return {verb.i: hit.subject for verb in joined if not any(c.dep_ == "nsubj" for c in verb.children)}


def _content(hit: Hit, said: Sequence[Token] | None) -> list[Token]:
    told = _told(hit, said)
    if hit.token.dep_ != "parataxis" or hit.subject is None:
        return told
    speaking = {token.i for token in hit.subject.subtree}
    return [token for token in told if token.i not in speaking]


def _told(hit: Hit, said: Sequence[Token] | None) -> list[Token]:
    """The tokens of what a cue tells, from what hangs on it where it is a verb (None for a noun)."""
    if said is None:
        before = [c for c in hit.token.children if c.dep_ == "ccomp" and c.i < hit.token.i]
        return list(before[0].subtree) if before else phrase_content(hit.token, hit.cue)
    if hit.seeming:
        return seeming_content(hit.token)
    tokens = bounded(said, hit.token)
    if _names_cue(tokens, hit) or is_courtesy(hit.token):
        return []
    if not tokens and hit.cue.strength == "finding" and hit.subject is not None and names_report(hit.subject):
        return [t for c in hit.token.children if c.dep_ in ("dobj", "ccomp", "prep") for t in c.subtree]
    if not hit.passive:
        return tokens
    told = hit.subject is not None and bool(hit.cue.frames & {"object", "quote"})
    return passive_content(hit.token, tokens, named=told)


def _names_cue(tokens: Sequence[Token], hit: Hit) -> bool:
    """Whether what is expressed is itself a cue with content: "expressed belief that" is said once."""
    things = [c for c in hit.token.children if c.dep_ == "dobj" and c.lower_ in noun_cues()]
    if not things or "clause" in hit.cue.frames:
        return False
    return bool(tokens) and bool(phrase_content(things[0], noun_cues()[things[0].lower_]))


def _voice(hit: Hit, sentence: Sentence, memory: SpeakerMemory) -> Voiced | None:
    if hit.subject is None:
        return NOBODY if hit.passive or hit.seeming else None
    return resolve_speaker(hit.subject, sentence, memory, quoted=is_reported(hit.token))


def _from_according(token: Token, sentence: Sentence, memory: SpeakerMemory) -> list[Attribution]:
    to = next((child for child in token.children if child.lower_ == "to"), None)
    source = next((child for child in to.children if child.dep_ == "pobj"), None) if to is not None else None
    if to is None or source is None or source.lower_ in _MEASURES:
        return []
    voiced = resolve_speaker(source, sentence, memory)
    spans = tuple(spans_of(bounded(clause_around(token), token), sentence))
    if voiced is None or not spans:
        return []
    cue = Span(_span(token, sentence).start, _span(to, sentence).end)
    return [Attribution(voiced.speakers, voiced.chain, "according to", cue, spans)]


def _from_adverb(token: Token, sentence: Sentence) -> list[Attribution]:
    spans = tuple(spans_of(clause_around(token), sentence))
    told = any(child.dep_ in ("nsubj", "nsubjpass") for child in token.head.children)
    if not spans or not told or token.head.dep_ == "relcl":
        return []
    return [Attribution((), (), token.lower_, _span(token, sentence), spans, cue_tense=Tense.PRESENT)]


def _span(token: Token, sentence: Sentence) -> Span:
    return Span(sentence.position(token), sentence.position(token) + len(token))


def _said_on(verb: Token, content: Sequence[Span], sentence: Sentence) -> Dated | None:
    """The date that hangs on the cue itself, not on what was said."""
    for mention in sentence.dates:
        if any(span.start <= mention.start < span.end for span in content):
            continue
        found = sentence.span.doc.char_span(
            mention.start - sentence.shift, mention.end - sentence.shift, alignment_mode="expand"
        )
        if found is not None and _governor(found.root).i == verb.i:
            return mention.date
    return None


def _governor(token: Token) -> Token:
    """The verb or clause head a word hangs on."""
    while token.head.i != token.i:
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            break
    return token


def _nest(found: Sequence[Attribution]) -> list[Attribution]:
    """Put the chain of the voice that reports another voice before that voice's own."""
    index = AttributionIndex(found)
    return [_inside(attribution, index) for attribution in found]


def _inside(inner: Attribution, index: AttributionIndex) -> Attribution:
    cue = inner.cue
    if cue is None:
        return inner
    around = index.covering(cue.start)
    outers = [a for a in around if a.cue != cue and a.chain and not _reaches(inner, a)]
    outers.sort(key=_width, reverse=True)
    chain = [voice for outer in outers for voice in outer.chain]
    own = [voice for voice in inner.chain if voice not in chain]
    return replace(inner, chain=tuple(dict.fromkeys((*chain, *own)))) if chain else inner


def _reaches(inner: Attribution, outer: Attribution) -> bool:
    return outer.cue is not None and inner.covers(outer.cue.start)


def _width(attribution: Attribution) -> int:
    return sum(span.end - span.start for span in attribution.content)
