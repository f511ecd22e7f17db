"""The real command: killed in the middle nothing is lost or read twice; told to stop it ends cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from site_of_tests import Site, running

from detente.ledger import Store, verify

TEXT = (
    "Envoys of North Korea and Russia met in Moscow on May {day}, 2024 and spoke of trade. "
    "The two sides agreed to meet again in Pyongyang later in the year, the ministry said."
)


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as made:
        for number in range(1, 5):
            made.put(
                f"/p/{number}",
                f"<html><body><article><h1>Talks {number}</h1><p>{TEXT.format(day=number)}</p></article></body></html>",
            )
        items = "".join(
            f"<item><title>Talks {n}</title><link>{made.address}/p/{n}</link></item>" for n in range(1, 5)
        )
        feed = f'<rss version="2.0"><channel><title>Talks</title>{items}</channel></rss>'
        made.put("/feed.xml", feed, Content_Type="application/rss+xml")
        yield made


@pytest.fixture
def command(site: Site, tmp_path: Path) -> list[str]:
    (tmp_path / "watch.toml").write_text(f'[[feed]]\naddress = "{site.address}/feed.xml"\n')
    told = ["watch", "run", "--feeds", str(tmp_path / "watch.toml"), "--ledger", str(tmp_path / "ledger.db")]
    return [sys.executable, "-m", "detente", *told, "--processes", "1", "--allow-private"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "config.toml").write_text("fetch_delay = 0.0\n")
    own = {"XDG_STATE_HOME": str(tmp_path / "state"), "DETENTE_CONFIG": str(tmp_path / "config.toml")}
    return {**os.environ, **own}


def held(tmp_path: Path) -> list[str]:
    with Store.open(tmp_path / "ledger.db", create=False) as store:
        assert verify(store) == []
        return sorted(document.address.rsplit("/", 1)[-1] for document in store.view().documents())


def wait_for(done: object, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not done():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.1)


def test_polling_once_reads_every_page_of_the_feed(
    site: Site, command: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    done = subprocess.run([*command, "--once"], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "1 polls of 1 feeds" in done.stdout
    assert held(tmp_path) == ["1", "2", "3", "4"]


def test_killed_in_the_middle_of_a_poll_it_goes_on_without_losing_or_doubling(
    site: Site, command: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    slow = site.answers["/p/3"]

    def stall(handler: BaseHTTPRequestHandler) -> None:
        site.stopped.wait(30)

    site.answers["/p/3"] = stall
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: "/p/3" in site.paths())
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    site.answers["/p/3"] = slow
    done = subprocess.run([*command, "--once"], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert held(tmp_path) == ["1", "2", "3", "4"]
    with Store.open(tmp_path / "ledger.db") as store:
        assert all(document.versions == 1 for document in store.view().documents())


def test_told_to_stop_it_ends_by_itself(
    site: Site, command: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    wait_for(
        lambda: (tmp_path / "state" / "detente").is_dir() and any((tmp_path / "state" / "detente").iterdir())
    )
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert held(tmp_path) == ["1", "2", "3", "4"]
