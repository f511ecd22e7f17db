"""Time the archives on made-up event data: all dyads by month, one dyad, memory, plain SQL and pandas.

    python -m benchmarks.archives 1 10     # millions of rows; 100 takes minutes and 1.4 GB of disk
    python -m benchmarks.archives 100 --folder /tmp/made

The bars, for 100 million rows on two threads: all dyad-months in 8 s, one dyad's series in 1 s, 4 GiB of
memory, plain SQL at most 1.3 times as fast. The rows are made anew unless the folder holds them.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb

from detente.archives import Archive, Origin
from detente.archives.archive import MEASURES
from detente.archives.schema import COLUMNS, ORDER, parquet_options, quoted
from detente.model.events import QUAD

SEED = 20180101
THREADS = 2
MONTHS = 120
ACTORS = 200
SLOTS = 1 << 16
"""Of so many equal chances each actor has a share after Zipf: the nth one n times less than the first."""
PAIR = ("AAA", "AAB")
ROUNDS = 3
BAR_ALL, BAR_PAIR, BAR_MEMORY, BAR_SQL = 8.0, 1.0, 4096.0, 1.3


def main() -> None:
    """Make the rows and time every door on them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archives", description=main.__doc__)
    parser.add_argument("millions", type=int, nargs="*", default=[1, 10])
    parser.add_argument(
        "--folder", type=Path, help="Where the rows are kept; default: a folder that is removed."
    )
    asked = parser.parse_args()
    run(asked.millions, asked.folder)


def run(millions: list[int], folder: Path | None = None) -> None:
    """Time so many millions of rows, one size after the other."""
    with tempfile.TemporaryDirectory(prefix="detente-bench-") as spare:
        for size in millions:
            compare(make(size * 1_000_000, (folder or Path(spare)) / f"{size}m"), size * 1_000_000)


def make(rows: int, folder: Path) -> Path:
    """Make an archive of so many rows over ten years, a file a month, the same ones every time."""
    home = folder / Origin.GDELT.value
    home.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    with duckdb.connect(config={"threads": THREADS, "memory_limit": "3GB"}) as store:
        store.execute("SET enable_progress_bar = false")
        _share_out(store)
        for month in range(MONTHS):
            path = home / f"{month:03}.parquet"
            if not path.exists():
                part = path.with_suffix(".part")
                count = rows // MONTHS + (month < rows % MONTHS)
                made = _month(month, count, rows)
                store.execute(f"COPY ({made} ORDER BY {ORDER}) TO {quoted(part)} {parquet_options()}")
                part.replace(path)
    held = sum(path.stat().st_size for path in home.iterdir()) / 2**20
    print(f"\n{rows:,} rows: {MONTHS} files, {held:,.0f} MiB, made in {time.perf_counter() - start:.0f} s")
    return folder


