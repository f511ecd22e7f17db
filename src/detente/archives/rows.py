"""Read the rows of a table as columns of text, each with its line; what is no row is a fault there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from detente.archives.files import BadFile, Lines

LINE = "line_"
"""What the column with the line's number is called; no data set has such a column."""
SHOWN = 20
"""How many faults of a file are kept; all are counted."""
BLOCK = 8 << 20
REASON = "does not have the columns it should have"


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that is no row, and why."""

    line: int
    reason: str


@dataclass(slots=True)
class Faults:
    """The lines of a file that are no rows: all counted, the first ones kept."""

    count: int = 0
    shown: list[Fault] = field(default_factory=list)

    def add(self, line: int, reason: str) -> None:
        """Take note of one."""
        self.add_many(1, [Fault(line, reason)])

    def add_many(self, count: int, first: list[Fault]) -> None:
        """Take note of `count`, of which `first` are the first ones."""
        self.count += count
        self.shown = sorted([*self.shown, *first], key=lambda fault: fault.line)[:SHOWN]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is written: its columns in order, its separator, whether quotes mark fields.

    `header` says that the first line names the columns and is no row.
    """

    columns: tuple[str, ...]
    separator: str
    quotes: bool
    header: bool


def read_rows(lines: Lines, layout: Layout, faults: Faults) -> Iterator[pa.Table]:
    """Give the rows in batches, every column text, with the number of each row's line; raises BadFile."""
    numbering = _Numbering(1 + layout.header, faults)
    try:
        for batch in _open(lines, layout, numbering):
            table = pa.Table.from_batches([batch])
            yield table.append_column(LINE, pa.array(numbering.lines_of(_line_ends(table, layout))))
    except (pa.ArrowInvalid, UnicodeError) as err:
        raise BadFile(f"cannot be read as a table: {str(err).splitlines()[0][:200]}") from err
    numbering.finish()


def _open(lines: Lines, layout: Layout, leave_out: _Numbering) -> csv.CSVStreamingReader:
    return csv.open_csv(
        lines,
        read_options=csv.ReadOptions(
            use_threads=False,
            block_size=BLOCK,
            column_names=list(layout.columns),
            skip_rows=int(layout.header),
        ),
        parse_options=csv.ParseOptions(
            delimiter=layout.separator,
            quote_char='"' if layout.quotes else False,
            newlines_in_values=layout.quotes,
            ignore_empty_lines=False,
            invalid_row_handler=leave_out,
        ),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(layout.columns, pa.string()), strings_can_be_null=False
        ),
    )


def _line_ends(table: pa.Table, layout: Layout) -> np.ndarray:
    """How many line ends each row holds inside its fields: only quotes can hold any."""
    ends = np.zeros(table.num_rows, np.int64)
    for column in table.columns if layout.quotes else ():
        ends += pc.count_substring(column, "\n").to_numpy()
    return ends


class _Numbering:
    """Keep count of lines, told of the rows kept and, ahead of them, of the rows left out."""

    def __init__(self, first: int, faults: Faults) -> None:
        self._next = first
        self._before = 0
        self._left_out: dict[int, int] = {}
        self._faults = faults

    def __call__(self, row: csv.InvalidRow) -> str:
        """Take note of a row left out: the reader of the table calls this, which may be a block ahead."""
        self._left_out[row.number] = (row.text or "").count("\n")
        return "skip"

    def lines_of(self, ends: np.ndarray) -> np.ndarray:
        """Give the lines on which the next rows stand, whose fields hold so many line ends."""
        span = np.arange(self._next, self._next + len(ends) + len(self._left_out))
        kept = span[~np.isin(span, list(self._left_out))][: len(ends)]
        if not len(kept):
            return kept
        gone = [number for number in self._left_out if number < kept[-1]]
        numbers = np.concatenate([kept, np.array(gone, np.int64)])
        inside = np.concatenate([ends, np.array([self._left_out.pop(number) for number in gone], np.int64)])
        order = np.argsort(numbers)
        before = np.empty_like(inside)
        before[order] = np.cumsum(inside[order]) - inside[order]
        lines = numbers + self._before + before
        for line in np.sort(lines[len(kept) :]):
            self._faults.add(int(line), REASON)
        self._next = int(kept[-1]) + 1
        self._before += int(inside.sum())
        given: np.ndarray = lines[: len(kept)]
        return given

    def finish(self) -> None:
        """Take note of the rows left out behind the last one kept."""
        for number in sorted(self._left_out):
            self._faults.add(number + self._before, REASON)
            self._before += self._left_out[number]
