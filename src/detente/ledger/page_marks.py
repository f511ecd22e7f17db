"""What servers gave to ask them later whether a page changed; no part of any clock."""

from __future__ import annotations

from collections.abc import Collection, Iterator, MutableMapping
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import Connection, Engine, func, select

from detente.ledger import connecting, tables
from detente.ledger.gathering import BATCH
from detente.ledger.presence import missed
from detente.ledger.rows import plain
from detente.model.identity import document_id


class PageMark(NamedTuple):
    """The two headers of an answer that name its state; "" where the server gave none."""

    etag: str = ""
    last_modified: str = ""


class PageMarks(MutableMapping[str, PageMark]):
    """Marks by address, for one run over the pages.

    A mark is there only while the newest version of its page was read by this coder and the page was not
    missed since: in every other case the page itself is needed. What is set counts for this run; `keep`
    brings it into the ledger, once the pages are there.
    """

    def __init__(self, engine: Engine, coder: str) -> None:
        """Look into the ledger at the first question; callers use `Store.page_marks`."""
        self._engine = engine
        self._coder = coder
        self._given: dict[str, PageMark] = {}
        self._offered: set[str] = set()

    def __getitem__(self, address: str) -> PageMark:
        """Give the mark of a page, and note that the server may be asked by it."""
        mark = self._marks[address]
        self._offered.add(address)
        return mark

    def __setitem__(self, address: str, mark: tuple[str, str]) -> None:
        """Take the mark of a page just fetched."""
        self._marks[address] = self._given[address] = PageMark(*mark)

    def __delitem__(self, address: str) -> None:
        """Forget a mark for this run."""
        del self._marks[address]
        self._given.pop(address, None)

    def __iter__(self) -> Iterator[str]:
        """Go through the addresses that have a mark."""
        return iter(self._marks)

    def __len__(self) -> int:
        """Count the marks."""
        return len(self._marks)

    def unchanged(self, arrived: Collection[str]) -> set[str]:
        """Name the pages asked after by their mark that did not arrive: their servers say nothing changed."""
        return self._offered.difference(arrived)

    def keep(self, arrived: Collection[str]) -> None:
        """Keep the marks of the pages that arrived in this run and are held now, in one transaction."""
        given = {document_id(name): mark for name, mark in self._given.items() if name in arrived}
        if not given:
            return
        table = tables.validator
        with connecting.exclusively(self._engine) as connection:
            held = _held(connection, list(given))
            for start in range(0, len(held), BATCH):
                some = held[start : start + BATCH]
                connection.execute(table.delete().where(table.c.document.in_(some)))
                connection.execute(table.insert(), [_row(name, given[name]) for name in some])

    @cached_property
    def _marks(self) -> dict[str, PageMark]:
        with connecting.reading(self._engine) as connection:
            found = _read_by(connection, self._coder)
            names = list(found)
            for start in range(0, len(names), BATCH):
                for name in missed(connection, names[start : start + BATCH]):
                    del found[name]
        return dict(found.values())


def _read_by(connection: Connection, coder: str) -> dict[str, tuple[str, PageMark]]:
    """Find by document the address and mark of the pages whose newest version `coder` has read."""
    document, version, reading = tables.document.c, tables.version.c, tables.reading.c
    mark = tables.validator.c
    newest = select(version.document, func.max(version.tx).label("tx")).group_by(version.document).subquery()
    query = (
        select(mark.document, document.address, mark.etag, mark.last_modified)
        .join(tables.document, document.id == mark.document)
        .join(newest, newest.c.document == mark.document)
        .join(tables.version, (version.document == mark.document) & (version.tx == newest.c.tx))
        .join(tables.reading, (reading.version == version.id) & (reading.coder == plain(coder)))
    )
    return {r.document: (r.address, PageMark(r.etag, r.last_modified)) for r in connection.execute(query)}


def _held(connection: Connection, names: list[str]) -> list[str]:
    document, purged = tables.document.c, select(tables.purge.c.document)
    found: list[str] = []
    for start in range(0, len(names), BATCH):
        query = select(document.id).where(document.id.in_(names[start : start + BATCH]))
        found += connection.execute(query.where(document.id.not_in(purged))).scalars()
    return found


def _row(document: str, mark: PageMark) -> dict[str, str]:
    return {
        "document": document,
        "etag": plain(mark.etag),
        "last_modified": plain(mark.last_modified),
    }
