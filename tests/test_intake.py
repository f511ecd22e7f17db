"""Taking pages in and reading them again: what is new, what stays, and what a changed coder makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from detente import intake
from detente.intake import read_again, take_in
from detente.ledger import Store, verify
from detente.model.actors import Party
from detente.model.decisions import Decision, Verb
from detente.model.documents import Metadata, Page, Rendition
from detente.model.events import EventType, Mention
from detente.model.identity import document_id, identify, rendition_id, version_id
from detente.model.issues import Issue, Reason
from detente.model.reading import Reading
from detente.model.text import Block, BlockKind, Evidence
from detente.parallel import failed_reading

WHEN = datetime(2024, 6, 1, tzinfo=UTC)
VISIT = Page("https://example.org/visit", b"Envoys met. Envoys dined.", "text/plain", WHEN)
EDITED = replace(VISIT, content=b"Envoys met. Envoys quarrelled. Envoys left.")
VOTE = Page("https://example.org/vote", b"Members voted.", "text/plain", WHEN)
MISSING = Issue(Reason.NOT_FOUND, "https://example.org/gone")


class Desk:
    """Reads every sentence as one meeting, but for those it leaves out; each change makes another coder."""

    def __init__(self) -> None:
        self.left_out = ""
        self.kind = EventType.CONSULT
        self.read: list[Page] = []

    def coder(self, model: str) -> str:
        return f"desk {self.kind} without '{self.left_out}'"

    def read_pages(
        self, pages, *, processes: int, model: str, page_seconds: float = 1.0
    ) -> Iterator[Reading]:
        for page in pages:
            self.read.append(page)
            yield self.reading(page)

    def reading(self, page: Page) -> Reading:
        text, document = page.content.decode(), document_id(page.address)
        version = version_id(document, page)
        name = rendition_id(version, "desk")
        blocks = (Block(0, len(text), BlockKind.BODY, "en"),)
        rendition = Rendition(text, blocks, Metadata(publisher="Post"), "desk", name, version)
        found = [
            Mention(
                evidence=(Evidence(start, start + len(words), words, rendition=name),),
                event_type=self.kind,
                actor=(Party(id="RUS", text="Envoys", state="RUS"),),
            )
            for words in (part.strip(". ") for part in text.split(". "))
            if (start := text.index(words)) >= 0 and words != self.left_out
        ]
        coder = self.coder("")
        return Reading(page, document, rendition, identify(found, document, coder), (), coder)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A reader of its own in place of the language model."""
    made = Desk()
    monkeypatch.setattr(intake, "current_coder", made.coder)
    monkeypatch.setattr(intake, "read_pages", made.read_pages)
    return made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "ledger.db") as opened:
        yield opened


def take(store: Store, *arriving: Page | Issue) -> dict[str, int]:
    return dict(take_in(store, arriving, who="me", model="").outcomes)


def quotes(store: Store) -> list[str]:
    return sorted(record.evidence[0].quote for record in store.view().records())


def key_of(store: Store, quote: str) -> str:
    return next(record.key for record in store.view().records() if record.evidence[0].quote == quote)


def test_pages_taken_in_a_second_time_are_unchanged_and_not_read(store: Store, desk: Desk) -> None:
    assert take(store, VISIT, MISSING, VOTE) == {"new": 2}
    assert quotes(store) == ["Envoys dined", "Envoys met", "Members voted"]
    desk.read.clear()
    assert take(store, VISIT, VOTE, MISSING) == {"unchanged": 2}
    assert desk.read == []
    assert [issue.address for issue in store.view().issues()] == [MISSING.address]


def test_every_page_and_issue_moves_the_count_of_what_was_found(store: Store, desk: Desk) -> None:
    moved: list[None] = []
    done = take_in(store, [VISIT, MISSING, VOTE], who="me", model="", seen=lambda: moved.append(None))
    assert (done.records, done.issues, len(moved)) == (3, 1, 2)


