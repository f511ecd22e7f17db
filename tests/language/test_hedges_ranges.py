from __future__ import annotations

import pytest

from detente.codebooks.hedges import hedges
from detente.language.hedges import confidence_of, likelihood_of
from detente.language.loading import load_model


def likelihood(text: str, verb: str):
    token = next(token for token in load_model()(text) if token.text == verb)
    hedge = likelihood_of(token)
    return (hedge.term, hedge.low, hedge.high) if hedge else None


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Cooperation is likely to continue.", "continue", ("likely", 55, 80)),
        ("The talks will very likely fail.", "fail", ("very likely", 80, 95)),
        ("The launch is highly unlikely to succeed.", "succeed", ("highly unlikely", 5, 20)),
        ("The treaty will almost certainly lapse.", "lapse", ("almost certainly", 95, 99)),
        ("The trip was probably aimed at Oslo.", "aimed", ("probably", 55, 80)),
        ("There is a roughly even chance that the party wins.", "wins", ("roughly even chance", 45, 55)),
    ],
)
def test_a_hedge_has_its_range(text, verb, expected):
    assert likelihood(text, verb) == expected


@pytest.mark.parametrize(
    ("text", "verb", "term"),
    [
        ("Moscow may send aid.", "send", "may"),
        ("Moscow might send aid.", "send", "might"),
        ("Moscow could send aid.", "send", "could"),
        ("Moscow has presumably been sending aid.", "sending", "presumably"),
        ("Moscow is more likely to veto the text.", "veto", "more likely"),
        ("It is not unlikely that Seoul will answer.", "answer", "not unlikely"),
    ],
)
def test_words_without_a_standard_range_keep_the_word_only(text, verb, term):
    assert likelihood(text, verb) == (term, None, None)


def test_a_negated_likely_falls_to_the_other_side():
    assert likelihood("China is not likely to vote.", "vote") == ("not likely", 20, 45)


def test_a_plain_statement_is_not_hedged():
    assert likelihood("Moscow sends aid.", "sends") is None


def test_confidence_is_not_likelihood():
    text = "The service judges with high confidence that the reactor runs."
    assert confidence_of(text) == "high"
    assert likelihood(text, "runs") is None


def test_ranges_rise_without_gaps():
    ranges = sorted(
        {(h.low, h.high) for c in ("adjective", "adverb", "noun") for h in hedges(c).values() if h.low}
    )
    assert ranges == [(1, 5), (5, 20), (20, 45), (45, 55), (55, 80), (80, 95), (95, 99)]
