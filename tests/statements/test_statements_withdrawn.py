from __future__ import annotations

import pytest
from statements_factories import content, of_kind

from detente.model.statements import Polarity


@pytest.mark.parametrize(
    ("text", "deed", "who"),
    [
        (
            "Turkey withdrew its promise to ratify the accession of Sweden.",
            "to ratify the accession of Sweden",
            "TUR",
        ),
        ("Germany went back on its pledge to deliver the tanks.", "to deliver the tanks", "DEU"),
        ("Poland has backed out of its commitment to host the base.", "to host the base", "POL"),
    ],
)
def test_a_promise_taken_back_is_a_negated_commitment(text, deed, who):
    (taken_back,) = of_kind(text, "commitment")
    assert content(taken_back) == deed
    assert taken_back.polarity is Polarity.NEGATED
    assert [party.state for party in taken_back.commitment.promiser] == [who]


@pytest.mark.parametrize(
    "text",
    [
        "Turkey did not withdraw its promise to ratify the accession.",
        "Germany may drop its pledge to deliver the tanks.",
        "Germany went on with its plan to deliver the tanks.",
        "Poland dropped two bombs.",
    ],
)
def test_a_promise_that_stands_is_not_taken_back(text):
    assert [s for s in of_kind(text, "commitment") if s.polarity is Polarity.NEGATED] == []
