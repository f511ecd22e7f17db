"""`detente evaluate attributions` scores annotated articles and refuses another file in plain words."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from detente.attribution_scores import read_attributions, report, score_attributions
from detente.cli.app import app
from detente.errors import UsageError

TEXT = "Norway said that the port was open. Sweden left."


def marked(source, cue, content):
    at = [
        [[TEXT.index(part), TEXT.index(part) + len(part)]] if part else [] for part in (source, cue, content)
    ]
    return dict(zip(("source", "cue", "content"), at, strict=True))


def articles(tmp_path, *attributions, text=TEXT):
    path = tmp_path / "articles.jsonl"
    path.write_text(
        json.dumps({"id": "1", "text": text, "attributions": list(attributions)}) + "\n", encoding="utf-8"
    )
    return path


@pytest.mark.parametrize(
    ("source", "content", "hits", "speaker"),
    [
        ("Norway", "the port was open", 1, 1.0),
        ("Sweden", "the port was open", 1, 0.0),
        ("", "the port was open", 1, None),
        ("Sweden", "Sweden left", 0, None),
    ],
)
def test_content_counts_by_overlap_and_the_speaker_where_one_is_marked(
    tmp_path, source, content, hits, speaker
):
    scores = score_attributions(read_attributions(articles(tmp_path, marked(source, "said", content))))
    assert (scores.content.hits, scores.content.missed + hits, scores.speaker) == (hits, 1, speaker)


def test_errors_are_told_when_asked_for(tmp_path):
    scores = score_attributions(
        read_attributions(articles(tmp_path, marked("Sweden", "said", "Sweden left")))
    )
    assert not any(line.startswith("missed:") for line in report(scores))
    assert any(line.startswith("missed:") for line in report(scores, errors=3))


@pytest.mark.parametrize(
    ("line", "trouble"),
    [
        ("not json", "line 1: needs text and attributions"),
        ('{"text": "x"}', "line 1: needs text and attributions"),
        (
            '{"text": "x", "attributions": [{"source": [], "cue": [], "content": [[0, 9]]}]}',
            "outside of the text",
        ),
    ],
)
def test_another_file_is_refused_in_plain_words(tmp_path, line, trouble):
    path = tmp_path / "bad.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=trouble):
        read_attributions(path)


def test_the_command_prints_the_scores(tmp_path):
    path = articles(tmp_path, marked("Norway", "said", "the port was open"))
    result = CliRunner().invoke(app, ["evaluate", "attributions", str(path)])
    assert result.exit_code == 0
    assert "content  P 100.0  R 100.0  F1 100.0" in result.stdout
