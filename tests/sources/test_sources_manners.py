"""Manners kept from run to run: pauses between hosts, hosts that ask to be left alone, robots.txt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from detente.model.issues import Issue, Reason
from detente.sources import FetchOptions, Manners, open_sources
from detente.sources.manners import LONGEST_LEAVE

NOON = datetime(2024, 4, 11, 12, 0, tzinfo=UTC)
HTML = b"<!DOCTYPE html><html><body><p>The envoys met in Geneva.</p></body></html>"


@dataclass
class Walk:
    """A clock that only sleep moves."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


@pytest.fixture
def walk() -> Walk:
    return Walk()


@pytest.fixture
def options(walk: Walk) -> FetchOptions:
    manners = Manners(sleep=walk.sleep, clock=walk.clock)
    return FetchOptions(allow_private=True, delay=0.0, read_timeout=2, total_timeout=4, manners=manners)


def fetch(options: FetchOptions, walk: Walk, *urls: str) -> list[object]:
    return list(open_sources(urls, options=options, clock=lambda: NOON + timedelta(seconds=walk.now)))


def test_the_pause_between_two_requests_holds_across_runs(site, walk, options):
    spaced = replace(options, delay=5.0)
    fetch(spaced, walk, site.put("/a", HTML))
    fetch(spaced, walk, site.put("/b", HTML))
    assert walk.slept == [5.0]


def test_a_crawl_delay_holds_across_runs_and_robots_txt_is_asked_once(site, walk, options):
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7")
    fetch(options, walk, site.put("/a", HTML))
    fetch(options, walk, site.put("/b", HTML))
    assert walk.slept == [7.0]
    assert [path for path, _ in site.asked].count("/robots.txt") == 1


def test_robots_txt_is_asked_for_again_after_a_day(site, walk, options):
    fetch(options, walk, site.put("/a", HTML))
    walk.now += 25 * 3600
    site.put("/robots.txt", "User-agent: *\nDisallow: /")
    (issue,) = fetch(options, walk, site.address + "/a")
    assert isinstance(issue, Issue)
    assert issue.reason is Reason.ROBOTS


def test_a_robots_txt_that_failed_is_asked_for_again_after_an_hour(site, walk, options):
    site.put("/robots.txt", b"", 500)
    fetch(options, walk, site.put("/a", HTML))
    site.put("/robots.txt", b"", 404)
    walk.now += 3700
    assert [page.address for page in fetch(options, walk, site.address + "/a")] == [site.address + "/a"]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("told", ["3600", "Thu, 11 Apr 2024 13:00:00 GMT"])
def test_a_host_that_says_when_to_come_again_is_not_asked_before(site, walk, options, status, told):
    busy, other = site.put("/busy", b"", status, Retry_After=told), site.put("/other", HTML)
    fetch(options, walk, busy, other)
    assert site.paths() == ["/busy"]
    walk.now = 3601
    assert len(fetch(options, walk, other)) == 1


def test_a_short_time_to_come_again_is_waited_out(site, walk, options):
    busy, other = site.put("/busy", b"", 503, Retry_After="20"), site.put("/other", HTML)
    assert [found.address for found in fetch(options, walk, busy, other)] == [busy, other]
    assert walk.slept == [20.0]


def test_no_host_is_left_alone_for_longer_than_a_day(site, walk, options):
    fetch(options, walk, site.put("/busy", b"", 429, Retry_After="99999999999"))
    assert options.manners.left(site.address) == LONGEST_LEAVE


@pytest.mark.parametrize("told", ["", "-5", "soon", "Thu, 11 Apr 1924 13:00:00 GMT", "１２０"])
def test_a_time_that_makes_no_sense_closes_no_host(site, walk, options, told):
    fetch(options, walk, site.put("/busy", b"", 429, Retry_After=told.encode().decode("latin-1")))
    assert options.manners.left(site.address) == 0


def test_a_clock_set_back_does_not_make_a_pause_longer(walk):
    manners = Manners(sleep=walk.sleep, clock=walk.clock)
    walk.now = 1e6
    manners.wait("http://a.example/1", 5.0)
    walk.now = 0.0
    manners.wait("http://a.example/2", 5.0)
    assert walk.slept == [5.0]
