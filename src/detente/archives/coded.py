"""Benchmark folders of ICEWS in integers: lines `subject relation object hours`, the names beside."""

from __future__ import annotations

import re
from pathlib import Path

from detente.archives import meanings
from detente.archives.files import BadFile, Opened
from detente.archives.rows import Layout
from detente.archives.shapes import Shape, column
from detente.codebooks.cameo import cameo_labels, fold_label

NAMES, RELATIONS = "entity2id.txt", "relation2id.txt"
PARTS = ("train.txt", "valid.txt", "test.txt")
LARGEST_LIST = 64 << 20
YEAR = re.compile(r"\d\d(?:\d\d)?")


def is_coded(folder: Path) -> bool:
    """Whether a folder is such a benchmark."""
    return all((folder / name).is_file() for name in (NAMES, RELATIONS))


def parts_of(folder: Path) -> list[Opened]:
    """The tables of the folder: training, validation and test rows, as far as they are there."""
    return [Opened(folder / name) for name in PARTS if (folder / name).is_file()]


def shape_of(table: Opened) -> Shape:
    """Say where the fields stand; names and codes are looked up in `lists_of`. Raises BadFile.

    Hours are counted from the first of January of the year that the folder is named after (`icews18`).
    """
    count = (table.head(1)[0]).rstrip().count("\t") + 1
    if count < 4:
        raise BadFile("is no table of integers: its lines have fewer than 4 columns")
    columns = ("subject", "relation", "object", "hours", *(f"rest{number}" for number in range(count - 4)))
    hours = f"try_cast({column('hours')} AS INTEGER)"
    first = f"DATE '{_year(table.path.resolve().parent.name)}-01-01'"
    return Shape(
        Layout(columns, "\t", quotes=False, header=False),
        {
            "event": f"'{table.path.stem}:' || line_",
            "day": f"CASE WHEN {hours} BETWEEN 0 AND 1000000 THEN {first} + {hours} // 24 END",
            "actor_name": _looked_up("names", "subject"),
            "recipient_name": _looked_up("names", "object"),
            "code": _looked_up("relations", "relation"),
        },
        meanings.cameo,
    )


def lists_of(folder: Path) -> tuple[dict[int, str], dict[int, str]]:
    """The names and the relations by number, a relation as its CAMEO code if it has one; raises BadFile."""
    labels = cameo_labels()
    relations = _list(folder / RELATIONS)
    return _list(folder / NAMES), {
        number: labels.get(fold_label(label), label) for number, label in relations.items()
    }


def _looked_up(what: str, name: str) -> str:
    return f"(SELECT text FROM {what} WHERE id = try_cast({column(name)} AS INTEGER))"


def _year(name: str) -> int:
    digits = YEAR.search(name)
    if not digits:
        raise BadFile(f"does not say which year its hours are of: '{name}' holds no year, as icews18 does")
    return int(digits[0]) if len(digits[0]) == 4 else 2000 + int(digits[0])


def _list(path: Path) -> dict[int, str]:
    if path.stat().st_size > LARGEST_LIST:
        raise BadFile(f"has a list of over {LARGEST_LIST >> 20} MiB beside it: {path.name}")
    found = {}
    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
        name, _, key = line.rstrip().rpartition("\t")
        if not key.isdecimal() or not name:
            raise BadFile(f"has a broken list beside it: {path.name}, line {number}")
        found[int(key)] = name.strip()
    return found
