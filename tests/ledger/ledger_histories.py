"""Random histories of a ledger: pages, edits, copies, re-readings and decisions of every kind."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from ledger_factories import Ticking, mention, quote, reading, state, statement
from ledger_reference import Step

from detente.errors import UsageError
from detente.ledger import Store
from detente.model.bodies import to_body
from detente.model.dates import day
from detente.model.decisions import Decision, Verb
from detente.model.events import EventType, Mention
from detente.model.reading import Reading

STATES = ("PRK", "RUS", "KOR", "USA", "CHN")
PUBLISHERS = ("Example Post", "Harbour Times", "Ridge Daily")
DEEDS = (
    ("met", EventType.CONSULT, "Envoys of {a} met officials of {b} in the old harbour hall on {n} May"),
    (
        "accused",
        EventType.ACCUSE,
        "The ministry of {a} accused {b} of breaking the border rules near post {n}",
    ),
    ("sent", EventType.AID, "A train from {a} sent flour and coal to {b} across bridge number {n} last week"),
    (
        "said",
        None,
        "A spokesperson of {a} said that talks with {b} had reached their round number {n} by now",
    ),
)
START = datetime(2024, 5, 2, 9, 0, tzinfo=UTC)


class History:
    """Takes random steps on a ledger and notes them."""

    def __init__(self, store: Store, clock: Ticking, seed: int) -> None:
        self.store, self.clock = store, clock
        self.steps: list[Step] = []
        self.readings: list[Reading] = []
        self.decisions: list[Decision] = []
        self.random = random.Random(seed)
        self.writer = store.writer("machine")

    def step(self) -> None:
        """Do one thing, or nothing when the ledger refuses it."""
        self.clock.now += timedelta(hours=self.random.choice((0, 1, 7, 30)))
        acts = (self.read_new, self.read_edit, self.read_copy, self.read_again, self.read_older, self.vanish)
        act = self.random.choice((*acts, *[self.decide] * 8)) if len(self.readings) > 2 else self.read_new
        act()

    def read_new(self) -> None:
        self.read(f"https://example.org/{self.random.randrange(9)}", self.text(), self.published())

    def read_edit(self) -> None:
        old = self.random.choice(self.readings)
        sentences = old.page.content.decode().split(". ")
        sentences[self.random.randrange(len(sentences))] = self.sentence()
        published = old.rendition.metadata.published
        when = published.lo if published and self.random.random() < 0.6 else self.published()
        self.read(old.page.address, ". ".join(sentences), when, modified=self.random.random() < 0.3)

    def read_older(self) -> None:
        old = self.random.choice(self.readings)
        self.read(old.page.address, self.text(), date(2024, 4, self.random.randint(1, 28)))

    def read_copy(self) -> None:
        old = self.random.choice(self.readings)
        text = old.page.content.decode() + self.random.choice(("", ". Reporting by our desk"))
        self.read(f"https://example.org/{self.random.randrange(9)}", text, self.published())

    def read_again(self) -> None:
        old = self.random.choice(self.readings)
        metadata = old.rendition.metadata
        when = metadata.published.lo if metadata.published else None
        if self.random.random() < 0.2:
            when = self.published()
        self.enter(
            old.page.address, old.page.content.decode(), when, metadata.publisher, old.page.received, False
        )

    def read(self, address: str, text: str, when: date | None, *, modified: bool = False) -> None:
        self.enter(address, text, when, self.random.choice(PUBLISHERS), self.clock.now, modified)

    def enter(
        self, address: str, text: str, when: date | None, publisher: str, received: datetime, modified: bool
    ) -> None:
        coder = self.random.choice((1, 1, 2, 3, 4, 5))
        rendered = f"Example page\n{text}" if coder in (3, 5) else text
        edited = date(2024, 5, self.random.randint(5, 30)) if modified else None
        new = reading(
            address,
            text,
            find(rendered, coder),
            published=when,
            modified=edited,
            publisher=publisher,
            received=received,
            coder=f"coder-{coder}",
            reader=f"plain-{coder in (3, 5)}-{when}-{edited}",
            rendered=rendered,
        )
        self.writer.write(new)
        self.readings.append(new)
        self.note(reading=new)

    def vanish(self) -> None:
        address = self.random.choice(self.readings).page.address
        self.writer.vanished(address)
        self.note(vanished=address)

    def decide(self) -> None:
        verb = self.random.choice((*Verb, Verb.REJECT, Verb.CORRECT, Verb.UNDO, Verb.UNDO))
        decision = Decision(verb, self.key(), "an analyst", "because")
        if verb is Verb.ADD:
            decision = replace(decision, key="", value=self.addition())
        elif verb is Verb.CORRECT:
            actor = to_body(state(self.random.choice(STATES)))
            decision = replace(decision, field="actor", value={"value": [actor]})
        elif verb in (Verb.MERGE, Verb.SPLIT, Verb.LINK):
            decision = replace(decision, value={"key": self.key()})
        elif verb is Verb.RATE_SOURCE:
            rating = {"rating": self.random.choice(("A1", "B2", "F6", "C"))}
            decision = replace(decision, key=self.random.choice(PUBLISHERS), value=rating)
        elif verb is Verb.WITHDRAW:
            documents = [r.document for r in self.readings]
            decision = replace(
                decision, key=self.random.choice((*documents, f"publisher:{self.random.choice(PUBLISHERS)}"))
            )
        elif verb is Verb.UNDO:
            decision = replace(decision, key=self.random.choice([d.id for d in self.decisions] or ["x1"]))
        try:
            decided = self.writer.decide(decision)
        except UsageError:
            return
        self.decisions.append(decided)
        self.note(decision=decided)

    def key(self) -> str:
        added = [d.key for d in self.decisions if d.verb is Verb.ADD]
        return self.random.choice(
            [r.key for one in self.readings[-12:] for r in one.records] + added or ["k0"]
        )

    def addition(self) -> dict[str, object]:
        one = self.random.choice(self.readings)
        words = one.rendition.text.split(". ")[0]
        record = mention(one.rendition.text, words, trigger="", deed_date=day(date(2024, 5, 9)))
        evidence = replace(quote(one.rendition.text, words), rendition=one.rendition.id)
        return {"kind": "mention", **to_body(replace(record, evidence=(evidence,)))}

    def note(self, **done: object) -> None:
        self.steps.append(Step(at=self.clock.now, **done))

    def published(self) -> date | None:
        return self.random.choice((None, date(2024, 5, self.random.randint(1, 28))))

    def text(self) -> str:
        return ". ".join(self.sentence() for _ in range(self.random.choice((1, 2, 6, 8))))

    def sentence(self) -> str:
        a, b = self.random.sample(STATES, 2)
        return self.random.choice(DEEDS)[2].format(a=a, b=b, n=self.random.randint(1, 9))


def find(text: str, coder: int) -> list[Mention]:
    """Read a text as coders of different tastes do: whole sentences, parts of them, not all of them."""
    found, at = [], 0
    for number, sentence in enumerate(text.removeprefix("Example page\n").split(". ")):
        start = text.index(sentence, at)
        at = start + len(sentence)
        words = sentence.split()
        deed = next((d for d in DEEDS if d[0] in words), None)
        if deed is None or (coder == 4 and number % 2):
            continue
        quoted = " ".join({2: words[:-2], 5: words[2:5]}.get(coder, words))
        begin = text.index(quoted, start)
        found += _records(text, quoted, begin, deed, words, coder)
    return found


def _records(text: str, quoted: str, begin: int, deed: tuple, words: list[str], coder: int) -> list[Mention]:
    parties = [state(word) for word in words if word in STATES]
    trigger, event_type, _ = deed
    span = (quote(text, quoted, begin),)
    if event_type is None:
        return [statement(text, quoted, evidence=span, content=span, about=tuple(parties), trigger=trigger)]
    first = mention(
        text,
        quoted,
        evidence=span,
        event_type=event_type,
        actor=tuple(parties[:1]),
        recipient=tuple(parties[1:]),
        trigger=trigger,
        deed_date=day(date(2024, 5, int(words[-2]))) if trigger == "met" else None,
    )
    beside = statement(text, quoted, evidence=span, content=span, trigger=trigger, salient=coder != 2)
    return [first, beside] if trigger == "accused" else [first]
