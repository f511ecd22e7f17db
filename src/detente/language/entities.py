"""Mark a block's dates, sums and places on its tokens, so that rules over tokens can ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc
from spacy.util import filter_spans

from detente.language.frames import DateMention
from detente.model.records import Amount, Place

_MONEY = frozenset("$€£¥₩")


def mark_entities(
    doc: Doc, shift: int, dates: Iterable[DateMention], amounts: Iterable[Amount], places: Iterable[Place]
) -> None:
    """Set `ent_type_` of the tokens: DATE, MONEY, PERCENT and GPE, the longer stretch where two overlap."""
    marked = [
        span
        for label, start, end in _stretches(dates, amounts, places)
        if (span := doc.char_span(start - shift, end - shift, label, alignment_mode="expand")) is not None
    ]
    doc.set_ents(filter_spans(marked))


def _stretches(
    dates: Iterable[DateMention], amounts: Iterable[Amount], places: Iterable[Place]
) -> Iterator[tuple[str, int, int]]:
    yield from (("DATE", date.start, date.end) for date in dates)
    for amount in amounts:
        if amount.start is not None and amount.end is not None and (label := _label(amount)):
            yield label, amount.start, amount.end
    for place in places:
        if place.start is not None and place.end is not None:
            yield "GPE", place.start, place.end


def _label(amount: Amount) -> str:
    if amount.unit.startswith("percent"):
        return "PERCENT"
    return "MONEY" if _MONEY & set(amount.text) or amount.unit.isupper() else ""
