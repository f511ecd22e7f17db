"""Files, folders and patterns: every page once, in order, and an issue for what is none."""

from __future__ import annotations

import gzip
import os
import socket
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from detente.model.documents import Page
from detente.model.issues import Issue, Reason
from detente.sources import Limits, contents, open_sources
from detente.sources.formats import Format

NOON = datetime(2024, 4, 11, 12, 0, tzinfo=UTC)
HTML = b"<!DOCTYPE html><html><body><p>The envoys met in Geneva.</p></body></html>"


def read(*targets, **settings):
    return list(open_sources([str(target) for target in targets], clock=lambda: NOON, **settings))


def pages(found):
    return [item for item in found if isinstance(item, Page)]


def issues(found):
    return [item for item in found if isinstance(item, Issue)]


def reasons(found):
    return [(item.reason, item.severity) for item in issues(found)]


def make(folder: Path, name: str, content: bytes = HTML) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_file_is_one_page_addressed_by_its_resolved_path(tmp_path):
    path = make(tmp_path, "talks in Geneva.html")
    os.symlink(path, tmp_path / "link.html")
    [page] = read(tmp_path / "link.html")
    assert page == Page(path.resolve().as_uri(), HTML, "text/html", NOON)
    assert page.address.startswith("file:///")
    assert page.address.endswith("talks%20in%20Geneva.html")


def test_a_relative_path_and_a_file_address_name_the_same_page(tmp_path, monkeypatch):
    path = make(tmp_path, "a b.html")
    monkeypatch.chdir(tmp_path)
    assert read("a b.html") == read(path.as_uri()) == read(path)


def test_a_folder_gives_its_pages_sorted_without_hidden_ones(tmp_path):
    for name in ("b.html", "a/z.txt", "a/b/c.md", ".hidden.html", ".git/x.html", "c.txt"):
        make(tmp_path, name, b"The envoys met.")
    names = [page.address.split("/", 3)[3] for page in pages(read(tmp_path))]
    below = str(tmp_path.resolve())[1:]
    assert names == [f"{below}/{name}" for name in ("a/b/c.md", "a/z.txt", "b.html", "c.txt")]


def test_a_hidden_file_asked_for_by_name_is_read(tmp_path):
    assert len(pages(read(make(tmp_path, ".hidden.html")))) == 1


def test_a_symlink_loop_ends_and_each_folder_is_entered_once(tmp_path):
    make(tmp_path, "a/page.html")
    os.symlink(tmp_path, tmp_path / "a" / "up")
    os.symlink(tmp_path / "me", tmp_path / "me")
    found = read(tmp_path)
    assert len(pages(found)) == 1
    assert len(issues(found)) == 1


def test_furniture_a_browser_saved_beside_a_page_is_left_out(tmp_path):
    make(tmp_path, "story.html")
    make(tmp_path, "story_files/ad.html")
    make(tmp_path, "other_files/kept.html")
    assert [page.address.rsplit("/", 1)[1] for page in pages(read(tmp_path))] == ["kept.html", "story.html"]


def test_a_pattern_names_its_files_sorted(tmp_path):
    for name in ("b.html", "a.html", "c.txt", "deep/d.html"):
        make(tmp_path, name)
    assert [p.address[-6:] for p in pages(read(tmp_path / "*.html"))] == ["a.html", "b.html"]
    assert [p.address[-6:] for p in pages(read(tmp_path / "**" / "*.html"))] == ["a.html", "b.html", "d.html"]


def test_a_pattern_that_matches_nothing_is_an_issue(tmp_path):
    assert reasons(read(tmp_path / "*.html")) == [(Reason.NOT_FOUND, "page")]


def test_a_file_whose_name_looks_like_a_pattern_is_read(tmp_path):
    assert len(pages(read(make(tmp_path, "talks [2024].html")))) == 1


@pytest.mark.parametrize(
    "name", ["missing.html", "missing/deep.html", "here.html/deep.html", "nul\0byte.html", "x" * 5000]
)
def test_a_missing_path_is_an_issue_and_its_neighbours_are_read(tmp_path, name):
    path = make(tmp_path, "here.html")
    found = read(f"{tmp_path}/{name}", path)
    assert len(pages(found)) == 1
    assert len(issues(found)) == 1


def test_a_missing_path_is_said_to_be_missing(tmp_path):
    [issue] = read(tmp_path / "missing.html")
    assert (issue.reason, issue.address) == (Reason.NOT_FOUND, (tmp_path / "missing.html").resolve().as_uri())


def test_a_broken_link_in_a_folder_is_an_issue(tmp_path):
    os.symlink(tmp_path / "nowhere", tmp_path / "a.html")
    make(tmp_path, "b.html")
    found = read(tmp_path)
    assert reasons(found) == [(Reason.NOT_FOUND, "page")]
    assert len(pages(found)) == 1


def test_an_empty_folder_is_an_issue_and_a_folder_inside_one_is_not(tmp_path):
    (tmp_path / "empty").mkdir()
    assert reasons(read(tmp_path / "empty")) == [(Reason.EMPTY, "page")]
    assert read(tmp_path) == []


