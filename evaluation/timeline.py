"""Score the coder on a desk's timeline: has each entry an event that a careful reader accepts, on its day?

Run `python -m evaluation.timeline FILE.json`, a list of {"year", "month", "day", "headline", "text"}. What is
accepted stands in `gold/timeline-accepts.tsv`; the entries stay where they are.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from detente.model.events import Event, Mention
from detente.model.joining import join_mentions
from detente.pipeline import read_text

ACCEPTS = Path(__file__).resolve().parent / "gold" / "timeline-accepts.tsv"


def main(path: str) -> None:
    """Print what was missed, then the two shares."""
    entries = json.loads(Path(path).read_text(encoding="utf-8"))
    met = total = 0
    for number, day, accepted in accepts():
        entry = entries[number]
        events = code(entry, day)
        total += len(events)
        if any(fits(event, accepted, day) for event in events):
            met += 1
        else:
            print(f"{number:3} {day} {entry['headline'][:90]!r}")
            for event in events:
                print(f"      {told(event)} {event.event_date.edtf if event.event_date else '-'}")
    print(f"entries met {100 * met / len(entries):.1f} % of {len(entries)}")
    print(f"events an entry {total / len(entries):.2f}")


def accepts() -> Iterator[tuple[int, date, list[str]]]:
    """Entry number, day and accepted codes."""
    for line in ACCEPTS.read_text(encoding="utf-8").splitlines():
        if line[:1].isdigit():
            number, day, codes = line.split("\t")
            yield int(number), date.fromisoformat(day), [code.strip() for code in codes.split(";")]


def code(entry: dict[str, str], day: date) -> list[Event]:
    """The events of an entry read as a page of its day: headline, then text."""
    text = " ".join(entry["headline"].split()) + "\n" + " ".join(entry["text"].split())
    found = read_text(text, published=day).records
    return list(join_mentions([one for one in found if isinstance(one, Mention)]))


def fits(event: Event, accepted: list[str], day: date) -> bool:
    """Whether type and states are accepted and the date is the day's, give or take one, or the text's own."""
    return _on_day(event, day) and any(_same(event, one) for one in accepted)


def _on_day(event: Event, day: date) -> bool:
    when = event.event_date
    if when is None or when.basis is None or when.basis.value in ("text", "relative"):
        return True
    low, high = when.lo or day, when.hi or day
    return low - timedelta(1) <= day <= high + timedelta(1)


def _same(event: Event, accepted: str) -> bool:
    kind, sides = accepted.split(" ")
    if event.event_type.value != kind:
        return False
    actor = {p.state or p.id or p.text for p in event.actor}
    other = {p.state or p.id or p.text for p in event.recipient}
    if ">" not in sides:
        return set(sides.split("+")) <= actor | other
    doer, done_to = sides.split(">")
    return (doer == "*" or set(doer.split("+")) <= actor) and (done_to == "*" or done_to in other)


def told(event: Event) -> str:
    """An event in a line."""
    actor, other = ([p.state or p.text for p in side] for side in (event.actor, event.recipient))
    return f"{event.event_type.value} {event.status.value} {actor} > {other}"


if __name__ == "__main__":
    main(sys.argv[1])
