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

from detente.errors import NotDelivered, UsageError
from detente.model.identity import digest
from detente.sources.posting import post

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 50
"""Entries an Atom file keeps; older ones drop out."""

PASSWORD = "DETENTE_SMTP_PASSWORD"  # noqa: S105 - the name of the variable, not a password
"""The environment variable that holds the password of the mail server's account."""

SECURITY = ("starttls", "tls", "none")

_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Message:
    """A digest ready to be handed over: for whom, its title, as text and as HTML, and when it was made."""

    who: str
    subject: str
    text: str
    html: str
    at: datetime

    @property
    def id(self) -> str:
        """Name the digest: a receiver that gets it twice, after a kill, can tell."""
        return digest(self.who, self.at.astimezone(UTC).isoformat(timespec="microseconds"))


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in: `user` is "" without an account; `security` "starttls", "tls" or "none".

    With "none" nothing is encrypted, and so no account may be named: no password goes out in clear.
    """

    host: str
    port: int = 587
    user: str = ""
    sender: str = ""
    security: str = "starttls"


def send_mail(message: Message, to: str, server: MailServer) -> None:
    """Hand a digest in as mail with a text and an HTML part.

    Raises UsageError for an address that is none and for settings that would send a password in clear,
    NotDelivered for whatever the server refuses, in one line.
    """
    mail = to_mail(message, to, server)
    try:
        with _connected(server) as client:
            client.send_message(mail)
    except (smtplib.SMTPException, OSError) as err:
        raise NotDelivered(f"the mail server {server.host}:{server.port} did not take it: {err}") from err


def to_mail(message: Message, to: str, server: MailServer) -> EmailMessage:
    """Write a digest as mail; raises UsageError for addresses and settings it cannot be sent with."""
    if server.security not in SECURITY:
        raise UsageError(f"mail_security is {', '.join(SECURITY)}, not '{server.security}'")
    if server.user and server.security == "none":
        raise UsageError("a password is not sent in clear: set mail_security to starttls or tls")
    mail = EmailMessage()
    try:
        mail["Subject"], mail["To"], mail["From"] = message.subject, to, server.sender
    except ValueError as err:
        raise UsageError(f"no mail can be made of this: {err}") from None
    if "@" not in to or "@" not in server.sender:
        raise UsageError("mail needs the addresses of a sender (mail_from) and a receiver")
    mail["Date"] = message.at
    mail["Message-ID"] = f"<{message.id}.{digest(to)}@detente>"
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    return mail


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.security == "tls":
        client: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=context)
    else:
        client = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    try:
        if server.security == "starttls":
            client.starttls(context=context)
        if server.user:
            client.login(server.user, os.environ.get(PASSWORD, ""))
    except BaseException:
        client.close()
        raise
    return client


def write_atom(message: Message, path: Path) -> None:
    """Put a digest in front of an Atom file's entries (RFC 4287), in one step.

    Raises UsageError for a file that is something else or cannot be written.
    """
    ElementTree.register_namespace("", ATOM)
    feed = atom_feed(path, message)
    ident = f"urn:detente:digest:{message.id}"
    for old in feed.findall(f"{{{ATOM}}}entry"):
        if old.findtext(f"{{{ATOM}}}id") == ident:
            # Written before a kill kept us from knowing it.
            feed.remove(old)
    for old in feed.findall(f"{{{ATOM}}}entry")[ENTRIES - 1 :]:
        feed.remove(old)
    updated = feed.find(f"{{{ATOM}}}updated")
    if updated is not None:
        updated.text = _moment(message)
    feed.insert(_header(feed), _entry(message))
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        ElementTree.ElementTree(feed).write(unfinished, encoding="utf-8", xml_declaration=True)
        os.replace(unfinished, path)
    except OSError as err:
        raise NotDelivered(f"{path}: {err.strerror}") from err


def atom_feed(path: Path, message: Message) -> ElementTree.Element:
    """Read the file, or begin a feed; raises UsageError for a file of something else."""
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
        ElementTree.SubElement(feed, f"{{{ATOM}}}{name}").text = _xml_safe(text)
    return feed


def _header(feed: ElementTree.Element) -> int:
    entries = [place for place, child in enumerate(feed) if child.tag == f"{{{ATOM}}}entry"]
    return entries[0] if entries else len(feed)


def _entry(message: Message) -> ElementTree.Element:
    entry = ElementTree.Element(f"{{{ATOM}}}entry")
    told = (
        ("id", f"urn:detente:digest:{message.id}"),
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
    """Post a digest as JSON with `id`, `subject`, `text`, `html`, `who`, `at`; no redirect is followed.

    Raises NotDelivered when it is not taken.
    """
    body = {
        "id": message.id,
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "who": message.who,
        "at": _moment(message),
    }
    post(url, body, allow_private=allow_private)