def test_a_page_found_gone_is_noted_only_where_it_was_held(store: Store, desk: Desk) -> None:
    take(store, VISIT, VOTE)
    take(store, Issue(Reason.GONE, VISIT.address), MISSING)
    gone = {held.address: held.vanished is not None for held in store.view().documents()}
    assert gone == {VISIT.address: True, VOTE.address: False}


def test_reading_again_with_the_same_coder_changes_nothing(store: Store, desk: Desk) -> None:
    take(store, VISIT, VOTE)
    difference = read_again(store, who="me", model="")
    assert difference.row() == {"gained": [], "lost": [], "changed": [], "orphaned": 0}


def test_reading_again_with_another_coder_shows_what_differs(store: Store, desk: Desk) -> None:
    desk.left_out = "Envoys dined"
    take(store, VISIT, VOTE)
    desk.left_out = "Members voted"
    difference = read_again(store, who="me", model="")
    assert [line.split(": ")[1] for line in difference.gained] == ["Envoys dined"]
    assert [line.split(": ")[1] for line in difference.lost] == ["Members voted"]
    assert difference.changed == []
    desk.kind = EventType.COERCE
    difference = read_again(store, who="me", model="")
    assert (len(difference.changed), difference.gained, difference.lost) == (2, [], [])
    assert difference.words()[-1].startswith("0 gained, 0 lost, 2 read differently")


def test_every_version_of_a_page_is_read_again(store: Store, desk: Desk) -> None:
    take(store, VISIT)
    take(store, EDITED, VOTE)
    desk.kind = EventType.COERCE
    desk.read.clear()
    read_again(store, who="me", model="")
    assert sorted(page.content for page in desk.read) == sorted(
        page.content for page in (VISIT, EDITED, VOTE)
    )
    desk.read.clear()
    assert take(store, VISIT, EDITED, VOTE) == {"unchanged": 3}
    assert verify(store) == []


def test_a_decision_whose_record_a_reading_no_longer_has_is_counted(store: Store, desk: Desk) -> None:
    take(store, VISIT, VOTE)
    store.writer("ann").decide(Decision(Verb.CONFIRM, key_of(store, "Members voted"), "ann"))
    store.writer("ann").decide(Decision(Verb.CONFIRM, key_of(store, "Envoys met"), "ann"))
    desk.left_out = "Members voted"
    difference = read_again(store, who="me", model="")
    assert difference.orphaned == 1
    assert difference.words()[-1].endswith("1 decisions left without a record.")


def test_a_page_that_is_gone_stays_gone_when_read_again(store: Store, desk: Desk) -> None:
    take(store, VISIT)
    take(store, Issue(Reason.NOT_FOUND, VISIT.address))
    desk.kind = EventType.COERCE
    read_again(store, who="me", model="")
    assert store.view().documents()[0].vanished
    assert [issue.reason for issue in store.view().issues()] == [Reason.NOT_FOUND]


def test_a_page_whose_reader_dies_keeps_what_it_had(store: Store, desk: Desk, monkeypatch) -> None:
    take(store, VISIT, VOTE)
    dead = partial(failed_reading, reason=Reason.TIMEOUT, detail="too slow")
    monkeypatch.setattr(intake, "read_pages", lambda pages, **_: map(dead, pages))
    assert read_again(store, who="me", model="").row()["lost"] == []
    assert quotes(store) == ["Envoys dined", "Envoys met", "Members voted"]
    assert {issue.reason for issue in store.view().issues()} == {Reason.TIMEOUT}


def test_an_erased_page_is_not_read_again(store: Store, desk: Desk) -> None:
    take(store, VISIT, VOTE)
    store.writer("me").purge(document_id(VISIT.address), "counsel", "order")
    desk.kind = EventType.COERCE
    desk.read.clear()
    read_again(store, who="me", model="")
    assert [page.address for page in desk.read] == [VOTE.address]
