"""Tenures, elections, figures and flows: terms, results, quantities with their base, and who gives what."""

from __future__ import annotations

from datetime import date

import pytest
from records_sentences import parse_lines

from detente.model.records import Kind
from detente.records import CODERS


@pytest.mark.parametrize(
    ("text", "person", "state", "field", "edtf"),
    [
        (
            "US President Joe Biden will be in power until January 2025.",
            "joe-biden",
            "holds",
            "scheduled_end",
            "2025-01",
        ),
        ("President Yoon's term ends in May 2027.", "yoon-suk-yeol", "holds", "scheduled_end", "2027-05"),
        (
            "Vladimir Putin was re-elected for a term that runs until 2030.",
            "vladimir-putin",
            "re-elected",
            "scheduled_end",
            "2030",
        ),
        (
            "Lee Jae-myung was sworn in as president on June 4, 2025.",
            "lee-jae-myung",
            "appointed",
            "begins",
            "2025-06-04",
        ),
        (
            "Prime Minister Fumio Kishida resigned on October 1, 2024.",
            "fumio-kishida",
            "resigned",
            "actual_end",
            "2024-10-01",
        ),
    ],
)
def test_a_tenure_keeps_start_scheduled_and_actual_end_apart(find, text, person, state, field, edtf):
    (tenure,) = find(
        text, Kind.TENURE, date(2024, 4, 11) if "Biden" in text or "Yoon" in text else date(2025, 6, 15)
    )
    assert (tenure.person.id, tenure.state) == (person, state)
    assert getattr(tenure, field).edtf == edtf
    assert [f for f in ("begins", "scheduled_end", "actual_end") if getattr(tenure, f)] == [field]


def test_a_term_that_ended_early_has_both_ends(find):
    (tenure,) = find(
        "Yoon Suk Yeol was removed from office on April 4, 2025, two years before his term was to end in May 2027.",
        Kind.TENURE,
    )
    assert (tenure.state, tenure.actual_end.edtf, tenure.scheduled_end.edtf) == (
        "removed",
        "2025-04-04",
        "2027-05",
    )


@pytest.mark.parametrize(
    ("text", "post", "polity", "state"),
    [
        ("He wrote to former US President Donald Trump in 2018.", "president", "USA", "former"),
        ("Japan's new prime minister, Shigeru Ishiba, spoke.", "prime-minister", "JPN", "holds"),
        ("Incumbent South Korean President Lee Jae-myung spoke.", "president", "KOR", "holds"),
        ("Ugandan Foreign Minister Abubakar Jeje spoke.", "foreign-minister", "UGA", "holds"),
        (
            "Ronald Lamola, minister of International Relations of the Republic of South Africa, wrote.",
            "minister of International Relations",
            "ZAF",
            "holds",
        ),
        (
            "Pyotr Sidorov, chairman of the Central Committee of the Labour Party of the Russian Federation, wrote.",
            "chairman of Central Committee of the Labour Party",
            "RUS",
            "holds",
        ),
        ("Choe Son Hui, foreign minister of the DPRK, left Pyongyang.", "foreign-minister", "PRK", "holds"),
        ("Moon Jae-in, South Korea's former president, spoke.", "president", "KOR", "former"),
        (
            "The head of Russia's foreign intelligence agency, Sergei Naryshkin, visited Pyongyang.",
            None,
            "RUS",
            "holds",
        ),
    ],
)
def test_a_title_beside_a_name_is_a_post(find, text, post, polity, state):
    (tenure,) = find(text, Kind.TENURE)
    assert post is None or tenure.post == post
    assert (tenure.polity, tenure.state) == (polity, state)


@pytest.mark.parametrize(
    "text",
    [
        "Kim Jong Un dismissed the claims by Washington.",
        "Shigeru Ishiba said he would resign.",
        "Vladimir Putin was not re-elected.",
        "The term of the loan ends in May 2027.",
        "Pak Myong Ho, chairman of the North Hamgyong Provincial People's Committee, spoke.",
    ],
)
def test_dismissed_claims_and_announced_ends_are_no_tenures(find, text):
    assert find(text, Kind.TENURE) == []


