"""What a file is, told by its first bytes before its name."""

from __future__ import annotations

import json

import pytest

from detente.sources.formats import Format, recognise

MAIL = b"From: Desk <desk@example.org>\r\nMessage-ID: <1@example.org>\r\nSubject: Talks\r\n\r\nThey met."


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"%PDF-1.7 ...", "report.txt", "application/pdf"),
        (b"\n\n%PDF-1.4", "", "application/pdf"),
        (b"<!DOCTYPE html><html>", "page", "text/html"),
        (b"\xef\xbb\xbf  <!-- saved --><HTML lang=en>", "page.txt", "text/html"),
        (b'<?xml version="1.0"?><html xmlns="x">', "a.xhtml", "application/xhtml+xml"),
        (b"Seoul, 11 April. The ministers met.", "a.txt", "text/plain"),
        (b"# Talks\n\nThey met.", "a.md", "text/markdown"),
        (MAIL, "a.eml", "message/rfc822"),
        (MAIL, "saved", "message/rfc822"),
        ("외무성은 밝혔다.".encode("euc-kr"), "a.txt", "text/plain"),
        ("<html><p>They met.</p></html>".encode("utf-16"), "", "text/html"),
        ("They met in Hanoi.".encode("utf-16"), "a.txt", "text/plain"),
        ("They met in Hanoi.".encode("utf-16-le"), "a.txt", "text/plain"),
        (b"BMW built a plant in Kaesong, he said.", "a.txt", "text/plain"),
        (b"MZ is how the ministry signs.", "a.txt", "text/plain"),
        (b"[Seoul] They met.", "a.txt", "text/plain"),
        (b"{curly} They met.", "a.txt", "text/plain"),
    ],
)
def test_a_page_is_recognised_with_its_media_type(head, name, expected):
    known = recognise(head, name)
    assert (known.format, known.media_type) == (Format.PAGE, expected)


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"\x1f\x8b\x08\0rest", "a.html", Format.GZIP),
        (b"PK\x03\x04rest", "a.html", Format.ZIP),
        (b"WARC/1.1\r\nWARC-Type: warcinfo", "a.dat", Format.WARC),
        (b'<?xml version="1.0"?>\n<!-- x -->\n<rss version="2.0">', "a.xml", Format.FEED),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "a", Format.FEED),
        (b'<rdf:RDF xmlns:rdf="x">', "a", Format.FEED),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "a.json", Format.JSON_FEED),
        (b'{"url": "https://example.org/1", "text": "They met."}\n', "piped", Format.JSON_LINES),
        (b"broken\n", "a.jsonl", Format.JSON_LINES),
        (b'broken {\n{"text": "They met."}\n', "a.ndjson", Format.JSON_LINES),
        (b'{"url": "x", "text": "' + b"word " * 9000, "piped", Format.JSON_LINES),
        (b"From desk@example.org Thu Apr 11 10:00:00 2024\nFrom: a@b.c\n", "a", Format.MBOX),
        (b"\x89PNG\r\n\x1a\n", "a.html", Format.BINARY),
        (b"MZ\x90\0\x03\0\0\0", "a.txt", Format.BINARY),
        (bytes(range(256)) * 4, "a.txt", Format.BINARY),
        (b"\0\0\0 ftypisom", "a", Format.BINARY),
        (b"body { color: red }", "a.css", Format.NOT_A_PAGE),
        (b'{"name": "config"}', "a.json", Format.NOT_A_PAGE),
        (b"<?xml version='1.0'?><urlset></urlset>", "sitemap.xml", Format.NOT_A_PAGE),
        (b"<!doctype html><p>No feed here", "news.rss", Format.NOT_A_FEED),
        (b" \n", "a.html", Format.EMPTY),
    ],
)
def test_what_is_not_one_page_is_recognised(head, name, expected):
    assert recognise(head, name).format is expected


@pytest.mark.parametrize(
    "text",
    [
        b"From the border, a reporter writes: the gate is shut.",
        b"Subject: relations\nThe two ministries met.",
        b"Seoul: The ministers met.\nDate: open.\n\nText",
        b"From Seoul to Hanoi, 2024\nThe train left.",
    ],
)
def test_a_text_that_begins_like_a_mail_is_a_text(text):
    assert recognise(text, "a.txt").media_type == "text/plain"


def test_a_story_about_feeds_is_a_page():
    assert recognise(b"<html><body>&lt;rss&gt; <rss></rss>", "a.html").media_type == "text/html"


def test_an_object_without_text_is_no_json_line():
    assert recognise(json.dumps({"a": 1}).encode(), "a.json").format is Format.NOT_A_PAGE
