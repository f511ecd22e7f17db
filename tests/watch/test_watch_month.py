"""A month of feeds on a local site, with a clock of its own: counts, pauses, gaps, bounds, manners."""

from __future__ import annotations

import gc
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Iterator, MutableMapping
from datetime import timedelta
from itertools import pairwise

import pytest
from site_of_tests import running
from watched_world import HOUR, START, World, feed_of, story

from detente.model.documents import Page
from detente.model.issues import Issue, Reason
from detente.sources import Validators
from detente.watch.feeds import Feed


def test_a_feed_that_grows_every_day_is_read_once_a_page(world: World) -> None:
    numbers: list[int] = []

    def day(world: World) -> None:
        if world.now.hour == 0:
            numbers.insert(0, len(numbers))
            story(world.site, "daily", numbers[0])
            feed_of(world.site, "daily", numbers[:20])

    world.hourly = day
    feed = Feed(feed_of(world.site, "daily", []), every=HOUR, revisit=timedelta(days=60))
    polls = world.run(feed)
    assert 700 <= polls <= 721
    assert (
        len(world.taken)
        == len({page.address for page in world.taken})
        == len(numbers) - (world.now.hour == 0)
    )
    assert Reason.GAP not in world.reasons()


def test_a_feed_that_did_not_change_is_answered_with_304(world: World) -> None:
    for number in range(3):
        story(world.site, "still", number)
    feed = Feed(feed_of(world.site, "still", range(3), etag='"e1"'), every=6 * HOUR)
    world.run(feed)
    asked = [headers.get("if-none-match") for path, headers in world.site.asked if path == "/still.xml"]
    assert (asked[0], set(asked[1:])) == (None, {'"e1"'})
    assert len(world.taken) == 3
    assert all(world.asked(f"/still/{number}") == 1 for number in range(3))


def test_polls_are_as_far_apart_as_the_feed_asks(world: World) -> None:
    feed = Feed(feed_of(world.site, "calm", [1]), every=6 * HOUR)
    story(world.site, "calm", 1)
    polls = world.run(feed, days=10)
    assert polls == 40
    assert max(world.slept) <= 60
    assert world.asked("/calm.xml") == polls


@pytest.mark.parametrize("trouble", [500, 503, "silence", "garbage", "page"])
def test_a_feed_in_trouble_is_asked_less_often_and_told_of_once(world: World, trouble: object) -> None:
    if isinstance(trouble, int):
        address = world.site.put("/ill.xml", b"", status=trouble)
    elif trouble == "silence":
        address = world.site.put("/ill.xml")
        world.site.answers["/ill.xml"] = lambda handler: world.site.stopped.wait(0.5)
    elif trouble == "garbage":
        address = world.site.put("/ill.xml", b"<rss><channel>\x00\xff", Content_Type="application/rss+xml")
    else:
        address = world.site.put(
            "/ill.xml", "<html><body><p>We have moved to a new design.</p></body></html>"
        )
    polls = world.run(Feed(address, every=HOUR), days=3 if trouble == "silence" else 30)
    assert polls <= (8 if trouble == "silence" else 40)
    assert world.taken == []
    if trouble != "garbage":
        assert len(world.issues) == 1


def test_a_feed_that_recovers_is_polled_in_its_own_time_again(world: World) -> None:
    def mend(world: World) -> None:
        if world.now >= START + timedelta(days=1):
            feed_of(world.site, "ill", [1])

    address = world.site.put("/ill.xml", b"", status=500)
    story(world.site, "ill", 1)
    world.hourly = mend
    world.run(Feed(address, every=HOUR, revisit=timedelta(days=9)), days=5)
    assert len(world.taken) == 1
    assert world.asked("/ill.xml") > 60


def test_a_feed_that_is_gone_is_switched_off(world: World) -> None:
    polls = world.run(Feed(world.site.put("/gone.xml", b"", status=410), every=HOUR), days=5)
    assert polls == 1
    assert world.reasons() == {"gone": 1}


def test_a_feed_that_scrolled_past_is_suspected_of_a_gap(world: World) -> None:
    for number in range(40):
        story(world.site, "fast", number)
    address = feed_of(world.site, "fast", range(10))
    feed = Feed(address, every=HOUR)
    world.run(feed, days=0.1)
    feed_of(world.site, "fast", range(5, 15))
    world.run(feed, days=0.1)
    assert Reason.GAP not in world.reasons()
    feed_of(world.site, "fast", range(30, 40))
    world.run(feed, days=0.1)
    (gap,) = (issue for issue in world.issues if issue.reason is Reason.GAP)
    assert gap.address == address
    assert "between 2024-06-01T" in gap.detail


