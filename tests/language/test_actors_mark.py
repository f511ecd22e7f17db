"""Actors in running text: who is named, under which id, for which state, and what names nobody."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from detente.language.actors import ActorMemory, mark_actors
from detente.language.loading import load_model
from detente.model.actors import ActorKind, Rank

ON = date(2024, 4, 11)


def mark(text, on=ON, memory=None, shift=0):
    doc = load_model()(text)
    parties = mark_actors(doc, shift, on=on, memory=memory or ActorMemory())
    for party in parties:
        assert text[party.start - shift : party.end - shift] == party.text
    return parties


def ids(text, on=ON):
    return [(party.text, party.id) for party in mark(text, on)]


NAMES = [
    (
        "Kim Jong Un met Vladimir Putin.",
        [("Kim Jong Un", "kim-jong-un"), ("Vladimir Putin", "vladimir-putin")],
    ),
    ("Kim Jong-un spoke.", [("Kim Jong-un", "kim-jong-un")]),
    ("Kim Jong-Un's envoy left.", [("Kim Jong-Un", "kim-jong-un")]),
    ("Kim Yo Jong warned the guests.", [("Kim Yo Jong", "kim-yo-jong")]),
    ("Cho Taeyul spoke first.", [("Cho Taeyul", "cho-tae-yul")]),
    ("Xi thanked Putin.", [("Xi", "xi-jinping"), ("Putin", "vladimir-putin")]),
    ("President Yoon left.", [("Yoon", "yoon-suk-yeol")]),
    ("Mr. Yoon left.", [("Yoon", "yoon-suk-yeol")]),
    ("Russia vetoed the draft.", [("Russia", "RUS")]),
    ("The Republic of Armenia signed.", [("Republic of Armenia", "ARM")]),
    (
        "The Democratic People's Republic of Korea (DPRK) signed.",
        [("Democratic People's Republic of Korea", "PRK")],
    ),
    ("The DPRK rejected it.", [("DPRK", "PRK")]),
    ("The U.S. protested.", [("U.S.", "USA")]),
    ("The Security Council met.", [("Security Council", "un-security-council")]),
    ("The Korean National Assembly voted.", [("Korean National Assembly", "national-assembly-of-korea")]),
    ("KCNA reported it.", [("KCNA", "kcna")]),
    ("The DPK won.", [("DPK", "democratic-party-of-korea")]),
    ("The Blue House replied.", [("Blue House", "blue-house")]),
    ("The UN panel of experts (PoE) closed.", [("UN panel of experts", "un-panel-of-experts")]),
    ("GeneralKim Jong Unreceived the guests.", [("Kim Jong Un", "kim-jong-un")]),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names_are_found_in_every_spelling(text, expected):
    assert ids(text) == expected


NOBODY = [
    "Give us the list.",
    "It may rain.",
    "He joined the un-named group.",
    "The chad hung on the ballot.",
    "Michael Jordan retired.",
    "They sailed the Sea of Japan.",
    "The Korean War ended in a truce.",
    "He bought French fries.",
    "Five Russian railcars stood there.",
    "It costs ten US dollars.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_words_that_only_look_like_actors_are_left_out(text):
    assert [party.id for party in mark(text) if party.id] == []


TITLES = [
    ("The South Korean president spoke.", [("South Korean president", "yoon-suk-yeol")]),
    ("Seoul's top diplomat spoke.", [("Seoul's top diplomat", "cho-tae-yul")]),
    ("Russia's defence minister left.", [("Russia's defence minister", "sergei-shoigu")]),
    ("The president of South Korea spoke.", [("president of South Korea", "yoon-suk-yeol")]),
    ("Former US President Donald Trump wrote.", [("Donald Trump", "donald-trump")]),
    ("Russia's foreign ministry objected.", [("Russia's foreign ministry", "rus-foreign-ministry")]),
    ("The Kremlin spokesman Dmitry Peskov replied.", [("Dmitry Peskov", "dmitry-peskov")]),
    (
        "The head of Russia's foreign intelligence agency, Sergei Naryshkin, came.",
        [("Sergei Naryshkin", "sergei-naryshkin")],
    ),
    (
        "Kim Jong Un, general secretary of the Workers' Party of Korea, came.",
        [("Kim Jong Un", "kim-jong-un")],
    ),
    ("UN Secretary-General António Guterres wrote.", [("António Guterres", "antonio-guterres")]),
]


@pytest.mark.parametrize(("text", "expected"), TITLES)
def test_titles_resolve_to_their_holder_on_the_day(text, expected):
    assert ids(text) == expected


def test_same_title_means_another_person_on_another_day():
    assert ids("The South Korean president spoke.", date(2019, 1, 1))[0][1] == "moon-jae-in"
    assert ids("The US president spoke.", date(2025, 2, 1))[0][1] == "donald-trump"


def test_without_a_day_an_office_stays_an_office():
    (party,) = mark("The South Korean president spoke.", on=None)
    assert (party.id, party.kind, party.state, party.rank) == (
        "kor-president",
        ActorKind.OFFICE,
        "KOR",
        Rank.LEADER,
    )


def test_former_title_is_not_the_holder_of_today():
    (party,) = mark("The former South Korean president spoke.")
    assert (party.id, party.state) == (None, "KOR")


def test_post_that_many_hold_names_no_person():
    (party,) = mark("The Russian ambassador to Japan protested.")
    assert (party.id, party.state) == ("rus-ambassador", "RUS")


ROLES = [
    ("North Korean soldiers fought.", "North Korean soldiers", "PRK", "MIL", Rank.MILITARY),
    ("Russian officials agreed.", "Russian officials", "RUS", "GOV", Rank.OFFICIAL),
    ("A Swedish travel agency closed.", "Swedish travel agency", "SWE", "BUS", Rank.ORGANISATION),
    ("North Korea's state media reported it.", "North Korea's state media", "PRK", "JRN", Rank.STATE_MEDIA),
    ("The foreign ministry of Sweden objected.", "foreign ministry of Sweden", "SWE", "GOV", Rank.GOVERNMENT),
    ("South Korean lawmakers voted.", "South Korean lawmakers", "KOR", "LEG", Rank.LEGISLATOR),
]


@pytest.mark.parametrize(("text", "words", "state", "sector", "rank"), ROLES)
def test_people_and_bodies_of_a_state_are_its_parties(text, words, state, sector, rank):
    (party,) = mark(text)
    assert (party.text, party.state, party.sector, party.rank) == (words, state, sector, rank)


def test_unknown_person_takes_state_and_rank_from_the_title():
    (party,) = mark("Swedish lawmaker Anna Lindqvist asked for talks.")
    assert (party.id, party.text, party.state, party.rank) == (None, "Anna Lindqvist", "SWE", Rank.LEGISLATOR)


def test_unknown_person_takes_state_from_an_apposition():
    parties = mark("Anna Lindqvist, a Swedish lawmaker, asked for talks.")
    assert [(party.text, party.state) for party in parties] == [("Anna Lindqvist", "SWE")]


def test_coordinated_adjectives_are_two_parties():
    assert [party.state for party in mark("Two Russian and Chinese officials came.")] == ["RUS", "CHN"]


COMPOUNDS = [
    ("The US and South Korea agreed.", ["USA", "KOR"]),
    ("US-Japan-ROK talks opened.", ["USA", "JPN", "KOR"]),
    ("A North Korea-China-Russia front formed.", ["PRK", "CHN", "RUS"]),
    ("South Korea-U.S. drills began.", ["KOR", "USA"]),
]


@pytest.mark.parametrize(("text", "states"), COMPOUNDS)
def test_compounds_name_each_state(text, states):
    assert [party.id for party in mark(text)] == states


GOVERNMENT_OR_PLACE = [
    ("Moscow denied it.", ["RUS"]),
    ("Talks with Tokyo failed.", ["JPN"]),
    ("Pyongyang's offer stands.", ["PRK"]),
    ("They urged Seoul to wait.", ["KOR"]),
    ("They met in Moscow.", []),
    ("The envoy visited Pyongyang.", []),
    ("He flew to Beijing.", []),
    ("They supplied arms to Pyongyang.", ["PRK"]),
    ("The war in Ukraine goes on.", []),
    ("They aided Ukraine.", ["UKR"]),
    ("Meddling in Ukraine must stop.", ["UKR"]),
    ("They met at the Kremlin.", []),
    ("The Kremlin agreed.", ["kremlin"]),
]


@pytest.mark.parametrize(("text", "expected"), GOVERNMENT_OR_PLACE)
def test_place_is_no_actor(text, expected):
    assert [party.id for party in mark(text)] == expected


def test_adjective_before_a_deed_names_who_does_it_and_before_a_thing_nobody():
    assert [p.id for p in mark("They denied U.S. claims.")] == ["USA"]
    assert [p.id for p in mark("They studied Russian shells.")] == []


def test_government_is_named_by_its_head():
    (party,) = mark("The Trump administration waited.")
    assert (party.text, party.id, party.rank) == ("Trump administration", "USA", Rank.GOVERNMENT)
    assert ids("The Trump family waited.") == [("Trump", "donald-trump")]


def test_people_without_a_state_are_parties_only_where_they_act():
    (party,) = mark("Police arrested two men.")
    assert (party.text, party.id, party.state, party.sector) == ("Police", None, None, "COP")
    assert [p.text for p in mark("North Korea sent troops.")] == ["North Korea"]


def test_dateline_agency_is_no_actor():
    assert mark("HANOI (Reuters) - The rain stopped.") == ()


def test_one_word_after_a_title_is_a_name():
    (party,) = mark("The Saudi King Salman agreed.")
    assert (party.text, party.state, party.rank) == ("Salman", "SAU", Rank.LEADER)


def test_surname_needs_a_name_before_it():
    assert ids("Lee left early.") == []
    assert ids("Lee Jae-myung came. Lee left early.")[1] == ("Lee", "lee-jae-myung")


def test_surname_of_an_unknown_person_goes_on_meaning_them():
    parties = mark("Swedish lawmaker Anna Lindqvist asked for talks. Lindqvist then left.")
    assert [(p.text, p.state, p.rank) for p in parties] == [
        ("Anna Lindqvist", "SWE", Rank.LEGISLATOR),
        ("Lindqvist", "SWE", Rank.LEGISLATOR),
    ]
    assert mark("Lindqvist then left.") == ()


def test_surname_inside_an_unknown_name_is_another_person():
    assert "donald-trump" not in {party.id for party in mark("On Monday Melania Trump spoke in Rome.")}
    assert "kim-jong-un" not in {party.id for party in mark("Kim Jong Un came with Kim Yong Nam.")[1:]}


def test_two_countries_are_the_pair_named_before():
    parties = mark("Russia and North Korea signed a treaty. The two countries will trade.")
    assert [party.id for party in parties[2:]] == ["RUS", "PRK"]
    assert {party.text for party in parties[2:]} == {"The two countries"}


def test_two_countries_among_three_are_nobody():
    text = "Russia called China, while Japan watched. The two countries will trade."
    assert [party.id for party in mark(text)] == ["RUS", "CHN", "JPN"]


def test_two_leaders_are_the_leaders_named_before():
    parties = mark("Kim Jong Un met Vladimir Putin. The two leaders shook hands.")
    assert {party.id for party in parties[2:]} == {"kim-jong-un", "vladimir-putin"}


def test_the_north_needs_korea_in_the_text():
    assert [party.id for party in mark("South Korea protested. The North fired again.")] == ["KOR", "PRK"]
    assert mark("The North of England is wet.") == ()


def test_pronoun_resolves_to_the_one_person_it_can_mean():
    assert ids("Maria Zakharova spoke. She denied it.")[1] == ("She", "maria-zakharova")
    assert ids("Japan said it would wait.") == [("Japan", "JPN"), ("it", "JPN")]


def test_pronoun_with_two_readings_is_nobody():
    text = "Antony Blinken called Sergei Lavrov, and he hung up."
    assert [party.text for party in mark(text)] == ["Antony Blinken", "Sergei Lavrov"]


def test_it_that_stands_for_nothing_is_nobody():
    assert ids("Japan waited because it rained.") == [("Japan", "JPN")]


def test_register_of_state_media():
    text = "Pyongyang, May 1 (KCNA) -- The U.S. imperialists threatened our Republic."
    parties = mark(text)
    assert [(party.text, party.state) for party in parties] == [
        ("U.S. imperialists", "USA"),
        ("our Republic", "PRK"),
    ]


def test_our_republic_of_an_unknown_voice_is_nobody():
    assert mark("They threatened our Republic.") == ()


def test_georgia_the_country_is_told_from_the_state():
    assert "GEO" in [p.id for p in mark("Georgia and Armenia opened the border with Russia.")]
    assert "GEO" not in [p.id for p in mark("In Atlanta, Georgia, Republican voters queued.")]


def test_headline_states_act_before_verbs_that_look_like_nouns():
    assert [p.id for p in mark("U.S. Sanctions Two Firms Over North Korea Trade")] == ["USA", "PRK"]


def test_offsets_are_shifted_into_the_rendition():
    (party,) = mark("Russia vetoed it.", shift=500)
    assert (party.start, party.end) == (500, 506)


def test_memory_carries_over_blocks():
    memory = ActorMemory()
    mark("Lee Jae-myung came.", memory=memory)
    assert [party.id for party in mark("Lee left.", memory=memory)] == ["lee-jae-myung"]


LONG = "Russian and Chinese officials met Kim Jong Un, general secretary of the party, and the two leaders left Moscow. "


def test_parties_do_not_overlap_but_for_shared_descriptions():
    spans = sorted({(party.start, party.end) for party in mark(LONG * 5)})
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "'s",
        "of the",
        "U.S." * 300,
        "Kim " * 500,
        "-" * 500,
        "the two leaders",
        "North\x00Korea",
        "President of the",
    ],
)
def test_odd_text_raises_nothing(text):
    assert all(party.text for party in mark(text))
