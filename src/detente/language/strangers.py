"""Find names outside the codebook by the tagger's proper nouns: who they are is for the caller to judge."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from detente.codebooks.actor_words import words_for

_LINKS = frozenset({"of", "for", "and", "the", "on"})
_WHERE = frozenset({"in", "at", "near", "across", "around", "outside", "inside", "from", "into", "on", "off"})
_LONGEST = 9


def find_strangers(doc: Doc) -> Iterator[tuple[str, int, int]]:
    """Give the names of a block as ("PERSON" or "ORG", start, end), offsets in the block, in text order.

    A run of proper nouns that ends in a word for bodies ("Commission") is an organisation, with "of" and
    "for" inside it; two to four others are a person's name where no article and no place word stands before.
    """
    at = 0
    while at < len(doc):
        if not _is_proper(doc[at]):
            at += 1
            continue
        last = _run(doc, at)
        body = _body(doc, at, last)
        if body > at:
            yield "ORG", doc[at].idx, doc[body - 1].idx + len(doc[body - 1])
        elif 2 <= last - at <= 5 and not _is_place(doc, at, last):
            yield "PERSON", doc[at].idx, doc[last - 1].idx + len(doc[last - 1])
        at = max(last, body)


def _is_proper(token: Token) -> bool:
    return bool(token.pos_ == "PROPN" and token.text[0].isupper())


def _run(doc: Doc, first: int) -> int:
    """The token after the proper nouns from `first`; hyphens and name particles may stand between them."""
    at = first
    while at < len(doc) and at - first < _LONGEST:
        inside = at > first and at + 1 < len(doc) and (_is_proper(doc[at + 1]) or doc[at].text == "-")
        if not _is_proper(doc[at]) and not (inside and _joins(doc, at)):
            break
        at += 1
    return at


def _joins(doc: Doc, at: int) -> bool:
    if doc[at].text == "-":
        return not doc[at - 1].whitespace_ and not doc[at].whitespace_
    return (doc[at - 1].text == "-" and not doc[at - 1].whitespace_) or doc[at].lower_ in words_for(
        "particle"
    )


def _body(doc: Doc, first: int, last: int) -> int:
    """The token after the last word for a body in a name that opens at `first`; `first` where none stands."""
    end, at, bodies = first, first, words_for("state_body")
    while at < len(doc) and at - first < _LONGEST and (_is_proper(doc[at]) or doc[at].lower_ in _LINKS):
        if doc[at].text in bodies:
            end = at + 1
        at += 1
        if at >= last and end < last:
            break
    return end


def _is_place(doc: Doc, first: int, last: int) -> bool:
    """Whether a name stands where places stand: after an article or a word that says where."""
    before = doc[first - 1].lower_ if first else ""
    return before in _WHERE or before in ("the", "a", "an")
