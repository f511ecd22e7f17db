"""The actor tables hold together and resolve persons and posts by day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from detente.codebooks.actor_words import deed_nouns, descriptions, words_for
from detente.codebooks.actors import load_actors
from detente.codebooks.tables import read_table

BOOK = load_actors()


def test_every_un_member_and_observer_is_a_state():
    assert len(BOOK.states) >= 195
    assert len({state.id for state in BOOK.states}) == len(BOOK.states)


def test_no_name_stands_for_two_states():
    names = Counter(name for state in BOOK.states for name in {*state.names, *state.capitals})
    assert [name for name, count in names.items() if count > 1] == []


def test_state_ids_are_codes_and_all_others_are_slugs():
    assert all(state.id.isupper() and len(state.id) == 3 for state in BOOK.states)
    for id_ in [*BOOK.persons, *BOOK.organisations]:
        assert id_ == id_.lower()
        assert id_.replace("-", "").isalnum()


@pytest.mark.parametrize(
    "table", ["states", "persons", "tenures", "organisations", "places", "anniversaries"]
)
def test_every_fact_has_a_source(table):
    header = next(line for line in _lines(f"{table}.tsv") if not line.startswith("#")).split("\t")
    assert all(row["source"] for row in read_table(f"{table}.tsv", header))


def _lines(name):
    from importlib.resources import files

    return files("detente.codebooks").joinpath(name).read_text(encoding="utf-8").splitlines()


def test_one_person_holds_a_single_post_at_a_time():
    single = {"president", "foreign-minister", "defence-minister", "supreme-leader", "chancellor"}
    for (place, post), held in BOOK.holders.items():
        if post not in single:
            continue
        spans = sorted((t.start or date.min, t.end or date.max, t.person) for t in held)
        for (_, end, first), (start, _, second) in pairwise(spans):
            assert end <= start, (place, post, first, second)


@pytest.mark.parametrize(
    ("place", "posts", "on", "person"),
    [
        ("KOR", ("president",), date(2024, 4, 11), "yoon-suk-yeol"),
        ("KOR", ("president",), date(2020, 1, 1), "moon-jae-in"),
        ("KOR", ("president",), date(2025, 7, 1), "lee-jae-myung"),
        ("KOR", ("president",), date(2025, 5, 1), None),
        ("USA", ("president",), date(2025, 1, 20), "donald-trump"),
        ("USA", ("president",), date(2025, 1, 19), "joe-biden"),
        ("RUS", ("defence-minister",), date(2023, 7, 26), "sergei-shoigu"),
        ("PRK", ("supreme-leader", "president"), date(2010, 1, 1), "kim-jong-il"),
        ("nato", ("secretary-general",), date(2025, 1, 1), "mark-rutte"),
    ],
)
def test_posts_resolve_by_day(place, posts, on, person):
    held = BOOK.holder(place, posts, on)
    assert (held.person if held else None) == person


def test_scheduled_end_is_kept_beside_the_actual_end():
    (tenure,) = (t for t in BOOK.tenures_of["yoon-suk-yeol"] if t.post == "president")
    assert (tenure.end, tenure.scheduled_end) == (date(2025, 4, 4), date(2027, 5, 9))


def test_person_in_the_service_of_a_body_stands_for_no_state():
    assert BOOK.state_of("antonio-guterres", date(2024, 1, 1)) is None
    assert BOOK.state_of("antonio-guterres", None) == "PRT"
    assert BOOK.state_of("vladimir-putin", date(2024, 1, 1)) == "RUS"


def test_bodies_of_states_have_ids():
    assert BOOK.body_id("KOR", "parliament") == "national-assembly-of-korea"
    assert BOOK.body_id("SWE", "foreign-ministry") == "swe-foreign-ministry"
    assert BOOK.body_id("SWE", "=") == "SWE"
    assert BOOK.body_id("SWE", "") is None


def test_words_around_names_are_read():
    assert "former" in words_for("former")
    assert "sanctions" in deed_nouns()
    assert descriptions()["the two leaders"] == "pair_leaders"


def test_security_council_members_are_fifteen_each_year():
    for year in range(2022, 2026):
        assert len(BOOK.members("un-security-council", date(year, 6, 1))) == 15
    assert {"KOR", "JPN", "CHN", "RUS", "USA"} <= BOOK.members("un-security-council", date(2024, 3, 28))
    assert "KOR" not in BOOK.members("un-security-council", date(2023, 3, 28))


def test_members_change_by_day():
    assert "FIN" not in BOOK.members("nato", date(2022, 1, 1))
    assert "SWE" in BOOK.members("nato", date(2024, 4, 1))
    assert "GBR" not in BOOK.members("european-union", date(2024, 1, 1))
