"""Say why an event was coded as it was: words, rule or probability, path, standing, and what was close."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Token

from detente.classifier.reader import Candidate, load_reader
from detente.coding.acts import RULE
from detente.coding.coder import traced
from detente.coding.matching import Match, matches
from detente.coding.parties import Parties
from detente.language.frames import ParsedText, Sentence, Tense
from detente.model.actors import Party
from detente.model.events import EventType, Mention, Status
from detente.model.statements import Modality, Polarity
from detente.model.text import Span

_CLOSE = 4
"""How many types beside the one given are told with their probability."""
_MODALITY = {
    Modality.PLANNED: "it stands as planned",
    Modality.CONDITIONAL: "it hangs on a condition",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one event was coded.

    `words` are those that told the act. `rule` is the frame's name with what it asks for, or "classifier".
    `probability` is the classifier's of the type given, None where it could not be asked. `path` is the way
    from actor over trigger to recipient, word by word with the grammar between. `standing` says what made
    the status; `close` are other codes: types with their probability, and frames that fit less well.
    """

    mention: Mention
    words: tuple[str, ...]
    rule: str
    probability: float | None
    path: tuple[str, ...]
    standing: tuple[str, ...]
    close: tuple[tuple[str, float | None], ...]


def explain(text: ParsedText) -> Iterator[Explanation]:
    """Explain every event of a text, sentence by sentence, as the coder finds them."""
    for sentence in text.sentences:
        for mention, found in traced(text, sentence):
            yield _explanation(sentence, mention, found)


def _explanation(sentence: Sentence, mention: Mention, found: Match) -> Explanation:
    judged = _probabilities(sentence, mention, found)
    ranked = sorted(judged.items(), key=lambda one: -one[1])
    near = ((kind.value, round(p, 2)) for kind, p in ranked if kind is not mention.event_type)
    close: tuple[tuple[str, float | None], ...] = tuple(islice(near, _CLOSE))
    return Explanation(
        mention,
        tuple(sentence.span.doc[i].text for i in sorted(found.words)),
        RULE if found.frame.id == RULE else f"{found.frame.id}",
        round(judged[mention.event_type], 2) if judged else None,
        tuple(_path(sentence, found)),
        tuple(_reasons(mention, found)),
        (*close, *((other, None) for other in _other_frames(sentence, mention, found))),
    )


def _probabilities(sentence: Sentence, mention: Mention, found: Match) -> dict[EventType, float]:
    predicate = found.clause.predicate
    start = sentence.position(predicate) - sentence.start
    one = Candidate(
        _spans(sentence, mention.actor),
        _spans(sentence, mention.recipient),
        Span(start, start + len(predicate.text)),
    )
    return load_reader().judge(sentence.span.text, [one])[0].types


def _spans(sentence: Sentence, parties: Sequence[Party]) -> tuple[Span, ...]:
    return tuple(
        Span(party.start - sentence.start, party.end - sentence.start)
        for party in parties
        if party.start is not None and party.end is not None and sentence.start <= party.start < sentence.end
    )


def _path(sentence: Sentence, found: Match) -> Iterator[str]:
    for role, parties in (("actor", found.actor), ("recipient", found.recipient)):
        for party in parties:
            head = _head(sentence, party)
            if head is None:
                yield f"{role} {party.text}: understood from what was said before"
            else:
                yield f"{role} {party.text}: {_between(head, found.clause.predicate)}"


def _head(sentence: Sentence, party: Party) -> Token | None:
    if party.start is None or party.end is None:
        return None
    at = (party.start - sentence.shift, party.end - sentence.shift)
    if at[0] < 0:
        return None
    span = sentence.span.doc.char_span(*at, alignment_mode="expand")
    return span.root if span is not None else None


def _between(token: Token, goal: Token) -> str:
    """The way through the parse from one word to another, by their common governor."""
    up = [token, *token.ancestors]
    down = [goal, *goal.ancestors]
    meet = next((one for one in up if one in down), None)
    if meet is None:
        return "in another sentence"
    rising = up[: up.index(meet)]
    falling = down[: down.index(meet)]
    steps = [f"{one.text} is {relation(one)} of {one.head.text}" for one in rising]
    steps += [f"{one.text} is {relation(one)} of {one.head.text}" for one in reversed(falling)]
    return ", ".join(steps) or "the trigger itself"


_NAMES = {
    "nsubj": "subject",
    "nsubjpass": "subject (passive)",
    "dobj": "object",
    "pobj": "object",
    "poss": "owner",
    "prep": "complement",
    "agent": "agent",
    "compound": "modifier",
    "amod": "modifier",
    "conj": "coordinate",
    "appos": "apposition",
    "ccomp": "clause",
    "xcomp": "infinitive",
    "advcl": "adverbial clause",
    "relcl": "relative clause",
    "acl": "participle",
    "dative": "dative",
}


def relation(token: Token) -> str:
    """A grammatical relation in words."""
    return _NAMES.get(token.dep_, token.dep_)


def _reasons(mention: Mention, found: Match) -> Iterator[str]:
    clause = found.clause
    for attribution in clause.attributions[-1:]:
        who = ", ".join(party.text for party in attribution.speakers) or "an unnamed voice"
        yield f"{who} says so ({attribution.lemma})"
    if clause.modality in _MODALITY:
        yield _MODALITY[clause.modality]
    if clause.polarity is Polarity.NEGATED:
        yield "it is negated"
    if clause.tense is Tense.FUTURE:
        yield "it lies ahead"
    if mention.condition:
        yield f"on condition: {mention.condition.quote}"
    if mention.status is Status.BACKGROUND:
        yield "it lies more than a month before the page"
    if found.frame.event_type is not mention.event_type:
        yield f"{found.frame.event_type.value} that is {mention.status.value} is {mention.event_type.value}"


def _other_frames(sentence: Sentence, mention: Mention, found: Match) -> Iterator[str]:
    parties = Parties(sentence)
    told = {mention.event_type, found.frame.event_type}
    for other in matches(found.clause, parties):
        if other.frame.event_type not in told:
            told.add(other.frame.event_type)
            yield f"{other.frame.event_type.value} by {other.frame.id}"
