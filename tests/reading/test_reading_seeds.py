"""The two founding documents and the corpus, read from the shared data."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime

import pytest

from detente.model.actors import Rank
from detente.model.dates import Basis
from detente.model.documents import Hints, Page
from detente.model.issues import Reason
from detente.model.text import BlockKind
from detente.reading import read

RECEIVED = datetime(2026, 1, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def seeds(shared):
    paths = sorted((shared / "seeds").glob("*.txt"))
    return [read(Page(path.as_uri(), path.read_bytes(), "", RECEIVED)) for path in paths]


def words_of(rendition, *kinds):
    return [rendition.text[block.start : block.end] for block in rendition.blocks if block.kind in kinds]


def test_first_seed_is_dated_by_the_habit_of_its_vietnamese_publisher(seeds):
    told = seeds[0].metadata
    assert told.published.edtf == "2024-04-11"
    assert (told.publisher, told.country, told.published.basis) == ("Báo Quốc Tế", "VNM", Basis.TEXT)
    assert seeds[0].issues == ()


def test_first_seed_has_one_caption_in_vietnamese_and_its_twin_in_english(seeds):
    captions = [block for block in seeds[0].blocks if block.kind is BlockKind.CAPTION]
    assert [block.language for block in captions] == ["vi", "en"]
    assert {block.language for block in seeds[0].readable()} <= {"vi", "en", None}
    assert seeds[0].metadata.language == "en"


def test_first_seed_ends_where_the_article_ends(seeds):
    body = words_of(seeds[0], BlockKind.BODY)
    assert len(body) == 12
    assert len(words_of(seeds[0], BlockKind.HEADING)) == 4
    chrome = words_of(seeds[0], BlockKind.CHROME)
    assert len(chrome) == 14
    starts = [block.start for block in seeds[0].blocks if block.kind is BlockKind.CHROME]
    last = max(block.start for block in seeds[0].blocks if block.kind is BlockKind.BODY)
    assert [start < last for start in starts] == [True] + [False] * 13


def test_second_seed_asserts_no_date_it_does_not_hold(seeds):
    assert seeds[1].metadata.published is None
    assert [issue.reason for issue in seeds[1].issues] == [Reason.NO_DATE]


def test_second_seed_takes_the_title_and_not_the_way_to_it(seeds):
    title = seeds[1].metadata.title
    assert title.startswith("Beyond China")
    assert words_of(seeds[1], BlockKind.HEADING) == [title]
    assert words_of(seeds[1], BlockKind.CHROME)[0].endswith(title)


def test_second_seed_keeps_both_printings_of_its_caption_and_none_of_its_comment_box(seeds):
    assert len(words_of(seeds[1], BlockKind.CAPTION)) == 2
    assert len(words_of(seeds[1], BlockKind.BODY)) == 12
    assert len(words_of(seeds[1], BlockKind.CHROME)) == 7


@pytest.fixture(scope="module")
def corpus(shared):
    rows = [
        json.loads(line)
        for line in (shared / "corpus" / "kcna-2024.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    pages = [
        Page(
            row["url"],
            row["text"].encode(),
            "text/plain",
            RECEIVED,
            hints=Hints(row["title"], row["published"]),
        )
        for row in rows
    ]
    started = time.process_time()
    return rows, [read(page) for page in pages], time.process_time() - started


def test_corpus_is_read_in_under_ten_seconds(corpus):
    assert corpus[2] < 10


def test_every_story_keeps_all_its_words_as_text(corpus):
    for row, rendition in zip(corpus[0], corpus[1], strict=True):
        shown = [block for block in rendition.blocks if block.kind in (BlockKind.BODY, BlockKind.HEADING)]
        words = sum(len(rendition.text[block.start : block.end]) for block in shown) - len(row["title"])
        assert words > 0.9 * len(row["text"].replace("-0-", "").strip()), row["title"]


def test_every_story_has_date_house_country_and_language(corpus):
    for row, rendition in zip(corpus[0], corpus[1], strict=True):
        told = rendition.metadata
        assert told.published.lo == date.fromisoformat(row["published"])
        assert (told.publisher, told.country, told.voice) == ("KCNA", "PRK", Rank.STATE_MEDIA)
        assert told.language == "en"
        assert {block.language for block in rendition.blocks} <= {"en", None}


def test_a_dateline_stays_in_the_text_and_gives_the_zone(corpus):
    with_dateline = [r for r in corpus[1] if "Pyongyang, " in r.text[:300] and "(KCNA) --" in r.text[:300]]
    assert len(with_dateline) > 1700
    assert {rendition.metadata.zone for rendition in with_dateline} == {"Asia/Pyongyang"}


def test_names_glued_by_bold_type_stand_apart(corpus):
    assert not any(
        "ComradeKim" in rendition.text or "Kim Jong Unsent" in rendition.text for rendition in corpus[1]
    )
