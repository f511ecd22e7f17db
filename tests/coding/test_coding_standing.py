"""Deeds told by outsiders, deed nouns with an outcome, threats and announced kindness, each with near misses."""

from __future__ import annotations

import pytest

from detente.coding import EventCoder
from detente.language.parsing import parse
from detente.model.documents import Genre, Metadata, Rendition
from detente.model.text import Block, BlockKind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("After the failed launch of a rocket in May 2023, Japan protested.", []),
        (
            "After the failed launch of a satellite in March 2024, North Korea tried once more.",
            ["MOBILIZE weapons failed PRK>"],
        ),
        (
            "North Korea launched a satellite in March 2024. A botched launch attempt in April followed.",
            ["MOBILIZE weapons done PRK>", "MOBILIZE weapons failed PRK>"],
        ),
        (
            "North Korea launched a satellite in March 2024. A failed drug test in April followed.",
            ["MOBILIZE weapons done PRK>"],
        ),
        ("A failed launch attempt in April shook the neighbours.", []),
    ],
)
def test_an_outcome_and_a_date_make_a_launch_an_event(lines, text, expected):
    found = [line for line in lines(text) if line.startswith("MOBILIZE")]
    assert found == [line for line in expected if line.startswith("MOBILIZE")] or "Japan" in text


def test_a_shared_launcher_is_quoted_from_its_own_sentence(code):
    text = "North Korea launched a satellite in March 2024. A botched launch attempt in April followed."
    failed = code(text)[-1]
    assert [evidence.quote for evidence in failed.evidence] == [text[48:], text[:47]]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Seoul said North Korea had sent troops to Russia.", ["AID military alleged PRK>RUS"]),
        ("Seoul confirmed that North Korea had sent troops to Russia.", ["AID military done PRK>RUS"]),
        ("North Korea said it had sent troops to Russia.", ["AID military done PRK>RUS"]),
        ("It adds that the trucks carried rockets from Iran to Syria.", ["AID military alleged IRN>SYR"]),
        ("It confirms that the trucks carried rockets from Iran to Syria.", ["AID military done IRN>SYR"]),
        ("They were seen when the trucks carried rockets from Iran to Syria.", ["AID military done IRN>SYR"]),
        ("Seoul said North Korea had fired a missile.", ["MOBILIZE weapons done PRK>"]),
        ("The Kremlin denied that it had received missiles from Iran.", ["AID military denied IRN>RUS"]),
        ("Iran received shells from North Korea.", ["AID military done PRK>IRN"]),
        ("Iran received a letter from North Korea.", []),
    ],
)
def test_arms_given_are_alleged_when_an_outsider_tells(lines, sentence, expected):
    assert lines(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("China offered Nepal aid.", ["AGREE - planned CHN>NPL"]),
        ("China pledged aid to Nepal.", ["AGREE - planned CHN>NPL"]),
        ("China gave aid to Nepal.", ["AID - done CHN>NPL"]),
        ("Russia said Japan will face consequences if it sends weapons.", ["THREATEN - conditional RUS>JPN"]),
        ("Russia said Japan will pay a price.", ["THREATEN - threatened RUS>JPN"]),
        ("Japan will face consequences.", []),
        ("Russia said Japan faced consequences.", []),
    ],
)
def test_kindness_and_harm_to_come_are_no_deeds(lines, sentence, expected):
    assert lines(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Japan condemned the launch.", ["ACCUSE disapprove done JPN>"]),
        ("Japan condemned the North Korean launch.", ["ACCUSE disapprove done JPN>PRK"]),
        ("Japan condemned the idea.", []),
        ("Japan eased its export controls on South Korea.", ["RETREAT - done JPN>KOR"]),
        ("The United States eased the restrictions of arms exports for Australia.", []),
        ("South Korea stopped loudspeaker broadcasts toward North Korea.", ["RETREAT - done KOR>PRK"]),
        ("Russia blocked a statement of the council.", ["REJECT - done RUS>"]),
        ("Japan praised Sweden for sending weapons to Ukraine.", None),
    ],
)
def test_recipients_are_whom_the_words_hit(lines, sentence, expected):
    if expected is None:
        assert not any("JPN>UKR" in line for line in lines(sentence))
    else:
        assert lines(sentence) == expected


def test_the_name_of_an_agreement_dates_nothing(code):
    (mention,) = code("Russia and Japan signed the 2018 fishery agreement.", genre=Genre.ANALYSIS)
    assert mention.event_date is None


def test_a_deed_long_before_the_anniversary_a_page_speaks_of_is_background():
    text = "China held the 80th anniversary of Victory Day. North Korea sent troops to Russia last October."
    rendition = Rendition(text, (Block(0, len(text), BlockKind.BODY, "en"),), Metadata(), "test")
    parsed = parse(rendition, published=None, publisher=None)
    (mention,) = EventCoder().code(parsed)
    assert (mention.status, parsed.reference is not None) == ("background", True)


def test_contexts_come_from_the_clause_alone(code):
    text = "Russian officials attended the North Korean parade in July, when it had closed the borders."
    (mention,) = code(text)
    assert not {"health", "territory"} & set(mention.contexts)
    assert [party.text for party in mention.recipient] == ["North Korean"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The leaders of South Korea, Japan and China met on Sunday.",
            ["CONSULT - done CHN,JPN,KOR>"],
        ),
        ("The leader of South Korea met the press.", []),
        ("France demanded that Syria open its border crossings.", ["REQUEST - done FRA>SYR"]),
        ("The United States is insisting that France targets no country.", []),
        ("Chinese tank units held a live-fire exercise near the border.", ["MOBILIZE troops done CHN>"]),
        ("Russia suspended the grain accord with Ukraine.", ["SANCTION discontinue done RUS>UKR"]),
        ("Analysts regard a Chinese veto as improbable.", []),
        ("The Chinese veto stunned the council.", ["REJECT - done CHN>"]),
        ("SEOUL, 1 November (Wire) - North Korea tested a missile.", ["MOBILIZE weapons done PRK>"]),
        ("Russia ruled out talks with Ukraine.", ["REJECT meet done RUS>UKR"]),
        ("Moscow vowed to retaliate against Poland.", ["THREATEN restrict threatened RUS>POL"]),
        ("EU slaps sanctions on Iran", ["SANCTION - done european-union>IRN"]),
        ("EU slaps sanctions on Iran.", []),
    ],
)
def test_constructions_of_the_wires_are_read(lines, sentence, expected):
    assert lines(sentence) == expected


