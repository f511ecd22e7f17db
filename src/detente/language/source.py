"""The text of a parsed block, built once: spaCy joins it from its tokens anew each time it is asked."""

from __future__ import annotations

from spacy.tokens import Doc

_KEY = "detente.text"


def text_of(doc: Doc) -> str:
    """Give the text of a block."""
    text = doc.user_data.get(_KEY)
    if text is None:
        text = doc.user_data[_KEY] = doc.text
    return str(text)


def keep_text(doc: Doc, text: str) -> Doc:
    """Note what stands on the page where the parser was given other letters, one for one."""
    doc.user_data[_KEY] = text
    return doc
