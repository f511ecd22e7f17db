"""What every source must do, for a plug-in's own tests: `check_source(lambda: MySource(...))`."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from detente.errors import SourceUnavailable
from detente.model.documents import Hints, Page
from detente.model.issues import Issue, Reason
from detente.sources.source import Found, Source

_SEVERITIES = {"page", "part", "note"}


def check_source(make: Callable[[], Source], *, least: int = 1) -> list[Found]:
    """Check the source that `make` gives, twice over; AssertionError says what it does wrong.

    `least` is how many pages it must give at least. Gives what the source gave, for further checks.
    """
    source = make()
    assert isinstance(source, Source), f"{type(source).__name__} has no method pages()"
    found = _read(source)
    for item in found:
        _check_page(item) if isinstance(item, Page) else _check_issue(item)
    pages = [item for item in found if isinstance(item, Page)]
    assert len(pages) >= least, f"gave {len(pages)} pages, expected at least {least}"
    again = [(item.address, item.content) for item in _read(make()) if isinstance(item, Page)]
    assert again == [(page.address, page.content) for page in pages], "a second run gives other pages"
    return found


def _read(source: Source) -> list[Found]:
    found: list[Found] = []
    reason = ""
    try:
        for item in source.pages():
            assert isinstance(item, Page | Issue), f"gave a {type(item).__name__}, neither Page nor Issue"
            found.append(item)
    except SourceUnavailable as err:
        reason = err.reason
    assert reason in ["", *Reason], f"'{reason}' is no reason of model.issues.Reason"
    return found


def _check_page(page: Page) -> None:
    scheme = urlsplit(page.address).scheme
    assert scheme, f"'{page.address}' is no address: give a URL, or a URI with a scheme of your own"
    assert isinstance(page.content, bytes), f"{page.address}: content is not bytes"
    assert page.content, f"{page.address}: an empty page is an Issue with Reason.EMPTY"
    assert page.received.tzinfo is not None, f"{page.address}: received has no time zone"
    assert page.received.utcoffset().total_seconds() == 0, f"{page.address}: received is not UTC"  # type: ignore[union-attr]
    assert page.media_type == page.media_type.lower().split(";")[0], f"{page.address}: not a bare media type"
    assert isinstance(page.hints, Hints), f"{page.address}: hints are not Hints"


def _check_issue(issue: Issue) -> None:
    assert issue.address, f"an issue of {issue.reason} without an address"
    assert isinstance(issue.reason, Reason), f"{issue.address}: '{issue.reason}' is no Reason"
    assert issue.severity in _SEVERITIES, f"{issue.address}: severity '{issue.severity}'"
