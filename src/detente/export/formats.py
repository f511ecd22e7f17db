"""Write rows as JSON Lines, CSV or Parquet; lists and objects become JSON text in tables."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from typing import IO, Any

from detente.export.rows import FIRST, Row


def to_jsonl(rows: Iterable[Row], out: IO[bytes]) -> None:
    """Write one JSON object a line."""
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")


def to_csv(rows: Iterable[Row], out: IO[bytes]) -> None:
    """Write one table over all kinds of rows; a cell a spreadsheet would run as a formula is quoted."""
    held = list(rows)
    text = io.TextIOWrapper(out, "utf-8", errors="backslashreplace", newline="", write_through=True)
    writer = csv.DictWriter(text, _columns(held), restval="")
    writer.writeheader()
    for row in held:
        writer.writerow({name: _harmless(_cell(value)) for name, value in row.items()})
    text.detach()


def to_parquet(rows: Iterable[Row], out: IO[bytes]) -> None:
    """Write one Parquet table over all kinds of rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    held = list(rows)
    columns = {name: [row.get(name) for row in held] for name in _columns(held)}
    pq.write_table(pa.table({name: _typed(pa, values) for name, values in columns.items()}), out)


FORMATS: dict[str, Callable[[Iterable[Row], IO[bytes]], None]] = {
    "jsonl": to_jsonl,
    "csv": to_csv,
    "parquet": to_parquet,
}


def _columns(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys((*FIRST, *(name for row in rows for name in row))))


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _typed(pa: Any, values: list[object]) -> Any:
    """Keep numbers and truth values as they are; everything else is text, lists and objects as JSON."""
    kinds = {type(value) for value in values if value is not None}
    for allowed, make in (({bool}, pa.bool_), ({int}, pa.int64), ({int, float}, pa.float64)):
        if kinds and kinds <= allowed:
            return pa.array(values, make())
    return pa.array([_text(value) for value in values], pa.string())


def _text(value: object) -> str | None:
    cell = _cell(value)
    return None if cell is None else str(cell)


def _harmless(value: object) -> object:
    # The text comes from hostile pages: "=HYPERLINK(...)" must not run in an analyst's spreadsheet.
    return "'" + value if isinstance(value, str) and value[:1] in "=+-@\t\r" and value[:1] else value
