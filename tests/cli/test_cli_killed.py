"""A reading killed at any moment and started again ends where an undisturbed one ends."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "dispatches"


def command(ledger: Path) -> list[str]:
    target = [sys.executable, "-m", "detente", "read", str(EXAMPLES), "--ledger", str(ledger)]
    return [*target, "--json", "--processes", "2"]


def counts(ledger: Path) -> dict[str, int]:
    said = subprocess.run(
        [sys.executable, "-m", "detente", "verify", "--json", "--ledger", str(ledger)],
        check=True,
        capture_output=True,
    ).stdout
    held: dict[str, int] = json.loads(said)["counts"]
    return held


def kill_after(seconds: float, ledger: Path) -> None:
    running = subprocess.Popen(
        command(ledger), start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(seconds)
    if running.poll() is None:
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def test_a_reading_killed_at_random_moments_loses_and_doubles_nothing(tmp_path: Path) -> None:
    undisturbed, killed = tmp_path / "calm.db", tmp_path / "killed.db"
    started = time.monotonic()
    subprocess.run(command(undisturbed), check=True, capture_output=True)
    whole = time.monotonic() - started
    draw = random.Random(20240619)
    for _ in range(4):
        kill_after(draw.uniform(0.2, 0.9) * whole, killed)
    subprocess.run(command(killed), check=True, capture_output=True)
    assert counts(killed) == counts(undisturbed)


def test_a_second_reading_adds_nothing(tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    subprocess.run(command(ledger), check=True, capture_output=True)
    before = counts(ledger)
    again = json.loads(subprocess.run(command(ledger), check=True, capture_output=True).stdout)
    assert set(again["pages"]) == {"unchanged"}
    assert counts(ledger) == before


def test_ctrl_c_leaves_a_consistent_ledger_and_says_so(tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    running = subprocess.Popen(
        command(ledger), start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while running.poll() is None and not ledger.exists():
        time.sleep(0.05)
    time.sleep(2.5)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode in (0, 130), said
    assert "Traceback" not in said
    assert counts(ledger)["documents"] >= 0
