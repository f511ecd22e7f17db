"""A speaker's phrases: when they came, whether they stayed, and what is no phrase."""

from __future__ import annotations

from datetime import date

import pytest
from ledger_factories import Ticking, reading, state, statement

from detente.ledger import Store
from detente.register.phrases import RECENT, words


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "ledger.db", clock=Ticking()) as store:
        yield store


def say(store: Store, *texts: str, who: str = "KOR", about: str = "PRK") -> None:
    for number, text in enumerate(texts):
        record = statement(text, text, speaker=(state(who),), about=(state(about),))
        published = date(2024, 1 + number // 28, 1 + number % 28)
        address = f"https://a.example/{who}{number}{about}"
        store.writer("me").write(reading(address, text, [record], published=published))


def phrases(store: Store, **asked: object) -> list[str]:
    return [phrase.words for phrase in words(store.view(), "KOR", **asked).phrases]


def test_a_phrase_is_given_with_its_first_and_last_use_and_count(store):
    say(store, "A complete dismantling is needed.", "Trade is good.", "We want complete dismantling now.")
    (phrase,) = words(store.view(), "KOR").phrases
    assert (phrase.words, phrase.count) == ("complete dismantling", 2)
    assert (phrase.first, phrase.last) == (date(2024, 1, 1), date(2024, 1, 3))
    assert not phrase.is_gone


@pytest.mark.parametrize("more", [RECENT - 1, RECENT])
def test_a_phrase_is_gone_when_the_newest_statements_lack_it(store, more):
    say(
        store,
        "Complete dismantling first.",
        "Complete dismantling now.",
        *(f"Number {number} is odd." for number in range(more)),
    )
    (phrase,) = words(store.view(), "KOR").phrases[:1]
    assert phrase.is_gone is (more >= RECENT)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("The bold plan works.", "A bold plan fails."), ["bold plan"]),
        (("It is of the utmost.", "It is of the essence."), []),
        (("Seen once only here.", "Another thing entirely."), []),
        (
            ("An audacious initiative for peace.", "The audacious initiative for peace."),
            ["audacious initiative for peace"],
        ),
        (("In North Korea.", "From North Korea."), []),
    ],
)
def test_what_is_a_phrase_and_what_is_not(store, texts, expected):
    say(store, *texts)
    assert phrases(store) == expected


def test_a_statement_counts_once_however_often_it_repeats_itself(store):
    say(store, "Bold plan, bold plan, bold plan.", "A bold plan.")
    assert words(store.view(), "KOR").phrases[0].count == 2


def test_only_this_speaker_and_this_subject_are_heard(store):
    say(store, "A bold plan.", "The bold plan.", about="PRK")
    say(store, "Our bold plan.", about="JPN")
    say(store, "Their bold plan.", who="USA")
    assert words(store.view(), "KOR", about="PRK").phrases[0].count == 2
    assert len(words(store.view(), "KOR").sayings) == 3
