"""Fetching: within time and size, where the site allows it, never into one's own network."""

from __future__ import annotations

import gzip
import socket
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import httpcore
import pytest

from detente.model.documents import Page
from detente.model.issues import Issue, Reason
from detente.sources import FetchOptions, Setting, Validators, network, open_sources
from detente.sources.fetching import Fetcher
from detente.sources.network import is_public

NOON = datetime(2024, 4, 11, 12, 0, tzinfo=UTC)
HTML = b"<!DOCTYPE html><html><body><p>The envoys met in Geneva.</p></body></html>"
OPTIONS = FetchOptions(
    allow_private=True, delay=0, connect_timeout=2, read_timeout=2, total_timeout=4, max_bytes=200_000
)
pytestmark = pytest.mark.timeout(30)


def fetch(*urls, **options):
    return list(open_sources(urls, options=replace(OPTIONS, **options), clock=lambda: NOON))


def reasons(found):
    return [item.reason for item in found if isinstance(item, Issue)]


def test_a_page_comes_with_its_address_type_and_charset(site):
    url = site.put("/a?b=c", HTML, Content_Type="Text/HTML; charset=EUC-KR")
    assert fetch(url + "#part") == [Page(url, HTML, "text/html", NOON, "euc-kr")]


def test_the_server_is_told_who_asks(site):
    fetch(site.put("/a", HTML))
    assert site.asked[-1][1]["user-agent"].startswith("detente/")


def test_a_compressed_answer_is_opened(site):
    [page] = fetch(site.put("/a", gzip.compress(HTML), Content_Encoding="gzip"))
    assert page.content == HTML


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, Reason.NOT_FOUND),
        (410, Reason.GONE),
        (403, Reason.FORBIDDEN),
        (401, Reason.FORBIDDEN),
        (429, Reason.UNREACHABLE),
        (500, Reason.UNREACHABLE),
    ],
)
def test_an_answer_that_is_no_page_is_an_issue_and_the_next_address_is_read(site, status, reason):
    gone, here = site.put("/gone", b"<p>Sorry.</p>", status), site.put("/here", HTML)
    issue, page = fetch(gone, here)
    assert (issue.reason, issue.address) == (reason, gone)
    assert page.address == here


def test_an_image_at_an_address_is_no_page(site):
    png = b"\x89PNG\r\n\x1a\n" + bytes(50)
    assert reasons(fetch(site.put("/a", png, Content_Type="image/png"))) == [Reason.BINARY]


def test_an_empty_answer_is_an_issue(site):
    assert reasons(fetch(site.put("/a", b""))) == [Reason.EMPTY]


@pytest.mark.parametrize("size", [200_001, 900_000])
def test_a_page_over_the_size_cap_is_not_taken(site, size):
    assert reasons(fetch(site.put("/a", b"a" * size))) == [Reason.TOO_LARGE]


def test_a_page_at_the_size_cap_is_taken(site):
    assert len(fetch(site.put("/a", b"a" * 200_000))[0].content) == 200_000


def test_a_page_that_does_not_tell_its_size_is_still_capped(site):
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        with suppress(OSError):
            while not site.stopped.is_set():
                handler.wfile.write(b"a" * 50_000)

    site.answers["/a"] = endless
    assert reasons(fetch(site.address + "/a")) == [Reason.TOO_LARGE]


def test_a_compressed_answer_that_grows_without_end_is_stopped(site):
    bomb = gzip.compress(b"word " * 4_000_000)
    assert len(bomb) < 200_000
    assert reasons(fetch(site.put("/a", bomb, Content_Encoding="gzip"))) == [Reason.TOO_LARGE]


def dribble(site, piece, *, head=b""):
    def answer(handler):
        with suppress(OSError):
            handler.wfile.write(head)
            while not site.stopped.wait(0.05):
                handler.wfile.write(piece)

    return answer


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "]
)
def test_a_page_that_never_ends_ends_at_the_deadline(site, head):
    site.answers["/slow"] = dribble(site, b"x", head=head)
    here = site.put("/here", HTML)
    start = time.monotonic()
    found = fetch(site.address + "/slow", here, total_timeout=1)
    assert time.monotonic() - start < 4
    assert found[0].reason is Reason.TIMEOUT
    assert found[1].address == here


def test_a_server_that_never_answers_is_given_up(site):
    site.answers["/a"] = lambda handler: site.stopped.wait(10)
    assert reasons(fetch(site.address + "/a", read_timeout=0.3)) == [Reason.TIMEOUT]


def test_a_connection_that_breaks_is_an_issue(site):
    site.put("/a", b"half", Content_Length="5000")
    assert reasons(fetch(site.address + "/a")) == [Reason.UNREACHABLE]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000,
        b"HTTP/1.1 302 Found\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: //\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://\xff\xfe/\r\n\r\n",
        b"HTTP/1.1 304 Not Modified but nobody asked\r\nLocation: x\r\n\r\n",
        b"HTTP/1.1 999 What\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\n\r\n",
    ],
)
def test_a_server_that_talks_nonsense_is_an_issue_and_the_next_address_is_read(site, answer):
    def nonsense(handler):
        handler.wfile.write(answer)
        handler.close_connection = True

    site.answers["/a"] = nonsense
    found = fetch(site.address + "/a", site.put("/here", HTML))
    assert found[-1].content == HTML
    assert all(issue.reason is not Reason.READER_FAILED for issue in found[:-1])
    assert len(found) == 2


