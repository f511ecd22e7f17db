"""Everything that can go wrong and what the caller should do about it.

DetenteError
├── UnreadablePage       skip this page; it is recorded as an Issue
├── SourceUnavailable    stop this source; the others go on
├── CodebookError        stop the run: a codebook file is wrong
├── ModelMissing         stop the run: the language model is not installed
├── LedgerError          stop the run: the ledger cannot be used as asked
│   ├── LedgerTooNew     made by a newer version of Détente
│   ├── LedgerBusy       another writer kept it locked for too long
│   └── LedgerFull       the disk is full
├── ArchiveError         stop the import or the question: an archive cannot be used as asked
└── UsageError           the caller asked for something that does not exist
    └── NotDelivered     nobody took it now: it may be tried again later
"""


class DetenteError(Exception):
    """Root of everything Détente raises on purpose; its text is one line a person can act on."""


class UnreadablePage(DetenteError):
    """This page cannot be read: skip it, keep its bytes and record why."""

    def __init__(self, reason: str, detail: str = "") -> None:
        """Say `reason` (a code from `model.issues.Reason`) and a sentence of `detail`."""
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class SourceUnavailable(DetenteError):
    """This source gives no more pages: stop it and go on with the others."""

    def __init__(self, reason: str, detail: str = "") -> None:
        """Say `reason` (a code from `model.issues.Reason`) and a sentence of `detail`."""
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class CodebookError(DetenteError):
    """A codebook file is wrong: stop the run and mend the named line."""


class ModelMissing(DetenteError):
    """The language model is not installed: stop the run and say how to install it."""


class LedgerError(DetenteError):
    """The ledger cannot be used as asked: stop the run."""


class LedgerTooNew(LedgerError):
    """The ledger was made by a newer version of Détente: upgrade before opening it."""


class LedgerBusy(LedgerError):
    """Another writer held the ledger for longer than we wait: try again."""


class LedgerFull(LedgerError):
    """The disk under the ledger is full: what was committed is safe, nothing more was written."""


class ArchiveError(DetenteError):
    """An archive of event data cannot be written or read: stop, and say which folder or file."""


class UsageError(DetenteError, ValueError):
    """The caller named a record, actor, day or option that does not exist."""


class NotDelivered(UsageError):
    """The receiver could not be reached or did not take it: try again later."""
