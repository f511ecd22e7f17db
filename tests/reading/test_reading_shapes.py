"""Pages of the shapes news sites emit: our main text is nowhere far below trafilatura's, and above it on the whole."""

from __future__ import annotations

import pytest
from evaluation.maintext import EXTRACTORS, score_page, total
from evaluation.page_shapes import make_pages

PAGES = list(make_pages(1))
SCORES = {}


def scores_of(page):
    if page.name not in SCORES:
        SCORES[page.name] = tuple(
            score_page(page.truth, EXTRACTORS[name](page.html)) for name in ("detente", "trafilatura")
        )
    return SCORES[page.name]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_our_main_text_is_nowhere_far_below_trafilatura(page):
    ours, theirs = scores_of(page)
    assert ours.f1 > theirs.f1 - 0.02


def test_our_main_text_is_above_trafilatura_on_the_whole():
    ours, theirs = zip(*map(scores_of, PAGES), strict=True)
    assert total(ours).f1 > total(theirs).f1
    assert total(ours).f1 > 0.98


def test_pages_of_a_seed_are_the_same_each_time():
    assert [page.html for page in make_pages(1)] == [page.html for page in PAGES]
    assert len({page.name.split("#")[0] for page in PAGES}) >= 40
