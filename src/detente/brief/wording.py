"""Say a record in plain words. What the text says is quoted; what we say of it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from detente.codebooks.plain_words import deed_words, name_of
from detente.model.actors import ActorKind, Party
from detente.model.dates import Dated
from detente.model.events import Event, Status
from detente.model.institutions import Agreement, Election, Figure, Flow, Mandate, Measure, Tenure, Vote
from detente.model.records import Amount, Record, Voice
from detente.model.statements import Statement, StatementKind

QUOTE_LENGTH = 160
"""Code points of a quote shown in a line; the reference holds the whole."""

SAYING = {
    StatementKind.CLAIM: "claim",
    StatementKind.ASSESSMENT: "assessment",
    StatementKind.BELIEF: "belief",
    StatementKind.MOTIVE: "motive seen",
    StatementKind.FORECAST: "forecast",
    StatementKind.COMMITMENT: "promise",
    StatementKind.EXPECTATION: "expectation",
    StatementKind.RECOMMENDATION: "advice",
    StatementKind.DEMAND: "demand",
    StatementKind.DENIAL: "denial",
    StatementKind.ACCUSATION: "accusation",
    StatementKind.PRAISE: "praise",
    StatementKind.UNCERTAINTY: "uncertainty",
    StatementKind.NEGATIVE_FINDING: "not found",
    StatementKind.RELATION_STATE: "state of the relation",
    StatementKind.NEED: "need seen",
    StatementKind.CAPABILITY: "capability seen",
    StatementKind.CONSTRAINT: "constraint seen",
    StatementKind.OPTION: "option seen",
    StatementKind.INFERENCE: "inference",
    StatementKind.INFLUENCE: "influence seen",
    StatementKind.PRECEDENT: "precedent",
}


def quoted(text: str, length: int = QUOTE_LENGTH) -> str:
    """Put the text's own words in quotation marks, cut at a word with an ellipsis when too long."""
    words = " ".join(text.split())
    if len(words) > length:
        words = words[:length].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return "“" + words.strip("“”\"'") + "”"


def named(party: Party) -> str:
    """Name a party: the codebook's name where it knows one, the text's words where it does not."""
    if party.kind is ActorKind.STATE and party.id:
        return name_of(party.id) or party.text
    known = name_of(party.id) if party.id else None
    name = known or party.text
    if party.state and party.state != party.id and party.kind in (ActorKind.PERSON, ActorKind.ORGANISATION):
        return f"{name} ({party.state})"
    return name


def listed(names: Iterable[str]) -> str:
    """Join names as a sentence does; doubles are said once.

    >>> listed(["a", "b", "b", "c"])
    'a, b and c'
    """
    once = list(dict.fromkeys(names))
    if len(once) < 2:
        return "".join(once)
    return ", ".join(once[:-1]) + " and " + once[-1]


def dated(when: Dated | None) -> str:
    """Write a date as the text leaves it; "undated" when it gives none."""
    return when.edtf if when else "undated"


def voice(record: Record) -> str:
    """Say on whose authority: the innermost voice of the chain, "the page" when it speaks for itself."""
    inner = [link for link in record.attribution if link.role != "publisher"]
    if inner:
        return _voice(inner[-1])
    return _voice(record.attribution[0]) if record.attribution else "the page"


def _voice(link: Voice) -> str:
    return (name_of(link.id) if link.id else None) or link.text


def event_words(event: Event) -> str:
    """Say an event: who, towards whom, what, how it stands, by how many reports, in whose words."""
    actors = listed(named(party) for party in event.actor)
    recipients = listed(named(party) for party in event.recipient)
    towards = f" → {recipients}" if recipients else ""
    standing = f", {event.status.value}" if event.status not in (Status.DONE, Status.BACKGROUND) else ""
    count = len({mention.document for mention in event.mentions})
    reports = f" ({count} reports)" if count > 1 else ""
    deed = deed_words(event.event_type, event.mode, event.mentions[0].cameo_code)
    return f"{actors}{towards}: {deed}{standing}{reports} — {quoted(event.mentions[0].evidence[0].quote)}"


