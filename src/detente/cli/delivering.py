"""Pack a digest for its receivers, keep it until they took it, and hand it over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.brief.lines import Brief
    from detente.watch.delivering import MailServer
    from detente.watch.outbox import Outbox, Parcel


def parcels(
    brief: Brief,
    who: str,
    at: datetime,
    mail: str | None,
    atom: Path | None,
    webhook: str | None,
    allow_private: bool,
) -> list[Parcel]:
    """Pack a digest once for each receiver; raises UsageError for one that could never get it."""
    from detente.brief.formats import to_html, to_text
    from detente.watch.delivering import Message
    from detente.watch.outbox import Parcel, check

    message = Message(who, brief.title, to_text(brief), to_html(brief), at)
    named = (("mail", mail), ("atom", str(atom.resolve()) if atom else None), ("webhook", webhook))
    packed = [Parcel(sort, to, message, allow_private) for sort, to in named if to]
    for parcel in packed:
        check(parcel, _server())
    return packed


def outbox(ledger: str) -> Outbox:
    """Give the outbox of a ledger."""
    from detente.watch.memory import memory_path
    from detente.watch.outbox import Outbox, outbox_path

    return Outbox(outbox_path(memory_path(ledger)))


def keep(packed: Sequence[Parcel], ledger: str | None) -> Outbox:
    """Put parcels into the outbox of the ledger that was named, or of the configured one."""
    from detente.config import load_config

    box = outbox(load_config(ledger=ledger).ledger)
    for parcel in packed:
        box.put(parcel)
    return box


def deliver(box: Outbox, now: datetime) -> list[str]:
    """Hand over what is due; gives a line for each parcel that was not taken."""
    from detente.watch.outbox import hand_over

    return box.send(partial(hand_over, server=_server()), now)


def _server() -> MailServer | None:
    from detente.config import load_config
    from detente.watch.delivering import MailServer

    config = load_config()
    if not config.mail_host:
        return None
    return MailServer(
        config.mail_host, config.mail_port, config.mail_user, config.mail_from, config.mail_security
    )
