"""Where pages come from: files, folders, mail, feeds, web archives."""

from __future__ import annotations

from detente.sources.counting import count_pages
from detente.sources.manners import Manners
from detente.sources.opening import OPENERS, open_links, open_sources
from detente.sources.options import FetchOptions, Limits, Validators
from detente.sources.source import Setting, Source

__all__ = [
    "OPENERS",
    "FetchOptions",
    "Limits",
    "Manners",
    "Setting",
    "Source",
    "Validators",
    "count_pages",
    "open_links",
    "open_sources",
]
