"""Poll one feed: take what is new of it, and note what its server, its entries and its gaps say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from detente.model.documents import Hints, Page
from detente.model.issues import Issue, Reason
from detente.sources import FetchOptions, Validators, open_links, open_sources
from detente.sources.manners import LONGEST_DELAY
from detente.watch.feeds import Feed
from detente.watch.memory import Remembered
from detente.watch.owing import Owing

LONGEST = timedelta(days=1)
"""A feed that fails is asked again after at most this."""

AWAY = (Reason.NOT_FOUND, Reason.GONE, Reason.FORBIDDEN, Reason.NOT_A_FEED, Reason.REDIRECT_LOOP)
"""What a feed's new address may answer that means: it is not there."""

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
        self.given: dict[str, Validators] = {}

    def __getitem__(self, address: str) -> Validators:
        """Give what the server said of a page or of the feed."""
        return Validators(*self._feed[address]) if address in self._feed else self._pages[address]

    def __setitem__(self, address: str, said: Validators) -> None:
        """Take what a server says now."""
        self.given[address] = said
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
    """Ask for the pages a feed owes and, when it is due, for the feed; hand what arrives to `take`.

    A page listed before is asked for again only after the feed's `revisit`; one that could not be had is
    asked for again on its own, whether the feed still lists it or not. A trouble is told once, not at every
    poll. When nothing that was listed the last time is listed now, an issue says that entries may have been
    missed. Broken off, nothing is remembered: the next poll does it all again.
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
        self.address = known.moved or feed.address
        self.marks = Marks(pages, known.marks)
        self.options = replace(options, validators=self.marks, wants=self._wants, led=self._led)
        self.now = now
        self.stop = stop
        self.owing = Owing(known, now)
        self.is_due = not known.is_off and (not known.due or datetime.fromisoformat(known.due) <= now)
        self.listed: list[str] = []
        self.wanted: dict[str, Hints] = {}
        self.again: set[str] = set()
        self.failed: set[str] = set()
        self.final = self.address
        self.moved = known.moved
        self.is_cut = False
        self.poll = Poll()

    def run(self, take: Callable[[Iterable[Page | Issue]], None]) -> Poll:
        take(self._arriving())
        if not self.poll.was_stopped:
            self._remember()
        return self.poll

    def _arriving(self) -> Iterator[Page | Issue]:
        yield from self._asked_again()
        if not self.is_due or self.poll.was_stopped:
            return
        for found in open_sources([self.address], options=self.options):
            if self.stop():
                self.poll.was_stopped = True
                return
            yield from self._noted(found)
        if self._has_gap():
            since = f"between {self.known.listed_at} and {self.now.isoformat()}"
            yield self._issue(
                Reason.GAP, f"nothing listed before is listed now: entries may be missed {since}"
            )

    def _asked_again(self) -> Iterator[Page | Issue]:
        for link, hints, container in self.owing.due():
            if self._is_closed(link, hints, container):
                continue
            for found in open_links([(link, hints, container)], options=self.options):
                if self.stop():
                    self.poll.was_stopped = True
                    return
                yield from self._page(found, hints, container)
            self.again.add(link)
            if link not in self.failed:
                self.owing.settled(link)

    def _wants(self, link: str, hints: Hints) -> bool:
        self.listed.append(link)
        asked = self.known.asked.get(link)
        is_known = asked is not None and datetime.fromisoformat(asked) + self.feed.revisit > self.now
        if (
            link in self.again
            or self.owing.knows(link)
            or is_known
            or self._is_closed(link, hints, self.final)
        ):
            return False
        self.wanted[link] = hints
        return True

    def _is_closed(self, link: str, hints: Hints, container: str) -> bool:
        """Put a page off whose host wants to be left alone for longer than a pause."""
        left = self.options.manners.left(link) if self.options.manners else 0.0
        if left > LONGEST_DELAY:
            self.owing.put_off(link, hints, container, left)
        return left > LONGEST_DELAY

    def _led(self, asked: str, final: str, is_moved: bool) -> None:
        self.final = final
        if is_moved and final != asked:
            self.moved = final if final != self.feed.address else ""

    def _noted(self, found: Page | Issue) -> Iterator[Page | Issue]:
        if found.address not in (self.feed.address, self.address, self.final):
            yield from self._page(found, self.wanted.get(found.address), self.final)
        elif isinstance(found, Page):
            yield from self._trouble(Issue(Reason.NOT_A_FEED, found.address, "a page is there, not a feed"))
        elif found.severity == "page":
            yield from self._trouble(found)
        else:
            self.is_cut = self.is_cut or found.severity == "part"
            yield found

    def _page(self, found: Page | Issue, hints: Hints | None, container: str) -> Iterator[Page | Issue]:
        # Without hints it is no page a link was followed to, but an entry that holds its own text.
        if isinstance(found, Issue) and found.severity == "page" and hints is not None:
            self.failed.add(found.address)
            if not self.owing.failed(found.address, hints, container, found.reason):
                return
        self.poll.pages += isinstance(found, Page)
        self.poll.issues += isinstance(found, Issue)
        yield found

    def _trouble(self, issue: Issue) -> Iterator[Issue]:
        self.poll.trouble = issue.reason.value
        if self.known.trouble != issue.reason.value:
            self.poll.issues += 1
            yield replace(issue, address=self.feed.address)

    def _has_gap(self) -> bool:
        return bool(self.listed and self.known.listed) and not set(self.listed) & set(self.known.listed)

    def _issue(self, reason: Reason, detail: str) -> Issue:
        self.poll.issues += 1
        return Issue(reason, self.feed.address, detail, severity="part")

    def _remember(self) -> None:
        self.owing.into(self.known)
        self.known.asked |= dict.fromkeys((*self.wanted, *self.again), self.now.isoformat())
        if self.is_due:
            self._remember_feed()

    def _remember_feed(self) -> None:
        known, now = self.known, self.now.isoformat()
        known.trouble = self.poll.trouble
        known.failures = known.failures + 1 if known.trouble else 0
        known.is_off = known.trouble == Reason.GONE and not known.moved
        left = self.options.manners.left(self.address) if self.options.manners else 0.0
        known.due = (self.now + max(pause(self.feed, known.failures), timedelta(seconds=left))).isoformat()
        if self.listed:
            known.listed, known.listed_at = self.listed, now
        if not known.trouble:
            known.moved = self.moved
            self._keep_mark()
        elif known.trouble in AWAY:
            # What it moved to leads nowhere: the file's own address is asked again.
            known.moved = ""

    def _keep_mark(self) -> None:
        """Keep the feed's own mark; not that of a feed cut short, whose end is still to be read."""
        said = self.marks.given.get(self.final)
        if said is not None and not self.is_cut:
            self.known.marks = {self.final: (said.etag, said.last_modified)}


def pause(feed: Feed, failures: int) -> timedelta:
    """How long a feed is left in peace: its own time, doubled with each failure up to a day.

    A tenth more or less, the same for the same feed, keeps many feeds from falling due at one moment.
    """
    longer = min(feed.every * (1 << min(failures, 12)), max(LONGEST, feed.every))
    tenths = blake2b(feed.address.encode(), digest_size=1).digest()[0] / 255 * 0.2 - 0.1
    return longer * (1 + tenths) if failures else longer
