"""Options several commands share, and how they become a ledger and a view."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.ledger import Store, View

LedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        help="Path or postgresql:// address of the ledger. Default: $DETENTE_LEDGER, the config file.",
    ),
]
ArchiveOption = Annotated[
    str | None,
    typer.Option("--archive", help="Folder of the archives. Default: $DETENTE_ARCHIVE, the config file."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON for machines.")]
WhoOption = Annotated[
    str | None, typer.Option("--who", help="Who decides. Default: the config file, then $USER.")
]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why, in a sentence.")]
AboutOption = Annotated[
    str | None,
    typer.Option("--about", help="A state (PRK), a pair (PRK-RUS) or an actor's id (kim-jong-un)."),
]
SinceOption = Annotated[str | None, typer.Option("--since", help="First day, YYYY-MM-DD.")]
UntilOption = Annotated[str | None, typer.Option("--until", help="Last day, YYYY-MM-DD.")]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", help="What the world had published by this day, YYYY-MM-DD.")
]
HeldAtOption = Annotated[
    str | None,
    typer.Option("--held-at", help="What this ledger held at this time, ISO 8601, UTC unless it says else."),
]

LimitOption = Annotated[int, typer.Option("--limit", min=1, help="At most so many lines.")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this file instead of stdout.")
]
AfterOption = Annotated[
    str | None,
    typer.Option("--after", help="Go on behind this place, which a listing's last line names."),
]


def to_day(text: str | None, option: str) -> date | None:
    """Read a day; raises UsageError naming the option."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as err:
        raise UsageError(f"{option} {text!r} is not a day such as 2024-03-28") from err


def to_moment(text: str | None, option: str) -> datetime | None:
    """Read a time with its zone, UTC when it names none; raises UsageError naming the option."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as err:
        raise UsageError(f"{option} {text!r} is not a time such as 2024-03-28T12:00:00Z") from err
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def open_ledger(ledger: str | None, *, create: bool = False) -> AbstractContextManager[Store]:
    """Open the ledger the options name; without `create` a missing one is an error that says what to type."""
    from detente.config import load_config
    from detente.ledger import Store

    return Store.open(load_config(ledger=ledger).ledger, create=create)


def archive_folder(archive: str | None) -> Path:
    """The folder of event data sets the options name."""
    from detente.config import load_config

    return Path(load_config(archive=archive).archive)


def today_of(store: Store, as_of: str | None, held_at: str | None) -> date:
    """The day on which the options look: that of `--as-of`, of `--held-at`, else the day it is in UTC."""
    day, moment = to_day(as_of, "--as-of"), to_moment(held_at, "--held-at")
    return day or (moment or store.clock()).astimezone(UTC).date()


def open_view(store: Store, as_of: str | None = None, held_at: str | None = None) -> View:
    """Look at the ledger on the clocks the options name."""
    return store.view(published_until=to_day(as_of, "--as-of"), held_at=to_moment(held_at, "--held-at"))


def to_about(text: str | None) -> str | None:
    """Check whom a question is about: a state, a pair of states or an actor's id the codebook knows."""
    from detente.codebooks.plain_words import name_of
    from detente.model.actors import Dyad

    if text is None:
        return None
    if "-" in text and text.upper() == text:
        pair = Dyad.parse(text) if len(text) == 7 else None
        if pair and name_of(pair.first) and name_of(pair.second):
            return str(pair)
    elif name_of(text):
        return text
    raise UsageError(
        f"--about {text}: not a state (PRK), a pair of states (PRK-RUS) or an actor's id we know"
    )


def to_who(who: str | None) -> str:
    """Name who decides: the option, the config file, $USER."""
    from detente.config import load_config

    return load_config(who=who).who


def write_lines(lines: Iterable[str]) -> None:
    """Write lines to standard output."""
    sys.stdout.writelines(line + "\n" for line in lines)


def write_output(data: bytes, output: Path | None) -> None:
    """Write to the file named, or to standard output; a file that cannot be written is a usage error."""
    try:
        with opened(output) as out:
            out.write(data)
    except OSError as err:
        if output is None:
            raise
        raise UsageError(f"--output {output}: {err.strerror}") from err


class opened:  # noqa: N801 - reads as what it does in a with statement
    """Open the file named, or standard output; a file that cannot be written is a usage error."""

    def __init__(self, output: Path | None) -> None:
        self.output = output

    def __enter__(self) -> IO[bytes]:
        if self.output is None:
            self.stream: IO[bytes] = sys.stdout.buffer
            return self.stream
        try:
            self.stream = self.output.open("wb")
        except OSError as err:
            raise UsageError(f"--output {self.output}: {err.strerror}") from err
        return self.stream

    def __exit__(self, *error: object) -> None:
        if self.output is None:
            self.stream.flush()
        else:
            self.stream.close()


def write_list(rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as one JSON list."""
    sys.stdout.write(json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n")