def deny(monkeypatch, name):
    real_open, real_scan = Path.open, os.scandir

    def refuse(path):
        if Path(path).name == name:
            raise PermissionError(13, "Permission denied", str(path))

    def guarded_open(self, *args, **kwargs):
        refuse(self)
        return real_open(self, *args, **kwargs)

    def guarded_scan(path="."):
        refuse(path)
        return real_scan(path)

    monkeypatch.setattr(Path, "open", guarded_open)
    monkeypatch.setattr(os, "scandir", guarded_scan)


@pytest.mark.parametrize("closed", ["b.html", "shut"])
def test_what_may_not_be_read_is_forbidden_and_its_neighbours_are_read(tmp_path, monkeypatch, closed):
    for name in ("a.html", "b.html", "shut/d.html", "z.html"):
        make(tmp_path, name)
    deny(monkeypatch, closed)
    found = read(tmp_path)
    assert reasons(found) == [(Reason.FORBIDDEN, "page")]
    assert issues(found)[0].address.endswith(closed)
    assert len(pages(found)) == 3


@pytest.mark.timeout(20)
def test_pipes_sockets_and_devices_are_never_opened(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "a.html")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("b.html")
        make(tmp_path, "c.html")
        found = read(tmp_path, "/dev/zero")
    assert reasons(found) == [(Reason.UNSUPPORTED_FORMAT, "page")] * 3
    assert [issue.detail.split(",")[0] for issue in issues(found)] == ["a pipe", "a socket", "a device"]
    assert len(pages(found)) == 1
    assert stat.S_ISFIFO((tmp_path / "a.html").stat().st_mode)


def test_a_file_over_the_cap_is_too_large_and_one_at_the_cap_is_read(tmp_path):
    limits = Limits(max_page=100)
    assert reasons(read(make(tmp_path, "a.txt", b"a" * 101), limits=limits)) == [(Reason.TOO_LARGE, "page")]
    assert len(pages(read(make(tmp_path, "b.txt", b"a" * 100), limits=limits))) == 1


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf", b"\0\0\0"])
def test_an_empty_file_is_an_issue(tmp_path, content):
    assert reasons(read(make(tmp_path, "a.html", content))) == [(Reason.EMPTY, "page")]


def test_a_compressed_page_is_opened(tmp_path):
    [page] = read(make(tmp_path, "story.html.gz", gzip.compress(HTML)))
    assert (page.content, page.media_type) == (HTML, "text/html")
    assert page.address.endswith("story.html.gz")


def test_a_page_compressed_in_several_members_with_padding_is_whole(tmp_path):
    content = gzip.compress(HTML[:20]) + gzip.compress(HTML[20:]) + b"\0" * 512
    found = read(make(tmp_path, "story.html.gz", content))
    assert [page.content for page in pages(found)] == [HTML]
    assert not issues(found)


def test_a_truncated_compressed_page_keeps_its_beginning_and_says_so(tmp_path):
    text = b"".join(b"Line %d of the record.\n" % n for n in range(5000))
    found = read(make(tmp_path, "story.txt.gz", gzip.compress(text)[:-2000]))
    assert reasons(found) == [(Reason.TRUNCATED, "part")]
    assert text.startswith(pages(found)[0].content)
    assert len(pages(found)[0].content) > 1000


def test_a_compressed_file_cut_in_its_header_is_truncated(tmp_path):
    assert reasons(read(make(tmp_path, "a.gz", gzip.compress(HTML)[:10]))) == [(Reason.TRUNCATED, "page")]


def test_a_compressed_file_twice_compressed_is_not_opened(tmp_path):
    found = read(make(tmp_path, "a.gz", gzip.compress(gzip.compress(HTML))))
    assert reasons(found) == [(Reason.UNSUPPORTED_FORMAT, "page")]


def test_a_compressed_file_that_grows_without_end_is_stopped(tmp_path):
    bomb = gzip.compress(b"word " * 2_000_000)
    found = read(make(tmp_path, "bomb.txt.gz", bomb), limits=Limits(max_page=1_000_000))
    assert reasons(found) == [(Reason.TOO_LARGE, "page")]


def test_no_name_at_all_is_not_the_current_folder():
    assert reasons(read("")) == [(Reason.NOT_FOUND, "page")]


def test_a_file_that_makes_its_reader_fail_costs_only_itself(tmp_path, monkeypatch):
    def fail(*args):
        raise RecursionError("too deep")
        yield

    monkeypatch.setitem(contents.READERS, Format.MBOX, fail)
    make(tmp_path, "a.html")
    make(tmp_path, "b.mbox", b"From a@b.c Thu Apr 11 10:00:00 2024\nFrom: x@y.z\n\nText")
    make(tmp_path, "c.html")
    found = read(tmp_path)
    assert reasons(found) == [(Reason.READER_FAILED, "page")]
    assert len(pages(found)) == 2
