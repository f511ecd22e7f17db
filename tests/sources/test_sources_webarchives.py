"""Web archives: what was captured whole is read, also before a damage; what is no page is passed over."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from datetime import UTC, datetime

import brotli
import pytest

from detente.model.documents import Page
from detente.model.issues import Issue, Reason
from detente.sources import Limits, open_sources

NOON = datetime(2024, 4, 11, 12, 0, tzinfo=UTC)
URL = "https://example.org/1"
HTML = b"<!DOCTYPE html><html><body><p>The envoys met in Geneva.</p></body></html>"


def record(
    url=URL, body=HTML, status="200 OK", kind="response", date="2024-03-28T15:30:00Z", **headers
) -> bytes:
    named = {"Content-Type": "text/html; charset=utf-8"} | {
        k.replace("_", "-"): v for k, v in headers.items()
    }
    http = (
        f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in named.items()) + "\r\n"
    )
    return block(url, http.encode() + body, kind, date, "application/http; msgtype=response")


def block(url, content, kind="resource", date="2024-03-28T15:30:00Z", media_type="text/html") -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {media_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def read(tmp_path, content: bytes, name="news.warc", **settings):
    path = tmp_path / name
    path.write_bytes(content)
    return list(open_sources([str(path)], clock=lambda: NOON, **settings))


def pages(found):
    return [item for item in found if isinstance(item, Page)]


def reasons(found):
    return [(item.reason, item.severity) for item in found if isinstance(item, Issue)]


def test_a_captured_page_keeps_its_address_and_its_day(tmp_path):
    [page] = read(tmp_path, record())
    container = (tmp_path / "news.warc").resolve().as_uri()
    day = datetime(2024, 3, 28, 15, 30, tzinfo=UTC)
    assert page == Page(URL, HTML, "text/html", day, "utf-8", container=container)


def test_a_resource_is_a_page(tmp_path):
    assert pages(read(tmp_path, block(URL, HTML)))[0].content == HTML


def test_a_date_that_is_none_leaves_the_day_of_reading(tmp_path):
    assert read(tmp_path, record(date="never"))[0].received == NOON


@pytest.mark.parametrize(
    "passed_over",
    [
        record(status="301 Moved", body=b""),
        record(status="500 Oops"),
        record(kind="revisit"),
        record(kind="request"),
        record(Content_Type="image/png", body=b"\x89PNG\r\n\x1a\n"),
        record(Content_Type="text/css", body=b"p { color: red }"),
        record("https://example.org/robots.txt", b"User-agent: *", Content_Type="text/plain"),
        record("dns:example.org"),
        record("urn:pageinfo:https://example.org/"),
        block("", b"software: x", "warcinfo"),
        record(status="nonsense"),
    ],
)
def test_what_is_no_page_is_passed_over(tmp_path, passed_over):
    found = read(tmp_path, passed_over + record())
    assert [page.address for page in pages(found)] == [URL]
    assert reasons(found) == []


@pytest.mark.parametrize(
    ("status", "reason"), [("404 Not Found", Reason.NOT_FOUND), ("410 Gone", Reason.GONE)]
)
def test_a_page_that_had_vanished_is_an_issue_at_its_address(tmp_path, status, reason):
    [issue] = read(tmp_path, record(status=status))
    assert (issue.reason, issue.address, issue.locator) == (reason, URL, "record 1")


def chunked(body: bytes) -> bytes:
    return b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(HTML), {"Content_Encoding": "gzip"}),
        (chunked(HTML), {"Transfer_Encoding": "chunked"}),
        (chunked(gzip.compress(HTML)), {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
        (brotli.compress(HTML), {"Content_Encoding": "br"}),
        (HTML, {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
        (HTML, {"Content_Encoding": "br"}),
    ],
)
def test_what_the_server_did_to_send_a_page_is_undone(tmp_path, body, headers):
    [page] = read(tmp_path, record(body=body, **headers))
    assert page.content == HTML


def test_a_word_that_is_no_html_is_recognised_by_its_bytes(tmp_path):
    [page] = read(tmp_path, record(body=b"%PDF-1.7 ...", Content_Type="text/html"))
    assert page.media_type == "application/pdf"


def compressed(count: int) -> bytes:
    return b"".join(gzip.compress(record(f"https://example.org/{n}", HTML * 20)) for n in range(count))


@pytest.mark.parametrize("name", ["news.warc.gz", "news.dat"])
def test_a_compressed_archive_is_read(tmp_path, name):
    assert len(pages(read(tmp_path, compressed(5), name))) == 5


@pytest.mark.parametrize("cut", [3, 60, 200, 300])
def test_a_truncated_compressed_archive_keeps_the_records_before_the_damage(tmp_path, cut):
    found = read(tmp_path, compressed(5)[:-cut], "news.warc.gz")
    assert 3 <= len(pages(found)) <= 5
    assert reasons(found) == [(Reason.TRUNCATED, "part")]


@pytest.mark.parametrize("cut", [30, 200, 1000])
def test_a_truncated_plain_archive_keeps_the_records_before_the_damage(tmp_path, cut):
    content = b"".join(record(f"https://example.org/{n}", HTML * 20) for n in range(3))
    found = read(tmp_path, content[:-cut])
    assert len(pages(found)) == 2
    assert reasons(found) == [(Reason.TRUNCATED, "part")]


def test_an_archive_with_only_its_last_line_ends_missing_is_whole(tmp_path):
    found = read(tmp_path, record()[:-4])
    assert len(pages(found)) == 1
    assert reasons(found) == []


def test_an_archive_damaged_in_the_middle_keeps_what_stands_before(tmp_path):
    found = read(tmp_path, record() + b"garbage\r\n" * 50 + record())
    assert len(pages(found)) == 1
    assert reasons(found) == [(Reason.TRUNCATED, "part")]


@pytest.mark.parametrize(
    "bad", [b"Content-Length: -9", b"Content-Length: 99999999999999999999999999", b"X: y"]
)
def test_a_record_with_a_wrong_length_does_no_harm(tmp_path, bad):
    broken = b"\r\n".join(
        bad if line.startswith(b"Content-Length") else line for line in record(URL + "x").split(b"\r\n")
    )
    found = read(tmp_path, record() + broken + record())
    assert pages(found)[0].address == URL


def test_damage_anywhere_never_raises(tmp_path):
    dice = random.Random(7)
    whole = b"".join(record(f"https://example.org/{n}", HTML * 3) for n in range(4))
    for number in range(150):
        content = bytearray(whole if number % 2 else gzip.compress(whole))
        for _ in range(dice.choice([1, 5, 40])):
            content[dice.randrange(len(content))] = dice.randrange(256)
        found = read(tmp_path, bytes(content[: dice.randrange(20, len(content))]))
        assert Reason.READER_FAILED not in [reason for reason, _ in reasons(found)]


def test_a_page_over_the_cap_costs_only_itself(tmp_path):
    found = read(tmp_path, record(body=HTML * 20) + record(URL + "b"), limits=Limits(max_page=1000))
    assert reasons(found) == [(Reason.TOO_LARGE, "page")]
    assert [page.address for page in pages(found)] == [URL + "b"]


def test_a_captured_page_that_grows_without_end_costs_only_itself(tmp_path):
    bomb = record(body=gzip.compress(b"word " * 1_000_000), Content_Encoding="gzip")
    found = read(tmp_path, bomb + record(URL + "b"), limits=Limits(max_page=100_000))
    assert reasons(found) == [(Reason.TOO_LARGE, "page")]
    assert [page.address for page in pages(found)] == [URL + "b"]


def wacz(*members: tuple[str, bytes], method=zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("datapackage.json", "{}")
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["news.wacz", "saved.zip"])
def test_every_archive_inside_a_wacz_is_read(tmp_path, name):
    members = (
        ("archive/a.warc.gz", compressed(2)),
        ("archive/b.warc", record(URL + "b")),
        ("pages/x.warc", b"no"),
    )
    found = read(tmp_path, wacz(*members), name)
    assert [page.address[-2:] for page in pages(found)] == ["/0", "/1", "1b"]
    assert reasons(found) == []


def test_a_damaged_archive_inside_a_wacz_costs_only_itself(tmp_path):
    members = (("archive/a.warc.gz", compressed(3)[:-250]), ("archive/b.warc", record(URL + "b")))
    found = read(tmp_path, wacz(*members), "news.wacz")
    assert pages(found)[-1].address == URL + "b"
    assert [(i.reason, i.locator) for i in found if isinstance(i, Issue)] == [
        (Reason.TRUNCATED, "archive/a.warc.gz")
    ]


def test_a_wacz_damaged_in_a_member_keeps_the_others(tmp_path):
    content = wacz(("archive/a.warc", record(body=HTML * 50)), ("archive/b.warc", record(URL + "b")))
    found = read(tmp_path, content.replace(b"Geneva", b"Ganeva", 1), "news.wacz")
    assert pages(found)[-1].address == URL + "b"
    assert reasons(found) == [(Reason.TRUNCATED, "part")]


def test_a_truncated_wacz_is_an_issue(tmp_path):
    assert reasons(read(tmp_path, wacz(("archive/a.warc", record()))[:-40], "a.wacz")) == [
        (Reason.TRUNCATED, "page")
    ]


def test_a_wacz_that_grows_without_end_is_stopped(tmp_path):
    body = b"".join(record(f"{URL}/{n}", b"<p>" + b"a " * 50_000) for n in range(40))
    content = wacz(("archive/a.warc", body), ("archive/b.warc", body), method=zipfile.ZIP_DEFLATED)
    found = read(tmp_path, content, "bomb.wacz", limits=Limits(max_page=200_000, max_ratio=5))
    assert 0 < len(pages(found)) < 20
    assert set(reasons(found)) == {(Reason.TOO_LARGE, "part")}


def test_a_wacz_is_read_no_further_than_the_cap_on_all_of_it(tmp_path):
    members = [(f"archive/{n}.warc", record(f"{URL}/{n}", HTML * 100)) for n in range(10)]
    found = read(tmp_path, wacz(*members), "big.wacz", limits=Limits(max_expanded=30_000))
    assert 0 < len(pages(found)) < 10
    assert (Reason.TOO_LARGE, "part") in reasons(found)


def test_an_encrypted_member_is_said_to_be_encrypted(tmp_path):
    content = bytearray(wacz(("archive/a.warc", record())))
    central = content.rindex(b"PK\x01\x02")
    content[central + 8] |= 1
    content[content.rindex(b"PK\x03\x04") + 6] |= 1
    assert reasons(read(tmp_path, bytes(content), "a.wacz")) == [(Reason.ENCRYPTED, "part")]


def test_an_archive_of_something_else_is_not_opened(tmp_path):
    assert reasons(read(tmp_path, wacz(("notes/a.html", HTML)), "a.zip")) == [
        (Reason.UNSUPPORTED_FORMAT, "page")
    ]


def test_a_word_file_is_one_page(tmp_path):
    content = wacz(("word/document.xml", b"<w:document/>"))
    [page] = read(tmp_path, content, "report.bin")
    assert page.content == content
    assert page.media_type.endswith("wordprocessingml.document")


def test_an_archive_on_standard_input_is_read():
    for content in (compressed(2), wacz(("archive/a.warc.gz", compressed(2)))):
        found = list(open_sources(["-"], stdin=io.BytesIO(content), clock=lambda: NOON))
        assert [item.address for item in found] == ["https://example.org/0", "https://example.org/1"]
