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


def test_words_alone_answer_with_low_confidence(parsed):
    coding = pair(parsed, "Fresh anger: brewers, ministers, a lawsuit and blame.", "brewers", "ministers")
    assert coding.event_type == "ACCUSE"
    assert coding.confidence < 0.5


def test_nothing_to_go_by_gives_no_type(parsed):
    coding = pair(parsed, "Ann, Bob.", "Ann", "Bob")
    assert (coding.event_type, coding.confidence, coding.mention) == (None, 0.0, None)


def test_the_mention_keeps_the_pair_as_written(parsed):
    coding = pair(parsed, "Norway sent grain to Kenya.", "Norway", "Kenya")
    assert [p.text for p in coding.mention.actor] == ["Norway"]
    assert [p.text for p in coding.mention.recipient] == ["Kenya"]


def test_the_public_sentences_stay_above_the_open_dictionary_coder(parsed, shared):
    """Root accuracy on every seventh row; PETRARCH2 codes a third of these rows right."""
    rows = [row.split("\t") for row in (shared / "dev/event-types.tsv").read_text().splitlines()[1::7]]
    right = total = 0
    for sentence, actor, recipient, expected, _ in rows:
        if actor not in sentence or recipient not in sentence:
            continue
        found = str(pair(parsed, sentence, actor, recipient).event_type)
        total += 1
        right += expected == ("YIELD" if found in ("CONCEDE", "RETREAT") else found)
    assert right / total > 0.6
