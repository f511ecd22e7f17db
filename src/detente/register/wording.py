"""Say a forecast, a promise or a proposal in a few plain lines."""

from __future__ import annotations

from collections.abc import Iterable

from detente.codebooks.plain_words import name_of
from detente.model.dates import Dated
from detente.register.matching import Match
from detente.register.proposals import Proposal
from detente.register.prospect import Estimate, Prospect
from detente.register.settling import spelled

_QUOTED = 160


def prospect_lines(prospect: Prospect) -> list[str]:
    """Say a prospect: how it stands and what is asked, then whose word it is and how sure, then its quote."""
    contract, kind = prospect.contract, "promise" if prospect.sort == "commitment" else "forecast"
    due = f"by {contract.due.edtf}" if contract.due else "no day named"
    state = prospect.state.value.replace("_", " ")
    if prospect.settled_on:
        state += f" on {prospect.settled_on}"
    lines = [
        f"{prospect.id}  {kind}, {state}, {due}",
        f"    {contract.question}",
        f"    {holder_name(prospect)}, {prospect.made}: {likelihood_words(prospect)}"
        + (" (draft)" if prospect.is_draft else ""),
    ]
    if contract.settled_by:
        lines.append(f"    settled by {'; '.join(map(spelled, contract.settled_by))}")
    quotes, publisher = prospect.origin.quotes[:1], prospect.origin.publisher
    return lines + [f"    “{shortened(quote.quote)}” {publisher}" for quote in quotes]


def proposal_lines(proposal: Proposal) -> list[str]:
    """Say a proposal: the prospect, then each record for and against it with its reasons."""
    outcome = {True: "yes", False: "no", None: "open"}[proposal.outcome]
    lines = [*prospect_lines(proposal.prospect)[:3], f"    proposed: {outcome} ({proposal.words})"]
    lines += _told("+", proposal.speaks_for)
    lines += _told("-", proposal.speaks_against)
    for fallen in proposal.fallen:
        lines.append(
            f"    ! premise fallen: {fallen.why}: “{shortened(fallen.words)}” {' '.join(fallen.keys)}"
        )
    return lines


def holder_name(prospect: Prospect) -> str:
    """Name whose word it is as a reader knows it."""
    return name_of(prospect.holder) or prospect.holder or "a page whose publisher is not named"


def likelihood_words(prospect: Prospect) -> str:
    """Say how likely its holder called it last, and first where that differs."""
    first, last = prospect.estimates[0], prospect.estimates[-1]
    said = _estimate(last, prospect)
    return said if first == last else f"{said}, first {_estimate(first, prospect)}"


def _estimate(one: Estimate, prospect: Prospect) -> str:
    if one.low is None or one.high is None:
        if one.term:
            return f"“{one.term}”, a word without a range"
        return "says that it will not be" if prospect.negated else "stated without a hedge"
    told = f"{one.low:g} %" if one.low == one.high else f"{one.low:g} to {one.high:g} %"
    return f"“{one.term}”, {told}" if one.term else told


def _told(sign: str, matches: Iterable[Match]) -> list[str]:
    lines = []
    for match in matches:
        quote = shortened(" ".join(part.quote for part in match.record.evidence))
        lines.append(f"    {sign} {day_words(match.when)} “{quote}” {match.record.key}")
        lines.append(f"      {'; '.join(match.why)}")
    return lines


def day_words(when: Dated | None) -> str:
    """Write a date as the text leaves it."""
    return when.edtf if when else "undated"


def shortened(quote: str) -> str:
    """Bring a quote on one line, cut at a word where it is long."""
    line = " ".join(quote.split())
    return line if len(line) <= _QUOTED else line[:_QUOTED].rsplit(" ", 1)[0] + " ..."