def test_the_name_before_another_persons_title_is_not_its_holder(find):
    found = find("Kim Jong Un, current Chinese President Xi Jinping and others met.", Kind.TENURE)
    assert [(tenure.person.id, tenure.post) for tenure in found] == [("xi-jinping", "president")]
    found = find("Ri Yong Gil, chief of the General Staff, Kim Yo Jong and others came.", Kind.TENURE)
    assert [tenure.person.id for tenure in found] == ["ri-yong-gil"]


@pytest.mark.parametrize(
    "text",
    [
        "President Putin spoke.",
        "Foreign Minister Choe Son Hui flew to Moscow.",
        "Japanese Prime Minister Shigeru Ishiba spoke.",
        "The party's chief To Lam waved.",
        "Abel Tamata, chairman of the Northern Provincial Committee, hosted the Ugandan guests.",
        "Ugandan Ambassador Abubakar Jeje spoke.",
    ],
)
def test_a_title_worn_before_a_name_is_no_news_of_the_office(find, text):
    assert find(text, Kind.TENURE) == []


@pytest.mark.parametrize(
    "text",
    [
        "Flowers lay before the statues of President Kim Il Sung and Chairman Kim Jong Il.",
        "President Kim Il Sung was a marshal of the north.",
        "Kim Il Sung, president of the DPRK, received them.",
        "The late President Kim Dae-jung flew to Pyongyang.",
        "The then foreign minister, Wang Yi, signed.",
        "The portrait of the new president, Abel Tamata, hung there.",
        "Abel Tamata, president of Uganda until the coup, wrote a book.",
        "On 9 September 1998, Abel Tamata, president of Uganda, met them.",
        "Park Jin, foreign minister of South Korea, wrote it.",
    ],
)
def test_the_dead_and_those_whose_tenure_ended_hold_nothing(find, text):
    assert find(text, Kind.TENURE) == []


def test_a_term_that_outlasts_its_holder_is_told_as_past(find):
    (tenure,) = find("Former President Yoon Suk Yeol's term was to end in May 2027.", Kind.TENURE)
    assert (tenure.person.id, tenure.state, tenure.scheduled_end.edtf) == (
        "yoon-suk-yeol",
        "former",
        "2027-05",
    )


def test_an_election_has_results_over_totals_final_and_provisional(find):
    (election,) = find(
        "South Korea held a National Assembly election on April 10, 2024. "
        "The opposition party DPK won 161/254 seats and is expected to win 176/300 seats.",
        Kind.ELECTION,
    )
    assert (election.polity, election.state, election.held.edtf) == ("KOR", "held", "2024-04-10")
    assert [(s.won, s.total, s.provisional) for s in election.results] == [
        (161, 254, False),
        (176, 300, True),
    ]


@pytest.mark.parametrize(
    ("text", "polity", "office", "state"),
    [
        ("Japan will hold an upper house election on July 20, 2025.", "JPN", "upper house", "scheduled"),
        ("South Korea held a presidential election on June 3, 2025.", "KOR", "presidential", "held"),
        (
            "Ukraine's presidential election was postponed until 2026.",
            "UKR",
            "presidential",
            "postponed",
        ),
    ],
)
def test_an_election_is_held_scheduled_or_postponed(find, text, polity, office, state):
    (election,) = find(text, Kind.ELECTION)
    assert (election.polity, election.office, election.state) == (polity, office, state)


@pytest.mark.parametrize(
    "text",
    [
        "Elections matter for peace in Korea.",
        "After the elections, North Korea emerged on September 9, 1948.",
    ],
)
def test_elections_without_a_day_of_their_own_are_left_out(find, text):
    assert find(text, Kind.ELECTION) == []


