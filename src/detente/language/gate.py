"""The gate before the parser: which sentences can hold an event, a statement or an institution's act.

A sentence is let through by its words alone. For events, some frame of the codebook must find its words
there: "hold" counts only beside "talks", "drill" and the like. Everything in quotation marks passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from detente.codebooks.actors import State, load_actors
from detente.codebooks.cues import adjective_cues, inflect, noun_cues, verb_cues
from detente.codebooks.institutions import cues
from detente.codebooks.plover import Frame, classes, noun_frames, verb_frames
from detente.codebooks.quantities import units
from detente.codebooks.statement_words import motive_words, statement_marks
from detente.codebooks.trained import friendly, trained_triggers
from detente.language.lemmas import irregular_forms, is_noun
from detente.model.events import QUAD

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ADVERBS = frozenset({"according", "reportedly", "allegedly", "purportedly", "supposedly"})
_AHEAD = frozenset(
    (
        "will",
        "shall",
        "won't",
        "won’t",
        "should",
        "ought",
        "likely",
        "unlikely",
        "probably",
        "expected",
        "poised",
        "projected",
        "predicted",
        "bound",
        "slated",
        "due",
        "set",
    )
)
"""Words by which a page itself forecasts or advises; a state's own agency does so in the state's voice."""
_ANCHORS = (
    ("vote", ("adopted", "rejected")),
    ("mandate", ("ended", "extended")),
    ("measure", ("nouns",)),
    ("agreement", ("nouns",)),
    ("tenure", ("until", "re_elected", "appointed", "resigned", "removed", "elected")),
    ("election", ("nouns", "turnout")),
    ("flow", ("sent", "received")),
)
"""Lists of `institutions.toml` of which every act of that kind shows a word."""
_VOICES = (
    r"\b(?:in|to|by) (?:the |their |his |her |its |\S+['’]s |\S+s['’] )"
    r"(?:words|views?|eyes|opinion|judge?ment|reading|estimation|assessment|reckoning|account|telling)\b"
    r"|\b(?:spoke|speaking|addressing)\b"
    r"|\b(?:remarks?|words|lines?|verdict|advice|author|message) (?:was|were|is|are|comes?|came|of)\b"
    r"|\bmade the \w+ (?:in|at|on|to)\b|\b(?:drafted|written) by\b"
)
"""Wordings that say whose a view, an account or a quotation is."""
_GRAMMAR = frozenset(
    (
        "in",
        "on",
        "at",
        "to",
        "with",
        "from",
        "against",
        "over",
        "of",
        "by",
        "for",
        "between",
        "into",
        "toward",
        "towards",
    )
)


def may_hold(sentence: str, home: str | None = None) -> bool:
    """Whether a sentence has words for an event, a statement or an institution's act.

    `home` is the state whose own agency speaks on the page: what its people agree, visit or praise among
    themselves is no event, so friendly words count there only beside a word for somebody else.
    """
    written = _WORD.findall(sentence)
    words = {word.lower() for word in written}
    if not words.isdisjoint(_plain_sayings()) or (home is None and not words.isdisjoint(_AHEAD)):
        return True
    alone = home is not None and foreign_words(home).isdisjoint(written)
    if may_hold_event(words, harsh_only=alone):
        return True
    if not words.isdisjoint(_doubtful_sayings()) and _sayings_in_place().search(sentence):
        return True
    return bool(_phrases().search(sentence) or _figures().search(sentence) or _posts().search(sentence))


def may_hold_event(words: set[str], *, harsh_only: bool = False) -> bool:
    """Whether some frame of the codebook finds all its words among these (lower case)."""
    forms = _forms()
    present = {lemma for word in words for lemma in forms.get(word, ())}
    if not words.isdisjoint(_trained(harsh_only=harsh_only)):
        return True
    return any(
        all(not need.isdisjoint(present) or not need.isdisjoint(words) for need in wanted)
        for lemma in present
        for wanted in _needs(harsh_only=harsh_only).get(lemma, ())
    )


@cache
def foreign_words(home: str) -> frozenset[str]:
    """Words, as written, that name a state, capital, person or body which is not of the home state."""
    book = load_actors()
    own = {word for state in book.states if state.id == home for word in _words_of(state)}
    found = {word for state in book.states if state.id != home for word in _words_of(state)}
    found |= {person.names[0].split()[-1] for person in book.persons.values() if person.nationality != home}
    found |= {
        name
        for body in book.organisations.values()
        if body.state != home
        for name in body.names
        if name.isupper()
    }
    return frozenset(word for word in found - own if word[0].isupper())


def _words_of(state: State) -> Iterator[str]:
    for name in (*state.names, *state.adjectives, *state.people, *state.capitals):
        yield from _WORD.findall(name)


@cache
def _trained(*, harsh_only: bool) -> frozenset[str]:
    """Forms of the verbs that alone may tell an act by the training set; none that are nouns as often."""
    lemmas = (
        trained_triggers(nominal=False) - classes()["LIGHT"] - (friendly() if harsh_only else frozenset())
    )
    return frozenset(
        form
        for lemma in lemmas
        for form in _inflected(lemma)
        if not is_noun(lemma) or form not in (lemma, lemma + "s", lemma + "es")
    )


@cache
def _plain_sayings() -> frozenset[str]:
    """Cue words that hardly stand for anything else: "said", "according", "reportedly"."""
    return frozenset((*verb_cues(), *_ADVERBS)) - _doubtful_sayings()


@cache
def _doubtful_sayings() -> frozenset[str]:
    """Cue words that are more often something else: "state", "press", "the threat", "is sure of"."""
    return frozenset((*noun_cues(), *adjective_cues(), *(word for word in verb_cues() if is_noun(word))))


@cache
def _sayings_in_place() -> re.Pattern[str]:
    """Doubtful cue words where they attribute: before what is said, or after who or what says."""
    listed = "|".join(re.escape(word) for word in sorted(_doubtful_sayings(), key=len, reverse=True))
    return re.compile(
        rf"(?<!the )(?<!an )(?<!a )\b(?:{listed})\b,?\s+"
        r"(?:that|to|how|what|why|whether|about|of|over|it|by|with|for)\b"
        r"|\b(?:to|will|would|also|not|who|and|they|we|I|you|he|she|it|should|must|has|have|had|be|been|is|are|was)"
        rf"\s+(?:\w+ly\s+)?(?:{listed})\b|[,;:]\s+(?:{listed})\b|\b(?:{listed})[,:]"
        rf"|\b(?:{listed})\b.{{1,60}}\bas\b|\b(?:in|by|on) (?:\w+ ){{1,2}}(?:{listed}|account|opinion)\b",
        re.IGNORECASE,
    )


@cache
def _needs(*, harsh_only: bool = False) -> dict[str, tuple[tuple[frozenset[str], ...], ...]]:
    """For each lemma the word sets of its frames: one word of every set must stand in the sentence."""
    found: dict[str, set[tuple[frozenset[str], ...]]] = {}
    for frames in (verb_frames(), noun_frames()):
        for lemma, several in frames.items():
            counted = [frame for frame in several if not harsh_only or QUAD[frame.event_type] in (3, 4)]
            found.setdefault(lemma, set()).update(tuple(_wanted(frame)) for frame in counted)
    return {lemma: ((),) if () in wanted else tuple(wanted) for lemma, wanted in found.items()}


def _wanted(frame: Frame) -> Iterator[frozenset[str]]:
    for condition in frame.conditions:
        if condition.absent:
            continue
        if condition.words:
            yield condition.words
        elif condition.slot in _GRAMMAR:
            yield frozenset({condition.slot})


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    """The lemmas a word form may stand for, of the lemmas and condition words of the frames."""
    lemmas = set(verb_frames()) | set(noun_frames())
    for wanted in _needs().values():
        lemmas |= {word for words in wanted for one in words for word in one}
    found: dict[str, set[str]] = {}
    for lemma in lemmas:
        for form in _inflected(lemma):
            found.setdefault(form, set()).add(lemma)
    return {form: tuple(several) for form, several in found.items()}


def _inflected(lemma: str) -> Iterable[str]:
    return {lemma, *inflect(lemma, []), *irregular_forms(lemma)}


@cache
def _phrases() -> re.Pattern[str]:
    """One pattern for the wordings that mark statements and the words of institutions' acts."""
    words = {word for section, names in _ANCHORS for name in names for word in cues(section)[name]}
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    marks = "|".join(f"(?:{pattern.pattern})" for _, pattern in statement_marks())
    return re.compile(rf"\b(?:{listed}|voted|abstain\w*)\b|{marks}|{_aims()}|{_VOICES}", re.IGNORECASE)


