"""Allegations and denials that pages tell in plain sentences, read by the real pipeline, joined into threads."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.ledger import Store
from detente.register.threads import Thread, threads

PAGES = (
    ("2022-10-17", "The United States said on Monday that Iran had supplied Russia with drones for the war."),
    ("2022-10-18", "Iran denied on Tuesday that it had supplied Russia with drones."),
    ("2022-11-05", "Iran said on Saturday that it had supplied Russia with drones before the war."),
    ("2022-11-02", "The United States alleged on Wednesday that North Korea had shipped shells to Russia."),
    ("2022-11-08", "North Korea denied that it had shipped artillery shells to Russia."),
    ("2022-11-09", "The Kremlin denied on Wednesday that Russia had received shells from North Korea."),
    ("2023-02-26", "Washington alleged on Sunday that China had supplied weapons to Russia."),
    ("2023-02-27", "China denied on Monday that it had supplied weapons to Russia."),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    from detente.cli.app import app

    folder: Path = tmp_path_factory.mktemp("read")
    lines = [
        {
            "url": f"https://a.example/{n}",
            "title": "Dispatch",
            "published": on,
            "publisher": f"Paper {n}",
            "text": text,
        }
        for n, (on, text) in enumerate(PAGES)
    ]
    file = folder / "pages.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    done = CliRunner().invoke(app, ["read", str(file), "--ledger", str(folder / "ledger.db")])
    assert done.exit_code == 0, done.output
    with Store.open(folder / "ledger.db", create=False) as store:
        yield store


def thread(store: Store, about: str) -> Thread:
    (one,) = threads(store.view(), about=about).found
    return one


@pytest.mark.parametrize(
    ("about", "told", "origins"),
    [
        (
            "IRN-RUS",
            [("10-17", "alleges", "USA"), ("10-18", "denies", "IRN"), ("11-05", "confirms", "IRN")],
            {"alleges": 1, "denies": 1, "confirms": 1},
        ),
        (
            "PRK-RUS",
            [("11-02", "alleges", "USA"), ("11-08", "denies", "PRK"), ("11-09", "denies", "RUS")],
            {"alleges": 1, "denies": 2},
        ),
        ("CHN-RUS", [("02-26", "alleges", "USA"), ("02-27", "denies", "CHN")], {"alleges": 1, "denies": 1}),
    ],
)
def test_what_pages_tell_is_joined_with_its_sides_order_and_independent_words(store, about, told, origins):
    one = thread(store, about)
    assert [(f"{claim.day:%m-%d}", claim.stance.value, claim.side) for claim in one.claims] == told
    assert {stance.value: len(behind) for stance, behind in one.origins.items()} == origins


def test_a_state_that_denied_and_then_said_it_had_has_shifted(store):
    (shift,) = thread(store, "IRN-RUS").shifts
    assert (shift.side, shift.before.day, shift.after.day) == ("IRN", date(2022, 10, 18), date(2022, 11, 5))
