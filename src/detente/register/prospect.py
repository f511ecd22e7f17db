"""What somebody said is to come, a forecast or a promise, as the register follows it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from detente.model.actors import Party
from detente.model.dates import Dated
from detente.model.entries import Entry
from detente.model.records import Amount
from detente.model.text import Evidence


class Track(StrEnum):
    """Who foretells: somebody a page quotes, a person who typed it in, a model. Scores never mix them."""

    QUOTED = "quoted"
    PEOPLE = "people"
    MODELS = "models"


class State(StrEnum):
    """How a prospect stands. DUE is open and past its last day; VOID cannot be decided as it was put."""

    OPEN = "open"
    DUE = "due"
    RESOLVED_YES = "resolved_yes"
    RESOLVED_NO = "resolved_no"
    VOID = "void"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"


PENDING = frozenset((State.OPEN, State.DUE, State.DISPUTED))
"""States in which nobody has settled what came of it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """How likely it was called from `day` on: a range in percent, `low` equal to `high` for a number.

    Both are None for a word without a range ("may", "could"), which `term` then holds; "" as term with
    both None is a statement without any hedge ("will").
    """

    day: date
    low: float | None = None
    high: float | None = None
    term: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Settling:
    """What settles a prospect without a person: a dated record of this kind, type and status, in its time.

    `type` is an event's type or a statement's kind, "" for the other kinds; `status` a deed's status, a
    mandate's or an agreement's state, a vote's outcome, "" for any; `parties` must all be named in it.
    """

    kind: str
    type: str = ""
    status: str = ""
    parties: tuple[str, ...] = ()
    outcome: bool = True


@dataclass(frozen=True, slots=True)
class Contract:
    """What is asked and how it will be decided; once a person accepted it, only an edit changes it.

    `due` is the time in which it must come true, None when the text leaves it open; `until` the words of
    an event up to which it is to hold; `condition` what it depends on; `rule` what counts as yes and no;
    `source` the source of truth.
    """

    question: str
    due: Dated | None = None
    until: str = ""
    condition: str = ""
    rule: str = ""
    source: str = ""
    settled_by: tuple[Settling, ...] = ()
    quantity: Amount | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a prospect was read: its records, its page, its words; all empty for one typed in.

    `day` is the one the page counts from.
    """

    keys: tuple[str, ...] = ()
    document: str = ""
    publisher: str = ""
    day: date | None = None
    quotes: tuple[Evidence, ...] = ()
    premises: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Fallen:
    """A premise that no longer holds: its words, why, since when, and the records that say so."""

    words: str
    why: str
    since: Dated | None
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prospect:
    """A forecast or a promise with all that was done about it.

    `sort` is "forecast" or "commitment"; `made` the day it was said, else the day of its page; `holder`
    whose word it is, innermost, the page's own author or publisher when nobody else's; `institution` the
    body or state the holder speaks for, "" when unknown. `negated` when the
    holder says that it will not be. `is_draft` until a person accepts or edits what was drafted from the
    page. `settled_on` is the day of what settled it, `settled_by` the keys of the records or the words
    of the source. `history` holds what people entered, oldest first.
    """

    id: str
    sort: str
    track: Track
    contract: Contract
    holder: str
    made: date
    institution: str = ""
    parties: tuple[Party, ...] = ()
    negated: bool = False
    estimates: tuple[Estimate, ...] = ()
    state: State = State.OPEN
    is_draft: bool = True
    settled_on: date | None = None
    settled_by: tuple[str, ...] = ()
    origin: Origin = Origin()
    history: tuple[Entry, ...] = ()

    @property
    def sides(self) -> tuple[str, ...]:
        """The states, and the others without one, that it concerns, each once, in order of the text."""
        return tuple(dict.fromkeys(party.side for party in self.parties))
