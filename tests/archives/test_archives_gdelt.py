"""GDELT exports: both versions, whom the codes stand for, what is no row."""

from __future__ import annotations

from datetime import date

import pytest
from archives_made import gdelt_line


@pytest.mark.parametrize("columns", [57, 58, 61])
def test_each_version_gives_the_same_event(bring, rows_of, columns):
    imported = bring("gdelt", gdelt_line(columns) + "\n", "20180312.export.CSV")
    (row,) = rows_of("gdelt")
    assert (imported.rows, imported.malformed) == (1, 0)
    assert (row["event"], row["day"], row["actor"], row["recipient"]) == (
        "700",
        date(2018, 3, 12),
        "PRK",
        "USA",
    )
    assert (row["type"], row["quad"], row["score10"], row["goldstein10"]) == ("AGREE", 1, 25, 40)
    assert (row["code"], row["reports"], row["publishers"]) == ("036", 6, 2)
    assert row["publisher"] == (None if columns == 57 else "example.org")
    assert (row["origin"], row["source"], row["line"]) == ("gdelt", "20180312.export.CSV", 1)


@pytest.mark.parametrize(
    ("fields", "actor"),
    [
        ({"Actor1CountryCode": "ROM"}, "ROU"),
        ({"Actor1CountryCode": "GZS"}, "PSE"),
        ({"Actor1CountryCode": "EUR"}, None),
        ({"Actor1CountryCode": "", "Actor1KnownGroupCode": "NAT"}, "nato"),
        ({"Actor1CountryCode": "FRA", "Actor1KnownGroupCode": "NAT"}, "FRA"),
        ({"Actor1CountryCode": "", "Actor1Name": "JAPAN"}, None),
    ],
)
def test_an_actor_counts_for_its_country_else_for_its_group(bring, rows_of, fields, actor):
    bring("gdelt", gdelt_line(**fields))
    assert rows_of("gdelt")[0]["actor"] == actor


def test_what_has_no_home_in_the_codebook_is_counted_by_name(bring):
    lines = [gdelt_line(Actor1CountryCode="EUR", Actor1Name="EUROPE", EventCode="010")] * 2
    imported = bring("gdelt", "\n".join([*lines, gdelt_line(EventCode="999")]))
    assert imported.actors == {"EUROPE [EUR]": 2}
    assert imported.codes == {"010": 2, "999": 1}


def test_a_code_without_a_type_keeps_the_scale_value_of_its_source(bring, rows_of):
    bring("gdelt", gdelt_line(EventCode="020", GoldsteinScale="3.0"))
    (row,) = rows_of("gdelt")
    assert (row["type"], row["quad"], row["score10"], row["goldstein10"]) == (None, None, None, 30)


def test_lines_that_are_no_rows_are_told_with_their_numbers(bring, rows_of):
    text = "\n".join(
        [
            gdelt_line(),
            "a\tb\tc",
            gdelt_line(SQLDATE="20181345"),
            gdelt_line(Actor1Name="X" * 1001),
            gdelt_line(EventCode=""),
            gdelt_line(),
            "",
        ]
    )
    (part,) = bring("gdelt", text).parts
    assert (part.rows, part.malformed) == (2, 4)
    assert [fault.line for fault in part.faults] == [2, 3, 4, 5]
    assert "columns" in part.faults[0].reason
    assert "day" in part.faults[1].reason
    assert [row["line"] for row in rows_of("gdelt")] == [1, 6]


def test_few_of_many_faults_are_kept_and_all_counted(bring):
    (part,) = bring("gdelt", "\n".join([gdelt_line(), *["x\ty"] * 500, gdelt_line(SQLDATE="")])).parts
    assert (part.rows, part.malformed, len(part.faults)) == (1, 501, 20)


@pytest.mark.parametrize("columns", [56, 59, 60])
def test_a_table_of_another_width_is_no_export(bring, columns):
    (part,) = bring("gdelt", "\t".join("1" * columns)).parts
    assert (part.rows, part.kept) == (0, None)
    assert "57, 58 nor 61" in part.trouble


def test_an_empty_file_is_told(bring):
    assert bring("gdelt", "").parts[0].trouble


def test_quotes_in_a_name_are_no_separators(bring, rows_of):
    bring("gdelt", gdelt_line(Actor1Name='"SOME', Actor2Name='BODY"') + "\n" + gdelt_line())
    assert [row["actor_name"] for row in rows_of("gdelt")] == ['"SOME', "NORTH KOREA"]
