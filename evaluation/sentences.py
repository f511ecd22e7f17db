"""Score the coder on gold sentences: events by actor, recipient and type; statements by kind and content."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from detente.coded import code_line
from detente.scoring import Board, pair_off

Row = dict[str, Any]

JOINT = ("AGREE", "CONSULT", "COOPERATE")
"""Types whose parties are compared as one set unless it is a visit."""


def load_gold(path: Path) -> list[Row]:
    """Read gold sentences, one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score_events(gold: Iterable[Row]) -> Board:
    """Score events: a hit has the right type, actors and recipients; status and mode are judged on hits."""
    board = Board()
    for sentence in gold:
        wanted = sentence["events"]
        found = [event for event in code(sentence)["events"] if not _goes_with(event, wanted)]
        pairs = pair_off(wanted, found, _same_event)
        count(board, "events", wanted, found, pairs, key="event_type")
        for right, ours in pairs:
            board.judge("status right", right["status"] == ours["status"])
        if not wanted:
            board.judge("empty stays empty", not found)
    return board


def score_statements(gold: Iterable[Row]) -> Board:
    """Score statements: a hit has the right kind and half its content in common, one to one."""
    board = Board()
    for sentence in gold:
        wanted = sentence["statements"]
        found = code(sentence)["statements"]
        text = sentence["text"]
        pairs = pair_off(wanted, found, partial(_same_statement, text))
        count(board, "statements", wanted, found, pairs, key="kind")
        located = pair_off(wanted, found, partial(_shared, text))
        count(board, "content, any kind", wanted, found, located)
        for right, ours in located:
            if right.get("speaker"):
                board.judge("speaker right", _same_speaker(right["speaker"], ours))
            if "likelihood" in right:
                term = (ours["likelihood"] or {}).get("term")
                board.judge("hedge right", (right["likelihood"] or "") == (term or ""))
            # A denial says by its kind that its content is denied: the gold has the content as worded.
            denied = right["kind"] == ours["kind"] == "denial"
            board.judge("polarity right", denied or right.get("polarity", "affirmed") == ours["polarity"])
    return board


def code(sentence: Row) -> Row:
    """Code one gold sentence as `detente code` would."""
    asked = {name: sentence[name] for name in ("id", "text", "published") if sentence.get(name)}
    return code_line(json.dumps(asked))


def count(
    board: Board, name: str, wanted: list[Row], found: list[Row], pairs: list[tuple[Row, Row]], key: str = ""
) -> None:
    """Count hits, misses and false finds under `name`, and once more for each value of `key`."""
    hit_gold = [id(right) for right, _ in pairs]
    hit_found = [id(ours) for _, ours in pairs]
    for row in wanted:
        for score in filter(None, (name, key and f"{name}: {row[key]}")):
            board.score(score).hits += id(row) in hit_gold
            board.score(score).missed += id(row) not in hit_gold
    for row in found:
        if id(row) not in hit_found:
            board.score(name).false += 1
            if key:
                board.score(f"{name}: {row[key]}").false += 1


def _goes_with(ours: Row, wanted: list[Row]) -> bool:
    """Whether an event is the charge or denial itself of a deed that the gold has as alleged or denied."""
    status = {"ACCUSE": "alleged", "REJECT": "denied"}.get(ours["event_type"])
    listed = any(right["event_type"] == ours["event_type"] for right in wanted)
    return not listed and any(right["status"] == status for right in wanted)


def _same_event(right: Row, ours: Row) -> float:
    """Compare as gold/README.md says: the parties of a joint act are one set."""
    if right["event_type"] != ours["event_type"] or not _same_parties(right, ours):
        return 0.0
    return 2.0 if right["status"] == ours["status"] else 1.0


def _same_parties(right: Row, ours: Row) -> bool:
    actors, recipients = _names(right["actor"]), _names(right["recipient"])
    named = actors | recipients
    found, towards = _found(ours["actor"], named), _found(ours["recipient"], named)
    if actors == recipients and len(actors) == 1:
        # A domestic act has its own state as recipient or none; a party inside the state is no error either.
        return _alike(actors, found) and (not towards or _alike(actors, towards))
    signed = right["event_type"] == "SUPPORT" and len(found) > 1 and not towards
    if actors == recipients or signed or (right["event_type"] in JOINT and right.get("mode") != "visit"):
        return _alike(named, found | towards)
    return _alike(actors, found) and _alike(recipients, towards)


def _alike(wanted: set[str], found: set[str]) -> bool:
    """Whether two sets name the same parties one by one; of phrases, one may hold the other's words."""
    left = set(found)
    for name in wanted:
        match = name if name in left else next((one for one in left if same_phrase(name, one)), None)
        if match is None:
            return False
        left.discard(match)
    return not left


def same_phrase(one: str, other: str) -> bool:
    """Whether of two names in lower case one holds the words of the other; codes are no phrases."""
    first, second = _words(one), _words(other)
    if len(one) == 3 or len(other) == 3 or not first or not second:
        return False
    return f" {first} " in f" {second} " or f" {second} " in f" {first} "


def _words(name: str) -> str:
    return " ".join(word for word in name.split() if word not in ("the", "a", "an"))


def _names(parties: list[str]) -> set[str]:
    return {party.casefold() for party in parties}


def _found(parties: list[Row], wanted: set[str]) -> set[str]:
    """Our parties by their codes; by their words where the gold names them so."""
    return {_called(party, wanted) for party in parties}


def _called(party: Row, wanted: set[str]) -> str:
    code, text = str(party["state"] or party["id"] or party["text"]).casefold(), party["text"].casefold()
    phrased = code not in wanted and any(same_phrase(name, text) for name in wanted)
    return text if phrased else code


def _shared(text: str, right: Row, ours: Row) -> float:
    said = right["content"] if isinstance(right["content"], list) else [right["content"]]
    starts = [(text.find(part), len(part)) for part in said]
    if any(at < 0 for at, _ in starts):
        return 0.0
    wanted = {offset for at, length in starts for offset in range(at, at + length)}
    held = {offset for part in ours["content"] for offset in range(part["start"], part["end"])}
    share = len(wanted & held) / max(len(wanted | held), 1)
    return share if 2 * len(wanted & held) >= max(len(wanted), len(held)) else 0.0


def _same_statement(text: str, right: Row, ours: Row) -> float:
    return _shared(text, right, ours) if right["kind"] == ours["kind"] else 0.0


def _same_speaker(speaker: str, ours: Row) -> bool:
    names = [party["text"] for party in ours["speaker"]] + [voice["text"] for voice in ours["attribution"]]
    wanted = speaker.casefold()
    return any(wanted in name.casefold() or name.casefold() in wanted for name in names if name)
