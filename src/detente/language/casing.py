"""Headlines In Title Case, as the parser knows sentences: only names keep their capitals."""

from __future__ import annotations

from functools import lru_cache

from spacy.lang.en.stop_words import STOP_WORDS

from detente.codebooks.page_words import months
from detente.language.loading import DEFAULT_MODEL, load_model
from detente.language.names import NameKind, Word, find_names, split_words

_LONG = 3
"""Words of more letters show by their capitals whether a line is in title case; "of" and "to" do not."""
_SHARE = 0.7
_ENDS = (".", "!", "?", '"', "”")
_WRITTEN_SMALL = frozenset({NameKind.TITLE, NameKind.ROLE, NameKind.DESCRIPTION})
_WORD_CLASSES = ("verb", "noun", "adj", "adv")


def is_title_case(source: str, words: list[Word]) -> bool:
    """Whether most words of a line open with capitals, as in headlines: capitals then tell nothing."""
    if source.rstrip().endswith(_ENDS):
        return False
    long = [word for word in words if len(word.text) > _LONG and word.text[0].isalpha()]
    return bool(long) and sum(word.is_capital for word in long) > _SHARE * len(long)


def sentence_case(source: str, model: str = DEFAULT_MODEL) -> str:
    """Give a headline as running text would have it, letter for letter as long; any other text as it is.

    Small letters go to what the model's dictionary knows as a common word, unless it is part of a known name.
    """
    if source.rstrip().endswith(_ENDS):
        return source
    words = split_words(source)
    if not is_title_case(source, words):
        return source
    named = {
        at
        for match in find_names(words)
        if any(name.kind not in _WRITTEN_SMALL for name in match.names)
        for at in range(match.first, match.last)
    }
    letters = list(source)
    for at, word in enumerate(words[1:], start=1):
        if at not in named and word.text.istitle() and _is_common(words, at, model):
            letters[word.start] = word.text[0].lower()
    return "".join(letters)


def _is_common(words: list[Word], at: int, model: str) -> bool:
    text = words[at].text.lower()
    beside = [words[near].text for near in (at - 1, at + 1) if 0 <= near < len(words)]
    if text in months() and any(near.isdigit() or near.lower() in ("in", "since", "on") for near in beside):
        return False
    return len(text) == len(words[at].text) and _is_dictionary_word(text, model)


@lru_cache(maxsize=20_000)
def _is_dictionary_word(word: str, model: str) -> bool:
    """Whether the model's own word lists hold a word, given in small letters, or a form it may be of."""
    if word in STOP_WORDS:
        return True
    lists = load_model(model).get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    index, odd, rules = (lists.get_table(name) for name in ("lemma_index", "lemma_exc", "lemma_rules"))
    return any(
        word in index[kind]
        or word in odd[kind]
        or any(
            word.endswith(end) and word[: len(word) - len(end)] + instead in index[kind]
            for end, instead in rules.get(kind, ())
        )
        for kind in _WORD_CLASSES
    )
