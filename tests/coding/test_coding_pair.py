"""Given actor and recipient, exactly one event comes back, with how sure it is."""

from __future__ import annotations

import pytest

from detente.coding import code_pair
from detente.model.text import Span


def pair(parsed, sentence, actor, recipient):
    start, other = sentence.index(actor), sentence.index(recipient)
    return code_pair(parsed(sentence), Span(start, start + len(actor)), Span(other, other + len(recipient)))


@pytest.mark.parametrize(
    ("sentence", "actor", "recipient", "expected"),
    [
        ("Miners accused the company of stealing wages.", "Miners", "the company", "ACCUSE"),
        ("The union called off its strike against the port.", "The union", "the port", "CONCEDE"),
        ("Norway will send grain to Kenya, Oslo said.", "Norway", "Kenya", "AGREE"),
        ("Norway sent grain to Kenya.", "Norway", "Kenya", "AID"),
        ("Police arrested three farmers in Lima.", "Police", "three farmers", "COERCE"),
        ("The rebels refused to meet the mediators.", "The rebels", "the mediators", "REJECT"),
        ("Villagers asked the governor to release the teacher.", "Villagers", "the governor", "REQUEST"),
    ],
)
def test_the_predicate_that_links_the_pair_decides(parsed, sentence, actor, recipient, expected):
    assert pair(parsed, sentence, actor, recipient).event_type == expected


def test_words_without_grammar_still_answer(parsed):
    coding = pair(parsed, "Fresh anger: brewers, ministers, a lawsuit and blame.", "brewers", "ministers")
    assert coding.event_type in ("ACCUSE", "REJECT", "PROTEST")


def test_confidence_is_a_share_of_one(parsed):
    sure = pair(parsed, "Norway sent grain to Kenya.", "Norway", "Kenya").confidence
    lost = pair(parsed, "Ann, Bob.", "Ann", "Bob").confidence
    assert 0 <= lost < sure <= 1
