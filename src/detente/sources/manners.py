"""How politely hosts are asked: pauses between requests, and leaving those alone that ask for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from detente.sources.robots import Rules

LONGEST_DELAY = 30.0
"""A site may ask for pauses, in seconds; one that asks for hours would stop every other."""

LONGEST_LEAVE = 24 * 3600.0
"""A host that asks to be left alone for longer is asked again after this, in seconds."""

HOSTS = 2000
"""Hosts remembered; the one first met drops out."""


class Manners:
    """When each host was last asked, how long it wants to be left, and the rules its robots.txt gave.

    One for as long as something runs: kept across polls, it keeps the pauses between them. `clock` gives
    seconds, `sleep` waits them.
    """

    def __init__(
        self, *, sleep: Callable[[float], object] = time.sleep, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin with no host known."""
        self.clock = clock
        self.rules: Rules = {}
        self._sleep = sleep
        self._last: dict[str, float] = {}
        self._until: dict[str, float] = {}

    def wait(self, url: str, delay: float) -> bool:
        """Wait until the host of `url` may be asked, `delay` seconds after the last time.

        False, without waiting, when the host wants to be left alone for longer than any pause between pages.
        """
        left = self.left(url)
        if left > LONGEST_DELAY:
            return False
        host = _host(url)
        # Never longer than the pause itself, whatever was done to the clock.
        pause = min(self._last.get(host, float("-inf")) + delay - self.clock(), delay)
        if max(pause, left) > 0:
            self._sleep(max(pause, left))
        self._last[host] = self.clock()
        _bound(self._last)
        return True

    def leave(self, url: str, seconds: float) -> None:
        """Leave the host of `url` alone for so long, within a day."""
        self._until[_host(url)] = self.clock() + min(seconds, LONGEST_LEAVE)
        _bound(self._until)

    def left(self, url: str) -> float:
        """Say for how many seconds the host of `url` still wants to be left alone; 0 when it may be asked."""
        until = self._until.get(_host(url))
        return 0.0 if until is None else min(max(0.0, until - self.clock()), LONGEST_LEAVE)


def retry_after(told: str, now: datetime) -> float:
    """Read a Retry-After header, seconds or a date (RFC 9110); 0 for what is neither.

    >>> retry_after("120", datetime(2024, 6, 1, tzinfo=UTC))
    120.0
    >>> retry_after("Sat, 01 Jun 2024 01:00:00 GMT", datetime(2024, 6, 1, tzinfo=UTC))
    3600.0
    """
    told = told.strip()
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        when = parsedate_to_datetime(told)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.rsplit("@", 1)[-1].lower()
    except ValueError:
        return url


def _bound(held: dict[str, float]) -> None:
    if len(held) > HOSTS:
        del held[next(iter(held))]
