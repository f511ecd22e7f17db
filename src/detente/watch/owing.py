"""Pages that could not be had: which are asked for again, when, and when they are given up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from detente.model.documents import Hints
from detente.model.issues import Reason
from detente.watch.memory import Owed, Remembered

FIRST = timedelta(minutes=10)
"""A page that failed is asked for again after this, then after twice as long each time, up to a day."""

LONGEST = timedelta(days=1)

PATIENT = 12
"""Tries, over six days, for a page whose server is ill or closed."""

FEW = 3
"""Tries, within half an hour, for any other page: some feeds list a page a little before it is there."""

TRIES = {Reason.TIMEOUT: PATIENT, Reason.UNREACHABLE: PATIENT, Reason.ROBOTS: PATIENT, Reason.GONE: 1}


class Owing:
    """The pages one feed owes, as one poll changes them; nothing is remembered before `into`."""

    def __init__(self, known: Remembered, now: datetime) -> None:
        """Begin with what is remembered."""
        self._owed = dict(known.owed)
        self._given_up = dict(known.given_up)
        self._now = now

    def due(self) -> Iterator[tuple[str, Hints, str]]:
        """Give the pages that are to be asked for again now: link, what the feed said of it, the feed."""
        for link, one in list(self._owed.items()):
            if datetime.fromisoformat(one.due) <= self._now:
                yield link, Hints(*one.hints), one.container

    def knows(self, link: str) -> bool:
        """Whether a page is owed or was given up: then its being listed is no reason to ask for it."""
        if link in self._given_up:
            # Kept while it is listed: forgotten, it would be asked for again.
            self._given_up[link] = self._now.isoformat()
        return link in self._owed or link in self._given_up

    def put_off(self, link: str, hints: Hints, container: str, seconds: float) -> None:
        """Note that a page was not asked for because its host is to be left alone for so long."""
        one = self._owed.get(link) or _owed(hints, container)
        self._owed[link] = replace(one, due=self._later(timedelta(seconds=seconds)))

    def failed(self, link: str, hints: Hints, container: str, reason: Reason) -> bool:
        """Note that a page could not be had, and say whether that is news."""
        one = self._owed.pop(link, None) or _owed(hints, container)
        tries = one.tries + 1
        if tries >= TRIES.get(reason, FEW):
            self._given_up[link] = self._now.isoformat()
        else:
            pause = min(FIRST * (1 << one.tries), LONGEST)
            self._owed[link] = replace(one, due=self._later(pause), tries=tries, reason=reason.value)
        return one.reason != reason

    def settled(self, link: str) -> None:
        """Note that a page was had."""
        self._owed.pop(link, None)

    def into(self, known: Remembered) -> None:
        """Remember it."""
        known.owed, known.given_up = self._owed, self._given_up

    def _later(self, pause: timedelta) -> str:
        return (self._now + pause).isoformat()


def _owed(hints: Hints, container: str) -> Owed:
    told = (hints.title, hints.published, hints.publisher, hints.byline, hints.language)
    return Owed(hints=told, container=container)
