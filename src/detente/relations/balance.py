"""Structural balance of signed relations: which triangles hold together, and where they pull.

A triangle is balanced when the product of its signs is positive (Heider 1946; Cartwright and Harary 1956).
Most triangles of states are of three friends, and states live with imbalance for long: it is an indicator
of pressure, not a forecast.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

Tie = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Census:
    """Triangles by how many of their three ties are negative: none, one, two, three."""

    counts: tuple[int, int, int, int]

    @property
    def triangles(self) -> int:
        """All of them."""
        return sum(self.counts)

    @property
    def balanced(self) -> float | None:
        """The share with an even number of negative ties; None without triangles."""
        return (self.counts[0] + self.counts[2]) / self.triangles if self.triangles else None

    @property
    def balanced_among_strained(self) -> float | None:
        """The same among triangles with a negative tie: those of three friends say little."""
        strained = sum(self.counts[1:])
        return self.counts[2] / strained if strained else None


@dataclass(frozen=True, slots=True)
class Pull:
    """What two sides of a triangle ask of the third: the product of their values, in [-1, 1].

    `tie` is the third with its own `value`. They pull it where it stands (`is_at_ease`) or the other way.
    """

    tie: Tie
    value: float
    pull: float

    @property
    def is_at_ease(self) -> bool:
        """Whether the tie has the sign that the two others ask for, or they ask for none."""
        return self.value * self.pull >= 0


def signs(values: Mapping[Tie, float | None]) -> dict[Tie, int]:
    """Give each tie its sign, 1 or -1; ties of value zero or None have none and are left out."""
    return {_tie(*tie): 1 if value > 0 else -1 for tie, value in values.items() if value}


def census(ties: Mapping[Tie, int]) -> Census:
    """Count a signed network's triangles by their negative ties. Raises ValueError for a tie to itself."""
    counts = [0, 0, 0, 0]
    held = {_tie(*tie): sign for tie, sign in ties.items()}
    for triangle in triangles(held):
        counts[sum(held[tie] < 0 for tie in combinations(triangle, 2))] += 1
    return Census((counts[0], counts[1], counts[2], counts[3]))


def triangles(ties: Iterable[Tie]) -> Iterator[tuple[str, str, str]]:
    """Give every three that are all tied to each other, each once and sorted."""
    after: dict[str, set[str]] = defaultdict(set)
    for first, second in {_tie(*tie) for tie in ties}:
        after[first].add(second)
    for first in sorted(after):
        for second in sorted(after[first]):
            for third in sorted(after[first] & after.get(second, set())):
                yield first, second, third


def pulls(values: Mapping[Tie, float], three: tuple[str, str, str]) -> tuple[Pull, ...]:
    """Say of each side of a triangle which way the two others pull it."""
    held = {_tie(*tie): value for tie, value in values.items()}
    found = []
    for tie in combinations(sorted(three), 2):
        (third,) = set(three) - set(tie)
        product = held[_tie(tie[0], third)] * held[_tie(tie[1], third)]
        found.append(Pull(tie, held[tie], product))
    return tuple(found)


def _tie(one: str, other: str) -> Tie:
    if one == other:
        raise ValueError(f"'{one}' has no tie to itself")
    return (one, other) if one < other else (other, one)
