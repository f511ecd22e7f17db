"""Say who published a page and what sort of text it is, from its address, its names and its title."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from detente.codebooks.page_words import genre_signs
from detente.codebooks.publishers import (
    Publisher,
    publisher_by_address,
    publisher_by_name,
    web_country,
)
from detente.model.actors import Rank
from detente.model.documents import Genre, Metadata, Page
from detente.model.issues import Issue, Reason
from detente.reading.pieces import squeeze
from detente.reading.publication import DateEvidence, Moment


@dataclass(frozen=True, slots=True)
class House:
    """Who published a page: "" and None where neither the page nor the list of publishers says."""

    name: str = ""
    country: str | None = None
    rank: Rank | None = None
    zone: str = ""
    date_order: str = ""

    def evidence(self, page: Page, language: str, body: str, page_text: str) -> DateEvidence:
        """What the house and the page say about the order of day and month."""
        received = page.received.date()
        return DateEvidence(self.date_order, self.country, language, body, page_text, received, self.zone)


def house_of(address: str, names: Iterable[str]) -> House:
    """Find the house by the first name or the domain the list knows, else take the first name as it is.

    The country of an unlisted house is that of its domain's last label, None where that is worldwide.
    """
    given = [squeeze(name) for name in names if squeeze(name)]
    known = next(filter(None, map(publisher_by_name, given)), None) or publisher_by_address(address)
    if known:
        return _listed(known)
    country = web_country(address)
    name = given[0] if given else ""
    return House(name, country.country, None, "", country.date_order) if country else House(name)


def _listed(publisher: Publisher) -> House:
    return House(publisher.name, publisher.country, publisher.rank, publisher.zone, publisher.date_order)


def genre_of(title: str, address: str = "", types: Iterable[str] = (), sections: Iterable[str] = ()) -> Genre:
    """Tell what sort of text a page is by what it says of itself; UNKNOWN where it says nothing."""
    folders = [part.casefold() for part in _path(address).split("/")[:-1]]
    shown = {"title": [title], "type": list(types), "section": list(sections), "address": folders}
    for sign in genre_signs():
        test = sign.pattern.search if sign.where == "title" else sign.pattern.fullmatch
        if any(test(squeeze(value)) for value in shown[sign.where]):
            return sign.genre
    return Genre.UNKNOWN


def _path(address: str) -> str:
    """The path of a web address; a reader's own folders say nothing about a file."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.path if parts.scheme in ("http", "https") else ""


def dated(metadata: Metadata, page: Page, moment: Moment | None) -> tuple[Metadata, list[Issue]]:
    """Put the publication moment into the metadata; an Issue where there is none or it stays open."""
    if moment is None:
        return metadata, [
            Issue(Reason.NO_DATE, page.address, "the page names no day of publication", severity="note")
        ]
    filled = replace(metadata, published=moment.date, zone=moment.zone, published_time=moment.clock)
    if not moment.is_open:
        return filled, []
    detail = f"'{moment.date.text}' may be {moment.date.lo} or {moment.date.hi}"
    return filled, [Issue(Reason.AMBIGUOUS_DATE, page.address, detail, severity="note")]


def clash(page: Page, told: Moment | None, written: Moment | None) -> list[Issue]:
    """An Issue where two dates of one page lie more than a week apart."""
    first, second = _day(told), _day(written)
    if first is None or second is None or abs((first - second).days) <= 7:
        return []
    detail = f"told as published {first}, but the page itself says {second}"
    return [Issue(Reason.CLASH, page.address, detail, severity="note")]


def _day(moment: Moment | None) -> date | None:
    return moment.date.lo if moment and moment.date.is_day else None
