"""Check that a coder keeps what `Coder` promises; for coders of outside packages too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from detente.language.frames import Coder, ParsedText
from detente.language.parsing import parse
from detente.model.documents import Metadata, Rendition
from detente.model.records import Record, Voice
from detente.model.text import Block, BlockKind

ODD_TEXTS = (
    "",
    " ",
    "?!",
    "\ufffd" * 40,
    "“" * 30,
    "And " * 200,
    "12 13 14 15%",
    "A\u0301\u200b\U0001f30d b",
)
"""Texts no coder should break on or find anything in."""


def check_coder(coder: Coder, texts: Iterable[str]) -> int:
    """Code every text twice and the odd ones once; gives how many records were found.

    Raises AssertionError naming the first broken promise. `texts` are sentences or articles in English that
    the coder is meant for.
    """
    assert coder.name, "a coder has a name that enters the identity of every reading"
    for text in ODD_TEXTS:
        assert list(coder.code(parsed_text(text))) == [], f"nothing is to be found in {text[:10]!r}"
    return sum(_check(coder, text) for text in texts)


def parsed_text(text: str) -> ParsedText:
    """Parse a plain text as the pipeline would a page of one block a line by a named publisher."""
    rendition = Rendition(text, tuple(_blocks(text)), Metadata(publisher="Example Wire"), "conformance")
    publisher = Voice("publisher", "Example Wire")
    return parse(replace(rendition, id="r0"), published=None, publisher=publisher)


def _blocks(text: str) -> Iterator[Block]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Block(start, start + len(line), BlockKind.BODY, "en")
        start += len(line) + 1


def _check(coder: Coder, text: str) -> int:
    parsed = parsed_text(text)
    found = tuple(coder.code(parsed))
    for record in found:
        _check_record(record, parsed)
    assert tuple(coder.code(parsed_text(text))) == found, "the same text gives the same records"
    return len(found)


def _check_record(record: Record, parsed: ParsedText) -> None:
    assert record.evidence, f"a {record.kind} without evidence does not enter the ledger"
    for evidence in record.evidence:
        quote = parsed.rendition.text[evidence.start : evidence.end]
        assert quote == evidence.quote, f"quote {evidence.quote[:40]!r} is not the text at its offsets"
        assert evidence.rendition == "r0", "evidence is made by `text.evidence`, which names the rendition"
    assert record.attribution[:1] == (parsed.publisher,), "the chain begins with the publisher: `text.chain`"
    filled = (record.key, record.id, record.document, record.coder)
    assert filled == ("", "", "", ""), "key, id, document and coder are the pipeline's to fill"
