"""What views choose and in which order they give it."""

from __future__ import annotations

from datetime import date

import pytest
from ledger_factories import TALKS, Ticking, mention, reading, state, statement, talks

from detente.errors import UsageError
from detente.ledger import Store, origins
from detente.ledger.indexing import dates_of, dyads_of, parties_of
from detente.model.actors import Dyad, Party
from detente.model.dates import day, interval, month
from detente.model.events import Mention, Status
from detente.model.institutions import (
    Agreement,
    Election,
    Figure,
    Flow,
    Mandate,
    Measure,
    Tally,
    Tenure,
    Vote,
)
from detente.model.records import Amount, Voice
from detente.model.statements import Commitment, StatementKind

TEXT = (
    "Envoys of Russia met officials of North Korea. Seoul and Washington held a drill. The council voted on the"
    " draft. A visit is planned for September. An expert wrote a long essay. Forty ships sailed north."
)


def records() -> list[object]:
    return [
        mention(TEXT, "Envoys of Russia met officials", deed_date=day(date(2024, 5, 27))),
        mention(TEXT, "Seoul and Washington held a drill", actor=(state("KOR"), state("USA")), recipient=()),
        Vote(
            evidence=statement(TEXT, "The council voted on the draft").evidence,
            body=Party("un-security-council", "the council"),
            vote_date=day(date(2024, 3, 28)),
            veto_by=(state("RUS"),),
            tally=Tally(13, 1, 1),
            outcome="vetoed",
        ),
        mention(
            TEXT, "A visit is planned", status=Status.PLANNED, event_date=day(date(2024, 5, 20)), deed_date=month(2024, 9)
        ),
        statement(TEXT, "An expert wrote a long essay", salient=False, speaker=(), about=()),
        Figure(evidence=statement(TEXT, "Forty ships sailed north").evidence, amount=Amount("forty", 40, 40), measures="ships"),
    ]  # fmt: skip


@pytest.fixture
def store(where):
    with Store.open(where, clock=Ticking()) as store:
        store.writer("me").write(
            reading("https://example.org/1", TEXT, records(), published=date(2024, 5, 28))
        )
        yield store


def quotes(found: object) -> list[str]:
    return [record.evidence[0].quote.split()[0] for record in found]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["Envoys", "Seoul", "The", "A", "Forty"]),
        ({"all_statements": True}, ["Envoys", "Seoul", "The", "A", "An", "Forty"]),
        ({"kind": "vote"}, ["The"]),
        ({"kind": ["vote", "figure"]}, ["The", "Forty"]),
        ({"kind": "tenure"}, []),
        ({"about": "PRK-RUS"}, ["Envoys", "A"]),
        ({"about": "rus-prk"}, ["Envoys", "A"]),
        ({"about": Dyad("KOR", "USA")}, ["Seoul"]),
        ({"about": "KOR-PRK"}, []),
        ({"about": "RUS"}, ["Envoys", "The", "A"]),
        ({"about": "un-security-council"}, ["The"]),
        ({"actor": "RUS"}, ["Envoys", "The", "A"]),
        ({"actor": "PRK"}, []),
        ({"status": "planned"}, ["A"]),
        ({"status": "vetoed"}, ["The"]),
        ({"since": date(2024, 5, 28)}, ["Seoul", "A", "Forty"]),
        ({"since": date(2024, 5, 27), "until": date(2024, 5, 27)}, ["Envoys"]),
        ({"until": date(2024, 4, 1)}, ["The"]),
        ({"since": date(2024, 9, 15)}, ["A"]),
        ({"since": date(2024, 10, 1)}, []),
        ({"publisher": "example post"}, ["Envoys", "Seoul", "The", "A", "Forty"]),
        ({"publisher": "Harbour Times"}, []),
        ({"document": "d0"}, []),
    ],
)
@pytest.mark.parametrize("until", [None, date(2024, 5, 28)])
def test_a_view_gives_what_is_asked_in_order_of_the_text(store, asked, expected, until):
    assert quotes(store.view(published_until=until).records(**asked)) == expected


def test_filters_hold_in_a_view_of_an_older_version_too(store):
    store.writer("me").write(reading("https://example.org/1", "A short note.", published=date(2024, 5, 30)))
    assert list(store.view().records()) == []
    older = store.view(published_until=date(2024, 5, 29))
    assert quotes(older.records(about="PRK-RUS", kind="mention")) == ["Envoys", "A"]
    assert quotes(older.records(until=date(2024, 4, 1))) == ["The"]
    assert len(older.events()) == 3


