"""The gate before the parser lets through what can become a record, and little else."""

from __future__ import annotations

import pytest

from detente.language.gate import may_hold
from detente.language.pieces import cut_pieces
from detente.language.splitting import split_sentences
from detente.model.text import Block, BlockKind


@pytest.mark.parametrize(
    "sentence",
    [
        "Serbia expelled two Croatian diplomats.",
        "Envoys of both states held talks in Vienna.",
        "According to the ministry, nobody came.",
        "The intention to leave was plain.",
        "The embargo lapsed at midnight.",
        "Prime Minister Shigeru Ishiba smiled.",
        "The shell flew about 30 km.",
        "Norway will remain in debt.",
        "Three members abstained.",
    ],
)
def test_a_sentence_with_words_for_a_record_passes(sentence):
    assert may_hold(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Rain fell on the harbour.",
        "The state of the road is poor.",
        "Holding an umbrella, she smiled.",
        "The orchestra played until midnight.",
    ],
)
def test_a_sentence_without_such_words_stays_out(sentence):
    assert not may_hold(sentence)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It rained. Snow fell.", 2),
        ("Gen. Vo met Mr. Li on Jan. 4. They left.", 2),
        ("The U.S. and Japan agreed. Good.", 2),
        ('He said: "Go." She went.', 2),
        ("A line\nanother line", 2),
        ("", 0),
    ],
)
def test_sentences_end_at_points_that_end_no_abbreviation(text, count):
    assert len(split_sentences(text)) == count


def test_pieces_cover_the_block_and_keep_neighbours_together():
    text = 'Rain fell. Serbia expelled an envoy. Croatia condemned it. Snow fell. "Rain," it read.'
    pieces = list(cut_pieces(Block(0, len(text), BlockKind.BODY, "en"), text))
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert [piece.held for piece in pieces] == [False, True, False, True]


def test_a_heading_always_passes():
    text = "Rain in spring"
    assert [p.held for p in cut_pieces(Block(0, len(text), BlockKind.HEADING, "en"), text)] == [True]
