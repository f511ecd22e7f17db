"""Resolve the words that name a speaker to parties, and build the chain of voices behind a statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from detente.codebooks.cues import VoiceWord, voice_words
from detente.language.frames import Sentence
from detente.language.reports import REPORT_NOUNS, Report
from detente.language.source import text_of
from detente.model.actors import ActorKind, Party, Rank
from detente.model.records import Voice

HE_OR_SHE = frozenset({"he", "she", "him", "her", "his"})
THEY = frozenset({"they", "them", "their"})
IT = frozenset({"it", "its"})
SELF = frozenset({"i", "we", "me", "us", "my", "our"})
ANYBODY = frozenset(
    {
        "you",
        "one",
        "anyone",
        "anybody",
        "everyone",
        "everybody",
        "nobody",
        "someone",
        "somebody",
        "there",
        "what",
        "which",
        "that",
        "this",
        "these",
        "those",
    }
)
_OUTSIDE_NAME = frozenset(
    {"relcl", "acl", "appos", "advcl", "conj", "cc", "punct", "parataxis", "ccomp", "npadvmod", "case"}
)
_PRESS = frozenset({"article", "editorial", "dispatch", "statement", "release", "communique", "communiqué"})
"""Documents of the press and of press offices: not an expert's."""
_MODIFIERS = frozenset({"amod", "compound", "poss", "nmod", "nummod"})
_FRESH = 900
"""Code points: within a few sentences "he said" goes on with the last speaker."""
_UNNAMED = {Rank.UNNAMED, Rank.UNNAMED_OFFICIAL}


@dataclass(frozen=True, slots=True)
class Voiced:
    """Who speaks: the innermost names, and the whole chain inside the page, outermost first."""

    speakers: tuple[Party, ...]
    chain: tuple[Voice, ...]


NOBODY = Voiced((), ())


@dataclass(slots=True)
class SpeakerMemory:
    """The last voices of the page, for "he added", "the report", "the two authors"."""

    report: Report | None = None
    owner: Party | None = None
    """Whose statement the page is, who says "we" in it; None where its title does not say."""
    person: Party | None = None
    several: tuple[Party, ...] = ()
    body: Party | None = None
    spoke_at: int = -(10**9)
    body_at: int = -(10**9)
    before: int = 0
    """Where the sentence before the one that is read now starts."""

    def remember(self, parties: tuple[Party, ...], at: int) -> None:
        """Keep who spoke last and where, by what they can be called later."""
        self.spoke_at = at
        if len(parties) > 1:
            self.several = parties
        for party in parties:
            if party.kind in (ActorKind.STATE, ActorKind.ORGANISATION):
                self.body = party
                self.body_at = at
            elif party.kind is ActorKind.GROUP:
                self.several = (party,)
            else:
                self.person = party

    def recall(self, pronoun: str) -> tuple[Party, ...]:
        """Who a pronoun stands for as a speaker; empty when the page has named nobody it could be."""
        if pronoun in HE_OR_SHE:
            return (self.person,) if self.person else ()
        if pronoun in THEY:
            return self.several
        if pronoun in IT:
            return (self.body,) if self.body and self.body_at >= self.before else ()
        return ()


def resolve_speaker(
    head: Token, sentence: Sentence, memory: SpeakerMemory, *, quoted: bool = False
) -> Voiced | None:
    """Find who the noun phrase of `head` names as a voice; None when it names nobody ("this", "you").

    A voice `quoted` inside another's words is not who goes on speaking: it is not remembered.
    """
    word = head.lower_
    counted = word in ("one", "two", "three", "some", "many", "most") and any(
        c.lower_ == "of" for c in head.children
    )
    if (head.tag_ in ("PRP", "PRP$", "WP", "WDT") or word in SELF or word in ANYBODY) and not counted:
        return _pronoun(head, sentence, memory)
    if head.tag_ == "VBG":
        return None
    if names_report(head):
        return _report(head, sentence, memory)
    parties: list[Party] = []
    for part in _coordinated(head):
        parties += _parties(part, sentence)
    unique = tuple(dict.fromkeys(parties))
    if not quoted:
        memory.remember(unique, sentence.start)
    return Voiced(unique, tuple(voice("speaker", party) for party in unique))


