"""A dateline is no part of the sentence behind it."""

from __future__ import annotations

import pytest
from attribution_factories import parsed


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("DHAKA, Aug 5 - Norway has imposed sanctions on Sweden.", "Norway"),
        ("PARIS - Norway has imposed sanctions on Sweden.", "Norway"),
        ("TOKYO (Kyodo) -- Norway has imposed sanctions on Sweden.", "Norway"),
        ("NATO - Sweden ties have been strained since Norway imposed sanctions.", "Sweden"),
        ("Norway - a member since 1949 - has imposed sanctions on Sweden.", "Norway"),
        ("MOSCOW-Beijing ties are close since Norway imposed sanctions.", "MOSCOW"),
    ],
)
def test_the_parser_sees_the_sentence_behind_a_dateline(text, first):
    assert parsed(text).sentences[0].span[0].text == first
