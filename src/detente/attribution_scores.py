"""Score attributions against annotated articles: `detente evaluate attributions`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.errors import UsageError
from detente.language.frames import Attribution
from detente.language.parsing import parse
from detente.model.documents import Metadata, Rendition
from detente.model.text import Block, BlockKind
from detente.scoring import Score, pair_off

Spans = Sequence[Sequence[int]]
Article = dict[str, Any]
PARTS = ("source", "cue", "content")
LEAST_OVERLAP = 0.5
"""Share of the code points either content covers that both must cover: they say the same."""


@dataclass(slots=True)
class AttributionScores:
    """Contents found, missed and false, one to one; the speaker judged where the annotator marked one."""

    content: Score = field(default_factory=Score)
    with_speaker: int = 0
    speaker_right: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    wrong_speaker: list[str] = field(default_factory=list)
    cues: Counter[tuple[str, bool]] = field(default_factory=Counter)

    @property
    def speaker(self) -> float | None:
        """The share of found contents whose speaker is the annotator's; None where none was marked."""
        return self.speaker_right / self.with_speaker if self.with_speaker else None


def read_attributions(path: Path) -> list[Article]:
    """Read articles, one JSON object a line: {"text", "attributions": [{"source", "cue", "content"}]}.

    Every part is a list of [start, end] in code points of the text. Raises UsageError for another shape.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as err:
        raise UsageError(f"{path}: {err}") from err
    return [_article(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _article(path: Path, number: int, line: str) -> Article:
    where = f"{path}, line {number}"
    try:
        article = json.loads(line)
        text, marked = article["text"], article["attributions"]
        fits = all(
            0 <= start <= end <= len(text) for one in marked for part in PARTS for start, end in one[part]
        )
    except (ValueError, KeyError, TypeError) as err:
        raise UsageError(f"{where}: needs text and attributions with {', '.join(PARTS)}") from err
    if not fits:
        raise UsageError(f"{where}: an offset lies outside of the text")
    return dict(article)


def score_attributions(articles: Iterable[Article]) -> AttributionScores:
    """Find the attributions of each article and hold them against what was marked."""
    scores = AttributionScores()
    for article in articles:
        _score_article(article, scores)
    return scores


def report(scores: AttributionScores, errors: int = 0) -> Iterator[str]:
    """The scores as lines to print; with `errors` that many of each sort of error, and the commonest cues."""
    content = scores.content
    cells = (_percent(value) for value in (content.precision, content.recall, content.f1))
    yield "content  P {}  R {}  F1 {}".format(*cells)
    yield f"speaker right {_percent(scores.speaker)} of {scores.with_speaker}"
    yield f"marked {content.hits + content.missed}  found {content.hits + content.false}"
    for name in ("missed", "false", "wrong_speaker") if errors else ():
        sample = getattr(scores, name)
        for line in sample[:: max(1, len(sample) // errors)][:errors]:
            yield f"{name}: {' / '.join(line.split(chr(10)))}"
    for (lemma, right), count in scores.cues.most_common(40) if errors else ():
        yield f"{count:5} {'right' if right else 'false'} {lemma or '(quotation)'}"


def plain_rendition(text: str) -> Rendition:
    """Take a plain article, one block a line."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(at, at + len(line), BlockKind.BODY))
        at += len(line) + 1
    return Rendition(text, tuple(blocks), Metadata(), "plain")


def _score_article(article: Article, scores: AttributionScores) -> None:
    text = article["text"]
    found = list(parse(plain_rendition(text), published=None, publisher=None).attributions)
    marked = [one for one in article["attributions"] if one["content"]]
    pairs = pair_off(marked, found, _same_content)
    met, used = {id(one) for one, _ in pairs}, {id(ours) for _, ours in pairs}
    scores.content.hits += len(pairs)
    scores.content.missed += len(marked) - len(pairs)
    scores.content.false += len(found) - len(pairs)
    for one, ours in pairs:
        _judge_speaker(text, one, ours, scores)
    scores.missed += [_shown(text, one) for one in marked if id(one) not in met]
    scores.false += [_described(text, ours) for ours in found if id(ours) not in used]
    scores.cues.update((ours.lemma, id(ours) in used) for ours in found)


def _same_content(marked: Article, ours: Attribution) -> float:
    share = _overlap(marked["content"], [(span.start, span.end) for span in ours.content])
    return share if share >= LEAST_OVERLAP else 0.0


def _overlap(one: Spans, other: Spans) -> float:
    left = {at for start, end in one for at in range(start, end)}
    right = {at for start, end in other for at in range(start, end)}
    return len(left & right) / len(left | right) if left and right else 0.0


def _judge_speaker(text: str, marked: Article, ours: Attribution, scores: AttributionScores) -> None:
    if not marked["source"]:
        return
    scores.with_speaker += 1
    named = [(party.start, party.end) for party in ours.speakers if party.start is not None and party.end]
    named += [(voice.start, voice.end) for voice in ours.chain if voice.start is not None and voice.end]
    if any(start < to and at < end for start, end in named for at, to in marked["source"]):
        scores.speaker_right += 1
    else:
        scores.wrong_speaker.append(f"{_shown(text, marked)} <> {_described(text, ours)}")


def _shown(text: str, marked: Article) -> str:
    return " | ".join(" … ".join(text[start:end] for start, end in marked[part])[:110] for part in PARTS)


def _described(text: str, ours: Attribution) -> str:
    names = ", ".join(party.text for party in ours.speakers) or "-"
    said = " … ".join(text[span.start : span.end] for span in ours.content)
    return f"{names} | {ours.lemma} | {said[:150]}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}"
