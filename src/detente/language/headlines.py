"""Read the short forms of headlines and transcripts: "Minister: talks go on", "Talks go on: minister"."""

from __future__ import annotations

import re

from spacy.tokens import Token

from detente.codebooks.cues import voice_words
from detente.language.contents import trim
from detente.language.frames import Attribution, Sentence, Tense
from detente.language.source import text_of
from detente.language.speakers import SpeakerMemory, resolve_speaker
from detente.model.text import BlockKind, Span

_MOST_NAME_WORDS = 5
_LEAST_CONTENT_WORDS = 3
_MARKS = frozenset({"“", '"', "``", "''", "‘"})
_ENDS = re.compile(r"[.!?;]")


def headline_attribution(sentence: Sentence, memory: SpeakerMemory) -> Attribution | None:
    """Read "X: what X says" at the head of a heading or a transcript's line; None when it is not one."""
    tokens = list(sentence.tokens)
    colon = next((at for at, token in enumerate(tokens[: _MOST_NAME_WORDS + 1]) if token.text == ":"), None)
    if colon is not None and colon > 0 and len(tokens) - colon > _LEAST_CONTENT_WORDS:
        quoted = tokens[colon + 1].text in _MARKS and all(t.pos_ == "PROPN" for t in tokens[:colon])
        if quoted or _names_voice(tokens[:colon], sentence):
            return _make(tokens[:colon], tokens[colon], tokens[colon + 1 :], sentence, memory)
        return None
    if sentence.block.kind is BlockKind.HEADING:
        return _voice_last(tokens, sentence, memory)
    return None


def _voice_last(tokens: list[Token], sentence: Sentence, memory: SpeakerMemory) -> Attribution | None:
    colons = [at for at, token in enumerate(tokens) if token.text == ":"]
    if not colons:
        return None
    at = colons[-1]
    name = tokens[at + 1 :]
    if at < _LEAST_CONTENT_WORDS or not 0 < len(name) <= _MOST_NAME_WORDS or not _names_voice(name, sentence):
        return None
    return _make(name, tokens[at], tokens[:at], sentence, memory)


def _names_voice(name: list[Token], sentence: Sentence) -> bool:
    """Whether the words are a name that can speak, and nothing else."""
    first, last = name[0], name[-1]
    if first.pos_ in ("ADP", "DET", "PRON", "SCONJ", "ADV", "VERB", "NUM") or _ENDS.search(first.text):
        return False
    if last.lower_ in voice_words():
        return True
    if not all(token.pos_ in ("PROPN", "PUNCT", "PART", "ADJ") for token in name) or last.pos_ != "PROPN":
        return False
    at = sentence.position(first)
    known = any(
        a.start is not None and a.start <= at and (a.end or 0) >= sentence.position(last)
        for a in sentence.actors
    )
    shouted = all(token.is_upper for token in name if token.is_alpha)
    return known or shouted


def _make(
    name: list[Token], colon: Token, said: list[Token], sentence: Sentence, memory: SpeakerMemory
) -> Attribution | None:
    start, end = sentence.position(said[0]), sentence.position(said[-1]) + len(said[-1])
    content = trim(text_of(sentence.span.doc), Span(start, end), sentence.shift)
    voiced = resolve_speaker(name[-1], sentence, memory)
    if content is None or voiced is None:
        return None
    cue = Span(sentence.position(colon), sentence.position(colon) + 1)
    return Attribution(voiced.speakers, voiced.chain, ":", cue, (content,), cue_tense=Tense.PRESENT)
