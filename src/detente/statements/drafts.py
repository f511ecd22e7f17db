"""What the finders of statements share: a draft, its sentences, the actors in a stretch, evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from detente.language.contents import spans_of
from detente.language.frames import Attribution, Clause, ParsedText, Sentence
from detente.language.hedges import likelihood_of
from detente.model.actors import ActorKind, Party, Rank
from detente.model.dates import Dated
from detente.model.records import Condition
from detente.model.statements import (
    Advice,
    Commitment,
    Forecast,
    Likelihood,
    Modality,
    Motive,
    Polarity,
    StatementKind,
)
from detente.model.text import Evidence, Span

VERBAL = ("VERB", "AUX")
_GROUNDS = frozenset({"since", "as", "although", "though", "while", "whereas"})
_HEARSAY = frozenset({"reportedly", "allegedly", "purportedly", "supposedly"})
"""Words for who says so, not for how likely it is."""


@dataclass(slots=True, kw_only=True)
class Draft:
    """A statement in the making: where it stands, what it says, and whose word it is."""

    kind: StatementKind
    content: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    trigger: str
    rule: str
    attributions: tuple[Attribution, ...] = ()
    speaker: tuple[Party, ...] = ()
    cue: Span | None = None
    concerned: tuple[Party, ...] = ()
    """Whom it is told to or blamed on, where the content does not name them."""
    modality: Modality = Modality.ASSERTED
    polarity: Polarity = Polarity.AFFIRMED
    likelihood: Likelihood | None = None
    condition: Condition | None = None
    said_on: Dated | None = None
    motive: Motive | None = None
    forecast: Forecast | None = None
    commitment: Commitment | None = None
    advice: Advice | None = None
    salient: bool | None = None
    head: int | None = None
    """Code point of the verb that heads what is said; None where none does."""
    at: int | None = None
    """Code point of the wording that marks it; None where the whole clause does."""


@dataclass(slots=True)
class Page:
    """A parsed text with the lookups the finders need; `agency` when a state's own agency speaks."""

    text: ParsedText
    agency: bool = False
    starts: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, text: ParsedText) -> Page:
        """Prepare a parsed text."""
        voice = text.rendition.metadata.voice
        rank = text.publisher.rank if text.publisher else None
        agency = Rank.STATE_MEDIA in (voice, rank) or "(KCNA)" in text.rendition.text[:400]
        return cls(text, agency, [sentence.start for sentence in text.sentences])

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence a code point stands in; None outside of all."""
        at = bisect_right(self.starts, offset) - 1
        if at < 0:
            return None
        sentence = self.text.sentences[at]
        return sentence if offset < sentence.end else None

    def quote(self, sentence: Sentence) -> Evidence:
        """A sentence as evidence, without the space around it."""
        wording = self.text.rendition.text[sentence.start : sentence.end]
        lead = len(wording) - len(wording.lstrip())
        return self.text.evidence(sentence.start + lead, sentence.start + len(wording.rstrip()))

    def covering(self, offset: int) -> tuple[Attribution, ...]:
        """Who says what stands at a code point, outermost first."""
        return tuple(
            sorted(
                self.text.saying(offset), key=lambda a: sum(s.end - s.start for s in a.content), reverse=True
            )
        )


def share(one: Sequence[Span], other: Sequence[Span]) -> float:
    """How much of the longer of two contents both have in common, 0 to 1."""
    common = sum(a.overlap(b) for a in one for b in other)
    longest = max(sum(s.end - s.start for s in one), sum(s.end - s.start for s in other))
    return common / longest if longest else 0.0


def lies_in(offset: int, content: Iterable[Span]) -> bool:
    """Whether a position of the text stands in one of a content's stretches."""
    return any(span.start <= offset < span.end for span in content)


def actors_in(sentence: Sentence, spans: Iterable[Span]) -> tuple[Party, ...]:
    """The actors named inside stretches of a sentence, each once, in text order."""
    inside = [
        actor
        for actor in sentence.actors
        if actor.start is not None and any(s.start <= actor.start < s.end for s in spans)
    ]
    return distinct(inside)


