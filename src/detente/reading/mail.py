"""Read mails: newsletters and press lists, HTML or plain, with sender, date and subject."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Sequence
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parseaddr

from detente.errors import UnreadablePage
from detente.model.documents import Genre, Hints, Page, Rendition
from detente.model.issues import Issue, Reason
from detente.reading.charset import clean
from detente.reading.contract import versioned
from detente.reading.formats import Format, format_of
from detente.reading.house import house_of
from detente.reading.html_page import read_html
from detente.reading.pieces import squeeze
from detente.reading.plain_text import read_text

_BROKEN = (LookupError, ValueError, TypeError, AttributeError, AssertionError, UnicodeError, RecursionError)
# Headers of a forwarded mail inside the text, and the lines that open it.
_FORWARDED = re.compile(
    r"^\s*>*\s*(?:(?:From|Sent|To|Cc|Subject|Date|Reply-To|Von|Gesendet|An|Betreff|De|Envoyé|À|Objet|От|Кому|Тема|Дата)\s*:.*"
    r"|-{2,}\s*(?:Forwarded|Original|Weitergeleitete|Message transféré).*"
    r"|Begin forwarded message:|On .{8,80} wrote:)\s*$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^\s*(?:>\s?)+")
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)


class MailReader:
    """Reads message/rfc822."""

    name = versioned("mail")

    def accepts(self, page: Page) -> bool:
        """Whether the page is a mail by its type, its ending or its first lines."""
        return format_of(page) is Format.MAIL

    def read(self, page: Page) -> Rendition:
        """Read the body that holds more; the sender becomes the publisher, the subject the title."""
        try:
            message = email.message_from_bytes(page.content, policy=email.policy.default)
            part = _body(message)
            text = clean(_content(part)) if part is not None else ""
            headers = _headers(message)
        except _BROKEN as err:
            raise UnreadablePage(Reason.MALFORMED, f"the mail is broken ({type(err).__name__})") from err
        if part is None or not text.strip():
            raise UnreadablePage(Reason.NO_TEXT, "the mail has no text of its own")
        hints = _hints(page, headers)
        inner = replace(page, hints=hints)
        issues = _attachments(message, page)
        if part.get_content_subtype() == "html":
            rendition = read_html(inner, text, self.name, issues)
        else:
            rendition = read_text(inner, _without_forwarding(text), self.name, issues)
        return _finish(page, rendition, headers)


def _body(message: EmailMessage) -> EmailMessage | None:
    part = message.get_body(preferencelist=("html", "plain"))
    return part if isinstance(part, EmailMessage) else None


def _content(part: EmailMessage) -> str:
    """The decoded body; a character set nobody knows falls back to what its bytes allow."""
    try:
        content = part.get_content()
        return content if isinstance(content, str) else ""
    except LookupError:
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", errors="replace") if isinstance(payload, bytes) else ""


def _headers(message: EmailMessage) -> dict[str, str]:
    names = ("from", "date", "subject", "list-id", "list-unsubscribe", "precedence", "reply-to", "sender")
    return {name: squeeze(clean(str(message.get(name, "") or ""))) for name in names}


def _hints(page: Page, headers: dict[str, str]) -> Hints:
    """The mail's headers as hints; what the source told stays."""
    name, address = parseaddr(headers["from"])
    house = house_of(f"mailto://{address.rpartition('@')[2]}", (page.hints.publisher, name))
    return replace(
        page.hints,
        title=page.hints.title or _bare_subject(headers["subject"]),
        published=page.hints.published or headers["date"],
        publisher=page.hints.publisher or house.name or name,
    )


def _bare_subject(subject: str) -> str:
    return re.sub(r"^(?:(?:re|fwd?|aw|wg|tr)\s*:\s*|\[[^\]]{1,40}\]\s*)+", "", subject, flags=re.IGNORECASE)


def _without_forwarding(text: str) -> str:
    """Take quoting signs, forwarded headers and the signature off a plain body."""
    body = _SIGNATURE.split(text)[0]
    lines = (_QUOTED.sub("", line) for line in body.split("\n") if not _FORWARDED.match(line))
    return "\n".join(lines)


def _attachments(message: EmailMessage, page: Page) -> Sequence[Issue]:
    names = [
        part.get_filename() or "without a name"
        for part in message.iter_attachments()
        if part.get_content_disposition() == "attachment"
    ]
    return [
        Issue(
            Reason.UNSUPPORTED_FORMAT,
            page.address,
            "the attachment was not read",
            locator=squeeze(clean(name)),
            severity="part",
        )
        for name in names[:20]
    ]


def _finish(page: Page, rendition: Rendition, headers: dict[str, str]) -> Rendition:
    name, address = parseaddr(headers["from"])
    house = house_of(
        f"mailto://{address.rpartition('@')[2]}", (page.hints.publisher, rendition.metadata.publisher, name)
    )
    metadata = replace(
        rendition.metadata,
        publisher=house.name or rendition.metadata.publisher,
        country=house.country or rendition.metadata.country,
        voice=house.rank or rendition.metadata.voice,
    )
    is_list = any(headers[key] for key in ("list-id", "list-unsubscribe")) or headers["precedence"] in (
        "bulk",
        "list",
    )
    if is_list and metadata.genre in (Genre.UNKNOWN, Genre.NEWS):
        metadata = replace(metadata, genre=Genre.NEWSLETTER)
    # The page's own hints name its version, not those read from its headers.
    return replace(rendition, metadata=metadata)
