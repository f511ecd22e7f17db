"""Ask servers only for pages that changed: the ledger's marks in the words of the fetcher."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from detente.ledger import PageMarks
from detente.sources.options import Validators


class HeldValidators(MutableMapping[str, Validators]):
    """The marks of the ledger as validators."""

    def __init__(self, marks: PageMarks) -> None:
        """Show `marks`, and bring into them what is set."""
        self.marks = marks

    def __getitem__(self, address: str) -> Validators:
        """Give what the server of a page gave when the page was taken."""
        return Validators(*self.marks[address])

    def __setitem__(self, address: str, validators: Validators) -> None:
        """Take what a server gave; what is not ASCII cannot be sent back to it in a header."""
        told = [text if text.isascii() else "" for text in (validators.etag, validators.last_modified)]
        if any(told):
            self.marks[address] = (told[0], told[1])

    def __delitem__(self, address: str) -> None:
        """Forget a page's validators for this run."""
        del self.marks[address]

    def __iter__(self) -> Iterator[str]:
        """Go through the addresses that have validators."""
        return iter(self.marks)

    def __len__(self) -> int:
        """Count the addresses that have validators."""
        return len(self.marks)
