"""Hold what is read from the example pages against what an analyst found in them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from detente.export.coded import coded_event, coded_record, coded_statement
from detente.model.documents import Page
from detente.model.events import Mention
from detente.model.joining import join_mentions
from detente.model.reading import Reading
from detente.model.statements import Statement
from detente.pipeline import read_page
from detente.scoring import Board, pair_off
from detente.sources import open_sources

Row = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = sorted((ROOT / "tests" / "examples" / "expected").glob("*.json"))
JOINT = ("AGREE", "CONSULT", "COOPERATE")
"""Types whose parties are compared as one set: who is named first says nothing."""


@cache
def readings() -> dict[str, list[Reading]]:
    """Read every example once: by file, and by address for pages of feeds, archives and lists."""
    held: dict[str, list[Reading]] = defaultdict(list)
    for path in sorted((ROOT / "examples" / "dispatches").rglob("*.*")):
        for page in open_sources([str(path)]):
            if isinstance(page, Page):
                reading = read_page(page)
                held[str(path.relative_to(ROOT / "examples"))].append(reading)
                held[page.address].append(reading)
    return held


def load_expected(path: Path) -> Row:
    """Read what the analyst found in one page."""
    expected: Row = json.loads(path.read_text(encoding="utf-8"))
    return expected


def reading_of(expected: Row) -> Reading:
    """Find the reading of the page an expectation is about; raises KeyError where it was not read."""
    found = readings()[expected.get("address") or expected["file"]]
    if not found:
        raise KeyError(f"{expected['file']} was not read")
    return found[expected.get("version", 1) - 1]


def score_pages() -> Board:
    """Score every expected page: what was found of what should be, and what should not have been."""
    board = Board()
    for path in EXPECTED:
        expected = load_expected(path)
        reading = reading_of(expected)
        for name, wanted, found, agree in comparisons(expected, reading):
            pairs = pair_off(wanted, found, agree)
            met = {id(right) for right, _ in pairs}
            required = [row for row in wanted if not row.get("optional")]
            board.score(name).hits += sum(id(row) in met for row in required)
            board.score(name).missed += sum(id(row) not in met for row in required)
            board.score(name).false += len(found) - len(pairs)
        for name, is_absent in absences(expected, reading):
            board.judge(name, is_absent)
    return board


def comparisons(expected: Row, reading: Reading) -> Iterator[tuple[str, list[Row], list[Row], Any]]:
    """Give what is wanted and what was found of events, statements and records, with how they agree."""
    yield "events", expected["events"], found_events(reading), same_event
    yield "statements", expected["statements"], found_statements(reading), same_statement
    yield "records", expected["records"], found_records(reading), same_record


def found_events(reading: Reading) -> list[Row]:
    """The events of a reading in the shape of `detente code`."""
    return [coded_event(event) for event in join_mentions(reading.mentions)]


def found_statements(reading: Reading) -> list[Row]:
    """The salient statements of a reading in the shape of `detente code`."""
    return [coded_statement(statement) for statement in reading.statements if statement.salient]


def found_records(reading: Reading) -> list[Row]:
    """Everything else a reading found, in the shape of `detente code`."""
    return [coded_record(r) for r in reading.records if not isinstance(r, Mention | Statement)]


def same_event(right: Row, ours: Row) -> float:
    """Whether an event found is the one wanted: type, status, parties, passage, and date if given."""
    fits = (
        _one_of(ours["event_type"], right, "event_type", "also_type")
        and _one_of(ours["status"], right, "status", "also_status")
        and _parties_fit(right, ours)
        and _quoted(right.get("quote", ""), ours["evidence"])
    )
    dated = "deed_date" not in right or _one_of(ours["deed_date"], right, "deed_date", "also_date")
    return (2.0 if dated else 1.0) if fits else 0.0


def _one_of(value: object, right: Row, key: str, also: str) -> bool:
    if key not in right:
        return True
    allowed = [right[key], *_listed(right.get(also))]
    return value in allowed


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _parties_fit(right: Row, ours: Row) -> bool:
    if ours["event_type"] in JOINT and right.get("also_actor") != "any":
        wanted = {*right.get("actor", []), *right.get("recipient", [])}
        extra = {*_listed(right.get("also_actor")), *_listed(right.get("also_recipient"))}
        found = _names(ours["actor"]) | _names(ours["recipient"])
        return "actor" not in right or _same_names(wanted, found) or _same_names(wanted | extra, found)
    return _role_fits(right, ours, "actor") and _role_fits(right, ours, "recipient")


def _role_fits(right: Row, ours: Row, role: str) -> bool:
    also = right.get(f"also_{role}")
    if role not in right or also == "any":
        return True
    found = _names(ours[role])
    options = [right[role], *([also] if also is not None else [])]
    return any(_same_names(set(_listed(option)), found) for option in options)


def _names(parties: list[Row]) -> set[str]:
    return {str(party["state"] or party["text"]) for party in parties}


def _same_names(wanted: set[str], found: set[str]) -> bool:
    if len(wanted) != len(found):
        return False
    return all(any(_alike(name, other) for other in found) for name in wanted)


def _alike(first: str, second: str) -> bool:
    one, two = first.casefold(), second.casefold()
    return one == two or (min(len(one), len(two)) > 3 and (one in two or two in one))


def _quoted(words: str, evidence: list[Row]) -> bool:
    flat = " ".join(words.split()).casefold()
    texts = [" ".join(part["quote"].split()).casefold() for part in evidence]
    return any(flat in text or text in flat for text in texts)


def same_statement(right: Row, ours: Row) -> float:
    """Whether a statement found is the one wanted: kind, speaker, and a stretch of content in common."""
    kinds = [right["kind"], *_listed(right.get("also"))]
    if ours["kind"] not in kinds or not _quoted(right["content"], ours["content"]):
        return 0.0
    speakers = [right["speaker"], *_listed(right.get("also_speaker"))]
    named = [party["text"] for party in ours["speaker"]] + [
        voice["text"] for voice in ours["attribution"] if voice["role"] != "publisher"
    ]
    fits = any(
        not said or any(_alike(said, name) or _shares_a_name(said, name) for name in named)
        for said in speakers
    )
    return 1.0 if fits else 0.0


def _shares_a_name(first: str, second: str) -> bool:
    return bool(
        {w for w in first.split() if w[:1].isupper()} & {w for w in second.split() if w[:1].isupper()}
    )


def same_record(right: Row, ours: Row) -> float:
    """Whether a record found is the one wanted: its kind, and every field the analyst gave."""
    if right["kind"] != ours["record"]:
        return 0.0
    return 1.0 if all(_field_fits(name, value, ours) for name, value in right.items()) else 0.0


def _field_fits(name: str, value: Any, ours: Row) -> bool:
    if name in ("kind", "optional", "note") or name.startswith("also"):
        return True
    if name == "results":
        won = {(_text(seats["party"]), seats["won"]) for seats in ours.get("results") or ()}
        return all(
            any(_alike(party, who) and count == has for who, has in won) for party, count in value.items()
        )
    found = _field(name, ours)
    if isinstance(value, list) and not isinstance(found, list):
        return found in value
    if isinstance(value, list):
        return {_text(item) for item in value} <= {_text(item) for item in found}
    if isinstance(value, dict):
        ballots = {_text(ballot["member"]): ballot["vote"] for ballot in ours.get("ballots") or ()}
        return all(ballots.get(member) == vote for member, vote in value.items())
    return _equal(value, found)


def _field(name: str, ours: Row) -> Any:
    amount = ours.get("amount") or {}
    if name in ("for", "against", "abstain"):
        return (ours.get("tally") or {}).get(name)
    if name == "end":
        return ours.get("actual_end") or ours.get("scheduled_end")
    if name == "turnout":
        return (ours.get("turnout") or {}).get("low")
    if name in ("value", "comparator", "unit", "low", "high"):
        return (
            amount.get({"value": "low"}.get(name, name))
            if amount.get("low") is not None
            else amount.get("high")
        )
    return ours.get(name)


def _text(item: Any) -> str:
    return str(item.get("state") or item.get("text")) if isinstance(item, dict) else str(item)


def _equal(value: Any, found: Any) -> bool:
    if isinstance(value, str) and isinstance(found, dict):
        named = str(found.get("text"))
        known = value in (found.get("state"), found.get("id"))
        return known or _alike(value, named) or named in value.split()
    if isinstance(value, str) and isinstance(found, str):
        return _alike(value, found)
    return bool(value == found)


def absences(expected: Row, reading: Reading) -> Iterator[tuple[str, bool]]:
    """Judge everything that must not be found: yields a name and whether it is absent."""
    absent = expected.get("absent", {})
    quotes = " ".join(" ".join(e.quote.split()) for record in reading.records for e in record.evidence)
    for phrase in (*absent.get("phrases", ()), *expected["chrome"]):
        yield "no record from chrome", " ".join(phrase.split()) not in quotes
    for pattern in absent.get("events", ()):
        yield "absent events", not any(same_event(pattern, ours) for ours in found_events(reading))
    for pattern in absent.get("records", ()):
        yield "absent records", not any(same_record(pattern, ours) for ours in found_records(reading))
