"""`detente read` asks a server only for pages that changed, and notes those that are gone."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from detente.cli.app import app
from detente.ledger import Store

PAGE = """<html lang="en"><head><title>{title}</title><meta property="article:published_time"
content="2024-06-19"></head><body><main><article><h1>{title}</h1><p>North Korea and Russia signed a treaty in
Pyongyang on June 19, 2024. Delegations of both sides attended the ceremony in the capital.</p>
<p>{more}</p></article></main></body></html>"""


@dataclass
class Page:
    """A page as its server holds it: its answers carry a tag that names their content."""

    tag: str = '"one"'
    more: str = "Officials said that the text would be disclosed within a few days of the signing."
    status: int = 200
    asked: list[str | None] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)

    def answer(self, asked: str | None) -> tuple[int, bytes]:
        self.asked.append(asked)
        status = 304 if self.status == 200 and asked == self.tag else self.status
        self.answered.append(status)
        body = PAGE.format(title="A treaty is signed", more=self.more) if status == 200 else ""
        return status, body.encode()


@pytest.fixture
def served() -> Iterator[tuple[str, Page]]:
    """A page on this machine and its address."""
    page = Page()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/treaty"
            status, body = page.answer(self.headers.get("If-None-Match")) if found else (404, b"")
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if found:
                self.send_header("ETag", page.tag)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/treaty", page
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger to be, with settings that wait for no server."""
    config = tmp_path / "config.toml"
    config.write_text("fetch_delay = 0.0\nprocesses = 1\n")
    monkeypatch.setenv("DETENTE_CONFIG", str(config))
    return tmp_path / "ledger.db"


def pages(address: str, ledger: Path) -> dict[str, int]:
    done = CliRunner().invoke(app, ["read", address, "--allow-private", "--json", "--ledger", str(ledger)])
    assert done.exit_code == 0, done.output
    said: dict[str, Any] = json.loads(done.stdout)
    outcomes: dict[str, int] = said["pages"]
    return outcomes


def test_a_page_is_asked_after_by_its_tag_until_it_changes_and_is_missed_when_gone(served, ledger):
    address, page = served
    assert pages(address, ledger) == {"new": 1}
    assert pages(address, ledger) == {"unchanged": 1}
    page.tag, page.more = '"two"', "Officials said that the text would not be disclosed at all, after all."
    assert pages(address, ledger) == {"new_version": 1}
    assert pages(address, ledger) == {"unchanged": 1}
    page.status = 404
    assert pages(address, ledger) == {}
    page.status = 200
    with Store.open(ledger) as store:
        assert store.view().documents()[0].vanished
    issues = CliRunner().invoke(app, ["issues", "--ledger", str(ledger)])
    assert "not_found" in issues.stdout
    assert address in issues.stdout
    assert pages(address, ledger) == {"unchanged": 1}
    with Store.open(ledger) as store:
        assert (store.view().documents()[0].vanished, store.view().issues()) == (None, ())
    assert page.answered == [200, 304, 200, 304, 404, 200]
    assert page.asked == [None, '"one"', '"one"', '"two"', '"two"', None]


def test_a_page_that_a_newer_coder_has_not_read_is_asked_for_whole(served, ledger, monkeypatch):
    address, page = served
    assert pages(address, ledger) == {"new": 1}
    monkeypatch.setattr("detente.intake.current_coder", lambda model: "newer")
    monkeypatch.setattr("detente.pipeline.current_coder", lambda model: "newer")
    assert pages(address, ledger) == {"reread": 1}
    assert pages(address, ledger) == {"unchanged": 1}
    assert page.answered == [200, 200, 304]


def test_a_tag_that_no_header_can_carry_is_not_sent_back(served, ledger):
    address, page = served
    page.tag = '"caf\xe9"'
    assert pages(address, ledger) == {"new": 1}
    assert pages(address, ledger) == {"unchanged": 1}
    assert page.asked == [None, None]
