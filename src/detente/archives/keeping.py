"""The vectorised part of an import: rows put by as text, checked, given our ids and codes, kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from detente.archives.rows import LINE, SHOWN, Fault, Faults
from detente.archives.schema import ORDER, Origin, parquet_options, quoted
from detente.archives.shapes import FIELDS, Shape
from detente.archives.sides import side_of

LONGEST_FIELD = 1000
MOST_NAMES = 10_000
"""How many different unmapped names of one table are told apart."""

WRONG = f"""
    CASE WHEN day IS NULL THEN 'has no day that can be read'
         WHEN code IS NULL OR code = '' THEN 'has no code'
         WHEN actor_name IS NULL OR recipient_name IS NULL THEN 'names an actor that is in no list'
         WHEN greatest({", ".join(f"length({name})" for name in FIELDS if name != "day")}) > {LONGEST_FIELD}
         THEN 'has a field of over {LONGEST_FIELD} characters'
    END
"""
"""Why a row put by is no event, in SQL; null when it is one."""
EMPTY = "day IS NULL AND event = '' AND code = '' AND actor_name = '' AND recipient_name = ''"
"""An empty line, in SQL: no row, and no fault."""

TENTHS = "try_cast(round(10 * {}) AS SMALLINT)"
EVENTS = f"""
    SELECT raw.event, raw.day, actors.id AS actor, recipients.id AS recipient,
        nullif(raw.actor_name, '') AS actor_name, nullif(raw.recipient_name, '') AS recipient_name,
        codes.type, codes.quad, {TENTHS.format("codes.score")} AS score10,
        coalesce({TENTHS.format("try_cast(raw.goldstein AS DOUBLE)")}, {TENTHS.format("codes.goldstein")})
            AS goldstein10,
        raw.code, greatest(coalesce(try_cast(raw.reports AS INTEGER), 1), 0) AS reports,
        try_cast(raw.publishers AS INTEGER) AS publishers, nullif(raw.publisher, '') AS publisher,
        $origin AS origin, $source AS source, raw.line
    FROM raw
    LEFT JOIN codes ON codes.code = raw.code AND codes.mode = raw.mode
    LEFT JOIN sides AS actors ON actors.name = raw.actor_name
        AND actors.country = raw.actor_country AND actors.grp = raw.actor_group
    LEFT JOIN sides AS recipients ON recipients.name = raw.recipient_name
        AND recipients.country = raw.recipient_country AND recipients.grp = raw.recipient_group
"""
"""The rows put by as rows of an archive, in SQL."""

EITHER_SIDE = """
    SELECT actor_name AS name, actor_country AS country, actor_group AS grp FROM raw
    UNION ALL SELECT recipient_name, recipient_country, recipient_group FROM raw
"""

Lists = tuple[dict[int, str], dict[int, str]]
"""Names and relations by number, for tables of integers."""


@dataclass(frozen=True, slots=True)
class Wanting:
    """What an import could not bring in: lines that are no rows, actors and codes our codebook lacks."""

    faults: Faults
    actors: Counter[str]
    codes: Counter[str]


def prepare(store: duckdb.DuckDBPyConnection) -> None:
    """Make the tables an import works in."""
    store.execute("SET enable_progress_bar = false")
    fields = ", ".join(f"{name} {'DATE' if name == 'day' else 'VARCHAR'}" for name in FIELDS)
    store.execute(f"CREATE TABLE raw ({fields}, line BIGINT)")
    store.execute("CREATE TABLE names (id INTEGER, text VARCHAR)")
    store.execute("CREATE TABLE relations (id INTEGER, text VARCHAR)")
    store.execute("CREATE TABLE sides (name VARCHAR, country VARCHAR, grp VARCHAR, id VARCHAR)")
    store.execute(
        "CREATE TABLE codes (code VARCHAR, mode VARCHAR, type VARCHAR, quad TINYINT, "
        "score DOUBLE, goldstein DOUBLE)"
    )


def put_by(store: duckdb.DuckDBPyConnection, shape: Shape, batches: Iterable[pa.Table], lists: Lists) -> None:
    """Put a table's rows by as text, instead of those of the table before."""
    for table, held in zip(("names", "relations"), lists, strict=True):
        _fill(store, table, held.items(), pa.int32())
    store.execute("DELETE FROM raw")
    blank = ", ".join(f"'{word}'" for word in shape.blank)
    cells = ", ".join(
        f"CASE WHEN {name} IN ({blank}) THEN '' ELSE {name} END" if blank and name != "day" else name
        for name in FIELDS
    )
    select = f"SELECT {cells}, {LINE} FROM (SELECT {shape.select()}, {LINE} FROM batch)"
    for batch in batches:
        store.register("batch", batch)
        store.execute(f"INSERT INTO raw {select}")
        store.unregister("batch")


