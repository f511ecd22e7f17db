"""Pages that could not be had: asked for again soon, never lost, never read twice, given up in the end."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from watched_world import HOUR, START, World, feed_of, story

from detente.watch.feeds import Feed

MINUTE = timedelta(minutes=1)


def daily(world: World, name: str = "news", numbers: tuple[int, ...] = (1,), etag: str = "") -> Feed:
    return Feed(feed_of(world.site, name, numbers, etag=etag), every=HOUR, revisit=timedelta(days=60))


def mend_after(world: World, pause: timedelta) -> None:
    def hourly(world: World) -> None:
        if world.now - START >= pause:
            story(world.site, "news", 1)

    world.hourly = hourly


def test_a_page_whose_server_is_ill_is_asked_for_again_half_as_often_each_time(world: World) -> None:
    world.site.put("/news/1", b"", status=500)
    world.run(daily(world), days=30)
    times = world.at("/news/1")
    pauses = [later - earlier for earlier, later in pairwise(times)]
    assert len(times) == 12
    assert all(later >= earlier for earlier, later in pairwise(pauses))
    assert 10 * MINUTE <= pauses[0] <= 11 * MINUTE
    assert pauses[-1] <= timedelta(days=1, minutes=1)
    assert world.reasons() == {"unreachable": 1}


def test_a_page_that_failed_is_read_once_when_its_server_is_well_again(world: World) -> None:
    world.site.put("/news/1", b"", status=500)
    mend_after(world, 5 * HOUR)
    world.run(daily(world), days=10)
    assert [page.address for page in world.taken] == [f"{world.site.address}/news/1"]
    assert world.at("/news/1")[-1] < 12 * HOUR


def test_a_page_that_timed_out_is_not_lost(world: World) -> None:
    world.site.answers["/news/1"] = lambda handler: world.site.stopped.wait(0.5)  # type: ignore[assignment,return-value]
    mend_after(world, HOUR)
    world.run(daily(world), days=1)
    assert len(world.taken) == 1


def test_a_page_that_failed_is_asked_for_though_its_feed_says_nothing_changed(world: World) -> None:
    world.site.put("/news/1", b"", status=500)
    mend_after(world, HOUR)
    world.run(daily(world, etag='"e"'), days=1)
    assert len(world.taken) == 1


def test_a_page_that_failed_is_asked_for_though_its_feed_lists_it_no_more(world: World) -> None:
    world.site.put("/news/1", b"", status=500)
    mend_after(world, 2 * HOUR)
    feed = daily(world)
    world.run(feed, days=0.01)
    feed_of(world.site, "news", [])
    world.run(feed, days=1)
    assert [page.hints.title for page in world.taken] == ["Story 1"]


def test_what_is_owed_outlives_a_restart(world: World) -> None:
    world.site.put("/news/1", b"", status=500)
    feed = daily(world, etag='"e"')
    world.run(feed, days=0.02)
    story(world.site, "news", 1)
    world.run(feed, days=1)
    assert len(world.taken) == 1


@pytest.mark.parametrize(("status", "tries"), [(404, 3), (410, 1), (403, 3)])
def test_a_page_that_is_not_there_is_not_asked_for_for_ever(world: World, status: int, tries: int) -> None:
    world.site.put("/news/1", b"", status=status)
    feed = Feed(feed_of(world.site, "news", [1]), every=HOUR, revisit=HOUR)
    world.run(feed, days=30)
    assert world.asked("/news/1") == tries
    assert len(world.issues) == 1


def test_a_page_that_comes_a_little_after_its_feed_lists_it_is_read(world: World) -> None:
    feed = daily(world)
    world.run(feed, days=0.005)
    story(world.site, "news", 1)
    world.run(feed, days=0.05)
    assert len(world.taken) == 1


def test_pages_of_a_host_that_asks_to_be_left_alone_wait_and_none_is_lost(world: World) -> None:
    for number in (2, 3):
        story(world.site, "news", number)
    world.site.put("/news/1", b"", status=429, Retry_After="7200")

    def hourly(world: World) -> None:
        if world.now - START >= 2 * HOUR:
            story(world.site, "news", 1)

    world.hourly = hourly
    world.run(daily(world, numbers=(1, 2, 3)), days=1)
    assert {page.address[-1] for page in world.taken} == {"1", "2", "3"}
    assert len(world.taken) == 3
    assert not [path for moment, path in world.times if timedelta() < moment - START < 2 * HOUR]


def test_the_text_of_the_feed_stands_in_for_its_page_only_until_that_can_be_had(world: World) -> None:
    world.site.put("/news/1", b"", status=500)
    mend_after(world, HOUR)
    feed = daily(world)
    status, headers, body = world.site.answers["/news.xml"]  # type: ignore[misc]
    held = body.replace(b"</item>", b"<description>" + b"They met again. " * 80 + b"</description></item>")
    world.site.answers["/news.xml"] = (status, headers, held)
    world.run(feed, days=1)
    assert [b"They met again" in page.content for page in world.taken] == [True, False]
