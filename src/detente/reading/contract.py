"""What a page reader promises, and the version that names every rendition it makes."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from detente.model.documents import Page, Rendition

READER_VERSION = "1"


@runtime_checkable
class PageReader(Protocol):
    """A plug-in that turns the bytes of one kind of page into a rendition.

    `name` with its version enters the rendition's identity. `accepts` decides from the declared media
    type, the address and the first bytes, without reading the page. `read` raises UnreadablePage when
    nothing can be read; troubles with a part of the page go to `Rendition.issues`. It never raises
    anything else, whatever the bytes.
    """

    name: str

    def accepts(self, page: Page) -> bool:
        """Whether this reader is meant for the page."""
        ...

    def read(self, page: Page) -> Rendition:
        """Read the page into text with typed blocks."""
        ...


def versioned(name: str) -> str:
    """Name a built-in reader with its version: `html/1`."""
    return f"{name}/{READER_VERSION}"
