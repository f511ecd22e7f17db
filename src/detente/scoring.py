"""Count hits, misses and false finds, and turn them into precision, recall and F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

Gold = TypeVar("Gold")
Found = TypeVar("Found")


@dataclass(slots=True)
class Score:
    """Hits, misses and false finds; each measure is None where there is nothing to measure."""

    hits: int = 0
    missed: int = 0
    false: int = 0

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else None

    @property
    def recall(self) -> float | None:
        """The share of what is there that was found."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two (van Rijsbergen 1979), 0 where nothing is right."""
        total = 2 * self.hits + self.missed + self.false
        return 2 * self.hits / total if total else None


@dataclass(slots=True)
class Board:
    """Scores by name, and shares such as "status right" with their counts."""

    scores: dict[str, Score] = field(default_factory=dict)
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)

    def score(self, name: str) -> Score:
        """The score of a name, made when first asked for."""
        return self.scores.setdefault(name, Score())

    def judge(self, name: str, is_right: bool) -> None:
        """Count one answer of a share."""
        self.asked[name] += 1
        self.right[name] += is_right

    def share(self, name: str) -> float | None:
        """The share of right answers; None where nothing was asked."""
        return self.right[name] / self.asked[name] if self.asked[name] else None


def pair_off(
    gold: Sequence[Gold], found: Sequence[Found], agree: Callable[[Gold, Found], float]
) -> list[tuple[Gold, Found]]:
    """Pair gold and found one to one, best agreement first; an agreement of 0 is no pair."""
    ranked = sorted(
        ((agree(g, f), -i, -j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True
    )
    pairs: list[tuple[Gold, Found]] = []
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for agreement, i, j in ranked:
        if agreement > 0 and -i not in used_gold and -j not in used_found:
            used_gold.add(-i)
            used_found.add(-j)
            pairs.append((gold[-i], found[-j]))
    return pairs


def macro(scores: Iterable[Score]) -> float | None:
    """The mean F1 over the scores that have one."""
    values = [score.f1 for score in scores if score.f1 is not None]
    return sum(values) / len(values) if values else None
