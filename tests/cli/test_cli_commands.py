"""Every command does on a real ledger what the docs say."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.errors import UsageError
from detente.export.rows import RECORDS

Command = Callable[..., str]
Rows = Callable[..., list[dict[str, Any]]]


def test_a_brief_says_who_did_what_with_references(detente: Command) -> None:
    said = detente("brief", "--about", "PRK-RUS")
    assert "North Korea and Russia" in said
    assert "agreement signed" in said
    assert "[1] " in said


def test_a_brief_keeps_to_its_days(detente: Command) -> None:
    assert "vetoed" in detente("brief", "--until", "2024-04-30")
    assert "vetoed" not in detente("brief", "--since", "2024-05-01")


def test_a_brief_as_of_a_day_knows_only_what_was_published_by_then(detente: Command) -> None:
    said = detente("brief", "--as-of", "2024-04-01")
    assert "vetoed" in said
    assert "Pyongyang" not in said


@pytest.mark.parametrize("name", ["markdown", "html", "json", "docx"])
def test_a_brief_is_written_to_a_file_in_each_format(detente: Command, tmp_path: Path, name: str) -> None:
    out = tmp_path / "brief"
    detente("brief", "--format", name, "--output", str(out))
    assert out.stat().st_size > 500


def test_the_list_filters_by_record_kind_and_actor(rows: Rows) -> None:
    assert {row["record"] for row in rows("--record", "vote")} == {"vote"}
    assert {row["kind"] for row in rows("--kind", "denial")} == {"denial"}
    assert all("RUS" in json.dumps(row) for row in rows("--about", "RUS", "--record", "event"))


def test_show_gives_one_record_with_its_page(detente: Command, rows: Rows) -> None:
    key = rows("--record", "vote")[0]["key"]
    shown = json.loads(detente("show", key))
    assert (shown["record"], shown["standing"]) == ("vote", "read")
    assert shown["page"]["address"].endswith("gulf.txt")


def test_a_correction_holds_until_it_is_undone(detente: Command, rows: Rows) -> None:
    key = rows("--record", "mention", "--kind", "REJECT")[0]["key"]
    said = detente("decide", "correct", key, "--field", "status", "--value", "failed", "--reason", "a test")
    assert json.loads(detente("show", key))["status"] == "failed"
    detente("decide", "undo", said.split()[0])
    assert json.loads(detente("show", key))["status"] == "done"


def test_a_correction_without_a_reason_is_refused(detente: Command, rows: Rows) -> None:
    key = rows("--record", "mention")[0]["key"]
    with pytest.raises(AssertionError, match="reason"):
        detente("decide", "correct", key, "--field", "status", "--value", "failed")


def test_a_person_can_add_a_record_from_a_passage(detente: Command, rows: Rows) -> None:
    held = json.loads(detente("show", rows("--record", "mention", "--kind", "REJECT")[0]["key"]))
    added = {
        "kind": "figure",
        "document": held["document"],
        "evidence": held["evidence"],
        "amount": {"text": "13 members", "low": 13.0, "high": 13.0, "unit": "members"},
        "measures": "members in favour",
    }
    detente("decide", "add", "-", "--value", "-", "--reason", "missed", stdin=json.dumps(added))
    assert [row["measures"] for row in rows("--record", "figure") if row["measures"] == "members in favour"]
    assert "0 faults" in detente("verify")


def test_a_withdrawn_page_is_no_longer_believed(detente: Command, rows: Rows) -> None:
    document = rows("--record", "vote")[0]["document"]
    detente("withdraw", document, "--reason", "a hoax")
    assert rows("--record", "vote") == []


def test_a_purged_page_leaves_no_word_of_it(detente: Command, rows: Rows, ledger: Path) -> None:
    document = rows("--record", "vote")[0]["document"]
    detente("purge", document, "--reason", "by order", "--yes")
    assert rows("--record", "vote") == []
    assert "abstention from China" not in ledger.read_bytes().decode("utf-8", "replace")
    assert "0 faults" in detente("verify")


def test_json_lines_hold_every_kind_of_row_in_a_stable_order(detente: Command) -> None:
    first, second = detente("export"), detente("export")
    kinds = [json.loads(line)["record"] for line in first.splitlines()]
    assert first == second
    assert set(kinds) <= set(RECORDS)
    assert {"document", "mention", "event", "statement", "vote"} <= set(kinds)


def test_csv_is_one_table(detente: Command) -> None:
    table = list(csv.DictReader(io.StringIO(detente("export", "--format", "csv", "--record", "event"))))
    assert {row["record"] for row in table} == {"event"}
    assert all(row["event_type"] for row in table)


def test_a_backup_comes_back_whole(detente: Command, tmp_path: Path) -> None:
    detente("backup", str(tmp_path / "copy.db"))
    from typer.testing import CliRunner

    from detente.cli.app import app

    fresh = str(tmp_path / "fresh.db")
    assert CliRunner().invoke(app, ["restore", str(tmp_path / "copy.db"), "--ledger", fresh]).exit_code == 0
    again = CliRunner().invoke(app, ["export", "--ledger", fresh]).stdout
    assert again == detente("export")


def test_reading_again_with_the_same_coder_changes_nothing(detente: Command) -> None:
    assert "0 gained, 0 lost, 0 read differently" in detente("reread", "--processes", "1")


def test_nothing_unread_gives_an_empty_list_of_issues(detente: Command) -> None:
    assert [line for line in detente("issues").splitlines() if line.startswith("page")] == []


def test_the_config_file_names_the_ledger_and_an_option_wins(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.config import load_config

    file = tmp_path / "config.toml"
    file.write_text(f'ledger = "{ledger}"\nwho = "desk"\n')
    monkeypatch.setenv("DETENTE_CONFIG", str(file))
    monkeypatch.delenv("DETENTE_LEDGER", raising=False)
    assert (load_config().ledger, load_config().who) == (str(ledger), "desk")
    monkeypatch.setenv("DETENTE_LEDGER", "other.db")
    assert load_config().ledger == "other.db"
    assert load_config(ledger="given.db").ledger == "given.db"


@pytest.mark.parametrize("text", ["ledger = ", "colour = 'red'\n", "processes = 'many'\n"])
def test_a_broken_config_file_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    from detente.config import load_config

    file = tmp_path / "config.toml"
    file.write_text(text)
    monkeypatch.setenv("DETENTE_CONFIG", str(file))
    with pytest.raises(UsageError, match=r"config\.toml"):
        load_config()