def statement_words(statement: Statement) -> str:
    """Say who said what, in the words of the text."""
    speakers = listed(named(party) for party in statement.speaker) or voice(statement)
    saying = SAYING[statement.statement_kind]
    content = quoted(" … ".join(part.quote for part in statement.content))
    hedge = f" ({_hedge(statement)})" if statement.likelihood else ""
    return f"{speakers}, {saying}: {content}{hedge}"


def _hedge(statement: Statement) -> str:
    likelihood = statement.likelihood
    if likelihood is None:
        return ""
    if likelihood.low is None or likelihood.high is None:
        return f"“{likelihood.term}”: no range"
    return f"“{likelihood.term}”: {likelihood.low}-{likelihood.high} %"


def amount_words(amount: Amount) -> str:
    """Write a quantity as the text has it."""
    return " ".join(amount.text.split())


def _vote(vote: Vote) -> str:
    tally = vote.tally
    counts = (
        [
            f"{number} {name}"
            for number, name in (
                (tally.for_, "for"),
                (tally.against, "against"),
                (tally.abstain, "abstaining"),
            )
            if number is not None
        ]
        if tally
        else []
    )
    veto = f", vetoed by {listed(named(party) for party in vote.veto_by)}" if vote.veto_by else ""
    outcome = vote.outcome if vote.outcome and not vote.veto_by else ""
    parts = [part for part in (outcome, ", ".join(counts)) if part]
    return f"{named(vote.body)} votes{': ' if parts else ''}{'; '.join(parts)}{veto}"


def _mandate(mandate: Mandate) -> str:
    end = mandate.actual_end or mandate.scheduled_end
    return f"Mandate of {named(mandate.body)}: {mandate.state.replace('_', ' ')}" + (
        f", ends {dated(end)}" if end else ""
    )


def _measure(measure: Measure) -> str:
    target = f" on {listed(named(party) for party in measure.target)}" if measure.target else ""
    return f"Sanctions by {listed(named(party) for party in measure.sender)}{target}: {measure.state}"


def _agreement(agreement: Agreement) -> str:
    parties = listed(named(party) for party in agreement.parties)
    title = agreement.title or "agreement"
    hidden = ", text not disclosed" if agreement.disclosed is False else ""
    return f"{parties}: {title}, {agreement.state.replace('_', ' ')}{hidden}"


def _tenure(tenure: Tenure) -> str:
    end = tenure.actual_end or tenure.scheduled_end
    until = f", until {dated(end)}" if end else ""
    return f"{named(tenure.person)}, {tenure.post}: {tenure.state}{until}"


def _election(election: Election) -> str:
    polity = (name_of(election.polity) if election.polity else None) or ""
    results = "; ".join(
        f"{seats.party} {seats.won:g}{f' of {seats.total:g}' if seats.total else ''} {seats.unit}"
        f"{' (expected)' if seats.provisional else ''}"
        for seats in election.results
        if seats.won is not None
    )
    return f"Election {polity} {election.office}: {election.state}".replace("  ", " ") + (
        f": {results}" if results else ""
    )


def _figure(figure: Figure) -> str:
    words = amount_words(figure.amount)
    if figure.measures and figure.measures not in words:
        words += f", {figure.measures}"
    of = [named(party) for party in figure.of if party.text not in words]
    return f"{words}, of {listed(of)}" if of else words


def _flow(flow: Flow) -> str:
    taker = f" → {listed(named(party) for party in flow.taker)}" if flow.taker else ""
    certainty = f", {flow.certainty}" if flow.certainty not in ("", "done") else ""
    return f"{listed(named(party) for party in flow.giver)}{taker}: {flow.good}{certainty}"


_WORDS: dict[type[Record], Callable[..., str]] = {
    Vote: _vote,
    Mandate: _mandate,
    Measure: _measure,
    Agreement: _agreement,
    Tenure: _tenure,
    Election: _election,
    Figure: _figure,
    Flow: _flow,
    Statement: statement_words,
}


def record_words(record: Record) -> str:
    """Say any record that is not an event, followed by the words it stands on."""
    words = _WORDS[type(record)](record)
    if isinstance(record, Statement):
        return words
    return f"{words} — {quoted(_evidence(record.evidence))}"


def _evidence(evidence: Sequence[object]) -> str:
    return " … ".join(getattr(part, "quote", "") for part in evidence)
