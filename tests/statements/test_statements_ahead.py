from __future__ import annotations

import pytest
from statements_factories import content, of_kind, read

from detente.model.statements import Polarity


def test_a_states_word_on_its_own_deed_is_a_commitment_with_its_deadline():
    (promise,) = of_kind("The Kremlin said that President Putin will visit Vietnam in 2024.", "commitment")
    assert [party.id for party in promise.speaker] == ["kremlin"]
    assert [party.state for party in promise.commitment.promiser] == ["RUS"]
    assert promise.commitment.deadline.edtf == "2024"


def test_someone_elses_word_on_it_is_a_forecast():
    text = "Norway said that President Putin will visit Vietnam in 2024."
    assert of_kind(text, "commitment") == []
    (forecast,) = of_kind(text, "forecast")
    assert [party.id for party in forecast.speaker] == ["NOR"]


def test_announced_plans_are_a_commitment_with_its_quantity():
    (promise,) = of_kind("North Korea announced plans to launch three satellites in 2024.", "commitment")
    assert promise.commitment.quantity.low == 3
    assert promise.commitment.deed.startswith("launch three satellites")


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Trade between Iran and Iraq is likely to grow.", "Will trade between Iran and Iraq grow?"),
        ("China will keep the tariff until 2026.", "Will China keep the tariff until 2026?"),
        ("The policy of Japan is likely to be maintained.", "Will the policy of Japan be maintained?"),
    ],
)
def test_a_forecast_is_a_question_in_the_words_of_the_text(text, question):
    assert [f.forecast.question for f in of_kind(text, "forecast")] == [question]


def test_a_forecast_keeps_its_range_window_and_until():
    (forecast,) = of_kind("China is likely to keep the tariff until May 2026.", "forecast")
    assert (forecast.likelihood.term, forecast.likelihood.low, forecast.likelihood.high) == ("likely", 55, 80)
    assert forecast.forecast.window.edtf == "2026-05"
    assert forecast.forecast.until == "until May 2026"


def test_a_forecast_keeps_its_premise():
    (forecast,) = of_kind("Considering these facts, Iran is likely to return to the talks.", "forecast")
    assert [premise.quote for premise in forecast.forecast.premises] == ["Considering these facts"]


def test_a_negated_forecast_is_negated():
    (forecast,) = of_kind("China will not keep the tariff.", "forecast")
    assert forecast.polarity is Polarity.NEGATED


def test_what_was_expected_is_no_forecast():
    assert of_kind("The visit was expected to calm Iran.", "forecast") == []


def test_one_forecast_is_read_once():
    assert len(read("China will keep the tariff until 2026.")) == 1
    assert content(read("China will keep the tariff until 2026.")[0]).startswith("China will keep")


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("Norway said that Sweden could attack within two years.", "[2024-04-11..2026-04-11]"),
        ("Norway said that Sweden will attack in the next five to eight months.", "[2024-04-11..2024-12-11]"),
        ("Norway said that Sweden will attack within weeks.", None),
        ("Norway said that Sweden will attack within its rights.", None),
    ],
)
def test_a_length_of_time_is_the_window_of_a_forecast(text, window):
    (forecast,) = of_kind(text, "forecast")
    assert (forecast.forecast.window.edtf if forecast.forecast.window else None) == window
