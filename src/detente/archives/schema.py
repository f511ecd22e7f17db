"""The one shape every archive is kept in: a PLOVER event a row, with its place in the source."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from detente.errors import UsageError


class Origin(StrEnum):
    """The data sets that are read; each is kept in a folder of its own."""

    GDELT = "gdelt"
    ICEWS = "icews"
    POLECAT = "polecat"
    ACLED = "acled"


ORIGINS = tuple(Origin)

COLUMNS = {
    "event": "VARCHAR",
    "day": "DATE",
    "actor": "VARCHAR",
    "recipient": "VARCHAR",
    "actor_name": "VARCHAR",
    "recipient_name": "VARCHAR",
    "type": "VARCHAR",
    "quad": "TINYINT",
    "score10": "SMALLINT",
    "goldstein10": "SMALLINT",
    "code": "VARCHAR",
    "reports": "INTEGER",
    "publishers": "INTEGER",
    "publisher": "VARCHAR",
    "origin": "VARCHAR",
    "source": "VARCHAR",
    "line": "BIGINT",
}
"""The columns of a Parquet file, in order, with their types.

`actor` and `recipient` are the codebook's ids (`PRK`, `nato`), null for nobody and for whom the codebook does
not hold; `type`, `quad` and `score10` (tenths of a point) are PLOVER's, null for a code without a home there.
"""

ORDER = "date_trunc('month', day), least(actor, recipient), greatest(actor, recipient), day, line"
"""How the rows of a file are sorted: a month together, in it a pair, so that a scan for either is short."""

ROW_GROUP = 61_440
"""Rows a row group holds: small enough that a pair's rows lie in few of them, large enough to read fast."""


def parquet_options() -> str:
    """How DuckDB's COPY writes a file of an archive."""
    return f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"


def quoted(path: Path) -> str:
    """Write a path as an SQL string; raises UsageError for one that no SQL string can hold."""
    text = str(path)
    if "\0" in text:
        raise UsageError(f"{text!r} is not a path")
    return "'" + text.replace("'", "''") + "'"
