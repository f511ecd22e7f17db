"""Questions to an archive: windows, directions, acts of one actor, types, the rows behind a point."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest
from archives_made import gdelt_line, icews_table
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.archives import Archive, Origin, Window, import_files
from detente.errors import ArchiveError, UsageError

KEYS = ["a", "b", "start"]
FIGURES = [
    "events",
    "verbal_cooperation",
    "material_cooperation",
    "verbal_conflict",
    "material_conflict",
    "score10",
    "goldstein10",
    "reports",
]


def lines(*rows: tuple[str, str, str, str]) -> str:
    """GDELT lines of (day, actor, recipient, code)."""
    return "\n".join(
        gdelt_line(
            GLOBALEVENTID=str(number),
            SQLDATE=day,
            Actor1CountryCode=actor,
            Actor1Name=actor,
            Actor2CountryCode=recipient,
            Actor2Name=recipient,
            EventCode=code,
        )
        for number, (day, actor, recipient, code) in enumerate(rows)
    )


SOME = lines(
    ("20180101", "PRK", "USA", "130"),
    ("20180131", "USA", "PRK", "070"),
    ("20180201", "PRK", "USA", "190"),
    ("20180201", "PRK", "USA", "010"),
    ("20180203", "PRK", "PRK", "190"),
    ("20180204", "PRK", "", "150"),
    ("20180205", "PRK", "EUR", "130"),
    ("20181231", "CHN", "PRK", "057"),
)


def test_sums_of_a_pair_by_month(bring, archive):
    bring("gdelt", SOME)
    assert archive.sums("month", ("USA", "PRK")).to_pylist() == [
        dict(
            zip([*KEYS, *FIGURES], ("PRK", "USA", date(2018, 1, 1), 2, 0, 1, 1, 0, 65, 80, 12), strict=True)
        ),
        dict(
            zip([*KEYS, *FIGURES], ("PRK", "USA", date(2018, 2, 1), 2, 0, 0, 0, 1, -90, 80, 12), strict=True)
        ),
    ]


def test_directed_sums_keep_who_acted(bring, archive):
    bring("gdelt", SOME)
    assert archive.sums("year", ("USA", "PRK"), directed=True)["events"].to_pylist() == [1]
    assert archive.sums("year", ("PRK", "USA"), directed=True)["events"].to_pylist() == [3]
    pairs = archive.sums("year", directed=True).select(["a", "b"]).to_pylist()
    assert pairs == [{"a": a, "b": b} for a, b in (("CHN", "PRK"), ("PRK", "USA"), ("USA", "PRK"))]


def test_nobody_is_paired_with_itself(bring, archive):
    bring("gdelt", SOME)
    assert archive.sums("year", ("PRK", "PRK")).num_rows == 0
    assert archive.rows(("PRK", "PRK")).num_rows == 0


@pytest.mark.parametrize(
    ("window", "starts"),
    [
        ("day", ["2018-12-31"]),
        ("week", ["2018-12-31"]),
        ("month", ["2018-12-01"]),
        ("quarter", ["2018-10-01"]),
        ("year", ["2018-01-01"]),
    ],
)
def test_a_window_is_named_by_its_first_day(bring, archive, window, starts):
    bring("gdelt", SOME)
    found = archive.sums(window, ("CHN", "PRK"))["start"].to_pylist()
    assert [day.isoformat() for day in found] == starts


def test_since_and_until_are_the_first_and_last_day(bring, archive):
    bring("gdelt", SOME)
    held = archive.sums("day", ("PRK", "USA"), since=date(2018, 1, 31), until=date(2018, 2, 1))
    assert held["events"].to_pylist() == [1, 2]
    assert archive.sums("day", since=date(2018, 2, 2), until=date(2018, 12, 30)).num_rows == 0


def test_acts_alone_are_those_for_which_the_source_names_no_recipient(bring, archive):
    bring("gdelt", SOME)
    (row,) = archive.alone("month", "PRK").to_pylist()
    assert (row["a"], row["start"], row["events"], row["score10"]) == ("PRK", date(2018, 2, 1), 1, -55)
    assert archive.alone("month").num_rows == 1
    assert archive.alone("month", "USA").num_rows == 0


def test_types_are_counted_with_those_that_have_none(bring, archive):
    bring("gdelt", SOME)
    found = archive.types("month", ("PRK", "USA"), since=date(2018, 2, 1)).to_pylist()
    assert [(row["type"], row["events"]) for row in found] == [("ASSAULT", 1), (None, 1)]


def test_the_rows_behind_a_point_come_by_day(bring, archive):
    bring("gdelt", SOME)
    found = archive.rows(("USA", "PRK"), until=date(2018, 1, 31)).to_pylist()
    assert [(row["day"].day, row["actor"], row["line"]) for row in found] == [(1, "PRK", 1), (31, "USA", 2)]
    assert archive.rows(("USA", "PRK"), limit=1).num_rows == 1
    assert archive.rows(("USA", "PRK"), directed=True)["line"].to_pylist() == [2]


def test_counts_say_what_there_is(bring, archive):
    bring("gdelt", SOME)
    held = archive.counts("gdelt")
    assert (held.rows, held.files, held.between, held.alone, held.typed) == (8, 1, 5, 1, 7)
    assert (held.first, held.last) == (date(2018, 1, 1), date(2018, 12, 31))


def test_data_sets_are_kept_apart(bring, archive):
    bring("gdelt", SOME)
    bring("icews", icews_table({}))
    assert archive.origins() == ("gdelt", "icews")
    assert archive.sums("year", origin="icews").select(["a", "b"]).to_pylist() == [{"a": "JPN", "b": "PRK"}]
    with pytest.raises(UsageError, match="gdelt, icews"):
        archive.sums("year")


def test_an_empty_archive_answers_in_the_same_columns(archive, bring):
    empty = archive.sums("month")
    bring("gdelt", SOME)
    assert empty.schema == archive.sums("month").schema
    assert (empty.num_rows, empty.schema.names) == (0, KEYS + FIGURES)
    assert all(empty.schema.field(name).type == pa.int64() for name in FIGURES)
    assert empty.schema.field("start").type == pa.date32()
    assert archive.counts("acled").rows == 0


@pytest.mark.parametrize(
    "ask", [lambda a: a.sums("decade"), lambda a: a.sums("day", origin="phoenix"), lambda a: a.counts("")]
)
def test_unknown_windows_and_data_sets_are_usage_errors(archive, ask):
    with pytest.raises(UsageError, match="these are"):
        ask(archive)


def test_a_broken_file_is_an_archive_error(folder, archive):
    (folder / "gdelt").mkdir(parents=True)
    (folder / "gdelt" / "x.parquet").write_bytes(b"no parquet")
    with pytest.raises(ArchiveError, match="archive"):
        archive.sums("month")


def test_an_id_is_a_value_and_never_a_question(bring, archive):
    bring("gdelt", SOME)
    assert archive.sums("month", ("PRK' OR 'a'='a", "USA")).num_rows == 0


STATES = st.sampled_from(["CHN", "JPN", "KOR", "PRK", "RUS", "USA", "EUR", ""])
DAYS = st.integers(0, 800).map(lambda n: (date(2016, 12, 20) + timedelta(days=n)).strftime("%Y%m%d"))
ROWS = st.tuples(DAYS, STATES, STATES, st.sampled_from(["010", "036", "070", "130", "190", "999"]))


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.lists(ROWS, min_size=1, max_size=12), min_size=1, max_size=4),
    st.randoms(),
    st.sampled_from(Window),
)
def test_sums_do_not_depend_on_how_rows_came_in(tables, random, window):
    with TemporaryDirectory() as name:
        room = Path(name)
        held = []
        for order in (0, 1):
            paths = []
            for number, rows in enumerate(tables):
                path = room / f"{order}-{number}.csv"
                # A table is named by what it holds, so that each must hold something of its own.
                path.write_text(lines(*rows, (f"2020010{number + 1}", "FRA", "DEU", "036")))
                paths.append(path)
            if order:
                random.shuffle(paths)
            for path in paths:
                import_files(Origin.GDELT, [path], room / str(order))
            with Archive(room / str(order), threads=1 + order) as archive:
                held.append(
                    [archive.sums(window), archive.sums(window, directed=True), archive.types(window)]
                )
        assert held[0] == held[1]
        total = sum(held[0][0]["events"].to_pylist())
        ours = [
            row for rows in tables for row in rows if "" not in row and "EUR" not in row and row[1] != row[2]
        ]
        assert total == len(ours) + len(tables)
        assert total == sum(held[0][1]["events"].to_pylist()) == sum(held[0][2]["events"].to_pylist())
