"""Signs of triangles, against published networks."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import permutations

import pytest

from detente.relations.balance import Census, census, pulls, signs


@pytest.mark.parametrize(
    ("three", "counts"),
    [
        ((1, 1, 1), (1, 0, 0, 0)),
        ((1, 1, -1), (0, 1, 0, 0)),
        ((1, -1, -1), (0, 0, 1, 0)),
        ((-1, -1, -1), (0, 0, 0, 1)),
    ],
)
def test_a_triangle_is_counted_by_its_negative_ties(three, counts):
    for one, two, other in permutations(three):
        assert census({("A", "B"): one, ("B", "C"): two, ("A", "C"): other}).counts == counts


def test_a_path_of_two_ties_is_no_triangle():
    assert census({("A", "B"): 1, ("B", "C"): 1}) == Census((0, 0, 0, 0))
    assert census({}).balanced is None


def test_a_tie_to_oneself_is_refused():
    with pytest.raises(ValueError, match="no tie to itself"):
        census({("A", "A"): 1})


def test_two_friends_of_one_are_pulled_together():
    found = pulls({("A", "B"): 0.5, ("A", "C"): 0.8, ("B", "C"): -0.2}, ("A", "B", "C"))
    assert [(pull.tie, pull.is_at_ease) for pull in found] == [
        (("A", "B"), False),
        (("A", "C"), False),
        (("B", "C"), False),
    ]
    assert found[2].pull == pytest.approx(0.4)


def test_relations_at_zero_or_unknown_have_no_sign():
    assert signs({("A", "B"): 0.0, ("C", "A"): None, ("C", "B"): -0.1}) == {("B", "C"): -1}


def test_the_highland_tribes_are_as_balanced_as_published(shared):
    with (shared / "reference/dyads/highland_tribes.csv").open(encoding="utf-8") as file:
        ties = {(row["a"], row["b"]): int(row["sign"]) for row in csv.DictReader(file)}
    assert round(census(ties).balanced, 7) == 0.8676471


def test_the_networks_of_states_have_the_expected_triads(shared):
    folder = shared / "reference/dyads"
    networks: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    with (folder / "cow_signed_networks_1946_1999.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            networks[row["window"]][row["state_a"], row["state_b"]] = int(row["sign"])
    with (folder / "cow_signed_networks_expected.csv").open(encoding="utf-8") as file:
        expected = {row["window"]: row for row in csv.DictReader(file)}
    assert len(networks) == len(expected) == 51
    for window, ties in networks.items():
        told = expected[window]
        assert census(ties).counts == tuple(
            int(told[name]) for name in ("t_+++", "t_++-", "t_+--", "t_---")
        ), window
