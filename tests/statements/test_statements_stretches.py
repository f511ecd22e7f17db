from __future__ import annotations

import pytest
from statements_factories import content, of_kind, read

from detente.model.statements import Polarity


@pytest.mark.parametrize(
    ("text", "kind", "said", "about"),
    [
        ("Norway urged Sweden to open the port.", "demand", "to open the port", "SWE"),
        ("Norway accused Sweden of closing the port.", "accusation", "closing the port", "SWE"),
        ("Norway told Sweden to open the port.", "demand", "to open the port", "SWE"),
    ],
)
def test_content_leaves_out_whom_it_is_told_to_and_keeps_them_as_concerned(text, kind, said, about):
    (statement,) = of_kind(text, kind)
    assert content(statement) == said
    assert about in [party.state for party in statement.about]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "Norway said that the port had been closed but that Sweden would open it.",
            [("claim", "that the port had been closed"), ("forecast", "that Sweden would open it")],
        ),
        (
            "Norway said it had closed the port and would open it in May.",
            [("claim", "it had closed the port"), ("commitment", "would open it in May")],
        ),
    ],
)
def test_clauses_said_together_are_each_of_their_own_kind(text, kinds):
    assert [(s.statement_kind.value, content(s)) for s in read(text)] == kinds


def test_two_deeds_of_one_clause_are_one_claim():
    assert len(of_kind("Norway said that Sweden had closed and mined the port.", "claim")) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Norway said that it had never sold arms to Sweden.", "denial"),
        ("Norway said that it had no plans to sell arms to Sweden.", "denial"),
        ("Norway said that Sweden had never sold arms.", "claim"),
        ("Norway said it was ready to sell arms to Sweden.", "commitment"),
        ("Norway said Sweden was ready to sell arms.", "claim"),
        ("Norway agreed to sell arms to Sweden.", "commitment"),
        ("A war in the north is unlikely before May, Norway said.", "forecast"),
        ("It is possible that the war will end, Norway said.", "forecast"),
        ("It is possible that the war has ended, Norway said.", "claim"),
        ("Norway said that Sweden could attack within two years.", "forecast"),
        ("Norway said that Sweden could have attacked.", "claim"),
        ("Norway assured Sweden that its ships would be safe.", "commitment"),
    ],
)
def test_what_a_clause_does_decides_the_kind_of_what_is_said(text, kind):
    assert kind in [statement.statement_kind.value for statement in read(text)]


def test_odds_are_of_what_may_come():
    (forecast,) = of_kind("There is an even chance that the truce holds, Norway said.", "forecast")
    assert content(forecast) == "the truce holds"
    assert forecast.likelihood.term == "even chance"


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        (
            "Norway found no evidence that Sweden had cut the cable.",
            "negative_finding",
            "Sweden had cut the cable",
        ),
        ("Norway has seen no sign of a truce.", "negative_finding", "a truce"),
        ("The tour is a sign that Norway will yield.", "inference", "Norway will yield"),
        ("It was the first visit by a Norwegian minister in ten years.", "precedent", "the first visit"),
        ("Norway needs new ships.", "need", "Norway needs new ships"),
        ("Norway is not able to build such ships.", "capability", "Norway is not able"),
    ],
)
def test_a_marked_statement_is_as_short_as_what_it_says(text, kind, said):
    assert said in content(of_kind(text, kind)[0])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Norway found evidence that Sweden had cut the cable.", "negative_finding"),
        ("Norway needs to be seen.", "need"),
        ("The needed ships reached Norway.", "need"),
        ("Norway was first in the list.", "precedent"),
    ],
)
def test_a_near_miss_of_a_mark_is_none(text, kind):
    assert of_kind(text, kind) == []


def test_a_lacking_ability_is_negated():
    (lacking,) = of_kind("Norway is not able to build such ships.", "capability")
    assert lacking.polarity is Polarity.NEGATED
