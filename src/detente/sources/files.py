"""Files and folders on this machine."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from detente.model.issues import Issue, Reason
from detente.sources.contents import read_contents
from detente.sources.source import Found, Origin, Setting, guarded
from detente.sources.streams import Stream

_SPECIAL = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)


@dataclass(frozen=True, slots=True)
class PathSource:
    """The pages of a file, of a folder with all below it, or of what a pattern such as `*.html` names."""

    target: str
    setting: Setting

    def pages(self) -> Iterator[Found]:
        """Give the pages in order of their names."""
        for found in find_files(self.target):
            if isinstance(found, Issue):
                yield found
            else:
                yield from guarded(read_file(found, self.setting), address_of(found))


def find_files(target: str) -> Iterator[Path | Issue]:
    """List the files a target names, sorted, without hidden ones; an issue where it names none."""
    if not target or "\0" in target:
        yield Issue(Reason.NOT_FOUND, "file:", "not the name of a file")
        return
    path = _path_of(target)
    if os.path.lexists(path) or not glob.has_magic(target):
        yield from _below(path, is_asked=True)
        return
    matches = sorted(glob.glob(str(path), recursive=True))
    if not matches:
        yield Issue(Reason.NOT_FOUND, address_of(path), "the pattern matches nothing")
    for match in matches:
        # With ** a pattern lists folders as well as the files in them.
        if not ("**" in target and os.path.isdir(match)):
            yield from _below(Path(match), is_asked=True)


def _path_of(target: str) -> Path:
    if target.startswith("file:"):
        return Path(unquote(urlsplit(target).path))
    return Path(target).expanduser() if target.startswith("~") else Path(target)


def address_of(path: Path) -> str:
    """The `file:` URI of a path, absolute and with its symbolic links followed."""
    try:
        return path.resolve().as_uri()
    except (OSError, RuntimeError, ValueError):
        return Path(os.path.abspath(path)).as_uri()


def _below(start: Path, *, is_asked: bool) -> Iterator[Path | Issue]:
    waiting = [start]
    seen: set[tuple[int, int]] = set()
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield path
                continue
            # A symbolic link may lead back up: each folder is entered once.
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            inside = _visible(path)
        except OSError as err:
            yield _refused(path, err)
            continue
        if not inside and path == start and is_asked:
            yield Issue(Reason.EMPTY, address_of(path), "the folder holds nothing to read")
        waiting.extend(reversed(inside))


def _visible(folder: Path) -> list[Path]:
    names = sorted(entry.name for entry in os.scandir(folder) if not entry.name.startswith("."))
    pages = {name.rsplit(".", 1)[0] for name in names if name.lower().endswith((".html", ".htm"))}
    # A browser saves a page's images and scripts beside it, in NAME_files.
    return [folder / name for name in names if not (name.endswith("_files") and name[:-6] in pages)]


def _refused(path: Path, err: OSError) -> Issue:
    address = address_of(path)
    if isinstance(err, FileNotFoundError | NotADirectoryError):
        return Issue(Reason.NOT_FOUND, address, "there is no such file")
    if isinstance(err, PermissionError):
        return Issue(Reason.FORBIDDEN, address, "no permission to read it")
    return Issue(Reason.UNREACHABLE, address, os.strerror(err.errno) if err.errno else str(err))


def read_file(path: Path, setting: Setting) -> Iterator[Found]:
    """Give the pages of one file; pipes, sockets and devices are never opened."""
    try:
        mode = path.stat().st_mode
        special = next((words for test, words in _SPECIAL if test(mode)), None)
        if special:
            yield Issue(Reason.UNSUPPORTED_FORMAT, address_of(path), f"{special}, not a file")
            return
        raw = path.open("rb")
    except OSError as err:
        yield _refused(path, err)
        return
    with raw:
        origin = Origin(address_of(path), path.name, setting.clock())
        yield from read_contents(Stream(raw), origin, setting)
