"""Find motives: whose aim is what, ranked as the text ranks it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from detente.codebooks.statement_words import MotiveWord, motive_words
from detente.language.contents import spans_of
from detente.language.frames import Sentence
from detente.language.source import text_of
from detente.model.actors import Party
from detente.model.statements import Modality, Motive, Polarity, StatementKind
from detente.model.text import Span
from detente.statements.drafts import (
    VERBAL,
    Draft,
    Page,
    actors_in,
    hedge_of,
    is_state,
    names_somebody,
    subject_phrase,
    subtree_actors,
)

_PRIMARY = frozenset(
    {"primarily", "mainly", "chiefly", "principally", "mostly", "largely", "foremost", "all"}
)
_ALSO = frozenset({"also", "additionally", "furthermore", "moreover", "further"})
_AUDIENCE = re.compile(
    r"\b(?:to|before|among) (?:the |its |his )?(?:domestic|home|own|international|foreign)"
    r"[\w ]*?(?:population|audience|public|people|community)\b"
)
_DIRECTIONS = frozenset(
    {
        "with",
        "on",
        "upon",
        "to",
        "toward",
        "towards",
        "against",
        "for",
        "from",
        "of",
        "between",
        "within",
        "at",
    }
)
_DIRECT = frozenset(
    {"dobj", "pobj", "prep", "compound", "poss", "amod", "nmod", "conj", "appos", "dative", "case"}
)
_DEEPEST = 12
"""Steps from a name up to the verb of its aim: an odd parse may not loop."""
_PLAIN = MotiveWord("to", "", "inf", page=True)
_NO_PURPOSE = frozenset({"as", "order", "only", "enough", "how", "what", "where", "whether", "when"})
_NO_DEED = frozenset(
    {
        "vetoed",
        "rejected",
        "adopted",
        "passed",
        "approved",
        "tabled",
        "take",
        "takes",
        "took",
        "go",
        "goes",
        "come",
        "comes",
        "grew",
        "lived",
        "woke",
        "survived",
    }
) | {"rose", "fell", "continue", "continues", "continued", "said", "says", "told", "used"}
"""Verbs whose infinitive tells no purpose: "went on to win", "it took years to build"."""
_COPULAS = frozenset({"is", "was", "are", "were", "be", "being", "been"})
_BETWEEN = _COPULAS | {
    "above",
    "all",
    "chiefly",
    "mainly",
    "primarily",
    "also",
    "partly",
    "in",
    "part",
    "not",
    "only",
    ",",
}
_TORN = frozenset({"but", "also", "and", "or", "not", "only", "while"})
_REACH = 4
"""Tokens between "to" and its verb: room for an adverb or two."""


def find_motives(page: Page, sentence: Sentence, last: tuple[Party, ...]) -> Iterator[Draft]:
    """Find the aims a sentence names; `last` is whose the aim before was, for "It also served to"."""
    words = motive_words()
    for token in sentence.tokens:
        if token.tag_ == "TO" and _is_purpose(token):
            yield from _drafts(page, sentence, token.head.head, _PLAIN, token.head, last)
        if token.lower_ not in words:
            continue
        for word in words[token.lower_]:
            aim = _aim(token, word)
            if aim is not None:
                yield from _drafts(page, sentence, token, word, aim, last)
                break


def _is_purpose(to: Token) -> bool:
    """Whether an infinitive tells what somebody's deed is for: "closed the strait to punish Oslo"."""
    aim, deed = to.head, to.head.head
    if aim.dep_ != "advcl" or aim.tag_ != "VB" or deed.pos_ != "VERB" or aim.i < deed.i:
        return False
    before = to.nbor(-1).lower_ if to.i else ""
    if before in motive_words() or before in _NO_PURPOSE or to.nbor(1).lower_ in ("be", "have"):
        return False
    active = not any(c.dep_ in ("nsubjpass", "auxpass") for c in deed.children)
    return active and deed.lower_ not in _NO_DEED and not any(c.dep_ == "neg" for c in aim.children)


def _aim(marker: Token, word: MotiveWord) -> Token | None:
    """The verb of the aim: the gerund after "at", the infinitive after "to"; a noun after "driven by"."""
    doc = marker.doc
    if word.takes == "object":
        return next((c for c in marker.children if c.dep_ == "dobj" and c.pos_ in ("NOUN", "PROPN")), None)
    at = _link(marker, word)
    if at is None:
        return _told_of(marker) if word.takes == "inf" and marker.pos_ == "NOUN" else None
    if word.takes == "noun":
        return next((c for c in doc[at].children if c.dep_ == "pobj"), None)
    for token in doc[at + 1 : at + 1 + _REACH]:
        if token.pos_ in VERBAL and token.dep_ not in ("aux", "auxpass", "amod"):
            right = "VBG" if word.takes == "gerund" else "VB"
            return token if token.tag_ == right else None
        if token.pos_ not in ("ADV", "PART", "PUNCT", "AUX"):
            return None
    return None


