"""A source from another package is asked before those built in, and held to the same rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from detente.errors import SourceUnavailable
from detente.model.documents import Page
from detente.model.issues import Issue, Reason
from detente.sources import Setting, open_sources, opening
from detente.sources.conformance import check_source
from detente.sources.files import PathSource
from detente.sources.opening import WebAddress

NOON = datetime(2024, 4, 11, 12, 0, tzinfo=UTC)
PAGE = Page("cable:1", b"The envoys met.", "text/plain", NOON)


@dataclass
class Cables:
    """A source of an outside package."""

    items: list

    def pages(self):
        for item in self.items:
            if isinstance(item, Exception):
                raise item
            yield item


def install(monkeypatch, *items):
    def open_cables(target, setting):
        return Cables(list(items)) if target.startswith("cable:") else None

    monkeypatch.setattr(opening, "installed_openers", lambda: [open_cables])


def test_a_plugin_takes_its_own_targets_and_leaves_the_others(monkeypatch, tmp_path):
    install(monkeypatch, PAGE)
    (tmp_path / "a.txt").write_text("They left.")
    first, second = open_sources(["cable:all", str(tmp_path / "a.txt")])
    assert first == PAGE
    assert second.content == b"They left."


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (SourceUnavailable("forbidden", "no account"), Reason.FORBIDDEN),
        (SourceUnavailable("strike", "no reason of ours"), Reason.UNREACHABLE),
        (ZeroDivisionError("broken"), Reason.READER_FAILED),
    ],
)
def test_a_source_that_fails_keeps_its_pages_and_the_other_targets(monkeypatch, tmp_path, error, reason):
    install(monkeypatch, PAGE, error)
    (tmp_path / "a.txt").write_text("They left.")
    page, issue, other = open_sources(["cable:all", str(tmp_path / "a.txt")])
    assert (page, issue.reason, issue.address) == (PAGE, reason, "cable:all")
    assert other.content == b"They left."


def test_an_installed_plugin_is_found_by_its_entry_point(monkeypatch):
    class Point:
        def load(self):
            return lambda target, setting: Cables([PAGE])

    asked = []
    monkeypatch.setattr(opening, "entry_points", lambda group: asked.append(group) or [Point()])
    assert list(open_sources(["anything"])) == [PAGE]
    assert asked == ["detente.sources"]


def test_a_plugin_that_cannot_be_loaded_costs_only_itself(monkeypatch, tmp_path):
    class Point:
        name = "cables"

        def load(self):
            raise ImportError("no module named cables")

    monkeypatch.setattr(opening, "entry_points", lambda group: [Point()])
    (tmp_path / "a.txt").write_text("They left.")
    assert [page.content for page in open_sources([str(tmp_path / "a.txt")])] == [b"They left."]


def test_a_sound_source_conforms():
    issue = Issue(Reason.GONE, "cable:2", "withdrawn")
    assert check_source(lambda: Cables([PAGE, issue])) == [PAGE, issue]


def test_the_built_in_sources_conform(tmp_path, site):
    (tmp_path / "a.txt").write_text("They left.")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    setting = Setting(clock=lambda: NOON)
    assert len(check_source(lambda: PathSource(str(tmp_path), setting))) == 2
    url = site.put("/a", b"<p>They met.</p>")

    class Local:
        def read_all(self, address):
            from detente.sources.fetching import Fetcher

            options = replace(setting.options, allow_private=True, delay=0)
            return Fetcher(replace(setting, options=options)).read_all(address)

    check_source(lambda: WebAddress(url, replace(setting, fetcher=Local)))


@pytest.mark.parametrize(
    "items",
    [
        [],
        ["text"],
        [replace(PAGE, address="one")],
        [replace(PAGE, content=b"")],
        [replace(PAGE, content="text")],
        [replace(PAGE, received=NOON.replace(tzinfo=None))],
        [replace(PAGE, media_type="text/html; charset=utf-8")],
        [PAGE, Issue(Reason.GONE, "")],
        [PAGE, Issue("lost", "cable:2")],
        [PAGE, Issue(Reason.GONE, "cable:2", severity="bad")],
        [PAGE, SourceUnavailable("strike")],
    ],
)
def test_an_unsound_source_does_not_conform(items):
    with pytest.raises(AssertionError):
        check_source(lambda: Cables(items))


def test_a_source_that_gives_other_pages_each_time_does_not_conform():
    batches = iter([[PAGE], [replace(PAGE, address="cable:2")]])
    with pytest.raises(AssertionError, match="second run"):
        check_source(lambda: Cables(next(batches)))


def test_a_source_without_pages_does_not_conform():
    with pytest.raises(AssertionError, match="pages"):
        check_source(object)
