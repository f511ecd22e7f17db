"""The two founding documents, read whole: what must be found in them, and what must not be made of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from detente.model.documents import Page
from detente.model.events import Event, EventType, Status
from detente.model.institutions import Election, Figure, Mandate, Tenure, Vote
from detente.model.reading import Reading
from detente.model.records import Record
from detente.model.statements import Polarity, Statement, StatementKind
from detente.model.text import BlockKind
from detente.pipeline import read_page
from detente.sources import open_sources

Kept = TypeVar("Kept", bound=Record)


@pytest.fixture(scope="module")
def strategy(shared: Path) -> Reading:
    return read(shared, "000_bd017102896fca1e.txt")


@pytest.fixture(scope="module")
def motives(shared: Path) -> Reading:
    return read(shared, "003_40371aee56405b11.txt")


def read(shared: Path, name: str) -> Reading:
    (page,) = open_sources([str(shared / "seeds" / name)])
    assert isinstance(page, Page)
    return read_page(page)


def of(reading: Reading, kind: type[Kept]) -> list[Kept]:
    return [record for record in reading.records if isinstance(record, kind)]


def events(
    reading: Reading, event_type: EventType, fits: Callable[[Event], bool] = lambda event: True
) -> list[Event]:
    return [event for event in reading.events if event.event_type is event_type and fits(event)]


def states(event: Event) -> set[str | None]:
    return {party.state for party in (*event.actor, *event.recipient)}


def statements(reading: Reading, kind: StatementKind) -> list[Statement]:
    return [s for s in reading.statements if s.statement_kind is kind]


def dated(event: Event) -> str:
    return event.deed_date.edtf.rstrip("?~%") if event.deed_date else ""


def test_the_first_says_when_and_by_whom_it_was_published(strategy: Reading) -> None:
    assert strategy.rendition is not None
    told = strategy.rendition.metadata
    assert told.published is not None
    assert (told.published.edtf, told.publisher) == ("2024-04-11", "Báo Quốc Tế")
    languages = [block.language for block in strategy.rendition.readable()]
    assert languages.count("vi") == 1


@pytest.mark.parametrize("name", ["strategy", "motives"])
def test_no_word_of_menus_comments_and_related_stories_is_a_record(
    name: str, request: pytest.FixtureRequest
) -> None:
    reading: Reading = request.getfixturevalue(name)
    assert reading.rendition is not None
    chrome = [block for block in reading.rendition.blocks if block.kind is BlockKind.CHROME]
    assert chrome
    for record in reading.records:
        for evidence in record.evidence:
            assert all(evidence.span.overlap(block.span) == 0 for block in chrome)


def test_the_veto_has_its_day_its_tally_and_its_voters(strategy: Reading) -> None:
    (vote,) = of(strategy, Vote)
    assert vote.vote_date is not None
    assert vote.tally is not None
    assert (vote.vote_date.edtf, vote.tally.for_, vote.tally.abstain) == ("2024-03-28", 13, 1)
    assert [party.id for party in vote.veto_by] == ["RUS"]
    ballots = {ballot.member.id: ballot.vote for ballot in vote.ballots}
    assert (ballots["CHN"], ballots["KOR"], ballots["JPN"]) == ("abstain", "for", "for")


def test_the_panel_ends_on_the_last_day_of_april(strategy: Reading) -> None:
    (mandate,) = of(strategy, Mandate)
    end = mandate.actual_end or mandate.scheduled_end
    assert end is not None
    assert end.hi == date(2024, 4, 30)


def test_the_summit_is_one_event_with_several_mentions(strategy: Reading) -> None:
    summits = events(
        strategy, EventType.CONSULT, lambda e: {"RUS", "PRK"} <= states(e) and dated(e).startswith("2023-09")
    )
    assert [len(event.mentions) >= 2 for event in summits] == [True]


def test_a_visit_announced_is_a_promise_with_a_planned_event_and_no_visit(strategy: Reading) -> None:
    promises = [
        s for s in statements(strategy, StatementKind.COMMITMENT) if "kremlin" in {p.id for p in s.speaker}
    ]
    planned = events(
        strategy, EventType.AGREE, lambda e: e.status is Status.PLANNED and {"RUS", "PRK"} <= states(e)
    )
    assert len(promises) == 1
    assert [dated(event) for event in planned] == ["2024"]
    assert {link.relation for link in planned[0].mentions[0].links} == {"recorded_as"}
    visits = events(
        strategy,
        EventType.CONSULT,
        lambda e: e.mode == "visit" and "vladimir-putin" in {p.id for p in e.actor},
    )
    assert visits == []


def test_a_spy_chief_visits_and_the_host_is_the_recipient(strategy: Reading) -> None:
    (visit,) = events(strategy, EventType.CONSULT, lambda e: "sergei-naryshkin" in {p.id for p in e.actor})
    assert (dated(visit), [p.state for p in visit.recipient]) == ("2024-03", ["PRK"])


def test_letters_and_seats_are_figures(strategy: Reading) -> None:
    values = {(figure.amount.low, figure.amount.unit) for figure in of(strategy, Figure)}
    assert (27.0, "letters") in values
    (korean,) = [e for e in of(strategy, Election) if e.polity == "KOR"]
    results = {(seats.won, seats.total, seats.provisional) for seats in korean.results}
    assert {(161.0, 254.0, False), (176.0, 300.0, True)} <= results


@pytest.mark.parametrize(
    ("person", "end"), [("yoon-suk-yeol", "2027-05"), ("joe-biden", "2025-01"), ("vladimir-putin", "2030")]
)
def test_terms_have_their_scheduled_end(strategy: Reading, person: str, end: str) -> None:
    ends = {t.scheduled_end.edtf for t in of(strategy, Tenure) if t.person.id == person and t.scheduled_end}
    assert ends == {end}


def test_the_second_is_not_given_a_day_it_does_not_hold(motives: Reading) -> None:
    assert motives.rendition is not None
    assert motives.rendition.metadata.published is None


def test_the_authors_and_their_institute_stand_behind_the_report(motives: Reading) -> None:
    seen = statements(motives, StatementKind.MOTIVE)
    voices = {voice.text for statement in seen for voice in statement.attribution}
    assert {"Cha Du-hyeogn", "Lee Dong-kyu", "Asan Institute for Policy Studies"} <= voices


def test_a_share_keeps_its_comparator(motives: Reading) -> None:
    (share,) = [figure for figure in of(motives, Figure) if figure.amount.unit == "percent"]
    assert (share.amount.high, share.amount.low, share.amount.comparator) == (90.0, None, "up to")


def test_troops_went_in_october_2024(motives: Reading) -> None:
    (sent,) = events(motives, EventType.AID, lambda e: [p.state for p in e.recipient] == ["RUS"])
    assert dated(sent) == "2024-10"


@pytest.mark.parametrize(
    ("when", "status"), [("2023-11", {Status.DONE, Status.BACKGROUND}), ("2024-05", {Status.FAILED})]
)
def test_a_launch_is_told_with_its_outcome(motives: Reading, when: str, status: set[Status]) -> None:
    (launch,) = events(motives, EventType.MOBILIZE, lambda e: dated(e) == when)
    assert launch.status in status


def test_three_launches_were_promised_for_2024(motives: Reading) -> None:
    (promise,) = statements(motives, StatementKind.COMMITMENT)
    assert promise.commitment is not None
    assert promise.commitment.quantity is not None
    assert promise.commitment.quantity.low == 3.0


def test_five_motives_for_one_attendance_are_ranked(motives: Reading) -> None:
    seen = [s for s in statements(motives, StatementKind.MOTIVE) if s.motive and s.speaker]
    content = " | ".join(part.quote.casefold() for s in seen for part in s.content)
    for fragment in (
        "north korea-china relation",
        "russia",
        "south korean society",
        "leverage",
        "domestic population",
    ):
        assert fragment in content
    ranks = {s.motive.rank for s in seen if s.motive}
    assert {"primary", "also"} <= ranks


def test_not_only_is_no_negation(motives: Reading) -> None:
    seen = statements(motives, StatementKind.MOTIVE)
    assert all(statement.polarity is Polarity.AFFIRMED for statement in seen)


def test_the_advice_is_to_do_two_things_and_leave_one(motives: Reading) -> None:
    advice = [s.advice.to_do for s in statements(motives, StatementKind.RECOMMENDATION) if s.advice]
    assert sorted(advice) == [False, True, True]
