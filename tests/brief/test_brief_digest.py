"""What a digest says: what is new of what a person watches, and nothing else."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from ledger_factories import TALKS, Ticking, mention, quote, reading, state, statement
from prospect_factories import YOON

from detente.brief.digest import Since, digest
from detente.brief.lines import Brief
from detente.ledger import Store
from detente.model.dates import day, month, year
from detente.model.events import Status
from detente.model.institutions import Agreement, Tenure
from detente.model.issues import Issue, Reason
from detente.model.statements import Forecast, StatementKind
from detente.register.entering import Registrar, typed
from detente.register.prospect import Contract
from detente.register.watches import Watch, WatchSort

TODAY = date(2024, 6, 3)
ALL: tuple[Watch, ...] = ()


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "ledger.db", clock=Ticking()) as store:
        yield store


def keep(store: Store, *records: object, name: str = "a", text: str = TALKS, on: date = TODAY) -> None:
    store.writer("machine").write(reading(f"https://{name}.example/1", text, records, published=on))


def now(store: Store) -> datetime:
    return store.clock()


def tell(store: Store, moment: datetime | None = None, watches: tuple[Watch, ...] = ALL) -> Brief:
    return digest(store.view(), Since("anna", watches, moment, TODAY))


def headings(brief: Brief) -> list[str]:
    return [section.heading for section in brief.sections]


def about(name: str) -> tuple[Watch, ...]:
    return (Watch(WatchSort.ABOUT, name),)


def test_only_what_arrived_after_the_moment_is_new(store):
    keep(store, mention(TALKS, "Envoys of Russia met officials of North Korea"))
    moment = now(store)
    assert tell(store, moment).sections == ()
    keep(store, statement(TALKS, "Seoul said the talks broke a resolution"), name="b", text=TALKS + " More.")
    assert headings(tell(store, moment)) == ["New: what was said"]
    assert headings(tell(store)) == ["New: what was done", "New: what was said"]


@pytest.mark.parametrize(
    ("watch", "seen"),
    [
        (Watch(WatchSort.ABOUT, "PRK-RUS"), True),
        (Watch(WatchSort.ABOUT, "PRK-USA"), False),
        (Watch(WatchSort.SUBJECT, "envoys of russia"), True),
        (Watch(WatchSort.SUBJECT, "satellite"), False),
        (Watch(WatchSort.SPEAKER, "RUS"), False),
    ],
)
def test_only_what_is_watched_is_told(store, watch, seen):
    keep(store, mention(TALKS, "Envoys of Russia met officials of North Korea"))
    assert bool(tell(store, None, (watch,)).sections) is seen


def test_what_a_watched_speaker_says_is_told(store):
    keep(store, statement(TALKS, "Seoul said the talks broke a resolution"))
    assert headings(tell(store, None, (Watch(WatchSort.SPEAKER, "KOR"),))) == ["New: what was said"]


def test_denials_stand_apart_from_deeds(store):
    keep(store, mention(TALKS, "Envoys of Russia met officials of North Korea", status=Status.DENIED))
    assert headings(tell(store)) == ["New: alleged and denied"]


def own(store: Store, last: date) -> str:
    contract = Contract("Will the envoys meet again?", day(last), rule="Yes when told.", source="the press")
    parties = (state("PRK"), state("RUS"))
    return Registrar(store, "anna", TODAY).add(typed(contract, who="anna", made=TODAY, parties=parties)).id


@pytest.mark.parametrize(("last", "due"), [(date(2024, 6, 17), True), (date(2024, 6, 18), False)])
def test_what_falls_due_within_two_weeks_is_told(store, last, due):
    own(store, last)
    assert ("Falls due" in headings(tell(store))) is due


def test_a_forecast_of_another_pair_does_not_fall_due_for_me(store):
    own(store, date(2024, 6, 10))
    assert headings(tell(store, None, about("PRK-RUS"))) == ["Falls due"]
    assert headings(tell(store, None, about("CHN-USA"))) == []


def test_what_was_settled_since_is_told_once(store):
    name = own(store, date(2024, 12, 31))
    moment = now(store)
    Registrar(store, "bela", TODAY).resolve(name, outcome=True, on=TODAY, reason="they did")
    assert headings(tell(store, moment)) == ["Settled"]
    assert headings(tell(store, now(store))) == []


def test_a_later_record_that_bears_on_a_forecast_kept_is_told(store):
    own(store, date(2024, 12, 31))
    keep(store, mention(TALKS, "Envoys of Russia met officials of North Korea", deed_date=day(TODAY)))
    section = next(s for s in tell(store).sections if s.heading == "Bears on forecasts kept")
    assert "Will the envoys meet again? Speaks for:" in section.lines[0].text


TERM = "Yoon is to serve until May 2027 and his course will be kept until then."
REMOVED = "A court removed Yoon."


def test_a_premise_that_fell_is_told_with_the_words_that_say_so(store):
    holds = Tenure(
        evidence=(quote(TERM, "Yoon is to serve until May 2027"),),
        person=YOON,
        post="president",
        polity="KOR",
        state="holds",
        scheduled_end=month(2027, 5),
    )
    ahead = statement(
        TERM, TERM, statement_kind=StatementKind.FORECAST, about=(YOON,),
        forecast=Forecast("Will his course be kept?", year(2027)),
    )  # fmt: skip
    keep(store, holds, ahead, text=TERM, on=date(2024, 4, 11))
    moment = now(store)
    gone = Tenure(
        evidence=(quote(REMOVED, REMOVED),), person=YOON, post="president", polity="KOR", state="removed",
        actual_end=day(date(2025, 4, 4)),
    )  # fmt: skip
    keep(store, gone, name="b", text=REMOVED, on=date(2025, 4, 4))
    brief = tell(store, moment)
    section = next(s for s in brief.sections if s.heading == "Premises fallen")
    assert section.lines[0].text == "Will his course be kept? It rests on what was removed on 2025-04-04."
    assert REMOVED in {reference.quote for reference in brief.references}


SIGNED = "A treaty of Russia and North Korea was signed. The treaty was ratified."


def treaty(step: str) -> Agreement:
    return Agreement(
        evidence=(quote(SIGNED, f"treaty was {step}" if step == "ratified" else SIGNED[:46]),),
        parties=(state("PRK"), state("RUS")),
        title="a treaty",
        state=step,
    )


def test_an_agreement_that_moved_a_step_is_told_with_where_it_stood(store):
    keep(store, treaty("signed"), text=SIGNED)
    moment = now(store)
    keep(store, treaty("ratified"), name="b", text=SIGNED + " More.")
    section = next(s for s in tell(store, moment).sections if s.heading == "Agreements a step further")
    assert section.lines[0].text.endswith("a treaty: ratified (so far signed)")


def test_an_agreement_told_again_did_not_move(store):
    keep(store, treaty("signed"), text=SIGNED)
    moment = now(store)
    keep(store, treaty("signed"), name="b", text=SIGNED + " More.")
    assert "Agreements a step further" not in headings(tell(store, moment))


@pytest.mark.parametrize("new_is_denial", [True, False])
def test_what_contradicts_what_was_told_before_is_told_with_both_sides(store, new_is_denial):
    met = "Envoys of Russia met officials of North Korea"
    statuses = (Status.DONE, Status.DENIED) if new_is_denial else (Status.DENIED, Status.DONE)
    keep(store, mention(TALKS, met, status=statuses[0]))
    moment = now(store)
    assert "Contradictions" not in headings(tell(store, moment))
    keep(store, mention(TALKS, met, status=statuses[1]), name="b", text=TALKS + " More.")
    section = next(s for s in tell(store, moment, about("PRK-RUS")).sections if s.heading == "Contradictions")
    assert len(section.lines[0].keys) == 2


def test_pages_that_could_not_be_read_since_are_listed(store):
    store.writer("machine").write_issue(Issue(Reason.NOT_FOUND, "https://a.example/old"))
    moment = now(store)
    store.writer("machine").write_issue(Issue(Reason.NOT_FOUND, "https://a.example/new"))
    assert [line.split()[0] for line in tell(store, moment).unread] == ["https://a.example/new"]
