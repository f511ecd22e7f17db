"""The register from the command line: list, type in, settle, score, and every earlier dump again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from detente.cli.app import app

Command = Callable[..., str]

PAGES = {
    "gulf.txt": "Visit ahead\n\nGulf Observer, 9 April 2024\n\n"
    "The Kremlin said on Monday that President Vladimir Putin will visit North Korea in 2024. "
    "Analysts said that the mandate of the UN Panel of Experts will likely end on April 30, 2024.\n",
    "harbour.txt": "Treaty signed in Pyongyang\n\nHarbour Wire, 20 June 2024\n\n"
    "Russian President Vladimir Putin visited North Korea on June 19, 2024. "
    "He and North Korean leader Kim Jong Un signed a treaty in Pyongyang on June 19, 2024.\n",
}
TYPED = (
    "forecast", "add", "Will Russia and North Korea hold a joint drill?", "--rule", "Yes when both announce one.",
    "--by", "2026-12-31", "--source", "the two defence ministries", "--likely", "unlikely", "--about", "PRK-RUS",
    "--made", "2025-02-01", "--who", "anna",
)  # fmt: skip


@pytest.fixture(scope="module")
def first_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    ledger = folder.parent / "register.db"
    done = CliRunner().invoke(app, ["read", str(folder), "--ledger", str(ledger), "--processes", "1"])
    assert done.exit_code == 0, done.output
    return ledger


@pytest.fixture
def listed(detente: Command) -> Callable[..., list[dict[str, Any]]]:
    def run(*arguments: str) -> list[dict[str, Any]]:
        rows = json.loads(detente(*arguments, "--json"))
        assert isinstance(rows, list)
        return rows

    return run


def refused(ledger: Path, *arguments: str) -> str:
    done = CliRunner().invoke(app, [*arguments, "--ledger", str(ledger)])
    assert done.exit_code != 0
    return str(done.exception or done.output)


def test_what_was_said_to_come_is_listed_with_its_words_and_last_day(listed: Any) -> None:
    visit = next(row for row in listed("forecasts", "--about", "PRK-RUS") if row["kind"] == "commitment")
    assert (visit["due"], visit["due_hi"], visit["holder"]) == ("2024", "2024-12-31", "kremlin")
    assert "will visit North Korea in 2024" in visit["origin"]["quotes"][0]["quote"]


def test_lines_for_people_say_whose_word_it_is_and_how_likely(detente: Command) -> None:
    lines = detente("forecasts")
    assert "Kremlin, 2024-04-08: stated without a hedge (draft)" in lines
    assert "“likely”, 55 to 80 %" in lines


def test_a_listing_goes_on_where_it_ended(detente: Command, listed: Any) -> None:
    first = detente("forecasts", "--limit", "1").splitlines()
    after = first[-1].removeprefix("More: add --after ")
    rest = listed("forecasts", "--after", after)
    assert [row["id"] for row in listed("forecasts")] == [first[0].split()[0], *(row["id"] for row in rest)]


def test_a_later_page_is_laid_beside_the_promise_with_its_reasons(listed: Any) -> None:
    (visit,) = (row for row in listed("proposals", "--as-of", "2024-12-01") if row["for"])
    assert visit["kind"] == "yes"
    assert any("visited North Korea" in match["told"]["evidence"][0]["quote"] for match in visit["for"])
    assert not [row for row in listed("proposals", "--as-of", "2024-04-12") if row["for"]]


def test_a_promise_kept_is_counted(detente: Command) -> None:
    assert "1 done" in detente("promises", "--about", "PRK-RUS", "--as-of", "2025-01-01")


def test_a_forecast_is_typed_in_updated_settled_and_scored(detente: Command, listed: Any) -> None:
    name = json.loads(detente(*TYPED, "--json"))["id"]
    detente("forecast", "update", name, "70", "--on", "2025-03-01", "--who", "anna")
    detente("forecast", "resolve", name, "no", "--on", "2026-05-01", "--reason", "neither held one")
    (card,) = listed("scores", "--as-of", "2026-06-01")
    assert (card["kind"], card["group"], card["n"], card["rank"]) == ("people", "anna", 1, None)
    assert card["means"]["brier"] == {"midpoint": 0.1056, "best": 0.04, "worst": 0.2025}
    assert card["means"]["last"]["midpoint"] == 0.49
    assert sum(row["n"] for row in listed("calibration", "--as-of", "2026-06-01")) == 1
    assert json.loads(detente("forecast", "show", name, "--as-of", "2025-12-31"))["state"] == "open"


def test_a_record_that_the_rule_names_settles_it_without_a_person(detente: Command, listed: Any) -> None:
    visit = next(row for row in listed("forecasts") if row["kind"] == "commitment")["id"]
    detente("forecast", "edit", visit, "--settled-by", "mention/CONSULT/done RUS,PRK")
    settled = json.loads(detente("forecast", "show", visit))
    assert (settled["state"], settled["settled_on"]) == ("resolved_yes", "2024-06-19")
    assert json.loads(detente("forecast", "show", visit, "--as-of", "2024-05-01"))["state"] == "open"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("forecast", "add", "Will it?", "--who", "anna"), "a rule and a deadline and a source of truth"),
        (("forecast", "show", "f123"), "there is no record"),
        (("forecast", "resolve", "f123", "perhaps"), "neither yes nor no"),
        (("forecast", "update", "f123", "surely not"), "no likelihood"),
        ((*TYPED, "--settled-by", "treaty//signed"), "is no rule"),
        ((*TYPED, "--made", "soon"), "is not a day"),
        (("forecasts", "--after", "nowhere"), "no place"),
        (("forecasts", "--about", "PRK-XXX"), "not a state"),
        (("scores", "--base-rate", "half"), "is not NAME=PERCENT"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(ledger: Path, arguments: tuple[str, ...], said: str) -> None:
    told = refused(ledger, *arguments)
    assert said in told
    assert "\n" not in told.strip()


def test_every_earlier_dump_is_reproduced_byte_for_byte(
    detente: Command, listed: Any, tmp_path: Path
) -> None:
    """A script reads, dumps, decides, re-reads, withdraws; then asks for every dump again."""
    dumps: list[tuple[str, str]] = []

    def dump(at: str) -> str:
        commands = ("export", "forecasts", "promises", "proposals", "scores")
        return "".join(
            detente(name, *(() if name == "export" else ("--json",)), "--held-at", at) for name in commands
        )

    def keep() -> None:
        at = datetime.now(UTC).isoformat()
        dumps.append((at, dump(at)))

    keep()
    visit = next(row for row in listed("forecasts") if row["kind"] == "commitment")["id"]
    detente("forecast", "accept", visit)
    keep()
    name = json.loads(detente(*TYPED, "--json"))["id"]
    keep()
    detente("forecast", "resolve", visit, "yes", "--on", "2024-06-19", "--reason", "he came")
    keep()
    detente("reread", "--processes", "1")
    keep()
    detente("forecast", "update", name, "10", "--on", "2025-02-02")
    keep()
    pages = map(json.loads, detente("export", "--record", "document").splitlines())
    harbour = next(page["id"] for page in pages if page["title"] == "Treaty signed in Pyongyang")
    detente("withdraw", harbour, "--reason", "a forgery")
    keep()
    detente("forecast", "undo", visit, json.loads(detente("forecast", "show", visit))["history"][-1]["id"])
    keep()
    assert len({told for _, told in dumps}) == len(dumps) - 1, "only the re-reading changes nothing"
    for at, told in dumps:
        assert dump(at) == told
