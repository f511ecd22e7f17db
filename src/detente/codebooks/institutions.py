"""The words by which institutions' acts are known, from `institutions.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from detente.errors import CodebookError

FILE = "institutions.toml"
Words = Mapping[str, frozenset[str]]


@cache
def cues(section: str) -> Words:
    """The word lists of one section ("vote", "measure"...) by name; raises CodebookError when it is wrong."""
    lists = _load().get(section)
    if not isinstance(lists, dict):
        raise CodebookError(f"{FILE}: section [{section}] is missing")
    return {name: _words(section, name, words) for name, words in lists.items()}


def number_words() -> frozenset[str]:
    """Words after which a number is part of a name: "Resolution 2397", "Office 39"."""
    return cues("numbers")["labels"]


@cache
def _load() -> dict[str, object]:
    try:
        text = files("detente.codebooks").joinpath(FILE).read_text(encoding="utf-8")
        return tomllib.loads(text)
    except (OSError, tomllib.TOMLDecodeError) as err:
        raise CodebookError(f"{FILE}: {err}") from err


def _words(section: str, name: str, words: object) -> frozenset[str]:
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise CodebookError(f"{FILE}: [{section}] {name} must be a list of words")
    return frozenset(words)
