"""The file of feeds: what it may say, and the one line for what it may not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from detente.errors import UsageError
from detente.watch.feeds import Feed, load_feeds
from detente.watch.memory import ASKED, LISTED, Memory, Remembered
from detente.watch.polling import LONGEST, pause

ADDRESS = "https://a.example/feed.xml"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "watch.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_feed_has_its_own_times_or_the_usual_ones(tmp_path: Path) -> None:
    text = (
        f'[[feed]]\naddress = "{ADDRESS}"\n[[feed]]\naddress = "{ADDRESS}2"\nevery = "6h"\nrevisit = "2d"\n'
    )
    assert load_feeds(written(tmp_path, text)) == (
        Feed(ADDRESS),
        Feed(ADDRESS + "2", timedelta(hours=6), timedelta(days=2)),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no \\[\\[feed\\]\\] is named"),
        ("[[feed]]\n", "feed 1: an address is missing"),
        ('[[feed]]\naddress = "ftp://a.example"\n', "is no web address"),
        (f'[[feed]]\naddress = "{ADDRESS}"\nevery = "often"\n', "is no time such as 30m"),
        (f'[[feed]]\naddress = "{ADDRESS}"\nevery = "1m"\n', "more often than every 5 minutes"),
        (f'[[feed]]\naddress = "{ADDRESS}"\ncolour = "red"\n', "'colour' is not known"),
        (f'[[feed]]\naddress = "{ADDRESS}"\n[[feed]]\naddress = "{ADDRESS}"\n', "named twice"),
        ("colour = 'red'\n", "'colour' is not known"),
        ("[[feed\n", "watch.toml"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as told:
        load_feeds(written(tmp_path, text))
    assert "\n" not in str(told.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no file"):
        load_feeds(tmp_path / "watch.toml")


def test_a_feed_that_fails_is_asked_less_and_less_often_up_to_a_day() -> None:
    feed = Feed(ADDRESS, every=timedelta(minutes=30))
    pauses = [pause(feed, failures) for failures in range(20)]
    assert pauses[0] == timedelta(minutes=30)
    assert pauses == sorted(pauses)
    assert pauses[1] > pauses[0] * 1.7
    assert LONGEST * 0.9 <= pauses[-1] <= LONGEST * 1.1


# What is remembered


def test_what_is_remembered_comes_back(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "state" / "watch.json")
    known = memory.of(ADDRESS)
    known.marks, known.listed, known.asked = {ADDRESS: ("x", "")}, ["p"], {"p": "2024-06-01T00:00:00+00:00"}
    memory.save()
    assert Memory(tmp_path / "state" / "watch.json").of(ADDRESS) == known


def test_what_is_remembered_is_bounded() -> None:
    known = Remembered(listed=[str(n) for n in range(9000)], asked={str(n): f"{n:06}" for n in range(9000)})
    bounded = known.bounded()
    assert (len(bounded.listed), len(bounded.asked)) == (LISTED, ASKED)
    assert "8999" in bounded.asked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"a": 1}',
        '{"write": "", "feeds": {"a": {"colour": 1}}}',
        '{"write": "", "feeds": {"a": {"marks": {"b": 1}}}}',
        '{"write": "", "feeds": {"a": {"owed": {"b": {"due": "soon"}}}}}',
    ],
)
def test_a_broken_memory_is_set_aside_and_the_watch_begins_anew(tmp_path: Path, text: str) -> None:
    path = tmp_path / "watch.json"
    path.write_text(text, encoding="utf-8")
    memory = Memory(path)
    assert memory.of(ADDRESS) == Remembered()
    memory.save()
    assert (tmp_path / "watch.json.broken").read_text() == text
