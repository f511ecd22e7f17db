"""Mail folders (`mbox`): each message is a page; a single `.eml` file is a page by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from detente.model.documents import Page
from detente.model.identity import digest
from detente.model.issues import Issue, Reason
from detente.sources.source import Found, Origin, Setting
from detente.sources.streams import Stream

_POSTMARK = re.compile(rb"From \S+.*\d{4}\s*$")
_MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*<([^<>\s]+)>")


def read_mbox(stream: Stream, origin: Origin, setting: Setting) -> Iterator[Found]:
    """Give each message as a page for the mail reader, addressed by its Message-ID inside the folder."""
    limit = setting.limits.max_page
    message = bytearray()
    is_too_large = False
    after_blank = True
    number = 0
    for line in stream.lines(setting.limits.max_line):
        if line is not None and after_blank and _POSTMARK.match(line):
            if number:
                yield _message(message, origin, number, is_too_large=is_too_large)
            number, is_too_large = number + 1, False
            message.clear()
            continue
        after_blank = line is not None and not line.strip()
        is_too_large = is_too_large or line is None or len(message) + len(line) > limit
        if line is not None and not is_too_large:
            # The folder's own quoting of lines that begin with "From " is taken off.
            message += (line[1:] if re.match(rb">+From ", line) else line) + b"\n"
    if number:
        yield _message(message, origin, number, is_too_large=is_too_large)


def _message(content: bytearray, origin: Origin, number: int, *, is_too_large: bool) -> Page | Issue:
    locator = f"message {number}"
    if is_too_large:
        return origin.issue(Reason.TOO_LARGE, "a message over the limit", locator=locator, severity="part")
    if not content.strip():
        return origin.issue(Reason.EMPTY, "a message with nothing in it", locator=locator, severity="part")
    head = bytes(content).split(b"\n\n", 1)[0]
    named = _MESSAGE_ID.search(head)
    ident = quote(named[1].decode("utf-8", "replace"), safe="@") if named else digest(bytes(content))
    inside = replace(origin, address=origin.part(ident), container=origin.address, media_type="")
    return replace(inside.page(bytes(content), "message/rfc822"), address=inside.address)
