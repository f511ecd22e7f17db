"""A site on this machine, a clock that only sleep moves, and a watch over both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event

from site_of_tests import Site

from detente.model.documents import Page
from detente.model.issues import Issue
from detente.sources import FetchOptions, Manners, Validators
from detente.watch.feeds import Feed
from detente.watch.loop import Desk, watch
from detente.watch.memory import Memory

START = datetime(2024, 6, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass
class World:
    """A site, a clock that only sleep moves, and everything that was taken."""

    site: Site
    folder: Path
    now: datetime = START
    slept: list[float] = field(default_factory=list)
    taken: list[Page] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    polled: dict[str, list[datetime]] = field(default_factory=dict)
    marks: dict[str, Validators] = field(default_factory=dict)
    stop: Event = field(default_factory=Event)
    until: datetime = START
    hourly: Callable[[World], None] = lambda world: None

    delay: float = 0.0
    deliver: Callable[[], None] = lambda: None
    times: list[tuple[datetime, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.site.heard = lambda path: self.times.append((self.now, path))
        self.manners = Manners(sleep=self.sleep, clock=lambda: self.now.timestamp())

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        before = self.now
        self.now += timedelta(seconds=seconds)
        if before.hour != self.now.hour:
            self.hourly(self)
        if self.now >= self.until:
            self.stop.set()

    def read(self, arriving: Iterable[Page | Issue], marks: MutableMapping[str, Validators]) -> None:
        for found in arriving:
            (self.taken if isinstance(found, Page) else self.issues).append(found)  # type: ignore[arg-type]

    def run(self, *feeds: Feed, days: float = 30) -> int:
        return self.run_file(lambda: feeds, days=days)

    def run_file(self, feeds: Callable[[], Sequence[Feed]], days: float = 30) -> int:
        self.until, self.stop = self.now + timedelta(days=days), Event()
        desk = Desk(
            feeds=feeds,
            memory=Memory(self.folder / "watch.json"),
            options=FetchOptions(
                allow_private=True,
                delay=self.delay,
                read_timeout=0.3,
                connect_timeout=0.3,
                manners=self.manners,
            ),
            read=self.read,
            marks=lambda: self.marks,
            clock=lambda: self.now,
            sleep=self.sleep,
            deliver=self.deliver,
        )
        return watch(desk, self.stop)

    def at(self, path: str) -> list[timedelta]:
        """When a path was asked for, from the start on."""
        return [moment - START for moment, asked in self.times if asked == path]

    def asked(self, path: str) -> int:
        return self.site.paths().count(path)

    def reasons(self) -> Counter[str]:
        return Counter(issue.reason.value for issue in self.issues)


def feed_of(site: Site, name: str, numbers: Iterable[int], *, etag: str = "") -> str:
    items = "".join(
        f"<item><title>Story {n}</title><link>{site.address}/{name}/{n}</link><guid>{name}{n}</guid></item>"
        for n in numbers
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'
    headers = {"Content_Type": "application/rss+xml"} | ({"ETag": etag} if etag else {})
    address = site.put(f"/{name}.xml", body, **headers)
    if etag:
        status, named, content = site.answers[f"/{name}.xml"]

        def answer(handler: BaseHTTPRequestHandler) -> None:
            if handler.headers.get("If-None-Match") == etag:
                handler.send_response(304)
                handler.end_headers()
                return
            handler.send_response(status)
            for key, value in named.items():
                handler.send_header(key, value)
            handler.send_header("Content-Length", str(len(content)))
            handler.end_headers()
            handler.wfile.write(content)

        site.answers[f"/{name}.xml"] = answer
    return address


def story(site: Site, name: str, number: int, text: str = "") -> None:
    site.put(
        f"/{name}/{number}",
        f"<html><body><p>Story {number} of {name}. {text}</p></body></html>",
        ETag=f'"{name}{number}{text}"',
    )
