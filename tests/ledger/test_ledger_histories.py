"""Both clocks, beliefs and decisions over random histories, against a plain replay of them."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ledger_factories import Ticking
from ledger_histories import START, History
from ledger_reference import Reference

from detente.ledger import Store, View, verify
from detente.model.bodies import to_body

STEPS = 60
HISTORIES = int(os.environ.get("DETENTE_HISTORIES", "8"))
DAYS = (None, date(2024, 4, 20), date(2024, 5, 6), date(2024, 5, 15), date(2024, 5, 29))


def answer(view: View) -> dict[str, Any]:
    """Ask a view for all it holds."""
    states = view.states()
    return {
        "documents": [
            (
                d.counted_from,
                d.id,
                d.version,
                d.copy_of,
                d.withdrawn,
                d.versions,
                d.vanished is not None,
                d.rating,
            )
            for d in view.documents()
        ],
        "records": [(r.key, states[r.key], to_body(r)) for r in view.records(all_statements=True)],
        "events": [(e.id, [m.key for m in e.mentions]) for e in view.events()],
        "orphans": [d.id for d in view.orphaned_decisions()],
    }


def differences(where: str | Path, seed: int) -> list[str]:
    """Live through a random history; say where views and replay, or earlier and later views, differ."""
    clock = Ticking(START)
    found = []
    with Store.open(where, clock=clock) as store:
        history = History(store, clock, seed)
        replay = Reference(history.steps)
        taken = []
        for number in range(STEPS):
            history.step()
            if number % 12 == 11:
                day = history.random.choice(DAYS)
                taken.append((clock.now, day, answer(look(store, clock.now, day))))
        found += verify(store)
        for at, day, then in taken:
            found += compare(f"held at {at}, {day}: then and now", then, answer(look(store, at, day)))
            found += compare(f"held at {at}, {day}: ledger and replay", then, replay.answer(at, day))
        for day in DAYS:
            found += compare(
                f"published until {day}", answer(look(store, None, day)), replay.answer(None, day)
            )
    return found


def compare(what: str, one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [f"{what}: {part}: {one[part]} is not {other[part]}" for part in one if one[part] != other[part]]


def look(store: Store, at: Any, day: date | None) -> View:
    return store.view(held_at=at, published_until=day, include_rejected=True)


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_views_on_both_clocks_agree_with_a_replay_of_the_history(tmp_path, seed):
    assert differences(tmp_path / "ledger.db", seed) == []


@pytest.mark.parametrize("seed", range(100, 100 + max(1, HISTORIES // 4)))
def test_postgresql_agrees_with_a_replay_of_the_history(another_postgres, seed):
    assert differences(another_postgres(), seed) == []
