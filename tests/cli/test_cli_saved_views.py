"""Questions kept under a name: asked again, on both clocks, each person's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ledger_factories import Ticking, mention, reading
from typer.testing import CliRunner, Result

from detente.cli.app import app
from detente.errors import UsageError
from detente.ledger import Store


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    path = tmp_path / "ledger.db"
    with Store.open(path, clock=Ticking()) as store:
        store.writer("machine").write(
            reading("https://a.example/1", "They met.", [mention("They met.", "met")])
        )
    return str(path)


def run(ledger: str, *words: str) -> Result:
    return CliRunner().invoke(app, [*words[:3], "--ledger", ledger, "--who", "anna", *words[3:]])


def test_a_kept_question_gives_what_the_listing_gives(ledger):
    assert run(ledger, "view", "save", "talks", "--", "list", "--about", "PRK-RUS").exit_code == 0
    listed = CliRunner().invoke(app, ["list", "--about", "PRK-RUS", "--ledger", ledger])
    assert "CONSULT" in listed.output
    assert run(ledger, "view", "show", "talks").output == listed.output


def test_the_clocks_are_given_when_it_is_asked(ledger):
    run(ledger, "view", "save", "talks", "--", "list", "--about", "PRK-RUS")
    assert run(ledger, "view", "show", "talks", "--as-of", "2020-01-01").output == ""


def test_kept_questions_are_each_persons_own(ledger):
    run(ledger, "view", "save", "talks", "--", "list", "--about", "PRK-RUS")
    listed = CliRunner().invoke(app, ["view", "list", "--ledger", ledger, "--who", "anna", "--json"])
    assert json.loads(listed.output) == [
        {"record": "view", "kind": "list", "name": "talks", "words": ["list", "--about", "PRK-RUS"]}
    ]
    other = CliRunner().invoke(app, ["view", "list", "--ledger", ledger, "--who", "bela"])
    assert other.output == ""


def test_a_name_saved_again_asks_the_newer_question(ledger):
    run(ledger, "view", "save", "talks", "--", "list", "--about", "PRK-RUS")
    run(ledger, "view", "save", "talks", "--", "list", "--about", "JPN")
    assert run(ledger, "view", "show", "talks").output == ""


def test_a_dropped_question_is_gone(ledger):
    run(ledger, "view", "save", "talks", "--", "list")
    assert run(ledger, "view", "drop", "talks").exit_code == 0
    assert isinstance(run(ledger, "view", "show", "talks").exception, UsageError)
    assert isinstance(run(ledger, "view", "drop", "talks").exception, UsageError)


@pytest.mark.parametrize(
    "words",
    [
        ("read", "page.html"),
        ("list", "--colour", "red"),
        ("list", "--about", "Atlantis"),
        ("list", "--as-of", "2024-01-01"),
        ("brief", "--output=away.txt"),
    ],
)
def test_a_question_that_cannot_be_asked_is_not_kept(ledger, words):
    assert isinstance(run(ledger, "view", "save", "talks", "--", *words).exception, UsageError)
    assert run(ledger, "view", "show", "talks").exit_code != 0


def test_a_view_needs_a_plain_name(ledger):
    assert isinstance(run(ledger, "view", "save", "Arms & men", "--", "list").exception, UsageError)
