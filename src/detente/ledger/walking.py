"""Walk through a record's fields, and the objects in them, without asking for the same names twice."""

from __future__ import annotations

import dataclasses

_FIELDS: dict[type, tuple[str, ...]] = {}


def fields_of(kind: type) -> tuple[str, ...]:
    """List the fields of a dataclass; () for any other type."""
    names = _FIELDS.get(kind)
    if names is None:
        is_walkable = dataclasses.is_dataclass(kind)
        names = tuple(field.name for field in dataclasses.fields(kind)) if is_walkable else ()
        _FIELDS[kind] = names
    return names
