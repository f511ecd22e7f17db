"""Reading processes that are kept: started once, replaced in time, gone with the process that started them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from detente import parallel
from detente.model.documents import Page
from detente.parallel import Readers

WHEN = datetime(2024, 6, 1, tzinfo=UTC)


def pages(count: int, name: str) -> list[Page]:
    text = b"Envoys of Russia and North Korea met in Moscow on Monday."
    return [Page(f"https://{name}.example/{n}", text, "text/plain", WHEN) for n in range(count)]


def workers(parent: int | None = None) -> set[int]:
    """The processes that read for another (this one unless told)."""
    parent = parent or os.getpid()
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if f"\nPPid:\t{parent}\n" in status and b"spawn_main" in command:
            found.add(int(folder.name))
    return found


@pytest.fixture
def readers() -> Iterator[Readers]:
    if not Path("/proc/self/status").exists():
        pytest.skip("this system does not list processes under /proc")
    with Readers(2) as made:
        yield made


def test_processes_are_kept_from_one_lot_to_the_next(readers: Readers) -> None:
    assert len(list(readers.read(pages(1, "a")))) == 1
    first = workers()
    assert len(list(readers.read(pages(1, "b")))) == 1
    assert first
    assert workers() == first


def test_processes_are_replaced_after_their_life(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "LIFE", 2)
    list(readers.read(pages(2, "a")))
    assert readers._held is None


def test_a_lot_broken_off_leaves_the_processes_for_the_next(readers: Readers) -> None:
    lot = readers.read(pages(40, "a"))
    next(lot)
    lot.close()  # type: ignore[attr-defined]
    held = readers._held
    assert [reading.page.address for reading in readers.read(pages(1, "b"))] == ["https://b.example/0"]
    assert readers._held is held


CHILD = """
import sys, time
from datetime import UTC, datetime
from detente.model.documents import Page
from detente.parallel import Readers

if __name__ == "__main__":
    readers = Readers(2)
    list(readers.read([Page("https://a.example/1", b"Envoys met.", "text/plain", datetime.now(UTC))]))
    print("read", flush=True)
    time.sleep(60)
"""


def test_processes_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("this system does not list processes under /proc")
    (tmp_path / "child.py").write_text(CHILD)
    child = subprocess.Popen([sys.executable, str(tmp_path / "child.py")], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "read\n"
    left = workers(child.pid)
    child.send_signal(signal.SIGKILL)
    child.wait(10)
    child.stdout.close()
    end = time.monotonic() + 10
    while any(Path(f"/proc/{number}").exists() for number in left):
        assert time.monotonic() < end, "a worker outlived its parent"
        time.sleep(0.05)
    assert left
