"""Read the tab-separated tables of the codebook, naming file and line when one is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from detente.errors import CodebookError


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a codebook table: `row["column"]` gives its text, "" where the cell is empty."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Give the text of a column."""
        return self.cells[column]

    def many(self, column: str, separator: str = ";") -> tuple[str, ...]:
        """Split a cell that holds a list; empty parts are left out."""
        return tuple(part.strip() for part in self.cells[column].split(separator) if part.strip())

    def error(self, trouble: str) -> CodebookError:
        """Make the error that names this line."""
        return CodebookError(f"{self.file}, line {self.line}: {trouble}")


def read_table(name: str, columns: Sequence[str]) -> list[Row]:
    """Read a table of `detente.codebooks` by file name, its first line being the header `columns`.

    Lines that are empty or start with `#` are left out; short lines are filled with "".
    Raises CodebookError with file and line for a missing file, another header, or too many cells.
    """
    try:
        text = files("detente.codebooks").joinpath(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as err:
        raise CodebookError(f"{name}: {err}") from err
    return parse_table(text, name, columns)


def parse_table(text: str, name: str, columns: Sequence[str]) -> list[Row]:
    """Read a table from its text; `name` is what errors call the file."""
    lines = _lines(text)
    number, header = next(lines, (1, []))
    if header != list(columns):
        raise CodebookError(f"{name}, line {number}: the header must be {', '.join(columns)}")
    return [_row(name, number, cells, columns) for number, cells in lines]


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, [cell.strip() for cell in line.split("\t")]


def _row(name: str, number: int, cells: list[str], columns: Sequence[str]) -> Row:
    if len(cells) > len(columns):
        raise CodebookError(f"{name}, line {number}: {len(cells)} cells, expected {len(columns)}")
    padded = cells + [""] * (len(columns) - len(cells))
    return Row(name, number, dict(zip(columns, padded, strict=True)))
