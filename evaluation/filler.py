"""Sentences, headlines and page furniture of invented news, drawn from a small grammar by a seed."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from random import Random

_WORDS = Path(__file__).parent / "page_shapes" / "words.toml"


@cache
def _grammar() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


class Filler:
    """Draws text in one language; the same seed gives the same text."""

    def __init__(self, seed: str, language: str = "en") -> None:
        self._random = Random(seed)
        self._parts = _grammar()[language]
        self._joint = "" if language == "ja" else " "

    def sentence(self) -> str:
        """One sentence of 8 to 40 words."""
        number = str(self._random.randint(3, 940))
        drawn = {name: self._random.choice(options) for name, options in self._parts.items()}
        return drawn["pattern"].format(**drawn, number=number)

    def paragraph(self, fewest: int = 1, most: int = 4) -> str:
        """One to four sentences."""
        return self._joint.join(self.sentence() for _ in range(self._random.randint(fewest, most)))

    def pick(self, name: str) -> str:
        """One phrase of a list: a headline, a name, a menu entry, a remark."""
        number = str(self._random.randint(3, 940))
        return self._random.choice(self._parts[name]).replace("#", number)

    def opinion(self) -> str:
        """A reader's comment of one to three sentences."""
        return self._joint.join([self.pick("remark"), self.paragraph(0, 2)]).strip()
