"""Explain the coding of a text in rows and in plain words: `detente explain` and the API."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from detente.coding.explaining import Explanation, explain
from detente.language.parsing import DEFAULT_MODEL
from detente.pipeline import parse_rendition, read_text

Row = dict[str, Any]


def explain_text(text: str, *, published: date | None = None, model: str = DEFAULT_MODEL) -> list[Row]:
    """Explain each event of a text, in text order; an empty list where nothing is coded."""
    rendition = read_text(text, published=published, model=model).rendition
    if rendition is None:
        return []
    return [_row(one) for one in explain(parse_rendition(rendition, model=model))]


def _row(one: Explanation) -> Row:
    mention = one.mention
    return {
        "event_type": mention.event_type.value,
        "mode": mention.mode,
        "status": mention.status.value,
        "actor": [party.text for party in mention.actor],
        "recipient": [party.text for party in mention.recipient],
        "words": list(one.words),
        "decided_by": one.rule,
        "probability": one.probability,
        "path": list(one.path),
        "standing": list(one.standing),
        "close": [{"code": code, "probability": probability} for code, probability in one.close],
        "quote": mention.evidence[0].quote,
    }


def in_words(row: Row) -> Iterator[str]:
    """An explanation as lines to read."""
    mode = f", mode {row['mode']}" if row["mode"] else ""
    actors, recipients = ", ".join(row["actor"]) or "nobody named", ", ".join(row["recipient"])
    yield f"{row['event_type']}{mode}, {row['status']}: {actors}" + (
        f" to {recipients}" if recipients else ""
    )
    yield f"  told by       {', '.join(row['words'])}"
    sure = "" if row["probability"] is None else f" (classifier {row['probability']:.2f})"
    yield f"  decided by    {row['decided_by']}{sure}"
    for step in row["path"]:
        yield f"  path          {step}"
    for reason in row["standing"]:
        yield f"  status        {reason}"
    near = [
        one["code"] if one["probability"] is None else f"{one['code']} {one['probability']:.2f}"
        for one in row["close"]
    ]
    yield f"  close         {', '.join(near) or 'nothing'}"
