"""Which mentions are one event: same deed, same parties, same standing, one day."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from ledger_factories import mention, state

from detente.model.dates import day, month, window, year
from detente.model.events import EventType, Mention, Status
from detente.model.joining import join_mentions
from detente.model.records import Place

MONDAY, TUESDAY = day(date(2024, 5, 27)), day(date(2024, 5, 28))


def told(key: str, **fields: object) -> Mention:
    """A mention on a page of its own unless `document` says otherwise."""
    fields = {"deed_date": MONDAY, "document": f"d{key}", **fields}
    return replace(mention(f"Text {key} of the page", f"Text {key} of the page"), key=f"k{key}", **fields)


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"status": Status.BACKGROUND},
        {"status": Status.ONGOING},
        {"actor": (state("PRK"),), "recipient": (state("RUS"),)},
        {"deed_date": window(date(2024, 5, 25), date(2024, 5, 29))},
        {"deed_date": month(2024, 5)},
        {"trigger": "conferred"},
    ],
)
def test_two_pages_on_one_deed_are_one_event(other):
    (event,) = join_mentions([told("1"), told("2", **other)])
    assert [one.key for one in event.mentions] == ["k1", "k2"]
    assert event.deed_date == MONDAY
    assert len(event.why) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"deed_date": TUESDAY},
        {"deed_date": None},
        {"deed_date": year(2024)},
        {"event_type": EventType.COOPERATE},
        {"mode": "visit"},
        {"recipient": (state("CHN"),)},
        {"actor": (state("RUS"), state("CHN"))},
        {"status": Status.PLANNED},
        {"status": Status.DENIED},
        {"status": Status.ALLEGED},
    ],
)
def test_another_day_deed_party_or_standing_is_another_event(other):
    assert len(join_mentions([told("1"), told("2", **other)])) == 2


def test_a_plan_and_a_condition_are_one_plan_and_no_deed():
    plan, condition = told("1", status=Status.PLANNED), told("2", status=Status.CONDITIONAL)
    assert len(join_mentions([plan, condition])) == 1
    assert len(join_mentions([plan, condition, told("3")])) == 2


def test_undated_mentions_join_on_one_page_when_they_hang_on_one_word():
    undated = [told(key, deed_date=None, document="d") for key in "12"]
    assert len(join_mentions(undated)) == 1
    assert len(join_mentions([undated[0], replace(undated[1], trigger="conferred")])) == 2
    assert len(join_mentions([undated[0], replace(undated[1], document="e")])) == 2


def test_a_year_joins_on_its_own_page_only():
    vague = told("2", deed_date=year(2024), document="d1")
    assert len(join_mentions([told("1", document="d1"), vague])) == 1


def test_a_vague_date_does_not_bridge_two_days():
    events = join_mentions([told("1"), told("2", deed_date=TUESDAY), told("3", deed_date=month(2024, 5))])
    assert sorted(len(event.mentions) for event in events) == [1, 2]


def test_an_event_takes_its_word_from_the_firmest_mention():
    vague = told("1", deed_date=month(2024, 5), place=Place("Vladivostok", "RUS"), occasion="forum")
    (event,) = join_mentions([vague, told("2", status=Status.DONE)])
    assert (event.deed_date, event.place, event.occasion) == (MONDAY, Place("Vladivostok", "RUS"), "forum")
    assert event.id == "e1"


def test_merges_and_splits_win_over_the_rule():
    one, two, three = told("1"), told("2"), told("3", deed_date=TUESDAY)
    events = join_mentions([one, two, three], together=[("k1", "k3")], apart=[("k1", "k2")])
    assert [[m.key for m in event.mentions] for event in events] == [["k1", "k3"], ["k2"]]


def test_a_merge_with_a_mention_out_of_view_changes_nothing():
    assert len(join_mentions([told("1")], together=[("k1", "k9")], apart=[("k8", "k9")])) == 1


def test_a_copy_joins_the_event_of_its_passage_whatever_its_date():
    one = told("1")
    copy = replace(one, key="k2", document="d2", deed_date=TUESDAY)
    assert len(join_mentions([one, copy])) == 2
    (event,) = join_mentions([one, copy], origins={"d2": "d1"})
    assert event.deed_date == MONDAY


def test_a_passage_only_the_copy_has_is_an_event_of_its_own():
    extra = told("2", deed_date=TUESDAY)
    assert len(join_mentions([told("1"), extra], origins={"d2": "d1"})) == 2


def test_the_order_of_mentions_does_not_matter():
    choice = random.Random(5)
    mentions = [
        told(
            f"{number:03}",
            document=f"d{choice.randrange(9)}",
            deed_date=choice.choice((None, MONDAY, TUESDAY, month(2024, 5), year(2024))),
            trigger=choice.choice(("met", "held")),
        )
        for number in range(80)
    ]
    expected = join_mentions(mentions)
    for _ in range(10):
        choice.shuffle(mentions)
        assert join_mentions(mentions) == expected


def test_events_come_in_order_of_date_and_the_undated_last():
    events = join_mentions([told("1", deed_date=None), told("2", deed_date=TUESDAY), told("3")])
    assert [event.id for event in events] == ["e3", "e2", "e1"]
