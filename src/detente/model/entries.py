"""What a person enters in the register: a forecast typed in or accepted, its outcome, a folder, a watch."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

UNDO = "undo"
"""The verb that takes another entry on the same subject back; `value["entry"]` names it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act of a person about a subject of the register; the register's state is the fold of them.

    `subject` names what it is about with its sort in front ("forecast:f3a...", "folder:arms", "watch:anna").
    `document` is the page whose words `value` repeats, "" for none: a purge of that page empties the
    value. `place` is where the subject stands in an order of the register's own, "" for none. The ledger
    fills `id` and `at`.
    """

    subject: str
    verb: str
    who: str
    value: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    reason: str = ""
    document: str = ""
    place: str = ""
    id: str = ""
    at: datetime | None = None

    @property
    def sort(self) -> str:
        """What sort of subject it is about: "forecast", "folder", "watch"..."""
        return self.subject.partition(":")[0]
