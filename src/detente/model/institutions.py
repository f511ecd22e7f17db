"""What institutions fix: votes, mandates, measures, agreements, tenures, elections, figures, flows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from detente.model.actors import Party
from detente.model.dates import Dated
from detente.model.records import Amount, Kind, Record


@dataclass(frozen=True, slots=True)
class Ballot:
    """How one member voted: "for", "against", "abstain", "absent"."""

    member: Party
    vote: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a vote; None for a count the text does not give."""

    for_: int | None = None
    against: int | None = None
    abstain: int | None = None
    absent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote(Record):
    """A vote of a body on a draft; `outcome` is "adopted", "rejected", "vetoed", "scheduled" or ""."""

    kind: ClassVar[Kind] = Kind.VOTE

    body: Party
    draft: str = ""
    sponsor: tuple[Party, ...] = ()
    vote_date: Dated | None = None
    tally: Tally | None = None
    ballots: tuple[Ballot, ...] = ()
    rule: str = ""
    outcome: str = ""
    veto_by: tuple[Party, ...] = ()
    lapses: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate(Record):
    """The mandate of a body: `state` is "created", "extended", "ended", "not_extended" or "in_force"."""

    kind: ClassVar[Kind] = Kind.MANDATE

    body: Party
    authority: tuple[Party, ...] = ()
    scope: str = ""
    state: str = ""
    effective: Dated | None = None
    scheduled_end: Dated | None = None
    actual_end: Dated | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Record):
    """A sanction or restriction: `state` is "imposed", "extended", "eased", "lifted" or "expired"."""

    kind: ClassVar[Kind] = Kind.MEASURE

    sender: tuple[Party, ...]
    target: tuple[Party, ...] = ()
    because_of: tuple[Party, ...] = ()
    scope: str = ""
    state: str = ""
    effective: Dated | None = None
    scheduled_end: Dated | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Record):
    """An agreement: `state` is "negotiated" (in principle), "announced", "concluded" (reached, the text does
    not say whether signed), "signed", "ratified", "in_force", "suspended", "denounced" or "none_reached";
    `disclosed` None when the text does not say whether it was published.
    """

    kind: ClassVar[Kind] = Kind.AGREEMENT

    parties: tuple[Party, ...]
    title: str = ""
    state: str = ""
    effective: Dated | None = None
    disclosed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure(Record):
    """Who holds a post: scheduled and actual end are apart; `state` is "holds", "former", "elected",
    "re-elected", "appointed", "resigned", "removed".
    """

    kind: ClassVar[Kind] = Kind.TENURE

    person: Party
    post: str
    polity: str | None = None
    state: str = ""
    begins: Dated | None = None
    scheduled_end: Dated | None = None
    actual_end: Dated | None = None


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats or votes of one party: `won` of `total`; `provisional` when the text only expects them.

    `unit` is "seats", "percent" (of the vote) or "office", when all the text says is who won it.
    """

    party: str
    won: float | None
    total: float | None
    unit: str = "seats"
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Election(Record):
    """An election: `state` is "held", "scheduled" or "postponed"."""

    kind: ClassVar[Kind] = Kind.ELECTION

    polity: str | None
    office: str = ""
    state: str = ""
    held: Dated | None = None
    results: tuple[Seats, ...] = ()
    turnout: Amount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Record):
    """A number the text gives: of what, of whom, against what base, as of when."""

    kind: ClassVar[Kind] = Kind.FIGURE

    amount: Amount
    measures: str
    of: tuple[Party, ...] = ()
    base: str = ""
    as_of: Dated | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Record):
    """A good that goes from one to another; `certainty` is a `Status` value for this leg alone."""

    kind: ClassVar[Kind] = Kind.FLOW

    giver: tuple[Party, ...]
    taker: tuple[Party, ...] = ()
    good: str = ""
    amount: Amount | None = None
    certainty: str = ""
    when: Dated | None = None
