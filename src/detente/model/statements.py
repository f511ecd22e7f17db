"""What somebody said, promised, forecast, advised or denied, with the words that say who and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from detente.model.actors import Party
from detente.model.dates import Dated
from detente.model.records import Amount, Condition, Kind, Record
from detente.model.text import Evidence


class StatementKind(StrEnum):
    """What a statement does; the list of the design's section 5."""

    CLAIM = "claim"
    ASSESSMENT = "assessment"
    BELIEF = "belief"
    MOTIVE = "motive"
    FORECAST = "forecast"
    COMMITMENT = "commitment"
    EXPECTATION = "expectation"
    RECOMMENDATION = "recommendation"
    DEMAND = "demand"
    DENIAL = "denial"
    ACCUSATION = "accusation"
    PRAISE = "praise"
    UNCERTAINTY = "uncertainty"
    NEGATIVE_FINDING = "negative_finding"
    RELATION_STATE = "relation_state"
    NEED = "need"
    CAPABILITY = "capability"
    CONSTRAINT = "constraint"
    OPTION = "option"
    INFERENCE = "inference"
    INFLUENCE = "influence"
    PRECEDENT = "precedent"


class Modality(StrEnum):
    """How the content is put: as fact, as plan, as possibility, under a condition, as duty, as wish."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    OBLIGED = "obliged"
    DESIRED = "desired"


class Polarity(StrEnum):
    """Whether the content is affirmed or negated by its speaker."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


@dataclass(frozen=True, slots=True)
class Likelihood:
    """The hedge as worded and its ICD 203 range in percent; both bounds None for "may", "could", "might"."""

    term: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Motive:
    """Why an actor acts: whose aim, towards whom, ranked first or also, by what means, before whom."""

    whose: tuple[Party, ...] = ()
    towards: tuple[Party, ...] = ()
    rank: str = ""
    means: str = ""
    audience: str = ""
    occasion: str = ""
    effect: str = ""


@dataclass(frozen=True, slots=True)
class Forecast:
    """A forecast as it can be followed up.

    `question` is plain words made from the text; `window` when it is to come true, None when open;
    `until` the words of an until-event; `premises` the stretches of text it rests on.
    """

    question: str = ""
    window: Dated | None = None
    until: str = ""
    premises: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise of one's own deed: who promises what, how much, by when."""

    promiser: tuple[Party, ...] = ()
    deed: str = ""
    quantity: Amount | None = None
    deadline: Dated | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation: to whom, and whether to do it or to leave it."""

    addressee: tuple[Party, ...] = ()
    to_do: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """Something somebody said; `content` is a list of stretches of the text, never a paraphrase.

    `speaker` is who says it as the text names them, innermost last; empty when it is the page's own voice
    or an unnamed one ("it can be predicted"): then `attribution` says whose. `about` lists the actors the
    content concerns. `salient` says whether it concerns a known state or institution or is of a dated kind;
    views leave the others out. `said_on` is the day of the saying where the text gives it. One of
    `motive`, `forecast`, `commitment`, `advice` is filled for its own kind, all are None for the rest.
    """

    kind: ClassVar[Kind] = Kind.STATEMENT

    statement_kind: StatementKind
    content: tuple[Evidence, ...]
    speaker: tuple[Party, ...] = ()
    cue: str = ""
    cue_start: int | None = None
    cue_end: int | None = None
    about: tuple[Party, ...] = ()
    modality: Modality = Modality.ASSERTED
    likelihood: Likelihood | None = None
    polarity: Polarity = Polarity.AFFIRMED
    salient: bool = False
    said_on: Dated | None = None
    condition: Condition | None = None
    motive: Motive | None = None
    forecast: Forecast | None = None
    commitment: Commitment | None = None
    advice: Advice | None = None
