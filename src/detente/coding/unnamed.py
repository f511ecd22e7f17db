"""Parties that the codebook has no name for: "riot police", "thousands of teachers", "Boko Haram"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from spacy.tokens import Token

from detente.codebooks.actor_words import words_for
from detente.codebooks.actors import Role, load_actors
from detente.codebooks.plover import classes
from detente.language.date_patterns import CALENDAR_NAMES
from detente.language.frames import Sentence
from detente.language.lemmas import lemma
from detente.model.actors import ActorKind, Party

_NOBODY = frozenset({"DATE", "TIME", "CARDINAL", "MONEY", "PERCENT", "GPE"})
_OFFICIAL = frozenset({"COP", "MIL", "JUD", "LEG", "GOV", "SPY"})
_BEFORE = frozenset({"compound", "amod", "nmod", "nummod", "poss", "quantmod", "advmod"})
_ARTICLES = frozenset({"the", "a", "an"})


def unnamed_party(sentence: Sentence, token: Token) -> Party | None:
    """The party a noun names without help of the codebook; None for things, places and times.

    A proper noun that is no place is a party; a common noun where it is one of the roles of `roles.tsv`.
    Officials ("police", "the court") belong to the one state that the sentence names, if it names one.
    """
    if token.ent_type_ in _NOBODY or sentence.actors_of(token) or _is_owned(token):
        return None
    if token.pos_ == "PROPN":
        return _named_so(sentence, token) if token.text[0].isupper() else None
    role = _role_of(token)
    if role is None or _is_of_some_state(token):
        return None
    start, end = _extent(sentence, token)
    state = _only_state(sentence) if role.sector in _OFFICIAL and not is_of_region(token) else None
    if role.body == "=" and state is None:
        return None
    kind = role.kind if role.kind is not ActorKind.STATE else ActorKind.ORGANISATION
    return Party(None, _text(sentence, start, end), state, start, end, kind, role.rank, role.sector or None)


def placed(sentence: Sentence, party: Party) -> Party:
    """Give officials of no stated country the one state that the sentence names: "police ... in Minsk"."""
    if party.id or party.state or party.sector not in _OFFICIAL or party.kind is ActorKind.PERSON:
        return party
    head = sentence.token_at(party.end - 1) if party.end else None
    if head is not None and is_of_region(head):
        return party
    return replace(party, state=_only_state(sentence))


def _is_owned(token: Token) -> bool:
    """Whether the phrase belongs to somebody told before: "its catering chief", "their leaders"."""
    return any(child.dep_ == "poss" and child.pos_ == "PRON" for child in token.children)


def _named_so(sentence: Sentence, token: Token) -> Party | None:
    if any(
        p.start is not None and p.start <= sentence.position(token) < (p.end or 0) for p in sentence.places
    ):
        return None
    if token.lower_.rstrip(".") in words_for("honorific") or _is_before_name(token):
        return None
    start, end = _extent(sentence, token)
    words = _text(sentence, start, end)
    if words.split(" ")[0].lower() in words_for("nature"):
        return None
    if not any(ch.isalpha() for ch in words) or words in CALENDAR_NAMES:
        # "Imposed sanctions on Thursday": the day is not whom they hit, whether or not it can be dated.
        return None
    role = load_actors().roles.get(words.lower())
    state = _only_state(sentence) if role and role.sector in _OFFICIAL else None
    return Party(None, words, state, start, end, sector=role.sector if role else None)


def is_of_region(noun: Token) -> bool:
    """Whether officials are of a part of the world, and so of no state named beside: "European leaders"."""
    return any(
        child.dep_ in ("amod", "compound", "nmod") and child.lower_ in words_for("region")
        for child in noun.children
    )


def _is_before_name(token: Token) -> bool:
    """Whether a title only opens a name: "President" of "President William Ruto", "Prime" of a minister."""
    if token.dep_ == "compound" and token.head.lower_ in _titled():
        return True
    return token.lower_ in _titled() and token.i + 1 < len(token.doc) and token.nbor(1).pos_ == "PROPN"


def _role_of(token: Token) -> Role | None:
    if token.pos_ != "NOUN":
        return None
    if lemma(token) in classes()["QUANTITY"]:
        of = [n for c in token.children if c.lower_ == "of" for n in c.children if n.dep_ == "pobj"]
        return _role_of(of[0]) if of else None
    roles = load_actors().roles
    before = [c for c in token.children if c.dep_ == "compound"]
    whole = " ".join([*(c.lower_ for c in before), token.lower_])
    known = roles.get(whole) or roles.get(token.lower_) or _singular().get(lemma(token))
    return known or _titled().get(whole) or _titled().get(token.lower_)


@cache
def _titled() -> dict[str, Role]:
    """Titles that stand for whoever holds them: "the president", "the defence minister"."""
    book = load_actors()
    return {
        name: Role(name, title.sector, title.rank, ActorKind.PERSON, "")
        for name, title in book.titles.items()
    }


def _is_of_some_state(token: Token) -> bool:
    """Whether the phrase belongs to a state that it does not name: "forces of the country"."""
    of = [n for c in token.children if c.lower_ == "of" for n in c.children if n.dep_ == "pobj"]
    return any(
        n.lower_ in ("country", "countries", "nation", "nations", "side", "sides", "state") for n in of
    )


@cache
def _singular() -> dict[str, Role]:
    """Roles by a rough singular, so that "a protester" is one of the "protesters"."""
    return {noun[:-1]: role for noun, role in load_actors().roles.items() if noun.endswith("s")}


def _extent(sentence: Sentence, token: Token) -> tuple[int, int]:
    """The noun phrase without its article and without what hangs behind it, but for "of"."""
    first = token
    for child in token.children:
        if child.i < token.i and child.dep_ in _BEFORE and child.lower_ not in _ARTICLES:
            first = min(first, child.left_edge, key=lambda t: t.i)
    while first.lower_ in _ARTICLES and first.i < token.i:
        first = first.nbor(1)
    last = token
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == token.i + 1:
            inner = next((n for n in child.children if n.dep_ == "pobj"), None)
            last = inner if inner is not None else last
    return sentence.position(first), sentence.position(last) + len(last.text)


def _text(sentence: Sentence, start: int, end: int) -> str:
    at = start - sentence.shift
    span = sentence.span.doc.char_span(at, end - sentence.shift, alignment_mode="expand")
    return str(span.text) if span is not None else ""


def _only_state(sentence: Sentence) -> str | None:
    """The one state that the actors and places of a sentence belong to; None when there are several."""
    states = {p.state for p in sentence.actors if p.state} | {p.country for p in sentence.places if p.country}
    return states.pop() if len(states) == 1 else None
