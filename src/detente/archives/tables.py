"""The data sets whose tables name their columns: ICEWS, POLECAT and ACLED."""

from __future__ import annotations

from detente.archives import meanings
from detente.archives.files import Opened
from detente.archives.shapes import Shape, column, header_of

BLANK = ("NA", "NULL", "None", "null")


def icews(table: Opened) -> Shape:
    """ICEWS as Dataverse gives it, with tabs; raises BadFile for other columns."""
    needed = ("Event ID", "Event Date", "Source Name", "CAMEO Code", "Target Name")
    layout = header_of(table.head(1)[0], needed, "ICEWS")
    fields = {
        "event": column("Event ID"),
        "day": _day("Event Date"),
        "actor_name": column("Source Name"),
        "recipient_name": column("Target Name"),
        "code": column("CAMEO Code"),
    }
    others = {
        "actor_country": "Source Country",
        "recipient_country": "Target Country",
        "goldstein": "Intensity",
        "publisher": "Publisher",
    }
    return Shape(layout, fields | _held(others, layout.columns), meanings.cameo, BLANK)


def polecat(table: Opened) -> Shape:
    """POLECAT, with tabs or commas; raises BadFile for other columns."""
    needed = ("Event ID", "Event Date", "Event Type", "Actor Name", "Recipient Name")
    layout = header_of(table.head(1)[0], needed, "POLECAT")
    fields = {
        "event": column("Event ID"),
        "day": _day("Event Date"),
        "actor_name": column("Actor Name"),
        "recipient_name": column("Recipient Name"),
        "code": column("Event Type"),
    }
    others = {
        "mode": "Event Mode",
        "actor_country": "Actor Country",
        "recipient_country": "Recipient Country",
        "publisher": "Source",
    }
    return Shape(layout, fields | _held(others, layout.columns), meanings.plover, BLANK)


def acled(table: Opened) -> Shape:
    """ACLED's CSV; the country of an event is where it was, so an actor's country stands in its name."""
    needed = ("event_date", "event_type", "sub_event_type", "actor1", "actor2")
    layout = header_of(table.head(1)[0], needed, "ACLED")
    key = next((name for name in ("event_id_cnty", "data_id") if name in layout.columns), None)
    fields = {
        "event": column(key) if key else "''",
        "day": _day("event_date"),
        "actor_name": column("actor1"),
        "recipient_name": column("actor2"),
        "code": column("sub_event_type"),
        "mode": column("event_type"),
    }
    if "source" in layout.columns:
        source = column("source")
        fields["publisher"] = source
        fields["publishers"] = f"CAST(len(string_split({source}, ';')) AS VARCHAR)"
    return Shape(layout, fields, meanings.acled, BLANK)


def _day(name: str) -> str:
    said = column(name)
    return f"CAST(try_strptime({said}, ['%Y-%m-%d', '%d %B %Y', '%Y-%m-%d %H:%M:%S']) AS DATE)"


def _held(others: dict[str, str], columns: tuple[str, ...]) -> dict[str, str]:
    return {name: column(held) for name, held in others.items() if held in columns}
