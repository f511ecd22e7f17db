"""Compose a brief from a view of the ledger: what changed, what falls due, who disagrees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from detente.brief.disagreements import Disagreement, find_disagreements
from detente.brief.lines import Brief, Footing, Line, Section, line, source_of
from detente.brief.wording import dated, event_words, record_words
from detente.codebooks.plain_words import name_of
from detente.ledger import View
from detente.model.dates import Dated
from detente.model.events import Event, Status
from detente.model.institutions import Election, Mandate, Tenure, Vote
from detente.model.issues import Issue
from detente.model.records import Kind, Record
from detente.model.statements import Statement, StatementKind
from detente.model.text import Evidence

PER_SECTION = 12
"""Lines a section shows to a reader with five minutes; the rest is counted, never dropped silently."""

MARKS_PER_LINE = 4
"""References shown for one line; an event told by forty pages does not need forty marks."""

BRACKETS = "A day in brackets is the page's: the passage itself gives none."

HAPPENED = (Status.DONE, Status.ONGOING, Status.PRESUMED, Status.FAILED, Status.CANCELLED)
SAID = (Status.ALLEGED, Status.DENIED)
AHEAD = (Status.PLANNED, Status.THREATENED, Status.CONDITIONAL)
PROMISES = (StatementKind.COMMITMENT, StatementKind.FORECAST)
ADVICE = (StatementKind.RECOMMENDATION, StatementKind.OPTION)
WHY = (
    StatementKind.MOTIVE,
    StatementKind.INFERENCE,
    StatementKind.NEED,
    StatementKind.CONSTRAINT,
    StatementKind.RELATION_STATE,
    StatementKind.INFLUENCE,
    StatementKind.CAPABILITY,
)
FIXED = (Kind.VOTE, Kind.MANDATE, Kind.MEASURE, Kind.AGREEMENT, Kind.ELECTION)
CHANGES_OF_OFFICE = ("elected", "re-elected", "appointed", "resigned", "removed")
COUNTED = (Kind.FIGURE, Kind.FLOW)


@dataclass(frozen=True, slots=True)
class Question:
    """What a brief is asked for: about whom, and between which days (inclusive; None leaves a side open)."""

    about: str | None = None
    since: date | None = None
    until: date | None = None
    per_section: int = PER_SECTION


def compose(view: View, question: Question) -> Brief:
    """Compose the brief; every line rests on at least one quoted passage."""
    return _Composer(view, question).compose()


class _Composer:
    def __init__(self, view: View, question: Question) -> None:
        self.view = view
        self.question = question
        self.footing = Footing()
        self.today = question.until or view.published_until or self._newest_page()
        self.sources = {held.id: source_of(held) for held in view.documents()}

    def compose(self) -> Brief:
        asked = self.question
        events = self.view.events(about=asked.about, since=asked.since, until=asked.until)
        found = tuple(self.view.records(about=asked.about, since=asked.since, until=asked.until))
        said = [record for record in found if isinstance(record, Statement)]
        limit = asked.per_section
        sections = (
            self._mixed("What was done", [e for e in events if e.status in HAPPENED], (), limit),
            self._mixed("What was decided", (), [r for r in found if _is_decision(r)], limit),
            self._mixed(
                "What was said and denied",
                [e for e in events if e.status in SAID],
                [s for s in said if s.statement_kind not in (*PROMISES, *ADVICE, *WHY)],
                limit,
            ),
            self._mixed(
                "Promised, forecast, falling due",
                [e for e in events if e.status in AHEAD],
                [r for r in found if _is_ahead(r, self.today)],
                2 * limit,
            ),
            self._mixed("Why, as told", (), [s for s in said if s.statement_kind in WHY], limit),
            self._mixed("Advice and options", (), [s for s in said if s.statement_kind in ADVICE], limit),
            self._mixed("Figures and flows", (), [r for r in found if r.kind in COUNTED], limit),
            self._disagreements(events, found),
        )
        return Brief(
            title=self._title(),
            scope=self._scope(),
            sections=tuple(section for section in sections if section.lines),
            references=tuple(self.footing.references),
            unread=tuple(unread_words(issue) for issue in self.view.issues() if issue.severity != "note"),
        )

    def _newest_page(self) -> date:
        days = [held.published.hi for held in self.view.documents() if held.published and held.published.hi]
        return max(days, default=date.min)

    def _title(self) -> str:
        about = self.question.about
        if not about:
            return "What changed"
        return " and ".join(name_of(part) or part for part in about.split("-"))

    def _scope(self) -> str:
        publishers = {source.publisher for source in self.sources.values()}
        days = f"{self.question.since or 'the beginning'} to {self.question.until or 'the newest page'}"
        return f"From {days}; {len(self.sources)} pages by {len(publishers)} publishers were read. {BRACKETS}"

    def _marks(self, evidence: Iterable[tuple[Evidence, str]]) -> tuple[int, ...]:
        marks = [self.footing.mark(part, self.sources[document]) for part, document in evidence]
        return tuple(dict.fromkeys(marks))

    def _section(
        self, heading: str, ranked: Sequence[tuple[date, Callable[[], Line]]], total: int
    ) -> Section:
        lines = tuple(make() for _, make in sorted(ranked, key=lambda entry: entry[0]))
        return Section(heading, lines, total - len(lines))

    def _event_maker(self, event: Event) -> Callable[[], Line]:
        return lambda: self._event_line(event)

    def _event_line(self, event: Event) -> Line:
        passages = [(mention.evidence[0], mention.document) for mention in event.mentions[:MARKS_PER_LINE]]
        keys = tuple(mention.key for mention in event.mentions)
        return line(
            self._day(event_day(event), event.mentions[0].document),
            event_words(event),
            self._marks(passages),
            keys,
        )

    def _record_maker(self, record: Record) -> Callable[[], Line]:
        return lambda: self._record_line(record)

    def _record_line(self, record: Record) -> Line:
        passages = [(part, record.document) for part in record.evidence]
        when = self._day(own_date(record), record.document)
        return line(when, record_words(record), self._marks(passages), (record.key,))

    def _day(self, own: Dated | None, document: str) -> str:
        """Write the day a record gives, else the page's in brackets, else "undated"."""
        if own is not None:
            return dated(own)
        published = self._published(document)
        return f"({dated(published)})" if published else "undated"

    def _when(self, record: Record) -> Dated | None:
        return own_date(record) or self._published(record.document)

    def _event_when(self, event: Event) -> Dated | None:
        return event_day(event) or self._published(event.mentions[0].document)

    def _published(self, document: str) -> Dated | None:
        return self.view.document(document).published

    def _mixed(self, heading: str, events: Sequence[Event], records: Sequence[Record], limit: int) -> Section:
        """Lines of events and records together; a statement that an event already tells is left out."""
        told = {link.key for event in events for mention in event.mentions for link in mention.links}
        once = {record_words(record): record for record in records if record.key not in told}
        makers: list[tuple[float, date, Callable[[], Line]]] = [
            (_event_weight(e), first_day(self._event_when(e)), self._event_maker(e)) for e in events
        ]
        makers += [
            (_record_weight(record), first_day(self._when(record)), self._record_maker(record))
            for record in once.values()
        ]
        chosen = sorted(makers, key=lambda entry: entry[0], reverse=True)[:limit]
        return self._section(heading, [entry[1:] for entry in chosen], len(makers))

    def _disagreements(self, events: Sequence[Event], found: Sequence[Record]) -> Section:
        clashes = find_disagreements(events, found, self._published)
        ranked = [
            (first_day(clash.when), self._clash_maker(clash))
            for clash in clashes[: self.question.per_section]
        ]
        return self._section("Who disagrees with whom", ranked, len(clashes))

    def _clash_maker(self, clash: Disagreement) -> Callable[[], Line]:
        def make() -> Line:
            passages = [(part, document) for part, document in clash.passages]
            return line(dated(clash.when), clash.words, self._marks(passages), clash.keys)

        return make


