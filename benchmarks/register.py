"""Time the register on a large ledger: lists, threads, calendar, scores and a digest.

    python -m benchmarks.large_ledger /tmp/large.db
    python -m benchmarks.register /tmp/large.db

The bars: lists with cursors under 200 ms, scores under one second, a digest under two.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from detente.brief.digest import Since, digest
from detente.ledger import Store
from detente.model.bodies import to_body
from detente.model.entries import Entry
from detente.register.calendar import calendar
from detente.register.folding import ACCEPT, RESOLVE
from detente.register.keeping import SUBJECT, place_in_order
from detente.register.prospect import PENDING, State
from detente.register.prospects import Asked, Register
from detente.register.scorecards import Grouping, scorecards
from detente.register.threads import threads
from detente.register.track_records import scorables
from detente.register.watches import Watch, WatchSort

TODAY = date(2025, 12, 31)
ROUNDS = 5


def main() -> None:
    """Time every door on the ledger named, keeping its forecasts first if nobody has."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.register", description=main.__doc__)
    parser.add_argument("path", type=Path)
    with Store.open(parser.parse_args().path, create=False) as store:
        _keep(store)
        print(f"{'what':42} {'median':>9} {'bar':>9}")
        for name, bar, ask in _doors(store):
            _time(name, bar, ask)


def _time(name: str, bar: float, ask: Callable[[], object]) -> None:
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - start)
    median = statistics.median(taken)
    print(f"{name:42} {median * 1000:6.0f} ms {bar * 1000:6.0f} ms{'' if median <= bar else '   over'}")


def _doors(store: Store) -> list[tuple[str, float, Callable[[], object]]]:
    def register() -> Register:
        return Register(store.view(), TODAY)

    def earlier() -> Register:
        day = TODAY - timedelta(days=1500)
        return Register(store.view(published_until=day), day)

    resolved = Asked(states=frozenset((State.RESOLVED_YES,)))
    half = register().browse(Asked(), limit=2000).next
    last = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=49)
    pair = (Watch(WatchSort.ABOUT, "PRK-RUS"), Watch(WatchSort.SPEAKER, "CHN"))
    return [
        ("records, first 50", 0.2, lambda: store.view().browse()),
        ("records of a pair", 0.2, lambda: store.view().browse(about="PRK-RUS")),
        ("denied deeds", 0.2, lambda: store.view().browse(kind="mention", status="denied")),
        ("denied deeds of a pair", 0.2, lambda: store.view().browse(status="denied", about="PRK-RUS")),
        ("what an actor says of one kind", 0.2, lambda: store.view().browse(sort="denial", actor="RUS")),
        ("forecasts, first 50", 0.2, lambda: register().browse()),
        ("forecasts, open", 0.2, lambda: register().browse(Asked(states=PENDING))),
        ("forecasts, resolved", 0.2, lambda: register().browse(resolved)),
        ("forecasts of a pair", 0.2, lambda: register().browse(Asked(about="PRK-RUS"))),
        ("forecasts from the middle", 0.2, lambda: register().browse(after=half)),
        ("forecasts as of an earlier day", 0.2, lambda: earlier().browse()),
        ("threads, first 10", 0.2, lambda: threads(store.view())),
        ("threads of a pair", 0.2, lambda: threads(store.view(), about="PRK-RUS")),
        ("calendar, first 50", 0.2, lambda: calendar(store.view(), TODAY)),
        ("calendar of a pair", 0.2, lambda: calendar(store.view(), TODAY, about="PRK-RUS")),
        ("calendar as of an earlier day", 0.2, lambda: calendar(earlier().view, earlier().today)),
        ("scores by speaker", 1.0, lambda: scorecards(scorables(register()), Grouping.SPEAKER, TODAY)),
        ("digest, one write new", 2.0, lambda: digest(store.view(), Since("anna", pair, last, TODAY))),
    ]  # fmt: skip


def _keep(store: Store) -> None:
    """Accept every forecast, and settle two of three that are due."""
    if store.view().entries(SUBJECT):
        return
    register, writer, after = Register(store.view(), TODAY), store.writer("bench"), None
    while True:
        part = register.browse(Asked(sorts=("forecast",)), after=after, limit=500)
        for number, prospect in enumerate(part.found):
            base = to_body(replace(prospect, state=State.OPEN, history=()))
            subject = SUBJECT + prospect.id
            place = place_in_order(prospect, prospect.contract)
            writer.enter(Entry(subject, ACCEPT, "bench", {"prospect": base}, place=place))
            if prospect.state is State.DUE and number % 3:
                due = prospect.contract.due
                on = (due.hi if due else None) or TODAY
                value = {"outcome": number % 2 == 0, "on": on.isoformat(), "by": []}
                writer.enter(Entry(subject, RESOLVE, "bench", value, "as told"))
        after = part.next
        if after is None:
            return


if __name__ == "__main__":
    main()
