"""The tutorial is run as it stands: every line it shows must come, in its order."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"```console\n(.*?)```", re.S)


def commands() -> Iterator[tuple[list[str], list[str]]]:
    text = (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")
    for block in BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *shown = part.splitlines()
            yield shlex.split(command), shown


def pieces(shown: list[str]) -> list[str]:
    """What the tutorial shows, between the places where it leaves something out."""
    return [piece.strip() for line in shown for piece in line.split("...") if piece.strip()]


def test_the_tutorial_shows_what_the_program_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from detente.cli.app import app

    monkeypatch.setenv("DETENTE_LEDGER", str(tmp_path / "tutorial.db"))
    monkeypatch.chdir(ROOT)
    for words, shown in commands():
        if words[0] == "export":
            continue
        done = CliRunner().invoke(app, words[1:])
        assert done.exit_code == 0, (words, done.output, done.exception)
        told, at = " ".join(done.output.split()), 0
        for piece in map(str.split, pieces(shown)):
            found = told.find(" ".join(piece), at)
            assert found >= 0, f"{' '.join(words)}: no “{' '.join(piece)}” in {told[at : at + 600]}"
            at = found + 1


def test_the_tutorial_has_commands_with_what_they_write() -> None:
    shown = [lines for words, lines in commands() if words[0] == "detente"]
    assert len(shown) >= 15
    assert all(pieces(lines) for lines in shown)
