"""Give the lemma of a token when somebody asks, because lemmatizing every token costs a third of a parse."""

from __future__ import annotations

from functools import cache
from typing import Any

from spacy.tokens import Token

from detente.language.loading import load_model

_seen: dict[tuple[int, int, str], str] = {}
_MOST = 200_000


def lemma(token: Token) -> str:
    """Give the lemma in lower case, by the model's rules for the token's part of speech.

    Irregular forms are right ("met" gives "meet", "sought" gives "seek"); a name gives itself in lower case.
    """
    key = (token.orth, token.pos, token.tag_)
    found = _seen.get(key)
    if found is None:
        if len(_seen) > _MOST:
            _seen.clear()
        found = _seen[key] = _look_up(token)
    return found


def _look_up(token: Token) -> str:
    if token.lemma:
        return token.lemma_.lower()
    return str(_lemmatizer().rule_lemmatize(token)[0]).lower()


def irregular_forms(word: str) -> tuple[str, ...]:
    """Give the irregular forms of a lemma as verb and noun: "met" for "meet", "banned" for "ban"."""
    return _irregular().get(word, ())


@cache
def is_noun(word: str) -> bool:
    """Whether a word form can be a noun: "state", "shows", "call", and not "said"."""
    nouns = _nouns()
    return word in nouns or (word.endswith("s") and word[:-1] in nouns)


@cache
def _nouns() -> frozenset[str]:
    return frozenset(_lemmatizer().lookups.get_table("lemma_index")["noun"])


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    table = _lemmatizer().lookups.get_table("lemma_exc")
    found: dict[str, list[str]] = {}
    for kind in ("verb", "noun"):
        for form, lemmas in table[kind].items():
            for one in lemmas:
                found.setdefault(one, []).append(form)
    return {one: tuple(forms) for one, forms in found.items()}


@cache
def _lemmatizer() -> Any:
    return load_model().get_pipe("lemmatizer")
