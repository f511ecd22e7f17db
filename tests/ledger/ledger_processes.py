"""What the processes of the concurrency tests do; run as a program so that each is a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from ledger_factories import TALKS, mention, reading, talks

from detente.ledger import Store
from detente.model.decisions import Decision, Verb
from detente.model.reading import Reading


def numbered(number: int) -> Reading:
    """A page unlike any other, with three records."""
    words = [f"Delegation {number} of round {n} met its hosts in hall {number * 7 + n}" for n in range(3)]
    text = ". ".join(words)
    return reading(f"https://example.org/{number}", text, [mention(text, one) for one in words])


def read(where: str, first: int, count: int) -> None:
    """Write pages as fast as the ledger takes them."""
    with Store.open(where) as store:
        writer = store.writer("reader")
        for number in range(first, first + count):
            writer.write(numbered(number))


def decide(where: str, who: str, count: int) -> None:
    """Confirm the records of the first pages, one decision each."""
    with Store.open(where) as store:
        writer = store.writer(who)
        key = talks().records[0].key
        for number in range(count):
            writer.decide(Decision(Verb.NOTE, key, who, f"{who} {number}"))


def open_first(where: str) -> None:
    """Open a ledger that may not exist yet and write the same page as everybody."""
    with Store.open(where) as store:
        store.writer("first").write(talks())


if __name__ == "__main__":
    act, where, *rest = sys.argv[1:]
    assert TALKS
    if act == "read":
        read(where, int(rest[0]), int(rest[1]))
    elif act == "decide":
        decide(where, rest[0], int(rest[1]))
    else:
        open_first(where)
