"""Find the report a page tells of: title, authors and their institute, for "the report" further down."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.model.actors import ActorKind, Party, Rank
from detente.model.text import Span

REPORT_NOUNS = frozenset(
    {
        "report",
        "analysis",
        "study",
        "paper",
        "assessment",
        "document",
        "brief",
        "survey",
        "poll",
        "article",
        "editorial",
        "essay",
        "book",
        "memo",
        "statement",
        "release",
        "dispatch",
        "communique",
        "communiqué",
        "editorials",
        "review",
    }
)
_TITLED = re.compile(
    r"\b(?:report|paper|study|analysis|brief|essay|article|book|commentary),? "
    r"(?:titled|entitled|called|headlined),? "
)
_BY = re.compile(r"[,”\"’]? (?:written |co-written |authored |published |released )?by ")
_NAME = re.compile(r"[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*")
_REST_OF_NAME = re.compile(r" (?:of|for|on|in) (?:the )?[A-Z][\w’'.-]*(?: (?:and )?[A-Z][\w’'.-]*)*")
_INSTITUTE = re.compile(
    r"\b(?:Institute|University|Cent(?:er|re)|Foundation|Council|College|School|Academy|Corporation|Ministry|"
    r"Endowment|Institution|Forum|Society|Association|Agency|Bank|Office|Observatory|Project)\b"
)
_LONGEST = 400
"""Code points: the names of a report's authors stand within one sentence of its title."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report named by the page: `title` is "" when the page gives none; authors before their institutes."""

    title: str
    at: Span
    authors: tuple[Party, ...]


def find_report(text: str) -> Report | None:
    """Find the first report the page names with its title and its authors."""
    for match in _TITLED.finditer(text):
        line_end = text.find("\n", match.end())
        stretch = text[match.end() : line_end if line_end > 0 else len(text)][:_LONGEST]
        by = _BY.search(stretch)
        if by is None:
            continue
        title = stretch[: by.start()].strip(" ,“”\"‘’'")
        authors = _authors(text, match.end() + by.end(), match.end() + _sentence_end(stretch, by.end()))
        if title and authors:
            return Report(title, Span(match.start(), match.end() + by.end()), authors)
    return None


def _sentence_end(stretch: str, start: int) -> int:
    end = re.search(r"(?<=[a-z)]{2})\.(?:\s|$)", stretch[start:])
    return start + end.start() if end else len(stretch)


def _authors(text: str, start: int, end: int) -> tuple[Party, ...]:
    persons: list[Party] = []
    institutes: list[Party] = []
    at = start
    while match := _NAME.search(text, at, end):
        first, at = match.span()
        if _INSTITUTE.search(match.group()):
            rest = _REST_OF_NAME.match(text, at, end)
            at = rest.end() if rest else at
            name = text[first:at]
            institutes.append(Party(None, name, None, first, at, ActorKind.ORGANISATION, Rank.EXPERT))
        elif " " in match.group():
            persons.append(Party(None, match.group(), None, first, at, ActorKind.PERSON, Rank.EXPERT))
    return (*persons, *institutes)
