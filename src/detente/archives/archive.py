"""Ask an archive: sums of a dyad by window, acts of one actor, counts of types, the rows behind a point."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

import duckdb
import pyarrow as pa

from detente.archives.schema import COLUMNS, ORIGINS, Origin, quoted
from detente.errors import ArchiveError, UsageError
from detente.model.windows import Window

MEASURES = {
    "events": "count(*)",
    "verbal_cooperation": "sum(quad = 1)",
    "material_cooperation": "sum(quad = 2)",
    "verbal_conflict": "sum(quad = 3)",
    "material_conflict": "sum(quad = 4)",
    "score10": "sum(score10)",
    "goldstein10": "sum(goldstein10)",
    "reports": "sum(reports)",
}
"""What is summed, in SQL: events, events by quad, PLOVER scores and Goldstein values in tenths, mentions."""

MEMORY = "3GB"


@dataclass(frozen=True, slots=True)
class Counts:
    """What an archive holds of one origin.

    `between` counts the rows with two actors we have ids for that are not one and the same, `alone` those of
    one actor with no recipient, `typed` those with a PLOVER type.
    """

    origin: Origin
    files: int
    rows: int
    between: int
    alone: int
    typed: int
    first: date | None
    last: date | None


class Archive(AbstractContextManager["Archive"]):
    """A folder of event data sets, kept apart by origin; `threads` is how many a question may use.

    Every question answers with an Arrow table whose figures are integers, so that sums do not depend on
    the order in which files were imported. Raises ArchiveError when a file in it cannot be read.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        """Open the folder; one that does not exist is an empty archive."""
        self.folder = folder
        self._store = duckdb.connect(
            config={
                "threads": threads or min(os.cpu_count() or 1, 8),
                "memory_limit": MEMORY,
                "temp_directory": str(Path(tempfile.gettempdir()) / f"detente-archive-{os.getpid()}"),
                "preserve_insertion_order": False,
                "autoinstall_known_extensions": False,
            }
        )

    def __exit__(self, *told: object) -> None:
        self.close()

    def __enter__(self) -> Self:
        return self

    def close(self) -> None:
        """Let go of the folder."""
        self._store.close()

    def origins(self) -> tuple[Origin, ...]:
        """The data sets of which the folder holds anything."""
        return tuple(origin for origin in ORIGINS if self._files(origin))

    def counts(self, origin: str) -> Counts:
        """Count what there is of one data set; raises UsageError for one we do not read."""
        known = _origin(origin)
        files = self._files(known)
        told = self._ask(
            files,
            f"""
            SELECT count(*) AS rows, count(*) FILTER ({BETWEEN}) AS between,
                count(*) FILTER ({ALONE}) AS alone, count(type) AS typed, min(day) AS first, max(day) AS last
            FROM rows
            """,
        ).to_pylist()
        return Counts(known, len(files), **told[0])

    def sums(
        self,
        window: str,
        pair: tuple[str, str] | None = None,
        directed: bool = False,
        origin: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> pa.Table:
        """Sum what passed between two actors, in order of windows: `a`, `b`, `start`, `MEASURES`.

        Undirected, `a` and `b` are in the order of the alphabet; directed, the actor and the recipient.
        Events of a type PLOVER does not have count as events and in no quad. Rows of one actor with itself
        and rows without two ids are left out, windows without a row too. Without an `origin` it is the only
        one there is; raises UsageError when there are several, for one we do not read, for an unknown window.
        """
        question = f"""
            SELECT {_sides(directed)}, {_start(window)} AS start, {SUMS}
            FROM ({_passed(pair, directed, _when(since, until))}) GROUP BY ALL ORDER BY start, a, b
        """
        return self._ask(self._chosen(origin), question, _values(pair, since, until))

    def types(
        self,
        window: str,
        pair: tuple[str, str] | None = None,
        directed: bool = False,
        origin: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> pa.Table:
        """Count what passed between two actors by type: `a`, `b`, `start`, `type`, `events`.

        Events without a type are there with a `type` of null. Otherwise as `sums`.
        """
        question = f"""
            SELECT {_sides(directed)}, {_start(window)} AS start, type, count(*) AS events
            FROM ({_passed(pair, directed, _when(since, until))}) GROUP BY ALL ORDER BY start, a, b, type
        """
        return self._ask(self._chosen(origin), question, _values(pair, since, until))

    def alone(
        self,
        window: str,
        actor: str | None = None,
        origin: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> pa.Table:
        """Sum the acts of one actor with no recipient named: `a`, `start`, then `MEASURES`."""
        question = f"""
            SELECT actor AS a, {_start(window)} AS start, {SUMS}
            FROM rows WHERE {ALONE} AND {"actor = $one" if actor else "true"} AND {_when(since, until)}
            GROUP BY ALL ORDER BY start, a
        """
        values = _values(None, since, until) | ({"one": actor} if actor else {})
        return self._ask(self._chosen(origin), question, values)

    def rows(
        self,
        pair: tuple[str, str],
        directed: bool = False,
        origin: str | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int = 100,
    ) -> pa.Table:
        """Give the rows behind a point, by day, with their place in the source; at most `limit`."""
        question = f"""
            SELECT * FROM ({_passed(pair, directed, _when(since, until))})
            ORDER BY day, source, line LIMIT {int(limit)}
        """
        return self._ask(self._chosen(origin), question, _values(pair, since, until))

    def _chosen(self, origin: str | None) -> list[Path]:
        if origin is not None:
            return self._files(_origin(origin))
        held = self.origins()
        if len(held) > 1:
            raise UsageError(
                f"{self.folder} holds {', '.join(held)}, which are not added up: name one of them"
            )
        return self._files(held[0]) if held else []

    def _files(self, origin: Origin) -> list[Path]:
        return sorted((self.folder / origin.value).glob("*.parquet"))

    def _ask(self, files: list[Path], question: str, values: Mapping[str, Any] | None = None) -> pa.Table:
        try:
            with self._store.cursor() as store:
                store.execute("SET enable_progress_bar = false")
                return store.sql(
                    f"WITH rows AS ({_all(files)}) {question}", params=dict(values or {})
                ).to_arrow_table()
        except duckdb.Error as err:
            raise ArchiveError(f"{self.folder}: {err}") from err


BETWEEN = "actor IS NOT NULL AND recipient IS NOT NULL AND actor <> recipient"
ALONE = "actor IS NOT NULL AND recipient IS NULL AND recipient_name IS NULL"
SUMS = ", ".join(f"CAST(coalesce({sql}, 0) AS BIGINT) AS {name}" for name, sql in MEASURES.items())


def _all(files: list[Path]) -> str:
    """The rows of all files, in SQL; none is a table without rows."""
    if files:
        return f"SELECT * FROM read_parquet([{', '.join(map(quoted, files))}])"
    return f"SELECT {', '.join(f'NULL::{kind} AS {name}' for name, kind in COLUMNS.items())} WHERE false"


def _origin(name: str) -> Origin:
    try:
        return Origin(name)
    except ValueError as err:
        raise UsageError(f"'{name}' is no data set we read; these are: {', '.join(ORIGINS)}") from err


def _start(window: str) -> str:
    """The first day of a row's window, in SQL; raises UsageError for an unknown window."""
    try:
        asked = Window(window)
    except ValueError as err:
        raise UsageError(f"'{window}' is no window; these are: {', '.join(Window)}") from err
    return "day" if asked is Window.DAY else f"CAST(date_trunc('{asked.value}', day) AS DATE)"


def _sides(directed: bool) -> str:
    if directed:
        return "actor AS a, recipient AS b"
    return "least(actor, recipient) AS a, greatest(actor, recipient) AS b"


def _passed(pair: tuple[str, str] | None, directed: bool, time: str) -> str:
    """The rows between two actors, in SQL."""
    if pair is None:
        return f"SELECT * FROM rows WHERE {BETWEEN} AND {time}"
    if directed:
        sides = "actor = $one AND recipient = $other"
    else:
        # Each column by itself: Parquet skips by that, and not by (this and that) or (that and this).
        sides = "actor IN ($one, $other) AND recipient IN ($one, $other)"
    return f"SELECT * FROM rows WHERE {sides} AND actor <> recipient AND {time}"


def _when(since: date | None, until: date | None) -> str:
    """The stretch of time, in SQL; an open one costs nothing."""
    sides = [*(["day >= $since"] if since else ()), *(["day <= $until"] if until else ())]
    return " AND ".join(sides) or "true"


def _values(pair: tuple[str, str] | None, since: date | None, until: date | None) -> dict[str, Any]:
    one, other = pair or (None, None)
    asked = {"one": one, "other": other, "since": since, "until": until}
    return {name: value for name, value in asked.items() if value is not None}
