"""What later pages say to an open forecast or promise, laid before a person with the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from detente.ledger import View
from detente.model.actors import Dyad
from detente.model.records import Kind, Record
from detente.register.folding import DECLINE
from detente.register.matching import ENOUGH, Match, Matcher, Speaks, candidate
from detente.register.premises import fallen_premises
from detente.register.prospect import Fallen, Prospect, State

SHOWN = 5
"""Records laid before a person on either side; the strongest, then the earliest."""

_SETTLING = tuple(kind for kind in Kind if kind is not Kind.STATEMENT)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the ledger holds on a prospect that nobody has settled.

    `outcome` is what the records would have it be: True, False, or None when they stand on both sides or
    nowhere.
    """

    prospect: Prospect
    outcome: bool | None
    speaks_for: tuple[Match, ...]
    speaks_against: tuple[Match, ...]
    fallen: tuple[Fallen, ...]
    words: str


def propose(view: View, prospect: Prospect) -> Proposal | None:
    """Lay out what bears on a prospect; None when nothing does and its time has not passed.

    Only a person settles it. Records that a person declined for it are left out.
    """
    declined = {key for entry in prospect.history if entry.verb == DECLINE for key in entry.value["keys"]}
    matches = [match for match in _matches(view, prospect) if match.record.key not in declined]
    fallen = fallen_premises(view, prospect)
    speaks_for = _strongest(match for match in matches if match.speaks is Speaks.FOR)
    against = _strongest(match for match in matches if match.speaks is Speaks.AGAINST)
    if not (speaks_for or against or fallen or prospect.state is State.DUE):
        return None
    outcome = _outcome(prospect, speaks_for, against)
    return Proposal(
        prospect, outcome, speaks_for, against, fallen, _words(prospect, speaks_for, against, fallen)
    )


def proposals(view: View, prospects: Iterable[Prospect]) -> Iterator[Proposal]:
    """Lay out what bears on each prospect that is open, due or disputed."""
    for prospect in prospects:
        if prospect.state in (State.OPEN, State.DUE, State.DISPUTED) and (found := propose(view, prospect)):
            yield found


def _matches(view: View, prospect: Prospect) -> Iterator[Match]:
    matcher = Matcher(prospect)
    for record, published in candidates(view, prospect):
        match = matcher.match(candidate(record, published))
        if match is not None and match.points >= ENOUGH:
            yield match


def candidates(view: View, prospect: Prospect) -> Iterator[tuple[Record, date]]:
    """Give the later records that name its parties (a pair of states where there is one, else each).

    Each comes with the day its page counts from.
    """
    states = [side for side in prospect.sides if len(side) == 3 and side.isupper()]
    asked: Sequence[Dyad | str] = [Dyad(*sorted(pair)) for pair in combinations(dict.fromkeys(states), 2)]
    asked = asked or prospect.sides
    seen: set[str] = set()
    for about in asked:
        found = view.dated_records(kind=_SETTLING, about=about, since=prospect.made, copies=False)
        for record, published in found:
            if record.key not in seen:
                seen.add(record.key)
                yield record, published


def _strongest(matches: Iterable[Match]) -> tuple[Match, ...]:
    ranked = sorted(matches, key=lambda match: (-match.points, match.day, match.record.key))
    # An agreement and the signing of it are two records of one passage.
    once = {(match.record.document, match.record.evidence[0].start): match for match in reversed(ranked)}
    return tuple([match for match in ranked if match in once.values()][:SHOWN])


def _outcome(prospect: Prospect, yes: Sequence[Match], no: Sequence[Match]) -> bool | None:
    best_yes, best_no = (side[0].points if side else 0 for side in (yes, no))
    if best_yes == best_no:
        return None
    due = prospect.contract.due
    leading = yes if best_yes > best_no else no
    if best_yes > best_no and due and due.hi and all(_is_after(match, due.hi) for match in leading):
        return False
    return best_yes > best_no


def _is_after(match: Match, last: date) -> bool:
    return match.day > last


def _words(prospect: Prospect, yes: Sequence[Match], no: Sequence[Match], fallen: Sequence[Fallen]) -> str:
    parts = []
    if yes:
        parts.append(f"{len(yes)} for it")
    if no:
        parts.append(f"{len(no)} against it")
    if fallen:
        parts.append(f"{len(fallen)} of its premises fallen")
    if prospect.state is State.DUE and not (yes or no):
        parts.append("its time has passed and nothing read bears on it: silence is not an answer")
    elif prospect.state is State.DUE:
        parts.append("its time has passed")
    return "; ".join(parts)
