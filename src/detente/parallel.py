"""Read many pages at once on several processes, in order, losing none to a page that kills its reader."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context

from detente.language.parsing import DEFAULT_MODEL
from detente.model.documents import Page
from detente.model.identity import document_id
from detente.model.issues import Issue, Reason
from detente.model.reading import Reading
from detente.pipeline import read_page

CHUNK = 8
"""Pages a worker takes at a time: enough to hide the hand-over, few enough to show progress."""

PAGE_SECONDS = 120.0
"""No ordinary page takes a tenth of this; one that does is given up and recorded."""


class _TooSlow(BaseException):
    # Not an Exception: what catches a finder's failure must not catch this.
    pass


def read_pages(
    pages: Iterable[Page],
    *,
    processes: int = 1,
    model: str = DEFAULT_MODEL,
    page_seconds: float = PAGE_SECONDS,
) -> Iterator[Reading]:
    """Read pages in order; every page gives one Reading, if only one that says why it was not read."""
    if processes <= 1:
        yield from (_read_in_time(page, model, page_seconds) for page in pages)
        return
    yield from _Workers(processes, model, page_seconds).read(pages)


class _Workers:
    """A pool that is rebuilt when a page kills a worker; the page that did is recorded and left."""

    def __init__(self, processes: int, model: str, page_seconds: float) -> None:
        self.processes = processes
        self.model = model
        self.page_seconds = page_seconds
        self.pool = self._start()

    def read(self, pages: Iterable[Page]) -> Iterator[Reading]:
        pending: deque[tuple[Sequence[Page], Future[list[Reading]]]] = deque()
        chunk: Sequence[Page]
        source = iter(pages)
        try:
            while True:
                while len(pending) < self.processes * 3 and (chunk := list(islice(source, CHUNK))):
                    pending.append((chunk, self._submit(chunk)))
                if not pending:
                    return
                chunk, result = pending.popleft()
                try:
                    yield from result.result()
                except BrokenProcessPool:
                    self.pool = self._start()
                    yield from self._one_by_one(chunk)
                    pending = deque((later, self._submit(later)) for later, _ in pending)
        finally:
            self.pool.shutdown(wait=False, cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        # Spawned, not forked: a fork would inherit the writer's database connection.
        for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
            # Read by the numeric libraries while a worker imports them: it must stand there before.
            os.environ.setdefault(threads, "1")
        return ProcessPoolExecutor(self.processes, mp_context=get_context("spawn"))

    def _submit(self, chunk: Sequence[Page]) -> Future[list[Reading]]:
        # A worker starts with its first work and inherits what is held back now: Ctrl-C is the parent's to
        # handle, which finishes the transaction it is in and stops the workers.
        with _interrupts_held_back():
            try:
                return self.pool.submit(_read_chunk, chunk, self.model, self.page_seconds)
            except BrokenProcessPool:
                self.pool = self._start()
                return self.pool.submit(_read_chunk, chunk, self.model, self.page_seconds)

    def _one_by_one(self, chunk: Sequence[Page]) -> Iterator[Reading]:
        for page in chunk:
            try:
                yield from self._submit([page]).result()
            except BrokenProcessPool:
                self.pool = self._start()
                yield failed_reading(page, Reason.READER_FAILED, "the reading process died on this page")


def failed_reading(page: Page, reason: Reason, detail: str) -> Reading:
    """Make the Reading of a page that could not be read."""
    document = document_id(page.address)
    return Reading(page, document, None, (), (Issue(reason, page.address, detail, document=document),), "")


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _read_chunk(chunk: Sequence[Page], model: str, page_seconds: float) -> list[Reading]:
    return [_read_in_time(page, model, page_seconds) for page in chunk]


def _read_in_time(page: Page, model: str, page_seconds: float) -> Reading:
    if not hasattr(signal, "SIGALRM") or not _in_main_thread():
        return read_page(page, model=model)
    previous = signal.signal(signal.SIGALRM, _give_up)
    signal.setitimer(signal.ITIMER_REAL, page_seconds)
    try:
        return read_page(page, model=model)
    except _TooSlow:
        return failed_reading(page, Reason.TIMEOUT, f"not read within {page_seconds:g} seconds")
    except RecursionError:
        return failed_reading(page, Reason.TOO_DEEP, "nested deeper than any page needs")
    except MemoryError:
        return failed_reading(page, Reason.TOO_LARGE, "needs more memory than there is")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def _give_up(signum: int, frame: object) -> None:
    raise _TooSlow


def _in_main_thread() -> bool:
    import threading

    return threading.current_thread() is threading.main_thread()
