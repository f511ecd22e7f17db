"""`detente import`: what it says to people and to machines, and where the archive is."""

from __future__ import annotations

import json

import pytest
from archives_made import gdelt_line
from typer.testing import CliRunner

from detente.archives import Archive
from detente.cli.app import app
from detente.config import load_config
from detente.errors import UsageError


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "day.csv"
    path.write_text("\n".join([gdelt_line(), "odd", gdelt_line(EventCode="010", Actor2CountryCode="EUR")]))
    return path


def test_people_are_told_what_came_in_and_what_did_not(table, folder):
    done = CliRunner().invoke(app, ["import", "gdelt", str(table), "--archive", str(folder)])
    assert done.exit_code == 0
    assert f"{table}: 2 rows" in done.output
    assert "line 2 does not have the columns" in done.output
    assert "unmapped actors: WASHINGTON [EUR] (1)" in done.output
    assert "unmapped codes: 010 (1)" in done.output


def test_machines_are_told_in_json_and_the_environment_names_the_archive(table, folder, monkeypatch):
    monkeypatch.setenv("DETENTE_ARCHIVE", str(folder))
    done = CliRunner().invoke(app, ["import", "gdelt", str(table), "--json"])
    told = json.loads(done.output)
    assert (told["rows"], told["malformed"], told["unmapped_codes"]) == (2, 1, {"010": 1})
    assert told["files"][0]["faults"] == [{"line": 2, "reason": "does not have the columns it should have"}]
    with Archive(folder) as archive:
        assert archive.counts("gdelt").rows == 2


def test_a_file_that_cannot_be_read_is_said_at_the_end(table, tmp_path, folder):
    (tmp_path / "x.csv").write_text("no,export\n")
    done = CliRunner().invoke(
        app, ["import", "gdelt", str(tmp_path / "x.csv"), str(table), "--archive", str(folder)]
    )
    assert done.exit_code == 1
    assert "is no GDELT export" in done.output
    assert "2 rows of gdelt" in done.output


def test_a_path_that_is_not_there_is_a_usage_error(tmp_path, folder):
    done = CliRunner().invoke(app, ["import", "acled", str(tmp_path / "none.csv"), "--archive", str(folder)])
    assert isinstance(done.exception, UsageError)


def test_the_archive_lies_beside_the_ledger_unless_told(monkeypatch):
    monkeypatch.delenv("DETENTE_ARCHIVE", raising=False)
    assert load_config().archive.endswith("archive")
    monkeypatch.setenv("DETENTE_ARCHIVE", "/tmp/elsewhere")
    assert load_config().archive == "/tmp/elsewhere"
    assert load_config(archive="/tmp/option").archive == "/tmp/option"