def test_pages_come_in_order_of_publication(store):
    store.writer("me").write(talks(published=date(2024, 5, 27)))
    assert [held.counted_from.day for held in store.view().documents()] == [27, 28]
    assert quotes(store.view().records())[:2] == ["Envoys", "Seoul"]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 3),
        ({"about": "PRK-RUS"}, 2),
        ({"status": "planned"}, 1),
        ({"since": date(2024, 9, 1)}, 1),
        ({"actor": "KOR"}, 1),
        ({"document": "d0"}, 0),
        ({"publisher": "Harbour Times"}, 0),
    ],
)
def test_events_are_chosen_by_their_mentions(store, asked, count):
    assert len(store.view().events(**asked)) == count


@pytest.mark.parametrize(
    "asked",
    [
        lambda view: view.records(kind="rumour"),
        lambda view: view.record("k0"),
        lambda view: view.state("k0"),
        lambda view: view.document("d0"),
        lambda view: view.rendition("r0"),
        lambda view: view.page("d0"),
    ],
)
def test_what_does_not_exist_is_said_at_once(store, asked):
    with pytest.raises(UsageError):
        asked(store.view())


def test_an_empty_ledger_gives_empty_answers(tmp_path):
    with Store.open(tmp_path / "ledger.db") as store:
        view = store.view()
        assert (list(view.records()), view.events(), view.documents(), view.issues(), view.decisions()) == (
            [],
            (),
            (),
            (),
            (),
        )
        assert set(view.counts().values()) == {0}


def test_counts_name_every_kind(store):
    counts = store.view().counts()
    assert (counts["documents"], counts["mention"], counts["statement"], counts["vote"]) == (1, 3, 1, 1)


def test_three_outlets_that_cite_one_official_are_one_origin(store):
    official = Voice("speaker", "Ms Han", "han")
    for number, name in enumerate(("Ridge Daily", "Harbour Times", "Coast News")):
        text = f"Item {number}. {'Further words ' * number}Ms Han said so to reporters."
        said = statement(text, "Ms Han said so", attribution=(Voice("publisher", name), official))
        store.writer("me").write(reading(f"https://example.net/{number}", text, [said], publisher=name))
    view = store.view()
    assert origins(view, view.records(kind="statement")) == ("han",)


def test_a_copy_is_of_its_originals_origin(store):
    writer = store.writer("me")
    writer.write(talks())
    writer.write(talks("https://example.net/copy", publisher="Harbour Times"))
    view = store.view()
    found = [record for record in view.records() if record.evidence[0].quote in TALKS.split(". ")]
    assert len({record.document for record in found}) == 2
    assert origins(view, found) == (talks().document,)


def test_every_kind_of_record_names_its_parties_dates_and_comes_back(where):
    some = {"evidence": statement(TEXT, "Forty ships").evidence}
    body, when = Party("duma", "the Duma", "RUS"), day(date(2024, 5, 1))
    kinds = [
        Mandate(**some, trigger="1", body=body, authority=(state("USA"),), scheduled_end=when),
        Measure(**some, trigger="2", sender=(state("USA"),), target=(state("PRK"),), effective=when),
        Agreement(**some, trigger="3", parties=(state("RUS"), state("PRK")), effective=when),
        Tenure(**some, trigger="4", person=Party("yoon", "Yoon", "KOR"), post="president", begins=when),
        Election(**some, trigger="5", polity="KOR", held=when),
        Figure(**some, trigger="6", amount=Amount("40", 40, 40), measures="ships", of=(state("PRK"),), as_of=when),
        Flow(**some, trigger="7", giver=(state("PRK"),), taker=(state("RUS"),), certainty="alleged", when=when),
        statement(TEXT, "Forty ships", trigger="8", commitment=Commitment(promiser=(state("RUS"),)), said_on=when),
    ]  # fmt: skip
    with Store.open(where) as store:
        written = reading("https://example.org/kinds", TEXT, kinds)
        store.writer("me").write(written)
        found = list(store.view().records())
    assert sorted(found, key=lambda record: record.trigger) == sorted(
        written.records, key=lambda record: record.trigger
    )
    assert all(dates_of(record) == [when] for record in found)
    assert all(list(parties_of(record)) for record in found if not isinstance(record, Election))


def test_a_recipient_makes_pairs_across_and_none_among_the_actors():
    act = mention(TALKS, "Envoys", actor=(state("USA"), state("KOR")), recipient=(state("PRK"),))
    assert dyads_of(act) == {Dyad("PRK", "USA"), Dyad("KOR", "PRK")}


def test_a_state_makes_no_pair_with_itself():
    act = mention(TALKS, "Envoys", actor=(state("PRK"),), recipient=(Party("kim", "Kim", "PRK"),))
    assert dyads_of(act) == set()


def test_a_date_open_on_both_sides_says_nothing():
    act = mention(TALKS, "Envoys", deed_date=interval(None, None))
    assert isinstance(act, Mention)
    assert dates_of(act) == []


def test_a_statement_pairs_its_speaker_with_whom_it_is_about():
    assert dyads_of(statement(TALKS, "Seoul", statement_kind=StatementKind.DEMAND)) == {Dyad("KOR", "PRK")}
