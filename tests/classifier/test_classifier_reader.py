"""The classifier answers with probabilities, finds who acts on whom, and is the same for the same words."""

from __future__ import annotations

import pytest

from detente.classifier.reader import Candidate, load_reader
from detente.model.events import EventType
from detente.model.text import Span

SENTENCE = "Norwegian police arrested three farmers in Oslo."


def span(words, text=SENTENCE):
    return Span(text.index(words), text.index(words) + len(words))


def judged(trigger="arrested"):
    one = Candidate((span("Norwegian police"),), (span("three farmers"),), span(trigger))
    return load_reader().judge(SENTENCE, [one])[0]


def test_probabilities_of_types_and_none_sum_to_one():
    judgement = judged()
    assert sum(judgement.types.values()) + judgement.none == pytest.approx(1, abs=1e-4)
    assert sum(judgement.statuses.values()) == pytest.approx(1, abs=1e-4)


def test_every_type_has_a_probability():
    assert set(judged().types) == set(EventType)


def test_an_arrest_is_coercion():
    assert judged().ranked()[0][0] is EventType.COERCE


def test_a_given_pair_has_no_none():
    judgement = load_reader().judge(SENTENCE, [Candidate((span("Norwegian police"),), (span("farmers"),))])[0]
    assert judgement.none == 0
    assert sum(judgement.types.values()) == pytest.approx(1, abs=1e-4)


def test_the_doer_is_told_from_whom_it_is_done_to():
    parties = [span("Norwegian police"), span("three farmers")]
    (act,) = load_reader().find(SENTENCE, [span("arrested")], parties)
    assert act.actor[0] > act.actor[1]
    assert act.recipient[1] > act.recipient[0]


def test_the_same_words_give_the_same_answer():
    assert judged() == judged()


@pytest.mark.parametrize("text", ["", "x", "\ufffd" * 50, "word " * 4000])
def test_odd_text_is_no_error(text):
    assert load_reader().judge(text, [Candidate((), ())])