@pytest.mark.parametrize(
    ("text", "low", "high", "of", "measures"),
    [
        (
            "China accounts for up to 90 percent of North Korea's trade volume.",
            None,
            90,
            "CHN",
            "share of North Korea's trade volume",
        ),
        (
            "Israel dropped a bomb on the camp, killing more than 40 civilians.",
            40,
            None,
            "ISR",
            "killed by Israel",
        ),
        ("North Korea's missile flew about 1,000 km.", 1000, 1000, "PRK", "flew"),
        ("Russia fired more than 120 missiles at Ukraine.", 120, None, "RUS", "missiles"),
        ("North Korea sent between 10,000 and 12,000 troops to Russia.", 10000, 12000, "PRK", "troops"),
        (
            "Washington approved $1.2 billion in military aid for Ukraine.",
            1.2e9,
            1.2e9,
            "USA",
            "military aid",
        ),
    ],
)
def test_a_figure_says_how_much_of_what_of_whom(find, text, low, high, of, measures):
    (figure,) = find(text, Kind.FIGURE)
    assert (figure.amount.low, figure.amount.high) == (low, high)
    assert of in {party.state for party in figure.of}
    assert measures in figure.measures


def test_a_share_is_of_its_holder_with_the_owner_in_the_base(find):
    (figure,) = find("China accounts for 96 percent of North Korea's trade.", Kind.FIGURE)
    assert [party.state for party in figure.of] == ["CHN"]
    assert figure.base == "North Korea's trade"


def test_a_change_says_so_and_is_not_its_own_base(find):
    (figure,) = find("North Korea's exports to China fell 20 percent.", Kind.FIGURE)
    assert (figure.measures, figure.base) == ("North Korea's exports to China fell", "")


def test_seats_won_together_with_others_say_so(find):
    text = "The DPK is expected to win 176 of 300 seats in South Korea along with its satellite parties."
    (figure,) = find(text, Kind.FIGURE)
    assert "along with its satellite parties" in figure.measures
    assert figure.provisional


def test_votes_and_offices_won_are_results(find):
    (vote,) = find(
        "Lee Jae-myung won the presidential election of June 3, 2025 with 49.4 percent of the vote.",
        Kind.ELECTION,
    )
    assert [(r.party, r.won, r.unit) for r in vote.results] == [("Lee Jae-myung", 49.4, "percent")]
    (vote,) = find("Putin was re-elected in the election of 15-17 March 2024.", Kind.ELECTION)
    assert [(r.party, r.won, r.unit) for r in vote.results] == [("Putin", None, "office")]


@pytest.mark.parametrize(
    "text",
    [
        "Lee Jae-myung won the presidential election of June 3, 2025 while 41 percent of the vote went elsewhere.",
        "Putin was not re-elected in the election of 15-17 March 2024.",
    ],
)
def test_votes_of_others_and_offices_not_won_are_no_results(find, text):
    assert [vote.results for vote in find(text, Kind.ELECTION)] == [()]


@pytest.mark.parametrize(
    "text",
    [
        "The two sides met for two hours in Moscow.",
        "One of the South Korean officials, 54, spoke.",
        "Russia is in its third year of war.",
        "The factory overfulfilled its plan by 20 percent.",
        "Two Chinese officials visited Room 39.",
        "South Korea moved tanks five kilometers away from the border.",
        "The United States held more than 20 rounds of talks.",
        "A province of North Korea sowed 9 000 hectares more than last year.",
        "In South Korea 204 lawmakers voting in favor were cheered.",
        "China sent a large number of workers.",
        "North Korea tested a 240 mm-caliber rocket launcher.",
        "Seoul listed two Russian ships.",
        "South Korea's exports were 5 percent lower than in May.",
    ],
)
def test_durations_ages_small_counts_and_vague_numbers_are_no_figures(find, text):
    assert find(text, Kind.FIGURE) == []


