"""Hand a digest to somebody: as mail, as an entry of an Atom file, or posted to a web address."""

from __future__ import annotations

import os
import smtplib
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from xml.etree import ElementTree

from detente.errors import UsageError
from detente.model.identity import digest
from detente.sources.posting import post

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 50
"""Entries an Atom file keeps; older ones drop out."""

PASSWORD = "DETENTE_SMTP_PASSWORD"  # noqa: S105 - the name of the variable, not a password
"""The environment variable that holds the password of the mail server's account."""

_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Message:
    """A digest ready to be handed over: for whom, its title, as text and as HTML, and when it was made."""

    who: str
    subject: str
    text: str
    html: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in: `user` is "" without an account; `security` "starttls", "tls" or "none"."""

    host: str
    port: int = 587
    user: str = ""
    sender: str = ""
    security: str = "starttls"


def send_mail(message: Message, to: str, server: MailServer) -> None:
    """Hand a digest in as mail with a text and an HTML part.

    Raises UsageError for an address that is none and for whatever the server refuses, in one line.
    """
    mail = EmailMessage()
    try:
        mail["Subject"], mail["To"], mail["From"] = message.subject, to, server.sender
    except ValueError as err:
        raise UsageError(f"no mail can be made of this: {err}") from None
    if "@" not in to or "@" not in server.sender:
        raise UsageError("mail needs the addresses of a sender (mail_from) and a receiver")
    mail["Date"] = message.at
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    try:
        with _connected(server) as client:
            client.send_message(mail)
    except (smtplib.SMTPException, OSError) as err:
        raise UsageError(f"the mail server {server.host}:{server.port} did not take it: {err}") from err


def _connected(server: MailServer) -> smtplib.SMTP:
    if server.security == "tls":
        client: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=_SECONDS, context=ssl.create_default_context()
        )
    else:
        client = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
        if server.security == "starttls":
            client.starttls(context=ssl.create_default_context())
    if server.user:
        client.login(server.user, os.environ.get(PASSWORD, ""))
    return client


def write_atom(message: Message, path: Path) -> None:
    """Put a digest in front of an Atom file's entries (RFC 4287), in one step.

    Raises UsageError for a file that is something else or cannot be written.
    """
    ElementTree.register_namespace("", ATOM)
    feed = _feed(path, message)
    for old in feed.findall(f"{{{ATOM}}}entry")[ENTRIES - 1 :]:
        feed.remove(old)
    updated = feed.find(f"{{{ATOM}}}updated")
    if updated is not None:
        updated.text = _moment(message)
    feed.insert(_header(feed), _entry(message))
    unfinished = path.with_name(path.name + ".part")
    try:
        ElementTree.ElementTree(feed).write(unfinished, encoding="utf-8", xml_declaration=True)
        os.replace(unfinished, path)
    except OSError as err:
        raise UsageError(f"{path}: {err.strerror}") from err


def _feed(path: Path, message: Message) -> ElementTree.Element:
    if path.exists():
        try:
            held = ElementTree.parse(path).getroot()  # noqa: S314 - a file of our own
        except ElementTree.ParseError as err:
            raise UsageError(f"{path} is no Atom file: {err}") from None
        if held.tag != f"{{{ATOM}}}feed":
            raise UsageError(f"{path} is no Atom file")
        return held
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    for name, text in (
        ("id", f"urn:detente:digest:{digest(message.who)}"),
        ("title", f"Détente: {message.who}"),
        ("updated", _moment(message)),
    ):
        ElementTree.SubElement(feed, f"{{{ATOM}}}{name}").text = text
    return feed


def _header(feed: ElementTree.Element) -> int:
    entries = [place for place, child in enumerate(feed) if child.tag == f"{{{ATOM}}}entry"]
    return entries[0] if entries else len(feed)


def _entry(message: Message) -> ElementTree.Element:
    entry = ElementTree.Element(f"{{{ATOM}}}entry")
    told = (
        ("id", f"urn:detente:digest:{digest(message.who, _moment(message))}"),
        ("title", message.subject),
        ("updated", _moment(message)),
    )
    for name, text in told:
        ElementTree.SubElement(entry, f"{{{ATOM}}}{name}").text = _xml_safe(text)
    author = ElementTree.SubElement(entry, f"{{{ATOM}}}author")
    ElementTree.SubElement(author, f"{{{ATOM}}}name").text = "Détente"
    ElementTree.SubElement(entry, f"{{{ATOM}}}content", type="html").text = _xml_safe(message.html)
    return entry


def _xml_safe(text: str) -> str:
    """Leave out what no XML document may hold."""
    return "".join(char for char in text if char in "\t\n" or (" " <= char < "\ud800") or char > "\udfff")


def _moment(message: Message) -> str:
    return message.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def post_webhook(message: Message, url: str, *, allow_private: bool = False) -> None:
    """Post a digest as JSON with `subject`, `text`, `html`, `who` and `at`; no redirect is followed.

    Raises UsageError when it is not taken.
    """
    body = {
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "who": message.who,
        "at": _moment(message),
    }
    post(url, body, allow_private=allow_private)
