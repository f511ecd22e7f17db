"""What a data set looks like, and the SQL that says where the columns of an event stand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from detente.archives.files import BadFile
from detente.archives.rows import Layout

FIELDS = (
    "event",
    "day",
    "actor_name",
    "actor_country",
    "actor_group",
    "recipient_name",
    "recipient_country",
    "recipient_group",
    "code",
    "mode",
    "goldstein",
    "reports",
    "publishers",
    "publisher",
)
"""What a shape must give for every row, all of it text but the day."""

PLAIN: Mapping[str, str] = {
    "actor_country": "''",
    "actor_group": "''",
    "recipient_country": "''",
    "recipient_group": "''",
    "mode": "''",
    "goldstein": "''",
    "reports": "'1'",
    "publishers": "''",
    "publisher": "''",
}
"""What stands for a field that a data set does not have."""

Codes = tuple[str, str, str | None, int | None, float | None, float | None]
"""A code and mode of a source; its PLOVER type, quad, score and Goldstein value in points."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A data set's layout, its fields as SQL over its columns, and the meaning of its codes."""

    layout: Layout
    fields: Mapping[str, str]
    codes: Callable[[Iterable[tuple[str, str]]], Iterable[Codes]]
    blank: tuple[str, ...] = field(default=())
    """What the source writes into a cell that is empty."""

    def select(self) -> str:
        """Give the SQL list of the fields."""
        said = {**PLAIN, **self.fields}
        return ", ".join(f"{said[name]} AS {name}" for name in FIELDS)


def column(name: str) -> str:
    """Name a source's column in SQL, trimmed."""
    return 'trim("' + name.replace('"', '""') + '")'


def header_of(first: str, known: Iterable[str], what: str) -> Layout:
    """Read the first line of a table with tabs, commas or semicolons; raises BadFile for unknown columns.

    Fields stand in quotes where the separator is no tab or the line has some itself.
    """
    separator = "\t" if "\t" in first else ";" if first.count(";") > first.count(",") else ","
    names = tuple(cell.strip().strip('"').strip() for cell in first.rstrip("\r").split(separator))
    missing = [name for name in known if name not in names]
    if missing:
        raise BadFile(f"is no {what} table: its first line does not name {', '.join(missing)}")
    if len(set(names)) < len(names):
        raise BadFile(f"is no {what} table: its first line names a column twice")
    return Layout(names, separator, quotes=separator != "\t" or '"' in first, header=True)
