"""Cite the pages a piece of work rests on, as BibTeX or RIS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from detente.ledger import HeldDocument

_SPECIAL = re.compile(r"[\\{}$&#^_~%]")
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def to_bibtex(documents: Iterable[HeldDocument]) -> str:
    """Write an `@online` entry a page (biblatex), keyed by the document's id; text stays text."""
    return "\n".join(_bibtex(document) for document in documents)


def _bibtex(document: HeldDocument) -> str:
    fields = {
        "title": document.title or document.address,
        "author": _braced(document.metadata.byline),
        "organization": document.publisher,
        "date": _day(document),
        "url": document.address,
        "urldate": document.received.date().isoformat(),
    }
    lines = [f"  {name} = {{{_escaped(value, name)}}}," for name, value in fields.items() if value]
    return "@online{" + document.id + ",\n" + "\n".join(lines) + "\n}\n"


def _braced(byline: str) -> str:
    return " ".join(byline.split())


def _escaped(text: str, name: str) -> str:
    line = " ".join(text.split())
    if name == "url":
        return line.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
    return _SPECIAL.sub(lambda match: _ESCAPES.get(match.group(), "\\" + match.group()), line)


def to_ris(documents: Iterable[HeldDocument]) -> str:
    """Write an ELEC record a page (RIS); a line feed in a text never begins a tag of its own."""
    return "".join(f"{tag}  - {value}\n" for document in documents for tag, value in _ris(document))


def _ris(document: HeldDocument) -> Iterator[tuple[str, str]]:
    told = {
        "TI": document.title or document.address,
        "AU": document.metadata.byline,
        "PB": document.publisher,
        "DA": _day(document).replace("-", "/"),
        "PY": _day(document)[:4],
        "UR": document.address,
        "Y2": document.received.date().isoformat().replace("-", "/"),
        "ID": document.id,
    }
    yield "TY", "ELEC"
    for tag, value in told.items():
        if line := " ".join(value.split()):
            yield tag, line
    yield "ER", ""


def _day(document: HeldDocument) -> str:
    """The day of publication where the page gives one whole, else what it gives of it."""
    published = document.published
    if published is None:
        return ""
    if published.is_day and published.lo:
        return published.lo.isoformat()
    return published.edtf if re.fullmatch(r"\d{4}(-\d\d)?", published.edtf) else ""