def keep(
    store: duckdb.DuckDBPyConnection, shape: Shape, origin: Origin, source: str, path: Path, wanting: Wanting
) -> int:
    """Write the rows put by as one Parquet file and give how many they are; add to `wanting`."""
    _leave_out(store, wanting.faults)
    distinct = store.execute(f"SELECT DISTINCT name, country, grp FROM ({EITHER_SIDE})").fetchall()
    _fill(store, "sides", ((*side, side_of(origin, *side)) for side in distinct), pa.string())
    pairs = store.execute("SELECT DISTINCT code, mode FROM raw").fetchall()
    _fill(store, "codes", shape.codes(pairs), pa.string())
    store.execute(
        f"COPY (SELECT * FROM ({EVENTS}) ORDER BY {ORDER}) TO {quoted(path)} {parquet_options()}",
        {"origin": origin.value, "source": source},
    )
    _count_unmapped(store, wanting)
    return int(store.execute("SELECT count(*) FROM raw").fetchall()[0][0])


def _fill(
    store: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[object, ...]], first: pa.DataType
) -> None:
    """Put rows into a table instead of those it has."""
    store.execute(f"DELETE FROM {table}")
    columns = list(zip(*rows, strict=True))
    if columns:
        kinds = (first, *[None] * (len(columns) - 1))
        arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        store.register("batch", pa.table(arrays, [f"column{number}" for number in range(len(arrays))]))
        store.execute(f"INSERT INTO {table} SELECT * FROM batch")
        store.unregister("batch")


def _leave_out(store: duckdb.DuckDBPyConnection, faults: Faults) -> None:
    """Take the rows that are no events out of those put by."""
    store.execute(f"DELETE FROM raw WHERE {EMPTY}")
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE odd AS SELECT line, {WRONG} AS why FROM raw WHERE why IS NOT NULL"
    )
    count = int(store.execute("SELECT count(*) FROM odd").fetchall()[0][0])
    if count:
        shown = store.execute(f"SELECT line, why FROM odd ORDER BY line LIMIT {SHOWN}").fetchall()
        faults.add_many(count, [Fault(line, why) for line, why in shown])
        store.execute(f"DELETE FROM raw WHERE ({WRONG}) IS NOT NULL")


def _count_unmapped(store: duckdb.DuckDBPyConnection, wanting: Wanting) -> None:
    told = store.execute(
        f"""
        SELECT CASE WHEN country <> '' THEN name || ' [' || country || ']'
                    WHEN grp <> '' THEN name || ' [' || grp || ']' ELSE name END AS told, count(*)
        FROM ({EITHER_SIDE}) JOIN sides USING (name, country, grp)
        WHERE id IS NULL AND told <> '' GROUP BY ALL ORDER BY 2 DESC, 1 LIMIT {MOST_NAMES}
        """
    ).fetchall()
    wanting.actors.update(dict(told))
    codes = store.execute(
        "SELECT code, count(*) FROM raw JOIN codes USING (code, mode) WHERE type IS NULL GROUP BY ALL"
    ).fetchall()
    wanting.codes.update(dict(codes))