@pytest.mark.parametrize(
    "header", ['text/html; charset="', "text/html; charset=\xff", ";;;", "", "text/html; charset="]
)
def test_a_strange_content_type_does_no_harm(site, header):
    assert fetch(site.put("/a", HTML, Content_Type=header))[0].content == HTML


def test_a_host_nobody_listens_on_is_an_issue():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert reasons(fetch(f"http://127.0.0.1:{port}/a")) == [Reason.UNREACHABLE]


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http://[::1",
        "http://exa mple/",
        "https://\udcff/",
        "http://x:99999/",
        "http://" + "a" * 300,
    ],
)
def test_what_is_no_address_is_an_issue(url):
    found = fetch(url)
    assert len(found) == 1
    assert isinstance(found[0], Issue)


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/a", "gopher://127.0.0.1/a"])
def test_only_http_and_https_are_fetched(url):
    assert reasons(fetch(url)) == [Reason.UNSUPPORTED_FORMAT]


def test_a_redirect_for_good_renames_the_page_and_one_for_now_does_not(site):
    new = site.put("/new", HTML)
    old = site.put("/old", status=301, Location="/new")
    now = site.put("/now", status=302, Location="/new")
    assert [page.address for page in fetch(old, now)] == [new, now]


def test_a_redirect_loop_is_an_issue(site):
    site.put("/b", status=302, Location="/a")
    assert reasons(fetch(site.put("/a", status=302, Location="/b"))) == [Reason.REDIRECT_LOOP]
    assert site.paths() == ["/a", "/b"]


def test_a_page_that_sets_a_cookie_and_leads_back_is_no_loop(site):
    def answer(handler):
        has_cookie = "seen=1" in (handler.headers.get("Cookie") or "")
        handler.send_response(200 if has_cookie else 302)
        handler.send_header("Set-Cookie", "seen=1; Path=/")
        handler.send_header("Location", "/a")
        handler.end_headers()
        handler.wfile.write(HTML if has_cookie else b"")

    site.answers["/a"] = answer
    assert fetch(site.address + "/a")[0].content == HTML


def test_ten_redirects_are_followed_and_eleven_are_not(site):
    for number in range(1, 12):
        site.put(f"/{number}", status=302, Location=f"/{number - 1}")
    site.put("/0", HTML)
    assert fetch(site.address + "/10")[0].content == HTML
    assert reasons(fetch(site.address + "/11")) == [Reason.REDIRECT_LOOP]


def test_a_redirect_out_of_the_web_is_refused(site):
    found = fetch(site.put("/a", status=302, Location="file:///etc/passwd"))
    assert reasons(found) == [Reason.UNSUPPORTED_FORMAT]


def test_private_addresses_are_not_fetched_unless_allowed(site):
    url = site.put("/a", HTML)
    assert reasons(fetch(url, allow_private=False)) == [Reason.PRIVATE_ADDRESS]
    assert site.asked == []
    assert reasons(fetch(url.replace("127.0.0.1", "localhost"), allow_private=False)) == [
        Reason.PRIVATE_ADDRESS
    ]
    assert reasons(fetch(url.replace("127.0.0.1", "2130706433"), allow_private=False)) == [
        Reason.PRIVATE_ADDRESS
    ]
    assert len(fetch(url, allow_private=True)) == 1


def test_a_redirect_into_ones_own_network_is_refused(site, monkeypatch):
    monkeypatch.setattr(network, "is_public", lambda address: address == "127.0.0.1")
    inside = site.address.replace("127.0.0.1", "127.0.0.2")
    url = site.put("/a", status=302, Location=inside + "/secret")
    assert reasons(fetch(url, allow_private=False)) == [Reason.PRIVATE_ADDRESS]
    assert site.paths() == ["/a"]


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch):
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])
    connected = []

    def connect(self, host, *args):
        connected.append(host)
        raise httpcore.ConnectError("refused in the test")

    monkeypatch.setattr(network, "resolve", lambda host, port: next(answers))
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    found = fetch("http://rebinding.example/", allow_private=False)
    assert connected == ["93.184.216.34"]
    assert reasons(found) == [Reason.PRIVATE_ADDRESS]


def test_a_name_with_a_private_and_a_public_address_is_reached_by_the_public_one(monkeypatch):
    connected = []

    def connect(self, host, *args):
        connected.append(host)
        raise httpcore.ConnectError("refused in the test")

    monkeypatch.setattr(network, "resolve", lambda host, port: ["10.0.0.1", "93.184.216.34"])
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    fetch("http://both.example/", allow_private=False)
    assert set(connected) == {"93.184.216.34"}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("172.32.0.1", True),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("168.63.129.16", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00:ec2::254", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False),
    ],
)
def test_an_address_is_public_only_when_it_is_on_the_open_internet(address, expected):
    assert is_public(address) is expected


