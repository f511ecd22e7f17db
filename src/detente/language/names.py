"""Find the codebook's names in a text: word boundaries, case, hyphens, longest match first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from detente.codebooks.actor_words import descriptions
from detente.codebooks.actors import load_actors
from detente.codebooks.tables import read_table

_WORD = re.compile(r"(?:[A-Z]\.){2,}(?![A-Za-z])|[^\W_]+|['’]s\b|\S")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z])")
_HYPHENS = frozenset("-‐‑–—")
_ACRONYM_LENGTH = 6
_GLUE_AFTER = 2
_STATE_FORMS = ("Republic", "Kingdom", "State", "Socialist Republic", "Federal Republic", "Islamic Republic")


class NameKind(Enum):
    """What a name stands for."""

    STATE = auto()
    ADJECTIVE = auto()
    PEOPLE = auto()
    CAPITAL = auto()
    PERSON = auto()
    ALONE = auto()
    SHORT = auto()
    ORGANISATION = auto()
    TITLE = auto()
    ROLE = auto()
    DESCRIPTION = auto()
    STRANGER = auto()
    STRANGE_BODY = auto()
    PLACE = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a block: its text and where it stands in the block."""

    text: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        """Whether it opens with a capital letter."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Name:
    """An entry of the codebook under one of its names; `id` is the actor's, the title's or the role's."""

    kind: NameKind
    id: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Names that fit the words `[first, last)`."""

    first: int
    last: int
    names: tuple[Name, ...]

    def of(self, *kinds: NameKind) -> tuple[Name, ...]:
        """The names of these kinds."""
        return tuple(name for name in self.names if name.kind in kinds)


def split_words(text: str) -> list[Word]:
    """Split a block into words; glued ones ("GeneralKim") and possessive "'s" come apart."""
    words: list[Word] = []
    for found in _WORD.finditer(text):
        word, start = found.group(), found.start()
        if word.islower() or word.istitle() or word.isupper():
            words.append(Word(word, start, found.end()))
            continue
        for part in _CAMEL.split(word):
            words.append(Word(part, start, start + len(part)))
            start += len(part)
    return words


class _Node:
    """A node of the tree of names, keyed by case-folded words."""

    __slots__ = ("names", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.names: list[Name] = []


def find_names(words: list[Word]) -> list[Match]:
    """Find the names in text order; of overlapping ones the first, then the longest, is kept.

    A word glued to a full name ("Kim Jong Unreceived") is cut in two in `words`.
    """
    root = _tree()
    matches: list[Match] = []
    at = 0
    while at < len(words):
        match = _longest(root, words, at) if words[at].text[0].isalnum() else None
        if match and not _is_shadow(root, words, match):
            matches.append(match)
            at = match.last
        else:
            at += 1
    return matches


def _is_shadow(root: _Node, words: list[Word], match: Match) -> bool:
    """Whether a description only covers the head of a name: "the North" of "the North Korean army"."""
    if any(name.kind is not NameKind.DESCRIPTION for name in match.names):
        return False
    inner = (_longest(root, words, at) for at in range(match.first + 1, match.last))
    return any(found is not None and found.last > match.last for found in inner)


def _longest(root: _Node, words: list[Word], first: int) -> Match | None:
    node, at, best = root.next.get(words[first].text.casefold()), first + 1, None
    while node is not None:
        if node.names:
            fitting = tuple(name for name in node.names if _fits(name, words, first, at))
            if fitting:
                best = Match(first, at, fitting)
        while at + 1 < len(words) and words[at].text in _HYPHENS and words[at].start == words[at - 1].end:
            at += 1
        if at >= len(words):
            break
        following = node.next.get(words[at].text.casefold().replace("’", "'"))
        if following is None and at - first >= _GLUE_AFTER:
            following = _cut_glued(node, words, at)
        node, at = following, at + 1
    return best


def _cut_glued(node: _Node, words: list[Word], at: int) -> _Node | None:
    """Cut a lower-case word off the last word of a person's name that stands glued before it."""
    word = words[at]
    for key, following in node.next.items():
        rest = word.text[len(key) :]
        person = any(name.kind is NameKind.PERSON for name in following.names)
        if person and len(rest) > 1 and rest.islower() and word.text[: len(key)].casefold() == key:
            middle = word.start + len(key)
            words[at : at + 1] = [
                Word(word.text[: len(key)], word.start, middle),
                Word(rest, middle, word.end),
            ]
            return following
    return None


def _fits(name: Name, words: Sequence[Word], first: int, last: int) -> bool:
    expected = iter(name.words)
    glued = False
    for word in words[first:last]:
        if word.text in _HYPHENS:
            glued = True
            continue
        if not _same_case(next(expected), word.text, glued=glued):
            return False
        glued = False
    return True


def _same_case(expected: str, seen: str, *, glued: bool) -> bool:
    if expected == seen or expected.islower() or not expected[0].isalpha():
        return True
    if expected.isupper() and len(expected) <= _ACRONYM_LENGTH:
        return False
    return seen[0].isupper() or glued


@cache
def _tree() -> _Node:
    root = _Node()
    for kind, id_, text in _entries():
        name_words = tuple(word.text for word in split_words(text) if word.text not in _HYPHENS)
        node = root
        for word in name_words:
            node = node.next.setdefault(word.casefold().replace("’", "'"), _Node())
        name = Name(kind, id_, name_words)
        if name not in node.names:
            node.names.append(name)
    return root


def _joined(name: str) -> Iterator[str]:
    """The spelling of a Korean name with its given name in one word: "Cho Taeyul"."""
    family, *given = (word for word in re.split(r"[ -]", name))
    if len(given) == 2:
        yield f"{family} {given[0]}{given[1].lower()}"


def _entries() -> Iterator[tuple[NameKind, str, str]]:
    book = load_actors()
    known = {name for state in book.states for name in state.names}
    for state in book.states:
        long = {f"{form} of {state.name}" for form in _STATE_FORMS} - known
        yield from ((NameKind.STATE, state.id, name) for name in (*state.names, *sorted(long)))
        yield from ((NameKind.ADJECTIVE, state.id, name) for name in state.adjectives)
        yield from ((NameKind.PEOPLE, state.id, name) for name in state.people)
        yield from ((NameKind.CAPITAL, state.id, name) for name in state.capitals)
    for person in book.persons.values():
        yield from ((NameKind.PERSON, person.id, name) for name in person.names)
        if person.nationality in ("KOR", "PRK"):
            yield from ((NameKind.PERSON, person.id, name) for name in _joined(person.name))
        yield from ((NameKind.ALONE, person.id, name) for name in person.alone)
        yield from ((NameKind.SHORT, person.id, name) for name in person.short)
    for body in book.organisations.values():
        yield from ((NameKind.ORGANISATION, body.id, name) for name in body.names)
    for site in book.places:
        yield NameKind.PLACE, site.country or "", site.name
    for title in book.titles:
        yield NameKind.TITLE, title, title
    for role in book.roles:
        yield NameKind.ROLE, role, role
    for words, reading in descriptions().items():
        yield NameKind.DESCRIPTION, reading, words
    for row in read_table("other_names.tsv", ("name",)):
        yield NameKind.OTHER, row["name"], row["name"]