def distinct(parties: Iterable[Party]) -> tuple[Party, ...]:
    """The parties without repetition, in order."""
    return tuple({party.label: party for party in reversed(list(parties))}.values())[::-1]


def subtree_actors(sentence: Sentence, head: Token | None) -> tuple[Party, ...]:
    """The actors named in the phrase of a token."""
    return actors_in(sentence, spans_of(head.subtree, sentence)) if head is not None else ()


def head_in(sentence: Sentence, spans: Sequence[Span]) -> Token | None:
    """The word that heads what is said: the one whose governor stands outside it."""
    inside = [t for t in sentence.tokens if any(s.start <= sentence.position(t) < s.end for s in spans)]
    places = {token.i for token in inside}
    heads = [t for t in inside if t.dep_ != "punct" and (t.head.i not in places or t.head.i == t.i)]
    verbal = [token for token in heads if token.pos_ in VERBAL]
    return next(iter(verbal or heads), None)


def clause_of(sentence: Sentence, predicate: Token | None) -> Clause | None:
    """The frame of a predicate, None when it has none."""
    if predicate is None:
        return None
    return next((c for c in sentence.clauses if c.predicate.i == predicate.i), None)


def hedge_of(sentence: Sentence, predicate: Token | None) -> Likelihood | None:
    """The worded likelihood of a predicate, from its frame or its own words."""
    if predicate is None:
        return None
    clause = clause_of(sentence, predicate)
    worded = (clause.hedge if clause else None) or likelihood_of(predicate)
    return None if worded and worded.term in _HEARSAY else worded


def subject_phrase(verb: Token) -> Token | None:
    """The head of a verb's own subject, or of the verb it is joined or subordinated to."""
    for _ in range(6):
        own = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "csubj")), None)
        if own is not None:
            if own.lower_ in ("that", "which", "who") and verb.dep_ == "relcl":
                return verb.head
            return own
        if (
            verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "prep", "acl", "acomp", "oprd")
            or verb.head.i == verb.i
        ):
            return None
        if verb.dep_ == "acl":
            return verb.head
        verb = verb.head
    return None


def clause_tokens(verb: Token) -> list[Token]:
    """A clause's own tokens: without clauses joined to it that have subjects of their own."""
    stops = [token.i for token in verb.sent if token.text == ";"]
    inside = (t for t in _own(verb) if not any(min(t.i, verb.i) < at < max(t.i, verb.i) for at in stops))
    return sorted(inside, key=lambda token: token.i)


def _own(token: Token) -> Iterator[Token]:
    for child in token.lefts:
        if child.dep_ == "advcl":
            continue
        yield from child.subtree
    yield token
    for child in token.rights:
        if child.dep_ == "conj" and any(c.dep_ in ("nsubj", "nsubjpass") for c in child.children):
            continue
        if child.dep_ == "parataxis" or (child.dep_ == "advcl" and _is_ground(child)):
            continue
        yield from child.subtree


def _is_ground(clause: Token) -> bool:
    """Whether a clause behind a comma gives a ground or a contrast: ", since neither will yield"."""
    comma = clause.left_edge.i > 0 and clause.left_edge.nbor(-1).text == ","
    return comma and any(c.dep_ == "mark" and c.lower_ in _GROUNDS for c in clause.lefts)


def is_state(party: Party) -> bool:
    """Whether a party is a state, an institution or a person the codebook knows."""
    return party.id is not None or party.kind is ActorKind.STATE


def names_somebody(sentence: Sentence) -> bool:
    """Whether a sentence names anybody or any place: a known actor, or a word written as a name."""
    first = sentence.span.start
    named = (t for t in sentence.tokens if t.is_title and (t.i > first or t.pos_ in ("PROPN", "ADJ")))
    return any(map(is_state, sentence.actors)) or any(token.lower_ != "i" for token in named)
