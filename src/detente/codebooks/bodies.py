"""The bodies that vote and the rules they vote by, from `bodies.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from detente.errors import CodebookError

FILE = "bodies.toml"
BASES = ("members", "present", "cast")


@dataclass(frozen=True, slots=True)
class VotingRule:
    """When a draft is adopted: a number of `votes`, or a `share` of members, those present or votes cast.

    `over` is true when the share must be exceeded ("more than half"), false when reaching it is enough.
    """

    name: str
    votes: int | None = None
    share: tuple[int, int] | None = None
    over: bool = True
    of: str = ""
    veto: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A body with its names, the number of its members (None: not fixed) and its rules."""

    id: str
    name: str
    names: tuple[str, ...]
    short: tuple[str, ...]
    rules: tuple[VotingRule, ...]
    members: int | None = None
    state: str | None = None

    def rule_for(self, passage: str) -> VotingRule:
        """Choose the rule by the words of the passage; the one without such words where none stands there."""
        lowered = passage.lower()
        for rule in self.rules:
            if any(word.lower() in lowered for word in rule.when):
                return rule
        return next(rule for rule in self.rules if not rule.when)


@cache
def bodies() -> tuple[Body, ...]:
    """Every body, in the order of the file; raises CodebookError naming the body that is wrong."""
    try:
        text = files("detente.codebooks").joinpath(FILE).read_text(encoding="utf-8")
    except OSError as err:
        raise CodebookError(f"{FILE}: {err}") from err
    return parse_bodies(text)


def parse_bodies(text: str) -> tuple[Body, ...]:
    """Read bodies from the text of a codebook file."""
    try:
        entries = tomllib.loads(text).get("body", [])
    except tomllib.TOMLDecodeError as err:
        raise CodebookError(f"{FILE}: {err}") from err
    return tuple(_body(entry) for entry in entries)


@cache
def body_by_id() -> Mapping[str, Body]:
    """Every body by its id."""
    return {body.id: body for body in bodies()}


def _body(entry: Mapping[str, Any]) -> Body:
    try:
        rules = tuple(_rule(rule) for rule in entry["rules"])
        body = Body(
            entry["id"],
            entry["name"],
            tuple(entry["names"]),
            tuple(entry["short"]),
            rules,
            entry.get("members"),
            entry.get("state"),
        )
    except (KeyError, TypeError, ValueError) as err:
        raise CodebookError(f"{FILE}: body '{entry.get('id', '?')}': {err}") from err
    if not any(not rule.when for rule in rules):
        raise CodebookError(f"{FILE}: body '{body.id}': one rule must stand without `when`")
    return body


def _rule(entry: Mapping[str, Any]) -> VotingRule:
    share, of = entry.get("share"), entry.get("of", "")
    if share is None and "votes" not in entry:
        raise ValueError(f"rule '{entry['name']}' needs `votes` or `share`")
    if share is not None and of not in BASES:
        raise ValueError(f"rule '{entry['name']}': `of` must be one of {', '.join(BASES)}")
    parts = tuple(int(part) for part in share.split("/")) if share else None
    return VotingRule(
        entry["name"],
        entry.get("votes"),
        (parts[0], parts[1]) if parts else None,
        share == "1/2",
        of,
        tuple(entry.get("veto", ())),
        tuple(entry.get("when", ())),
        entry.get("source", ""),
    )
