"""Read what a person types for a forecast: a likelihood, a last day, parties, an edit of its contract."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from detente.codebooks.hedges import range_of
from detente.codebooks.plain_words import name_of
from detente.errors import UsageError
from detente.model.actors import ActorKind, Party
from detente.model.dates import Basis, Dated, day
from detente.register.prospect import Contract, Estimate
from detente.register.settling import to_settling

_NUMBERS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|percent)?(?:\s*(?:-|to)\s*(\d+(?:\.\d+)?))?\s*(?:%|percent)?")


def to_estimate(text: str, when: date) -> Estimate:
    """Read "70", "55-80" in percent, or a word with a range in ICD 203; raises UsageError for others."""
    if match := _NUMBERS.fullmatch(text.strip()):
        low = float(match.group(1))
        return Estimate(when, low, float(match.group(2) or low))
    known = range_of(text)
    if known is None or known.low is None or known.high is None:
        raise UsageError(f"'{text}' is no likelihood: a number or a range in percent, or a word of ICD 203")
    return Estimate(when, known.low, known.high, known.term)


def to_due(last: date | None) -> Dated | None:
    """Make a deadline of a day."""
    return day(last, basis=Basis.PERSON) if last else None


def parties_of(about: str | None) -> tuple[Party, ...]:
    """Name the parties of "PRK-RUS", "PRK" or an actor's id that the codebook holds."""
    if about is None:
        return ()
    if name_of(about) is None:
        return tuple(_state(code) for code in about.split("-"))
    return (_state(about) if about.isupper() else Party(about, name_of(about) or about),)


def _state(code: str) -> Party:
    return Party(code, name_of(code) or code, code, kind=ActorKind.STATE)


def edited(
    contract: Contract,
    question: str | None,
    rule: str | None,
    by: date | None,
    source: str | None,
    settled_by: Sequence[str] | None,
) -> Contract:
    """Change what is named of a contract; None leaves a part as it is."""
    return replace(
        contract,
        question=contract.question if question is None else question,
        rule=contract.rule if rule is None else rule,
        due=to_due(by) or contract.due,
        source=contract.source if source is None else source,
        settled_by=contract.settled_by if settled_by is None else tuple(map(to_settling, settled_by)),
    )
