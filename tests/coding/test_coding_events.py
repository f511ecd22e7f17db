"""Ordinary sentences of the field: who did what to whom, with what standing, each with its near misses."""

from __future__ import annotations

import pytest

from detente.model.documents import Genre
from detente.model.text import BlockKind


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kim Jong Un met Vladimir Putin in Vladivostok.", ["CONSULT visit done PRK>RUS"]),
        ("Kim Jong Un did not meet Vladimir Putin in Vladivostok.", []),
        ("Kim Jong Un may meet Vladimir Putin in Vladivostok.", []),
        ("Kim Jong Un hopes to meet Vladimir Putin in Vladivostok.", []),
        ("Kim Jong Un should meet Vladimir Putin.", []),
        ("Did Kim Jong Un meet Vladimir Putin in Vladivostok?", []),
        ("Kim Jong Un will meet Vladimir Putin on May 3.", ["AGREE - planned PRK,RUS>"]),
        ("If talks go well, Kim Jong Un will meet Vladimir Putin in May.", ["AGREE - conditional PRK,RUS>"]),
        ("Kim Jong Un met Vladimir Putin in April 2019.", ["CONSULT - background PRK,RUS>"]),
        ("The Kremlin denied that Kim Jong Un had met Vladimir Putin.", ["CONSULT - denied PRK,RUS>"]),
        ("Sergei Shoigu was received by Kim Jong Un in Pyongyang.", ["CONSULT visit done RUS>PRK"]),
        ("Naryshkin visited Pyongyang.", ["CONSULT visit done RUS>PRK"]),
        ("Kim Jong Un visited Pyongyang.", []),
    ],
)
def test_meetings_are_joint_and_visits_go_from_guest_to_host(lines, sentence, expected):
    assert lines(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The United States and South Korea held joint military drills.", ["COOPERATE - done KOR,USA>"]),
        ("The United States and South Korea will hold joint drills in August.", ["AGREE - planned KOR,USA>"]),
        ("North Korea held military drills near the border.", ["MOBILIZE troops done PRK>"]),
        ("North Korea fired a missile into the sea.", ["MOBILIZE weapons done PRK>"]),
        ("North Korea fired a missile over Japan on Tuesday.", ["MOBILIZE weapons done PRK>JPN"]),
        ("North Korea fired a missile toward Japan.", ["MOBILIZE weapons done PRK>JPN"]),
        ("North Korea could fire a missile toward Japan.", []),
        ("Russia attacked the Ukrainian city of Kharkiv with drones.", ["ASSAULT - done RUS>UKR"]),
        ("Analysts warned that Russia could attack Ukraine.", []),
    ],
)
def test_force_short_of_violence_is_mobilize(lines, sentence, expected):
    assert lines(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("China urged the United States to lift sanctions on North Korea.", ["REQUEST yield done CHN>USA"]),
        ("Russia refused to hold talks with Ukraine.", ["REJECT meet done RUS>UKR"]),
        ("Russia threatened to attack Ukraine.", ["THREATEN violence threatened RUS>UKR"]),
        ("Lee Jae-myung condemned North Korea.", ["ACCUSE disapprove done KOR>PRK"]),
        ("Russia vetoed a draft resolution.", ["REJECT - done RUS>"]),
        ("Russia vetoed a resolution drafted by the United States.", ["REJECT - done RUS>USA"]),
        (
            "Russia said it would veto the resolution drafted by the United States.",
            ["REJECT - threatened RUS>USA"],
        ),
        ("Russia did not veto the resolution.", []),
    ],
)
def test_words_against_somebody_keep_their_direction(lines, sentence, expected):
    assert lines(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The European Union imposed new sanctions on North Korea.", ["SANCTION - done european-union>PRK"]),
        (
            "The European Union extended sanctions against Russia until July.",
            ["SANCTION - done european-union>RUS"],
        ),
        ("Japan will impose sanctions on Russia, Tokyo said.", ["THREATEN restrict threatened JPN>RUS"]),
        ("Japan lifted sanctions on Russia.", ["RETREAT - done JPN>RUS"]),
        ("Japan announced the lifting of sanctions on Russia.", ["CONCEDE - done JPN>RUS"]),
        ("Japan may lift sanctions on Russia.", []),
    ],
)
def test_sanctions_imposed_extended_threatened_and_lifted_differ(lines, sentence, expected):
    assert lines(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("North Korea sent troops to Russia.", ["AID military done PRK>RUS"]),
        (
            "Japan accused Russia of sending weapons to North Korea.",
            ["ACCUSE allege done JPN>RUS", "AID military alleged RUS>PRK"],
        ),
        ("South Korea alleged that North Korea had sent troops to Russia.", ["AID military alleged PRK>RUS"]),
        ("North Korea denied sending troops to Russia.", ["AID military denied PRK>RUS"]),
        ("North Korea has not sent troops to Russia.", []),
        ("North Korea is believed to have sent troops to Russia.", ["AID military presumed PRK>RUS"]),
        (
            "Kim Yo Jong dismissed allegations that North Korea supplied weapons to Russia.",
            ["AID military denied PRK>RUS"],
        ),
        (
            "The Kremlin said that Putin will visit North Korea, with agreements between Russia and "
            "North Korea being signed.",
            ["AGREE - planned RUS>PRK", "AGREE - planned PRK,RUS>"],
        ),
        ("North Korea is believed to send troops to Russia.", []),
    ],
)
def test_deed_allegation_and_denial_differ(lines, sentence, expected):
    assert lines(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Kim Jong Un visited a greenhouse farm and met its workers.",
        "The North Korean team beat the Japanese team in the final match of the tournament.",
        "G7 countries keep threatening the security of North Korea's environment.",
        "The visit aimed to restore relations with China.",
        "Kim Jong Un's dialogue with the people goes on.",
    ],
)
def test_domestic_life_sport_and_rhetoric_are_no_events(lines, sentence):
    assert lines(sentence) == []


