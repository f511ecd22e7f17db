"""A person's own work: what is gathered stays in their order, with the passages it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import bibtexparser
import pytest
import rispy
from ledger_factories import TALKS, Ticking, reading, talks

from detente.brief.casework import casework, pages_of
from detente.brief.formats import FORMATS
from detente.errors import UsageError
from detente.export.citations import to_bibtex, to_ris
from detente.ledger import Store, verify
from detente.register.folders import Desk, Folder, folder, folders
from detente.register.prospects import Register

DEED, CLAIM = (record.key for record in talks().records)
TODAY = date(2024, 6, 3)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "ledger.db", clock=Ticking()) as store:
        store.writer("machine").write(talks())
        yield store
        assert verify(store) == []


@pytest.fixture
def desk(store):
    desk = Desk(store, "anna")
    desk.create("arms", "Arms for Moscow")
    return desk


def texts(held: Folder) -> list[str]:
    return [item.text or item.about for item in held.items]


def test_items_stand_in_the_order_the_person_gives_them(desk):
    desk.put("arms", DEED)
    desk.note("arms", "first thoughts")
    held = desk.put("arms", CLAIM, "doubtful")
    assert texts(held) == [DEED, "first thoughts", "doubtful"]
    moved = desk.move("arms", held.items[2].id, 1)
    assert texts(moved) == ["doubtful", DEED, "first thoughts"]
    assert texts(desk.take("arms", held.items[0].id)) == ["doubtful", "first thoughts"]
    assert texts(desk.annotate("arms", held.items[1].id, "second thoughts")) == [
        "doubtful",
        "second thoughts",
    ]


def test_an_earlier_view_shows_the_folder_as_it_was(desk, store):
    desk.note("arms", "first")
    before = store.view().entries()[-1].at
    desk.note("arms", "second")
    assert texts(folder(store.view(held_at=before), "arms")) == ["first"]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda desk: desk.create("arms", ""), "already"),
        (lambda desk: desk.create("My Arms", ""), "no name for a folder"),
        (lambda desk: desk.note("other", "x"), "no folder"),
        (lambda desk: desk.note("arms", " "), "needs words"),
        (lambda desk: desk.put("arms", "k0"), "no record"),
        (lambda desk: desk.move("arms", "n99", 1), "no item"),
        (lambda desk: desk.judge("arms", "x", "certain", "why"), "confidence is low, moderate, high"),
        (lambda desk: desk.judge("arms", "x", "low", " "), "needs words and reasons"),
        (lambda desk: desk.judge("arms", "x", "low", "why", ["k0"]), "no record"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_entered(desk, store, act, said):
    before = store.view().entries()
    with pytest.raises(UsageError, match=said):
        act(desk)
    assert store.view().entries() == before


def written(store: Store, form: str = "text") -> str:
    view = store.view()
    brief = casework(view, Register(view, TODAY), folder(view, "arms"))
    return str(FORMATS[form](brief))


def test_a_folders_brief_has_its_lines_in_order_with_their_references(desk, store):
    desk.put("arms", DEED, "the first meeting")
    desk.judge("arms", "They will meet again", "moderate", "they agreed to", [CLAIM])
    text = written(store)
    assert "anna: the first meeting [1]" in text
    assert (
        "Judgement of anna, moderate confidence: They will meet again. Because: they agreed to [2][3]"
        in text.replace("\n    ", " ")
    )
    assert "Seoul said the talks broke a resolution" in text
    assert "What could not be read" not in text


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_a_folders_brief_is_written_in_every_form(desk, store, form):
    desk.note("arms", "a thought <b>of mine</b>")
    assert "of mine" in written(store, form)
    assert ("<b>" in written(store, form)) is (form in ("text", "json"))


def test_a_record_that_is_gone_is_said_to_be(desk, store):
    desk.put("arms", DEED)
    store.writer("machine").write(
        reading("https://example.org/talks", "Nothing is left.", published=date(2024, 6, 9))
    )
    assert f"{DEED} is no longer held" in written(store)


def test_every_folder_is_listed_by_name(desk, store):
    desk.create("aid", "")
    assert [held.name for held in folders(store.view())] == ["aid", "arms"]


def cited(store: Store) -> tuple[object, ...]:
    view = store.view()
    return pages_of(view, Register(view, TODAY), folder(view, "arms"))


def test_sources_are_cited_once_in_bibtex_that_a_parser_reads(desk, store):
    desk.put("arms", DEED)
    desk.put("arms", CLAIM)
    (entry,) = bibtexparser.parse_string(to_bibtex(cited(store))).entries
    fields = {field.key: field.value for field in entry.fields}
    assert (fields["title"], fields["date"], fields["url"]) == (
        "A title",
        "2024-05-28",
        "https://example.org/talks",
    )


def test_sources_are_cited_once_in_ris_that_a_parser_reads(desk, store):
    desk.put("arms", DEED)
    (entry,) = rispy.loads(to_ris(cited(store)))
    assert (entry["title"], entry["date"], entry["urls"]) == (
        "A title",
        "2024/05/28",
        ["https://example.org/talks"],
    )


def test_braces_and_line_feeds_of_a_title_break_neither_form(store):
    page = reading("https://x.example/1", TALKS, published=date(2024, 6, 1))
    assert page.rendition is not None
    title = "A } brace { and\nTY  - JOUR 100% of $5 & more_"
    metadata = replace(page.rendition.metadata, title=title)
    store.writer("machine").write(replace(page, rendition=replace(page.rendition, metadata=metadata)))
    held = [one for one in store.view().documents() if one.address == "https://x.example/1"]
    assert len(bibtexparser.parse_string(to_bibtex(held)).entries) == 1
    assert len(rispy.loads(to_ris(held))) == 1
