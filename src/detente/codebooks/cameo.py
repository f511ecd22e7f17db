"""What the codes of other event data sets are in PLOVER: CAMEO, ACLED's kinds, older names of types."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from detente.codebooks.plover import types
from detente.codebooks.tables import Row, read_table
from detente.model.events import EventType

OLDER_NAMES = {
    "DEMAND": EventType.REQUEST,
    "DISAPPROVE": EventType.ACCUSE,
    "INVESTIGATE": EventType.ACCUSE,
    "FIGHT": EventType.ASSAULT,
}
"""What PLOVER's types were called before the manual of 2021; YIELD, since split in two, has no home."""


@dataclass(frozen=True, slots=True)
class OtherCode:
    """A code of another data set and its PLOVER type and mode; `event_type` is None where PLOVER has none.

    `label` is the name by which data sets without codes call it, `goldstein` the scale value in points.
    """

    code: str
    label: str
    event_type: EventType | None
    mode: str
    goldstein: float | None

    @property
    def scale(self) -> float | None:
        """The PLOVER score in points; None without a type."""
        return None if self.event_type is None else types()[self.event_type, self.mode].scale


@cache
def cameo_codes() -> dict[str, OtherCode]:
    """Give the CAMEO codes by code."""
    columns = ("code", "label", "event_type", "mode", "goldstein")
    return {row["code"]: _code(row, row["goldstein"]) for row in read_table("cameo.tsv", columns)}


@cache
def cameo_labels() -> dict[str, str]:
    """Give the CAMEO code of each label, folded by `fold_label`; the general code where two share a label."""
    return {fold_label(entry.label): code for code, entry in cameo_codes().items()}


def fold_label(label: str) -> str:
    """Write a label in small letters, without hyphens: data sets differ in nothing else."""
    return " ".join(label.lower().replace("-", " ").split())


@cache
def acled_kinds() -> dict[str, OtherCode]:
    """Give ACLED's kinds of event, sub-events and events, by their name in small letters."""
    rows = read_table("acled_kinds.tsv", ("code", "label", "event_type", "mode"))
    return {fold_label(row["label"]): _code(row, "") for row in rows}


def _code(row: Row, goldstein: str) -> OtherCode:
    try:
        kind = EventType(row["event_type"]) if row["event_type"] else None
        value = float(goldstein) if goldstein else None
    except ValueError as err:
        raise row.error(str(err)) from err
    if kind and (kind, row["mode"]) not in types():
        raise row.error(f"{kind} has no mode '{row['mode']}'")
    return OtherCode(row["code"], row["label"], kind, row["mode"], value)
