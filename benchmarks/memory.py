"""How much memory a reading process holds at most."""

from __future__ import annotations

import resource
from multiprocessing import get_context

from detente.model.documents import Page
from detente.pipeline import read_page


def peak_of(pages: list[Page]) -> float:
    """The most memory, in MiB, that a process of its own holds while it reads some pages one by one.

    A spawned process cannot look into `__main__`, so what it runs stands in this module.
    """
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak, (pages,))


def _peak(pages: list[Page]) -> float:
    for page in pages:
        read_page(page)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
