"""An archive in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.archives import Archive, Imported, Origin, import_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


@pytest.fixture
def bring(tmp_path: Path, folder: Path) -> Callable[..., Imported]:
    """Write a text into a file and import it."""

    def bring(origin: str, text: str | bytes, name: str = "table.tsv") -> Imported:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return import_files(Origin(origin), [path], folder)

    return bring


@pytest.fixture
def rows_of(folder: Path) -> Callable[[str], list[dict[str, Any]]]:
    """Every row an archive holds of one data set, by source and line."""

    def rows_of(origin: str) -> list[dict[str, Any]]:
        import duckdb

        with duckdb.connect() as store:
            held = store.sql(f"SELECT * FROM '{folder / origin}/*.parquet' ORDER BY source, line")
            return held.to_arrow_table().to_pylist()

    return rows_of


@pytest.fixture
def archive(folder: Path) -> Archive:
    with Archive(folder, threads=1) as opened:
        yield opened
