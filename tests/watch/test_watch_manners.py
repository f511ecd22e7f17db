"""Manners over many polls and feeds of one host: pauses, Retry-After, moved feeds, feeds switched off."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from watched_world import HOUR, START, World, feed_of, story

from detente.sources import Manners
from detente.watch.feeds import Feed, FeedsFile


def pauses(world: World) -> list[float]:
    times = [moment for moment, path in world.times if path != "/robots.txt"]
    return [(later - earlier).total_seconds() for earlier, later in pairwise(times)]


def two_feeds(world: World) -> tuple[Feed, Feed]:
    for name in ("one", "two"):
        for number in range(3):
            story(world.site, name, number)
    return tuple(
        Feed(feed_of(world.site, name, range(3)), every=HOUR, revisit=HOUR) for name in ("one", "two")
    )  # type: ignore[return-value]


def test_requests_to_one_host_keep_their_pause_across_polls_and_feeds(world: World) -> None:
    world.delay = 5.0
    world.run(*two_feeds(world), days=1)
    assert len(pauses(world)) > 150
    assert min(pauses(world)) >= 5.0


def test_the_pause_a_site_asks_for_holds_across_polls_and_feeds(world: World) -> None:
    world.site.put("/robots.txt", "User-agent: *\nCrawl-delay: 20\n")
    world.run(*two_feeds(world), days=1)
    assert min(pauses(world)) >= 20.0


def test_robots_txt_is_asked_for_once_a_day_however_often_feeds_are_polled(world: World) -> None:
    world.run(*two_feeds(world), days=3)
    assert world.asked("/one.xml") > 60
    assert [path for _, path in world.times].count("/robots.txt") == 3


@pytest.mark.parametrize(("told", "pause"), [("14400", 4 * HOUR), ("999999999", timedelta(days=1))])
def test_a_feed_that_says_when_to_come_again_is_not_asked_before_but_within_a_day(
    world: World, told: str, pause: timedelta
) -> None:
    world.site.put("/busy.xml", b"", status=503, Retry_After=told)
    world.run(Feed(world.site.address + "/busy.xml", every=HOUR), days=3)
    first, second = world.at("/busy.xml")[:2]
    assert pause <= second - first <= max(pause, 4 * HOUR) + 2 * HOUR


def test_no_feed_of_a_host_is_asked_while_that_wants_to_be_left_alone(world: World) -> None:
    feeds = two_feeds(world)
    world.site.put("/busy.xml", b"", status=503, Retry_After="14400")
    world.run(Feed(world.site.address + "/busy.xml", every=HOUR), *feeds, days=1)
    assert world.at("/one.xml")[0] >= 4 * HOUR


def test_a_time_to_come_again_outlives_a_restart(world: World) -> None:
    feed = Feed(world.site.put("/busy.xml", b"", status=503, Retry_After="14400"), every=HOUR)
    world.run(feed, days=0.01)
    world.manners = Manners(sleep=world.sleep, clock=lambda: world.now.timestamp())
    world.run(feed, days=0.5)
    assert world.at("/busy.xml")[1] >= 4 * HOUR


# Feeds that move


def moving(world: World, status: int) -> Feed:
    story(world.site, "new", 1)
    target = feed_of(world.site, "new", [1])
    return Feed(world.site.put("/old.xml", b"", status=status, Location=target), every=HOUR)


@pytest.mark.parametrize(("status", "asked"), [(301, 1), (308, 1), (302, 12), (307, 12)])
def test_only_a_move_for_good_is_remembered(world: World, status: int, asked: int) -> None:
    world.run(moving(world, status), days=0.499)
    assert (world.asked("/old.xml"), world.asked("/new.xml")) == (asked, 12)
    assert world.asked("/new/1") == 1


def test_a_feed_whose_new_address_leads_nowhere_is_asked_at_its_old_one(world: World) -> None:
    feed = moving(world, 301)
    world.run(feed, days=0.01)
    world.site.put("/new.xml", b"", status=404)
    feed_of(world.site, "old", [7])
    story(world.site, "old", 7)
    world.run(feed, days=1)
    assert [page.address[-5:] for page in world.taken] == ["new/1", "old/7"]


def test_a_move_to_what_is_no_feed_is_not_remembered(world: World) -> None:
    target = world.site.put("/parked", "<html><body><p>This name is for sale.</p></body></html>")
    feed = Feed(world.site.put("/old.xml", b"", status=301, Location=target), every=HOUR)
    world.run(feed, days=0.5)
    assert world.taken == []
    assert world.reasons() == {"not_a_feed": 1}
    assert world.asked("/old.xml") == world.asked("/parked") > 1


def test_a_file_that_names_the_new_address_of_a_moved_feed_goes_on_where_it_was(world: World) -> None:
    world.run(moving(world, 301), days=0.01)
    world.run(Feed(world.site.address + "/new.xml", every=HOUR), days=0.5)
    assert world.asked("/new/1") == 1


# Feeds that are switched off


def file_of(world: World, text: str) -> FeedsFile:
    path = world.folder / "watch.toml"
    path.write_text(text, encoding="utf-8")
    return FeedsFile(path)


def entry(address: str, *, off: bool = False) -> str:
    return f'[[feed]]\naddress = "{address}"\nevery = "1h"\noff = {str(off).lower()}\n'


@pytest.mark.parametrize("gone", [True, False])
def test_with_every_feed_switched_off_the_loop_naps(world: World, gone: bool) -> None:
    address = world.site.put("/gone.xml", b"", status=410)
    polls = world.run(Feed(address, every=HOUR, is_off=not gone), days=1)
    assert polls == int(gone)
    assert set(world.slept) == {60.0}


def test_a_feed_switched_off_in_the_file_is_not_polled(world: World) -> None:
    story(world.site, "one", 1)
    address = feed_of(world.site, "one", [1])
    world.run(*file_of(world, entry(address, off=True))(), days=1)
    assert world.times == []


def test_a_changed_file_is_noticed_within_a_nap(world: World) -> None:
    feeds = two_feeds(world)
    named = file_of(world, entry(feeds[0].address))

    def change(world: World) -> None:
        (world.folder / "watch.toml").write_text(entry(feeds[1].address), encoding="utf-8")
        world.hourly = lambda world: None

    world.hourly = change
    world.run_file(named, days=0.5)
    assert (world.asked("/one.xml"), world.asked("/two.xml")) == (1, 11)


def test_a_file_without_feeds_makes_the_loop_nap(world: World) -> None:
    named = file_of(world, entry(two_feeds(world)[0].address))
    (world.folder / "watch.toml").write_text("# nothing now\n", encoding="utf-8")
    assert world.run_file(named, days=0.5) == 0
    assert set(world.slept) == {60.0}


def test_a_file_broken_while_the_watch_runs_changes_nothing(world: World) -> None:
    named = file_of(world, entry(two_feeds(world)[0].address))
    (world.folder / "watch.toml").write_text("[[feed", encoding="utf-8")
    assert world.run_file(named, days=0.499) == 12


def test_a_file_that_is_away_for_a_moment_changes_nothing(world: World, tmp_path: Path) -> None:
    named = file_of(world, entry(two_feeds(world)[0].address))
    (world.folder / "watch.toml").unlink()
    assert world.run_file(named, days=0.499) == 12


def test_the_start_is_the_first_poll(world: World) -> None:
    world.run(two_feeds(world)[0], days=0.1)
    assert world.times[0][0] == START
