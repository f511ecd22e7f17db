from __future__ import annotations

from datetime import date
from functools import cache

from detente.language.parsing import parse
from detente.model.dates import day
from detente.model.documents import Metadata, Rendition
from detente.model.statements import Statement, StatementKind
from detente.model.text import Block, BlockKind
from detente.statements import StatementCoder


@cache
def read(text: str) -> tuple[Statement, ...]:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(at, at + len(line), BlockKind.BODY))
        at += len(line) + 1
    page = Rendition(text, tuple(blocks), Metadata(), "test")
    return tuple(StatementCoder().code(parse(page, published=day(date(2024, 4, 11)), publisher=None)))


def of_kind(text: str, kind: str) -> list[Statement]:
    return [statement for statement in read(text) if statement.statement_kind is StatementKind(kind)]


def content(statement: Statement) -> str:
    return " | ".join(evidence.quote for evidence in statement.content)
