"""`code` and `schema`: text in, records out, in the shape other programs rely on."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import IO, Annotated

import typer

from detente.errors import UsageError

SentenceArgument = Annotated[
    str | None, typer.Argument(help="One sentence or text; leave it out to read --input.")
]
InputOption = Annotated[
    str,
    typer.Option(
        "--input", "-i", help='JSON Lines {"id", "text", "published"?, "actor"?, "recipient"?}; - is stdin.'
    ),
]
PublishedOption = Annotated[
    str | None, typer.Option("--published", help="Day the text was published, YYYY-MM-DD.")
]
ConfidenceOption = Annotated[
    float,
    typer.Option("--min-confidence", min=0.0, max=1.0, help="Below it the type of a given pair is null."),
]
ModelOption = Annotated[str | None, typer.Option("--model", help="An installed spaCy pipeline for English.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("code")(code)
    app.command("explain")(explain)
    app.command("schema")(schema)


def code(
    sentence: SentenceArgument = None,
    input_: InputOption = "-",
    published: PublishedOption = None,
    min_confidence: ConfidenceOption = 0.0,
    model: ModelOption = None,
) -> None:
    """Code texts: one JSON line each with events, statements, records and issues.

    With "actor" and "recipient" given as written in the text, exactly one event comes back for that pair.
    Nothing is kept; use `detente read` for that.
    """
    from detente.coded import code_line
    from detente.config import load_config

    settled = load_config(model=model).model
    for line in _lines(sentence, input_, published):
        row = code_line(line, model=settled, min_confidence=min_confidence)
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def explain(
    sentence: Annotated[str, typer.Argument(help="One sentence or text.")],
    published: PublishedOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON list instead of words.")] = False,
    model: ModelOption = None,
) -> None:
    """Say why each event of a text is coded as it is: words, rule, path, status, and what was close."""
    from datetime import date

    from detente.config import load_config
    from detente.explained import explain_text, in_words

    try:
        day = date.fromisoformat(published) if published else None
    except ValueError as err:
        raise UsageError(f"--published {published}: {err}") from err
    rows = explain_text(sentence, published=day, model=load_config(model=model).model)
    if as_json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
        return
    if not rows:
        sys.stdout.write("nothing is coded here\n")
    for row in rows:
        sys.stdout.write("\n".join(in_words(row)) + "\n")


def schema() -> None:
    """Write the JSON Schema of `code`, `export` and the API."""
    from detente.export.schema import schema as build

    sys.stdout.write(json.dumps(build(), ensure_ascii=False, indent=1) + "\n")


def _lines(sentence: str | None, where: str, published: str | None) -> Iterator[str]:
    if sentence is not None:
        yield json.dumps({"id": "1", "text": sentence, "published": published})
        return
    if where == "-":
        yield from _decoded(sys.stdin.buffer)
        return
    try:
        with open(where, "rb") as stream:
            yield from _decoded(stream)
    except OSError as err:
        raise UsageError(f"--input {where}: {err.strerror}") from err


def _decoded(stream: IO[bytes]) -> Iterator[str]:
    for line in stream:
        if line.strip():
            yield line.decode("utf-8", "surrogateescape")
