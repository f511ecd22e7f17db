"""The documentation names everything a person can type, and the lock holds what the licence page allows."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
import typer

ROOT = Path(__file__).resolve().parent.parent


def commands() -> dict[str, typer.core.TyperCommand]:
    from detente.cli.app import app

    return typer.main.get_command(app).commands  # type: ignore[attr-defined]


def test_every_command_is_in_the_docs() -> None:
    text = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    missing = [name for name in commands() if f"`detente {name}" not in text]
    assert not missing


def test_every_option_is_in_the_docs() -> None:
    text = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    options = {
        option
        for command in commands().values()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--") and option != "--help"
    }
    missing = sorted(option for option in options if f"`{option}" not in text)
    assert not missing


def test_the_schema_in_the_docs_is_the_one_the_program_writes() -> None:
    from detente.export.schema import schema

    held = json.loads((ROOT / "docs/schema.json").read_text(encoding="utf-8"))
    assert held == json.loads(json.dumps(schema())), "run `make schema`"


def test_help_answers_in_half_a_second() -> None:
    # The processor's time, not the clock's: the machine may be busy with other tests.
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "detente", "--help"], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5


def test_importing_detente_stays_light() -> None:
    code = "import sys, detente; print(any(m in sys.modules for m in ('spacy', 'sqlalchemy', 'lxml')))"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert said.strip() == "False"


PERMISSIVE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software|Python-2\.0|MPL|Mozilla|Unlicense|CC0|Zlib|0BSD|HPND|LGPL|Lesser General",
    re.I,
)


def locked() -> list[str]:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.M)


@pytest.mark.parametrize("name", locked())
def test_a_run_time_dependency_is_licensed_permissively(name: str) -> None:
    try:
        told = metadata(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} is for another platform")
    words = [told.get("License-Expression") or "", *(told.get_all("Classifier") or ())]
    licence = " ".join(word for word in words if "License" in word or word == words[0])
    licence = licence or (told.get("License") or "")[:200]
    assert PERMISSIVE.search(licence or (told.get("License") or "")[:200]), f"{name}: {licence!r}"


def test_the_lock_holds_a_hash_for_everything_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.M)
        assert all("--hash=sha256:" in entry for entry in entries if "==" in entry)
