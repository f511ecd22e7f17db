"""Write a calendar for calendar programs: RFC 5545, the same bytes for the same view."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar as ICalendar
from icalendar import Event

from detente import __version__
from detente.ledger import View
from detente.model.identity import digest
from detente.register.calendar import Item

_FIRM = ("fixed", "scheduled")


def to_ical(view: View, items: Iterable[Item], stamp: datetime) -> bytes:
    """Write the items that have a day as all-day events; `stamp` is the moment the view is of.

    A vague day is the whole span it may be, and the description says so; what is fixed or scheduled is
    CONFIRMED, all else TENTATIVE. The description ends in the quote and the address of its page.
    """
    written = ICalendar()
    written.add("prodid", f"-//Detente//{__version__}//EN")
    written.add("version", "2.0")
    for item in items:
        if item.when and item.when.hi:
            written.add_component(_event(view, item, stamp))
    return bytes(written.to_ical())


def _event(view: View, item: Item, stamp: datetime) -> Event:
    event = Event()
    when = item.when
    if when and when.hi:
        event.add("dtstart", when.lo or when.hi)
        event.add("dtend", when.hi + timedelta(days=1))
    event.add("uid", f"{digest(item.what, item.title, *item.keys)}@detente")
    event.add("dtstamp", stamp)
    event.add("summary", item.title)
    event.add("status", "CONFIRMED" if item.certainty in _FIRM else "TENTATIVE")
    event.add("description", _described(view, item))
    return event


def _described(view: View, item: Item) -> str:
    lines = [f"{item.certainty}; {item.when.edtf if item.when else ''}"]
    if item.others:
        lines.append(f"also given as {', '.join(other.edtf for other in item.others)}")
    for record in item.records:
        held = view.document(record.document)
        quote = " ".join(record.evidence[0].quote.split())
        lines.append(f"“{quote}” {held.publisher} {held.address}")
    return "\n".join(lines)