def test_an_edited_page_is_taken_again_after_its_time_and_an_unchanged_one_is_not(world: World) -> None:
    for number in (1, 2):
        story(world.site, "edited", number)

    def edit(world: World) -> None:
        if world.now == START + timedelta(hours=30):
            story(world.site, "edited", 1, "Corrected.")

    world.hourly = edit
    world.run(Feed(feed_of(world.site, "edited", [1, 2]), every=HOUR, revisit=timedelta(days=1)), days=4)
    assert 3 <= world.asked("/edited/1") <= 5
    assert {page.content for page in world.taken if page.address.endswith("/edited/1")} != set()


def test_a_vanished_page_is_an_issue_and_the_others_are_read(world: World) -> None:
    story(world.site, "some", 1)
    world.run(Feed(feed_of(world.site, "some", [1, 2]), every=HOUR), days=0.2)
    assert [page.address for page in world.taken] == [f"{world.site.address}/some/1"]
    assert world.reasons() == {"not_found": 1}


def test_a_moved_feed_is_followed(world: World) -> None:
    story(world.site, "new", 1)
    target = feed_of(world.site, "new", [1], etag='"n1"')
    address = world.site.put("/old.xml", b"", status=301, Location=target)
    world.run(Feed(address, every=HOUR), days=0.5)
    assert len(world.taken) == 1
    assert world.reasons() == {}


def test_what_robots_forbid_is_not_asked_for(world: World) -> None:
    world.site.put("/robots.txt", "User-agent: *\nDisallow: /secret/\n", Content_Type="text/plain")
    story(world.site, "secret", 1)
    world.run(Feed(feed_of(world.site, "secret", [1]), every=HOUR), days=0.2)
    assert world.asked("/secret/1") == 0
    assert world.reasons() == {"robots": 1}


def test_a_machine_that_slept_polls_each_feed_once(world: World) -> None:
    feed = Feed(feed_of(world.site, "calm", [1]), every=HOUR)
    story(world.site, "calm", 1)
    world.run(feed, days=0.2)
    before = world.asked("/calm.xml")
    world.now += timedelta(days=7)
    world.run(feed, days=0.01)
    assert world.asked("/calm.xml") == before + 1


def test_after_a_restart_nothing_is_asked_before_its_time(world: World) -> None:
    feed = Feed(feed_of(world.site, "calm", [1]), every=6 * HOUR)
    story(world.site, "calm", 1)
    world.run(feed, days=0.1)
    world.run(feed, days=0.1)
    assert world.asked("/calm.xml") == 1


def test_told_to_stop_it_ends_after_the_page_in_hand_and_does_the_rest_later(world: World) -> None:
    for number in range(5):
        story(world.site, "many", number)
    feed = Feed(feed_of(world.site, "many", range(5)), every=HOUR)

    def read(arriving: Iterable[Page | Issue], marks: MutableMapping[str, Validators]) -> None:
        for number, found in enumerate(arriving):
            world.taken += [found] if isinstance(found, Page) else []
            if number == 1:
                world.stop.set()

    ordinary, world.read = world.read, read  # type: ignore[method-assign]
    world.run(feed, days=1)
    assert len(world.taken) == 2
    world.read = ordinary  # type: ignore[method-assign]
    world.run(feed, days=0.1)
    assert {page.address.rsplit("/", 1)[-1] for page in world.taken} == {"0", "1", "2", "3", "4"}


# One month of everything


