"""A block with its words and names, and the small questions the actor finder asks about them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from detente.codebooks.actor_words import words_for
from detente.language.casing import is_title_case
from detente.language.names import Match, Name, NameKind, Word, find_names, split_words
from detente.language.source import text_of
from detente.language.strangers import find_strangers
from detente.model.actors import ActorKind, Party, Rank

POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
HYPHENS = frozenset("-‐‑–—/")
STATE_KINDS = (NameKind.STATE, NameKind.ADJECTIVE, NameKind.PEOPLE, NameKind.CAPITAL)
PERSON_KINDS = (NameKind.PERSON, NameKind.ALONE, NameKind.SHORT, NameKind.STRANGER)
_MODIFYING = frozenset(("compound", "amod", "nmod"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_LONGEST_UNKNOWN_NAME = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A party and the words `[first, last)` it covers."""

    first: int
    last: int
    party: Party


class NamedBlock:
    """The words of a block and the names among them."""

    def __init__(self, doc: Doc, shift: int) -> None:
        self.doc, self.shift = doc, shift
        # spaCy builds a document's text anew each time it is asked.
        self.source = text_of(doc)
        self.words: list[Word] = split_words(self.source)
        self.at: dict[int, Match] = {match.first: match for match in find_names(self.words)}
        self._add_strangers()

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.idx for token in self.doc]

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sent.start_char for sent in self.doc.sents]

    @cached_property
    def is_title_case(self) -> bool:
        """Whether most words open with capitals, as in headlines: capitals then tell nothing."""
        return is_title_case(self.source, self.words)

    def token(self, word: int) -> Token:
        """The token a word stands in."""
        return self.doc[max(0, bisect_right(self._token_starts, self.words[word].start) - 1)]

    def sentence(self, word: int) -> int:
        """The number of the sentence a word stands in, from 0."""
        return bisect_right(self._sentence_starts, self.words[word].start) - 1

    def opens_sentence(self, word: int) -> bool:
        """Whether a word is the first of its sentence."""
        return word == 0 or self.sentence(word - 1) != self.sentence(word)

    def text(self, word: int) -> str:
        """A word's text, "" outside the block."""
        return self.words[word].text if 0 <= word < len(self.words) else ""

    def lower(self, word: int) -> str:
        """A word's text in lower case, "" outside the block."""
        return self.text(word).lower()

    def match(self, word: int) -> Match | None:
        """The names that open at a word."""
        return self.at.get(word)

    def after_possessive(self, last: int) -> int:
        """The word after a possessive mark that stands at `last`; `last` when none does."""
        glued = last < len(self.words) and self.words[last].start == self.words[last - 1].end
        return last + 1 if glued and self.text(last) in POSSESSIVES else last

    def skip_modifiers(self, at: int) -> int:
        """The first word from `at` that is no modifier or opens a name."""
        modifiers = words_for("modifier")
        while at < len(self.words) and at not in self.at and self.lower(at) in modifiers:
            if self.text(at) in HYPHENS and not self.is_glued(at):
                break
            at += 1
        return at

    def is_glued(self, at: int) -> bool:
        """Whether a word stands without space between its neighbours, as in "high-ranking"."""
        inside = 0 < at < len(self.words) - 1
        return (
            inside
            and self.words[at - 1].end == self.words[at].start
            and (self.words[at].end == self.words[at + 1].start)
        )

    def is_hyphen(self, at: int) -> bool:
        """Whether a hyphen joins the words around it; a dash between spaces does not."""
        return self.text(at) in HYPHENS and self.is_glued(at)

    def is_bracketed(self, match: Match) -> bool:
        """Whether a name stands alone in brackets: "(KCNA)"."""
        return self.text(match.first - 1) == "(" and self.text(match.last) == ")"

    def is_former(self, first: int, last: int) -> bool:
        """Whether a word in or just before `[first, last)` says that the title is no longer held."""
        former = words_for("former")
        return any(self.lower(word) in former for word in range(max(0, first - 2), last))

    def is_modifying(self, last: int) -> bool:
        """Whether the word before `last` modifies a noun to its right ("military parade")."""
        token = self.token(last - 1)
        if token.dep_ not in _MODIFYING or token.head.i <= token.i:
            return False
        return self.doc[token.i + 1].pos_ in ("NOUN", "PROPN", "ADJ", "NUM") or self.is_hyphen(last)

    def is_verb(self, word: int) -> bool:
        """Whether a word is used as a verb ("Russia forces Ukraine")."""
        return self.token(word).pos_ in ("VERB", "AUX")

    def is_subject(self, last: int) -> bool:
        """Whether the phrase that ends before `last` is a subject."""
        return self.token(last - 1).dep_ in _SUBJECTS

    def is_joined(self, first: int) -> bool:
        """Whether "and" or a hyphen joins the phrase at `first` to the one before it."""
        at = first - 1 if self.lower(first - 1) not in ("the", "both") else first - 2
        return self.lower(at) in ("and", "&") or self.is_hyphen(at)

    def head_noun(self, at: int) -> str:
        """The noun that ends the run of adjectives and nouns from `at`, in lower case; "" without one."""
        head = ""
        while at < len(self.words):
            kind = self.token(at).pos_
            if kind in ("NOUN", "PROPN"):
                head = self.lower(at)
            elif kind not in ("ADJ", "NUM") and self.text(at) not in HYPHENS:
                break
            at += 1
        return head

    def unknown_name(self, at: int) -> int:
        """The word after two or three capitalised words outside the codebook; `at` when none open there."""
        last = at
        while last < len(self.words) and last - at < 2 * _LONGEST_UNKNOWN_NAME:
            word, glued = self.words[last], last > at and self.words[last].start == self.words[last - 1].end
            if last in self.at and not self.at[last].of(NameKind.SHORT, NameKind.ALONE):
                break
            if glued and word.text in HYPHENS and self.text(last + 1).isalpha() and last + 1 not in self.at:
                last += 2
            elif word.is_capital and word.text.isalpha() and not glued:
                last += 1
            else:
                break
        capitals = sum(self.words[word].is_capital for word in range(at, last))
        thing = last > at and self.text(last - 1) in words_for("thing") | words_for("state_body")
        return last if capitals >= 2 and not thing else at

    def party(
        self,
        first: int,
        last: int,
        id_: str | None,
        kind: ActorKind,
        rank: Rank,
        *,
        state: str | None,
        sector: str = "",
    ) -> Found:
        """Make the party of the words `[first, last)`."""
        start, end = self.words[first].start, self.words[last - 1].end
        text = self.source[start:end]
        return Found(
            first,
            last,
            Party(id_, text, state, start + self.shift, end + self.shift, kind, rank, sector or None),
        )

    def _add_strangers(self) -> None:
        """Add the persons and bodies that the codebook does not know."""
        taken = {
            word
            for match in self.at.values()
            if not match.of(NameKind.SHORT, NameKind.ALONE)
            for word in range(match.first, match.last)
        }
        for label, start, end in find_strangers(self.doc):
            first = bisect_right(self._word_starts, start) - 1
            last = bisect_right(self._word_starts, end - 1)
            while first < last and self.lower(first) in ("the", "mr", "mrs", "ms", "."):
                first += 1
            while last > first and self.text(last - 1) in POSSESSIVES:
                last -= 1
            if first < last and taken.isdisjoint(range(first, last)) and self._is_name(label, first, last):
                for word in range(first, last):
                    self.at.pop(word, None)
                kind = NameKind.STRANGER if label == "PERSON" else NameKind.STRANGE_BODY
                words = tuple(word.text for word in self.words[first:last])
                self.at[first] = Match(first, last, (Name(kind, "", words),))

    @staticmethod
    def _is_shouted(word: Word) -> bool:
        return len(word.text) > 3 and word.text.isupper()

    def add_surnames(self, known: set[str]) -> None:
        """Add the last names, standing alone, of unknown persons named in this block or before it."""
        here = {match.names[0].words[-1] for match in self.at.values() if match.of(NameKind.STRANGER)}
        here |= self._named_after_roles()
        if not here and not known:
            return
        covered = {word for match in self.at.values() for word in range(match.first, match.last)}
        for at, word in enumerate(self.words):
            if word.text in known or word.text in here:
                alone = (
                    not self.text(at - 1).istitle() or self.opens_sentence(at) or self.opens_sentence(at - 1)
                )
                if at not in covered and alone and not self.text(at + 1).istitle():
                    self.at[at] = Match(at, at + 1, (Name(NameKind.STRANGER, "", (word.text,)),))

    def _named_after_roles(self) -> set[str]:
        """The last words of unknown names that follow a title or role ("lawmaker Anna Berg")."""
        found = set()
        for match in self.at.values():
            if match.of(NameKind.TITLE, NameKind.ROLE):
                last = self.unknown_name(match.last)
                if last > match.last:
                    found.add(self.text(last - 1))
        return found

    def _continues(self, last: int) -> bool:
        """Whether a name the model cut at a hyphen goes on ("Ri Chung" for "Ri Chung-gil")."""
        hyphen = last if self.text(last) in HYPHENS else last - 1
        glued = self.words[last].start == self.words[last - 1].end
        return self.text(hyphen) in HYPHENS and glued and self.text(hyphen + 1).isalpha()

    def _is_name(self, label: str, first: int, last: int) -> bool:
        words = [word for word in self.words[first:last] if word.text not in HYPHENS and word.text != "."]
        if self.is_title_case or len(words) < 2 or words[0].text.lower() in words_for("nature"):
            return False
        if label == "ORG":
            named = any(word.text not in words_for("generic") | words_for("state_body") for word in words)
            return (
                named
                and words[-1].text in words_for("state_body")
                and all(word.is_capital or word.text in ("of", "for", "and", "the", "on") for word in words)
            )
        inner = [at for at in range(first, last) if at in self.at]
        if len(inner) > 1 or (inner and inner[0] == first and self.at[first].of(NameKind.ALONE)):
            return False
        if words[-1].text in words_for("thing") or self.is_modifying(last):
            return False
        return (
            len(words) <= 4
            and all(
                (word.is_capital and word.text != "The" and not self._is_shouted(word))
                or word.text in words_for("particle")
                for word in words
            )
            and all(word.text.isalpha() for word in words)
            and words[0].is_capital
        )
