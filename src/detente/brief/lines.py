"""The parts of a brief: sections of lines, each line resting on numbered references with their quotes."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.errors import DetenteError
from detente.ledger import HeldDocument
from detente.model.text import Evidence

ALL_READ = "Everything was read."
"""What a brief says where no page was left unread."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One passage of one page; `published` is EDTF, "" when the page gives no day; `page` is a PDF's."""

    number: int
    publisher: str
    published: str
    title: str
    address: str
    page: int | None
    quote: str
    document: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a brief and the numbers of the references it rests on."""

    when: str
    text: str
    marks: tuple[int, ...]
    keys: tuple[str, ...] = ()

    @property
    def marked(self) -> str:
        """The sentence with its reference marks, as in "... [3][4]"."""
        return self.text + " " + "".join(f"[{mark}]" for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines; `left_out` counts those a five-minute reader was spared."""

    heading: str
    lines: tuple[Line, ...]
    left_out: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What changed, for a reader with five minutes; `unread` is None where nothing was looked for."""

    title: str
    scope: str
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    unread: tuple[str, ...] | None = ()


@dataclass(slots=True)
class Footing:
    """Number the passages in the order they are first leaned on; one passage has one number."""

    references: list[Reference] = field(default_factory=list)
    _numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def mark(self, evidence: Evidence, source: Source) -> int:
        """Give a passage its number."""
        place = (evidence.rendition or source.document, evidence.start, evidence.end)
        if place not in self._numbers:
            self._numbers[place] = len(self.references) + 1
            self.references.append(
                Reference(
                    self._numbers[place],
                    source.publisher,
                    source.published,
                    source.title,
                    source.address,
                    evidence.page,
                    evidence.quote,
                    source.document,
                )
            )
        return self._numbers[place]


@dataclass(frozen=True, slots=True)
class Source:
    """What a reference says of its page."""

    document: str
    publisher: str
    published: str
    title: str
    address: str


def source_of(held: HeldDocument) -> Source:
    """Say of a page what a reference says of it."""
    published = held.published.edtf if held.published else ""
    return Source(held.id, held.publisher or "publisher not named", published, held.title, held.address)


def line(when: str, text: str, marks: tuple[int, ...], keys: tuple[str, ...] = ()) -> Line:
    """Make a line; raises DetenteError for one without a reference, which no brief may hold."""
    if not marks:
        raise DetenteError(f"a line of a brief has no reference: {text}")
    return Line(when, text, marks, keys)
