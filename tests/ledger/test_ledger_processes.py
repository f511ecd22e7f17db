"""Several processes on one ledger, and processes that die."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from ledger_factories import talks
from ledger_processes import numbered

from detente.ledger import Store, verify
from detente.model.decisions import Decision, Verb

THOROUGH = bool(os.environ.get("DETENTE_THOROUGH"))
"""Whether PostgreSQL, whose server queues the writers, is put to as long a test as SQLite."""

PROGRAM = str(Path(__file__).with_name("ledger_processes.py"))


def start(act: str, where: object, *rest: object) -> subprocess.Popen[str]:
    command = [sys.executable, PROGRAM, act, str(where), *map(str, rest)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> None:
    _, said = process.communicate(timeout=240)
    assert process.returncode == 0, said


def await_pages(store: Store, pages: int) -> None:
    """Wait until that many pages are kept, so that what follows meets a reader at work and not one still starting."""
    until = time.monotonic() + 60
    while store.view().counts()["documents"] < pages:
        assert time.monotonic() < until, "the reader never began"
        time.sleep(0.02)


def sized(where: object, full: int, short: int) -> int:
    return full if THOROUGH or isinstance(where, Path) else short


def test_no_decision_is_refused_lost_or_doubled_while_pages_are_read(where):
    each = sized(where, 50, 15)
    with Store.open(where) as store:
        store.writer("me").write(talks())
        reader = start("read", where, 1, 30_000)
        await_pages(store, 2)
        deciders = [start("decide", where, name, each) for name in ("ann", "ben", "cho", "dai")]
        for process in deciders:
            finish(process)
        assert reader.poll() is None, "the reader must have read all the while"
        reader.terminate()
        reader.communicate()
        view = store.view()
        said = Counter(decision.reason for decision in view.decisions())
        assert said == {f"{name} {n}": 1 for name in ("ann", "ben", "cho", "dai") for n in range(each)}
        assert view.counts()["documents"] >= 2
        assert verify(store) == []


def test_many_processes_may_open_a_ledger_for_the_first_time_at_once(nowhere):
    processes = [start("open", nowhere) for _ in range(5)]
    for process in processes:
        finish(process)
    with Store.open(nowhere) as store:
        assert store.view().counts()["documents"] == 1
        assert verify(store) == []


@pytest.mark.parametrize("seed", range(2))
def test_a_killed_writer_leaves_whole_pages_and_a_restart_completes_them(where, seed):
    moments, pages = random.Random(seed), sized(where, 120, 60)
    for _ in range(sized(where, 3, 2)):
        process = start("read", where, 1, pages)
        time.sleep(moments.uniform(0.6, 1.6))
        process.kill()
        process.communicate()
        with Store.open(where) as store:
            counts = store.view().counts()
            assert counts["mention"] == 3 * counts["documents"]
            assert verify(store) == []
    finish(start("read", where, 1, pages))
    with Store.open(where) as store:
        assert store.view().counts()["documents"] == pages
        assert store.view().counts()["mention"] == 3 * pages
        assert verify(store) == []


def test_a_view_stays_as_it_is_while_another_process_writes(where):
    with Store.open(where) as store:
        writer = store.writer("me")
        writer.write(talks())
        before = store.view()
        with Store.open(where) as other:
            other.writer("you").write(numbered(1))
            other.writer("you").decide(Decision(Verb.REJECT, talks().records[0].key, "you", "wrong"))
        assert len(before.documents()) == 1
        assert len(list(before.records())) == 2
        assert len(store.view().documents()) == 2
