from __future__ import annotations

import pytest
from statements_factories import of_kind, read


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("As the envoy has foreseen, Turkey is trying to twist the facts about Cyprus.", 0),
        ("The envoy predicted that Turkey has turned away from Cyprus.", 0),
        ("The envoy predicted that Turkey is leaving Cyprus in May 2026.", 1),
        ("The envoy predicted that Turkey will try to twist the facts.", 1),
    ],
)
def test_what_is_under_way_is_no_forecast(text, number):
    assert len(of_kind(text, "forecast")) == number
    assert read(text)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Turkey understands that buying gas from Iran is no longer a viable option.", ["belief"]),
        ("Turkey said that buying gas from Iran is no longer a viable option.", ["constraint"]),
    ],
)
def test_who_holds_a_belief_has_not_said_it(text, kinds):
    assert [statement.statement_kind.value for statement in read(text)] == kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The results of the count showed that the Justice Party of Turkey won 200 seats.", "claim"),
        ("The launch showed that Iran has new engines.", "inference"),
    ],
)
def test_what_figures_show_is_a_claim(text, kind):
    assert [statement.statement_kind.value for statement in read(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        (
            "If it goes as planned, this will be Modi's first visit to Turkey in nearly 20 years.",
            "conditional",
        ),
        ("This was Modi's first visit to Turkey in nearly 20 years.", "asserted"),
    ],
)
def test_a_marked_wording_keeps_its_condition(text, modality):
    (found,) = of_kind(text, "precedent")
    assert (found.modality.value, bool(found.condition)) == (modality, modality == "conditional")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Neither side refused to leave Iran.", 0),
        ("Neither side declined to say that Iran had sailed.", 0),
        ("Neither side denied that the ships of Iran had sailed.", 0),
        ("Both sides refused to leave Iran.", 1),
        ("Both sides denied that the ships of Iran had sailed.", 1),
    ],
)
def test_neither_side_refuses_nothing(text, number):
    assert len(read(text)) == number


@pytest.mark.parametrize(
    ("text", "occasion"),
    [
        ("The report primarily attributed Modi's visit to the goal of mending the India-China border.", ""),
        (
            "The attendance of Modi at the parade was intended to impress China.",
            "The attendance of Modi at the parade",
        ),
        (
            "The report suggested that Modi's visit to China aimed to deepen trade with China and Russia "
            "in order to gain weight in talks with Japan.",
            "Modi's visit to China",
        ),
    ],
)
def test_an_occasion_is_a_whole_deed_of_the_owner_of_the_aim(text, occasion):
    assert {motive.motive.occasion for motive in of_kind(text, "motive")} == {occasion}


@pytest.mark.parametrize(
    ("text", "premises"),
    [
        ("With Turkey, a founding member, leaving the room, Iran will close its office in Kyiv.", []),
        ("As president, Modi will visit Turkey.", []),
        ("As the envoy has foreseen, Iran will close its office in Kyiv.", []),
        ("With this defeat, Iran will close its office in Kyiv.", ["With this defeat"]),
        ("As prices fall, Iran will close its office in Kyiv.", ["As prices fall"]),
        ("Because of the strike, Iran will close its office in Kyiv.", ["Because of the strike"]),
    ],
)
def test_a_premise_tells_a_deed_or_a_thing(text, premises):
    (forecast,) = of_kind(text, "forecast")
    assert [premise.quote for premise in forecast.forecast.premises] == premises


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            'The "thaw" in Iran-Iraq relations will continue.',
            'Will the "thaw" in Iran-Iraq relations continue?',
        ),
        ("The ships, which Iran bought, will continue.", "Will the ships continue?"),
        ("Iran will be holding talks in May.", "Will Iran be holding talks in May?"),
        ("The envoy predicted that Turkey is leaving Cyprus in May 2026.", ""),
    ],
)
def test_a_question_is_a_whole_one_or_none(text, question):
    assert [forecast.forecast.question for forecast in of_kind(text, "forecast")] == [question]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("China will keep the tariff.", "asserted"),
        ("Norway said that Russia will close the crossing.", "asserted"),
        ("China is likely to keep the tariff.", "possible"),
        ("China will probably keep the tariff.", "possible"),
        ("Iran is set to open a port in May.", "planned"),
        ("If Iraq agrees, Iran will open a port in May.", "conditional"),
    ],
)
def test_a_forecast_is_planned_only_where_a_plan_is_told(text, modality):
    assert [forecast.modality.value for forecast in of_kind(text, "forecast")] == [modality]
