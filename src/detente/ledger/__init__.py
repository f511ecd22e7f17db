"""Keep every record with the passage it came from: store, writer, decisions, views on two clocks."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.ledger.backups import backup, restore
    from detente.ledger.held import HeldDocument, Ruling
    from detente.ledger.independence import origins
    from detente.ledger.page_marks import PageMarks
    from detente.ledger.store import Store
    from detente.ledger.verifying import verify
    from detente.ledger.view import View
    from detente.ledger.writer import Outcome, Writer

__all__ = [
    "HeldDocument",
    "Outcome",
    "PageMarks",
    "Ruling",
    "Store",
    "View",
    "Writer",
    "backup",
    "origins",
    "restore",
    "verify",
]

_HOMES = {
    "HeldDocument": "held",
    "Ruling": "held",
    "Outcome": "writer",
    "PageMarks": "page_marks",
    "origins": "independence",
    "Store": "store",
    "View": "view",
    "Writer": "writer",
    "backup": "backups",
    "restore": "backups",
    "verify": "verifying",
}


def __getattr__(name: str) -> Any:
    # The database library loads with the first use of a door, so that importing the room stays light.
    if name in _HOMES:
        return getattr(import_module(f"detente.ledger.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'detente.ledger' has no attribute '{name}'")
