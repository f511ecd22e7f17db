"""A small web site on this machine that a test fills with answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from site_of_tests import Site, running


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on 127.0.0.1 that ends with the test."""
    with running() as made:
        yield made
