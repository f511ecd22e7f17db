"""Places: where something happens, kept apart from governments named by their capitals."""

from __future__ import annotations

import pytest

from detente.language.actors import ActorMemory, mark_actors
from detente.language.loading import load_model
from detente.language.places import find_places


def read(text: str) -> list[tuple[str, str | None]]:
    doc = load_model()(text)
    mark_actors(doc, 0, on=None, memory=ActorMemory())
    return [(place.text, place.country) for place in find_places(doc, 0)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister arrived in Pyongyang.", [("Pyongyang", "PRK")]),
        ("The envoy visited Pyongyang.", [("Pyongyang", "PRK")]),
        ("They met at the Vostochny Cosmodrome.", [("Vostochny Cosmodrome", "RUS")]),
        ("Fighting went on in Ukraine.", [("Ukraine", "UKR")]),
        ("They met at Panmunjom.", [("Panmunjom", None)]),
        ("The summit in Hanoi failed.", [("Hanoi", "VNM")]),
        ("Shells fell near Kursk.", [("Kursk", "RUS")]),
        ("He travelled from Seoul to Busan.", [("Seoul", "KOR"), ("Busan", "KOR")]),
    ],
)
def test_places_are_found_with_their_country(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Moscow denied the report.",
        "Talks with Tokyo failed.",
        "Russia vetoed the draft.",
        "Seoul's offer stands.",
    ],
)
def test_government_named_by_its_capital_is_no_place(text):
    assert read(text) == []


def test_places_are_found_without_actors_marked_before():
    doc = load_model()("The two met in Geneva.")
    (place,) = find_places(doc, 50)
    assert (place.text, place.country, place.start) == ("Geneva", "CHE", 50 + 15)
