from __future__ import annotations

import pytest
from statements_factories import content, of_kind, read

from detente.model.statements import Modality, Polarity


def test_a_claim_gives_way_to_what_it_is_more_closely():
    text = "Cuba is in need of fuel, the envoy said."
    assert of_kind(text, "need")
    assert of_kind(text, "claim") == []
    assert of_kind("Cuba sold fuel, the envoy said.", "claim")


def test_no_two_statements_of_one_stretch_differ_in_polarity():
    found = read("Iran understands that buying fuel from Iraq is no longer a viable option.")
    assert len({statement.polarity for statement in found}) == 1


def test_somebodys_unprecedented_deed_is_a_precedent_and_a_passing_adjective_none():
    (owned,) = of_kind("Iran’s unprecedented decision to sell was aimed at pressing Iraq.", "precedent")
    assert content(owned) == "Iran’s unprecedented decision to sell"
    assert of_kind("The decision by Iran to sell was unprecedented.", "precedent")
    assert of_kind("Iran prayed in unprecedented heat.", "precedent") == []


def test_a_state_of_relations_inside_an_aim_is_left_to_the_aim():
    text = "The visit by Iran was aimed at mending its previously strained ties with Iraq."
    assert of_kind(text, "relation_state") == []
    assert of_kind("The previously strained ties of Iran with Iraq have warmed.", "relation_state")


def test_the_frame_of_the_report_is_not_what_it_found():
    (found,) = of_kind(
        "Notably, the study highlighted the lack of progress in Iran's yards.", "negative_finding"
    )
    assert content(found).startswith("the lack")


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("Like the past two years, Iran will remain in debt.", False),
        ("Iran will remain in debt until May 2027.", True),
    ],
)
def test_a_comparison_gives_a_forecast_no_window(text, window):
    (forecast,) = of_kind(text, "forecast")
    assert (forecast.forecast.window is not None) == window


@pytest.mark.parametrize(
    ("text", "towards"),
    [
        ("Iran sold oil in order to gain weight in future Iraq-U.S. talks.", []),
        ("Iran aims to sell more oil following the Yemen conflict.", []),
        ("Iran aims to deepen its ties with Iraq.", ["Iraq"]),
        ("Iran's visit was aimed at restoring Iran-Iraq relations.", ["Iraq"]),
    ],
)
def test_an_aim_is_towards_those_its_objects_name(text, towards):
    (motive,) = of_kind(text, "motive")
    assert [party.text for party in motive.motive.towards] == towards


def test_what_is_expected_is_possible_and_keeps_its_subject():
    (forecast,) = of_kind("The ruling party of Iran is expected to win 80 seats.", "forecast")
    assert forecast.modality is Modality.POSSIBLE
    assert "ruling party" in content(forecast)


def test_hearsay_is_no_likelihood():
    for statement in read("Iran will reportedly close the strait in May."):
        assert statement.likelihood is None
    assert any(s.likelihood for s in read("Iran will probably close the strait in May."))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Iran calls the exercise a rehearsal for war.", "accusation"),
        ("Iran called the story a hoax of its foes.", "denial"),
        ("Iran insisted that its ships had not been there.", "denial"),
        ("Analysts doubt that Iran will sell its ships.", "forecast"),
        ("Iran expects the new envoy to come in March.", "expectation"),
        ("The general warned that Iran could strike the port.", "forecast"),
        ("The silence of the port suggests that Iran has lost a ship.", "inference"),
    ],
)
def test_what_is_said_changes_the_kind_of_the_cue(text, kind):
    assert of_kind(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Iran calls the exercise a routine matter.", "accusation"),
        ("Iran called the story a surprise.", "denial"),
        ("Iran insisted that its ships had been there.", "denial"),
        ("Iran doubts whether Iraq will sell its ships.", "belief"),
        ("Iran expects that Iraq will sell its ships.", "expectation"),
        ("The general warned that Iran had struck the port.", "forecast"),
        ("The minister suggests that Iran has lost a ship.", "inference"),
    ],
)
def test_a_near_miss_leaves_the_kind_of_the_cue(text, kind):
    assert of_kind(text, kind) == []
    assert read(text)


def test_to_ask_not_to_be_named_is_no_demand():
    assert of_kind("Two envoys, who asked not to be named, said Iran had sold ships.", "demand") == []
    assert of_kind("Two envoys asked Iran not to sell ships.", "demand")


