"""Open the files of an import: found in folders, unpacked within bounds, every line bounded and in UTF-8."""

from __future__ import annotations

import codecs
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from detente.errors import DetenteError, UsageError

SUFFIXES = {".csv", ".tsv", ".tab", ".txt", ".zip"}
LONGEST_LINE = 1 << 20
LARGEST_FILE = 16 << 30
LARGEST_RATIO = 250
"""How many bytes one byte of a zip file may become once it has become more than `FREE`."""
FREE = 64 << 20
PIECE = 1 << 20


class BadFile(DetenteError):
    """This file cannot be read as what it should be: the import goes on with the others."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One table of an import: a file, or the `member`th table in a zip file. `name` is what rows call it."""

    path: Path
    member: int | None = None

    @property
    def name(self) -> str:
        """The name of the file; tables of a zip file that holds several are numbered."""
        return f"{self.path.name}#{self.member + 1}" if self.member else self.path.name

    def open(self) -> BinaryIO:
        """Open the bytes, unpacked; raises BadFile."""
        try:
            if self.member is None:
                return self.path.open("rb")
            archive = zipfile.ZipFile(self.path)
            return archive.open(_tables_in(archive)[self.member])  # type: ignore[return-value]
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, IndexError) as err:
            raise BadFile(f"cannot be opened: {err}") from err

    def packed(self) -> int:
        """How many bytes the file has on the disk."""
        return self.path.stat().st_size

    def head(self, lines: int = 50) -> list[str]:
        """Give the first lines, without their ends; raises BadFile."""
        with Lines(self) as stream:
            text = io.BytesIO(b"".join(stream.pieces(limit=LONGEST_LINE * 2))).read().decode("utf-8")
        return text.split("\n", lines)[:lines]


def tables_of(paths: Iterable[Path]) -> Iterator[tuple[Path, Opened | BadFile]]:
    """Find the tables of files and folders, in order; a zip file that is none is given as what is wrong.

    Raises UsageError for a path that does not exist or a folder without a table.
    """
    for path in paths:
        found = sorted(_files_of(path))
        if not found:
            raise UsageError(f"{path}: there is no file with {', '.join(sorted(SUFFIXES))} in it")
        for file in found:
            if file.suffix.lower() == ".zip":
                yield from ((file, table) for table in _unpacked(file))
            else:
                yield file, Opened(file)


def _files_of(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        for file in path.rglob("*"):
            if file.suffix.lower() in SUFFIXES and file.is_file() and not file.name.startswith("."):
                yield file
    else:
        raise UsageError(f"{path}: there is no such file or folder")


def _unpacked(path: Path) -> list[Opened | BadFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            held = len(_tables_in(archive))
    except (OSError, zipfile.BadZipFile) as err:
        return [BadFile(f"is no zip file: {err}")]
    return [Opened(path, number) for number in range(held)] or [BadFile("holds no table")]


def _tables_in(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [
        member
        for member in archive.infolist()
        if not member.is_dir() and Path(member.filename).suffix.lower() in SUFFIXES - {".zip"}
    ]


class Lines(io.RawIOBase):
    """The bytes of a table as a stream: UTF-8, no line over `LONGEST_LINE`, no more than a zip may hold.

    A line that is too long is cut, so that the lines keep their numbers and whoever reads rows finds it
    wanting. `digest` is that of the bytes read so far.
    """

    def __init__(self, table: Opened) -> None:
        """Open the table; raises BadFile."""
        super().__init__()
        self._source = table.open()
        self._bound = LARGEST_FILE
        if table.member is not None:
            self._bound = min(LARGEST_FILE, max(FREE, table.packed() * LARGEST_RATIO))
        self._hash = hashlib.sha256()
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode
        self._read = 0
        self._line = 0
        self._ready = b""
        self._pieces = self.pieces()

    @property
    def digest(self) -> str:
        """The hash of the bytes read so far, in hexadecimals."""
        return self._hash.hexdigest()

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes, at most `size`."""
        while size < 0 or len(self._ready) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._ready += piece
        size = len(self._ready) if size < 0 else size
        given, self._ready = self._ready[:size], self._ready[size:]
        return given

    def pieces(self, limit: int | None = None) -> Iterator[bytes]:
        """Give the stream in pieces, up to about `limit` bytes; raises BadFile."""
        while limit is None or self._read < limit:
            piece = self._next()
            self._hash.update(piece)
            self._read += len(piece)
            if self._read > self._bound:
                raise BadFile(f"unpacks to more than {self._bound >> 20} MiB")
            yield self._bounded(self._decode(piece, not piece).encode().replace(b"\0", b""))
            if not piece:
                return

    def _next(self) -> bytes:
        try:
            return self._source.read(PIECE)
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error) as err:
            raise BadFile(f"breaks off: {err}") from err

    def _bounded(self, piece: bytes) -> bytes:
        """Cut what is over the longest line; only the line a piece begins in can be that long."""
        end = piece.find(b"\n")
        head, rest = (piece, b"") if end < 0 else (piece[:end], piece[end:])
        kept = head[: LONGEST_LINE - self._line]
        self._line = self._line + len(kept) if end < 0 else len(rest) - rest.rfind(b"\n") - 1
        return kept + rest

    def close(self) -> None:
        """Close the file underneath."""
        self._source.close()
        super().close()
