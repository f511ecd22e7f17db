"""What people decide: every verb, what it changes, what is refused, and what survives a re-reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from ledger_factories import TALKS, Ticking, mention, quote, reading, state, talks

from detente.errors import UsageError
from detente.ledger import Store, verify
from detente.model.bodies import to_body
from detente.model.dates import day
from detente.model.decisions import Decision, Verb
from detente.model.events import EventType, Status

DEED, CLAIM = (record.key for record in talks().records)
PAGE = talks().document


@pytest.fixture
def store(where):
    with Store.open(where, clock=Ticking()) as store:
        store.writer("machine").write(talks())
        yield store
        assert verify(store) == []


@pytest.fixture
def decide(store):
    writer = store.writer("an analyst")

    def _decide(verb: Verb, key: str, reason: str = "", **rest: object) -> Decision:
        return writer.decide(Decision(verb, key, "an analyst", reason, **rest))

    return _decide


def keys(store: Store) -> list[str]:
    return [record.key for record in store.view().records()]


def added(words: str = "Seoul said", **rest: object) -> dict[str, object]:
    evidence = replace(quote(TALKS, words), rendition=talks().rendition.id)
    return {"kind": "mention", **to_body(mention(TALKS, words, evidence=(evidence,), trigger="", **rest))}


def test_a_decision_comes_back_with_its_name_time_and_author(store, decide):
    made = decide(Verb.NOTE, DEED, "worth a look")
    assert made.id == "x1"
    assert made.at > datetime(2024, 6, 1, tzinfo=UTC)
    assert store.view().decisions() == (made,)
    assert store.view().decisions(CLAIM) == ()


def test_a_rejected_record_leaves_the_view_but_not_the_ledger(store, decide):
    before = store.view().documents()[0].first_seen
    decide(Verb.REJECT, DEED, "no such meeting")
    assert keys(store) == [CLAIM]
    assert store.view().events() == ()
    assert len(list(store.view(include_rejected=True).records())) == 2
    assert store.view(include_rejected=True).state(DEED) == "rejected"
    assert len(list(store.view(held_at=before).records())) == 2


def test_a_confirmed_record_is_marked(store, decide):
    decide(Verb.CONFIRM, DEED)
    assert store.view().state(DEED) == "confirmed"
    assert store.view().state(CLAIM) == "read"


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("event_type", {"value": "ACCUSE"}, EventType.ACCUSE),
        ("status", {"value": "planned"}, Status.PLANNED),
        ("recipient", {"value": [to_body(state("CHN"))]}, (state("CHN"),)),
        ("deed_date", to_body(day(date(2024, 5, 30))), day(date(2024, 5, 30))),
        ("deed_date", {"value": None}, None),
    ],
)
def test_a_correction_sets_one_field(store, decide, field, value, expected):
    decide(Verb.CORRECT, DEED, "read again", field=field, value=value)
    corrected = store.view().record(DEED)
    assert getattr(corrected, field) == expected
    assert replace(corrected, **{field: getattr(talks().records[0], field)}) == talks().records[0]
    assert store.view().state(DEED) == "corrected"


def test_a_corrected_party_moves_the_record_to_its_pair(store, decide):
    decide(Verb.CORRECT, DEED, "it was China", field="recipient", value={"value": [to_body(state("CHN"))]})
    assert list(store.view().records(about="PRK-RUS")) == []
    assert [record.key for record in store.view().records(about="CHN-RUS")] == [DEED]


def test_later_decisions_win_and_corrections_stay(store, decide):
    decide(Verb.CORRECT, DEED, "planned only", field="status", value={"value": "planned"})
    decide(Verb.REJECT, DEED, "not at all")
    decide(Verb.CONFIRM, DEED)
    assert store.view().state(DEED) == "confirmed"
    assert store.view().record(DEED).status is Status.PLANNED


def test_an_added_record_is_believed_with_its_quote(store, decide):
    made = decide(Verb.ADD, "", value=added())
    record = store.view().record(made.key)
    assert record.evidence[0].quote == "Seoul said"
    assert record.document == PAGE
    assert store.view().state(made.key) == "added"


def test_two_facts_may_be_added_to_the_same_words(store, decide):
    one = decide(Verb.ADD, "", value=added())
    two = decide(Verb.ADD, "", value=added(event_type=EventType.ACCUSE))
    assert one.key != two.key
    assert len(keys(store)) == 4


def test_an_added_record_may_name_its_document_instead_of_its_text(store, decide):
    value = added()
    value["evidence"] = [{**value["evidence"][0], "rendition": ""}]
    made = decide(Verb.ADD, PAGE, value=value)
    assert store.view().record(made.key).evidence[0].rendition == talks().rendition.id


def test_an_added_record_stays_when_the_page_is_read_again(store, decide):
    made = decide(Verb.ADD, "", value=added())
    store.writer("machine").write(talks(coder="coder-2"))
    assert made.key in keys(store)


def test_an_added_record_can_be_corrected_and_taken_back(store, decide):
    made = decide(Verb.ADD, "", value=added())
    decide(Verb.CORRECT, made.key, "only planned", field="status", value={"value": "planned"})
    assert store.view().record(made.key).status is Status.PLANNED
    decide(Verb.UNDO, made.id)
    assert made.key not in keys(store)
    assert [d.verb for d in store.view().orphaned_decisions()] == [Verb.CORRECT]


def test_a_link_is_part_of_the_record(store, decide):
    decide(Verb.LINK, CLAIM, value={"key": DEED, "relation": "same_deed"})
    assert [(link.relation, link.key) for link in store.view().record(CLAIM).links] == [("same_deed", DEED)]


@pytest.mark.parametrize("verb", [Verb.AGREE, Verb.DISAGREE, Verb.NOTE])
def test_opinions_change_no_record(store, decide, verb):
    before = list(store.view().records())
    decide(verb, DEED, "as I see it")
    assert list(store.view().records()) == before
    assert store.view().state(DEED) == "read"


def test_an_undone_decision_has_no_effect_and_an_undone_undo_gives_it_back(store, decide):
    rejected = decide(Verb.REJECT, DEED, "no such meeting")
    undone = decide(Verb.UNDO, rejected.id)
    assert DEED in keys(store)
    decide(Verb.UNDO, undone.id)
    assert DEED not in keys(store)
    assert [ruling.is_live for ruling in store.view().rulings()] == [True, False, True]


def test_a_withdrawn_document_keeps_its_place_and_loses_its_records(store, decide):
    made = decide(Verb.WITHDRAW, PAGE, "forged")
    (document,) = store.view().documents()
    assert document.withdrawn
    assert keys(store) == []
    decide(Verb.UNDO, made.id)
    assert keys(store) == [DEED, CLAIM]


def test_a_withdrawn_publisher_takes_pages_read_later_with_it(store, decide):
    decide(Verb.WITHDRAW, "publisher:example  POST", "a forger")
    store.writer("machine").write(talks("https://example.org/later"))
    store.writer("machine").write(talks("https://example.net/other", publisher="Harbour Times"))
    assert {record.document for record in store.view().records()} == {
        talks("https://example.net/other").document
    }


def test_a_rating_is_shown_with_the_publishers_documents(store, decide):
    decide(Verb.RATE_SOURCE, "Example Post", value={"rating": "b2"})
    decide(Verb.RATE_SOURCE, "Example Post", value={"reliability": "C", "credibility": 3})
    assert store.view().documents()[0].rating == "C3"


def two_reports(store: Store) -> tuple[str, str]:
    """Two pages on one deed, told in different words."""
    text = "In the capital, Russian envoys sat down with officials from the North on Monday, it was reported."
    when = day(date(2024, 5, 27))
    other = reading(
        "https://example.net/talks",
        text,
        [mention(text, "Russian envoys sat down", event_date=when, deed_date=when)],
        published=date(2024, 5, 29),
        publisher="Harbour Times",
    )
    store.writer("machine").write(other)
    return DEED, other.records[0].key


def test_reports_of_one_deed_are_one_event_until_a_person_splits_them(store, decide):
    first, second = two_reports(store)
    (event,) = store.view().events()
    assert [one.key for one in event.mentions] == [first, second]
    made = decide(Verb.SPLIT, first, value={"key": second})
    assert len(store.view().events()) == 2
    decide(Verb.UNDO, made.id)
    assert len(store.view().events()) == 1


def test_a_person_may_merge_what_the_rule_keeps_apart_and_the_later_word_counts(store, decide):
    first, second = two_reports(store)
    decide(Verb.CORRECT, second, "another day", field="deed_date", value=to_body(day(date(2024, 5, 20))))
    assert len(store.view().events()) == 2
    decide(Verb.MERGE, "e" + first[1:], value={"key": "e" + second[1:]})
    (event,) = store.view().events()
    assert "merged by a person" in event.why
    decide(Verb.SPLIT, second, value={"key": first})
    assert len(store.view().events()) == 2


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (Decision(Verb.CONFIRM, "k0", "me"), "no record 'k0'"),
        (Decision(Verb.REJECT, DEED, "me"), "needs a reason"),
        (Decision(Verb.CORRECT, DEED, "me", field="status", value={"value": "done"}), "needs a reason"),
        (Decision(Verb.WITHDRAW, PAGE, "me", "  "), "needs a reason"),
        (Decision(Verb.CORRECT, DEED, "me", "x", "colour", {"value": "red"}), "no field 'colour'"),
        (Decision(Verb.CORRECT, DEED, "me", "x", "key", {"value": "k1"}), "no field 'key'"),
        (Decision(Verb.CORRECT, DEED, "me", "x", "evidence", {"value": []}), "no field 'evidence'"),
        (Decision(Verb.CORRECT, DEED, "me", "x", "status", {"value": "perhaps"}), "no value for status"),
        (Decision(Verb.CORRECT, DEED, "me", "x", "deed_date", {"value": "soon"}), "no value for deed_date"),
        (Decision(Verb.CORRECT, DEED, "me", "x", "actor", {"value": "Russia"}), "no value for actor"),
        (Decision(Verb.CORRECT, DEED, "me", "x", "actor", {"value": object()}), "no value for actor"),
        (Decision(Verb.CORRECT, CLAIM, "me", "x", "content", {"value": [{"start": 0, "end": 3, "quote": "Xyz"}]}), "cannot stand"),
        (Decision(Verb.MERGE, DEED, "me"), "no record ''"),
        (Decision(Verb.MERGE, DEED, "me", value={"key": DEED}), "two different"),
        (Decision(Verb.MERGE, DEED, "me", value={"key": CLAIM}), "only mentions"),
        (Decision(Verb.LINK, DEED, "me", value={"key": "k0"}), "no record 'k0'"),
        (Decision(Verb.UNDO, "x9", "me"), "no decision 'x9'"),
        (Decision(Verb.UNDO, "nonsense", "me"), "no decision"),
        (Decision(Verb.WITHDRAW, "d0", "me", "x"), "no document 'd0'"),
        (Decision(Verb.WITHDRAW, "publisher:Nobody", "me", "x"), "publisher 'Nobody'"),
        (Decision(Verb.RATE_SOURCE, "Nobody", "me", value={"rating": "A1"}), "publisher 'Nobody'"),
        (Decision(Verb.RATE_SOURCE, "Example Post", "me", value={"rating": "G7"}), "Admiralty"),
        (Decision(Verb.ADD, "", "me", value={}), "name the document"),
        (Decision(Verb.ADD, PAGE, "me", value={"kind": "mention"}), "this is no mention"),
        (Decision(Verb.ADD, PAGE, "me", value={"kind": "rumour", "evidence": [{}]}), "this is no rumour"),
        (Decision(Verb.ADD, "", "me", value={**added(), "evidence": []}), "name the document"),
        (Decision(Verb.ADD, PAGE, "me", value={**added(), "evidence": []}), "no text"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_refused_in_one_line_and_nothing_is_written(store, decision, said):
    counts = store.view().counts()
    with pytest.raises(UsageError, match=said) as error:
        store.writer("me").decide(decision)
    assert "\n" not in str(error.value)
    assert store.view().counts() == counts


def test_an_added_record_must_quote_the_text(decide):
    value = added()
    value["evidence"] = [{**value["evidence"][0], "quote": "Seoul lied"}]
    with pytest.raises(UsageError, match="cannot stand"):
        decide(Verb.ADD, "", value=value)


def test_a_decision_undone_once_cannot_be_undone_again(decide):
    made = decide(Verb.CONFIRM, DEED)
    decide(Verb.UNDO, made.id)
    with pytest.raises(UsageError, match="already undone"):
        decide(Verb.UNDO, made.id)


def reread(store: Store, *records: object, **rest: object) -> None:
    store.writer("machine").write(reading(talks().page.address, TALKS, records, coder="coder-2", **rest))


def test_a_decision_moves_to_the_new_record_that_shares_half_its_span(store, decide):
    decide(Verb.REJECT, DEED, "no such meeting")
    reread(store, mention(TALKS, "Envoys of Russia met officials of North Korea"))
    assert keys(store) == []
    assert store.view().orphaned_decisions() == ()


def test_a_decision_is_orphaned_when_less_than_half_of_its_span_is_left(store, decide):
    made = decide(Verb.REJECT, DEED, "no such meeting")
    reread(store, mention(TALKS, "Envoys of Russia"))
    assert len(keys(store)) == 1
    assert store.view().orphaned_decisions() == (made,)


def test_a_decision_does_not_move_to_a_record_of_another_kind(store, decide):
    made = decide(Verb.REJECT, CLAIM, "never said")
    reread(store, mention(TALKS, "Seoul said the talks broke a resolution"))
    assert len(keys(store)) == 1
    assert store.view().orphaned_decisions() == (made,)


def test_a_decision_does_not_move_to_a_record_that_stood_beside_it(store, decide):
    words = "Envoys of Russia met officials of North Korea on Monday"
    one, two = mention(TALKS, words), mention(TALKS, words, trigger="officials")
    reread(store, one, two)
    beside = next(key for key in keys(store) if key != DEED)
    made = decide(Verb.REJECT, DEED, "no such meeting")
    store.writer("machine").write(reading(talks().page.address, TALKS, [two], coder="coder-3"))
    assert keys(store) == [beside]
    assert store.view().orphaned_decisions() == (made,)


def test_a_decision_follows_its_words_into_another_rendition(store, decide):
    decide(Verb.REJECT, DEED, "no such meeting")
    text = f"Menu | Home | About us\n{TALKS}"
    words = "Russia met officials of North Korea on Monday"
    again = reading(
        talks().page.address, TALKS, [mention(text, words)], coder="coder-2", reader="plain-2", rendered=text
    )
    store.writer("machine").write(again)
    assert keys(store) == []


def test_a_decision_waits_for_a_withdrawn_document(store, decide):
    decide(Verb.REJECT, DEED, "no such meeting")
    decide(Verb.WITHDRAW, PAGE, "forged")
    assert store.view().orphaned_decisions() == ()


def test_a_note_may_be_about_a_document(store, decide):
    made = decide(Verb.NOTE, PAGE, "ask the author")
    assert store.view().decisions(PAGE) == (made,)
    assert store.view().orphaned_decisions() == ()