def test_headlines_tell_in_the_present_and_bodies_do_not(lines):
    text = "Sergei Lavrov visits North Korea."
    assert lines(text, kind=BlockKind.HEADING) == ["CONSULT visit done RUS>PRK"]
    assert lines(text, kind=BlockKind.BODY) == []


def test_dates_hang_on_their_own_predicate(code):
    (mention,) = code("Naryshkin visited Pyongyang on March 26, days before Russia's vote.")
    assert mention.event_date.edtf == mention.deed_date.edtf == "2024-03-26"


def test_the_bound_of_a_measure_dates_no_deed(code):
    (mention,) = code("Japan extended sanctions against Russia until July.", genre=Genre.ANALYSIS)
    assert mention.event_date is None


def test_fresh_news_without_a_day_gets_a_window_and_analysis_none(code):
    (news,) = code("Sergei Lavrov met Wang Yi.")
    (analysis,) = code("Sergei Lavrov met Wang Yi.", genre=Genre.ANALYSIS)
    assert (news.event_date.edtf, news.event_date.basis) == ("2024-04-08/2024-04-11", "publication")
    assert analysis.event_date is None


def test_a_visit_announced_keeps_the_day_of_the_visit_apart(code):
    (mention,) = code("The Kremlin said on Monday that Putin will visit North Korea on June 18.")
    assert mention.deed_date.edtf == "2024-06-18"
    assert mention.event_date is None or mention.event_date.edtf == "2024-04-08"
    assert [voice.text for voice in mention.attribution] == ["Kremlin"]


def test_evidence_equals_the_text_at_its_offsets(code):
    text = "Talks were short. Japan accused Russia of sending weapons to North Korea."
    for mention in code(text):
        (evidence,) = mention.evidence
        assert text[evidence.start : evidence.end] == evidence.quote


def test_the_same_sentence_printed_twice_gives_one_mention(code):
    assert len(code("Kim Jong Un met Xi Jinping. Kim Jong Un met Xi Jinping.")) == 1


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "!" * 500, "((((", "Kim " * 300, "​", "met met met Russia Russia"]
)
def test_odd_text_raises_nothing(code, text):
    assert code(text) == [] if not text.strip() else isinstance(code(text), list)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("SEOUL -- North Korea said it had sent troops to Russia.", ["AID military done PRK>RUS"]),
        ("Seoul said North Korea had sent troops to Russia.", ["AID military alleged PRK>RUS"]),
        (
            "Russian and Chinese officials attended the North Korean parade.",
            ["CONSULT visit done CHN,RUS>PRK"],
        ),
        ("Russian officials attended the parade.", []),
        ("China protested against the Japanese plan.", ["ACCUSE disapprove done CHN>JPN"]),
        ("I believe that Putin will visit North Korea.", []),
        ("Russia and North Korea agreed to deepen cooperation.", ["AGREE - planned PRK,RUS>"]),
        ("Russia agreed to deepen cooperation.", []),
        ("President Putin will visit North Korea.", ["AGREE - planned RUS>PRK"]),
        ("Putin signed a treaty on partnership with Kim Jong Un.", ["SUPPORT - done PRK,RUS>"]),
    ],
)
def test_who_acts_is_read_from_the_syntax(lines, sentence, expected):
    assert lines(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    ["Algeria supported the anti-U.S. struggle.", "A convoy of U.S. soldiers criticized a U.S. general."],
)
def test_names_inside_words_and_unknown_compatriots_are_no_sides(lines, sentence):
    assert lines(sentence) == []
