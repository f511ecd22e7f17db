"""Tell the language of a page and of each of its blocks, and say nothing where a block is too short."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from detente.model.text import BlockKind

# The languages in which foreign affairs are mostly reported; free choice among 97 turns short
# English headlines full of Korean names into Malay or Latin.
_LATIN = (
    "en",
    "vi",
    "fr",
    "de",
    "es",
    "pt",
    "it",
    "nl",
    "pl",
    "tr",
    "id",
    "sv",
    "da",
    "no",
    "fi",
    "cs",
    "hu",
    "ro",
)
_CYRILLIC = ("ru", "uk", "bg", "sr", "kk", "mn")
_ARABIC = ("ar", "fa", "ur")
_SCRIPTS = (
    (re.compile("[\uac00-\ud7af]"), "ko"),
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\u4e00-\u9fff]"), "zh"),
    (re.compile("[\u0e00-\u0e7f]"), "th"),
    (re.compile("[\u0590-\u05ff]"), "he"),
    (re.compile("[\u0370-\u03ff]"), "el"),
    (re.compile("[\u0900-\u097f]"), "hi"),
)
_LETTER = re.compile(r"[^\W\d_]")
_CYRILLIC_LETTER = re.compile("[\u0400-\u04ff]")
_ARABIC_LETTER = re.compile("[\u0600-\u06ff]")
_SAMPLE = 300
_FEWEST_LETTERS = 25
_FEWEST_WORDS = 5
# Below this a block that looks foreign is taken for the page's own language; tuned on headlines.
_SURE = 0.98


@cache
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(languages))
    return identifier


def languages_of(
    blocks: Sequence[tuple[str, BlockKind]], declared: str | None
) -> tuple[str | None, list[str | None]]:
    """Tell the page's language and each block's, ISO 639-1; None where the words are too few.

    The page's language is that of most of its readable letters; `declared` (a lang attribute) counts
    only where the words are too few to tell.
    """
    guesses = [_guess(text) for text, _ in blocks]
    weights: Counter[str] = Counter()
    for (text, kind), (language, probability) in zip(blocks, guesses, strict=True):
        if language and probability >= _SURE and kind is not BlockKind.CHROME:
            weights[language] += len(text)
    main = weights.most_common(1)[0][0] if weights else _whole(blocks) or declared
    return main, [_settle(guess, main) for guess in guesses]


def _settle(guess: tuple[str | None, float], main: str | None) -> str | None:
    language, probability = guess
    if language is None:
        return None
    return language if probability >= _SURE else main


def _whole(blocks: Sequence[tuple[str, BlockKind]]) -> str | None:
    language, probability = _guess(" ".join(text for text, kind in blocks if kind is not BlockKind.CHROME))
    return language if probability >= _SURE else None


def _guess(text: str) -> tuple[str | None, float]:
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if letters < 4:
        return None, 0.0
    for pattern, language in _SCRIPTS:
        if len(pattern.findall(sample)) > 0.3 * letters:
            # Japanese mixes kana with more numerous characters, Korean Hangul with names in them.
            return ("ja" if language == "zh" and _SCRIPTS[1][0].search(sample) else language), 1.0
    if letters < _FEWEST_LETTERS or len(sample.split()) < _FEWEST_WORDS:
        return None, 0.0
    language, probability = _identifier(_alphabet(sample, letters)).classify(sample)
    return language, float(probability)


def _alphabet(sample: str, letters: int) -> tuple[str, ...]:
    if len(_CYRILLIC_LETTER.findall(sample)) > 0.5 * letters:
        return _CYRILLIC
    if len(_ARABIC_LETTER.findall(sample)) > 0.5 * letters:
        return _ARABIC
    return _LATIN
