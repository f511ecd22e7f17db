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
