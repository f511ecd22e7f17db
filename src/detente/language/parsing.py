"""Parse a rendition block by block and mark its sentences for the finders."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from detente.language.actors import ActorMemory, mark_actors
from detente.language.amounts import find_amounts
from detente.language.attribution import find_attributions
from detente.language.clauses import frame_clauses
from detente.language.dates import DateContext, find_dates
from detente.language.entities import mark_entities
from detente.language.frames import Attribution, ParsedText, Sentence
from detente.language.loading import DEFAULT_MODEL, load_model
from detente.language.places import find_places
from detente.model.dates import Dated
from detente.model.documents import Rendition
from detente.model.records import Voice
from detente.model.text import Block

__all__ = ["DEFAULT_MODEL", "load_model", "parse"]

LONGEST = 20_000
"""Code points parsed at once: the parser's memory grows with the longest text, and no paragraph is longer."""

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(
    rendition: Rendition, *, published: Dated | None, publisher: Voice | None, model: str = DEFAULT_MODEL
) -> ParsedText:
    """Parse the readable blocks of a rendition; blocks in a language we do not read are left out."""
    readable = [block for block in rendition.readable() if block.language in (None, "en")]
    blocks = [piece for block in readable for piece in _pieces(block, rendition.text)]
    docs = load_model(model).pipe(_parsable(rendition.text[block.start : block.end]) for block in blocks)
    context = DateContext(published.lo.year if published and published.lo else None)
    sentences = tuple(_mark(zip(blocks, docs, strict=True), published, context))
    attributions = find_attributions(sentences, rendition)
    for sentence, near in zip(sentences, _by_sentence(sentences, attributions), strict=True):
        sentence.clauses = frame_clauses(sentence, near)
    return ParsedText(
        rendition, published, sentences, attributions, publisher, reference=published or context.anchor
    )


def _by_sentence(
    sentences: Sequence[Sentence], attributions: Sequence[Attribution]
) -> list[list[Attribution]]:
    """The attributions whose content touches each sentence, found by position: long pages hold many."""
    near: list[list[Attribution]] = [[] for _ in sentences]
    order = sorted(range(len(sentences)), key=lambda at: sentences[at].start)
    starts = [sentences[at].start for at in order]
    for attribution in attributions:
        for span in attribution.content:
            first = max(bisect_right(starts, span.start) - 1, 0)
            for at in order[first : bisect_left(starts, span.end)]:
                if not near[at] or near[at][-1] is not attribution:
                    near[at].append(attribution)
    return near


def _pieces(block: Block, text: str) -> Iterator[Block]:
    """Cut a block that is too long to parse at once, at white space where there is any."""
    start = block.start
    while block.end - start > LONGEST:
        space = max(text.rfind(mark, start + 1, start + LONGEST) for mark in (" ", "\n"))
        end = space if space > start else start + LONGEST
        yield replace(block, start=start, end=end)
        start = end
    if start < block.end:
        yield replace(block, start=start, end=block.end)


def _parsable(text: str) -> str:
    """Stand in for lone surrogates, which no parser takes, one code point for one."""
    return LONE_SURROGATE.sub("\ufffd", text)


def _mark(
    parsed: Iterator[tuple[Block, Doc]], published: Dated | None, context: DateContext
) -> Iterator[Sentence]:
    memory = ActorMemory()
    on = published.lo if published else None
    for block, doc in parsed:
        shift = block.start
        actors = mark_actors(doc, shift, on=on, memory=memory)
        dates = find_dates(doc.text, shift, published=published, context=context)
        places, amounts = find_places(doc, shift), find_amounts(doc, shift)
        mark_entities(doc, shift, dates, amounts, places)
        for sent in doc.sents:
            start, end = sent.start_char + shift, sent.end_char + shift
            yield Sentence(
                sent,
                shift,
                block,
                tuple(a for a in actors if a.start is not None and start <= a.start < end),
                tuple(d for d in dates if start <= d.start < end),
                tuple(p for p in places if p.start is not None and start <= p.start < end),
                tuple(a for a in amounts if a.start is not None and start <= a.start < end),
            )
