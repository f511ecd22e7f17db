"""What the classifier may add to the frames, and what the grammar forbids it."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Spain agreed to pay Morocco 30 million euros for the patrol of its coast.", "AGREE"),
        ("The crowd hurled stones at the embassy of France in Ouagadougou.", "PROTEST"),
    ],
)
def test_an_act_without_a_frame_is_typed_by_the_classifier(lines, sentence, wanted):
    assert any(line.startswith(wanted) for line in lines(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Cooperation between Russia and Mongolia is likely to continue to grow.",
        "Lavrov came to Ulaanbaatar to discuss the pipeline.",
        "The drought threatened the peace of Kenya and Somalia.",
        "Estonia ought to close the ports to Russia.",
        "In the novel, a French frigate sinks a British destroyer.",
        "Nobody in Oslo has asked Sweden for troops.",
        "No minister has sued Norway over the cable.",
    ],
)
def test_forecasts_purposes_duties_and_what_is_threatened_are_no_acts(lines, sentence):
    kinds = {line.split()[0] for line in lines(sentence)}
    assert kinds <= {"CONSULT"}


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Kim Jong Un held talks with Vladimir Putin in Vladivostok.", ["CONSULT visit done PRK>RUS"]),
        ("Kim Jong Un held talks with Donald Trump in Singapore.", ["CONSULT - done PRK,USA>"]),
        ("Kim Jong Un held talks with Donald Trump by telephone.", ["CONSULT - done PRK,USA>"]),
    ],
)
def test_talks_at_home_with_one_side_are_the_visit_of_the_other(lines, sentence, wanted):
    assert lines(sentence) == wanted


def test_the_voice_of_a_headline_does_not_act(lines):
    told = lines("South Korea: Kim Jong-un sent Russia 5 million artillery shells")
    assert [line.split()[-1] for line in told] == ["PRK>RUS"]
