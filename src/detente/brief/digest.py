"""What is new for one person since they were last told: a brief of what they watch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from detente.brief.compose import unread_words
from detente.brief.developments import new_contradictions, steps_taken
from detente.brief.lines import Brief, Footing, Line, Section, Source, line, source_of
from detente.brief.wording import dated, event_words, record_words
from detente.codebooks.plain_words import name_of
from detente.ledger import View
from detente.model.dates import Dated
from detente.model.events import Event, Mention, Status
from detente.model.issues import Issue
from detente.model.joining import join_mentions
from detente.model.records import Record
from detente.model.statements import Statement
from detente.model.text import Evidence
from detente.register.folding import DISPUTE, SETTLING
from detente.register.matching import ENOUGH, Candidate, Matcher, candidate
from detente.register.premises import fallen_premises, is_over
from detente.register.prospect import PENDING, Fallen, Prospect
from detente.register.prospects import Asked, Register, concerns
from detente.register.watches import Watch, WatchSort
from detente.register.wording import holder_name

AHEAD = timedelta(days=14)
"""How far ahead of today a digest looks for what falls due."""

_NONE = "none"
"""No document has this id."""

PER_SECTION = 12
"""Lines of a section; the newest are shown, the rest is counted."""

_DISPUTED = (Status.DENIED, Status.ALLEGED)


@dataclass(frozen=True, slots=True)
class Since:
    """For whom a digest is, what they watch, from which moment on (None: from the beginning), and today."""

    who: str
    watches: tuple[Watch, ...]
    moment: datetime | None
    today: date


@dataclass(frozen=True, slots=True)
class _Told:
    """A line before it is shown: when, what, and the passages of pages it rests on."""

    day: date
    when: str
    words: str
    passages: tuple[tuple[Evidence, str | Source], ...]
    keys: tuple[str, ...]


def digest(view: View, since: Since) -> Brief:
    """Write what is new about what a person watches; with nothing watched, about everything.

    New is what this ledger came to hold after the moment: events told, words said, what contradicts
    what was told before, agreements that moved a step, promises and forecasts
    that fall due within two weeks, what was settled, premises that fell, what later pages say to forecasts
    kept, and pages that could not be read.
    """
    return _Digest(view, since).compose()


class _Digest:
    def __init__(self, view: View, since: Since) -> None:
        self.view = view
        self.since = since
        self.footing = Footing()
        self.days: dict[str, date] = {}
        self.register = Register(view, since.today)

    def compose(self) -> Brief:
        events = join_mentions(record for record in self.new if isinstance(record, Mention))
        said = [record for record in self.new if isinstance(record, Statement)]
        fixed = [record for record in self.new if not isinstance(record, Mention | Statement)]
        sections = (
            self._section("New: what was done", (_event(e) for e in events if e.status not in _DISPUTED)),
            self._section("New: alleged and denied", (_event(e) for e in events if e.status in _DISPUTED)),
            self._section("New: what institutions fixed", map(self._record, fixed)),
            self._section("New: what was said", map(self._record, said)),
            self._section("Contradictions", self._contradictions()),
            self._section("Agreements a step further", self._steps()),
            self._section("Falls due", map(_prospect, self._due())),
            self._section("Settled", map(_prospect, self._settled())),
            self._section("Premises fallen", self._fallen()),
            self._section("Bears on forecasts kept", self._bearing()),
        )
        start = self.since.moment.isoformat(timespec="minutes") if self.since.moment else "the beginning"
        watched = ", ".join(watch.name for watch in self.since.watches) or "everything"
        return Brief(
            title=f"What is new for {self.since.who}",
            scope=f"Since {start}; watching {watched}.",
            sections=tuple(section for section in sections if section.lines),
            references=tuple(self.footing.references),
            unread=tuple(unread_words(issue) for issue in self._unread()),
        )

    def _unread(self) -> Iterator[Issue]:
        found = self.view.issues(arrived_after=self.since.moment)
        return (issue for issue in found if issue.severity != "note")

    @cached_property
    def new(self) -> list[Record]:
        """The records that arrived and are watched, each once, in order."""
        found: dict[str, Record] = {}
        for asked in map(_asked, self.since.watches or (None,)):
            for record, published in self.view.dated_records(
                **asked, arrived_after=self.since.moment, copies=False
            ):
                found[record.key] = record
                self.days[record.key] = published
        words = [watch.name for watch in self.since.watches if watch.sort is WatchSort.SUBJECT]
        return list(found.values()) + [
            record for record in self._speaking_of(words) if record.key not in found
        ]

    def _speaking_of(self, words: list[str]) -> Iterator[Record]:
        if not words:
            return
        everything: dict[str, Any] = {
            "all_statements": True,
            "arrived_after": self.since.moment,
            "copies": False,
        }
        for record, published in self.view.dated_records(**everything):
            said = " ".join(part.quote for part in record.evidence).casefold()
            if any(word in said for word in words):
                self.days[record.key] = published
                yield record

    def _due(self) -> Iterator[Prospect]:
        """What fell due since, or will within two weeks."""
        first = self.since.moment.date() if self.since.moment else self.since.today
        after: str | None = f"{first.isoformat()}//0/"
        while after is not None:
            part = self.register.browse(Asked(states=PENDING), after=after, limit=100)
            for prospect in part.found:
                due = prospect.contract.due
                if not due or not due.hi or due.hi > self.since.today + AHEAD:
                    return
                if self._watches(prospect):
                    yield prospect
            after = part.next

    def _settled(self) -> Iterator[Prospect]:
        for one in self.register.kept:
            times = [entry.at for entry in one.entries if entry.verb in (*SETTLING, DISPUTE) and entry.at]
            is_new = self.since.moment is None or any(at > self.since.moment for at in times)
            if times and is_new and self._watches(one.prospect):
                yield one.prospect

    def _fallen(self) -> Iterator[_Told]:
        """Look for what fell from its end: a term, mandate or measure that a new record says is over."""
        new = {record.key: record for record in self.new if is_over(record)}
        told: set[str] = set()
        for record in new.values():
            for prospect in self._resting_on(record):
                for fallen in fallen_premises(self.view, prospect):
                    if prospect.id not in told and new.keys() & set(fallen.keys):
                        told.add(prospect.id)
                        yield _premise(prospect, fallen, record)

    def _resting_on(self, record: Record) -> tuple[Prospect, ...]:
        whose = getattr(record, "person", None) or getattr(record, "body", None)
        if whose is None:
            return ()
        return self.register.browse(Asked(about=whose.label, states=PENDING), limit=200).found

    def _bearing(self) -> Iterator[_Told]:
        found: dict[str, list[Candidate]] = defaultdict(list)
        for record in self.new:
            if not isinstance(record, Statement):
                one = candidate(record, self.days[record.key])
                for side in one.sides:
                    found[side].append(one)
        for kept in self.register.kept:
            if not kept.is_settled and found.keys() & kept.names and self._watches(kept.prospect):
                yield from self._matches(kept.prospect, found)

    def _contradictions(self) -> Iterator[_Told]:
        about = [watch.name for watch in self.since.watches if watch.sort is WatchSort.ABOUT]
        new = {record.key: self.days[record.key] for record in self.new}
        for clash, record in new_contradictions(self.view, new, about):
            yield _Told(new[record.key], dated(clash.when), clash.words, clash.passages, clash.keys)

    def _steps(self) -> Iterator[_Told]:
        held = {record.key: record for record in self.new}
        for course, step in steps_taken(self.view, self.new):
            sides = " and ".join(name_of(side) or side for side in course.sides)
            before = ", ".join(one.state for one in course.steps if one is not step)
            words = f"{sides}, {course.title or 'an agreement'}: {step.state} (so far {before})"
            record = held[step.keys[0]]
            passages = tuple((part, record.document) for part in record.evidence)
            when = dated(step.when) if step.when else f"({step.told_on})"
            yield _Told(step.told_on, when, words.replace("_", " "), passages, step.keys)

    def _matches(self, prospect: Prospect, found: Mapping[str, list[Candidate]]) -> Iterator[_Told]:
        matcher = Matcher(prospect)
        near = {one.record.key: one for side in prospect.sides for one in found.get(side, ())}
        for one in near.values():
            match = matcher.match(one)
            if match is not None and match.points >= ENOUGH:
                told = self._record(match.record)
                words = f"{prospect.contract.question} Speaks {match.speaks}: {told.words}"
                yield replace(told, day=match.day, when=dated(match.when), words=words)

    def _watches(self, prospect: Prospect) -> bool:
        return not self.since.watches or any(_is_watched(prospect, watch) for watch in self.since.watches)

    def _record(self, record: Record) -> _Told:
        if isinstance(record, Mention):
            return _event(*join_mentions([record]))
        published = self.days[record.key]
        passages = tuple((part, record.document) for part in record.evidence)
        return _Told(published, f"({published})", record_words(record), passages, (record.key,))

    def _section(self, heading: str, lines: Iterable[_Told]) -> Section:
        ordered = sorted(lines, key=lambda told: told.day)
        shown = ordered[-PER_SECTION:]
        return Section(heading, tuple(map(self._line, shown)), len(ordered) - len(shown))

    def _line(self, told: _Told) -> Line:
        marks = [self.footing.mark(part, self._source(home)) for part, home in told.passages]
        return line(told.when, told.words, tuple(dict.fromkeys(marks)), told.keys)

    def _source(self, home: str | Source) -> Source:
        if isinstance(home, Source):
            return home
        return source_of(self.view.document(home))


def _event(event: Event) -> _Told:
    when = event.deed_date or event.event_date
    passages = tuple((mention.evidence[0], mention.document) for mention in event.mentions[:4])
    keys = tuple(mention.key for mention in event.mentions)
    return _Told(_first_day(when), dated(when), event_words(event), passages, keys)


def _prospect(prospect: Prospect) -> _Told:
    due, state = prospect.contract.due, prospect.state.value.replace("_", " ")
    words = f"{holder_name(prospect)}: {prospect.contract.question} ({state})"
    read = tuple((part, prospect.origin.document) for part in prospect.origin.quotes)
    return _Told(_first_day(due), dated(due), words, read or (_own(prospect),), prospect.origin.keys)


def _own(prospect: Prospect) -> tuple[Evidence, Source]:
    """A forecast typed in rests on what its holder typed."""
    question = prospect.contract.question
    source = Source(prospect.id, prospect.holder, prospect.made.isoformat(), "typed in", prospect.id)
    return Evidence(0, len(question), question), source


def _premise(prospect: Prospect, fallen: Fallen, record: Record) -> _Told:
    words = f"{prospect.contract.question} It rests on what was {fallen.why}."
    passages = tuple((part, record.document) for part in record.evidence)
    return _Told(_first_day(fallen.since), dated(fallen.since), words, passages, (record.key,))


def _asked(watch: Watch | None) -> dict[str, Any]:
    """Put a watch as a question to the ledger; a word or a forecast asks for nothing that is filed."""
    if watch is None:
        return {}
    if watch.sort is WatchSort.ABOUT:
        return {"about": watch.name}
    if watch.sort is WatchSort.SPEAKER:
        return {"kind": "statement", "actor": watch.name}
    return {"document": _NONE}


def _is_watched(prospect: Prospect, watch: Watch) -> bool:
    match watch.sort:
        case WatchSort.ABOUT:
            return concerns(prospect, watch.name)
        case WatchSort.SPEAKER:
            return prospect.holder == watch.name
        case WatchSort.FORECAST:
            return prospect.id == watch.name
        case WatchSort.SUBJECT:
            return watch.name in prospect.contract.question.casefold()


def _first_day(when: Dated | None) -> date:
    return (when.lo or when.hi or date.max) if when else date.max
