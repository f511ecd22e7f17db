"""What the watch remembers between runs: when each feed is due, what it listed, what its server said.

It is operational and no part of the ledger: without it every feed is simply asked for whole once more.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Collection
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from detente.model.identity import digest

logger = logging.getLogger(__name__)

LISTED = 500
"""Entries remembered of a feed's last poll."""

ASKED = 2000
"""Pages of a feed remembered with the time they were asked for; as many of those owed and given up."""

DROPPED = 200
"""Feeds remembered that the file no longer names."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A page that is still to be had: when it is due, how often it failed, with which reason it last did.

    `hints` are what the feed `container` said of it: title, date, publisher, byline, language.
    """

    due: str = ""
    tries: int = 0
    reason: str = ""
    hints: tuple[str, str, str, str, str] = ("", "", "", "", "")
    container: str = ""


@dataclass(slots=True)
class Remembered:
    """One feed: its server's marks, the entries of the last poll that had any, when pages were asked for.

    Times are ISO 8601 in UTC, "" for never. `trouble` is the reason the last poll failed with, "" when it
    did not; `failures` how many failed in a row. `is_off` once the server said that the feed is gone.
    `moved` is the address it was moved to for good; `owed` are pages to be asked for again, `given_up` those
    that never will be.
    """

    marks: dict[str, tuple[str, str]] = field(default_factory=dict)
    listed: list[str] = field(default_factory=list)
    listed_at: str = ""
    asked: dict[str, str] = field(default_factory=dict)
    due: str = ""
    failures: int = 0
    trouble: str = ""
    is_off: bool = False
    moved: str = ""
    owed: dict[str, Owed] = field(default_factory=dict)
    given_up: dict[str, str] = field(default_factory=dict)

    def next(self) -> datetime | None:
        """Say when the feed, or a page it owes, is to be asked for; None for at once."""
        if not self.due:
            return None
        times = [one.due for one in self.owed.values()] + ([] if self.is_off else [self.due])
        return min(map(datetime.fromisoformat, times), default=datetime.max.replace(tzinfo=UTC))

    def bounded(self) -> Remembered:
        """Forget the oldest beyond what is kept."""
        self.asked, self.given_up = _newest(self.asked), _newest(self.given_up)
        self.owed = dict(list(self.owed.items())[-ASKED:])
        self.listed = self.listed[:LISTED]
        return self


class Memory:
    """The file in which feeds are remembered; a broken one is set aside and the watch begins anew.

    It is tied to one ledger as that one stood: when `holds` says that the write it was saved after is not
    in the ledger (replaced, or restored from an older backup), everything is asked for again.
    """

    def __init__(
        self,
        path: Path,
        *,
        newest: Callable[[], str] = lambda: "",
        holds: Callable[[str], bool] = lambda write: True,
    ) -> None:
        """Read the file, if there is one; `newest` names the ledger's last write."""
        self._path = path
        self._newest = newest
        self._feeds = self._load(holds)

    def of(self, address: str) -> Remembered:
        """Give what is remembered of a feed; what is changed in it is kept by `save`.

        A feed that is named by the address it had moved to goes on where it was.
        """
        if address not in self._feeds:
            before = next((one for one in self._feeds.values() if one.moved == address), None)
            self._feeds[address] = deepcopy(before) if before else Remembered()
            self._feeds[address].moved = ""
        return self._feeds[address]

    def save(self, watched: Collection[str] | None = None) -> None:
        """Write everything in one step, so that a kill leaves the file as it was before or after.

        Of feeds that are not `watched` any more (None: all are) only the latest are kept.
        """
        if watched is not None:
            dropped = [address for address in self._feeds if address not in watched]
            for address in dropped[:-DROPPED]:
                del self._feeds[address]
        feeds = {address: asdict(one.bounded()) for address, one in self._feeds.items()}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._path.with_name(self._path.name + ".part")
        unfinished.write_text(json.dumps({"write": self._newest(), "feeds": feeds}), encoding="utf-8")
        os.replace(unfinished, self._path)

    def _load(self, holds: Callable[[str], bool]) -> dict[str, Remembered]:
        try:
            held = json.loads(self._path.read_text(encoding="utf-8"))
            write, feeds = str(held["write"]), held["feeds"].items()
            known = {address: _remembered(one) for address, one in feeds}
        except FileNotFoundError:
            return {}
        except (ValueError, TypeError, AttributeError, KeyError, OSError) as err:
            aside = self._path.with_name(self._path.name + ".broken")
            logger.warning("%s cannot be read (%s): set aside as %s", self._path, err, aside.name)
            os.replace(self._path, aside)
            return {}
        if holds(write):
            return known
        logger.warning("the ledger does not hold what was read last: every feed is asked for whole again")
        return {address: Remembered(moved=one.moved) for address, one in known.items()}


def _newest(held: dict[str, str]) -> dict[str, str]:
    return dict(sorted(held.items(), key=lambda one: one[1])[-ASKED:])


def _remembered(held: Any) -> Remembered:
    one = Remembered(**held)
    one.marks = {address: (str(mark[0]), str(mark[1])) for address, mark in one.marks.items()}
    one.owed = {link: _owed(owed) for link, owed in one.owed.items()}
    return one


def _owed(held: Any) -> Owed:
    one = Owed(**held)
    title, published, publisher, byline, language = map(str, one.hints)
    datetime.fromisoformat(one.due)
    return Owed(
        one.due, int(one.tries), one.reason, (title, published, publisher, byline, language), one.container
    )


def memory_path(ledger: str) -> Path:
    """Name the file for a ledger: XDG's folder for state, one file a ledger, however its path is written."""
    from platformdirs import user_state_path

    name = ledger if "://" in ledger else str(Path(ledger).expanduser().resolve())
    return user_state_path("detente") / f"watch-{digest(name)}.json"
