"""Counting before reading: exact where it is cheap, None where it is not."""

from __future__ import annotations

import gzip
import os

import pytest

from detente.sources import count_pages, open_sources

LINE = b'{"url": "https://example.org/1", "text": "They met."}\n'
RSS = b'<rss version="2.0"><channel><item><link>https://e.org/1</link></item><item></item></channel></rss>'


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.html", b"<html><p>They met.</p></html>", 1),
        ("a.html", b"", 1),
        ("a.png", b"\x89PNG\r\n\x1a\n", 1),
        ("a.jsonl", LINE * 7, 7),
        ("a.jsonl", LINE * 7 + LINE[:-1], 8),
        ("a.rss", RSS, 2),
        ("a.docx", b"PK\x03\x04word/document.xml", 1),
        ("a.wacz", b"PK\x03\x04archive/a.warc", None),
        ("a.warc", b"WARC/1.1\r\n", None),
        ("a.html.gz", gzip.compress(b"<p>They met.</p>"), None),
        ("a.mbox", b"From a@b.c Thu Apr 11 10:00:00 2024\nFrom: x@y.z\n\n", None),
    ],
)
def test_a_file_is_counted_where_that_is_cheap(tmp_path, name, content, expected):
    (tmp_path / name).write_bytes(content)
    assert count_pages([str(tmp_path / name)]) == expected


def test_a_folder_is_counted_with_everything_in_it(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text("They met.")
    (tmp_path / "list.jsonl").write_bytes(LINE * 3)
    os.mkfifo(tmp_path / "pipe")
    targets = [str(tmp_path), str(tmp_path / "missing.html")]
    assert count_pages(targets) == len(list(open_sources(targets))) == 6


@pytest.mark.parametrize("target", ["-", "https://example.org/feed"])
def test_what_is_not_there_yet_cannot_be_counted(target):
    assert count_pages([target]) is None
