from __future__ import annotations

from statements_factories import content, of_kind

from detente.model.statements import Polarity

ADVICE = (
    "The report advised the Japanese government to keep its envoy in Iran, while closely watching Iraq, "
    "rather than focusing only on Syria."
)


def test_advice_is_split_into_what_to_do_and_what_to_leave():
    advice = of_kind(ADVICE, "recommendation")
    assert [content(a) for a in advice] == [
        "to keep its envoy in Iran",
        "closely watching Iraq",
        "focusing only on Syria",
    ]
    assert [a.advice.to_do for a in advice] == [True, True, False]
    assert [a.polarity for a in advice] == [Polarity.AFFIRMED, Polarity.AFFIRMED, Polarity.NEGATED]


def test_advice_names_whom_it_is_for():
    assert {party.state for a in of_kind(ADVICE, "recommendation") for party in a.advice.addressee} == {"JPN"}


def test_single_advice_is_one_recommendation():
    (advice,) = of_kind("Experts recommended that Japan keep its envoy in Iran.", "recommendation")
    assert advice.advice.to_do


def test_the_founding_report_gives_five_aims_and_its_advice(shared):
    text = (shared / "seeds" / "003_40371aee56405b11.txt").read_text(encoding="utf-8")
    motives = " / ".join(content(m) for m in of_kind(text, "motive"))
    for word in ("mending", "pressuring Russia", "provoke debate", "leverage", "domestic population"):
        assert word in motives
    authors = {party.text for a in of_kind(text, "recommendation") for party in a.speaker}
    assert authors == {"Cha Du-hyeogn", "Lee Dong-kyu", "Asan Institute for Policy Studies"}
    assert [a.advice.to_do for a in of_kind(text, "recommendation")] == [True, True, False]


def test_the_founding_analysis_gives_the_promised_visit_as_a_promise(shared):
    text = (shared / "seeds" / "000_bd017102896fca1e.txt").read_text(encoding="utf-8")
    (promise,) = of_kind(text, "commitment")
    assert [party.id for party in promise.speaker] == ["kremlin"]
    assert promise.commitment.deadline.edtf == "2024"
    assert len(of_kind(text, "forecast")) >= 6
