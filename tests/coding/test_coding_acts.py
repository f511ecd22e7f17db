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


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Iran launched 300 drones at Israel overnight.", ["ASSAULT heavy-weapons done IRN>ISR"]),
        ("Israel bombed a building in Damascus on Monday.", ["ASSAULT - done ISR>SYR"]),
        ("Ukrainian forces shelled Ukrainian positions in Kherson.", []),
        ("Two officers were killed by Russian shelling in Kherson.", ["ASSAULT - done RUS>UKR"]),
        ("Two soldiers were killed in the Second World War.", []),
        ("Typhoon Haiyan struck the central Philippines on Friday.", []),
        (
            "The United States struck Sudan from its list of sponsors of terrorism.",
            ["RETREAT - done USA>SDN"],
        ),
        ("China sent warships around Taiwan.", ["MOBILIZE troops done CHN>TWN"]),
        ("Lithuania withdrew its ambassador from Beijing.", ["SANCTION withdraw done LTU>CHN"]),
    ],
)
def test_a_place_stands_for_its_state_where_force_or_envoys_go(lines, sentence, expected):
    assert lines(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A report finds munitions transfers from North Korea to Russia.", ["AID military alleged PRK>RUS"]),
        ("German arms exports to Israel rose tenfold.", ["AID military done DEU>ISR"]),
        ("North Korea-Russia arms transfers continued.", ["COOPERATE - done PRK,RUS>"]),
        ("Kim Jong Un inspected the delivery of 250 missile launchers to front-line units.", []),
        (
            "Washington accused China of arming Russia.",
            ["AID military alleged CHN>RUS", "ACCUSE allege done USA>CHN"],
        ),
        ("The police questioned an armed man in Paris.", []),
    ],
)
def test_arms_that_go_from_one_to_another_are_aid_by_noun_and_verb(lines, sentence, expected):
    assert sorted(lines(sentence)) == sorted(expected)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Iran warned that it would attack Israel.", ["THREATEN violence threatened IRN>ISR"]),
        ("Iran warned that it had attacked Israel.", []),
        ("Zelenskyy warned that Russia would attack Poland.", []),
        ("Ukraine warned of a new Russian offensive in the spring.", []),
        ("Beijing warned of countermeasures against Washington.", ["THREATEN - threatened CHN>USA"]),
    ],
)
def test_a_warning_threatens_only_with_deeds_of_the_one_who_warns(lines, sentence, expected):
    assert lines(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "China and Russia issued a joint statement condemning the United States.",
            ["ACCUSE disapprove done CHN,RUS>USA"],
        ),
        ("China and Russia drafted a film condemning the United States.", []),
        ("Greek Prime Minister Alexis Tsipras praised European leaders.", []),
    ],
)
def test_who_issues_a_document_says_what_it_says(lines, sentence, expected):
    assert lines(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Emmanuel Macron to meet Xi Jinping next week", ["AGREE - planned CHN,FRA>"]),
        ("Putin to visit North Korea", ["AGREE - planned RUS>PRK"]),
        ("U.S., South Korea to hold joint drills in August", ["AGREE - planned KOR,USA>"]),
        ("A decision to visit Iran", []),
        ("The first leader to visit Pyongyang was Fidel Castro.", []),
        ("In Ottawa, Canada expelled six Indian diplomats.", ["SANCTION expel done CAN>IND"]),
    ],
)
def test_a_headline_announces_with_an_infinitive_and_lists_with_a_comma(lines, sentence, expected):
    assert lines(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Relations between Colombia and Ecuador were severed on Monday.",
            ["SANCTION withdraw done COL,ECU>"],
        ),
        ("Relations between Colombia and Ecuador were discussed on Monday.", []),
        ("After talks with Rubio, Lavrov said Moscow was ready.", ["CONSULT - done RUS,USA>"]),
        ("Lavrov said Moscow expects talks with Washington.", []),
        ("Thailand and Cambodia traded artillery fire.", ["ASSAULT firearms done KHM,THA>"]),
        ("Kenya sent 400 police officers to Haiti.", ["AID - done KEN>HTI"]),
    ],
)
def test_relations_talks_and_fire_are_told_by_their_nouns(lines, sentence, expected):
    assert lines(sentence) == expected
