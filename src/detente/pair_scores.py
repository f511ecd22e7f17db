"""Score the typing of given pairs against a table of sentences: `detente evaluate types`."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from detente.coded import code_line
from detente.errors import UsageError
from detente.model.events import QUAD, EventType
from detente.scoring import Score, macro

COLUMNS = ("sentence", "actor", "recipient", "event_type")
YIELD = "YIELD"
"""The name older tables have for CONCEDE and RETREAT together, counted as material cooperation."""
Key = TypeVar("Key", str, int)
_YIELDS = frozenset({"CONCEDE", "RETREAT"})


@dataclass(slots=True)
class TypingScores:
    """Scores by root and by quad class, and how often a root was taken for another (gold, found)."""

    roots: dict[str, Score] = field(default_factory=dict)
    quads: dict[int, Score] = field(default_factory=dict)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: int = 0

    @property
    def root_macro(self) -> float | None:
        """Mean F1 over the roots of the table."""
        return macro(self.roots.values())

    @property
    def quad_macro(self) -> float | None:
        """Mean F1 over the quad classes of the table."""
        return macro(self.quads.values())


def read_types(path: Path) -> list[dict[str, str]]:
    """Read a table with the columns sentence, actor, recipient, event_type; raises UsageError for another."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            missing = [name for name in COLUMNS if name not in (table.fieldnames or ())]
            if missing:
                raise UsageError(f"{path}: no column {', '.join(missing)}; needed: {', '.join(COLUMNS)}")
            rows = [dict(row) for row in table]
    except (OSError, UnicodeDecodeError) as err:
        raise UsageError(f"{path}: {err}") from err
    known = {*EventType.__members__, YIELD}
    for number, row in enumerate(rows, 2):
        if row["event_type"] not in known:
            raise UsageError(f"{path}, line {number}: '{row['event_type']}' is no PLOVER type")
    return rows


def score_types(rows: Iterable[dict[str, str]]) -> TypingScores:
    """Code each pair and compare roots; with YIELD in the table CONCEDE and RETREAT count as it."""
    listed = list(rows)
    merged = any(row["event_type"] == YIELD for row in listed)
    scores = TypingScores(rows=len(listed))
    for row in listed:
        gold, found = row["event_type"], _found(row)
        if merged:
            gold, found = _merge(gold), _merge(found)
        _count(scores.roots, gold, found)
        _count(scores.quads, _quad(gold), _quad(found))
        if gold != found:
            scores.confusions[gold, found] += 1
    # Only what the table holds is averaged: a type it lacks has no recall to measure.
    golds = {_merge(row["event_type"]) if merged else row["event_type"] for row in listed}
    scores.roots = {name: score for name, score in scores.roots.items() if name in golds}
    scores.quads = {quad: score for quad, score in scores.quads.items() if quad}
    return scores


def lines(scores: TypingScores) -> Iterator[str]:
    """The scores as lines to print."""
    yield f"{'':12} {'P':>6} {'R':>6} {'F1':>6} {'rows':>6}"
    for name, score in sorted(scores.roots.items()):
        cells = "".join(_percent(value) for value in (score.precision, score.recall, score.f1))
        yield f"{name:12}{cells}{score.hits + score.missed:7}"
    yield f"root macro F1 {_percent(scores.root_macro).strip()} of {scores.rows} rows"
    yield f"quad macro F1 {_percent(scores.quad_macro).strip()}"
    yield "most often taken for another:"
    for (gold, found), count in scores.confusions.most_common(10):
        yield f"  {count:4}  {gold} as {found or 'nothing'}"


def _found(row: dict[str, str]) -> str:
    asked = {"id": "1", "text": row["sentence"], "actor": row["actor"], "recipient": row["recipient"]}
    events = code_line(json.dumps(asked))["events"]
    return str(events[0]["event_type"] or "") if events else ""


def _merge(name: str) -> str:
    return YIELD if name in _YIELDS else name


def _quad(name: str) -> int:
    if name == YIELD:
        return 2
    return QUAD[EventType(name)] if name else 0


def _count(table: dict[Key, Score], gold: Key, found: Key) -> None:
    if gold == found:
        table.setdefault(gold, Score()).hits += 1
        return
    table.setdefault(gold, Score()).missed += 1
    table.setdefault(found, Score()).false += 1


def _percent(value: float | None) -> str:
    return f"{'-' if value is None else f'{100 * value:.1f}':>7}"
