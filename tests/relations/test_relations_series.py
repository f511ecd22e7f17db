"""Series of a pair, a triangle and a board from a ledger."""

from __future__ import annotations

from datetime import date

import pytest
from ledger_factories import Ticking, mention, reading, state
from typer.testing import CliRunner

from detente.ledger import Store
from detente.model.dates import Dated, day
from detente.model.events import EventType, Mention, Status
from detente.model.windows import Window, start_of, windows
from detente.relations.board import board
from detente.relations.series import dyad
from detente.relations.tally import WHOLE
from detente.relations.triads import triad
from detente.relations.turning import turning_points

TEXT = "They met."
PRK, RUS, CHN, USA = map(state, ("PRK", "RUS", "CHN", "USA"))


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "ledger.db", clock=Ticking()) as store:
        yield store


def met(on: date | Dated | None, kind: EventType = EventType.CONSULT, **fields: object) -> Mention:
    when = day(on) if isinstance(on, date) else on
    return mention(TEXT, "met", event_type=kind, event_date=when, deed_date=when, **fields)


def told(
    store: Store, *records: Mention, published: date = date(2024, 6, 30), publisher: str = "Example Post"
) -> None:
    number = len(store.view().documents())
    text = f"{TEXT} Page {number}."
    store.writer("machine").write(
        reading(f"https://a.example/{number}", text, records, published=published, publisher=publisher)
    )


MAY, JUNE = date(2024, 5, 16), date(2024, 6, 19)


def test_windows_of_which_nothing_was_read_are_empty(store):
    told(store, met(MAY))
    told(store, met(date(2024, 8, 1)), published=date(2024, 8, 2))
    assert [point.start for point in dyad(store.view(), "PRK", "RUS").points] == [
        date(2024, 5, 1),
        date(2024, 8, 1),
    ]


def test_two_reports_of_one_deed_are_one_event_with_two_reports(store):
    told(store, met(JUNE))
    told(store, met(JUNE), publisher="Second Post")
    (point,) = dyad(store.view(), "RUS", "PRK").points
    assert (point.tally.events, len(point.reports), point.publishers) == (
        1,
        2,
        ("Example Post", "Second Post"),
    )


def test_a_joint_act_of_three_is_spread_over_their_pairs(store):
    told(store, met(JUNE, actor=(PRK, RUS, CHN), recipient=()))
    view = store.view()
    parts = [dyad(view, *pair).whole.weight for pair in (("CHN", "PRK"), ("CHN", "RUS"), ("PRK", "RUS"))]
    assert parts == [WHOLE // 3] * 3


def test_an_act_without_recipient_stands_in_a_series_of_its_own(store):
    told(store, met(JUNE, EventType.MOBILIZE, actor=(PRK,), recipient=()))
    view = store.view()
    assert dyad(view, "PRK").whole.events == 1
    assert dyad(view, "PRK", "RUS").points == ()


def test_a_directed_series_counts_what_one_does_to_the_other(store):
    told(store, met(JUNE, EventType.ACCUSE, actor=(PRK,), recipient=(USA,)))
    view = store.view()
    assert dyad(view, "PRK", "USA", directed=True).whole.events == 1
    assert dyad(view, "USA", "PRK", directed=True).points == ()


@pytest.mark.parametrize(
    ("when", "status", "start"),
    [
        (None, Status.DONE, date(2024, 6, 1)),
        (None, Status.BACKGROUND, None),
        (Dated("2024", date(2024, 1, 1), date(2024, 12, 31)), Status.DONE, None),
        (Dated("2024-05", date(2024, 5, 1), date(2024, 5, 31)), Status.DONE, date(2024, 5, 1)),
    ],
)
def test_an_event_is_placed_by_the_stated_rule(store, when, status, start):
    told(store, met(when, status=status))
    assert [point.start for point in dyad(store.view(), "PRK", "RUS").points] == ([start] if start else [])


def test_every_point_opens_into_its_quotes(store):
    told(store, met(JUNE))
    (point,) = dyad(store.view(), "PRK", "RUS").points
    assert [part.quote for deed in point.deeds for one in deed.mentions for part in one.evidence] == ["met"]


def test_a_series_as_of_an_earlier_day_knows_only_what_was_published(store):
    told(store, met(MAY), published=date(2024, 5, 17))
    told(store, met(JUNE))
    assert len(dyad(store.view(published_until=date(2024, 6, 1)), "PRK", "RUS").points) == 1


@pytest.mark.parametrize("window", Window)
def test_windows_follow_each_other_without_a_gap(window):
    starts = list(windows(date(2023, 12, 30), date(2025, 3, 2), window))
    assert starts == sorted({start_of(start, window) for start in starts})
    assert starts[0] == start_of(date(2023, 12, 30), window)
    assert starts[-1] == start_of(date(2025, 3, 2), window)


def three_friends(store: Store, kind: EventType) -> None:
    for number in range(1, 4):
        on = date(2024, 6, number)
        acts = [met(on), met(on, actor=(CHN,)), met(on, kind, actor=(CHN,), recipient=(RUS,))]
        told(store, *acts)


@pytest.mark.parametrize(("kind", "is_balanced"), [(EventType.CONSULT, True), (EventType.ACCUSE, False)])
def test_a_triangle_is_balanced_when_the_product_of_its_signs_is_positive(store, kind, is_balanced):
    three_friends(store, kind)
    assert triad(store.view(), ("CHN", "PRK", "RUS")).is_balanced is is_balanced


def test_a_relation_of_few_events_leaves_a_triangle_untold(store):
    told(store, met(JUNE), met(JUNE, actor=(CHN,)), met(JUNE, actor=(CHN,), recipient=(RUS,)))
    found = triad(store.view(), ("CHN", "PRK", "RUS"))
    assert (found.is_balanced, found.pulls) == (None, ())


def test_an_act_of_all_three_is_named(store):
    told(store, met(JUNE, actor=(PRK, RUS, CHN), recipient=()), met(MAY))
    assert len(triad(store.view(), ("CHN", "PRK", "RUS")).together) == 1


def test_a_board_shows_level_and_change(store):
    told(store, met(MAY), met(JUNE, EventType.ACCUSE))
    (cell,) = board(store.view(), ("PRK", "RUS")).cells
    assert (cell.level, cell.change, cell.reports) == (-1, -2, 1)
    assert board(store.view(), ("PRK", "RUS")).cooling == {"PRK": "RUS", "RUS": "PRK"}


def test_a_turning_point_names_the_events_behind_it(store):
    for month in range(1, 13):
        for number in range(1 if month < 7 else 9):
            told(store, met(date(2023, month, 2 + number)), published=date(2023, month, 20))
    (turn,) = turning_points(dyad(store.view(), "PRK", "RUS"))
    assert (turn.side, turn.start, turn.before, turn.after) == ("cooperation", date(2023, 7, 1), 1, 9)
    assert [deed.day.month for deed, _ in turn.behind] == [7, 7, 7]


@pytest.mark.parametrize(
    "words", [("dyad", "PRK", "PRK"), ("dyad", "XXX"), ("triad", "PRK", "RUS", "PRK"), ("matrix", "PRK")]
)
def test_a_wrong_name_is_a_clear_error(tmp_path, words):
    from detente.cli.app import app

    done = CliRunner().invoke(app, [*words, "--ledger", str(tmp_path / "none.db")])
    assert done.exit_code != 0
    assert "state" in str(done.exception)
