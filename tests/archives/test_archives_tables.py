"""ICEWS, POLECAT and ACLED: columns by name, whom actors stand for, what kinds become."""

from __future__ import annotations

from datetime import date

import pytest
from archives_made import comma_table, icews_table

from detente.archives import Origin
from detente.archives.sides import side_of

POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Actor Name", "Actor Country",
    "Recipient Name", "Recipient Country", "Source",
)  # fmt: skip
ACLED = (
    "event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "actor2", "country", "source", "notes",
)  # fmt: skip
POLECAT_ROW = {
    "Event ID": "E1",
    "Event Date": "2023-09-13",
    "Event Type": "CONSULT",
    "Event Mode": "visit",
    "Actor Name": "Kim Jong Un",
    "Actor Country": "PRK",
    "Recipient Name": "Russia",
    "Recipient Country": "RUS",
    "Source": "Some Agency",
}
ACLED_ROW = {
    "event_id_cnty": "UKR1",
    "event_date": "2024-05-01",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Shelling/artillery/missile attack",
    "actor1": "Military Forces of Russia (2000-) Air Force",
    "actor2": "Civilians (Ukraine)",
    "country": "Ukraine",
    "source": "A Daily; B Weekly",
    "notes": "shells, \nthen more",
}


def test_an_icews_row(bring, rows_of):
    assert bring("icews", icews_table({}), "events.tab").rows == 1
    (row,) = rows_of("icews")
    assert (row["event"], row["day"], row["actor"], row["recipient"]) == ("9", date(2018, 5, 2), "JPN", "PRK")
    assert (row["actor_name"], row["type"], row["quad"]) == ("Foreign Affairs (Japan)", "ACCUSE", 3)
    assert (row["score10"], row["goldstein10"], row["reports"]) == (-20, -20, 1)
    assert (row["publisher"], row["publishers"], row["line"]) == ("Some Daily", None, 2)


def test_icews_without_a_country_is_read_by_name(bring, rows_of):
    bring("icews", icews_table({"Source Name": "United Nations", "Source Country": "NA"}))
    assert rows_of("icews")[0]["actor"] == "united-nations"


@pytest.mark.parametrize(
    ("name", "country", "side"),
    [
        ("Citizen (Russia)", "", "RUS"),
        ("Citizen (Russia)", "Russian Federation", "RUS"),
        ("Ministry (Trade) (South Korea)", "", "KOR"),
        ("Kim Jong-Un", "", "PRK"),
        ("Police (Palestinian Territory, Occupied)", "", "PSE"),
        ("North Korea", "", "PRK"),
        ("Korea", "", None),
        ("Citizen (Hong Kong)", "", None),
        ("Japan (Airlines)", "", None),
        ("Citizen (Japan)", "Atlantis", None),
        ("Japanese", "", None),
        ("", "", None),
    ],
)
def test_whom_an_icews_actor_counts_for(name, country, side):
    assert side_of(Origin.ICEWS, name, country, "") == side


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("Military Forces of Myanmar (2021-)", "MMR"),
        ("Police Forces of India (2014-) Border Security Force", "IND"),
        ("Government of North Korea (1948-)", "PRK"),
        ("Protesters (South Korea)", "KOR"),
        ("Unidentified Armed Group (Sudan)", "SDN"),
        ("Islamic State (Mali)", "MLI"),
        ("Military Forces of Nowhere (2000-)", None),
        ("Some Militia", None),
    ],
)
def test_whom_an_acled_actor_counts_for(name, side):
    assert side_of(Origin.ACLED, name, "", "") == side


@pytest.mark.parametrize("separator", [",", "\t"])
def test_a_polecat_row(bring, rows_of, separator):
    assert bring("polecat", comma_table(POLECAT, POLECAT_ROW, separator=separator)).rows == 1
    (row,) = rows_of("polecat")
    assert (row["actor"], row["recipient"], row["type"], row["quad"]) == ("PRK", "RUS", "CONSULT", 1)
    assert (row["score10"], row["goldstein10"], row["publisher"]) == (40, None, "Some Agency")


@pytest.mark.parametrize(
    ("kind", "mode", "type_", "score"),
    [
        ("DEMAND", "", "REQUEST", 0),
        ("assault", "aerial", "ASSAULT", -90),
        ("COERCE", "never heard", "COERCE", -70),
    ],
)
def test_older_types_and_unknown_modes_of_polecat(bring, rows_of, kind, mode, type_, score):
    bring("polecat", comma_table(POLECAT, POLECAT_ROW | {"Event Type": kind, "Event Mode": mode}))
    assert (rows_of("polecat")[0]["type"], rows_of("polecat")[0]["score10"]) == (type_, score)


def test_a_type_that_was_split_has_no_home(bring):
    assert bring("polecat", comma_table(POLECAT, POLECAT_ROW | {"Event Type": "YIELD"})).codes == {"YIELD": 1}


def test_polecat_actors_of_several_countries_count_for_none(bring, rows_of):
    bring("polecat", comma_table(POLECAT, POLECAT_ROW | {"Actor Country": "PRK; RUS"}))
    assert rows_of("polecat")[0]["actor"] is None


def test_an_acled_row_with_a_line_end_in_its_notes(bring, rows_of):
    table = comma_table(ACLED, ACLED_ROW, ACLED_ROW | {"event_date": "no day"}, ACLED_ROW)
    (part,) = bring("acled", table, "acled.csv").parts
    row, last = rows_of("acled")
    assert (row["actor"], row["recipient"], row["type"]) == ("RUS", "UKR", "ASSAULT")
    assert (row["publishers"], row["publisher"]) == (2, "A Daily; B Weekly")
    assert row["code"] == "Shelling/artillery/missile attack"
    assert (row["line"], [fault.line for fault in part.faults], last["line"]) == (2, [4], 6)


def test_acled_days_in_words(bring, rows_of):
    bring("acled", comma_table(ACLED, ACLED_ROW | {"event_date": "01 May 2024"}))
    assert rows_of("acled")[0]["day"] == date(2024, 5, 1)


def test_an_acled_kind_unknown_below_counts_as_the_kind_above(bring, rows_of):
    bring("acled", comma_table(ACLED, ACLED_ROW | {"sub_event_type": "New kind", "event_type": "Protests"}))
    assert rows_of("acled")[0]["type"] == "PROTEST"


@pytest.mark.parametrize("origin", ["icews", "polecat", "acled"])
def test_a_table_of_another_data_set_is_refused_by_its_columns(bring, origin):
    (part,) = bring(origin, "id,name\n1,x\n").parts
    assert "does not name" in part.trouble


def test_columns_in_another_order_are_found(bring, rows_of):
    bring("polecat", comma_table(tuple(reversed(POLECAT)), POLECAT_ROW))
    assert rows_of("polecat")[0]["actor"] == "PRK"