def many_feeds(world: World) -> list[Feed]:
    site, week = world.site, timedelta(days=7)
    numbers: list[int] = []
    for name in ("still", "stale"):
        story(site, name, 1)
    story(site, "home", 1)
    site.put("/busy.xml", b"", status=503, Retry_After="20")
    feed_of(site, "still", [1], etag='"s"')
    feed_of(site, "stale", [1])
    feed_of(site, "home", [1])
    site.put("/away.xml", b"", status=301, Location=site.address + "/home.xml")
    feed_of(site, "growing", [])

    def hourly(world: World) -> None:
        hours = round((world.now - START) / HOUR)
        if hours % 12 == 0:
            numbers.insert(0, len(numbers))
            number = numbers[0]
            if number % 10 == 3:
                site.put(f"/growing/{number}", b"", status=500)
            elif number == 5:
                site.answers["/growing/5"] = lambda handler: site.stopped.wait(0.5)  # type: ignore[assignment,return-value]
            elif number % 10 == 7:
                site.put(f"/growing/{number}", b"", status=410)
            else:
                story(site, "growing", number)
            if number % 10 == 4:
                story(site, "growing", number - 1)
            if number == 30:
                story(site, "growing", 26, "Corrected.")
            feed_of(site, "growing", numbers[:20])
        if hours % 12 == 1 and numbers[:1] == [5]:
            story(site, "growing", 5)
        if hours == 24 * 10:
            site.put("/stale.xml", b"<rss><channel>\x00\xff", Content_Type="application/rss+xml")
        if hours == 24 * 20:
            site.put("/still.xml", b"", status=410)

    world.hourly = hourly
    names = ("still", "growing", "stale", "away", "busy")
    return [Feed(f"{site.address}/{name}.xml", every=HOUR, revisit=week) for name in names]


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with running() as site:
        world = World(site, tmp_path_factory.mktemp("month"))
        world.site.put("/robots.txt", "User-agent: *\nCrawl-delay: 2\n")
        world.delay = 1.0
        world.run(*many_feeds(world), days=30)
        yield world


def taken_of(world: World, name: str) -> Counter[str]:
    return Counter(page.address.rsplit("/", 1)[-1] for page in world.taken if f"/{name}/" in page.address)


def test_in_a_month_every_page_that_came_to_be_there_is_read(month: World) -> None:
    read = set(map(int, taken_of(month, "growing")))
    listed = set(range(max(read) + 1))
    assert listed - read == {number for number in listed if number % 10 == 7}


def test_in_a_month_an_edited_page_is_read_in_both_forms(month: World) -> None:
    pages = [page.content for page in month.taken if page.address.endswith("/growing/26")]
    assert [b"Corrected." in content for content in pages].count(True) >= 1
    assert b"Corrected." not in pages[0]


def test_in_a_month_a_vanished_page_is_asked_for_once(month: World) -> None:
    assert [month.asked(f"/growing/{number}") for number in (7, 17, 27)] == [1, 1, 1]


def test_in_a_month_no_page_is_asked_for_more_often_than_its_time_and_its_tries_allow(month: World) -> None:
    asked = Counter(path for _, path in month.times if path.startswith("/growing/"))
    assert max(asked.values()) <= 8 + 2


def test_in_a_month_each_trouble_is_told_once(month: World) -> None:
    told = Counter((issue.address, issue.reason) for issue in month.issues if issue.severity == "page")
    assert set(told.values()) == {1}


def test_in_a_month_a_moved_feed_is_asked_at_its_old_address_once(month: World) -> None:
    assert month.asked("/away.xml") == 1
    assert month.asked("/home.xml") > 650
    assert taken_of(month, "home")["1"] <= 5


def test_in_a_month_a_feed_that_is_gone_is_asked_no_more(month: World) -> None:
    assert 470 <= month.asked("/still.xml") <= 482


def test_in_a_month_a_feed_of_garbage_is_asked_ever_less(month: World) -> None:
    late = [moment for moment in month.at("/stale.xml") if moment > timedelta(days=11)]
    assert 15 <= len(late) <= 24
    assert len(month.at("/stale.xml")) - len(late) <= 24 * 10 + 10


def test_in_a_month_no_request_comes_before_the_pause_the_site_asks_for(month: World) -> None:
    times = [moment for moment, path in month.times if path != "/robots.txt"]
    assert len(times) > 1500
    assert min(later - earlier for earlier, later in pairwise(times)) >= timedelta(seconds=2)


def test_in_a_month_robots_txt_is_asked_once_a_day(month: World) -> None:
    assert 28 <= [path for _, path in month.times].count("/robots.txt") <= 31


def test_in_a_month_the_loop_never_spins(month: World) -> None:
    # A nap a minute, and the pauses between requests.
    assert len(month.slept) <= 30 * 24 * 60 + len(month.times) + 5000


def test_what_is_remembered_of_a_month_stays_small(month: World) -> None:
    assert (month.folder / "watch.json").stat().st_size < 30_000


def test_the_memory_a_watch_takes_does_not_grow_from_week_to_week(world: World) -> None:
    story(world.site, "news", 1)
    site, feed = world.site, Feed(feed_of(world.site, "news", [1]), every=HOUR)
    world.run(feed, days=2)
    tracemalloc.start()
    try:
        sizes = []
        for _ in range(3):
            world.run(feed, days=3)
            for kept in (world.slept, world.times, world.taken, site.asked):
                kept.clear()
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert sizes[2] - sizes[1] < 200_000
