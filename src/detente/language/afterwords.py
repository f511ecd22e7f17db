"""Find whose a quotation is that stands alone: a later sentence says who spoke, or who wrote the line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Token

from detente.language.frames import Sentence
from detente.language.quotes import Quote
from detente.language.speakers import NOBODY, SpeakerMemory, Voiced, resolve_speaker, voice
from detente.model.actors import ActorKind, Party

_SPEAKING = frozenset({"spoke", "speaking", "speaks", "addressed", "addressing", "told", "wrote", "writes"})
_LINES = frozenset(
    {"remark", "remarks", "words", "line", "lines", "verdict", "advice", "statement", "comment"}
) | {
    "sentence",
    "quote",
    "warning",
    "message",
    "judgement",
    "judgment",
    "appeal",
    "author",
    "passage",
    "paper",
    "text",
    "recommendation",
    "commentary",
}
_MADE = frozenset({"made", "uttered", "delivered", "issued", "drafted", "written", "posted"})
_REACH = 4
"""Sentences after a quotation in which its speaker may be named."""


def told_after(quote: Quote, text: str, sentences: Sequence[Sentence], starts: list[int]) -> Voiced:
    """Who spoke a quotation that is a sentence of its own, by a later sentence; nobody where none says."""
    if not sentences or not _is_alone(quote, text):
        return NOBODY
    first = bisect_left(starts, quote.end - 1)
    for sentence in sentences[first : first + _REACH]:
        words = {token.lower_ for token in sentence.tokens}
        if set(sentence.span.text.lstrip("”\"'» ")) & {'"', "“", "«"}:
            return NOBODY
        if words & _SPEAKING and (voiced := _speaking(sentence)).speakers:
            return voiced
        if words & (_LINES | _MADE) and (voiced := _owner_of_line(sentence)).speakers:
            return voiced
    return NOBODY


def _is_alone(quote: Quote, text: str) -> bool:
    """Whether a quotation opens where a sentence ends and closes with one."""
    before, after = text[: quote.start].rstrip(), text[quote.end :].lstrip(" ")
    closed = text[quote.start : quote.end].rstrip("”\"'»").rstrip()[-1:] in ".!?…"
    return (
        closed
        and (not before or before[-1] in '.!?:\n”"')
        and (not after or after[0].isupper() or after[0] == "\n")
    )


def _speaking(sentence: Sentence) -> Voiced:
    for token in sentence.tokens:
        if token.lower_ in _SPEAKING and token.pos_ == "VERB":
            subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
            if subject is not None and (voiced := _voiced(subject, sentence)).speakers:
                return voiced
            people = [p for p in sentence.actors if p.kind is ActorKind.PERSON]
            return _voice_of(people[-1:])
    return NOBODY


def _owner_of_line(sentence: Sentence) -> Voiced:
    """Whose line it was: "the remark was X's", "comes from X", "was drafted by X", "X made the remark"."""
    for token in sentence.tokens:
        if (
            token.lower_ in ("from", "by")
            and token.dep_ in ("prep", "agent")
            and token.head.pos_ in ("VERB", "AUX")
        ):
            noun = next((c for c in token.children if c.dep_ == "pobj"), None)
            if noun is not None and (voiced := _voiced(noun, sentence)).speakers:
                return voiced
    people = [party for party in sentence.actors if party.kind is ActorKind.PERSON]
    return _voice_of(people[-1:])


def _voiced(head: Token, sentence: Sentence) -> Voiced:
    if head.pos_ == "PRON":
        return NOBODY
    return resolve_speaker(head, sentence, SpeakerMemory()) or NOBODY


def _voice_of(parties: Sequence[Party]) -> Voiced:
    return Voiced(tuple(parties), tuple(voice("speaker", party) for party in parties))
