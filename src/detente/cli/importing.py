"""`import`: bring event data sets into their archives."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.options import ArchiveOption, JsonOption, archive_folder

if TYPE_CHECKING:
    from detente.archives import Imported

SHOWN = 5
"""How many lines that are no rows, unmapped actors and codes are shown to people."""


class OriginChoice(StrEnum):
    """The data sets that are read."""

    GDELT = "gdelt"
    ICEWS = "icews"
    POLECAT = "polecat"
    ACLED = "acled"


OriginArgument = Annotated[OriginChoice, typer.Argument(help="Which data set the files are of.")]
PathsArgument = Annotated[
    list[Path], typer.Argument(metavar="FILE|FOLDER...", help="Its files, zipped or not, or folders of them.")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_)


def import_(
    origin: OriginArgument, paths: PathsArgument, archive: ArchiveOption = None, as_json: JsonOption = False
) -> None:
    """Bring event data into an archive beside the ledger; the same file again changes nothing.

    Lines that are no rows are told with their numbers, unmapped actors and codes with their counts.
    Exits with 1 when a file could not be read at all.
    """
    from detente.archives import Origin, import_files

    imported = import_files(Origin(origin.value), paths, archive_folder(archive))
    if as_json:
        sys.stdout.write(json.dumps(imported.to_row(), ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(imported))
    if any(part.trouble for part in imported.parts):
        raise typer.Exit(1)


def _lines(imported: Imported) -> Iterator[str]:
    for part in imported.parts:
        yield f"{part.path}: {part.trouble or f'{part.rows} rows'}"
        for fault in part.faults[:SHOWN]:
            yield f"  line {fault.line} {fault.reason}"
        if part.malformed > SHOWN:
            yield f"  ... {part.malformed} lines in all are no rows"
    yield f"{imported.rows} rows of {imported.origin.value} kept in {imported.folder}"
    yield f"{imported.malformed} lines are no rows"
    for what, counted in (("actors", imported.actors), ("codes", imported.codes)):
        if counted:
            first = ", ".join(f"{name} ({count})" for name, count in counted.most_common(SHOWN))
            yield f"unmapped {what}: {first}; {counted.total()} times, {len(counted)} in all"