def _told_of(noun: Token) -> Token | None:
    """The aim a noun is the subject of: "its aim along the river, they think, was to stop the road"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lower_ not in _COPULAS:
        return None
    aims = (c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "acomp", "attr") and c.tag_ == "VB")
    return next((c for c in aims if any(t.tag_ == "TO" for t in c.lefts)), None)


def _link(marker: Token, word: MotiveWord) -> int | None:
    """Where the "to" or the preposition stands: right after the marker, or after "is" or "above all"."""
    doc, link = marker.doc, "to" if word.takes == "inf" else word.after
    at = marker.i + 1
    if word.takes == "inf" and word.after:
        if at >= len(doc) or doc[at].lower_ != word.after:
            return None
        at += 1
    for token in doc[at : at + _REACH + 1]:
        if token.lower_ == link:
            return token.i
        if token.lower_ not in _BETWEEN and token.dep_ not in ("neg", "advmod"):
            return None
        if token.lower_ in _COPULAS and marker.pos_ != "NOUN":
            return None
    return None


def _drafts(
    page: Page, sentence: Sentence, marker: Token, word: MotiveWord, aim: Token, last: tuple[Party, ...]
) -> Iterator[Draft]:
    over = page.covering(sentence.position(marker))
    if not over and (page.agency or not word.page):
        return
    whose = _whose(sentence, marker, last)
    if word is _PLAIN and not any(map(is_state, whose)) and not (over and whose):
        return
    if not whose and not over and not names_somebody(sentence):
        return
    for number, verb in enumerate([aim, *_joined(aim)]):
        content = _content(sentence, verb)
        if not content:
            continue
        yield Draft(
            kind=StatementKind.MOTIVE,
            content=content,
            sentences=(sentence,),
            trigger=marker.lower_ if number == 0 else verb.lower_,
            rule=f"motive:{word.word} {word.after}".strip(),
            head=sentence.position(_verb(marker)),
            attributions=over,
            modality=Modality.DESIRED,
            polarity=Polarity.NEGATED if _is_negated(marker) else Polarity.AFFIRMED,
            likelihood=hedge_of(sentence, _verb(marker)),
            motive=Motive(
                whose=whose,
                towards=_towards(sentence, content, whose, verb),
                rank=_rank(sentence, marker, number),
                audience=_audience(page, content),
                occasion=_occasion(sentence, marker, whose),
            ),
            salient=None if any(map(is_state, whose)) else False,
        )


def _joined(aim: Token) -> list[Token]:
    """The further aims of a list: "urge support and create conflict"."""
    found = [
        c for c in aim.children if c.dep_ == "conj" and c.pos_ in VERBAL and c.tag_ in (aim.tag_, "VB", "VBG")
    ]
    found = [c for c in found if not any(x.dep_ in ("nsubj", "nsubjpass") for x in c.children)]
    return [verb for first in found for verb in (first, *_joined(first))]


def _content(sentence: Sentence, verb: Token) -> tuple[Span, ...]:
    """The aim itself: from its verb on, without the next aim of a list and without a later clause."""
    dropped = {t.i for joined in _joined(verb)[:1] for t in joined.subtree}
    dropped |= {c.i for c in verb.children if c.dep_ in ("cc", "preconj")} if dropped else set()
    dropped |= {t.i for c in verb.children if _is_aside(c, verb) for t in c.subtree}
    first = verb.i if verb.pos_ in VERBAL else verb.left_edge.i
    tokens = [t for t in verb.subtree if t.i not in dropped and t.i >= first]
    while tokens and (tokens[-1].lower_ in _TORN or tokens[-1].is_punct):
        tokens.pop()
    return tuple(spans_of(tokens, sentence)[:1])


def _is_aside(part: Token, verb: Token) -> bool:
    """Whether a part of an aim's clause stands apart behind a comma: "..., in the view of one scholar"."""
    comma = part.left_edge.i > verb.i and part.left_edge.nbor(-1).text == ","
    return comma and part.dep_ in ("prep", "advcl", "npadvmod", "parataxis")


def _verb(marker: Token) -> Token:
    verb = marker
    while verb.pos_ not in VERBAL and verb.head.i != verb.i:
        verb = verb.head
    return verb


