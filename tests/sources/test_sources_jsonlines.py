"""JSON Lines: one page a line; a broken line costs only itself."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from datetime import UTC, datetime

import pytest

from detente.model.documents import Hints, Page
from detente.model.issues import Issue, Reason
from detente.sources import Limits, open_sources

NOON = datetime(2024, 4, 11, 12, 0, tzinfo=UTC)
GOOD = {"url": "https://example.org/1", "title": "Talks", "published": "2024-04-11", "text": "They met."}


def read(tmp_path, content: bytes, name: str = "news.jsonl", **settings):
    path = tmp_path / name
    path.write_bytes(content)
    return list(open_sources([str(path)], clock=lambda: NOON, **settings))


def lines(*records) -> bytes:
    return b"".join(
        (r if isinstance(r, bytes) else json.dumps(r, ensure_ascii=False).encode()) + b"\n" for r in records
    )


def troubles(found):
    return [(i.reason, i.locator, i.severity) for i in found if isinstance(i, Issue)]


def pages(found):
    return [page for page in found if isinstance(page, Page)]


def test_a_line_is_a_page_with_what_the_list_says_of_it(tmp_path):
    [page] = read(tmp_path, lines(GOOD | {"publisher": "Example", "author": ["A. Lee", "B. Roe"]}))
    assert page == Page(
        "https://example.org/1",
        b"They met.",
        "text/plain",
        NOON,
        "utf-8",
        Hints("Talks", "2024-04-11", "Example", "A. Lee, B. Roe"),
        (tmp_path / "news.jsonl").resolve().as_uri(),
    )


def test_a_line_of_html_is_an_html_page(tmp_path):
    [page] = read(tmp_path, lines({"url": "https://example.org/1", "html": "<p>Họ gặp nhau.</p>"}))
    assert (page.media_type, page.charset) == ("text/html", "utf-8")
    assert page.content.decode("utf-8") == "<p>Họ gặp nhau.</p>"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"url": "https://example.org/2", "text": "cut', Reason.MALFORMED),
        (b"[1, 2]", Reason.MALFORMED),
        (b'"text"', Reason.MALFORMED),
        (b'{"a":' * 100_000, Reason.MALFORMED),
        (b"9" * 10_000, Reason.MALFORMED),
        (b'{"url": "https://example.org/2"}', Reason.NO_TEXT),
        (b'{"text": "  "}', Reason.NO_TEXT),
        (b'{"text": null, "html": ["x"]}', Reason.NO_TEXT),
        (b'{"text": "' + b"word " * 300_000 + b'"}', Reason.TOO_LARGE),
    ],
)
def test_a_broken_line_is_an_issue_with_its_number_and_its_neighbours_are_read(tmp_path, line, reason):
    found = read(tmp_path, lines(GOOD, line, GOOD), limits=Limits(max_line=1_000_000))
    assert troubles(found) == [(reason, "line 2", "part")]
    assert len(pages(found)) == 2


def test_blank_lines_and_windows_line_ends_count_but_are_no_issue(tmp_path):
    found = read(tmp_path, b"\xef\xbb\xbf" + lines(GOOD, b"\r", b"", b"x", GOOD).replace(b"\n", b"\r\n"))
    assert troubles(found) == [(Reason.MALFORMED, "line 4", "part")]
    assert len(pages(found)) == 2


def test_the_last_line_needs_no_line_feed(tmp_path):
    assert len(pages(read(tmp_path, lines(GOOD, GOOD)[:-1]))) == 2


def test_bytes_that_are_not_utf8_are_replaced_and_said(tmp_path):
    line = json.dumps(GOOD).encode().replace(b"They", b"Th\xe9y")
    found = read(tmp_path, lines(GOOD, line))
    assert troubles(found) == [(Reason.ENCODING, "line 2", "note")]
    assert pages(found)[1].content.decode("utf-8") == "Th\ufffdy met."


def test_a_lone_surrogate_is_readable_everywhere(tmp_path):
    [page] = read(
        tmp_path, lines(b'{"url": "https://example.org/1", "title": "a\\ud800", "text": "b\\ud800"}')
    )
    assert page.content == b"b?"
    assert page.hints.title == "a?"


def test_one_address_with_two_texts_is_delivered_twice_for_two_versions(tmp_path):
    found = pages(read(tmp_path, lines(GOOD, GOOD | {"text": "They met twice."})))
    assert [page.address for page in found] == ["https://example.org/1"] * 2
    assert found[0].content != found[1].content


@pytest.mark.parametrize(
    ("fields", "ending"),
    [
        ({"url": "story 7"}, "news.jsonl#story%207"),
        ({"url": "javascript:alert(1)"}, "news.jsonl#javascript%3Aalert%281%29"),
        ({"url": "https://e.org/1\n2"}, "news.jsonl#https%3A%2F%2Fe.org%2F1%0A2"),
        ({"url": "http://"}, "news.jsonl#http%3A%2F%2F"),
        ({"id": 7}, "news.jsonl#7"),
        ({"url": "HTTPS://example.org/9"}, "HTTPS://example.org/9"),
    ],
)
def test_a_line_without_a_web_address_is_addressed_inside_its_file(tmp_path, fields, ending):
    [page] = read(tmp_path, lines({"text": "They met."} | fields))
    assert page.address.endswith(ending)


def test_a_line_without_any_name_keeps_its_address_when_lines_are_put_before_it(tmp_path):
    [before] = read(tmp_path, lines({"text": "They met."}))
    after = read(tmp_path, lines({"text": "Earlier."}, {"text": "They met."}))[1]
    assert before.address == after.address
    assert "#" in after.address


def test_a_truncated_compressed_list_keeps_the_lines_before_the_damage(tmp_path):
    records = [
        GOOD | {"url": f"https://example.org/{n}", "text": f"Round {n * 7919}."} for n in range(20_000)
    ]
    whole = gzip.compress(lines(*records))
    found = read(tmp_path, whole[: len(whole) // 2], "news.jsonl.gz")
    assert 5_000 < len(pages(found)) < 15_000
    assert troubles(found) == [(Reason.TRUNCATED, "", "part")]
    assert [page.address for page in pages(found)] == [r["url"] for r in records[: len(pages(found))]]


def test_a_compressed_list_that_grows_without_end_is_stopped(tmp_path):
    bomb = gzip.compress(lines(GOOD) + b"\0" * 30_000_000)
    found = read(tmp_path, bomb, "news.jsonl.gz", limits=Limits(max_page=1_000_000, max_line=500_000))
    assert len(pages(found)) == 1
    assert (Reason.TOO_LARGE, "", "part") in troubles(found)


@pytest.mark.timeout(60)
def test_fifty_megabytes_on_one_line_cost_only_that_line_and_little_memory(tmp_path):
    path = tmp_path / "long.jsonl"
    with path.open("wb") as out:
        out.write(lines(GOOD) + b'{"text": "')
        for _ in range(50):
            out.write(b"x" * 1_000_000)
        out.write(b'"}\n' + lines(GOOD))
    tracemalloc.start()
    found = list(open_sources([str(path)], limits=Limits(max_line=1_000_000)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert troubles(found) == [(Reason.TOO_LARGE, "line 2", "part")]
    assert len(pages(found)) == 2
    assert peak < 10_000_000


def test_standard_input_is_one_page_addressed_by_its_content():
    first, again = (
        next(open_sources(["-"], stdin=io.BytesIO(b"They met."), clock=lambda: NOON)) for _ in "ab"
    )
    assert first == again
    assert first.address.startswith("stdin:")
    assert len(first.address) > 16
    assert next(open_sources(["-"], stdin=io.BytesIO(b"They left."))).address != first.address


def test_standard_input_may_be_json_lines():
    piped = io.BytesIO(lines(GOOD, {"text": "They left."}, b"broken"))
    found = list(open_sources(["-"], stdin=piped, clock=lambda: NOON))
    assert found[0].address == "https://example.org/1"
    assert found[0].container == "stdin:"
    assert found[1].address.startswith("stdin:")
    assert len(found[1].address) > 16
    assert troubles(found) == [(Reason.MALFORMED, "line 3", "part")]


def test_empty_standard_input_is_an_issue():
    assert troubles(open_sources(["-"], stdin=io.BytesIO())) == [(Reason.EMPTY, "", "page")]


def test_the_corpus_is_read_whole(shared):
    found = list(open_sources([str(shared / "corpus" / "kcna-2024.jsonl")]))
    assert len(found) == 1840
    assert all(isinstance(item, Page) for item in found)