def names_report(head: Token) -> bool:
    """Whether a phrase names a report, a study or a poll."""
    word = head.lower_
    return word in REPORT_NOUNS or (word.endswith("s") and word[:-1] in REPORT_NOUNS) or word == "studies"


def is_voice(party: Party) -> bool:
    """Whether a party is somebody who can speak: known, a person, or called by a word for voices."""
    if party.id is not None or party.rank is not None or party.kind is ActorKind.PERSON:
        return True
    words = party.text.split(" of ")[0].replace("-", " ").split()
    if not words:
        return False
    named = words[-1][0].isupper() and words[0].lower() not in ("the", "a", "an", "this")
    return named or words[-1].lower() in voice_words()


def voice(role: str, party: Party) -> Voice:
    """Make a link of a chain from a party."""
    return Voice(role, party.text, party.id, party.state, party.rank, party.start, party.end)


def name_tokens(head: Token) -> list[Token]:
    """The tokens of a name without what only comments on it: no relative clause, apposition or list."""
    kept = [head]
    for child in head.children:
        if child.dep_ in _OUTSIDE_NAME or (child.dep_ == "prep" and child.lower_ not in ("of", "for")):
            continue
        kept += list(child.subtree)
    return sorted(kept, key=lambda token: token.i)


def _pronoun(head: Token, sentence: Sentence, memory: SpeakerMemory) -> Voiced | None:
    word = head.lower_
    if word in ("we", "i") and memory.owner is not None:
        return Voiced((memory.owner,), (voice("speaker", memory.owner),))
    if word in SELF or word in ANYBODY or word in ("who", "whom"):
        return None
    start = sentence.position(head)
    known = tuple(party for party in sentence.actors_of(head) if party.id)
    if word in IT and head.i != sentence.span.start:
        known = ()
    fresh = 0 <= sentence.start - memory.spoke_at < _FRESH
    found = (fresh and memory.recall(word)) or known or memory.recall(word)
    if not found:
        own = Party(None, head.text, None, start, start + len(head))
        return Voiced((own,), (voice("speaker", own),)) if word not in IT else None
    placed = tuple(replace(party, start=start, end=start + len(head)) for party in found)
    return Voiced(placed, tuple(voice("speaker", party) for party in placed))


def _report(head: Token, sentence: Sentence, memory: SpeakerMemory) -> Voiced:
    rank = Rank.MEDIA if head.lower_.removesuffix("s") in _PRESS else Rank.EXPERT
    own = _own_party(head, sentence, ActorKind.ORGANISATION, rank)
    authors: list[Party] = []
    for owner in _owners(head):
        if owner.tag_ == "PRP$":
            authors += memory.recall(owner.lower_)
        else:
            for part in _coordinated(owner):
                authors += _parties(part, sentence)
    if authors:
        memory.remember(tuple(authors), sentence.start)
        chain = (voice("report", own), *(voice("author", author) for author in authors))
        return Voiced(tuple(authors), chain)
    report = memory.report
    if report and _definite(head) and report.authors:
        titled = replace(voice("report", own), text=report.title) if report.title else voice("report", own)
        return Voiced(report.authors, (titled, *(voice("author", author) for author in report.authors)))
    memory.remember((own,), sentence.start)
    return Voiced((own,), (voice("report", own),))


def _owners(head: Token) -> Iterator[Token]:
    """Whose report it is: "the ministry's report", "a report by the institute"."""
    for child in head.children:
        if child.dep_ == "poss":
            yield child
        elif child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            yield from (grandchild for grandchild in child.children if grandchild.dep_ == "pobj")
        elif child.dep_ == "acl" and child.tag_ == "VBN":
            for agent in (c for c in child.children if c.dep_ in ("agent", "prep") and c.lower_ == "by"):
                yield from (grandchild for grandchild in agent.children if grandchild.dep_ == "pobj")


