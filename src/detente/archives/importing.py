"""Bring files of a data set into its archive: one Parquet file a table, named by what the table holds."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from detente.archives import coded, gdelt, tables
from detente.archives.files import BadFile, Lines, Opened, tables_of
from detente.archives.keeping import Wanting, keep, prepare, put_by
from detente.archives.rows import Fault, Faults, read_rows
from detente.archives.schema import Origin
from detente.errors import ArchiveError

MEMORY = "2GB"
SHAPES = {
    Origin.GDELT: gdelt.shape_of,
    Origin.ICEWS: tables.icews,
    Origin.POLECAT: tables.polecat,
    Origin.ACLED: tables.acled,
}


@dataclass(frozen=True, slots=True)
class Part:
    """What came of one table: its rows in the archive, the lines that were none, the first of them.

    `trouble` says why the table could not be read at all; "" when it was.
    """

    path: Path
    name: str
    rows: int
    malformed: int
    faults: tuple[Fault, ...]
    kept: Path | None
    trouble: str = ""

    def to_row(self) -> dict[str, Any]:
        """Write it for machines."""
        return {
            "path": str(self.path),
            "source": self.name,
            "rows": self.rows,
            "malformed": self.malformed,
            "faults": [{"line": fault.line, "reason": fault.reason} for fault in self.faults],
            "trouble": self.trouble or None,
        }


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import. Actors and codes without a home in our codebook are counted by name."""

    origin: Origin
    folder: Path
    parts: tuple[Part, ...]
    actors: Counter[str]
    codes: Counter[str]

    @property
    def rows(self) -> int:
        """The rows that are in the archive."""
        return sum(part.rows for part in self.parts)

    @property
    def malformed(self) -> int:
        """The lines that were no rows."""
        return sum(part.malformed for part in self.parts)

    def to_row(self, most: int = 100) -> dict[str, Any]:
        """Write it for machines, with at most so many unmapped names of either sort."""
        return {
            "origin": self.origin.value,
            "archive": str(self.folder),
            "rows": self.rows,
            "malformed": self.malformed,
            "files": [part.to_row() for part in self.parts],
            "unmapped_actors": dict(self.actors.most_common(most)),
            "unmapped_codes": dict(self.codes.most_common(most)),
        }


def import_files(origin: Origin, paths: Iterable[Path], folder: Path) -> Imported:
    """Bring files and folders into the archive in `folder`; what cannot be read is told, never fatal.

    The same table again replaces itself, so nothing is counted twice. Raises UsageError for a path that
    does not exist, ArchiveError when the archive cannot be written.
    """
    home = folder / origin.value
    actors, codes = Counter[str](), Counter[str]()
    parts = []
    try:
        home.mkdir(parents=True, exist_ok=True)
        with (
            tempfile.TemporaryDirectory(prefix=".import-", dir=folder) as spare,
            duckdb.connect(config={"temp_directory": spare, "memory_limit": MEMORY}) as store,
        ):
            prepare(store)
            for path, table in _tables(origin, paths):
                wanting = Wanting(Faults(), actors, codes)
                parts.append(_part(store, origin, path, table, home, wanting))
    except (OSError, duckdb.Error) as err:
        raise ArchiveError(f"{home}: {err}") from err
    return Imported(origin, home, tuple(parts), actors, codes)


def _tables(origin: Origin, paths: Iterable[Path]) -> Iterator[tuple[Path, Opened | BadFile]]:
    for path in paths:
        if origin is Origin.ICEWS and coded.is_coded(path):
            yield from ((table.path, table) for table in coded.parts_of(path))
        else:
            yield from tables_of([path])


def _part(
    store: duckdb.DuckDBPyConnection,
    origin: Origin,
    path: Path,
    table: Opened | BadFile,
    home: Path,
    wanting: Wanting,
) -> Part:
    """Bring one table in; one that cannot be read leaves the archive as it was."""
    if isinstance(table, BadFile):
        return Part(path, path.name, 0, 0, (), None, str(table))
    faults = wanting.faults
    try:
        rows, kept = _import(store, origin, table, home, wanting)
    except BadFile as err:
        return Part(path, table.name, 0, faults.count, tuple(faults.shown), None, str(err))
    return Part(path, table.name, rows, faults.count, tuple(faults.shown), kept)


def _import(
    store: duckdb.DuckDBPyConnection, origin: Origin, table: Opened, home: Path, wanting: Wanting
) -> tuple[int, Path]:
    in_integers = origin is Origin.ICEWS and coded.is_coded(table.path.parent)
    shape = coded.shape_of(table) if in_integers else SHAPES[origin](table)
    lists = coded.lists_of(table.path.parent) if in_integers else ({}, {})
    with Lines(table) as lines:
        put_by(store, shape, read_rows(lines, shape.layout, wanting.faults), lists)
        digest = lines.digest
    if in_integers:
        digest = hashlib.sha256(f"{digest} {lists}".encode()).hexdigest()
    kept = home / f"{digest[:32]}.parquet"
    part = home / f".{kept.stem}-{os.getpid()}.part"
    try:
        rows = keep(store, shape, origin, table.name, part, wanting)
        part.replace(kept)
    finally:
        part.unlink(missing_ok=True)
    return rows, kept
