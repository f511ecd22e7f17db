"""What a site lets programs read: its robots.txt (RFC 9309), asked once a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

from protego import Protego

from detente.sources.manners import LONGEST_DELAY

AGENT = "detente"
MAX_BYTES = 512 * 1024
# What a site said counts for a day (RFC 9309, 2.4); that it said nothing, for an hour.
TOLD = 24 * 3600.0
UNTOLD = 3600.0
SITES = 500

Rules: TypeAlias = dict[str, tuple[float, Protego]]
"""What each site said, and until when it counts."""


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """A site's answer: the HTTP status, None when it could not be reached, and the file."""

    status: int | None
    content: bytes = b""


class Robots:
    """The rules of every site asked so far."""

    def __init__(self, ask: Callable[[str], RobotsAnswer], rules: Rules, clock: Callable[[], float]) -> None:
        """Use `ask` to get the robots.txt at an address; `rules` are kept from run to run."""
        self._ask = ask
        self._rules = rules
        self._clock = clock

    def allows(self, url: str) -> bool:
        """Whether the site lets us read the page."""
        return bool(self._of(url).can_fetch(url, AGENT))

    def delay(self, url: str) -> float:
        """The seconds the site asks us to wait between two pages, 0 when it does not ask."""
        return min(float(self._of(url).crawl_delay(AGENT) or 0), LONGEST_DELAY)

    def _of(self, url: str) -> Protego:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc.rsplit('@', 1)[-1]}"
        until, rules = self._rules.get(site, (float("-inf"), None))
        if rules is not None and self._clock() < until:
            return rules
        answer = self._ask(f"{site}/robots.txt")
        is_told = answer.status is not None and answer.status < 500
        # Asked last, forgotten last.
        self._rules.pop(site, None)
        self._rules[site] = (self._clock() + (TOLD if is_told else UNTOLD), _rules(answer))
        if len(self._rules) > SITES:
            del self._rules[next(iter(self._rules))]
        return self._rules[site][1]


def _rules(answer: RobotsAnswer) -> Protego:
    if answer.status is not None and answer.status >= 500:
        return Protego.parse("User-agent: *\nDisallow: /")
    if answer.status is None or not 200 <= answer.status < 300:
        return Protego.parse("")
    return Protego.parse(answer.content.decode("utf-8-sig", "replace"))
