"""What every test may ask for: the shared reference data where it lies beside the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A test says what is right, not how fast this machine is today: speed is measured in benchmarks/.
settings.register_profile("detente", deadline=None)
settings.load_profile("detente")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data beside the project; skips where it is absent."""
    folder = Path(os.environ.get("DETENTE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"reference data is not at {folder}: set DETENTE_SHARED")
    return folder


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name bytes by their length: compressed ones hold the second they were made in."""
    return f"{len(val)} bytes" if isinstance(val, bytes) else None
