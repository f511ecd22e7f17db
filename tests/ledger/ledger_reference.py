"""A plain replay of a ledger's history: slow, in lists and dicts, written apart from the ledger."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from detente.ledger.copies import Fingerprint, fingerprint
from detente.model.bodies import record_from_body, to_body
from detente.model.decisions import Decision, Verb
from detente.model.events import Mention
from detente.model.joining import join_mentions, passage
from detente.model.reading import Reading
from detente.model.records import Link, Record

ABOUT_ONE = (Verb.CONFIRM, Verb.CORRECT, Verb.REJECT, Verb.LINK, Verb.AGREE, Verb.DISAGREE, Verb.NOTE)


@dataclass
class Step:
    """One thing that was done: exactly one of the three."""

    at: datetime
    reading: Reading | None = None
    decision: Decision | None = None
    vanished: str = ""


class Reference:
    """Answers every question from the steps alone, each time from the beginning."""

    def __init__(self, steps: list[Step]) -> None:
        self.steps = steps

    def answer(self, held_at: datetime | None, day: date | None) -> dict[str, Any]:
        steps = [s for s in self.steps if held_at is None or s.at <= held_at]
        world = World(steps, day)
        ever = world if day is None else World(steps, None)
        events = world.event_lines()
        if ever is not world:
            ever.event_lines()
        return {
            "documents": world.document_lines(),
            "records": world.record_lines(),
            "events": events,
            "orphans": sorted(ever.orphans, key=lambda name: int(name[1:])),
        }


class World:
    """What the steps come to for one day."""

    def __init__(self, steps: list[Step], day: date | None) -> None:
        self.day = day
        self.readings: list[Reading] = []
        self.steps_of: list[int] = []
        for number, step in enumerate(steps):
            if step.reading and not self._was_read(step.reading):
                self.readings.append(step.reading)
                self.steps_of.append(number)
        self.decisions = [
            (number, step.decision) for number, step in enumerate(steps) if step.decision is not None
        ]
        self.live = self._live()
        self.days = self._days()
        self.chosen = self._chosen()
        self.gone = self._gone(steps)
        self.records: dict[str, tuple[Record, str]] = {}
        self.orphans: list[str] = []
        for document in self.chosen:
            self._believe(document)

    def _was_read(self, new: Reading) -> bool:
        return any(
            r.rendition.version == new.rendition.version and r.coder == new.coder for r in self.readings
        )

    def _live(self) -> list[tuple[int, Decision]]:
        def is_live(decision: Decision) -> bool:
            return not any(
                d.verb is Verb.UNDO and d.key == decision.id and is_live(d) for _, d in self.decisions
            )

        return [(number, d) for number, d in self.decisions if is_live(d)]

    def _versions(self, document: str) -> list[str]:
        return list(dict.fromkeys(r.rendition.version for r in self.readings if r.document == document))

    def _newest(self, version: str) -> Reading:
        return [r for r in self.readings if r.rendition.version == version][-1]

    def _first(self, version: str) -> Reading:
        return next(r for r in self.readings if r.rendition.version == version)

    def _days(self) -> dict[str, date]:
        days: dict[str, date] = {}
        for document in {r.document for r in self.readings}:
            seen = set()
            for version in self._versions(document):
                reading = self._newest(version)
                received = self._first(version).page.received.date()
                metadata = reading.rendition.metadata
                told = [when.lo for when in (metadata.published, metadata.modified) if when]
                if not told:
                    days[version] = received
                elif max(told) in seen:
                    days[version] = max(received, *told)
                else:
                    days[version] = max(told)
                seen |= {max(told)} if told else set()
        return days

    def _chosen(self) -> dict[str, str]:
        chosen = {}
        for document in {r.document for r in self.readings}:
            versions = [v for v in self._versions(document) if self.day is None or self.days[v] <= self.day]
            if versions:
                chosen[document] = max(reversed(versions), key=lambda v: self.days[v])
        return chosen

    def _gone(self, steps: list[Step]) -> set[str]:
        gone = set()
        for step in steps:
            if step.reading:
                gone.discard(step.reading.page.address)
            if step.vanished:
                gone.add(step.vanished)
        return gone

    def is_withdrawn(self, document: str) -> bool:
        publisher = self._newest(self.chosen[document]).rendition.metadata.publisher
        names = (document, f"publisher:{publisher}")
        return any(d.verb is Verb.WITHDRAW and d.key in names for _, d in self.live)

    def _believe(self, document: str) -> None:
        if self.is_withdrawn(document):
            return
        reading = self._newest(self.chosen[document])
        held = {record.key: (record, "read") for record in reading.records}
        for _, decision in self.live:
            if decision.verb is Verb.ADD:
                record = record_from_body(decision.value["kind"], decision.value)
                home = next(r for r in self.readings if r.rendition.id == record.evidence[0].rendition)
                in_time = self.day is None or self.days[home.rendition.version] <= self.day
                if record.document == document and in_time:
                    held[record.key] = (record, "added")
        self.records |= held
        for number, decision in self.live:
            if decision.verb in ABOUT_ONE and self.home(decision.key) == document:
                key = self.bind(decision.key, number)
                if key is None:
                    self.orphans.append(decision.id)
                else:
                    self.records[key] = _apply(*self.records[key], decision)

    def home(self, key: str) -> str:
        for reading in self.readings:
            if any(record.key == key for record in reading.records):
                return reading.document
        return next(d.value["document"] for _, d in self.decisions if d.verb is Verb.ADD and d.key == key)

    def bind(self, key: str, number: int) -> str | None:
        """Find the record a decision made at step `number` is about now."""
        if key in self.records:
            return key
        before = [
            r
            for r, step in zip(self.readings, self.steps_of, strict=True)
            if step < number and any(record.key == key for record in r.records)
        ]
        if not before:
            return None
        old, lost = before[-1], next(r for r in before[-1].records if r.key == key)
        new = self._newest(self.chosen[old.document])
        span = lost.evidence[0].span
        if new.rendition.id != old.rendition.id:
            starts = [
                at
                for at in range(len(new.rendition.text))
                if new.rendition.text.startswith(lost.evidence[0].quote, at)
            ]
            if not starts:
                return None
            start = min(starts, key=lambda at: abs(at - span.start))
            span = replace(span, start=start, end=start + span.end - span.start)
        beside = {record.key for record in old.records}
        fits = []
        for record in new.records:
            if record.kind is lost.kind and record.key not in beside:
                other = record.evidence[0].span
                if 2 * span.overlap(other) >= span.end - span.start:
                    fits.append((-span.overlap(other), other.end - other.start, record.key))
        return min(fits)[2] if fits else None

    def leads(self) -> dict[str, str]:
        """Name for every copy the document it copies."""
        families: dict[str, list[str]] = {}
        marks: list[tuple[str, Fingerprint, str]] = []
        for reading in self.readings:
            version = reading.rendition.version
            mark = fingerprint(reading.rendition)
            if mark is None or any(version == name for name, _, _ in marks):
                continue
            equal = [family for _, other, family in marks if other.body == mark.body and _near(mark, other)]
            close = [(_shared(mark, o), -n, f) for n, (_, o, f) in enumerate(marks) if _near(mark, o)]
            family = equal[0] if equal else max(close)[2] if close else version
            marks.append((version, mark, family))
        for document, version in self.chosen.items():
            family = next((f for name, _, f in marks if name == version), None)
            if family:
                families.setdefault(family, []).append(document)
        leads = {}
        for members in families.values():
            first, *rest = sorted(members, key=self._precedence)
            leads |= dict.fromkeys(rest, first)
        return leads

    def _precedence(self, document: str) -> tuple[bool, date, int]:
        version = self.chosen[document]
        arrived = next(n for n, r in enumerate(self.readings) if r.rendition.version == version)
        return (self.is_withdrawn(document), self.days[version], arrived)

    def order(self, record: Record) -> tuple[date, str, int, str]:
        day = self.days[self.chosen[record.document]]
        return (day, record.document, record.evidence[0].start, record.key)

    def record_lines(self) -> list[tuple[str, str, dict[str, Any]]]:
        held = sorted(self.records.values(), key=lambda pair: self.order(pair[0]))
        return [(record.key, state, to_body(record)) for record, state in held]

    def document_lines(self) -> list[tuple[Any, ...]]:
        leads = self.leads()
        lines = []
        for document, version in self.chosen.items():
            reading = self._newest(version)
            count = sum(self.day is None or self.days[v] <= self.day for v in self._versions(document))
            ratings = [
                d.value["rating"]
                for _, d in self.live
                if d.verb is Verb.RATE_SOURCE and d.key == reading.rendition.metadata.publisher
            ]
            lines.append(
                (
                    self.days[version],
                    document,
                    version,
                    leads.get(document),
                    self.is_withdrawn(document),
                    count,
                    reading.page.address in self.gone,
                    ratings[-1] if ratings else "",
                )
            )
        return sorted(lines, key=lambda line: line[:2])

    def event_lines(self) -> list[tuple[str, list[str]]]:
        leads = self.leads()
        held = [(r, state) for r, state in self.records.values() if isinstance(r, Mention)]
        refused = {
            (leads.get(r.document, r.document), passage(r)) for r, state in held if state == "rejected"
        }
        mentions = [r for r, _ in held if (leads.get(r.document, r.document), passage(r)) not in refused]
        pairs: dict[frozenset[str], tuple[Verb, tuple[str, str]]] = {}
        for number, decision in self.live:
            if decision.verb in (Verb.MERGE, Verb.SPLIT):
                found = [self.bound(key, number) for key in (decision.key, decision.value["key"])]
                if all(found) and found[0] != found[1]:
                    pairs[frozenset(found)] = (decision.verb, tuple(found))
                for key in (decision.key, decision.value["key"]):
                    if self.is_lost(key, number) and decision.id not in self.orphans:
                        self.orphans.append(decision.id)
        events = join_mentions(
            mentions,
            together=[keys for verb, keys in pairs.values() if verb is Verb.MERGE],
            apart=[keys for verb, keys in pairs.values() if verb is Verb.SPLIT],
            origins=leads,
        )
        return [(e.id, [m.key for m in sorted(e.mentions, key=self.order)]) for e in events]

    def bound(self, key: str, number: int) -> str | None:
        document = self.home(key)
        if document not in self.chosen or self.is_withdrawn(document):
            return None
        return self.bind(key, number)

    def is_lost(self, key: str, number: int) -> bool:
        document = self.home(key)
        if document not in self.chosen or self.is_withdrawn(document):
            return False
        return self.bind(key, number) is None


def _apply(record: Record, state: str, decision: Decision) -> tuple[Record, str]:
    if decision.verb is Verb.LINK:
        link = Link(decision.value["relation"], decision.value["key"])
        return replace(record, links=tuple(dict.fromkeys((*record.links, link)))), state
    if decision.verb is Verb.CORRECT:
        body = {**to_body(record), decision.field: decision.value["value"]}
        return record_from_body(record.kind, body), "corrected"
    return record, {Verb.CONFIRM: "confirmed", Verb.REJECT: "rejected"}.get(decision.verb, state)


def _shared(one: Fingerprint, other: Fingerprint) -> float:
    common = Counter(one.sentences) & Counter(other.sentences)
    size = max(sum(n for _, n in one.sentences), sum(n for _, n in other.sentences))
    return sum(length * times for (_, length), times in common.items()) / size


def _near(one: Fingerprint, other: Fingerprint) -> bool:
    if one.body != other.body and _shared(one, other) < 0.9:
        return False
    if max(one.size, other.size) >= 300 or one.day is None or other.day is None:
        return True
    return one.body == other.body and abs(one.day - other.day) <= timedelta(days=3)
