"""Which feeds are watched and how often, as the person's file says."""

from __future__ import annotations

import logging
import re
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from detente.errors import UsageError

logger = logging.getLogger(__name__)

LEAST = timedelta(minutes=5)
"""No feed is polled more often than this."""

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_SPAN = re.compile(r"(\d{1,4})\s*([mhd])")


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: where it is, how often it is polled, after how long its pages are asked for again.

    `is_off` while the person does not want it polled.
    """

    address: str
    every: timedelta = timedelta(minutes=30)
    revisit: timedelta = timedelta(days=1)
    is_off: bool = False


class FeedsFile:
    """The feeds of a file, read again whenever it was changed; when it is broken they stay as they were."""

    def __init__(self, path: Path) -> None:
        """Read the file; raises UsageError for whatever is wrong in it, and when it names no feed."""
        self._path = path
        self._state = self._stamp()
        self._feeds = load_feeds(path)

    def __call__(self) -> tuple[Feed, ...]:
        """Give the feeds as the file names them now."""
        state = self._stamp()
        if state != self._state:
            self._state = state
            self._read_again()
        return self._feeds

    def _read_again(self) -> None:
        try:
            self._feeds = load_feeds(self._path, may_be_empty=True)
            logger.info("%s was changed: %d feeds", self._path, len(self._feeds))
        except UsageError as err:
            logger.warning("%s; the feeds stay as they were", err)

    def _stamp(self) -> tuple[int, ...]:
        try:
            held = self._path.stat()
        except OSError:
            return ()
        return held.st_mtime_ns, held.st_size, held.st_ino


def load_feeds(path: Path, *, may_be_empty: bool = False) -> tuple[Feed, ...]:
    """Read a file of `[[feed]]` tables with `address`, `every`, `revisit` ("30m", "6h", "2d") and `off`.

    Raises UsageError naming the file and the entry for whatever is wrong in it.
    """
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"there is no file '{path}' that names feeds to watch") from None
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as err:
        raise UsageError(f"{path}: {err}") from err
    unknown = sorted(set(held) - {"feed"})
    if unknown:
        raise UsageError(f"{path}: '{unknown[0]}' is not known; a feed is a [[feed]] table")
    told = held.get("feed", [])
    if not isinstance(told, list) or not (told or may_be_empty):
        raise UsageError(f"{path}: no [[feed]] is named")
    feeds = tuple(_feed(entry, f"{path}, feed {number}") for number, entry in enumerate(told, start=1))
    twice = sorted({one.address for one in feeds if sum(one.address == feed.address for feed in feeds) > 1})
    if twice:
        raise UsageError(f"{path}: {twice[0]} is named twice")
    return feeds


def _feed(entry: Any, where: str) -> Feed:
    if not isinstance(entry, dict) or not isinstance(entry.get("address"), str):
        raise UsageError(f"{where}: an address is missing")
    unknown = sorted(set(entry) - {"address", "every", "revisit", "off"})
    if unknown:
        raise UsageError(f"{where}: '{unknown[0]}' is not known; address, every, revisit and off are")
    if not isinstance(entry.get("off", False), bool):
        raise UsageError(f"{where}: 'off' is true or false")
    address = entry["address"].strip()
    if urlsplit(address).scheme not in ("http", "https"):
        raise UsageError(f"{where}: '{address}' is no web address")
    feed = Feed(address)
    every = _span(entry.get("every"), feed.every, where)
    if every < LEAST:
        raise UsageError(f"{where}: no feed is polled more often than every {LEAST.seconds // 60} minutes")
    return Feed(address, every, _span(entry.get("revisit"), feed.revisit, where), entry.get("off", False))


def _span(told: Any, default: timedelta, where: str) -> timedelta:
    if told is None:
        return default
    match = _SPAN.fullmatch(str(told).strip())
    if match is None:
        raise UsageError(f"{where}: '{told}' is no time such as 30m, 6h or 2d")
    return timedelta(**{_UNITS[match.group(2)]: int(match.group(1))})