def _aims() -> str:
    """A pattern for the words that open an aim, with their "to" or preposition close behind."""
    links: dict[str, set[str]] = {}
    for word, entries in motive_words().items():
        for entry in entries:
            links.setdefault("to" if entry.takes == "inf" else entry.after, set()).add(word)
    return "|".join(
        rf"\b(?:{'|'.join(sorted(words))})(?:,?\s+\S+){{0,3}}?\s+{link}\b" for link, words in links.items()
    )


@cache
def _figures() -> re.Pattern[str]:
    """A number with a unit of the codebook in its phrase: "1,000 km", "2,400 more shells"."""
    listed = "|".join(re.escape(word) for word in sorted(units(), key=len, reverse=True) if word.isalpha())
    return re.compile(
        rf"\b(?:put|estimate|reckon)\w*\b.{{3,80}}\bat\s+(?:\w+\s+)?\d|[$€£¥₩]\s?\d|\d\s?%|(?:\d|million|billion|thousand)\s+(?:\w+\s+){{0,2}}(?:{listed})\b"
    )


@cache
def _posts() -> re.Pattern[str]:
    """A title beside a name: "Prime Minister Shigeru Ishiba", "Choe Son Hui, foreign minister of"."""
    listed = "|".join(re.escape(title) for title in sorted(load_actors().titles, key=len, reverse=True))
    name = r"[A-Z][\w'’-]+\s+[A-Z][\w'’-]+"
    return re.compile(rf"\b(?i:{listed})\b,?\s+{name}|{name},\s+(?:\S+\s+){{0,4}}?(?i:{listed})\b")
