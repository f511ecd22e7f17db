"""Apply a body's own voting rule to the counts of a vote."""

from __future__ import annotations

from detente.codebooks.bodies import VotingRule, body_by_id
from detente.model.institutions import Vote
from detente.records.passages import state_of


def outcome_by_rule(rule: VotingRule, members: int | None, vote: Vote) -> str:
    """Compute "adopted", "rejected" or "vetoed" by the rule; "" when the counts given do not decide it."""
    tally = vote.tally
    if tally is None or tally.for_ is None:
        return "vetoed" if vote.veto_by and _all_may_veto(rule, vote) else ""
    if rule.votes is not None:
        if tally.for_ < rule.votes:
            return "rejected"
        if rule.veto:
            return _after_veto(rule, vote)
        return "adopted"
    return _by_share(rule, members, vote)


def _after_veto(rule: VotingRule, vote: Vote) -> str:
    against = {state_of(ballot.member) for ballot in vote.ballots if ballot.vote == "against"}
    against |= {state_of(party) for party in vote.veto_by}
    if against & set(rule.veto):
        return "vetoed"
    count = vote.tally.against if vote.tally else None
    return "adopted" if count == 0 else ""


def _all_may_veto(rule: VotingRule, vote: Vote) -> bool:
    return all(state_of(party) in rule.veto for party in vote.veto_by)


def _by_share(rule: VotingRule, members: int | None, vote: Vote) -> str:
    tally = vote.tally
    if tally is None or tally.for_ is None or rule.share is None:
        return ""
    whole = members if rule.of == "members" else tally.for_ + (tally.against or 0)
    if rule.of == "present":
        whole = (whole or 0) + (tally.abstain or 0)
    if rule.of == "cast" and tally.against is None and members and 2 * tally.for_ > members:
        return "adopted"
    if whole is None or (rule.of != "members" and tally.against is None):
        return ""
    top, bottom = rule.share
    needed, reached = whole * top, tally.for_ * bottom
    return "adopted" if (reached > needed if rule.over else reached >= needed) else "rejected"


def check_vote(vote: Vote) -> str | None:
    """Say how the outcome a text reports clashes with the body's own rule; None when it does not.

    A veto by a member that has none and more ballots than members also clash.
    """
    body = body_by_id().get(vote.body.id or "")
    rule = next((rule for rule in body.rules if rule.name == vote.rule), None) if body else None
    if body is None or rule is None:
        return None
    if vote.veto_by and not _all_may_veto(rule, vote):
        named = ", ".join(party.text for party in vote.veto_by if state_of(party) not in rule.veto)
        return f"{body.name}: {named} is said to have vetoed but has no veto under its {rule.name} rule"
    tally = vote.tally
    cast = sum(count or 0 for count in (tally.for_, tally.against, tally.abstain)) if tally else 0
    if body.members and cast > body.members:
        return f"{body.name}: {cast} ballots are told, it has {body.members} members"
    computed = outcome_by_rule(rule, body.members, vote)
    if computed and vote.outcome and computed != vote.outcome and vote.outcome != "scheduled":
        return f"{body.name}: the text says {vote.outcome}, its {rule.name} rule gives {computed}"
    return None
