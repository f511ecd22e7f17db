"""Score what people keep in the register: each prospect as the scoring sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from detente.codebooks.plain_words import name_of
from detente.register.prospect import Estimate, Prospect, Track
from detente.register.prospects import Register
from detente.register.scoring import Scorable, Stated
from detente.register.settling import settled


def scorables(register: Register) -> Iterator[Scorable]:
    """Give everything that counts for a score: what a person typed in, accepted, edited or settled.

    Drafts that nobody looked at have no rule that anybody fixed, so nothing came of them yet.
    """
    for one in register.kept:
        prospect = settled(register.view, one.prospect)
        if not prospect.is_draft:
            yield to_scorable(prospect)


def to_scorable(prospect: Prospect) -> Scorable:
    """Put a prospect as the scoring sees it."""
    due = prospect.contract.due
    last = due.hi if due and due.hi and due.hi >= prospect.made else None
    return Scorable(
        id=prospect.id,
        track=prospect.track,
        state=prospect.state,
        made_on=prospect.made,
        due=last,
        settled_on=prospect.settled_on,
        estimates=tuple(_stated(prospect, prospect.estimates)),
        speaker=_named(prospect.holder),
        institution=_named(prospect.institution),
        publisher=prospect.origin.publisher,
        subjects=tuple(map(_named, prospect.sides)),
    )


def _stated(prospect: Prospect, estimates: Iterable[Estimate]) -> Iterator[Stated]:
    for one in estimates:
        day = max(one.day, prospect.made)
        if one.low is not None and one.high is not None:
            yield Stated(day, _percent(one.low), _percent(one.high))
        elif one.term or prospect.track is not Track.QUOTED:
            yield Stated(day)
        else:
            yield Stated(day, categorical=not prospect.negated)


def _percent(value: float) -> Fraction:
    # What was typed as 0.1 is a tenth, not the nearest binary number.
    return Fraction(str(value))


def _named(actor: str) -> str:
    return name_of(actor) or actor
