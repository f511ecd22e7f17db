"""Score what institutions fix on gold passages: votes, mandates, measures, terms, figures and so on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from detente.codebooks.actors import State, load_actors
from detente.scoring import Board, pair_off
from evaluation.sentences import Row, code, count, same_phrase

RECORDS = ("vote", "mandate", "measure", "agreement", "tenure", "election", "figure", "flow")

IDENTITY: dict[str, tuple[tuple[str, ...], ...]] = {
    "vote": (("body",), ("outcome",), ("draft", "tally", "veto_by")),
    "mandate": (("body", "scope"), ("state",)),
    "measure": (("sender",), ("target", "scope"), ("state",)),
    "agreement": (("parties", "title"), ("state",)),
    "tenure": (("person",), ("state", "begins", "scheduled_end", "actual_end")),
    "election": (("polity",), ("office", "held")),
    "figure": (("value", "low", "high"), ("unit", "measures")),
    "flow": (("giver",), ("taker", "good"), ("certainty",)),
}
"""Which fields make two records the same one: of every group at least one that the gold gives must agree."""

COMPARATORS = {
    "up_to": (
        "up to",
        "as many as",
        "as much as",
        "at most",
        "no more than",
        "not more than",
        "a maximum of",
    ),
    "less_than": ("less than", "fewer than", "under", "below"),
    "more_than": (
        "more than",
        "greater than",
        "over",
        "well over",
        "above",
        "exceeding",
        "at least",
        "no fewer than",
        "no less than",
        "not less than",
        "upwards of",
        "upward of",
        "a minimum of",
    ),
    "about": (
        "about",
        "around",
        "nearly",
        "almost",
        "some",
        "approximately",
        "roughly",
        "an estimated",
        "estimated",
        "close to",
        "just under",
        "just over",
        "more or less",
        "circa",
    ),
}
"""The gold's four classes of comparators and the words of the text they stand for; any other word is none."""

_SMALL = frozenset(
    (
        "a",
        "an",
        "the",
        "of",
        "on",
        "in",
        "for",
        "to",
        "and",
        "or",
        "by",
        "with",
        "from",
        "its",
        "their",
        "his",
        "her",
    )
)


def score_records(gold: Iterable[Row]) -> Board:
    """Score records: a hit is the same fact (`IDENTITY`); every field the gold gives is judged on hits."""
    board = Board()
    for passage in gold:
        wanted = passage["records"]
        found = [row for row in code(passage)["records"] if row["record"] in RECORDS]
        pairs = pair_off(wanted, found, same_fact)
        count(board, "records", wanted, found, pairs, key="kind")
        for right, ours in pairs:
            for name in right.keys() - {"kind"}:
                fits = field_fits(name, right[name], ours)
                board.judge("fields right", fits)
                board.judge(f"fields right: {right['kind']}", fits)
        if not wanted:
            board.judge("empty stays empty", not found)
    return board


def same_fact(right: Row, ours: Row) -> float:
    """How alike two records are: 0 where they are not the same fact, else the share of fields that agree."""
    if right["kind"] != ours["record"]:
        return 0.0
    given = {name: field_fits(name, value, ours) for name, value in right.items() if name != "kind"}
    for group in IDENTITY[right["kind"]]:
        asked = [given[name] for name in group if name in given]
        if asked and not any(asked):
            return 0.0
    return sum(given.values()) / len(given)


def field_fits(name: str, value: Any, ours: Row) -> bool:
    """Whether a field of ours says what the gold says: counts and dates exactly, names by words."""
    if name == "tally":
        held = ours.get("tally") or {}
        return all(held.get(side) == count for side, count in value.items())
    if name == "ballots":
        return all(
            _same_set(members, [b["member"] for b in ours["ballots"] if b["vote"] == side])
            for side, members in value.items()
        )
    if name == "results":
        return all(any(_same_result(one, other) for other in ours["results"]) for one in value)
    found = _held(name, ours)
    if isinstance(value, list):
        return _same_set(value, found or [])
    if isinstance(value, int | float):
        return found is not None and abs(float(found) - value) < 1e-6 * max(1.0, abs(value))
    if name in (
        "measures",
        "base",
        "draft",
        "scope",
        "title",
        "good",
        "lapses",
        "post",
        "office",
        "unit",
        "body",
    ):
        return _alike(value, _text(found))
    if name in ("person", "polity"):
        return _same_party(value, found)
    return bool(value == (found or ""))


def _held(name: str, ours: Row) -> Any:
    """Our value of a field as the gold names it."""
    amount = ours.get("amount") or {}
    if name == "effective" and ours["record"] == "mandate" and ours["state"] == "ended":
        # The day on which an ended mandate's end takes effect is its actual end.
        return ours.get("actual_end")
    if name == "turnout":
        return (ours.get("turnout") or {}).get("low")
    if name == "value":
        return amount.get("low") if amount.get("low") is not None else amount.get("high")
    if name == "comparator":
        word = amount.get("comparator", "")
        return next((kind for kind, words in COMPARATORS.items() if word in words), "")
    if name == "unit":
        # Ours is canonical ("km"); the words of the text hold the unit as the gold has it.
        return f"{amount.get('unit')} {amount.get('text')}".replace("$", " dollars ")
    return amount.get(name) if name in ("low", "high") else ours.get(name)


def _same_result(wanted: Row, ours: Row) -> bool:
    same = all(wanted[name] == ours[name] for name in ("won", "total", "unit") if name in wanted)
    return same and _alike(wanted["party"], ours["party"])


def _text(found: Any) -> str:
    return str(found.get("text") or "") if isinstance(found, dict) else str(found or "")


def _alike(wanted: str, found: str) -> bool:
    """Whether two phrases share at least half of the words of the shorter one that carry meaning."""
    one, other = _stems(wanted), _stems(found)
    shared = sum(any(_same_word(word, twin) for twin in other) for word in one)
    return bool(one and other) and 2 * shared >= min(len(one), len(other))


def _stems(phrase: str) -> set[str]:
    return {word for word in re.findall(r"[\w.%]+", phrase.casefold()) if word not in _SMALL}


def _same_word(one: str, other: str) -> bool:
    """Whether two words begin alike for all but an ending: "presidency" and "president"."""
    length = max(3, min(len(one), len(other)) - 3)
    return one == other or (min(len(one), len(other)) > 4 and one[:length] == other[:length])


def _same_set(wanted: list[str], found: list[Row]) -> bool:
    """Whether each party named in the gold is one of ours and none is left over."""
    left = list(found)
    for name in wanted:
        match = next((party for party in left if _same_party(name, party)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def _same_party(name: str, party: Any) -> bool:
    if party is None:
        return False
    code = state_code(name)
    if isinstance(party, str):
        return code == party
    text, known = str(party.get("text") or "").casefold(), (party.get("state"), party.get("id"))
    return bool(code and code in known) or same_phrase(name.casefold(), text) or name.casefold() == text


@cache
def state_code(name: str) -> str | None:
    """The state a name or its seat stands for; None where it names no state."""
    wanted = name.casefold().removeprefix("the ")
    return next((state.id for state in load_actors().states if wanted in _called(state)), None)


def _called(state: State) -> set[str]:
    return {word.casefold() for word in (state.name, *state.names, *state.adjectives, *state.capitals)}