ROBOTS = "User-agent: detente\nDisallow: /closed\nAllow: /closed/but\n"


def test_robots_txt_is_obeyed_and_asked_once(site):
    site.put("/robots.txt", ROBOTS, Content_Type="text/plain")
    closed, open_, but = (site.put(path, HTML) for path in ("/closed/a", "/open", "/closed/but"))
    issue, first, second = fetch(closed, open_, but)
    assert (issue.reason, issue.address) == (Reason.ROBOTS, closed)
    assert (first.address, second.address) == (open_, but)
    assert [path for path, _ in site.asked] == ["/robots.txt", "/open", "/closed/but"]


def test_robots_txt_is_obeyed_at_every_redirect(site):
    site.put("/robots.txt", ROBOTS)
    site.put("/closed/a", HTML)
    assert reasons(fetch(site.put("/a", status=302, Location="/closed/a"))) == [Reason.ROBOTS]


def test_robots_txt_may_be_passed_over_when_asked(site):
    site.put("/robots.txt", ROBOTS)
    assert len(fetch(site.put("/closed/a", HTML), obey_robots=False)[0].content) == len(HTML)


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_robots_txt_that_fails_closes_a_site_only_when_the_server_is_ill(site, status, allowed):
    site.put("/robots.txt", "User-agent: *\nDisallow: /", status)
    assert reasons(fetch(site.put("/a", HTML))) == ([] if allowed else [Reason.ROBOTS])


def test_a_robots_txt_that_cannot_be_reached_allows(site):
    site.answers["/robots.txt"] = lambda handler: handler.connection.close()
    assert reasons(fetch(site.put("/a", HTML))) == []


def test_a_host_is_not_asked_again_before_its_delay(site):
    waits = []
    fetcher = Fetcher(Setting(options=replace(OPTIONS, delay=5)), sleep=waits.append)
    first, second = site.put("/a", HTML), site.put("/b", HTML)
    assert len([*fetcher.read(first), *fetcher.read(second)]) == 2
    fetcher.close()
    assert len(waits) == 1
    assert 4 < waits[0] <= 5


def test_a_site_may_ask_for_a_longer_delay_but_not_for_hours(site):
    waits = []
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 9000")
    fetcher = Fetcher(Setting(options=OPTIONS), sleep=waits.append)
    list(fetcher.read(site.put("/a", HTML)))
    list(fetcher.read(site.put("/b", HTML)))
    fetcher.close()
    assert len(waits) == 1
    assert 29 < waits[0] <= 30


def conditional(site, etag):
    def answer(handler):
        is_known = handler.headers.get("If-None-Match") == etag
        handler.send_response(304 if is_known else 200)
        handler.send_header("ETag", etag)
        handler.end_headers()
        if not is_known:
            handler.wfile.write(HTML)

    site.answers["/a"] = answer
    return site.address + "/a"


def test_a_page_that_did_not_change_is_not_delivered_again(site):
    store: dict[str, Validators] = {}
    url = conditional(site, '"1"')
    assert len(fetch(url, validators=store)) == 1
    assert store == {url: Validators('"1"', "")}
    assert fetch(url, validators=store) == []
    conditional(site, '"2"')
    assert len(fetch(url, validators=store)) == 1


def test_a_page_is_asked_for_again_when_the_reader_died_before_taking_it(site):
    store: dict[str, Validators] = {}
    found = open_sources([conditional(site, '"1"')], options=replace(OPTIONS, validators=store))
    assert isinstance(next(found), Page)
    found.close()
    assert store == {}


def test_a_last_modified_date_is_sent_back(site):
    store: dict[str, Validators] = {}
    url = site.put("/a", HTML, Last_Modified="Thu, 11 Apr 2024 10:00:00 GMT")
    assert len(fetch(url, url, validators=store)) == 2
    assert site.asked[-1][1]["if-modified-since"] == "Thu, 11 Apr 2024 10:00:00 GMT"


def test_a_name_and_password_in_an_address_are_not_kept(site):
    url = site.put("/a", HTML).replace("http://", "http://desk:secret@")
    [page] = fetch(url)
    assert page.address == site.address + "/a"
    [issue] = fetch(url + "/missing")
    assert "secret" not in issue.address + issue.detail


def test_nothing_is_resolved_or_fetched_for_files(tmp_path, monkeypatch):
    def no_network(*args, **kwargs):
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    monkeypatch.setattr(socket.socket, "connect", no_network)
    (tmp_path / "a.html").write_bytes(HTML)
    (tmp_path / "b.rss").write_bytes(
        b'<rss version="2.0"><channel><title>x</title><item><link>https://example.org/1</link>'
        b"<description>They met.</description></item></channel></rss>"
    )
    assert [page.address for page in fetch(str(tmp_path)) if isinstance(page, Page)][
        1
    ] == "https://example.org/1"


def test_a_site_sent_by_a_hostile_name_server_with_no_address_is_an_issue(monkeypatch):
    monkeypatch.setattr(network, "resolve", lambda host, port: [])
    assert reasons(fetch("http://nowhere.example/")) == [Reason.UNREACHABLE]
