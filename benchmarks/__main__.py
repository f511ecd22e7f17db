"""Time reading against plain `nlp.pipe` of the same model over the same text: `make bench`."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import spacy

from benchmarks import archives
from benchmarks.memory import peak_of
from detente.classifier.reader import EventReader
from detente.intake import take_in
from detente.language.gate import may_hold
from detente.language.loading import DEFAULT_MODEL
from detente.language.splitting import split_sentences
from detente.ledger import Store
from detente.model.documents import Page
from detente.parallel import read_pages
from detente.pipeline import read_page
from detente.reading import read
from detente.sources import open_sources

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("DETENTE_SHARED", ROOT.parent / "shared"))
PROCESSES = min(os.cpu_count() or 1, 2)
SAMPLE = 60
"""Pages on which the shares that are parsed and classified are counted, in this process."""


def main() -> None:
    """Time every corpus that is present, the examples, repeated, where none is; then the archives."""
    for name, pages in corpora():
        compare(name, pages)
    archives.run([1, 10])


def corpora() -> Iterable[tuple[str, list[Page]]]:
    """The corpora by name: state media, news articles; else the examples."""
    found = False
    if (path := SHARED / "corpus" / "kcna-2024.jsonl").exists():
        found = True
        yield "state media (kcna-2024)", pages_of(path)
    if (path := SHARED / "dev" / "attributions.jsonl").exists():
        found = True
        texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
        yield "news articles", [_plain_page(number, text) for number, text in enumerate(texts)]
    if not found:
        yield "examples, ten times", pages_of(ROOT / "examples") * 10


def pages_of(path: Path) -> list[Page]:
    """The pages of a file or folder."""
    return [page for page in open_sources([str(path)]) if isinstance(page, Page)]


def compare(name: str, pages: list[Page]) -> None:
    """Print speed, shares, memory and the ratio for one corpus."""
    texts = [read(page).text for page in pages]
    sentences = [text[at:to] for text in texts for at, to in split_sentences(text)]
    print(f"\n{name}: {len(pages)} pages, {len(sentences)} sentences, {PROCESSES} processes")
    ours = timed(lambda: _read(pages))
    plain = timed(lambda: _plain(texts))
    kept = timed(lambda: _keep(pages[:SAMPLE]))
    print(f"plain nlp.pipe      {plain:7.1f} s  {len(sentences) / plain:7.0f} sentences/s")
    print(f"detente reading     {ours:7.1f} s  {len(sentences) / ours:7.0f} sentences/s")
    print(f"ratio               {plain / ours:7.2f}")
    print(f"parsed              {100 * sum(map(may_hold, sentences)) / len(sentences):7.1f} % of sentences")
    print(f"classified          {100 * classified(pages[:SAMPLE]):7.1f} % of sentences")
    print(f"peak memory         {peak_of(pages[: 3 * SAMPLE]):7.0f} MiB, one process reading a sample")
    print(f"into a ledger       {kept / min(SAMPLE, len(pages)) * 1000:7.0f} ms a page, read and kept")


def classified(pages: list[Page]) -> float:
    """The share of a sample's sentences that reach the classifier."""
    asked = 0
    find = EventReader.find

    def counted(self: EventReader, *args: object) -> object:
        nonlocal asked
        asked += 1
        return find(self, *args)  # type: ignore[arg-type]

    EventReader.find = counted  # type: ignore[assignment,method-assign]
    try:
        readings = [read_page(page) for page in pages]
    finally:
        EventReader.find = find  # type: ignore[method-assign]
    total = sum(len(split_sentences(r.rendition.text)) for r in readings if r.rendition)
    return asked / total


def timed(work: Callable[[], object]) -> float:
    """Time one call in seconds of the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _plain_page(number: int, text: str) -> Page:
    return Page(f"bench:{number}", text.encode(), "text/plain", datetime.now(UTC), "utf-8")


def _plain(texts: list[str]) -> None:
    nlp = spacy.load(DEFAULT_MODEL)
    for _ in nlp.pipe(texts, n_process=PROCESSES, batch_size=64):
        pass


def _read(pages: list[Page]) -> None:
    for _ in read_pages(pages, processes=PROCESSES):
        pass


def _keep(pages: list[Page]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "bench.db") as store:
        take_in(store, pages, who="benchmark", model=DEFAULT_MODEL, processes=PROCESSES)


if __name__ == "__main__":
    main()