def _definite(head: Token) -> bool:
    return any(child.lower_ in ("the", "this", "an", "a") for child in head.children if child.dep_ == "det")


def _coordinated(head: Token) -> Iterator[Token]:
    if head.text == "-":
        return
    cut = (
        head.i + 2 < len(head.doc)
        and head.nbor(1).text == "-"
        and head.nbor(1).head.i in (head.i, head.head.i)
    )
    yield head.nbor(2) if cut else head
    for child in head.children:
        if child.dep_ == "appos" and child.pos_ in ("NOUN", "PROPN") and _is_listed(child):
            yield from _coordinated(child)
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON"):
            yield from _coordinated(child)


def _is_listed(part: Token) -> bool:
    """Whether what the parse calls an apposition is one of a list: "the head, the chairman and the envoy"."""
    others = [c for c in part.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN")]
    return bool(others) and any(c.lower_ in ("the", "a", "an") for c in part.children)


def _parties(head: Token, sentence: Sentence) -> list[Party]:
    """The actors a phrase's head stands in, else a named apposition, else the phrase itself."""
    known = list(sentence.actors_of(head))
    if known:
        return [_ranked(party, head) for party in known]
    named = next(
        (c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN" and not _is_listed(c)), None
    )
    if named is not None and head.pos_ != "PROPN":
        known = list(sentence.actors_of(named))
        return [_ranked(p, head) for p in known] or [_own_party(named, sentence, rank_from=head)]
    return [_own_party(head, sentence)]


def _own_party(
    head: Token,
    sentence: Sentence,
    kind: ActorKind | None = None,
    rank: Rank | None = None,
    rank_from: Token | None = None,
) -> Party:
    tokens = name_tokens(head)
    start = sentence.position(tokens[0])
    end = sentence.position(tokens[-1]) + len(tokens[-1])
    text = text_of(sentence.span.doc)[start - sentence.shift : end - sentence.shift]
    described = _voice_word(head) or (_voice_word(rank_from) if rank_from is not None else None)
    inside = [a for a in sentence.actors if a.start is not None and start <= a.start < end and a.state]
    named = any(token.pos_ == "PROPN" for token in tokens if token.dep_ not in ("amod", "poss"))
    kind = kind or (described.kind if described else None) or _guess_kind(head)
    rank = rank or (_rank(described.rank, named and head.pos_ == "PROPN") if described else None)
    return Party(None, text, inside[0].state if inside else None, start, end, kind, rank or _default(kind))


def _voice_word(head: Token) -> VoiceWord | None:
    """What the phrase calls its voice, the head before its modifiers and its apposition."""
    words = voice_words()
    if head.lower_ in words:
        return words[head.lower_]
    for child in head.children:
        if child.dep_ in ("compound", "appos", "nmod") and child.lower_ in words:
            return words[child.lower_]
    return None


def _ranked(party: Party, head: Token) -> Party:
    if party.rank is not None:
        return party
    described = _voice_word(head)
    return replace(party, rank=_rank(described.rank, True)) if described else party


def _rank(rank: Rank, named: bool) -> Rank:
    if not named or rank not in _UNNAMED:
        return rank
    return Rank.OFFICIAL if rank is Rank.UNNAMED_OFFICIAL else Rank.PERSON


def _guess_kind(head: Token) -> ActorKind:
    if head.tag_ in ("NNS", "NNPS"):
        return ActorKind.GROUP
    return ActorKind.PERSON if head.pos_ == "PROPN" else ActorKind.GROUP


def _default(kind: ActorKind | None) -> Rank | None:
    return Rank.PERSON if kind is ActorKind.PERSON else None
