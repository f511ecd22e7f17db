"""What a site lets programs read: its robots.txt (RFC 9309), asked once per site and run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

AGENT = "detente"
MAX_BYTES = 512 * 1024
# A site may ask for pauses; one that asks for hours would stop every other.
LONGEST_DELAY = 30.0


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """A site's answer: the HTTP status, None when it could not be reached, and the file."""

    status: int | None
    content: bytes = b""


class Robots:
    """The rules of every site asked so far."""

    def __init__(self, ask: Callable[[str], RobotsAnswer]) -> None:
        """Use `ask` to get the robots.txt at an address."""
        self._ask = ask
        self._rules: dict[str, Protego] = {}

    def allows(self, url: str) -> bool:
        """Whether the site lets us read the page."""
        return bool(self._of(url).can_fetch(url, AGENT))

    def delay(self, url: str) -> float:
        """The seconds the site asks us to wait between two pages, 0 when it does not ask."""
        return min(float(self._of(url).crawl_delay(AGENT) or 0), LONGEST_DELAY)

    def _of(self, url: str) -> Protego:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc.rsplit('@', 1)[-1]}"
        if site not in self._rules:
            self._rules[site] = _rules(self._ask(f"{site}/robots.txt"))
        return self._rules[site]


def _rules(answer: RobotsAnswer) -> Protego:
    if answer.status is not None and answer.status >= 500:
        return Protego.parse("User-agent: *\nDisallow: /")
    if answer.status is None or not 200 <= answer.status < 300:
        return Protego.parse("")
    return Protego.parse(answer.content.decode("utf-8-sig", "replace"))
