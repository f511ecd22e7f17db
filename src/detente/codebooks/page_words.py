"""The words and places by which a page shows its furniture, its credits, its dates and its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from detente.codebooks.tables import Row, read_table
from detente.model.documents import Genre

_KINDS = ("end", "line", "lead", "aside", "box", "replies", "credit", "byline", "dated", "changed", "about")


@dataclass(frozen=True, slots=True)
class DatelinePlace:
    """A place of a dateline: its country (alpha-3) and IANA zone."""

    name: str
    country: str
    zone: str


@dataclass(frozen=True, slots=True)
class GenreSign:
    """Something a page says of itself that fixes its genre."""

    where: str
    pattern: re.Pattern[str]
    genre: Genre


@cache
def furniture(kind: str) -> re.Pattern[str]:
    """One pattern for all lines of `kind` in page_chrome.tsv; match it against a stripped line.

    "end" and "line" match whole lines only, the others at a line's start.
    """
    rows = [row for row in read_table("page_chrome.tsv", ("kind", "pattern")) if _known(row)["kind"] == kind]
    whole = r"\s*$" if kind in ("end", "line") else ""
    return re.compile("(?:" + "|".join(_compiled(row).pattern for row in rows) + ")" + whole, re.IGNORECASE)


@cache
def months() -> dict[str, int]:
    """Month names in lower case, without a final dot, to 1..12."""
    rows = read_table("months.tsv", ("month", "names"))
    return {name: int(row["month"]) for row in rows for name in row.many("names")}


@cache
def _zones() -> dict[tuple[str, str], str]:
    rows = read_table("time_zones.tsv", ("abbreviation", "country", "zone"))
    return {(row["abbreviation"], row["country"]): row["zone"] for row in rows}


def zone_of(abbreviation: str, country: str | None) -> str:
    """The zone an abbreviation means for a publisher of `country`; "" where it stays open."""
    zones = _zones()
    return zones.get((abbreviation.upper(), country or "*")) or zones.get((abbreviation.upper(), "*"), "")


@cache
def zone_names() -> frozenset[str]:
    """Every abbreviation of a time zone in the list."""
    return frozenset(abbreviation for abbreviation, _ in _zones())


@cache
def dateline_places() -> dict[str, DatelinePlace]:
    """Places of datelines by their name in lower case."""
    rows = read_table("datelines.tsv", ("place", "country", "zone"))
    return {row["place"].casefold(): DatelinePlace(row["place"], row["country"], row["zone"]) for row in rows}


@dataclass(frozen=True, slots=True)
class BoldName:
    """A name that saved pages glue to its neighbours, and the titles after which a broken line runs on."""

    name: str
    titles: tuple[str, ...]


@cache
def bold_names() -> tuple[BoldName, ...]:
    """Names that saved pages glue to their neighbours."""
    rows = read_table("bold_names.tsv", ("name", "titles", "source"))
    return tuple(BoldName(row["name"], row.many("titles")) for row in rows)


@cache
def genre_signs() -> tuple[GenreSign, ...]:
    """What tells a page's genre, firmest first."""
    signs = []
    for row in read_table("page_genres.tsv", ("where", "pattern", "genre")):
        if row["where"] not in ("type", "section", "address", "title") or row["genre"] not in list(Genre):
            raise row.error("unknown place or genre")
        signs.append(GenreSign(row["where"], _compiled(row), Genre(row["genre"])))
    return tuple(signs)


def _known(row: Row) -> Row:
    if row["kind"] not in _KINDS:
        raise row.error(f"'{row['kind']}' is not one of {', '.join(_KINDS)}")
    return row


def _compiled(row: Row) -> re.Pattern[str]:
    try:
        return re.compile(row["pattern"], re.IGNORECASE)
    except re.error as err:
        raise row.error(f"not a pattern: {err}") from err
