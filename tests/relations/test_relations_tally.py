"""What the figures of a relation obey, whatever the events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model.events import EventType
from detente.relations.tally import WHOLE, Deed, Standing, shares, tally

DEEDS = st.builds(
    Deed,
    event=st.integers(0, 30).map(str),
    day=st.dates(date(2024, 1, 1), date(2024, 12, 31)),
    actor=st.just("PRK"),
    recipient=st.just("RUS"),
    is_joint=st.booleans(),
    event_type=st.sampled_from(EventType),
    standing=st.sampled_from(Standing),
    share=st.integers(1, WHOLE),
    score=st.integers(-100, 100),
)


def done(kind: EventType, share: int = WHOLE) -> Deed:
    return Deed("new", date(2024, 5, 1), "PRK", "RUS", False, kind, Standing.DONE, share, 10)


@given(st.lists(DEEDS))
def test_net_cooperation_lies_between_minus_one_and_one(deeds):
    net = tally(deeds).net
    assert net is None or -1 <= net <= 1


@given(st.lists(DEEDS), st.randoms())
def test_the_order_of_events_does_not_matter(deeds, random):
    mixed = list(deeds)
    random.shuffle(mixed)
    assert tally(mixed) == tally(deeds)


@given(st.lists(DEEDS), st.sampled_from([EventType.CONSULT, EventType.AID]), st.integers(1, WHOLE))
def test_a_cooperative_act_never_lowers_net_cooperation(deeds, kind, share):
    before, after = tally(deeds).net, tally([*deeds, done(kind, share)]).net
    assert before is None or after >= before


@given(st.lists(DEEDS), st.sampled_from([EventType.ACCUSE, EventType.ASSAULT]), st.integers(1, WHOLE))
def test_an_act_of_conflict_never_raises_net_cooperation(deeds, kind, share):
    before, after = tally(deeds).net, tally([*deeds, done(kind, share)]).net
    assert before is None or after <= before


@given(st.integers(1, 200))
def test_the_parts_of_one_act_sum_to_it(pairs):
    assert sum(shares(pairs)) == WHOLE
    assert max(shares(pairs)) - min(shares(pairs)) <= 1


@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.DONE])
def test_what_was_not_done_stays_out_of_the_sums(standing):
    told = tally([replace(done(EventType.AID), standing=standing)])
    assert (told.weight, told.net, told.events) == (0, None, 0)
    assert told.planned + told.alleged + told.denied + told.undone == 1


def test_a_deed_counts_two_words():
    told = tally([done(EventType.AID), replace(done(EventType.ACCUSE), event="other")])
    assert told.net == pytest.approx(1 / 3)
    assert (told.words, told.deeds) == (-1, 1)
