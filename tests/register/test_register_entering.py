"""What people do about forecasts and promises, what is refused, and what earlier views still show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from ledger_factories import TALKS, Ticking, reading, state, statement

from detente.errors import UsageError
from detente.ledger import Store, verify
from detente.model.dates import day, month, year
from detente.model.decisions import Decision, Verb
from detente.model.statements import Forecast, StatementKind
from detente.register.entering import Registrar, typed
from detente.register.folding import DISPUTE, VOID, WITHDRAW
from detente.register.prospect import Contract, Estimate, Prospect, State, Track
from detente.register.prospects import Asked, Register

TODAY = date(2025, 6, 1)
PANEL = statement(
    TALKS,
    "Seoul said the talks broke a resolution",
    statement_kind=StatementKind.FORECAST,
    forecast=Forecast("Will the panel end?", month(2024, 4)),
)
FULL = Contract(
    "Will the treaty be ratified?",
    due=year(2026),
    rule="Yes when both parliaments have voted for it.",
    source="the two parliaments' gazettes",
)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "ledger.db", clock=Ticking()) as store:
        store.writer("machine").write(
            reading("https://a.example/1", TALKS, [PANEL], published=date(2024, 4, 11))
        )
        yield store
        assert verify(store) == []


@pytest.fixture
def anna(store):
    return Registrar(store, "anna", TODAY)


def panel(store: Store, today: date = TODAY, **clocks: object) -> Prospect:
    return Register(store.view(**clocks), today).browse().found[0]


def own(made: date = TODAY, **fields: object) -> Prospect:
    return typed(replace(FULL, **fields), who="anna", made=made, parties=(state("RUS"), state("PRK")))


def test_a_draft_counts_once_a_person_accepts_it(store, anna):
    assert panel(store).is_draft
    anna.accept(panel(store).id)
    assert not panel(store).is_draft
    assert len(Register(store.view(), TODAY).browse(Asked(drafts=False)).found) == 1


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ({"rule": " "}, "without a rule$"),
        ({"due": None}, "without a deadline"),
        ({"source": ""}, "without a source of truth"),
        ({"question": "", "rule": ""}, "without a question and a rule"),
        ({"due": month(2025, 5)}, "is before"),
    ],
)
def test_a_forecast_typed_in_needs_a_rule_a_deadline_and_a_source(store, anna, left_out, said):
    with pytest.raises(UsageError, match=said):
        anna.add(own(**left_out))
    assert store.view().entries() == ()


def test_a_forecast_typed_in_is_listed_with_the_others_and_found_by_its_pair(store, anna):
    added = anna.add(own())
    assert (added.track, added.holder, added.made) == (Track.PEOPLE, "anna", TODAY)
    register = Register(store.view(), TODAY)
    assert [p.id for p in register.browse().found] == [panel(store).id, added.id]
    assert [p.id for p in register.browse(Asked(about="PRK-RUS")).found] == [added.id]


def test_a_forecast_typed_in_is_not_known_before_it_was_made(store, anna):
    added = anna.add(own())
    with pytest.raises(UsageError):
        Register(store.view(), date(2025, 5, 31)).find(added.id)


def test_the_same_forecast_is_not_taken_twice(anna):
    anna.add(own())
    with pytest.raises(UsageError, match="kept already"):
        anna.add(own())


def test_an_edit_puts_another_contract_in_place(store, anna):
    edited = anna.edit(panel(store).id, replace(FULL, due=month(2024, 5)))
    assert (edited.contract.question, edited.contract.due) == (FULL.question, month(2024, 5))
    assert panel(store) == edited


def test_updates_are_kept_and_the_first_estimate_stays(store, anna):
    name = panel(store).id
    anna.update(name, Estimate(date(2025, 5, 1), 30, 30))
    after = anna.update(name, Estimate(date(2025, 6, 1), 55, 80, "likely"))
    assert [(e.low, e.who) for e in after.estimates] == [(None, ""), (30, "anna"), (55, "anna")]
    earlier = Register(store.view(), date(2025, 5, 15)).find(name)
    assert [e.low for e in earlier.estimates] == [None, 30]


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        (Estimate(TODAY), "how likely"),
        (Estimate(TODAY, 30, None), "two ends"),
        (Estimate(TODAY, 80, 55), "no likelihood"),
        (Estimate(TODAY, 90, 101), "no likelihood"),
        (Estimate(date(2024, 1, 1), 5, 5), "later than"),
    ],
)
def test_an_estimate_is_a_range_of_percent_and_not_backdated(store, anna, estimate, said):
    with pytest.raises(UsageError, match=said):
        anna.update(panel(store).id, estimate)


@pytest.mark.parametrize(("outcome", "state"), [(True, State.RESOLVED_YES), (False, State.RESOLVED_NO)])
def test_an_outcome_holds_from_its_own_day_on(store, anna, outcome, state):
    name = panel(store).id
    anna.resolve(name, outcome=outcome, on=date(2024, 4, 30), reason="the United Nations said so")
    assert Register(store.view(), TODAY).find(name).state is state
    before = Register(store.view(published_until=date(2024, 4, 29)), date(2024, 4, 29))
    assert before.find(name).state is State.OPEN


def test_an_outcome_needs_something_that_settles_it(store, anna):
    with pytest.raises(UsageError, match="needs the record"):
        anna.resolve(panel(store).id, outcome=True, on=TODAY)
    with pytest.raises(UsageError, match="no record 'k0'"):
        anna.resolve(panel(store).id, outcome=True, on=TODAY, by=["k0"])
    with pytest.raises(UsageError, match="was made on"):
        anna.resolve(panel(store).id, outcome=True, on=date(2024, 4, 1), reason="too early")


@pytest.mark.parametrize(
    ("verb", "state"), [(VOID, State.VOID), (DISPUTE, State.DISPUTED), (WITHDRAW, State.WITHDRAWN)]
)
def test_voiding_disputing_and_withdrawing_need_a_reason(store, anna, verb, state):
    name = panel(store).id
    with pytest.raises(UsageError, match="needs a reason"):
        anna.close(name, verb, on=TODAY, reason=" ")
    assert anna.close(name, verb, on=TODAY, reason="badly put").state is state


def test_what_is_settled_is_not_settled_again_until_that_is_taken_back(store, anna):
    name = panel(store).id
    settled = anna.resolve(name, outcome=True, on=TODAY, reason="told")
    with pytest.raises(UsageError, match="resolved yes already"):
        Registrar(store, "bela", TODAY).resolve(name, outcome=False, on=TODAY, reason="not so")
    anna.undo(name, settled.history[-1].id)
    again = Registrar(store, "bela", TODAY).resolve(name, outcome=False, on=TODAY, reason="not so")
    assert again.state is State.RESOLVED_NO


def test_what_later_entries_stand_on_is_not_taken_back_before_them(store, anna):
    name = panel(store).id
    accepted = anna.accept(name).history[-1].id
    edited = anna.edit(name, FULL).history[-1].id
    with pytest.raises(UsageError, match="take these back first"):
        anna.undo(name, accepted)
    anna.undo(name, edited)
    assert anna.undo(name, accepted).is_draft


def test_an_earlier_view_of_the_ledger_stands_as_it_did(store, anna):
    name = panel(store).id
    accepted = anna.accept(name)
    before = accepted.history[-1].at
    anna.resolve(name, outcome=True, on=TODAY, reason="told")
    assert panel(store, held_at=before) == accepted


def test_what_is_kept_stays_when_its_page_is_read_otherwise_or_withdrawn(store, anna):
    kept = anna.accept(panel(store).id)
    shorter = replace(PANEL, evidence=(replace(PANEL.evidence[0]),), trigger="told")
    store.writer("machine").write(
        reading(
            "https://a.example/1", TALKS, [shorter], published=date(2024, 4, 11), coder="coder-2"
        )
    )  # fmt: skip
    assert [p.id for p in Register(store.view(), TODAY).browse().found] == [kept.id]
    store.writer("anna").decide(Decision(Verb.WITHDRAW, kept.origin.document, "anna", "a forgery"))
    assert [p.id for p in Register(store.view(), TODAY).browse().found] == [kept.id]


def test_a_declined_proposal_does_not_make_a_draft_count(store, anna):
    name = panel(store).id
    declined = anna.decline(name, ["k1"], "another panel")
    assert declined.is_draft
    assert anna.accept(name).is_draft is False


def test_a_purge_of_the_page_takes_what_was_kept_of_it(store, anna):
    kept = anna.accept(panel(store).id)
    store.writer("anna").purge(kept.origin.document, "anna", "a court said so")
    assert Register(store.view(), TODAY).browse().found == ()


def test_a_deadline_of_one_day_is_enough(anna):
    assert anna.add(own(due=day(date(2025, 7, 1)))).contract.due == day(date(2025, 7, 1))
