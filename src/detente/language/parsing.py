"""Parse a rendition block by block and mark its sentences for the finders."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from detente.language.actors import ActorMemory, mark_actors
from detente.language.amounts import find_amounts
from detente.language.attribution import find_attributions
from detente.language.casing import sentence_case
from detente.language.clauses import frame_clauses
from detente.language.dates import DateContext, find_dates
from detente.language.entities import mark_entities
from detente.language.frames import Attribution, ParsedText, Sentence
from detente.language.loading import DEFAULT_MODEL, load_model
from detente.language.pieces import Piece, cut_pieces, home_of
from detente.language.places import find_places
from detente.language.source import keep_text, text_of
from detente.model.dates import Dated
from detente.model.documents import Rendition
from detente.model.records import Voice

__all__ = ["DEFAULT_MODEL", "load_model", "parse"]

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(
    rendition: Rendition,
    *,
    published: Dated | None,
    publisher: Voice | None,
    model: str = DEFAULT_MODEL,
    gated: bool = True,
) -> ParsedText:
    """Parse the readable blocks of a rendition; blocks in a language we do not read are left out.

    `gated` leaves out sentences that by their words hold no record; a given pair asks for all.
    """
    readable = [block for block in rendition.readable() if block.language in (None, "en")]
    text, home = rendition.text, home_of(rendition.text)
    pieces = [piece for block in readable for piece in cut_pieces(block, text, gated=gated, home=home)]
    docs = _docs(pieces, text, model)
    context = DateContext(published.lo.year if published and published.lo else None)
    sentences = tuple(_mark(zip(pieces, docs, strict=True), published, context))
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


def _docs(pieces: Sequence[Piece], text: str, model: str) -> Iterator[Doc]:
    """Parse the pieces let through; the others are only split into words, for the names in them."""
    nlp = load_model(model)
    sources = [_parsable(text[piece.start : piece.end]) for piece in pieces]
    held = (sentence_case(source, model) for source, piece in zip(sources, pieces, strict=True) if piece.held)
    parsed = nlp.pipe(held)
    for source, piece in zip(sources, pieces, strict=True):
        yield keep_text(next(parsed) if piece.held else _unparsed(nlp.make_doc(source)), source)


def _unparsed(doc: Doc) -> Doc:
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


def _parsable(text: str) -> str:
    """Stand in for lone surrogates, which no parser takes, one code point for one."""
    return LONE_SURROGATE.sub("\ufffd", text)


def _mark(
    parsed: Iterator[tuple[Piece, Doc]], published: Dated | None, context: DateContext
) -> Iterator[Sentence]:
    memory = ActorMemory()
    on = published.lo if published else None
    previous = 0
    for piece, doc in parsed:
        shift = piece.start
        actors = mark_actors(doc, shift, on=on, memory=memory)
        dates = find_dates(text_of(doc), shift, published=published, context=context)
        if not piece.held:
            previous = piece.last
            continue
        places, amounts = find_places(doc, shift, actors), find_amounts(doc, shift)
        mark_entities(doc, shift, dates, amounts, places)
        for sent in doc.sents:
            start, end = sent.start_char + shift, sent.end_char + shift
            yield Sentence(
                sent,
                shift,
                piece.block,
                tuple(a for a in actors if a.start is not None and start <= a.start < end),
                tuple(d for d in dates if start <= d.start < end),
                tuple(p for p in places if p.start is not None and start <= p.start < end),
                tuple(a for a in amounts if a.start is not None and start <= a.start < end),
                previous=previous,
            )
            previous = start
