"""Mail: a saved message is a page for the mail reader; a mail folder is many."""

from __future__ import annotations

import gzip

import pytest

from detente.model.documents import Page
from detente.model.issues import Issue, Reason
from detente.sources import Limits, open_sources

MAIL = b"From: Desk <desk@example.org>\r\nMessage-ID: <%s>\r\nSubject: Talks\r\n\r\nThey met.\r\n"
POST = b"From desk@example.org Thu Apr 11 10:00:00 2024\n"


def message(ident: bytes, body: bytes = b"They met.") -> bytes:
    return b"From: Desk <desk@example.org>\nMessage-ID: <" + ident + b">\nSubject: Talks\n\n" + body + b"\n\n"


def read(tmp_path, content, name="mails.mbox", **settings):
    path = tmp_path / name
    path.write_bytes(content)
    return list(open_sources([str(path)], **settings))


@pytest.mark.parametrize("name", ["letter.eml", "letter"])
def test_a_message_is_one_page_of_its_raw_bytes(tmp_path, name):
    [page] = read(tmp_path, MAIL % b"1@example.org", name)
    assert (page.content, page.media_type) == (MAIL % b"1@example.org", "message/rfc822")
    assert page.address == (tmp_path / name).resolve().as_uri()


def test_a_folder_gives_each_message_addressed_by_its_id(tmp_path):
    found = read(tmp_path, POST + message(b"1@e.org") + POST + message(b"a/b@e.org"))
    assert [page.address.rsplit("#", 1)[1] for page in found] == ["1@e.org", "a%2Fb@e.org"]
    assert [page.media_type for page in found] == ["message/rfc822"] * 2
    assert found[0].content.startswith(b"From: Desk")
    assert found[0].container == (tmp_path / "mails.mbox").resolve().as_uri()


def test_a_compressed_folder_is_opened(tmp_path):
    found = read(
        tmp_path, gzip.compress(POST + message(b"1@e.org") + POST + message(b"2@e.org")), "m.mbox.gz"
    )
    assert len(found) == 2


def test_a_sentence_that_begins_with_from_does_not_end_a_message(tmp_path):
    body = b"They met.\n\nFrom Seoul came a reply.\n\n>From Hanoi another.\nFrom here to 2024\n"
    [page] = read(tmp_path, POST + message(b"1@e.org", body))
    assert b"From Seoul came a reply." in page.content
    assert b"\nFrom Hanoi another." in page.content


def test_a_message_without_an_id_is_addressed_by_its_content(tmp_path):
    bare = b"From: Desk <desk@example.org>\nSubject: Talks\n\nThey met.\n\n"
    first = read(tmp_path, POST + bare)
    second = read(tmp_path, POST + message(b"1@e.org") + POST + bare)
    assert first[0].address == second[1].address


def test_a_message_over_the_cap_and_an_empty_one_cost_only_themselves(tmp_path):
    content = POST + message(b"1@e.org", b"word " * 500) + POST + b"\n" + POST + message(b"2@e.org")
    found = read(tmp_path, content, limits=Limits(max_page=1000))
    assert [item.reason for item in found if isinstance(item, Issue)] == [Reason.TOO_LARGE, Reason.EMPTY]
    assert [item.locator for item in found if isinstance(item, Issue)] == ["message 1", "message 2"]
    assert len([item for item in found if isinstance(item, Page)]) == 1
