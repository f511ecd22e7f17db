"""Score attributions against annotated articles: content by overlap of characters, then the speaker.

Each line of the file is {"id", "text", "attributions": [{"source", "cue", "content"}]}, every value a list
of [start, end] in code points. Run `python evaluation/attributions.py FILE.jsonl [--errors N]`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from detente.language.frames import Attribution
from detente.language.parsing import parse
from detente.model.documents import Metadata, Rendition
from detente.model.text import Block, BlockKind

Spans = Sequence[Sequence[int]]


@dataclass
class Score:
    """Counts over all articles; `speaker_right` is out of the pairs whose annotator marked a speaker."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    with_speaker: int = 0
    speaker_right: int = 0
    missed: list[str] = field(default_factory=list)
    spurious: list[str] = field(default_factory=list)
    wrong_speaker: list[str] = field(default_factory=list)
    lemmas: Counter[tuple[str, bool]] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return self.matched / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def speaker(self) -> float:
        return self.speaker_right / self.with_speaker if self.with_speaker else 0.0


def as_rendition(text: str) -> Rendition:
    """Take a plain article, one block a line."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(at, at + len(line), BlockKind.BODY))
        at += len(line) + 1
    return Rendition(text, tuple(blocks), Metadata(), "plain")


def overlap(one: Spans, other: Spans) -> float:
    """Share of code points two lists of spans have in common, of all that either covers."""
    left = {at for start, end in one for at in range(start, end)}
    right = {at for start, end in other for at in range(start, end)}
    return len(left & right) / len(left | right) if left and right else 0.0


def pair(gold: Sequence[Spans], found: Sequence[Spans]) -> Iterator[tuple[int, int]]:
    """Match contents one to one, best overlap first, at least half."""
    rated = [(overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)]
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for rate, i, j in sorted(rated, reverse=True):
        if rate >= 0.5 and i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            yield i, j


def contents(attributions: Iterable[Attribution]) -> list[Spans]:
    return [[(span.start, span.end) for span in a.content] for a in attributions]


def score_article(article: dict, score: Score) -> None:
    text = article["text"]
    found = parse(as_rendition(text), published=None, publisher=None).attributions
    gold = [a for a in article["attributions"] if a["content"]]
    score.gold += len(gold)
    score.found += len(found)
    pairs = dict(pair([g["content"] for g in gold], contents(found)))
    for at, annotated in enumerate(gold):
        if at not in pairs:
            score.missed.append(show(text, annotated["source"], annotated["cue"], annotated["content"]))
            continue
        score.matched += 1
        judge_speaker(text, annotated, found[pairs[at]], score)
    hit = set(pairs.values())
    for at, attribution in enumerate(found):
        score.lemmas[attribution.lemma, at in hit] += 1
        if at not in hit:
            score.spurious.append(describe(text, attribution))


def judge_speaker(text: str, annotated: dict, attribution: Attribution, score: Score) -> None:
    source = annotated["source"]
    if not source:
        return
    score.with_speaker += 1
    named = [(v.start, v.end) for v in (*attribution.speakers, *attribution.chain) if v.start is not None]
    if any(start < s[1] and s[0] < end for start, end in named for s in source):
        score.speaker_right += 1
    else:
        score.wrong_speaker.append(
            show(text, source, annotated["cue"], annotated["content"]) + " <> " + describe(text, attribution)
        )


def show(text: str, *parts: Spans) -> str:
    return " | ".join(" … ".join(text[start:end] for start, end in part)[:110] for part in parts)


def describe(text: str, attribution: Attribution) -> str:
    names = ", ".join(party.text for party in attribution.speakers) or "-"
    said = " … ".join(text[span.start : span.end] for span in attribution.content)
    return f"{names} | {attribution.lemma} | {said[:150]}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("file", type=Path)
    options.add_argument("--errors", type=int, default=0, help="print this many errors of each sort")
    arguments = options.parse_args()
    score = Score()
    began = time.perf_counter()
    for line in arguments.file.read_text(encoding="utf-8").splitlines():
        score_article(json.loads(line), score)
    print(f"content  precision {score.precision:.3f}  recall {score.recall:.3f}  F1 {score.f1:.3f}")
    print(f"speaker  right {score.speaker:.3f} of {score.with_speaker}")
    print(f"gold {score.gold}  found {score.found}  seconds {time.perf_counter() - began:.0f}")
    for name in ("missed", "spurious", "wrong_speaker"):
        sample = getattr(score, name)
        step = max(1, len(sample) // arguments.errors) if arguments.errors else 1
        for line in sample[::step][: arguments.errors]:
            print(f"{name}: {line}".replace("\n", " / "))
    if arguments.errors:
        for (lemma, right), count in score.lemmas.most_common(60):
            print(lemma, "right" if right else "WRONG", count)


if __name__ == "__main__":
    main()
