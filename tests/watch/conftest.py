"""A watch over a local site, with a clock of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from site_of_tests import running
from watched_world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A site on 127.0.0.1 that ends with the test, and a clock that only sleep moves."""
    with running() as site:
        yield World(site, tmp_path)
