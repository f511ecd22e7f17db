"""Threads of claims: the sides, their order, who shifted, and how many independent words stand behind each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import pytest
from ledger_factories import Ticking, mention, quote, reading, statement
from prospect_factories import land

from detente.errors import UsageError
from detente.ledger import Store
from detente.model.actors import Party
from detente.model.dates import Dated, day, month
from detente.model.decisions import Decision, Verb
from detente.model.events import EventType, Status
from detente.model.institutions import Flow
from detente.model.records import Record, Voice
from detente.model.statements import StatementKind
from detente.register.threads import Thread, thread_of, threads, words_of

PRK, RUS, KOR, USA, UKR, IRN = (land(code) for code in ("PRK", "RUS", "KOR", "USA", "UKR", "IRN"))
BOTH = (PRK, RUS)


def voice(name: str, state: str | None = None) -> Voice:
    return Voice("speaker", name, id=name if name.islower() else state, state=state)


@dataclass(frozen=True)
class Told:
    """One page with one claim: on which day of 2024, what sort of claim, whose word, about which thing."""

    on: tuple[int, int]
    status: str
    who: Voice | None = None
    thing: str = "shells"
    sides: tuple[Party, Party] = BOTH
    event: EventType = EventType.AID
    when: Dated | None = None
    name: str = ""
    text: str = field(default="", compare=False)

    @property
    def words(self) -> str:
        speaker = self.who.text if self.who else "the page"
        return (
            self.text
            or f"By {speaker} on {self.on[0]}/{self.on[1]}: {self.status} {self.thing}, {self.name}."
        )

    def record(self) -> Record:
        chain = (Voice("publisher", "A paper"), *((self.who,) if self.who else ()))
        return mention(
            self.words,
            self.words,
            event_type=self.event,
            actor=self.sides[:1],
            recipient=self.sides[1:],
            status=Status(self.status),
            deed_date=self.when,
            attribution=chain,
            trigger="sent",
        )


def denial(
    on: tuple[int, int], who: Party, words: str, about: tuple[Party, ...] = ()
) -> tuple[date, str, Record]:
    record = statement(
        words, words, statement_kind=StatementKind.DENIAL, speaker=(who,), about=about, salient=True
    )
    return date(2024, *on), words, record


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "ledger.db", clock=Ticking()) as store:
        yield store


def keep(store: Store, told: Iterable[Told | tuple[date, str, Record]]) -> None:
    for number, one in enumerate(told):
        on, text, record = (date(2024, *one.on), one.words, one.record()) if isinstance(one, Told) else one
        store.writer("me").write(
            reading(
                f"https://{number}.example/{on}", text, [record], published=on, publisher=f"Paper {number}"
            )
        )


def told(store: Store, **asked: object) -> tuple[Thread, ...]:
    return threads(store.view(), **asked).found


def stances(thread: Thread) -> list[str]:
    return [claim.stance.value for claim in thread.claims]


NIS, KREMLIN = voice("nis", "KOR"), voice("kremlin", "RUS")
PYONGYANG, WASHINGTON, KYIV = voice("Pyongyang", "PRK"), voice("Washington", "USA"), voice("Kyiv", "UKR")

CASES = {
    "an allegation, then its denial": (
        [Told((3, 1), "alleged", NIS), Told((3, 2), "denied", KREMLIN)],
        [["alleges", "denies"]],
        {"alleges": 1, "denies": 1},
    ),
    "a denial that nobody's allegation was read before": (
        [Told((3, 2), "denied", KREMLIN)],
        [["denies"]],
        {"denies": 1},
    ),
    "denied by one side, later confirmed by the other": (
        [Told((3, 1), "alleged", NIS), Told((3, 2), "denied", KREMLIN), Told((6, 1), "done", PYONGYANG)],
        [["alleges", "denies", "confirms"]],
        {"alleges": 1, "denies": 1, "confirms": 1},
    ),
    "three papers that cite one official are one word": (
        [Told((3, 1), "alleged", NIS, name=name) for name in ("a", "b", "c")],
        [["alleges"] * 3],
        {"alleges": 1},
    ),
    "two governments that allege are two words": (
        [Told((3, 1), "alleged", NIS), Told((3, 3), "alleged", WASHINGTON)],
        [["alleges", "alleges"]],
        {"alleges": 2},
    ),
    "three pages in their own voice are three words": (
        [Told((3, 1), "alleged", NIS), *(Told((3, 2), "done", name=name) for name in ("a", "b", "c"))],
        [["alleges", "reports", "reports", "reports"]],
        {"alleges": 1, "reports": 3},
    ),
    "shells and soldiers are two matters": (
        [Told((3, 1), "alleged", NIS), Told((3, 2), "alleged", NIS, "soldiers")],
        [["alleges"], ["alleges"]],
        None,
    ),
    "deeds of different months are two": (
        [
            Told((2, 10), "alleged", NIS, when=month(2024, 1)),
            Told((6, 10), "alleged", NIS, when=day(date(2024, 6, 1))),
        ],
        [["alleges"], ["alleges"]],
        None,
    ),
    "deeds of neighbouring days are one": (
        [
            Told((6, 2), "alleged", NIS, when=day(date(2024, 6, 1))),
            Told((6, 9), "denied", KREMLIN, when=day(date(2024, 6, 2))),
        ],
        [["alleges", "denies"]],
        {"alleges": 1, "denies": 1},
    ),
    "another pair of states is another matter": (
        [Told((3, 1), "alleged", NIS), Told((3, 2), "denied", KREMLIN, sides=(IRN, RUS))],
        [["denies"], ["alleges"]],
        None,
    ),
    "another sort of deed is another matter": (
        [
            Told((3, 1), "alleged", KYIV, "raid", event=EventType.ASSAULT),
            Told((3, 2), "denied", KREMLIN, "raid", event=EventType.COERCE),
        ],
        [["denies"], ["alleges"]],
        None,
    ),
    "what is planned is no claim": ([Told((3, 1), "planned", KREMLIN)], [], None),
    "what nobody disputes is no thread": ([Told((3, 1), "done", PYONGYANG)], [], None),
    "a denial in words that names fewer sides and the thing": (
        [Told((3, 1), "alleged", NIS), denial((3, 5), RUS, "Moscow never took any shells.", (RUS,))],
        [["alleges", "denies"]],
        {"alleges": 1, "denies": 1},
    ),
    "a denial in words about another thing": (
        [Told((3, 1), "alleged", NIS), denial((3, 5), RUS, "Moscow never took any grain.", (RUS,))],
        [["denies"], ["alleges"]],
        None,
    ),
    "an unnamed deed denied on another page": (
        [Told((3, 1), "alleged", NIS), denial((3, 5), RUS, "Moscow rejected this finding.", (RUS,))],
        [["alleges"]],
        {"alleges": 1},
    ),
    "a year and more of silence": (
        [Told((1, 1), "alleged", NIS), (date(2025, 6, 1), "x", Told((6, 1), "denied", KREMLIN, text="x").record())],
        [["denies"], ["alleges"]],
        None,
    ),
    "a third state's word is an allegation, not a confirmation": (
        [Told((3, 1), "denied", KREMLIN), Told((3, 4), "done", WASHINGTON)],
        [["denies", "alleges"]],
        {"denies": 1, "alleges": 1},
    ),
    "both sides deny": (
        [Told((3, 1), "alleged", NIS), Told((3, 2), "denied", KREMLIN), Told((3, 3), "denied", PYONGYANG)],
        [["alleges", "denies", "denies"]],
        {"alleges": 1, "denies": 2},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_sides_order_and_independent_words(store, case):
    claims, expected, origins = CASES[case]
    keep(store, claims)
    found = told(store)
    assert sorted(map(stances, found)) == sorted(expected)
    if origins is not None:
        assert {stance.value: len(words) for stance, words in found[0].origins.items()} == origins


def test_the_speakers_stand_with_their_claims_in_order_of_days(store):
    keep(store, CASES["denied by one side, later confirmed by the other"][0])
    (thread,) = told(store)
    assert [(c.speaker, c.side, c.day.month) for c in thread.claims] == [
        ("nis", "KOR", 3),
        ("kremlin", "RUS", 3),
        ("PRK", "PRK", 6),
    ]
    assert thread.standing == "alleged by South Korea; confirmed by North Korea; denied by Russia"
    assert words_of(thread) == "transfer of arms between North Korea and Russia"


def test_a_side_that_denied_and_then_confirmed_has_shifted(store):
    keep(store, [Told((3, 1), "denied", PYONGYANG), Told((6, 1), "done", PYONGYANG, name="later")])
    (thread,) = told(store)
    (shift,) = thread.shifts
    assert (shift.side, shift.before.stance, shift.after.stance) == ("PRK", "denies", "confirms")
    assert (shift.before.day, shift.after.day) == (date(2024, 3, 1), date(2024, 6, 1))


def test_a_side_that_says_the_same_again_has_not_shifted(store):
    keep(store, [Told((3, 1), "denied", KREMLIN), Told((6, 1), "denied", KREMLIN, name="later")])
    assert told(store)[0].shifts == ()


def test_the_reports_denied_are_those_of_the_same_page(store):
    text = "Seoul said that shells had been sent. Moscow dismissed the reports."
    claim = mention(
        text, "Seoul said that shells had been sent", event_type=EventType.AID, actor=(PRK,), recipient=(RUS,),
        status=Status.ALLEGED, attribution=(Voice("publisher", "A paper"), NIS),
    )  # fmt: skip
    rejected = statement(
        text, "Moscow dismissed the reports", statement_kind=StatementKind.DENIAL, speaker=(RUS,), about=()
    )
    store.writer("me").write(
        reading("https://a.example", text, [claim, rejected], published=date(2024, 3, 1))
    )
    assert stances(told(store)[0]) == ["alleges", "denies"]


def test_a_flow_and_an_event_of_one_sentence_are_one_word(store):
    text = "Seoul said that shells had been sent."
    chain = (Voice("publisher", "A paper"), NIS)
    event = mention(
        text,
        text,
        event_type=EventType.AID,
        actor=(PRK,),
        recipient=(RUS,),
        status=Status.ALLEGED,
        attribution=chain,
    )
    flow = Flow(
        evidence=(quote(text, text),),
        giver=(PRK,),
        taker=(RUS,),
        good="shells",
        certainty="alleged",
        attribution=chain,
    )
    store.writer("me").write(reading("https://a.example", text, [event, flow], published=date(2024, 3, 1)))
    assert stances(told(store)[0]) == ["alleges"]


def test_a_copy_adds_no_word(store):
    text = "A ship carried shells to Russia, the paper says. " + "It was a long voyage in bad weather. " * 12
    record = mention(
        text, "A ship carried shells to Russia", event_type=EventType.AID, actor=(PRK,), recipient=(RUS,),
        status=Status.ALLEGED,
    )  # fmt: skip
    for name in ("one", "two"):
        store.writer("me").write(
            reading(f"https://{name}.example", text, [record], published=date(2024, 3, 1))
        )
    (thread,) = told(store)
    assert [len(words) for words in thread.origins.values()] == [1]


def test_a_rejected_record_leaves_the_thread(store):
    keep(store, CASES["an allegation, then its denial"][0])
    key = told(store)[0].claims[0].key
    store.writer("anna").decide(Decision(Verb.REJECT, key, "anna", "misread"))
    assert [stances(thread) for thread in told(store)] == [["denies"]]


def test_as_of_a_day_before_the_denial_there_is_none(store):
    keep(store, CASES["an allegation, then its denial"][0])
    view = store.view(published_until=date(2024, 3, 1))
    assert [stances(thread) for thread in threads(view).found] == [["alleges"]]


@pytest.mark.parametrize(("about", "count"), [("PRK-RUS", 1), ("RUS", 1), ("KOR-PRK", 0), ("JPN", 0)])
def test_threads_are_chosen_by_whom_the_deed_is_about(store, about, count):
    keep(store, CASES["an allegation, then its denial"][0])
    assert len(told(store, about=about)) == count


def test_a_thread_of_a_pair_whose_last_denial_names_one_side_alone_is_listed_once(store):
    keep(store, [Told((3, 1), "alleged", NIS), denial((3, 5), RUS, "Moscow never took any shells.", (RUS,))])
    for about in ("PRK-RUS", "RUS", "PRK"):
        assert [stances(thread) for thread in told(store, about=about)] == [["alleges", "denies"]]


def test_cursors_walk_through_every_thread_once_last_disputed_first(store):
    things = ("shells", "soldiers", "oil", "grain")
    keep(store, [Told((3, number + 1), "alleged", NIS, thing) for number, thing in enumerate(things)])
    found, after = [], None
    while True:
        part = threads(store.view(), after=after, limit=1)
        found += [thread.thing for thread in part.found]
        after = part.next
        if after is None:
            break
    assert found == ["food", "fuel", "troops", "arms"]


def test_a_thread_is_found_from_any_of_its_records(store):
    keep(store, CASES["an allegation, then its denial"][0])
    (thread,) = told(store)
    for claim in thread.claims:
        assert stances(thread_of(store.view(), claim.key)) == ["alleges", "denies"]
    with pytest.raises(UsageError):
        thread_of(store.view(), "k0")


def test_every_claim_says_why_it_belongs(store):
    keep(store, CASES["an allegation, then its denial"][0])
    assert [claim.why for claim in told(store)[0].claims] == [
        "the same transfer of arms, 1 days apart",
        "the claim it begins from",
    ]
