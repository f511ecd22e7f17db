"""Benchmarks of ICEWS in integers, and the counts of six states' dyads beside a direct count of the text."""

from __future__ import annotations

import csv
import re
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from archives_made import coded_folder

from detente.archives import Archive, Origin, import_files

SIX = ("CHN", "JPN", "KOR", "PRK", "RUS", "USA")
CODEBOOKS = Path(__file__).parents[2] / "src" / "detente" / "codebooks"


def test_integers_are_looked_up_and_hours_counted_from_the_year_of_the_folder(tmp_path, folder, rows_of):
    made = coded_folder(tmp_path / "icews18", [(0, 0, 1, 0), (1, 1, 0, 24), (2, 2, 3, 8736)])
    imported = import_files(Origin.ICEWS, [made], folder)
    assert [(part.name, part.rows) for part in imported.parts] == [("train.txt", 3)]
    first, second, third = rows_of("icews")
    assert (first["event"], first["day"], first["actor"], first["recipient"]) == (
        "train:1",
        date(2018, 1, 1),
        "PRK",
        "JPN",
    )
    assert (first["type"], first["code"], first["goldstein10"], first["score10"]) == (
        "THREATEN",
        "130",
        -44,
        -35,
    )
    assert (second["day"], second["code"], second["score10"]) == (date(2018, 1, 2), "042", 40)
    assert (third["day"], third["actor"], third["recipient"]) == (date(2018, 12, 31), "united-nations", None)
    assert (third["recipient_name"], third["type"]) == ("Somebody Unheard Of", None)


def test_rows_with_numbers_that_no_list_holds_are_told(tmp_path, folder):
    rows = [(0, 0, 1, 0), (99, 0, 1, 0), (0, 99, 1, 0), (0, 0, 1, -5), (0, 3, 1, 0)]
    (part,) = import_files(Origin.ICEWS, [coded_folder(tmp_path / "icews18", rows)], folder).parts
    assert (part.rows, part.malformed, [fault.line for fault in part.faults]) == (2, 3, [2, 3, 4])


def test_a_relation_without_a_code_is_unmapped(tmp_path, folder):
    imported = import_files(Origin.ICEWS, [coded_folder(tmp_path / "icews18", [(0, 3, 1, 0)])], folder)
    assert imported.codes == {"Dance together": 1}


def test_a_folder_that_names_no_year_is_told(tmp_path, folder):
    (part,) = import_files(Origin.ICEWS, [coded_folder(tmp_path / "bench", [(0, 0, 1, 0)])], folder).parts
    assert "which year" in part.trouble


def test_the_same_rows_with_other_names_are_another_table(tmp_path, folder, archive):
    made = coded_folder(tmp_path / "icews18", [(0, 0, 1, 0)])
    import_files(Origin.ICEWS, [made], folder)
    (made / "entity2id.txt").write_text("China\t0\nJapan\t1\n")
    import_files(Origin.ICEWS, [made], folder)
    assert archive.counts("icews").files == 2


@pytest.fixture(scope="module")
def benchmark(shared: Path) -> Path:
    folder = shared / "backtest" / "icews18"
    if not folder.is_dir():
        pytest.skip(f"the benchmark is not at {folder}")
    return folder


@pytest.fixture(scope="module")
def brought(benchmark: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    start = time.perf_counter()
    imported = import_files(Origin.ICEWS, [benchmark], folder)
    assert time.perf_counter() - start < 20
    assert [(part.name, part.rows, part.malformed) for part in imported.parts] == [
        ("train.txt", 373_018, 0),
        ("valid.txt", 45_995, 0),
    ]
    return folder


def counted(benchmark: Path) -> Counter[tuple[str, str, str, date]]:
    """Count the deeds from one state to another by month, reading the lines one by one."""
    states = read("states.tsv")
    sides = {row["name"]: row["id"] for row in states}
    sides |= {name: row["id"] for row in states for name in row["names"].split(";") if name}
    sides = {name.lower(): state for name, state in sides.items()}
    bodies = {}
    for row in read("organisations.tsv"):
        for name in (row["name"], *row["names"].split(";")):
            if name:
                bodies[name.lower()] = row["state"] or row["id"]
    terms: dict[str, set[str]] = {}
    for row in read("tenures.tsv"):
        if row["state"]:
            terms.setdefault(row["person"], set()).add(row["state"])
    persons: dict[str, set[str]] = {}
    for row in read("persons.tsv"):
        served = terms.get(row["id"], set())
        state = next(iter(served)) if len(served) == 1 else row["nationality"]
        for name in (row["name"], *row["names"].split(";")):
            if name:
                persons.setdefault(name.lower(), set()).add(state)

    def side(name: str) -> str | None:
        name = name.lower()
        bracket = re.search(r"\(([^()]*)\)$", name)
        if name in sides or name in bodies:
            return sides.get(name) or bodies[name]
        if name in persons:
            return next(iter(persons[name])) if len(persons[name]) == 1 else None
        inside = bracket[1].strip() if bracket else None
        return sides.get(inside) or bodies.get(inside) if inside else None

    names = dict(
        reversed(line.split("\t")) for line in (benchmark / "entity2id.txt").read_text().splitlines()
    )
    of = {number: side(name) for number, name in names.items()}
    found: Counter[tuple[str, str, str, date]] = Counter()
    for part in ("train.txt", "valid.txt"):
        for line in (benchmark / part).read_text().splitlines():
            actor, _, recipient, hours, *_ = line.split("\t")
            day = date(2018, 1, 1) + timedelta(hours=int(hours))
            if of[actor] in SIX and of[recipient] in SIX and of[actor] != of[recipient]:
                found[str(of[actor]), str(of[recipient]), part, day.replace(day=1)] += 1
    return found


def read(name: str) -> list[dict[str, str]]:
    lines = [line for line in (CODEBOOKS / name).read_text().splitlines() if line and line[0] != "#"]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))


def test_the_dyads_of_six_states_are_those_of_a_direct_count(benchmark, brought):
    direct = counted(benchmark)
    directed: Counter[tuple[str, str, date]] = Counter()
    undirected: Counter[tuple[str, str, date]] = Counter()
    for (actor, recipient, _, month), events in direct.items():
        directed[actor, recipient, month] += events
        first, second = sorted((actor, recipient))
        undirected[first, second, month] += events
    assert len({key[:2] for key in undirected}) == 15
    with Archive(brought) as archive:
        for expected, sense in ((directed, True), (undirected, False)):
            sums = archive.sums("month", directed=sense).to_pylist()
            found = {
                (row["a"], row["b"], row["start"]): row["events"]
                for row in sums
                if row["a"] in SIX and row["b"] in SIX
            }
            assert found == expected


def test_a_pair_asked_for_alone_has_the_figures_it_has_among_all(brought):
    with Archive(brought) as archive:
        among = [row for row in archive.sums("week").to_pylist() if (row["a"], row["b"]) == ("PRK", "USA")]
        assert archive.sums("week", ("USA", "PRK")).to_pylist() == among


def test_raw_rows_of_icews_keep_every_line(shared, folder):
    sample = shared / "reference" / "icews" / "events.2018.sample.tab"
    if not sample.is_file():
        pytest.skip(f"the sample is not at {sample}")
    imported = import_files(Origin.ICEWS, [sample], folder)
    assert (imported.rows, imported.malformed) == (3705, 0)
    assert imported.actors.total() < 200
