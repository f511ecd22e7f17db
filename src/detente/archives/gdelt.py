"""GDELT's event exports: version 1.0 with 57 or 58 columns, version 2.0 with 61, tabs and no header."""

from __future__ import annotations

from detente.archives.files import BadFile, Opened
from detente.archives.meanings import cameo
from detente.archives.rows import Layout
from detente.archives.shapes import Shape, column

SIDE = (
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
)
MIDDLE = (
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
)
BEFORE = (
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    *(f"Actor1{name}" for name in SIDE),
    *(f"Actor2{name}" for name in SIDE),
    *MIDDLE,
)
COUNTS = {57: ("DATEADDED",), 58: ("DATEADDED", "SOURCEURL"), 61: ("DATEADDED", "SOURCEURL")}
"""The columns behind the places, by how many columns there are in all."""


def shape_of(table: Opened) -> Shape:
    """Tell the version by the columns of the first lines; raises BadFile when they fit none."""
    for line in table.head():
        count = line.count("\t") + 1
        if count in COUNTS:
            places = count - len(BEFORE) - len(COUNTS[count])
            names = (*BEFORE, *(f"Place{number}" for number in range(places)), *COUNTS[count])
            header = not line.split("\t", 1)[0].strip().isdigit() and line.startswith("GLOBALEVENTID")
            return Shape(Layout(names, "\t", quotes=False, header=header), _fields(count), cameo)
    raise BadFile("is no GDELT export: its lines have neither 57, 58 nor 61 columns")


def _fields(count: int) -> dict[str, str]:
    address = column("SOURCEURL")
    host = f"regexp_extract(lower({address}), '^https?://(?:www[.])?([^/:?#]+)', 1)"
    fields = {
        "event": column("GLOBALEVENTID"),
        "day": f"CAST(try_strptime({column('SQLDATE')}, '%Y%m%d') AS DATE)",
        "actor_name": column("Actor1Name"),
        "actor_country": column("Actor1CountryCode"),
        "actor_group": column("Actor1KnownGroupCode"),
        "recipient_name": column("Actor2Name"),
        "recipient_country": column("Actor2CountryCode"),
        "recipient_group": column("Actor2KnownGroupCode"),
        "code": column("EventCode"),
        "goldstein": column("GoldsteinScale"),
        "reports": column("NumMentions"),
        "publishers": column("NumSources"),
    }
    if count > 57:
        fields["publisher"] = f"CASE WHEN {host} <> '' THEN {host} ELSE {address} END"
    return fields
