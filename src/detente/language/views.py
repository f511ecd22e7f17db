"""Find "in the view of X" and "in X's words": a phrase beside a clause that says whose view or word it is."""

from __future__ import annotations

from spacy.tokens import Token

from detente.language.bounds import bounded
from detente.language.contents import clause_around, spans_of
from detente.language.frames import Attribution, Sentence
from detente.language.speakers import SpeakerMemory, resolve_speaker
from detente.model.text import Span

_WORDS = {"words": "in the words of", "account": "according to", "telling": "according to"}
_VIEWS = frozenset(
    {"view", "views", "eyes", "opinion", "judgement", "judgment", "reading", "estimation", "assessment"}
) | {"reckoning", "verdict", "mind"}
_LINKS = frozenset({"in", "by", "to"})


def view_attribution(noun: Token, sentence: Sentence, memory: SpeakerMemory) -> Attribution | None:
    """The attribution of a clause by a phrase such as "in Seoul's view"; None where a noun makes none."""
    link = noun.head
    named = noun.lower_ in _VIEWS or noun.lower_ in _WORDS
    if not named or noun.dep_ != "pobj" or link.lower_ not in _LINKS or not _stands_apart(link):
        return None
    owner = _owner(noun)
    voiced = resolve_speaker(owner, sentence, memory) if owner is not None else None
    spans = tuple(spans_of(bounded(clause_around(link), link), sentence))
    if voiced is None or not voiced.speakers or not spans:
        return None
    cue = Span(sentence.position(link), sentence.position(noun) + len(noun))
    lemma = _WORDS.get(noun.lower_, "in the view of")
    return Attribution(voiced.speakers, voiced.chain, lemma, cue, spans)


def _stands_apart(link: Token) -> bool:
    """Whether the phrase is set off from its clause: at the start of the sentence or behind a comma."""
    return link.i == link.sent.start or link.nbor(-1).text in (",", "-", "–", "—", "(")


def _owner(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None
