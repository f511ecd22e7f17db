"""Codebook tables: header, rows, and errors that name file and line."""

from __future__ import annotations

import pytest

from detente.codebooks.tables import parse_table, read_table
from detente.errors import CodebookError


def test_rows_give_cells_by_column_and_lists_by_separator():
    (row,) = parse_table("# note\nid\tnames\n\nkim\ta; b ;\n", "t.tsv", ("id", "names"))
    assert (row["id"], row.many("names"), row.line) == ("kim", ("a", "b"), 4)


def test_short_lines_are_filled_with_empty_cells():
    (row,) = parse_table("id\tnames\nkim\n", "t.tsv", ("id", "names"))
    assert row["names"] == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id\tname\nx\ty\n", "t.tsv, line 1: the header"),
        ("id\tnames\nx\ty\tz\n", "t.tsv, line 2: 3 cells"),
        ("", "t.tsv, line 1: the header"),
    ],
)
def test_wrong_tables_name_file_and_line(text, message):
    with pytest.raises(CodebookError, match=message):
        parse_table(text, "t.tsv", ("id", "names"))


def test_missing_table_is_a_codebook_error():
    with pytest.raises(CodebookError, match=r"absent\.tsv"):
        read_table("absent.tsv", ("id",))
