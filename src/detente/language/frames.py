"""What the finders read: parsed sentences with their actors, dates and clauses framed.

A rendition is parsed block by block: each `Sentence.span` belongs to a spaCy `Doc` of one block, and
`Sentence.shift` turns that Doc's character offsets into the rendition's: `token.idx + sentence.shift`.
Everything else here (`Party.start`, `DateMention.start`, `Clause.start`...) already indexes the rendition.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from detente.model.actors import Party
from detente.model.dates import Dated
from detente.model.documents import Rendition
from detente.model.records import Amount, Condition, Place, Record, Voice
from detente.model.statements import Likelihood, Modality, Polarity
from detente.model.text import Block, Evidence, Span


class Tense(StrEnum):
    """When a clause puts its deed, as seen from the sentence; NONE for bare nominals and infinitives."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that name a date, resolved against the publication date as far as the text allows."""

    start: int
    end: int
    text: str
    date: Dated


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a stretch of text: the speaker's names, the words that say so, and what is said.

    `speakers` are the innermost voice's names (empty for "it is expected"); `chain` is the whole chain
    inside the page, outermost first ("report", "author", "speaker", "source"), without the publisher.
    `content` is a list of stretches because quotes are split. `lemma` is the cue's lemma ("say", "deny",
    "according to"), `cue` indexes the rendition. `is_quote` when the content stands in quotation marks.
    `strength` is the cue's: "word" (said), "mind" (thought), "finding" (what a document shows) or "stance"
    (an attitude the page reports: "opposes the bill"; nothing in its content is anybody's word).
    """

    speakers: tuple[Party, ...]
    chain: tuple[Voice, ...]
    lemma: str
    cue: Span | None
    content: tuple[Span, ...]
    is_quote: bool = False
    cue_negated: bool = False
    cue_tense: Tense = Tense.PAST
    said_on: Dated | None = None
    strength: str = "word"

    def covers(self, offset: int) -> bool:
        """Whether a code point of the rendition stands in what is said; never so for a stance."""
        return self.strength != "stance" and any(span.start <= offset < span.end for span in self.content)


@dataclass(frozen=True, slots=True)
class Clause:
    """One predicate (a verb, or a noun that names a deed: "the veto") and how the text puts it.

    `start`/`end` is the extent of the clause without subordinate clauses that have frames of their own
    where those stand at its edge. `attributions` are those whose content covers the predicate, outermost
    first; empty when the page itself speaks. `hedge` is the likelihood wording that governs it.
    """

    predicate: Token
    lemma: str
    start: int
    end: int
    tense: Tense
    modality: Modality
    polarity: Polarity
    passive: bool = False
    nominal: bool = False
    hedge: Likelihood | None = None
    condition: Condition | None = None
    attributions: tuple[Attribution, ...] = ()


@dataclass(slots=True)
class Sentence:
    """One sentence of one block; see the module's docstring for offsets.

    `previous` is where the sentence before it starts, also when the gate kept that one from the parser.
    `words` are the lower-case words of its `tokens`.
    """

    span: SpacySpan
    shift: int
    block: Block
    actors: tuple[Party, ...] = ()
    dates: tuple[DateMention, ...] = ()
    places: tuple[Place, ...] = ()
    amounts: tuple[Amount, ...] = ()
    clauses: tuple[Clause, ...] = ()
    previous: int = 0
    tokens: tuple[Token, ...] = field(init=False, repr=False)
    words: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Take the tokens out of their Doc once: it makes a new object whenever one is asked for."""
        self.tokens = tuple(self.span)
        self.words = frozenset(token.lower_ for token in self.tokens)

    @property
    def start(self) -> int:
        """First code point of the sentence in the rendition."""
        return int(self.span.start_char) + self.shift

    @property
    def end(self) -> int:
        """Code point after the sentence in the rendition."""
        return int(self.span.end_char) + self.shift

    def position(self, token: Token) -> int:
        """Where a token of this sentence starts in the rendition."""
        return int(token.idx) + self.shift

    def token_at(self, offset: int) -> Token | None:
        """The token of this sentence that a code point of the rendition stands in, None between words."""
        at = offset - self.shift
        return next((t for t in self.tokens if t.idx <= at < t.idx + len(t)), None)

    def actors_of(self, token: Token) -> tuple[Party, ...]:
        """The actors a token heads or names: those whose span covers the token."""
        at = self.position(token)
        return tuple(a for a in self.actors if a.start is not None and a.end and a.start <= at < a.end)


class AttributionIndex:
    """Who says what stands at a code point, found without asking every attribution of a long page."""

    STRETCH = 512

    def __init__(self, attributions: Iterable[Attribution]) -> None:
        """Note for each stretch of the text the attributions that reach into it."""
        self._stretches: dict[int, list[Attribution]] = {}
        for attribution in attributions:
            reached = {
                number
                for span in attribution.content
                for number in range(span.start // self.STRETCH, span.end // self.STRETCH + 1)
            }
            for number in reached:
                self._stretches.setdefault(number, []).append(attribution)

    def covering(self, offset: int) -> list[Attribution]:
        """The attributions whose content covers a code point, in the order they were given."""
        return [a for a in self._stretches.get(offset // self.STRETCH, ()) if a.covers(offset)]


@dataclass(slots=True)
class ParsedText:
    """A rendition ready for the finders.

    `reference` is the day the page speaks from: publication, else the one its anniversaries fix, else None.
    """

    rendition: Rendition
    published: Dated | None
    sentences: tuple[Sentence, ...]
    attributions: tuple[Attribution, ...] = ()
    publisher: Voice | None = None
    reference: Dated | None = None
    _sayings: AttributionIndex | None = field(default=None, init=False, repr=False, compare=False)
    _starts: list[int] | None = field(default=None, init=False, repr=False, compare=False)

    def saying(self, offset: int) -> list[Attribution]:
        """The attributions whose content covers a code point, in text order."""
        if self._sayings is None:
            self._sayings = AttributionIndex(self.attributions)
        return self._sayings.covering(offset)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence a code point stands in; None between sentences."""
        if self._starts is None:
            self._starts = [sentence.start for sentence in self.sentences]
        at = bisect_right(self._starts, offset) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].end else None

    def evidence(self, start: int, end: int) -> Evidence:
        """Quote a stretch of the text."""
        block = self.rendition.block_at(start)
        return Evidence(
            start,
            end,
            self.rendition.text[start:end],
            self.rendition.id,
            block.page if block else None,
        )

    def chain(self, attributions: Iterable[Attribution] = ()) -> tuple[Voice, ...]:
        """The chain of attribution for a record: publisher first, then the voices of `attributions`."""
        voices = [self.publisher] if self.publisher else []
        for attribution in attributions:
            voices += [voice for voice in attribution.chain if voice not in voices]
        return tuple(voices)


class Coder(Protocol):
    """A plug-in that finds records in a parsed text.

    `name` with its version enters the identity of every reading. `code` must not change the text it is
    given, must quote evidence that equals the rendition's text, and never raises on odd text.
    """

    name: str

    def code(self, text: ParsedText) -> Iterable[Record]:
        """Find records; offsets in them index `text.rendition.text`."""
        ...
