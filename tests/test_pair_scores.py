"""`detente evaluate types` scores a table of given pairs and refuses another table in plain words."""

from __future__ import annotations

import pytest

from detente.errors import UsageError
from detente.pair_scores import lines, read_types, score_types

HEAD = "sentence\tactor\trecipient\tevent_type\n"


def table(tmp_path, body, head=HEAD):
    path = tmp_path / "types.tsv"
    path.write_text(head + body, encoding="utf-8")
    return path


def test_right_and_wrong_rows_are_counted(tmp_path):
    body = "Norway sent grain to Kenya.\tNorway\tKenya\tAID\nNorway bombed Kenya.\tNorway\tKenya\tAID\n"
    scores = score_types(read_types(table(tmp_path, body)))
    assert (scores.roots["AID"].hits, scores.roots["AID"].missed) == (1, 1)
    assert scores.confusions["AID", "ASSAULT"] == 1


def test_yield_takes_concede_and_retreat_together(tmp_path):
    body = "Norway freed two Kenyans.\tNorway\ttwo Kenyans\tYIELD\n"
    assert score_types(read_types(table(tmp_path, body))).root_macro == 1


def test_the_scores_are_told_in_lines(tmp_path):
    scores = score_types(read_types(table(tmp_path, "Norway bombed Kenya.\tNorway\tKenya\tASSAULT\n")))
    assert any(line.startswith("root macro F1 100.0") for line in lines(scores))


@pytest.mark.parametrize(
    ("body", "head", "trouble"),
    [
        ("x\ty\n", "a\tb\n", "no column sentence"),
        ("A hit B.\tA\tB\tBATTLE\n", HEAD, "line 2: 'BATTLE' is no PLOVER type"),
    ],
)
def test_another_table_is_refused_in_plain_words(tmp_path, body, head, trouble):
    with pytest.raises(UsageError, match=trouble):
        read_types(table(tmp_path, body, head))


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"none\.tsv"):
        read_types(tmp_path / "none.tsv")
