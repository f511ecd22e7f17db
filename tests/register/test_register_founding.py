"""The founding documents and the examples, followed up: what was open in April 2024 and what came of it."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.ledger import Store
from detente.register.calendar import calendar
from detente.register.promises import count
from detente.register.proposals import Proposal, propose
from detente.register.prospect import Prospect, State
from detente.register.prospects import Register
from detente.register.threads import Thread, threads

ROOT = Path(__file__).resolve().parents[2]
SEEDS = Path(os.environ.get("DETENTE_SHARED", ROOT.parent / "shared")) / "seeds"
THEN, LATER = date(2024, 4, 12), date(2025, 12, 31)

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the founding documents are not here")

OPEN = {
    "the visit to Pyongyang in 2024": "Will Vladimir Putin visit North Korea in 2024",
    "the panel's end": "Will the PoE cease its operations at the end of April 2024?",
    "the course kept to 2027": "policy direction be maintained until the end of his presidential term in May 2027?",
    "no peace in 2024": "peace agreement between Russia and Ukraine in 2024 is still dim",
    "cooperation to grow": "Will Russia-North Korea cooperation continue to develop?",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    from detente.cli.app import app

    path = tmp_path_factory.mktemp("founding") / "ledger.db"
    pages = [str(SEEDS), str(ROOT / "examples" / "dispatches")]
    done = CliRunner().invoke(app, ["read", *pages, "--ledger", str(path)])
    assert done.exit_code == 0, done.output
    return Store.open(path)


def found(store: Store, day: date, words: str) -> Prospect:
    register = Register(store.view(published_until=day), day)
    (one,) = {p.id: p for p in register.browse(limit=500).found if words in p.contract.question}.values()
    return one


def proposed(store: Store, words: str) -> Proposal | None:
    return propose(store.view(published_until=LATER), found(store, LATER, words))


@pytest.mark.parametrize("what", OPEN)
def test_as_of_april_2024_it_is_open(store: Store, what: str) -> None:
    assert found(store, THEN, OPEN[what]).state is State.OPEN


@pytest.mark.parametrize(
    ("what", "outcome", "quote"),
    [
        ("the visit to Pyongyang in 2024", True, "signed a treaty on comprehensive strategic partnership"),
        ("the panel's end", True, "expired on 30 April 2024"),
        ("cooperation to grow", True, "signed a treaty on comprehensive strategic partnership"),
        ("the course kept to 2027", False, "removed President Yoon Suk Yeol from office"),
    ],
)
def test_as_of_the_end_of_2025_the_pages_that_settle_it_are_laid_before_a_person(
    store: Store, what: str, outcome: bool, quote: str
) -> None:
    proposal = proposed(store, OPEN[what])
    assert proposal is not None
    assert proposal.outcome is outcome
    matches = proposal.speaks_for if outcome else proposal.speaks_against
    assert any(quote in match.record.evidence[0].quote for match in matches)


def test_where_the_pages_are_silent_nobody_is_told_an_outcome(store: Store) -> None:
    proposal = proposed(store, OPEN["no peace in 2024"])
    assert proposal is not None
    assert (proposal.outcome, proposal.prospect.state) == (None, State.DUE)


def test_the_course_kept_to_2027_is_flagged_because_the_term_ended_early(store: Store) -> None:
    proposal = proposed(store, OPEN["the course kept to 2027"])
    assert proposal is not None
    assert [fallen.why for fallen in proposal.fallen] == ["removed on 2025-04-04"]


def test_the_satellites_stand_at_none_of_three(store: Store) -> None:
    promise = found(store, LATER, "launch three reconnaissance satellites in 2024")
    assert count(store.view(published_until=LATER), promise).words == "3 promised: none done"


def test_an_undated_page_counts_from_the_day_it_was_received(store: Store) -> None:
    undated = "launch three additional reconnaissance satellites"
    day = max(held.counted_from for held in store.view().documents())
    promise = found(store, day, undated)
    assert promise.made == day


def thread(store: Store, about: str, thing: str) -> Thread:
    (one,) = (t for t in threads(store.view(published_until=LATER), about=about).found if t.thing == thing)
    return one


@pytest.mark.parametrize(
    ("about", "thing", "stances", "origins"),
    [
        ("PRK-RUS", "troops", ["alleges", "denies", "confirms"], {"alleges": 1, "denies": 1, "confirms": 1}),
        (
            "PRK-RUS",
            "arms",
            ["alleges", "denies", "denies", "alleges", *["denies"] * 4],
            {"alleges": 2, "denies": 4},
        ),
        ("KOR-UKR", "arms", ["denies"], {"denies": 1}),
        ("RUS", "troops", ["alleges", "denies", "confirms"], {"alleges": 1, "denies": 1, "confirms": 1}),
        ("PRK", "troops", ["alleges", "denies", "confirms"], {"alleges": 1, "denies": 1, "confirms": 1}),
    ],
)
def test_threads_of_the_examples_have_their_sides_in_order(
    store: Store, about: str, thing: str, stances: list[str], origins: dict[str, int] | None
) -> None:
    one = thread(store, about, thing)
    assert [claim.stance.value for claim in one.claims] == stances
    assert [claim.day for claim in one.claims] == sorted(claim.day for claim in one.claims)
    if origins is not None:
        assert {stance.value: len(words) for stance, words in one.origins.items()} == origins


def test_the_calendar_of_april_2024_holds_what_was_ahead(store: Store) -> None:
    titles = [item.title for item in calendar(store.view(published_until=THEN), THEN).items]
    for ahead in (
        "mandate of Panel of Experts ends",
        "term of Yoon Suk Yeol as president ends",
        "election in United States",
    ):
        assert ahead in titles


def test_the_term_that_ended_early_is_on_no_later_calendar(store: Store) -> None:
    day = date(2025, 5, 1)
    titles = [item.title for item in calendar(store.view(published_until=day), day).items]
    assert "term of Yoon Suk Yeol as president ends" not in titles
