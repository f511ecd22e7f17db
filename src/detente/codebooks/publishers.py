"""Who publishes: name, country, date order, rank and zone of a house, found by its address or its name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from detente.codebooks.tables import read_table
from detente.model.actors import Rank

_NOT_A_LETTER = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Publisher:
    """A house that publishes pages.

    `country` is ISO alpha-3. `date_order` is "dmy", "mdy", "ymd" or "" where the house has no fixed one.
    `rank` is None for plain press. `zone` is the IANA zone of its newsroom, "" when unknown.
    """

    name: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    country: str
    date_order: str
    rank: Rank | None
    zone: str


@dataclass(frozen=True, slots=True)
class WebCountry:
    """The country a web address's last label stands for, and its order of day and month ("" if mixed)."""

    country: str
    date_order: str


@cache
def publishers() -> tuple[Publisher, ...]:
    """Read the list of publishers; raises CodebookError with file and line."""
    columns = ("name", "aliases", "domains", "country", "date_order", "rank", "zone")
    found = []
    for row in read_table("publishers.tsv", columns):
        if row["date_order"] not in ("", "dmy", "mdy", "ymd"):
            raise row.error(f"'{row['date_order']}' is not an order of day, month and year")
        if row["rank"] and row["rank"] not in list(Rank):
            raise row.error(f"'{row['rank']}' is not a rank")
        if len(row["country"]) != 3:
            raise row.error(f"'{row['country']}' is not an alpha-3 code")
        rank = Rank(row["rank"]) if row["rank"] else None
        names = row["name"], row.many("aliases"), row.many("domains")
        found.append(Publisher(*names, row["country"], row["date_order"], rank, row["zone"]))
    return tuple(found)


def publisher_by_address(address: str) -> Publisher | None:
    """Find the house whose domain the address stands under; None when the list holds none."""
    host = _host(address)
    labels = host.split(".")
    for start in range(len(labels) - 1):
        known = _by_domain().get(".".join(labels[start:]))
        if known:
            return known
    return None


def publisher_by_name(name: str) -> Publisher | None:
    """Find a house by its name or alias, without regard to case, accents and a leading "The"."""
    return _by_name().get(_fold(name)) if name else None


def web_country(address: str) -> WebCountry | None:
    """Tell the country of an address by its last label; None for labels that belong to no country."""
    return _web_countries().get(_host(address).rpartition(".")[2])


@cache
def date_order_of(country: str) -> str:
    """The order in which a country (alpha-3) writes numeric dates; "" where it has no single one."""
    return next((entry.date_order for entry in _web_countries().values() if entry.country == country), "")


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d"))
    words = _NOT_A_LETTER.sub(" ", "".join(char for char in plain if not unicodedata.combining(char)))
    return words.strip().removeprefix("the ")


@cache
def _by_domain() -> dict[str, Publisher]:
    return {domain: publisher for publisher in publishers() for domain in publisher.domains}


@cache
def _by_name() -> dict[str, Publisher]:
    return {
        _fold(name): publisher for publisher in publishers() for name in (publisher.name, *publisher.aliases)
    }


@cache
def _web_countries() -> dict[str, WebCountry]:
    rows = read_table("web_countries.tsv", ("domain", "country", "date_order"))
    return {row["domain"]: WebCountry(row["country"], row["date_order"]) for row in rows}