def test_having_no_plan_is_negated():
    (statement,) = read("Iran said it has no plan to sell ships.")
    assert statement.polarity is Polarity.NEGATED


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("It remains unclear who sold the ships.", "uncertainty", "who sold the ships"),
        (
            "Whether the pipes were cut by Iran is not known.",
            "uncertainty",
            "Whether the pipes were cut by Iran",
        ),
        ("It is almost certain that another strike will follow.", "forecast", "another strike will follow"),
        ("Divers found no evidence that the ship had left Basra.", "negative_finding", "the ship had left"),
        ("The general refused to say how many ships Iran had lost.", "negative_finding", "how many"),
        ("Iraq is able to build such a ship.", "capability", "able to build"),
        ("One option for Iran is to sell oil abroad.", "option", "to sell oil"),
        ("The final say on the pact lies with the Senate of the United States.", "influence", "lies with"),
        ("The leader of Iran expressed deep satisfaction with the parade.", "praise", "the parade"),
        (
            "Iran has pledged 300 tonnes of rice by the end of the year.",
            "commitment",
            "by the end of the year",
        ),
        (
            "The ministry accused Iran of firing a shot in order to please voters.",
            "accusation",
            "please voters",
        ),
        ("If Iran arms itself, Iraq would probably follow.", "forecast", "Iraq would probably follow"),
    ],
)
def test_a_wording_gives_the_kind_and_the_stretch(text, kind, words):
    assert any(words in content(statement) for statement in of_kind(text, kind))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It is clear who sold the ships.", "uncertainty"),
        ("It is almost certain that the strike of Iran followed the feast.", "forecast"),
        ("Divers found evidence that the ship of Iran had left Basra.", "negative_finding"),
        ("The general of Iran refused to leave the port.", "negative_finding"),
        ("Iraq was building such a ship.", "capability"),
        ("Iran sold its share options.", "option"),
        ("The ship of Iran lies with its cargo at the pier.", "influence"),
        ("The leader of Iran expressed deep satisfaction.", "praise"),
        ("Iran would follow the route of Iraq in those years.", "forecast"),
        ("The party said the name of the leader of Iran would shine forever.", "forecast"),
        ("An article says that Iran is weak.", "assessment"),
    ],
)
def test_a_near_wording_gives_no_such_kind(text, kind):
    assert of_kind(text, kind) == []


def test_a_title_in_quotation_marks_is_nobodys_speech():
    titled = (
        "An envoy gave a talk under the title “We will answer every blow with a harder one” in May. Iran {}."
    )
    assert read(titled.format("revealed its plan")) == ()
    assert read("“We will answer every blow with a harder one,” Iran said.")


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Canada should list the shipper.", False),
        ("Japan should not pay for the wreck.", True),
        ("Seoul ought to publish its own count.", False),
    ],
)
def test_what_the_page_says_a_state_should_do_is_its_advice(text, negated):
    (advice,) = of_kind(text, "recommendation")
    assert advice.modality is Modality.OBLIGED
    assert (advice.polarity is Polarity.NEGATED) == negated


@pytest.mark.parametrize(
    "text",
    [
        "The feast should start at nine.",
        "Japan should have listed the shipper.",
        "Should Japan list the shipper?",
        "Pyongyang, May 3 (KCNA) -- Japan should list the shipper.",
    ],
)
def test_what_is_due_past_asked_or_a_state_agencys_is_no_advice(text):
    assert of_kind(text, "recommendation") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It was the first visit by an Iranian minister since July 2000.", "precedent"),
        ("The leaders of Iran and Iraq met for the first time in six years.", "precedent"),
        ("Iran did not comment on the find.", "negative_finding"),
        ("Whether the pact with Iran survives the vote is uncertain.", "uncertainty"),
    ],
)
def test_a_page_marks_precedents_silence_and_open_matters(text, kind):
    assert of_kind(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It was the first visit of the minister of Iran that day.", "precedent"),
        ("Iran did not attack the port.", "negative_finding"),
        ("Iran asked whether the pact is open to others.", "precedent"),
    ],
)
def test_a_plain_negation_or_order_marks_nothing(text, kind):
    assert of_kind(text, kind) == []


def test_the_word_of_a_known_actor_is_salient_whatever_it_is_about():
    (known,) = read("The foreign minister of Iran said the bridge was closed.")
    (unknown,) = read("The mayor said the bridge was closed.")
    assert known.salient
    assert not unknown.salient
    own = "Pyongyang, May 3 (KCNA) -- The foreign minister of Iran said the bridge was closed."
    assert not any(statement.salient for statement in read(own))


def test_to_tell_somebody_to_do_something_demands_it():
    assert of_kind("The leader of Iran told his officers to stop the train.", "demand")
    assert of_kind("The leader of Iran told his officers that he stopped the train.", "demand") == []


def test_congratulations_praise_only_a_named_deed():
    assert of_kind("Iran congratulated the officers of Iraq.", "praise") == []
    assert of_kind("Iran congratulated Iraq on its election.", "praise")
