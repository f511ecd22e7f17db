"""`digest` for a receiver: what is not taken is kept, and the person counts as told once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from detente.watch import outbox


@pytest.fixture
def hook() -> Iterator[tuple[str, list[int], list[dict[str, Any]]]]:
    """A web address that answers with the statuses in the list, then takes everything."""
    answers: list[int] = []
    taken: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = answers.pop(0) if answers else 204
            if status == 204:
                taken.append(json.loads(body))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/hook", answers, taken
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(outbox, "FIRST", outbox.FIRST * 0)


def test_a_digest_that_was_not_taken_arrives_with_the_next_one_each_once(
    detente: Callable[..., str], hook: tuple[str, list[int], list[dict[str, Any]]]
) -> None:
    address, answers, taken = hook
    answers.append(500)
    told = ("digest", "--who", "anna", "--webhook", address, "--allow-private")
    detente(*told)
    assert taken == []
    detente(*told)
    assert len({one["id"] for one in taken}) == len(taken) == 2
    assert sorted("treaty" in one["text"].casefold() for one in taken) == [False, True]
