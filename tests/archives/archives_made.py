"""Rows of our own making in the shapes of the data sets."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from detente.archives.gdelt import BEFORE, COUNTS


def gdelt_line(columns: int = 58, **fields: str) -> str:
    given = {
        "GLOBALEVENTID": "700",
        "SQLDATE": "20180312",
        "Actor1Name": "NORTH KOREA",
        "Actor1CountryCode": "PRK",
        "Actor2Name": "WASHINGTON",
        "Actor2CountryCode": "USA",
        "EventCode": "036",
        "GoldsteinScale": "4.0",
        "NumMentions": "6",
        "NumSources": "2",
        "SOURCEURL": "https://www.example.org/a/b.html",
    } | fields
    tail = COUNTS[columns]
    names = (*BEFORE, *(f"Place{n}" for n in range(columns - len(BEFORE) - len(tail))), *tail)
    return "\t".join(given.get(name, "") for name in names)


ICEWS = (
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
)


def icews_table(*rows: dict[str, str]) -> str:
    given = {
        "Event ID": "9",
        "Event Date": "2018-05-02",
        "Source Name": "Foreign Affairs (Japan)",
        "Source Country": "Japan",
        "CAMEO Code": "111",
        "Intensity": "-2",
        "Target Name": "North Korea",
        "Target Country": "North Korea",
        "Publisher": "Some Daily",
    }
    lines = ["\t".join((given | row).get(name, "") for name in ICEWS) for row in rows]
    return "\n".join(["\t".join(ICEWS), *lines, ""])


def comma_table(columns: tuple[str, ...], *rows: dict[str, str], separator: str = ",") -> str:
    held = io.StringIO()
    writer = csv.DictWriter(held, columns, restval="", delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return held.getvalue()


def zipped(path: Path, **tables: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in tables.items():
            archive.writestr(name, text)
    return path


def coded_folder(folder: Path, rows: list[tuple[int, int, int, int]], part: str = "train.txt") -> Path:
    """A benchmark of integers with four actors: North Korea, a ministry of Japan's, a body, somebody unknown."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ("North Korea", "Defense Ministry (Japan)", "United Nations", "Somebody Unheard Of")
    (folder / "entity2id.txt").write_text("".join(f"{name}\t{n}\n" for n, name in enumerate(names)))
    relations = ("Threaten", "Make a visit", "Make statement", "Dance together")
    (folder / "relation2id.txt").write_text("".join(f"{name}\t{n}\n" for n, name in enumerate(relations)))
    (folder / part).write_text("".join("\t".join(map(str, row)) + "\n" for row in rows))
    return folder
