"""What the watch remembers between runs: when each feed is due, what it listed, what its server said.

It is operational and no part of the ledger: without it every feed is simply asked for whole once more.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from detente.model.identity import digest

logger = logging.getLogger(__name__)

LISTED = 500
"""Entries remembered of a feed's last poll."""

ASKED = 2000
"""Pages of a feed remembered with the time they were asked for."""


@dataclass(slots=True)
class Remembered:
    """One feed: its server's marks, the entries of the last poll that had any, when pages were asked for.

    Times are ISO 8601 in UTC, "" for never. `trouble` is the reason the last poll failed with, "" when it
    did not; `failures` how many failed in a row. `is_off` once the server said that the feed is gone.
    """

    marks: dict[str, tuple[str, str]] = field(default_factory=dict)
    listed: list[str] = field(default_factory=list)
    listed_at: str = ""
    asked: dict[str, str] = field(default_factory=dict)
    due: str = ""
    failures: int = 0
    trouble: str = ""
    is_off: bool = False

    def bounded(self) -> Remembered:
        """Forget the oldest beyond what is kept."""
        newest = sorted(self.asked.items(), key=lambda one: one[1])[-ASKED:]
        self.asked, self.listed = dict(newest), self.listed[:LISTED]
        return self


class Memory:
    """The file in which feeds are remembered; a broken one is set aside and the watch begins anew."""

    def __init__(self, path: Path) -> None:
        """Read the file, if there is one."""
        self._path = path
        self._feeds = self._load()

    def of(self, address: str) -> Remembered:
        """Give what is remembered of a feed; what is changed in it is kept by `save`."""
        return self._feeds.setdefault(address, Remembered())

    def save(self) -> None:
        """Write everything in one step, so that a kill leaves the file as it was before or after."""
        held = {address: asdict(one.bounded()) for address, one in self._feeds.items()}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._path.with_name(self._path.name + ".part")
        unfinished.write_text(json.dumps(held), encoding="utf-8")
        os.replace(unfinished, self._path)

    def _load(self) -> dict[str, Remembered]:
        try:
            held = json.loads(self._path.read_text(encoding="utf-8"))
            return {address: _remembered(one) for address, one in held.items()}
        except FileNotFoundError:
            return {}
        except (ValueError, TypeError, AttributeError, KeyError, OSError) as err:
            aside = self._path.with_name(self._path.name + ".broken")
            logger.warning("%s cannot be read (%s): set aside as %s", self._path, err, aside.name)
            os.replace(self._path, aside)
            return {}


def _remembered(held: Any) -> Remembered:
    one = Remembered(**held)
    one.marks = {address: (str(mark[0]), str(mark[1])) for address, mark in one.marks.items()}
    return one


def memory_path(ledger: str) -> Path:
    """Name the file for a ledger: XDG's folder for state, one file a ledger."""
    from platformdirs import user_state_path

    return user_state_path("detente") / f"watch-{digest(ledger)}.json"
