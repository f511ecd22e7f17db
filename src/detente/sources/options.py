"""What a person may set about fetching and about how much of a file is read."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import detente

if TYPE_CHECKING:
    from detente.model.documents import Hints
    from detente.sources.manners import Manners

MEBIBYTE = 1024 * 1024
USER_AGENT = f"detente/{detente.__version__} (+reads pages for their reader)"


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask it later whether a page changed; "" where it gave none."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How pages are fetched; times in seconds, sizes in bytes.

    `total_timeout` bounds one page with its redirects, however slowly its server sends. `delay` is the least
    time between two requests to one host. The entries of a feed at an address are fetched; those of a feed
    in a file only with `follow_links`, else the feed's own text is used. `validators`, when given, is asked
    before and filled after each page is taken: pages that did not change are then not delivered again.
    `wants` is asked of each entry of a feed, with what the feed says of it, before the entry's page is
    fetched; None fetches all. `led` is told, before what is there is read, where the address of a target led
    and whether for good. `manners`, when given, keep the pauses between hosts from one run to the next.
    """

    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    total_timeout: float = 60.0
    max_bytes: int = 20 * MEBIBYTE
    max_redirects: int = 10
    delay: float = 1.0
    allow_private: bool = False
    obey_robots: bool = True
    user_agent: str = USER_AGENT
    follow_links: bool = False
    max_entries: int = 500
    validators: MutableMapping[str, Validators] | None = None
    wants: Callable[[str, Hints], bool] | None = None
    led: Callable[[str, str, bool], None] | None = None
    manners: Manners | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read, in bytes: of one page, of one line, out of one compressed file.

    A compressed file may grow `max_ratio` fold (news text grows three to tenfold, zeros a thousandfold);
    smaller than `max_page` it may grow as it likes. `max_expanded` bounds one WACZ archive altogether.
    """

    max_page: int = 100 * MEBIBYTE
    max_line: int = 20 * MEBIBYTE
    max_ratio: int = 200
    max_expanded: int = 16 * 1024 * MEBIBYTE