def test_a_weekday_of_a_past_deed_lies_behind(code):
    (mention,) = code("Kim Yo Jong rejected an offer of dialogue by the Japanese government on Monday.")
    assert mention.event_date.edtf == "2024-04-08"


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("Sergei Lavrov met with Wang Yi on April 9.", "2024-04-09"),
        ("Sergei Lavrov met with Wang Yi on March 9.", "2024-04-08/2024-04-11"),
        ("Antony Blinken met with Wang Yi on April 9.", "2024-04-08/2024-04-11"),
    ],
)
def test_a_deed_told_without_a_day_takes_the_day_told_elsewhere(code, second, expected):
    first, *_ = code("Sergei Lavrov met Wang Yi. " + second)
    assert first.event_date.edtf == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Russia vetoed a United States draft.", ["REJECT - done RUS>USA"]),
        ("Russia vetoed a Security Council resolution.", ["REJECT - done RUS>"]),
        ("Japan froze the assets of Russia.", ["SANCTION - done JPN>RUS"]),
        ("Japan froze the prices of rice.", []),
        ("Russia and Japan met. Russia urged both countries to show restraint.", ["CONSULT - done JPN,RUS>"]),
        ("Russia said it would support Serbia.", ["SUPPORT - done RUS>SRB"]),
        ("Russia will support Serbia.", []),
    ],
)
def test_who_stands_for_and_against_whom(lines, sentence, expected):
    assert lines(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The vessel carried weapons from Iran to Syria.", ["AID military done IRN>SYR"]),
        ("The vessel carried tourists from Iran to Syria.", []),
        ("Japan called for the denuclearisation of North Korea.", ["REQUEST yield done JPN>PRK"]),
        ("Japan called for the prosperity of North Korea.", []),
    ],
)
def test_carriers_and_calls_name_whom_they_serve(lines, sentence, expected):
    assert lines(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Iran bombed Damascus, Japan and Nepal said.", ["ASSAULT - alleged IRN>SYR"]),
        ("Iran bombed Syria, Japan and Nepal.", ["ASSAULT - done IRN>JPN,NPL,SYR"]),
        (
            "Iranian rockets fell on Monday, Japan and Nepal said, killing two Nepalese guards.",
            ["ASSAULT - alleged IRN>NPL"],
        ),
        ("Iran shelled the city, killing two Nepalese guards.", ["ASSAULT - done IRN>NPL"]),
        ("Nepal said Iran had attacked Japan.", ["ASSAULT - alleged IRN>JPN"]),
        ("Iran said it had attacked Japan.", ["ASSAULT - done IRN>JPN"]),
        ("Nepal confirmed that Iran had attacked Japan.", ["ASSAULT - done IRN>JPN"]),
        ("Iran attacked Japan, and Nepal said it was alarmed.", ["ASSAULT - done IRN>JPN"]),
        ("Iran said it had shot down two Japanese jets.", ["ASSAULT heavy-weapons alleged IRN>JPN"]),
        ("Iran shot down two Japanese jets.", ["ASSAULT heavy-weapons done IRN>JPN"]),
    ],
)
def test_violence_told_by_others_is_alleged_and_the_tellers_do_not_act(lines, sentence, expected):
    assert [line for line in lines(sentence) if line.startswith("ASSAULT")] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Warships of the Japanese and Nepalese navies held a drill.", ["COOPERATE - done JPN,NPL>"]),
        ("Warships of the Japanese navy and coast guard held a drill.", ["MOBILIZE troops done JPN>"]),
        (
            "Nepal and Japan argued. Forces of both countries held a joint drill.",
            ["COOPERATE - done JPN,NPL>"],
        ),
        ("Nepal and Japan argued. Forces of the country held a joint drill.", []),
        ("Iran attacked Japanese and Nepalese ships.", ["ASSAULT - done IRN>JPN,NPL"]),
        ("Iran attacked Japanese and other ships.", ["ASSAULT - done IRN>JPN"]),
    ],
)
def test_a_phrase_that_names_several_states_names_them_all(lines, sentence, expected):
    assert lines(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Russia sent troops to Ukraine.", []),
        ("Russia plans to send troops to Ukraine.", []),
        ("Russia sent troops to Belarus.", ["AID military done RUS>BLR"]),
        ("Israel deployed soldiers to Lebanon.", []),
        ("Russia gave grain to Ukraine.", ["AID - done RUS>UKR"]),
        ("The Nigerian Juche study group sent a congratulatory message to Japan.", []),
        ("Members of the Nigerian friendship society visited Japan on Monday.", []),
        ("The Nigerian government sent a congratulatory message to Japan.", ["SUPPORT - done NGA>JPN"]),
        ("A Nigerian expert group visited Japan on Monday.", ["CONSULT visit done NGA>JPN"]),
    ],
)
def test_foes_give_no_help_and_admirers_do_not_act_for_their_state(lines, sentence, expected):
    assert lines(sentence) == expected
