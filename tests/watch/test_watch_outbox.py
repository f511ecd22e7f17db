"""Digests on their way: tried again with growing pauses, delivered once, never in the way of the polls."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from watched_world import HOUR, START, World, feed_of, story

from detente.errors import NotDelivered, UsageError
from detente.watch.delivering import MailServer, Message
from detente.watch.feeds import Feed
from detente.watch.outbox import TRIES, Outbox, Parcel, check

DIGEST = Message("anna", "News", "One line.\n", "<p>One line.</p>", datetime(2024, 6, 1, tzinfo=UTC))
HOOK = Parcel("webhook", "https://a.example/hook", DIGEST)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def box(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "outbox")


class Receiver:
    """Takes what comes, but for the first `refused` times."""

    def __init__(self, refused: int = 0) -> None:
        self.refused = refused
        self.asked = 0
        self.taken: list[Parcel] = []

    def __call__(self, parcel: Parcel) -> None:
        self.asked += 1
        if self.asked <= self.refused:
            raise NotDelivered("not now")
        self.taken.append(parcel)


def minutely(box: Outbox, receiver: Callable[[Parcel], None], hours: int) -> None:
    for number in range(hours * 60):
        box.send(receiver, START + number * MINUTE)


def test_what_is_taken_is_delivered_once(box: Outbox) -> None:
    receiver = Receiver()
    box.put(HOOK)
    minutely(box, receiver, 3)
    assert receiver.taken == [HOOK]


def test_what_is_not_taken_is_tried_again_with_growing_pauses_and_delivered_once(box: Outbox) -> None:
    receiver = Receiver(refused=4)
    box.put(HOOK)
    minutely(box, receiver, 3)
    assert receiver.asked == 5
    assert [parcel.message for parcel in receiver.taken] == [DIGEST]


def test_a_receiver_that_never_takes_it_is_left_in_the_end(box: Outbox) -> None:
    receiver = Receiver(refused=10**6)
    box.put(HOOK)
    for hour in range(24 * 30):
        box.send(receiver, START + hour * HOUR)
    assert receiver.asked == TRIES
    assert list(box.waiting()) == []


def test_a_receiver_that_fails_does_not_keep_the_others_from_theirs(box: Outbox) -> None:
    box.put(HOOK)
    box.put(replace(HOOK, to="https://b.example/hook"))
    taken = []

    def receiver(parcel: Parcel) -> None:
        if "a.example" in parcel.to:
            raise OSError("the cable is out")
        taken.append(parcel.to)

    assert len(box.send(receiver, START)) == 1
    assert taken == ["https://b.example/hook"]
    assert [parcel.to for parcel in box.waiting()] == ["https://a.example/hook"]


def test_what_another_process_is_sending_is_not_sent_too(box: Outbox) -> None:
    box.put(HOOK)
    inner = Receiver()
    box.send(lambda parcel: box.send(inner, START), START)  # type: ignore[arg-type,return-value]
    assert inner.asked == 0


def test_what_a_killed_process_was_sending_is_delivered_later(box: Outbox, tmp_path: Path) -> None:
    box.put(HOOK)
    (path,) = (tmp_path / "outbox").glob("*.json")
    path.rename(path.with_suffix(".sending"))
    os.utime(path.with_suffix(".sending"), (START.timestamp(),) * 2)
    receiver = Receiver()
    minutely(box, receiver, 1)
    assert len(receiver.taken) == 1


def test_the_same_digest_for_the_same_receiver_is_one_parcel(box: Outbox) -> None:
    box.put(HOOK)
    box.put(HOOK)
    assert len(list(box.waiting())) == 1


def test_a_broken_parcel_is_set_aside(box: Outbox, tmp_path: Path) -> None:
    box.put(HOOK)
    (tmp_path / "outbox" / "a.json").write_text("{")
    receiver = Receiver()
    assert box.send(receiver, START) == []
    assert len(receiver.taken) == 1
    assert (tmp_path / "outbox" / "a.broken").exists()


def test_only_its_owner_can_read_a_parcel(box: Outbox, tmp_path: Path) -> None:
    box.put(HOOK)
    (path,) = (tmp_path / "outbox").glob("*.json")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("parcel", "server", "said"),
    [
        (replace(HOOK, to="nowhere"), None, "no web address"),
        (replace(HOOK, sort="mail", to="a@example.org"), None, "mail_host"),
        (
            replace(HOOK, sort="mail", to="a@example.org"),
            MailServer("localhost", user="a", sender="b@example.org", security="none"),
            "in clear",
        ),
    ],
)
def test_what_could_never_be_delivered_is_refused_at_once(
    parcel: Parcel, server: MailServer | None, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        check(parcel, server)


def test_a_delivery_that_fails_in_any_way_does_not_stop_the_polls(world: World) -> None:
    def deliver() -> None:
        raise RuntimeError("nobody foresaw this")

    story(world.site, "news", 1)
    world.deliver = deliver
    assert world.run(Feed(feed_of(world.site, "news", [1]), every=HOUR), days=0.499) == 12
