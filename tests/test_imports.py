"""The rooms and which of them may know which: docs/design.md, "Layout and directions"."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "detente"

EVERYONE = {"model", "errors"}
ROOMS: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "codebooks": set(),
    "sources": set(),
    "reading": {"codebooks"},
    "language": {"codebooks"},
    "classifier": set(),
    "coding": {"language", "codebooks", "classifier"},
    "statements": {"language", "codebooks"},
    "records": {"language", "codebooks"},
    "linking": set(),
    "coder": {"language", "codebooks"},
    "pipeline": {"reading", "language", "coding", "statements", "records", "linking", "coder"},
    "parallel": {"pipeline", "language"},
    "ledger": set(),
    "relations": {"ledger", "codebooks"},
    "archives": {"codebooks"},
    "register": {"ledger", "codebooks"},
    "brief": {"ledger", "codebooks", "register"},
    "export": {"ledger", "register", "relations"},
    "coded": {"pipeline", "coding", "language", "export"},
    "explained": {"pipeline", "coding", "language"},
    "scoring": set(),
    "pair_scores": {"coded", "scoring"},
    "attribution_scores": {"language", "scoring"},
    "intake": {"pipeline", "parallel", "ledger"},
    "config": set(),
    "watch": {"sources"},
    "cli": {
        "archives",
        "brief",
        "codebooks",
        "coded",
        "config",
        "explained",
        "export",
        "intake",
        "ledger",
        "attribution_scores",
        "pair_scores",
        "parallel",
        "register",
        "relations",
        "sources",
        "watch",
    },
    "__init__": {"pipeline"},
    "__main__": {"cli"},
}
THIRD_PARTIES: dict[str, set[str]] = {
    "sqlalchemy": {"ledger"},
    "alembic": {"ledger"},
    "sqlite3": {"ledger"},
    "trafilatura": {"reading"},
    "htmldate": {"reading"},
    "lxml": {"reading", "sources"},
    "pypdf": {"reading"},
    "docx": {"reading", "brief"},
    "py3langid": {"reading"},
    "feedparser": {"sources"},
    "fastwarc": {"sources"},
    "httpx": {"sources"},
    "httpcore": {"sources"},
    "markdown_it": {"reading"},
    "spacy": {"language", "coding", "statements", "records"},
    "protego": {"sources"},
    "icalendar": {"register"},
    "typer": {"cli"},
    "rich": {"cli"},
    "duckdb": {"archives"},
    "pyarrow": {"export", "archives"},
    "cattrs": {"model"},
    "onnxruntime": {"classifier"},
    "tokenizers": {"classifier"},
    "numpy": {"classifier", "archives", "relations"},
}
MODULES = sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_room_imports_only_rooms_further_in(path: Path) -> None:
    here = room(path)
    allowed = ROOMS[here] | EVERYONE | {here, "__version__"}
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "detente" and len(parts) > 1:
            assert parts[1] in allowed, f"{here} must not import {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_third_parties_stay_in_their_room(path: Path) -> None:
    for name in imported(path):
        homes = THIRD_PARTIES.get(name.split(".")[0])
        assert homes is None or room(path) in homes, f"{room(path)} must not import {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_is_over_500_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


def test_every_room_says_its_job_in_one_sentence() -> None:
    for folder in {path.parent for path in MODULES}:
        text = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
        assert text, f"{folder.name} does not say what it is for"
        assert text.rstrip().endswith(".")


def test_no_test_passes_without_checking_anything() -> None:
    checks = ("Assert(", "raises", "warns", "check_", "verify", "validate", "assert_")
    for path in sorted((SOURCE.parent.parent / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                assert any(check in ast.dump(node) for check in checks), f"{path.name}: {node.name}"
