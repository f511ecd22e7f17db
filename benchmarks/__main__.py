"""Time reading against plain `nlp.pipe` of the same model over the same text: `make bench`."""

from __future__ import annotations

import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import spacy

from detente.intake import take_in
from detente.language.parsing import DEFAULT_MODEL
from detente.ledger import Store
from detente.model.documents import Page
from detente.sources import open_sources

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("DETENTE_SHARED", ROOT.parent / "shared"))
CORPUS = SHARED / "corpus" / "kcna-2024.jsonl"
PROCESSES = min(os.cpu_count() or 1, 2)


def main() -> None:
    """Time both over the corpus where it is present, over the examples otherwise."""
    where = str(CORPUS if CORPUS.exists() else ROOT / "examples")
    pages = [page for page in open_sources([where]) if isinstance(page, Page)]
    texts = [_words(page) for page in pages]
    words = sum(len(text.split()) for text in texts)
    print(f"{where.rsplit('/', 1)[-1]}: {len(pages)} pages, {words} words, {PROCESSES} processes")
    plain = timed(lambda: _plain(texts))
    ours, again = _ours(pages)
    print(f"plain nlp.pipe      {plain:7.1f} s  {words / plain:8.0f} words/s")
    print(f"detente read        {ours:7.1f} s  {words / ours:8.0f} words/s  ratio {plain / ours:.2f}")
    print(f"detente read again  {again:7.1f} s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory of a reading process: {peak:.0f} MiB")


def timed(work: Callable[[], object]) -> float:
    """Time one call in seconds of the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _words(page: Page) -> str:
    return page.content.decode("utf-8", "replace")


def _plain(texts: list[str]) -> None:
    nlp = spacy.load(DEFAULT_MODEL)
    for _ in nlp.pipe(texts, n_process=PROCESSES, batch_size=64):
        pass


def _ours(pages: list[Page]) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "bench.db") as store:

        def read() -> None:
            done = take_in(store, pages, who="benchmark", model=DEFAULT_MODEL, processes=PROCESSES)
            print(
                json.dumps(
                    {
                        "at": datetime.now(UTC).isoformat()[:19],
                        "pages": dict(done.outcomes),
                        "records": done.records,
                    }
                )
            )

        return timed(read), timed(read)


if __name__ == "__main__":
    main()