def _share_out(store: duckdb.DuckDBPyConnection) -> None:
    """Give each slot its actor, and each of PLOVER's types its quad."""
    weights = [1 / (rank + 1) for rank in range(ACTORS)]
    bounds, total = [], 0.0
    for weight in weights:
        total += weight / sum(weights)
        bounds.append(total)
    owners, rank = [], 0
    for slot in range(SLOTS):
        while rank < ACTORS - 1 and bounds[rank] < (slot + 0.5) / SLOTS:
            rank += 1
        owners.append(rank)
    store.execute("CREATE TABLE slots (slot INTEGER, id VARCHAR)")
    ids = [chr(65 + n // 64) + chr(65 + n // 8 % 8) + chr(65 + n % 8) for n in range(ACTORS)]
    store.execute(
        "INSERT INTO slots SELECT unnest($slots), unnest($ids)",
        {"slots": list(range(SLOTS)), "ids": [ids[owner] for owner in owners]},
    )
    store.execute("CREATE TABLE kinds (number INTEGER, type VARCHAR, quad TINYINT)")
    kinds = [(number, kind.value, quad) for number, (kind, quad) in enumerate(QUAD.items())]
    store.executemany("INSERT INTO kinds VALUES (?, ?, ?)", kinds)


def _month(month: int, count: int, rows: int) -> str:
    """The rows of one month, in SQL: every value a hash of the row's number, the seed and the column's."""
    first = date(2014 + month // 12, month % 12 + 1, 1)
    last = date(2014 + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    number = f"(i + {month * (rows // MONTHS + 1)})"

    def chance(column: int, of: int) -> str:
        return f"CAST(hash({number} * 16 + {column}, {SEED}) % {of} AS INTEGER)"

    made = {
        "event": f"CAST({number} AS VARCHAR)",
        "day": f"DATE '{first}' + {chance(3, (last - first).days)}",
        "actor": "one.id",
        "recipient": "other.id",
        "actor_name": "one.id || ' government'",
        "recipient_name": "other.id || ' government'",
        "type": "kinds.type",
        "quad": "kinds.quad",
        "score10": f"{chance(5, 191)} - 100",
        "goldstein10": f"{chance(6, 201)} - 100",
        "code": f"CAST(10 + {chance(4, 16)} AS VARCHAR)",
        "reports": f"1 + {chance(7, 20)}",
        "publishers": f"1 + {chance(8, 5)}",
        "publisher": f"'paper' || {chance(9, 500)}",
        "origin": f"'{Origin.GDELT.value}'",
        "source": f"'{month:03}.csv'",
        "line": "i + 1",
    }
    columns = ", ".join(f"CAST({made[name]} AS {kind}) AS {name}" for name, kind in COLUMNS.items())
    return f"""
        SELECT * FROM (SELECT {columns} FROM range({count}) AS made(i)
        JOIN slots AS one ON one.slot = {chance(1, SLOTS)}
        JOIN slots AS other ON other.slot = {chance(2, SLOTS)}
        JOIN kinds ON kinds.number = {chance(4, len(QUAD))})
    """


def compare(folder: Path, rows: int) -> None:
    """Print how long each door takes, beside plain SQL and, for a tenth of the rows, pandas."""
    with Archive(folder, threads=THREADS) as archive:
        every, count = timed(lambda: archive.sums("month").num_rows)
        pair, points = timed(lambda: archive.sums("month", PAIR).num_rows)
        rare, _ = timed(lambda: archive.sums("month", ("BAA", "CAA")).num_rows)
        behind, _ = timed(
            lambda: archive.rows(PAIR, since=date(2018, 3, 1), until=date(2018, 3, 31)).num_rows
        )
    with duckdb.connect(config={"threads": THREADS}) as store:
        store.execute("SET enable_progress_bar = false")
        plain, same = timed(lambda: store.sql(_plain(folder)).to_arrow_table().num_rows)
        best, _ = timed(lambda: store.sql(_plain_in_two(folder)).to_arrow_table().num_rows)
    assert same == count, "plain SQL finds other dyad-months"
    memory = peak_of(folder)
    _line("all dyad-months", every, BAR_ALL, f"{count:,} of them")
    _line("one dyad by month", pair, BAR_PAIR, f"{points} points")
    _line("a rare dyad by month", rare, BAR_PAIR)
    _line("100 rows behind a point", behind, BAR_PAIR)
    _line(
        "plain SQL, as one writes it",
        plain,
        None,
        f"ours takes {every / plain:.2f} times as long, bar {BAR_SQL}",
    )
    _line(
        "plain SQL, grouped in two steps",
        best,
        None,
        f"ours takes {every / best:.2f} times as long, bar {BAR_SQL}",
    )
    over = "   over" if memory > BAR_MEMORY else ""
    print(f"{'peak memory of all dyad-months':34} {memory:8.0f} MiB (bar {BAR_MEMORY:.0f}){over}")
    print(f"{'pandas on a tenth of the rows':34} {_in_pandas(folder)}")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Time a call in seconds of the clock, the median of some rounds, and give what it gave."""
    taken, given = [], None
    for _ in range(ROUNDS):
        start = time.perf_counter()
        given = work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken), given


def _line(name: str, seconds: float, bar: float | None, note: str = "") -> None:
    held = f"(bar {bar:.0f} s)" if bar else ""
    over = "   over" if bar and seconds > bar else ""
    print(f"{name:34} {seconds:8.3f} s {held:10} {note}{over}")


SUMS = """count(*) AS events, count(*) FILTER (quad = 1) AS verbal_cooperation,
    count(*) FILTER (quad = 2) AS material_cooperation, count(*) FILTER (quad = 3) AS verbal_conflict,
    count(*) FILTER (quad = 4) AS material_conflict, CAST(sum(score10) AS BIGINT) AS score10,
    CAST(sum(goldstein10) AS BIGINT) AS goldstein10, CAST(sum(reports) AS BIGINT) AS reports"""


def _plain(folder: Path) -> str:
    return f"""
        SELECT least(actor, recipient) AS a, greatest(actor, recipient) AS b,
            CAST(date_trunc('month', day) AS DATE) AS start, {SUMS}
        FROM read_parquet('{folder}/gdelt/*.parquet') WHERE actor <> recipient GROUP BY ALL
    """


def _plain_in_two(folder: Path) -> str:
    summed = ", ".join(f"CAST(sum({name}) AS BIGINT) AS {name}" for name in MEASURES)
    return f"""
        SELECT least(actor, recipient) AS a, greatest(actor, recipient) AS b, start, {summed}
        FROM (SELECT actor, recipient, date_trunc('month', day) AS start, {SUMS}
            FROM read_parquet('{folder}/gdelt/*.parquet') WHERE actor <> recipient GROUP BY ALL) GROUP BY ALL
    """


def peak_of(folder: Path) -> float:
    """The most memory, in MiB, that a process of its own holds for all dyad-months."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak, (folder,))


def _peak(folder: Path) -> float:
    with Archive(folder, threads=THREADS) as archive:
        archive.sums("month")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _in_pandas(folder: Path) -> str:
    """Time pandas for the same sums over the first tenth of the files, read from the same Parquet."""
    try:
        import pandas as pd
    except ImportError:
        return "not here: pip install pandas"
    files = sorted((folder / Origin.GDELT.value).glob("*.parquet"))[: MONTHS // 10]
    columns = ["day", "actor", "recipient", "quad", "score10", "goldstein10", "reports"]
    start = time.perf_counter()
    frame = pd.concat([pd.read_parquet(file, columns=columns) for file in files], ignore_index=True)
    frame = frame[frame["actor"] != frame["recipient"]]
    swap = frame["actor"] > frame["recipient"]
    frame["a"] = frame["actor"].where(~swap, frame["recipient"])
    frame["b"] = frame["recipient"].where(~swap, frame["actor"])
    frame["start"] = pd.to_datetime(frame["day"]).dt.to_period("M")
    for quad in (1, 2, 3, 4):
        frame[f"q{quad}"] = frame["quad"] == quad
    sums = ["q1", "q2", "q3", "q4", "score10", "goldstein10", "reports"]
    groups = frame.groupby(["a", "b", "start"], observed=True)
    count = len(groups[sums].sum().join(groups.size().rename("events")))
    return f"{time.perf_counter() - start:6.3f} s, {len(frame):,} rows, {count:,} dyad-months"


if __name__ == "__main__":
    main()
