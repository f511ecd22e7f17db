"""A digest handed over: by mail to a real server, in an Atom file, to a web address."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import feedparser
import pytest
from aiosmtpd.controller import Controller

from detente.errors import NotDelivered, UsageError
from detente.watch.delivering import (
    ENTRIES,
    PASSWORD,
    MailServer,
    Message,
    post_webhook,
    send_mail,
    write_atom,
)

DIGEST = Message(
    "anna",
    "What is new for anna",
    "One line & more.\n",
    "<p>One line &amp; more.</p>",
    datetime(2024, 6, 3, 8, tzinfo=UTC),
)


class Box:
    """Keeps the mail that arrives."""

    def __init__(self) -> None:
        self.mail: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.mail.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"


@pytest.fixture
def box() -> Iterator[tuple[Box, MailServer]]:
    held = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(held, hostname="127.0.0.1", port=port)
    controller.start()
    yield held, MailServer("127.0.0.1", port, sender="desk@example.org", security="none")
    controller.stop()


def test_mail_has_a_text_and_an_html_part(box: tuple[Box, MailServer]) -> None:
    held, server = box
    send_mail(DIGEST, "anna@example.org", server)
    ((to, mail),) = held.mail
    assert (to, mail["Subject"], mail["From"]) == (
        ["anna@example.org"],
        "What is new for anna",
        "desk@example.org",
    )
    assert mail.get_body(("plain",)).get_content().strip() == "One line & more."
    assert "<p>One line" in mail.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    ("change", "to"),
    [
        ({"subject": "News\r\nBcc: all@example.org"}, "anna@example.org"),
        ({}, "anna@example.org\r\nBcc: all@example.org"),
        ({}, "anna"),
    ],
)
def test_nothing_smuggles_a_header_or_a_receiver_in(
    box: tuple[Box, MailServer], change: dict[str, str], to: str
) -> None:
    held, server = box
    with pytest.raises(UsageError):
        send_mail(replace(DIGEST, **change), to, server)
    assert held.mail == []


@pytest.mark.parametrize(
    ("security", "said"), [("none", "in clear"), ("STARTTLS", "starttls, tls, none"), ("", "mail_security")]
)
def test_no_password_goes_out_in_clear(
    box: tuple[Box, MailServer], monkeypatch: pytest.MonkeyPatch, security: str, said: str
) -> None:
    held, server = box
    monkeypatch.setenv(PASSWORD, "secret")
    with pytest.raises(UsageError, match=said):
        send_mail(DIGEST, "anna@example.org", replace(server, user="anna", security=security))
    assert held.mail == []


def test_a_server_that_offers_no_encryption_gets_no_password(
    box: tuple[Box, MailServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    held, server = box
    monkeypatch.setenv(PASSWORD, "secret")
    with pytest.raises(NotDelivered, match="STARTTLS"):
        send_mail(DIGEST, "anna@example.org", replace(server, user="anna", security="starttls"))
    assert held.mail == []


def test_a_digest_sent_twice_carries_the_same_id(box: tuple[Box, MailServer]) -> None:
    held, server = box
    for _ in range(2):
        send_mail(DIGEST, "anna@example.org", server)
    assert len({mail["Message-ID"] for _, mail in held.mail}) == 1


def test_a_digest_written_twice_is_one_entry(tmp_path: Path) -> None:
    for _ in range(2):
        write_atom(DIGEST, tmp_path / "anna.atom")
    assert len(feedparser.parse(str(tmp_path / "anna.atom")).entries) == 1


def test_an_atom_file_that_cannot_be_written_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "anna.atom"
    write_atom(DIGEST, path)
    before = path.read_bytes()

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(NotDelivered, match="No space left"):
        write_atom(replace(DIGEST, at=DIGEST.at + timedelta(days=1)), path)
    assert path.read_bytes() == before


def test_a_server_that_is_not_there_is_told_in_one_line() -> None:
    with pytest.raises(UsageError, match="did not take it"):
        send_mail(
            DIGEST, "anna@example.org", MailServer("127.0.0.1", 9, sender="a@example.org", security="none")
        )


def test_an_atom_file_holds_the_newest_digests_first(tmp_path: Path) -> None:
    path = tmp_path / "anna.atom"
    for number in range(ENTRIES + 3):
        at = DIGEST.at + timedelta(days=number)
        write_atom(replace(DIGEST, subject=f"Digest {number}", at=at), path)
    feed = feedparser.parse(str(path))
    assert not feed.bozo
    assert len(feed.entries) == ENTRIES
    assert [entry.title for entry in feed.entries[:2]] == [f"Digest {ENTRIES + 2}", f"Digest {ENTRIES + 1}"]
    assert feed.entries[0].content[0].value == "<p>One line &amp; more.</p>"
    assert len({entry.id for entry in feed.entries}) == ENTRIES
    assert feed.feed.updated == feed.entries[0].updated


def test_what_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    write_atom(replace(DIGEST, html="a\x00b\ud800c"), tmp_path / "anna.atom")
    assert feedparser.parse(str(tmp_path / "anna.atom")).entries[0].content[0].value == "abc"


@pytest.mark.parametrize("text", ["not xml", "<html></html>"])
def test_a_file_of_something_else_is_not_touched(tmp_path: Path, text: str) -> None:
    path = tmp_path / "letter"
    path.write_text(text)
    with pytest.raises(UsageError, match="no Atom file"):
        write_atom(DIGEST, path)
    assert path.read_text() == text


@pytest.fixture
def hook() -> Iterator[tuple[str, list[Any]]]:
    taken: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken.append(json.loads(body))
            self.send_response({"/moved": 302, "/full": 507}.get(self.path, 204))
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", taken
    server.shutdown()
    server.server_close()


def test_a_webhook_gets_the_digest_as_json(hook: tuple[str, list[Any]]) -> None:
    address, taken = hook
    post_webhook(DIGEST, address, allow_private=True)
    assert taken[0]["subject"] == "What is new for anna"
    assert taken[0]["at"] == "2024-06-03T08:00:00Z"


@pytest.mark.parametrize("path", ["/moved", "/full"])
def test_a_webhook_that_does_not_take_it_is_told(hook: tuple[str, list[Any]], path: str) -> None:
    address, taken = hook
    with pytest.raises(UsageError, match="answered"):
        post_webhook(DIGEST, address + path, allow_private=True)
    assert len(taken) == 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "file:///etc/passwd", "nowhere"])
def test_no_digest_goes_into_ones_own_network_unasked(address: str) -> None:
    with pytest.raises(UsageError):
        post_webhook(DIGEST, address)
