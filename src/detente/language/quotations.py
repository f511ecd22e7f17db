"""Give each quotation to its speaker: beside the cue, around it, after it, or in the next paragraph."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from detente.codebooks.cues import verb_cues
from detente.language.afterwords import told_after
from detente.language.frames import Attribution, Sentence, Tense
from detente.language.quotes import Quote
from detente.model.text import Span

_LEAST_WORDS = 5
"""Words: shorter quotations are a borrowed term, not speech, unless a cue holds them."""
_NEAR = 90
"""Code points between a quotation and its cue: room for a name with its title."""
_TITLES = (" title", " titled", " entitled", " headline", " headlined", " slogan", " slogans")
_TITLE_ROOM = 24
"""Code points before a quotation in which "under the title" stands."""
_MOSTLY = 0.6


def attach_quotes(
    found: Sequence[Attribution], quotes: Sequence[Quote], sentences: Sequence[Sentence], text: str
) -> list[Attribution]:
    """Widen contents to the quotations they stand in, and give the rest of the quotations to their speakers.

    Attributions that end without any content are dropped.
    """
    work = list(found)
    starts = [sentence.start for sentence in sentences]
    for quote in quotes:
        holders = [at for at, a in enumerate(work) if _holds(a, quote)]
        for at in holders:
            work[at] = _widen(work[at], quote)
        if holders or not _is_speech(quote, text):
            continue
        _give(work, quote, text, sentences, starts)
    return [_marked(a, quotes) for a in work if a.content]


def _inside(span: Span | None, quote: Quote) -> bool:
    return span is not None and any(s.start <= span.start and span.end <= s.end for s in quote.spans)


def _holds(attribution: Attribution, quote: Quote) -> bool:
    """Whether what is said reaches into the quotation while the cue stands outside it."""
    if attribution.lemma in ("reportedly",) or _inside(attribution.cue, quote):
        return False
    return any(part.overlap(span) for part in attribution.content for span in quote.spans)


def _widen(attribution: Attribution, quote: Quote) -> Attribution:
    parts = list(attribution.content)
    for span in quote.spans:
        touched = [part for part in parts if part.overlap(span)]
        if not touched and span is quote.spans[0]:
            continue
        start = min([span.start, *(part.start for part in touched)])
        end = max([span.end, *(part.end for part in touched)])
        parts = [part for part in parts if part not in touched] + [Span(start, end)]
    return replace(attribution, content=_without_cue(sorted(parts), attribution.cue))


def _without_cue(parts: list[Span], cue: Span | None) -> tuple[Span, ...]:
    if cue is None:
        return tuple(parts)
    return tuple(part for part in parts if not (part.start <= cue.start and cue.end <= part.end)) or tuple(
        parts
    )


def _is_speech(quote: Quote, text: str) -> bool:
    words = " ".join(text[s.start : s.end] for s in quote.spans).strip("“”\"'‘’„«» ")
    before = text[max(0, quote.start - _TITLE_ROOM) : quote.start].lower().rstrip(" ,:")
    if before.endswith(_TITLES):
        return False
    return len(words.split()) >= _LEAST_WORDS and (words[0].isupper() or words[-1] in ".,!?…")


def _give(
    work: list[Attribution], quote: Quote, text: str, sentences: Sequence[Sentence], starts: list[int]
) -> None:
    """Find the speaker of a quotation no content reaches, and add it to what they said."""
    at = _beside(work, quote, text)
    if at is None:
        at = _continued(work, quote, text, sentences, starts)
    if at is not None:
        mine = tuple(sorted((*work[at].content, *quote.spans)))
        work[at] = replace(work[at], content=mine, is_quote=True)
        return
    above = _paragraph_above(work, quote, text)
    voiced = above if above is not None else told_after(quote, text, sentences, starts)
    if voiced.speakers:
        work.append(
            Attribution(voiced.speakers, voiced.chain, "", None, quote.spans, True, cue_tense=Tense.PAST)
        )


def _beside(work: Sequence[Attribution], quote: Quote, text: str) -> int | None:
    """The nearest cue of speech without content of its own, next to the quotation in its paragraph."""
    best: tuple[int, int] | None = None
    for at, attribution in enumerate(work):
        if attribution.cue is None or not _can_quote(attribution) or attribution.content:
            continue
        gap = _gap(quote, attribution.cue)
        between = _between(quote, attribution.cue, text)
        if gap <= _NEAR and "\n\n" not in between and (best is None or gap < best[0]):
            best = (gap, at)
    return best[1] if best else None


def _gap(quote: Quote, cue: Span) -> int:
    return min(
        cue.start - quote.end if cue.start >= quote.end else 10**9,
        quote.start - cue.end if quote.start >= cue.end else 10**9,
    )


def _between(quote: Quote, cue: Span, text: str) -> str:
    return text[quote.end : cue.start] if cue.start >= quote.end else text[cue.end : quote.start]


def _can_quote(attribution: Attribution) -> bool:
    return any("quote" in cue.frames for cue in verb_cues().get(attribution.lemma, ()))


def _continued(
    work: Sequence[Attribution], quote: Quote, text: str, sentences: Sequence[Sentence], starts: list[int]
) -> int | None:
    """The speech this quotation goes on with: its cue stands in the same or the last sentence."""
    if not sentences:
        return None
    own = sentences[max(0, bisect_right(starts, quote.start) - 1)]
    before = sentences[max(0, bisect_right(starts, own.start - 1) - 1)]
    best: tuple[int, int] | None = None
    for at, attribution in enumerate(work):
        cue = attribution.cue
        if cue is None or not before.start <= cue.start < quote.start or not _can_quote(attribution):
            continue
        if attribution.content and attribution.content[0].start > quote.end:
            continue
        between = text[cue.start : quote.start]
        if "\n" in between and not between.rstrip().endswith(":"):
            continue
        if best is None or cue.start > best[0]:
            best = (cue.start, at)
    return best[1] if best else None


def _paragraph_above(work: Sequence[Attribution], quote: Quote, text: str) -> Attribution | None:
    """Who spoke at the end of the paragraph above, when the quotation is a paragraph of its own."""
    line_start = text.rfind("\n", 0, quote.start) + 1
    line_end = text.find("\n", quote.end)
    rest = text[line_start : quote.start] + text[quote.end : line_end if line_end >= 0 else len(text)]
    if any(char.isalnum() for char in rest):
        return None
    above_end = len(text[:line_start].rstrip())
    above_start = text.rfind("\n", 0, above_end) + 1
    told = [a for a in work if a.speakers and above_start <= _last(a) <= above_end]
    told = [a for a in told if a.lemma == "" or _can_quote(a)]
    return max(told, key=_last, default=None)


def _last(attribution: Attribution) -> int:
    ends = [span.end for span in attribution.content]
    return max([*ends, attribution.cue.end if attribution.cue else 0], default=0)


def _marked(attribution: Attribution, quotes: Sequence[Quote]) -> Attribution:
    total = sum(span.end - span.start for span in attribution.content)
    inside = sum(
        part.overlap(span) for quote in quotes for span in quote.spans for part in attribution.content
    )
    return replace(attribution, is_quote=inside > _MOSTLY * total)
