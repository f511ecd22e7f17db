"""Poll one feed: take what is new of it, and note what its server, its entries and its gaps say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from detente.model.documents import Page
from detente.model.issues import Issue, Reason
from detente.sources import FetchOptions, Validators, open_sources
from detente.watch.feeds import Feed
from detente.watch.memory import Remembered

LONGEST = timedelta(days=1)
"""A feed that fails is asked again after at most this."""

Take = Callable[[Iterable[Page | Issue], MutableMapping[str, Validators]], None]
"""Takes pages in as they arrive; the second argument is what servers said of pages before."""


@dataclass(slots=True)
class Poll:
    """What came of one poll: pages that arrived, issues, the trouble with the feed itself ("" for none)."""

    pages: int = 0
    issues: int = 0
    trouble: str = ""
    was_stopped: bool = False


class Marks(MutableMapping[str, Validators]):
    """What servers said of pages, and of the feed itself, which the ledger does not keep."""

    def __init__(self, pages: MutableMapping[str, Validators], feed: dict[str, tuple[str, str]]) -> None:
        """Ask `feed` first, then `pages`."""
        self._pages = pages
        self._feed = feed
        self.last: tuple[str, Validators] | None = None

    def __getitem__(self, address: str) -> Validators:
        """Give what the server said of a page or of the feed."""
        return Validators(*self._feed[address]) if address in self._feed else self._pages[address]

    def __setitem__(self, address: str, said: Validators) -> None:
        """Take what a server says now; the feed's own comes last, after all its pages."""
        self.last = (address, said)
        self._pages[address] = said

    def __delitem__(self, address: str) -> None:
        """Forget what was said of a page."""
        del self._pages[address]

    def __iter__(self) -> Iterator[str]:
        """Go through the addresses known."""
        return iter({*self._feed, *self._pages})

    def __len__(self) -> int:
        """Count the addresses known."""
        return len({*self._feed, *self._pages})


def poll(
    feed: Feed,
    known: Remembered,
    take: Callable[[Iterable[Page | Issue]], None],
    options: FetchOptions,
    pages: MutableMapping[str, Validators],
    now: datetime,
    stop: Callable[[], bool] = lambda: False,
) -> Poll:
    """Ask for a feed, hand what arrives to `take`, and bring `known` up to date.

    A page listed before is asked for again only after the feed's `revisit`. A trouble of the feed is told
    once, not at every poll. When nothing that was listed the last time is listed now, an issue says that
    entries may have been missed. Broken off, nothing is remembered: the next poll does it all again.
    """
    return _Polling(feed, known, options, pages, now, stop).run(take)


class _Polling:
    def __init__(
        self,
        feed: Feed,
        known: Remembered,
        options: FetchOptions,
        pages: MutableMapping[str, Validators],
        now: datetime,
        stop: Callable[[], bool],
    ) -> None:
        self.feed = feed
        self.known = known
        self.marks = Marks(pages, known.marks)
        self.options = replace(options, validators=self.marks, wants=self._wants)
        self.now = now
        self.stop = stop
        self.listed: list[str] = []
        self.wanted: list[str] = []
        self.poll = Poll()

    def run(self, take: Callable[[Iterable[Page | Issue]], None]) -> Poll:
        take(self._arriving())
        if not self.poll.was_stopped:
            self._remember()
        return self.poll

    def _wants(self, link: str) -> bool:
        self.listed.append(link)
        asked = self.known.asked.get(link)
        wanted = asked is None or datetime.fromisoformat(asked) + self.feed.revisit <= self.now
        if wanted:
            self.wanted.append(link)
        return wanted

    def _arriving(self) -> Iterator[Page | Issue]:
        for found in open_sources([self.feed.address], options=self.options):
            if self.stop():
                self.poll.was_stopped = True
                return
            yield from self._noted(found)
        if self._has_gap():
            since = f"between {self.known.listed_at} and {self.now.isoformat()}"
            yield self._issue(
                Reason.GAP, f"nothing listed before is listed now: entries may be missed {since}"
            )

    def _noted(self, found: Page | Issue) -> Iterator[Page | Issue]:
        if found.address != self.feed.address:
            self.poll.pages += isinstance(found, Page)
            self.poll.issues += isinstance(found, Issue)
            yield found
        elif isinstance(found, Page):
            yield from self._trouble(Issue(Reason.NOT_A_FEED, found.address, "a page is there, not a feed"))
        elif found.severity == "page":
            yield from self._trouble(found)
        else:
            yield found

    def _trouble(self, issue: Issue) -> Iterator[Issue]:
        self.poll.trouble = issue.reason.value
        if self.known.trouble != issue.reason.value:
            self.poll.issues += 1
            yield issue

    def _has_gap(self) -> bool:
        return bool(self.listed and self.known.listed) and not set(self.listed) & set(self.known.listed)

    def _issue(self, reason: Reason, detail: str) -> Issue:
        self.poll.issues += 1
        return Issue(reason, self.feed.address, detail, severity="part")

    def _remember(self) -> None:
        known, now = self.known, self.now.isoformat()
        known.trouble = self.poll.trouble
        known.failures = known.failures + 1 if known.trouble else 0
        known.is_off = known.trouble == Reason.GONE
        known.due = (self.now + pause(self.feed, known.failures)).isoformat()
        known.asked |= dict.fromkeys(self.wanted, now)
        if self.listed:
            known.listed, known.listed_at = self.listed, now
        if self.marks.last and self.marks.last[0] not in self.listed and not known.trouble:
            address, said = self.marks.last
            known.marks = {address: (said.etag, said.last_modified)}


def pause(feed: Feed, failures: int) -> timedelta:
    """How long a feed is left in peace: its own time, doubled with each failure up to a day.

    A tenth more or less, the same for the same feed, keeps many feeds from falling due at one moment.
    """
    longer = min(feed.every * (1 << min(failures, 12)), max(LONGEST, feed.every))
    tenths = blake2b(feed.address.encode(), digest_size=1).digest()[0] / 255 * 0.2 - 0.1
    return longer * (1 + tenths) if failures else longer