def _whose(sentence: Sentence, marker: Token, last: tuple[Party, ...]) -> tuple[Party, ...]:
    """Whose aim it is: the actors of the subject, of "Kim's goal", or of the deed interpreted."""
    owner = next((c for c in marker.children if c.dep_ == "poss"), None)
    if owner is not None and (named := subtree_actors(sentence, owner)):
        return named[:1]
    verb = _verb(marker)
    deed = next((c for c in verb.children if c.dep_ == "dobj" and c.i < marker.i), None)
    if marker.pos_ not in VERBAL and deed is not None and (named := _possessor(sentence, deed)):
        return named
    subject = subject_phrase(verb)
    if subject is None:
        return ()
    if subject.lower_ in ("it", "this", "that") and not sentence.actors_of(subject):
        before = subject_phrase(verb.head) if verb.dep_ == "conj" and verb.head.i != verb.i else None
        own = _possessor(sentence, before) if before is not None and subject.lower_ == "it" else ()
        return own or last
    return _possessor(sentence, subject)


def _possessor(sentence: Sentence, head: Token) -> tuple[Party, ...]:
    """The actor a phrase is about: its head, else its owner, else the first it names before the head."""
    if own := sentence.actors_of(head):
        return (*own, *(a for c in head.children if c.dep_ == "conj" for a in sentence.actors_of(c)))
    owner = next((c for c in head.children if c.dep_ == "poss"), None)
    if owner is not None:
        return subtree_actors(sentence, owner)[:1]
    by = [g for c in head.children if c.dep_ == "prep" and c.lower_ in ("by", "of") for g in c.children]
    return next((own for g in by if (own := sentence.actors_of(g))), ())


def _towards(
    sentence: Sentence, content: tuple[Span, ...], whose: tuple[Party, ...], aim: Token
) -> tuple[Party, ...]:
    """Whom the aim is directed at: the actors its objects name, not its time, its place or its owner."""
    labels = {party.label for party in whose} | {party.state for party in whose if party.state}
    found = []
    for party in actors_in(sentence, content):
        token = sentence.token_at(party.start or 0)
        if not {party.label, party.state} & labels and token is not None and _directed(token, aim):
            found.append(party)
    return tuple(found)


def _directed(token: Token, aim: Token) -> bool:
    """Whether only objects, owners and prepositions of direction lie between a name and the aim's verb."""
    for _ in range(_DEEPEST):
        if token.i == aim.i:
            return True
        loose = token.dep_ == "prep" and token.lower_ not in _DIRECTIONS
        if token.head.i == token.i or loose or token.dep_ not in _DIRECT:
            return False
        token = token.head
    return False


def _rank(sentence: Sentence, marker: Token, number: int) -> str:
    verb = _verb(marker)
    near = {t.lower_ for t in marker.children} | {
        t.lower_ for t in verb.children if t.dep_ in ("advmod", "cc")
    }
    if near & _PRIMARY:
        return "primary"
    before = marker.doc[max(sentence.span.start, marker.i - 3) : marker.i]
    if number or near & _ALSO or any(t.lower_ == "also" for t in before):
        return "also"
    return "also" if sentence.span[0].lower_ in _ALSO else ""


def _is_negated(marker: Token) -> bool:
    for child in _verb(marker).children:
        if child.dep_ == "neg" or (child.lower_ == "not" and child.i < marker.i):
            after = child.doc[child.i + 1].lower_ if child.i + 1 < len(child.doc) else ""
            return after not in ("only", "just", "merely", "solely", "simply")
    return False


def _audience(page: Page, content: tuple[Span, ...]) -> str:
    match = _AUDIENCE.search(page.text.rendition.text[content[0].start : content[0].end])
    return match.group() if match else ""


def _occasion(sentence: Sentence, marker: Token, whose: tuple[Party, ...]) -> str:
    """The owner's deed the aim explains, where it is the subject ("Kim's attendance"); "" where none is."""
    subject = subject_phrase(_verb(marker))
    if subject is None or subject.pos_ != "NOUN":
        return ""
    after = [c for c in subject.children if c.dep_ in ("relcl", "advcl", "appos") or c in marker.ancestors]
    gone = {t.i for c in after for t in c.subtree}
    tokens = [t for t in subject.subtree if t.i not in gone and t.i < marker.i]
    spans = spans_of(tokens, sentence)
    owners = {party.label for party in whose}
    owned = owners & {party.label for party in actors_in(sentence, spans)}
    if len(spans) != 1 or not owned or tokens[-1].pos_ not in ("NOUN", "PROPN", "NUM"):
        return ""
    return str(text_of(sentence.span.doc)[spans[0].start - sentence.shift : spans[0].end - sentence.shift])
