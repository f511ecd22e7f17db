"""Poll what is due until told to stop; a machine that slept polls each feed once, not once a missed hour."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event

from detente.model.documents import Page
from detente.model.issues import Issue
from detente.sources import FetchOptions, Validators
from detente.sources.manners import LONGEST_DELAY
from detente.watch.feeds import Feed
from detente.watch.memory import Memory
from detente.watch.polling import Poll, poll

logger = logging.getLogger(__name__)

NAP = timedelta(minutes=1)
"""The longest sleep in one go: after it the clock is looked at again."""

FAR = datetime.max.replace(tzinfo=UTC)

Clock = Callable[[], datetime]
Reader = Callable[[Iterable[Page | Issue]], None]
"""Reads and keeps what arrives."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a watch works with: feeds, their memory, how to fetch and what to do with what comes.

    `feeds` is asked again and again, because a person may change the file while the watch runs.
    `marks` gives, for each poll, what servers said of pages that are held. `sleep` waits the seconds given,
    less when the watch is told to stop. `deliver` hands over digests that were not taken before.
    """

    feeds: Callable[[], Sequence[Feed]]
    memory: Memory
    options: FetchOptions
    read: Callable[[Iterable[Page | Issue], MutableMapping[str, Validators]], None]
    marks: Callable[[], MutableMapping[str, Validators]]
    clock: Clock
    sleep: Callable[[float], object]
    deliver: Callable[[], object] = lambda: None


def watch(desk: Desk, stop: Event, *, once: bool = False) -> int:
    """Poll until `stop` is set, or with `once` each feed that is due a single time; gives the polls made."""
    polls = 0
    while not stop.is_set():
        _deliver(desk)
        for feed in _due(desk):
            if stop.is_set():
                break
            if not _is_put_off(desk, feed):
                _tell(feed, _poll(desk, feed, stop))
                polls += 1
        if once:
            break
        _rest(desk, stop)
    return polls


def _due(desk: Desk) -> list[Feed]:
    now = desk.clock()
    return [feed for feed in desk.feeds() if (_next(desk, feed) or now) <= now]


def _next(desk: Desk, feed: Feed) -> datetime | None:
    return FAR if feed.is_off else desk.memory.of(feed.address).next()


def _is_put_off(desk: Desk, feed: Feed) -> bool:
    """Move a feed's time to when its host, which wants to be left alone, may be asked again."""
    known = desk.memory.of(feed.address)
    left = desk.options.manners.left(known.moved or feed.address) if desk.options.manners else 0.0
    if left <= LONGEST_DELAY:
        return False
    until = desk.clock() + timedelta(seconds=left)
    if not known.due or datetime.fromisoformat(known.due) < until:
        known.due = until.isoformat()
    # Pages owed may lie with other hosts.
    return desk.clock() < (known.next() or until)


def _poll(desk: Desk, feed: Feed, stop: Event) -> Poll:
    known, marks = desk.memory.of(feed.address), desk.marks()

    def take(arriving: Iterable[Page | Issue]) -> None:
        desk.read(arriving, marks)

    done = poll(feed, known, take, desk.options, marks, desk.clock(), stop.is_set)
    # Only now is everything that arrived in the ledger: a kill before this line asks for it again.
    desk.memory.save({feed.address for feed in desk.feeds()})
    return done


def _rest(desk: Desk, stop: Event) -> None:
    """Sleep until a feed is due, a nap at a time."""
    while not stop.is_set() and not _due(desk):
        now = desk.clock()
        times = [_next(desk, feed) or now for feed in desk.feeds()]
        left = min([*times, now + NAP]) - now
        desk.sleep(max(1.0, left.total_seconds()))
        _deliver(desk)


def _deliver(desk: Desk) -> None:
    try:
        desk.deliver()
    except Exception:
        # Whatever is wrong with a receiver or the settings, the feeds are polled.
        logger.exception("digests were not delivered")


def _tell(feed: Feed, done: Poll) -> None:
    said = done.trouble.replace("_", " ") or f"{done.pages} pages, {done.issues} issues"
    logger.info("%s: %s", feed.address, said)
