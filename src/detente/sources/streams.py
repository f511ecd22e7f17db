"""Read bytes from front to back without holding more than a piece of them, whatever their end looks like."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from detente.model.issues import Reason
from detente.sources.options import Limits

CHUNK = 256 * 1024
HEAD = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS


class Readable(Protocol):
    """Anything that gives bytes: a file, standard input, a member of an archive."""

    def read(self, size: int, /) -> bytes:
        """Give at most `size` bytes, none at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Damage:
    """Why the bytes ended before their end."""

    reason: Reason
    detail: str


class Stream:
    """Bytes with their first stretch known; the end may be early, then `damage` says why.

    Reading never raises: an error of the disk, of the compression or of the archive ends the stream.
    """

    def __init__(self, raw: Readable) -> None:
        """Read the first bytes of `raw` so that its format can be told."""
        self._raw = raw
        self._given = 0
        self._damage: Damage | None = None
        self._ahead = b""
        self._ahead = self.head = self._collect(HEAD)
        self._given = 0

    @property
    def damage(self) -> Damage | None:
        """Why the stream ended early; None while it has not ended or when it ended well."""
        inner = getattr(self._raw, "damage", None)
        return self._damage or (inner if isinstance(inner, Damage) else None)

    def read(self, size: int = CHUNK) -> bytes:
        """Give at most `size` bytes, none at the end."""
        if size < 0:
            return self._collect(None)
        if self._ahead:
            piece, self._ahead = self._ahead[:size], self._ahead[size:]
        else:
            piece = self._pull(size)
        self._given += len(piece)
        return piece

    def tell(self) -> int:
        """Count the bytes given so far."""
        return self._given

    def as_file(self, limit: int) -> BinaryIO | None:
        """Give a file one can move about in: the file itself, else a copy; None when that is over `limit`."""
        if isinstance(self._raw, io.BufferedReader) and self._raw.seekable():
            self._raw.seek(0)
            return self._raw
        content = self.read_all(limit)
        return None if content is None else io.BytesIO(content)

    def read_all(self, limit: int) -> bytes | None:
        """Give everything that is left; None when it is over `limit` bytes."""
        content = self._collect(limit + 1)
        return None if len(content) > limit else content

    def lines(self, limit: int) -> Iterator[bytes | None]:
        """Give each line without its line feed; None stands for a line over `limit` bytes."""
        pending = bytearray()
        too_long = False
        while chunk := self.read():
            start = 0
            while (cut := chunk.find(b"\n", start)) >= 0:
                yield None if too_long else bytes(pending) + chunk[start:cut]
                pending.clear()
                too_long, start = False, cut + 1
            if not too_long:
                pending += chunk[start:]
            if len(pending) > limit:
                pending.clear()
                too_long = True
        if pending or too_long:
            yield None if too_long else bytes(pending)

    def _collect(self, size: int | None) -> bytes:
        pieces: list[bytes] = []
        held = 0
        while size is None or held < size:
            piece = self.read(CHUNK if size is None else min(CHUNK, size - held))
            if not piece:
                break
            pieces.append(piece)
            held += len(piece)
        return b"".join(pieces)

    def _pull(self, size: int) -> bytes:
        if self._damage:
            return b""
        try:
            return self._raw.read(size)
        except (OSError, EOFError, ValueError, RuntimeError, zlib.error, zipfile.BadZipFile) as err:
            # Disks, network mounts and zip members fail while reading; what came before is kept.
            self._damage = Damage(Reason.TRUNCATED, str(err) or type(err).__name__)
            return b""


class Gunzip:
    """The expanded bytes of a gzip file of one or more members; ends early and says why in `damage`."""

    def __init__(self, raw: Readable, limits: Limits) -> None:
        """Expand `raw` piece by piece, at most as far as `limits` allow."""
        self._raw = raw
        self._limits = limits
        self._input = b""
        self._taken = 0
        self._given = 0
        self._fresh = True
        self._inflater = zlib.decompressobj(_GZIP)
        self._own_damage: Damage | None = None

    @property
    def damage(self) -> Damage | None:
        """Why the file ended early, None when it has not."""
        inner = getattr(self._raw, "damage", None)
        return self._own_damage or (inner if isinstance(inner, Damage) else None)

    def read(self, size: int = CHUNK, /) -> bytes:
        """Give at most `size` expanded bytes, none at the end or at the damage."""
        while not self._own_damage:
            more = bool(self._input) or self._refill()
            piece = self._expand(size)
            if piece:
                return self._counted(piece)
            if not more:
                self._end()
                break
        return b""

    def _refill(self) -> bool:
        self._input = self._raw.read(CHUNK)
        self._taken += len(self._input)
        return bool(self._input)

    def _expand(self, size: int) -> bytes:
        if self._fresh:
            # Tapes and some tools pad the end with zeros, which the format allows.
            self._input = self._input.lstrip(b"\0")
            if not self._input:
                return b""
        try:
            piece = self._inflater.decompress(self._input, size)
        except zlib.error as err:
            self._own_damage = Damage(Reason.TRUNCATED, f"compressed data is damaged: {err}")
            return b""
        self._fresh = False
        self._input = self._inflater.unconsumed_tail
        if self._inflater.eof:
            self._input = self._inflater.unused_data
            self._inflater = zlib.decompressobj(_GZIP)
            self._fresh = True
        return piece

    def _counted(self, piece: bytes) -> bytes:
        self._given += len(piece)
        allowed = max(self._limits.max_page, self._taken * self._limits.max_ratio)
        if self._given > allowed:
            ratio = self._given // max(self._taken, 1)
            self._own_damage = Damage(
                Reason.TOO_LARGE, f"compressed data grew over {ratio}-fold; reading stopped"
            )
        return piece

    def _end(self) -> None:
        if not self._fresh and not self._own_damage:
            self._own_damage = Damage(Reason.TRUNCATED, "compressed data ends before its end")


@dataclass(slots=True)
class Meter:
    """How many bytes may still be read."""

    left: int


class Metered:
    """Bytes that end, with `damage` saying so, when their meter has run out."""

    def __init__(self, raw: Readable, meter: Meter) -> None:
        """Count what is read from `raw` on `meter`, which others may share."""
        self._raw = raw
        self._meter = meter
        self._own_damage: Damage | None = None

    @property
    def damage(self) -> Damage | None:
        """Why the bytes ended early, None when they have not."""
        inner = getattr(self._raw, "damage", None)
        return self._own_damage or (inner if isinstance(inner, Damage) else None)

    def read(self, size: int = CHUNK, /) -> bytes:
        """Give at most `size` bytes, none at the end."""
        if self._meter.left < 0:
            self._own_damage = Damage(Reason.TOO_LARGE, "grows beyond what is read of one archive")
            return b""
        piece = self._raw.read(size)
        self._meter.left -= len(piece)
        return piece
