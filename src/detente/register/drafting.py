"""Draft from a statement what the register will ask of it: question, time, rule, likelihood."""

from __future__ import annotations

import re
from datetime import date

from detente.codebooks.plain_words import name_of
from detente.ledger import HeldDocument
from detente.model.actors import ActorKind, Party
from detente.model.records import Voice
from detente.model.statements import Commitment, Polarity, Statement
from detente.register.prospect import Contract, Estimate, Origin, Prospect, Track

SORTS = ("forecast", "commitment")
"""The kinds of statement the register follows up."""

_LONGEST = 300
_WITH_ARTICLE = ("United ", "European Union", "Philippines", "Netherlands")
_ARTICLE = re.compile(r"(?<=^Will )(?:The|An?|This|That|These|Those|All|Any|Such|Its?|His|Her|Their|There)\b")
_NOT = re.compile(r"\b(?:not|never|no)\b", re.IGNORECASE)


def prospect_id(key: str) -> str:
    """Name a prospect by the key of the record it was read from."""
    return "f" + key[1:]


def draft(record: Statement, home: HeldDocument) -> Prospect:
    """Draft a prospect from a statement; a person accepts or edits it before it counts for a score."""
    made = _made(record, home)
    contract = _contract(record, made)
    return Prospect(
        id=prospect_id(record.key),
        sort=record.statement_kind.value,
        track=Track.QUOTED,
        contract=contract,
        holder=_holder(record, home),
        made=made,
        institution=_institution(record),
        parties=_parties(record),
        negated=record.polarity is Polarity.NEGATED and not _says_not(contract.question),
        estimates=(_estimate(record, made),),
        origin=Origin(
            keys=(record.key,),
            document=record.document,
            publisher=home.publisher,
            day=home.counted_from,
            quotes=record.evidence,
            premises=record.forecast.premises if record.forecast else (),
        ),
    )


def _made(record: Statement, home: HeldDocument) -> date:
    said = record.said_on
    return said.hi if said and said.hi and said.hi <= home.counted_from else home.counted_from


def _contract(record: Statement, made: date) -> Contract:
    told, promised = record.forecast, record.commitment
    due = told.window if told else promised.deadline if promised else None
    return Contract(
        question=_question(record),
        due=due,
        until=told.until if told else "",
        condition=record.condition.quote if record.condition else "",
        rule=_rule(record, made, due.edtf if due else ""),
        quantity=promised.quantity if promised else None,
    )


def _question(record: Statement) -> str:
    """Put what is to come as a question, in the text's own words; a negated one asks the same."""
    if record.forecast and record.forecast.question:
        return _ARTICLE.sub(lambda match: match.group().lower(), record.forecast.question)
    promised = record.commitment
    if promised and promised.deed and (who := _promiser(promised)):
        return f"Will {who} {promised.deed}?"[:_LONGEST]
    said = " ... ".join(" ".join(part.quote.split()) for part in record.content)
    return f"Will this come true: “{said.strip(' .,;“”')}”?"[:_LONGEST]


def _promiser(promised: Commitment) -> str:
    names = [name_of(party.label) or party.text for party in promised.promiser]
    return " and ".join(f"the {name}" if name.startswith(_WITH_ARTICLE) else name for name in names)


def _rule(record: Statement, made: date, due: str) -> str:
    within = f"after {made.isoformat()}" + (f" and within {due}" if due else "")
    held = f", and {record.condition.quote}" if record.condition else ""
    no = "that time passes without it" if due else "it is ruled out"
    return f"Yes when a page tells as done, {within}, what is asked{held}; no when {no}."


def _says_not(question: str) -> bool:
    """Whether the question itself carries the "not" that its holder says: then the holder says yes to it."""
    return bool(_NOT.search(question))


def _holder(record: Statement, home: HeldDocument) -> str:
    """Name whose word it is: the innermost speaker, else the author or report, else the publisher."""
    if record.speaker:
        return record.speaker[-1].label
    inner = next((v for v in reversed(record.attribution) if v.role != "publisher" and v.label), None)
    return inner.label if isinstance(inner, Voice) else home.publisher


def _institution(record: Statement) -> str:
    """Name the body that speaks, else the state whose official does; "" when neither is known."""
    if not record.speaker:
        return ""
    voice = record.speaker[-1]
    return voice.label if voice.kind is ActorKind.ORGANISATION else voice.state or ""


def _parties(record: Statement) -> tuple[Party, ...]:
    promised = record.commitment.promiser if record.commitment else ()
    named = (*promised, *record.about)
    return tuple({party.label: party for party in reversed(named)}.values())[::-1]


def _estimate(record: Statement, made: date) -> Estimate:
    told = record.likelihood
    return Estimate(made, told.low, told.high, told.term) if told else Estimate(made)
