"""Digests on their way: kept until they are taken, tried again with growing pauses, handed over once."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from detente.errors import DetenteError, UsageError
from detente.model.identity import digest
from detente.sources.jsonlines import is_web_address
from detente.watch.delivering import (
    MailServer,
    Message,
    atom_feed,
    post_webhook,
    send_mail,
    to_mail,
    write_atom,
)

logger = logging.getLogger(__name__)

FIRST = timedelta(minutes=5)
"""What was not taken is tried again after this, then after twice as long each time, up to a day."""

LONGEST = timedelta(days=1)

TRIES = 16
"""Tries, over a week; then it is given up, and the log says so."""

STALE = timedelta(minutes=15)
"""A parcel somebody took out to send and never brought back is sent by the next one after this."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message for one receiver: `sort` is "mail", "atom" or "webhook", `to` its address or file."""

    sort: str
    to: str
    message: Message
    allow_private: bool = False
    tries: int = 0
    due: str = ""

    @property
    def id(self) -> str:
        """Name the parcel by what it is: the same digest for the same receiver is one."""
        return digest(self.sort, self.to, self.message.id)


class Outbox:
    """A folder with one file a parcel; several processes may send from it."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, which need not be there yet."""
        self._folder = folder

    def put(self, parcel: Parcel) -> None:
        """Keep a parcel until it is taken; only its owner can read it."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        told = asdict(parcel)
        told["message"]["at"] = parcel.message.at.isoformat()
        unfinished = self._folder / f"{parcel.id}.part"
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(told, file)
        os.replace(unfinished, self._folder / f"{parcel.id}.json")

    def send(self, hand_over: Callable[[Parcel], None], now: datetime) -> list[str]:
        """Hand over what is due; gives a line for each parcel that was not taken, which is tried again later.

        A parcel is taken out of the folder before it is handed over: two processes never send the same one.
        """
        troubles = []
        for path in sorted(self._folder.glob("*.json")):
            parcel = _read(path)
            if parcel is None or (parcel.due and datetime.fromisoformat(parcel.due) > now):
                continue
            if (trouble := self._send(path, parcel, hand_over, now)) is not None:
                troubles.append(trouble)
        self._bring_back(now)
        return troubles

    def _send(
        self, path: Path, parcel: Parcel, hand_over: Callable[[Parcel], None], now: datetime
    ) -> str | None:
        taken = path.with_suffix(".sending")
        try:
            os.rename(path, taken)
        except OSError:
            # Another process was first.
            return None
        os.utime(taken, (now.timestamp(), now.timestamp()))
        try:
            hand_over(parcel)
        except DetenteError as err:
            self._keep(parcel, now, str(err))
            return str(err)
        except Exception as err:
            logger.exception("a digest was not delivered")
            self._keep(parcel, now, str(err))
            return f"{parcel.to}: {err}"
        finally:
            taken.unlink(missing_ok=True)
        return None

    def _keep(self, parcel: Parcel, now: datetime, why: str) -> None:
        if parcel.tries + 1 >= TRIES:
            logger.error("the digest of %s for %s is given up: %s", parcel.message.at, parcel.to, why)
            return
        due = now + min(FIRST * (1 << parcel.tries), LONGEST)
        self.put(replace(parcel, tries=parcel.tries + 1, due=due.isoformat()))

    def _bring_back(self, now: datetime) -> None:
        """Put back what a process that was killed had taken out."""
        for path in self._folder.glob("*.sending"):
            with suppress(OSError):
                if path.stat().st_mtime < (now - STALE).timestamp():
                    os.rename(path, path.with_suffix(".json"))

    def waiting(self) -> Iterator[Parcel]:
        """Give what is still to be delivered."""
        for path in sorted(self._folder.glob("*.json")):
            parcel = _read(path)
            if parcel is not None:
                yield parcel


def check(parcel: Parcel, server: MailServer | None) -> None:
    """Raise UsageError for a parcel that could never be delivered."""
    if parcel.sort == "mail":
        to_mail(parcel.message, parcel.to, _known(server))
    elif parcel.sort == "atom":
        atom_feed(Path(parcel.to), parcel.message)
    elif not is_web_address(parcel.to):
        raise UsageError(f"'{parcel.to}' is no web address")


def hand_over(parcel: Parcel, server: MailServer | None) -> None:
    """Deliver a parcel; raises NotDelivered when it is not taken now."""
    if parcel.sort == "mail":
        send_mail(parcel.message, parcel.to, _known(server))
    elif parcel.sort == "atom":
        write_atom(parcel.message, Path(parcel.to))
    else:
        post_webhook(parcel.message, parcel.to, allow_private=parcel.allow_private)


def _known(server: MailServer | None) -> MailServer:
    if server is None:
        raise UsageError("--mail needs mail_host and mail_from in the config file")
    return server


def _read(path: Path) -> Parcel | None:
    try:
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        told = held.pop("message")
        message = Message(**{**told, "at": datetime.fromisoformat(told["at"])})
        return Parcel(message=message, **held)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, OSError) as err:
        logger.warning("%s cannot be read (%s): set aside", path, err)
        with suppress(OSError):
            os.replace(path, path.with_suffix(".broken"))
        return None


def outbox_path(memory: Path) -> Path:
    """Name the folder, beside the file in which the watch of the same ledger remembers its feeds."""
    return memory.with_name(memory.stem.replace("watch-", "outbox-"))
