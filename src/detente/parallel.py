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
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait

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


LIFE = 2000
"""Pages after which the processes are replaced, at the end of a lot."""


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
    with Readers(processes, model=model, page_seconds=page_seconds) as readers:
        yield from readers.read(pages)


class Readers:
    """Reading processes that are kept from one lot of pages to the next; use it as a context manager.

    They start with the first page, end with this process even when it is killed, and are replaced when a
    page kills one (it is recorded and left) and, so that none grows for ever, after `LIFE` pages. One process
    is this one.
    """

    def __init__(
        self, processes: int, *, model: str = DEFAULT_MODEL, page_seconds: float = PAGE_SECONDS
    ) -> None:
        """Start nothing yet."""
        self.processes = processes
        self.model = model
        self.page_seconds = page_seconds
        self._held: ProcessPoolExecutor | None = None
        self._read = 0

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes."""
        if self._held is not None:
            self._held.shutdown(wait=False, cancel_futures=True)
        self._held, self._read = None, 0

    def read(self, pages: Iterable[Page]) -> Iterator[Reading]:
        """Read pages in order; every page gives one Reading, if only one that says why it was not read."""
        if self.processes <= 1:
            yield from (_read_in_time(page, self.model, self.page_seconds) for page in pages)
            return
        pending: deque[tuple[Sequence[Page], Future[list[Reading]]]] = deque()
        try:
            yield from self._read_all(iter(pages), pending)
        finally:
            for _, left in pending:
                left.cancel()
        if self._read >= LIFE:
            self.close()

    def _read_all(
        self, source: Iterator[Page], pending: deque[tuple[Sequence[Page], Future[list[Reading]]]]
    ) -> Iterator[Reading]:
        chunk: Sequence[Page]
        while True:
            while len(pending) < self.processes * 3 and (chunk := list(islice(source, CHUNK))):
                pending.append((chunk, self._submit(chunk)))
            if not pending:
                return
            chunk, result = pending.popleft()
            try:
                yield from result.result()
            except BrokenProcessPool:
                self.close()
                yield from self._one_by_one(chunk)
                again = [later for later, _ in pending]
                pending.clear()
                pending.extend((later, self._submit(later)) for later in again)

    def _pool(self) -> ProcessPoolExecutor:
        if self._held is None:
            for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
                # Read by the numeric libraries while a worker imports them: it must stand there before.
                os.environ.setdefault(threads, "1")
            # Spawned, not forked: a fork would inherit the writer's database connection.
            self._held = ProcessPoolExecutor(
                self.processes, mp_context=get_context("spawn"), initializer=_end_with_parent
            )
        return self._held

    def _submit(self, chunk: Sequence[Page]) -> Future[list[Reading]]:
        # A worker starts with its first work and inherits what is held back now: Ctrl-C is the parent's to
        # handle, which finishes the transaction it is in and stops the workers.
        self._read += len(chunk)
        try:
            return self._submit_to(self._pool(), chunk)
        except BrokenProcessPool:
            self.close()
            return self._submit_to(self._pool(), chunk)

    def _submit_to(self, pool: ProcessPoolExecutor, chunk: Sequence[Page]) -> Future[list[Reading]]:
        # The pool is made before: making the first one lets interrupts through again.
        with _interrupts_held_back():
            return pool.submit(_read_chunk, chunk, self.model, self.page_seconds)

    def _one_by_one(self, chunk: Sequence[Page]) -> Iterator[Reading]:
        for page in chunk:
            try:
                yield from self._submit([page]).result()
            except BrokenProcessPool:
                self.close()
                yield failed_reading(page, Reason.READER_FAILED, "the reading process died on this page")


def _end_with_parent() -> None:
    """End this worker when its parent ends, however that ends; its queue would keep it waiting for ever."""
    import threading

    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_wait_and_end, args=(parent.sentinel,), daemon=True).start()


def _wait_and_end(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


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
