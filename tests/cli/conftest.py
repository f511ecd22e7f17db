"""A small ledger read through the command itself, and a way to run any command in this process."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from detente.cli.app import app

PAGES = {
    "harbour.txt": "Treaty signed in Pyongyang\n\nHarbour Wire, 20 June 2024\n\n"
    "Russian President Vladimir Putin and North Korean leader Kim Jong Un signed a treaty in Pyongyang on June 19, 2024.\n\n"
    "The Kremlin denied that Russia had sent missile parts to North Korea. "
    "South Korea condemned the treaty and said it would consider sending weapons to Ukraine.\n",
    "gulf.txt": "Council votes\n\nGulf Observer, 29 March 2024\n\n"
    "Russia vetoed a draft resolution of the United Nations Security Council on March 28, 2024. "
    "The draft was supported by 13 members, with one abstention from China.\n",
}

Command = Callable[..., str]


@pytest.fixture(scope="module")
def first_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with two pages, read once for the module."""
    folder = tmp_path_factory.mktemp("pages")
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    ledger = folder.parent / "first.db"
    done = CliRunner().invoke(app, ["read", str(folder), "--ledger", str(ledger), "--processes", "1"])
    assert done.exit_code == 0, done.output
    return ledger


@pytest.fixture
def ledger(first_ledger: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copy(first_ledger, tmp_path / "ledger.db"))


@pytest.fixture
def detente(ledger: Path) -> Command:
    """Run a command on the ledger and give what it wrote; fails when it does."""

    def run(*arguments: str, stdin: str = "") -> str:
        done = CliRunner().invoke(app, [*arguments, "--ledger", str(ledger)], input=stdin)
        assert done.exit_code == 0, (done.output, done.exception)
        return done.stdout

    return run


@pytest.fixture
def rows(detente: Command) -> Callable[..., list[dict[str, Any]]]:
    """List records as JSON rows."""

    def listed(*arguments: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in detente("list", "--json", *arguments).splitlines()]

    return listed
