"""Read sentences into records with the real model: what the tests of this room share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from records_sentences import PUBLISHED, parse_lines

from detente.model.records import Kind, Record
from detente.records import CODERS


@pytest.fixture(scope="session")
def find() -> Callable[..., list[Record]]:
    """Find the records of a kind in a text published on a day (15 June 2025 unless told)."""

    def _find(text: str, kind: Kind, published: date | None = PUBLISHED) -> list[Record]:
        parsed = parse_lines(text, published)
        found = [record for coder in CODERS for record in coder.code(parsed)]
        for record in found:
            assert record.evidence
            for quoted in record.evidence:
                assert quoted.quote == text[quoted.start : quoted.end]
        return [record for record in found if record.kind is kind]

    return _find
