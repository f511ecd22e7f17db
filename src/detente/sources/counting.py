"""Count pages before they are read, for a progress bar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from detente.model.issues import Issue
from detente.sources.files import find_files
from detente.sources.formats import Format, recognise
from detente.sources.opening import OPENERS, installed_openers, open_path
from detente.sources.source import Setting
from detente.sources.streams import HEAD, Stream

_ENTRY = re.compile(rb"<(?:item|entry)[\s>]")
_ONE = {Format.PAGE, Format.EMPTY, Format.BINARY, Format.NOT_A_PAGE, Format.NOT_A_FEED}


def count_pages(targets: Sequence[str]) -> int | None:
    """Estimate how many pages and issues the targets give; None when one of them cannot be told cheaply.

    Lists are counted by their lines, feeds by their entries; web addresses, standard input, compressed
    files and archives cannot be told.
    """
    total = 0
    for target in targets:
        count = _count_target(target)
        if count is None:
            return None
        total += count
    return total


def _count_target(target: str) -> int | None:
    openers = [opener for opener in installed_openers() + OPENERS if opener is not open_path]
    if any(opener(target, Setting()) for opener in openers):
        return None
    total = 0
    for found in find_files(target):
        count = 1 if isinstance(found, Issue) else _count_file(found)
        if count is None:
            return None
        total += count
    return total


def _count_file(path: Path) -> int | None:
    if not path.is_file():
        return 1
    try:
        with path.open("rb") as raw:
            return _count_pages(Stream(raw), path.name)
    except OSError:
        return 1


def _count_pages(stream: Stream, name: str) -> int | None:
    known = recognise(stream.head, name).format
    if known is Format.ZIP:
        return 1 if name.lower().endswith(".docx") else None
    if known is Format.JSON_LINES:
        return _count_lines(stream)
    if known is Format.FEED:
        is_whole = len(stream.head) < HEAD
        return len(_ENTRY.findall(stream.head)) if is_whole else None
    return 1 if known in _ONE else None


def _count_lines(stream: Stream) -> int:
    count, last = 0, b"\n"
    while chunk := stream.read():
        count += chunk.count(b"\n")
        last = chunk[-1:]
    return count + (last != b"\n")