@pytest.mark.parametrize(
    ("text", "giver", "taker", "good", "certainty"),
    [
        ("North Korea sent 10,000 troops to Russia in October 2024.", "PRK", "RUS", "troops", "done"),
        ("Ukraine received tanks from Germany.", "DEU", "UKR", "tanks", "done"),
        ("South Korea accused Russia of supplying oil to North Korea.", "RUS", "PRK", "oil", "alleged"),
        ("Russia denied sending missiles to North Korea.", "RUS", "PRK", "missiles", "denied"),
        ("Russia has presumably been supplying fuel to North Korea.", "RUS", "PRK", "fuel", "presumed"),
        ("Japan will provide vehicles to Ukraine.", "JPN", "UKR", "vehicles", "planned"),
        ("Iran has provided Russia with hundreds of drones.", "IRN", "RUS", "drones", "done"),
        ("The United States gave Ukraine $61 billion in aid.", "USA", "UKR", "aid", "done"),
        (
            "Washington believes North Korea has delivered missiles to Russia.",
            "PRK",
            "RUS",
            "missiles",
            "presumed",
        ),
    ],
)
def test_a_flow_has_giver_taker_good_and_certainty(find, text, giver, taker, good, certainty):
    (flow,) = find(text, Kind.FLOW)
    assert [party.state for party in flow.giver] == [giver]
    assert [party.state for party in flow.taker] == [taker]
    assert good in flow.good
    assert flow.certainty == certainty


@pytest.mark.parametrize(
    "text",
    [
        "Russia could send missiles to North Korea.",
        "North Korea has not sent troops to China.",
        "The province sent cement to the schools.",
        "China sent a message to Russia.",
    ],
)
def test_possible_denied_by_the_page_and_domestic_flows_are_none(find, text):
    assert find(text, Kind.FLOW) == []


def test_each_leg_of_an_exchange_keeps_its_certainty(find):
    found = find(
        "Russia has presumably been providing technology since North Korea dispatched troops to Russia in October 2024.",
        Kind.FLOW,
    )
    legs = {(f.giver[0].state, f.taker[0].state): f.certainty for f in found}
    assert legs == {("RUS", "PRK"): "presumed", ("PRK", "RUS"): "done"}


def seed(shared, name, published):
    text = (shared / "seeds" / name).read_text(encoding="utf-8")
    parsed = parse_lines(text, published)
    return [record for coder in CODERS for record in coder.code(parsed)]


def test_the_first_seed_holds_its_fixed_numbers(shared):
    records = seed(shared, "000_bd017102896fca1e.txt", date(2024, 4, 11))
    by_kind = {kind: [r for r in records if r.kind is kind] for kind in Kind}
    (mandate,) = by_kind[Kind.MANDATE]
    assert mandate.scheduled_end.hi == date(2024, 4, 30)
    figures = {(f.amount.low, f.amount.unit) for f in by_kind[Kind.FIGURE]}
    assert {(27, "letters"), (31.28, "percent"), (161, "seats"), (176, "seats")} <= figures
    terms = {(t.person.id, t.state, t.scheduled_end.edtf) for t in by_kind[Kind.TENURE] if t.scheduled_end}
    assert terms == {
        ("yoon-suk-yeol", "holds", "2027-05"),
        ("joe-biden", "holds", "2025-01"),
        ("vladimir-putin", "re-elected", "2030"),
    }
    elections = {(e.polity, e.state): e for e in by_kind[Kind.ELECTION]}
    assert elections["USA", "scheduled"].held.edtf == "2024-11"
    assert {(s.won, s.total) for s in elections["KOR", "held"].results} == {(161, 254), (176, 300)}
    assert elections["KOR", "held"].turnout is None
    assert {a.state for a in by_kind[Kind.AGREEMENT]} == {"none_reached", "concluded"}


def test_the_second_seed_holds_its_fixed_numbers(shared):
    records = seed(shared, "003_40371aee56405b11.txt", date(2025, 9, 9))
    figures = {(f.amount.high, f.amount.unit, f.amount.comparator) for f in records if f.kind is Kind.FIGURE}
    assert {(90, "percent", "up to"), (3, "satellites", "")} <= figures
    flows = {(f.giver[0].state, f.certainty): f for f in records if f.kind is Kind.FLOW}
    assert flows["PRK", "done"].when.edtf == "2024-10"
    assert ("RUS", "presumed") in flows