def event_day(event: Event) -> Dated | None:
    """The day of the deed, else of the act; None where the text gives neither."""
    return event.deed_date or event.event_date


def own_date(record: Record) -> Dated | None:
    """The day a record is about: its own date field; None where it holds none."""
    if isinstance(record, Statement):
        if record.forecast and record.forecast.window:
            return record.forecast.window
        if record.commitment and record.commitment.deadline:
            return record.commitment.deadline
        return record.said_on
    if isinstance(record, Vote):
        return record.vote_date
    if isinstance(record, Mandate):
        return record.actual_end or record.scheduled_end or record.effective
    if isinstance(record, Tenure):
        return record.actual_end or record.scheduled_end or record.begins
    if isinstance(record, Election):
        return record.held
    when: Dated | None = (
        getattr(record, "effective", None) or getattr(record, "as_of", None) or getattr(record, "when", None)
    )
    return when


def first_day(when: Dated | None) -> date:
    """The first day of a date for sorting; undated lines come last."""
    if when is None:
        return date.max
    return when.lo or when.hi or date.max


def _event_weight(event: Event) -> float:
    """Rank deeds above words, and what several pages tell above what one tells."""
    scale = max(abs(mention.event_scale) for mention in event.mentions)
    pages = len({mention.document for mention in event.mentions})
    deed = 1.5 if event.quad_code in (2, 4) else 1.0
    return (scale + 2.0) * deed * pages + 2.0 * bool(event.recipient)


def _statement_weight(record: Statement) -> float:
    """Rank dated kinds and named speakers above the rest."""
    weight = 2.0 if record.speaker else 0.0
    weight += 3.0 if record.statement_kind in (StatementKind.DENIAL, *PROMISES) else 0.0
    weight += 1.0 if any(party.state for party in record.speaker) else 0.0
    weight += 0.5 * min(len({party.state for party in record.about if party.state}), 3)
    return weight


_KIND_WEIGHT = {Kind.VOTE: 9.0, Kind.AGREEMENT: 8.0, Kind.MANDATE: 7.0, Kind.MEASURE: 6.0, Kind.ELECTION: 5.0}


def _record_weight(record: Record) -> float:
    if isinstance(record, Statement):
        return _statement_weight(record)
    return _KIND_WEIGHT.get(record.kind, 1.0) + 0.1 * len(record.evidence)


def _is_decision(record: Record) -> bool:
    """Whether an institution fixed something: that somebody holds an office is no news, a change of it is."""
    if isinstance(record, Tenure):
        return record.state in CHANGES_OF_OFFICE
    return record.kind in FIXED


def _is_ahead(record: Record, today: date) -> bool:
    """Whether a record looks ahead of the brief's last day: a promise, a forecast, a term that ends."""
    if isinstance(record, Statement):
        return record.statement_kind in PROMISES
    end = getattr(record, "scheduled_end", None) or (record.held if isinstance(record, Election) else None)
    return isinstance(end, Dated) and end.hi is not None and end.hi >= today


def unread_words(issue: Issue) -> str:
    """Say what could not be read, where and why."""
    place = f" ({issue.locator})" if issue.locator else ""
    detail = f": {issue.detail}" if issue.detail else ""
    return f"{issue.address}{place} — {issue.reason.value.replace('_', ' ')}{detail}"
