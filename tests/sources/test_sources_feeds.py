"""Feeds: an entry is a page; what the feed holds of it is used, what it links to is fetched on request."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest

from detente.model.documents import Hints, Page
from detente.model.issues import Issue, Reason
from detente.sources import FetchOptions, open_sources

NOON = datetime(2024, 4, 11, 12, 0, tzinfo=UTC)
WHOLE = "<p>The envoys met in Geneva &amp; left.</p>"
LOCAL = FetchOptions(allow_private=True, delay=0, read_timeout=2, total_timeout=4)


def rss(*items: str, title: str = "Example Wire") -> bytes:
    head = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{title}</title><language>en-GB</language>"
    )
    return (head + "".join(f"<item>{item}</item>" for item in items) + "</channel></rss>").encode()


def entry(link: str, content: str = WHOLE, title: str = "Talks &amp; walks") -> str:
    return (
        f"<title>{title}</title><link>{link}</link><dc:creator>A. Lee</dc:creator>"
        "<pubDate>Thu, 11 Apr 2024 18:10:00 +0800</pubDate>"
        + (f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else "")
    )


def atom(inner: str) -> bytes:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Example Atom</title>'
        f"<id>urn:x</id>{inner}</feed>"
    ).encode()


def read(content: bytes, tmp_path, name="news.xml", **options):
    path = tmp_path / name
    path.write_bytes(content)
    return list(open_sources([str(path)], clock=lambda: NOON, options=FetchOptions(**options)))


def fetch(*urls, **options):
    return list(open_sources(urls, clock=lambda: NOON, options=LOCAL, **options))


def kinds(found):
    return [(item.reason, item.severity) if isinstance(item, Issue) else item.address for item in found]


def test_an_entry_with_its_text_is_a_page_with_what_the_feed_says_of_it(tmp_path):
    [page] = read(rss(entry("https://example.org/1")), tmp_path)
    assert page.address == "https://example.org/1"
    assert page.hints == Hints(
        "Talks & walks", "Thu, 11 Apr 2024 18:10:00 +0800", "Example Wire", "A. Lee", "en-GB"
    )
    assert (page.media_type, page.charset) == ("text/html", "utf-8")
    assert page.container == (tmp_path / "news.xml").resolve().as_uri()
    text = page.content.decode()
    assert WHOLE in text
    assert "<title>Talks &amp; walks</title>" in text


def test_an_entry_with_a_teaser_is_a_page_and_a_note(tmp_path):
    item = "<link>https://example.org/1</link><description>They met.</description>"
    assert kinds(read(rss(item), tmp_path)) == ["https://example.org/1", (Reason.NO_TEXT, "note")]


def test_an_entry_whose_description_is_the_whole_text_needs_no_note(tmp_path):
    item = f"<link>https://example.org/1</link><description>{'They met again. ' * 80}</description>"
    assert kinds(read(rss(item), tmp_path)) == ["https://example.org/1"]


def test_an_entry_with_a_title_only_is_an_issue(tmp_path):
    found = read(
        rss("<title>Talks</title><link>https://example.org/1</link>", entry("https://e.org/2")), tmp_path
    )
    assert kinds(found) == [(Reason.NO_TEXT, "page"), "https://e.org/2"]
    assert found[0].address == "https://example.org/1"


def test_an_entry_without_a_web_address_is_addressed_inside_its_file(tmp_path):
    item = f'<guid isPermaLink="false">tag 7</guid><description>{WHOLE}</description>'
    [page, _] = read(rss(item), tmp_path)
    assert page.address.endswith("news.xml#tag%207")


def test_one_address_twice_in_a_feed_is_one_page(tmp_path):
    assert len(read(rss(entry("https://e.org/1"), entry("https://e.org/1")), tmp_path)) == 1


def test_the_date_of_an_atom_update_is_not_taken_for_publication(tmp_path):
    inner = '<entry><id>urn:1</id><link href="https://e.org/1"/><content type="html">They met.</content>'
    dates = "<published>2024-04-11T09:00:00Z</published>"
    update = "<updated>2024-05-01T10:00:00Z</updated></entry>"
    assert read(atom(inner + dates + update), tmp_path)[0].hints.published == "2024-04-11T09:00:00Z"
    assert read(atom(inner + update), tmp_path)[0].hints.published == ""


def test_the_one_date_of_an_old_feed_is_its_publication(tmp_path):
    item = f"<link>https://e.org/1</link><dc:date>2024-04-11</dc:date><description>{WHOLE}</description>"
    assert read(rss(item), tmp_path)[0].hints.published == "2024-04-11"


def test_an_atom_entry_of_plain_text_is_plain_text(tmp_path):
    inner = (
        '<entry><id>urn:1</id><link href="https://e.org/1"/><content type="text">They met.</content></entry>'
    )
    [page] = read(atom(inner), tmp_path)
    assert (page.content, page.media_type) == (b"They met.", "text/plain")


def test_a_json_feed_is_read(tmp_path):
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Example",
        "language": "en",
        "authors": [{"name": "Desk"}],
        "items": [
            {
                "id": "1",
                "url": "https://e.org/1",
                "content_text": "They met.",
                "date_published": "2024-04-11",
            },
            {"id": 2, "content_html": WHOLE, "title": "B"},
            "broken",
            {"id": "3", "url": "https://e.org/3"},
        ],
    }
    found = read(json.dumps(feed).encode(), tmp_path, "feed.json")
    assert found[0].hints == Hints("", "2024-04-11", "Example", "Desk", "en")
    assert (found[0].address, found[0].content) == ("https://e.org/1", b"They met.")
    assert found[1].address.endswith("feed.json#2")
    assert kinds(found)[2] == (Reason.NO_TEXT, "page")


@pytest.mark.parametrize(
    "content", [b"<!DOCTYPE html><html><body>No feed.</body></html>", b"Not a feed at all"]
)
def test_a_feed_that_is_html_is_said_to_be_none(tmp_path, content):
    assert kinds(read(content, tmp_path, "news.rss")) == [(Reason.NOT_A_FEED, "page")]


def test_a_feed_named_like_a_page_is_a_feed(tmp_path):
    assert kinds(read(rss(entry("https://e.org/1")), tmp_path, "saved.html")) == ["https://e.org/1"]


@pytest.mark.parametrize(
    "content",
    [
        rss(entry("https://e.org/1")).replace(b"Geneva", b"Gen\xe8ve"),
        rss(entry("https://e.org/1")).replace(b"UTF-8", b"\x83TF-8"),
        rss(entry("https://e.org/1")).replace(b"UTF-8", b"no-such-encoding"),
        rss(entry("https://e.org/1")).replace(b"<channel>", b"<channel><x>&undefined;"),
        b'<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        + rss(entry("https://e.org/1", title="&b;")).split(b"?>", 1)[1],
    ],
)
def test_a_broken_feed_gives_what_can_be_read_of_it(tmp_path, content):
    assert "https://e.org/1" in kinds(read(content, tmp_path))


def test_a_truncated_feed_keeps_the_entries_before_the_damage(tmp_path):
    content = rss(entry("https://e.org/1"), entry("https://e.org/2"))[:-150]
    found = kinds(read(content, tmp_path))
    assert found[0] == "https://e.org/1"
    assert found[-1] == (Reason.TRUNCATED, "part")


def test_what_cannot_be_stored_is_replaced(tmp_path):
    [page, _] = read(
        rss("<title>a&#xD800;b</title><guid>1</guid><description>They met.</description>"), tmp_path
    )
    assert page.hints.title == "ab"


def test_an_id_that_is_no_text_does_no_harm(tmp_path):
    inner = '<entry><id><link rel="x" href="y"/></id><content type="html">They met.</content></entry>'
    assert all(
        not (isinstance(i, Issue) and i.reason is Reason.READER_FAILED) for i in read(atom(inner), tmp_path)
    )


def test_a_feed_without_entries_is_a_note(tmp_path):
    assert kinds(read(rss(), tmp_path)) == [(Reason.EMPTY, "note")]


def test_entries_beyond_the_limit_are_counted_in_an_issue(tmp_path):
    found = read(rss(*(entry(f"https://e.org/{n}") for n in range(5))), tmp_path, max_entries=3)
    assert kinds(found) == [*(f"https://e.org/{n}" for n in range(3)), (Reason.TOO_LARGE, "part")]


def test_a_feed_at_an_address_leads_to_its_pages(site):
    page = site.put("/1", b"<html><body><p>The whole page.</p></body></html>")
    feed = site.put("/feed", rss(entry("/1")), Content_Type="application/rss+xml")
    [found] = fetch(feed)
    assert (found.address, found.container) == (page, feed)
    assert b"whole page" in found.content
    assert found.hints.title == "Talks & walks"


def test_an_entry_that_redirects_keeps_the_address_the_feed_gives(site):
    site.put("/new", b"<html><body><p>The whole page.</p></body></html>")
    link = site.put("/old", status=301, Location="/new")
    assert kinds(fetch(site.put("/feed", rss(entry(link))))) == [link]


def test_the_text_in_the_feed_is_used_when_its_page_cannot_be_had(site):
    gone, teaser = site.address + "/gone", site.address + "/teaser"
    short = f"<link>{teaser}</link><description>They met.</description>"
    found = fetch(site.put("/feed", rss(entry(gone), short)))
    assert kinds(found) == [(Reason.NOT_FOUND, "page"), gone, (Reason.NOT_FOUND, "page")]
    assert WHOLE.encode() in found[1].content


def test_the_text_in_the_feed_is_used_when_robots_txt_closes_its_page(site):
    site.put("/robots.txt", "User-agent: *\nDisallow: /closed")
    closed = site.put("/closed", b"<p>closed</p>")
    assert kinds(fetch(site.put("/feed", rss(entry(closed))))) == [(Reason.ROBOTS, "page"), closed]


def test_a_feed_that_leads_to_itself_ends(site):
    feed = site.put("/feed", rss(entry(site.address + "/feed", "")))
    assert kinds(fetch(feed)) == [(Reason.UNSUPPORTED_FORMAT, "page")]
    assert site.paths() == ["/feed", "/feed"]


def test_an_html_page_sent_as_a_feed_is_said_to_be_none(site):
    url = site.put("/feed", b"<html><body>Login</body></html>", Content_Type="application/rss+xml")
    assert kinds(fetch(url)) == [(Reason.NOT_A_FEED, "page")]


def test_links_of_a_feed_file_are_fetched_only_on_request(site, tmp_path):
    page = site.put("/1", b"<html><body><p>The whole page.</p></body></html>")
    path = tmp_path / "news.rss"
    path.write_bytes(rss(entry(page)))
    assert b"Geneva" in fetch(str(path))[0].content
    assert site.asked == []
    followed = FetchOptions(allow_private=True, delay=0, follow_links=True)
    [found] = open_sources([str(path)], options=followed)
    assert b"whole page" in found.content


def test_a_feed_on_standard_input_is_read():
    [page] = open_sources(["-"], stdin=io.BytesIO(rss(entry("https://e.org/1"))))
    assert isinstance(page, Page)
    assert page.container == "stdin:"
