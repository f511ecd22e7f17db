"""The units and comparators that turn a number into a quantity, from `units.tsv` and `comparators.tsv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from detente.codebooks.tables import read_table

BOUNDS = ("low", "high", "both")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its canonical name, its kind, and the least value kept as a figure (None: never one)."""

    name: str
    kind: str
    least: float | None


@cache
def units() -> Mapping[str, Unit]:
    """Every unit by the lower-case word or sign that names it; raises CodebookError for a bad line."""
    found: dict[str, Unit] = {}
    for row in read_table("units.tsv", ("word", "unit", "least", "kind")):
        try:
            least = float(row["least"]) if row["least"] else None
        except ValueError as err:
            raise row.error(f"'{row['least']}' is not a number") from err
        found[row["word"].lower()] = Unit(row["unit"], row["kind"], least)
    return found


@cache
def unit_names() -> Mapping[str, Unit]:
    """Every unit by its canonical name."""
    return {unit.name: unit for unit in units().values()}


@cache
def comparators() -> Mapping[str, str]:
    """Every comparator phrase and the side it bounds: "low", "high" or "both"."""
    found: dict[str, str] = {}
    for row in read_table("comparators.tsv", ("phrase", "bounds")):
        if row["bounds"] not in BOUNDS:
            raise row.error(f"bounds must be one of {', '.join(BOUNDS)}")
        found[row["phrase"]] = row["bounds"]
    return found
