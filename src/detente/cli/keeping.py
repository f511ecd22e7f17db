"""`verify`, `backup` and `restore`: look after the ledger."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import JsonOption, LedgerOption, open_ledger

PathArgument = Annotated[Path, typer.Argument(help="The backup file.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("verify")(verify)
    app.command("backup")(backup)
    app.command("restore")(restore)


def verify(ledger: LedgerOption = None, as_json: JsonOption = False) -> None:
    """Check every quote against its text, every reference, and every belief against what it follows from.

    Exits with 1 when anything is wrong, and says what.
    """
    from detente.ledger import verify as find_faults

    with open_ledger(ledger) as store:
        faults = find_faults(store)
        counts = store.view().counts()
    if as_json:
        sys.stdout.write(json.dumps({"faults": faults, "counts": dict(counts)}) + "\n")
    else:
        held = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
        sys.stdout.write("\n".join([*faults, f"{len(faults)} faults in {held or 'an empty ledger'}."]) + "\n")
    if faults:
        raise typer.Exit(1)


def backup(path: PathArgument, ledger: LedgerOption = None) -> None:
    """Copy the ledger to one file, whole and consistent even while others write."""
    from detente.ledger import backup as copy_to

    with open_ledger(ledger) as store:
        copy_to(store, path)
    sys.stdout.write(f"Backed up to {path}\n")


def restore(path: PathArgument, ledger: LedgerOption = None) -> None:
    """Bring a backup back into an empty ledger."""
    from detente.ledger import restore as bring_back

    with open_ledger(ledger, create=True) as store:
        bring_back(path, store)
    sys.stdout.write(f"Restored from {path}\n")
