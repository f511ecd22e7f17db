"""Read the PLOVER codebook: types with scores, contexts, and the frames that name events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from detente.codebooks.tables import Row, read_table
from detente.model.events import EventType, Status

EMBEDS = ("", "agree", "refuse", "ask", "threaten", "accuse")


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """A PLOVER type with a mode ("" for none), its score in points and the CAMEO code it usually has."""

    event_type: EventType
    mode: str
    scale: float
    cameo: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a frame on a slot: at least `actors` parties, one of `words`, or just presence.

    `absent` turns it round. `weight` is what it adds when frames that fit are compared.
    """

    slot: str
    actors: int = 0
    words: frozenset[str] = frozenset()
    absent: bool = False

    @property
    def weight(self) -> float:
        """A named word says most, then a party, then presence."""
        if self.words:
            return 1.5
        if self.slot == "joint":
            return 2.0
        return 1.25 if self.actors else 1.0


@dataclass(frozen=True, slots=True)
class Role:
    """Where a party stands: a slot, and whether possessors and adjectives inside its phrase may stand in."""

    slot: str
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of a pattern table; `actor` and `recipient` list groups of slots in order of preference."""

    id: str
    lemmas: frozenset[str]
    conditions: tuple[Condition, ...]
    event_type: EventType
    mode: str
    contexts: tuple[str, ...]
    actor: tuple[Role, ...]
    recipient: tuple[Role, ...]
    embed: str
    flags: frozenset[str]
    cameo: str

    @property
    def weight(self) -> float:
        """How much of the sentence the frame accounts for."""
        return sum(condition.weight for condition in self.conditions)


@cache
def types() -> dict[tuple[EventType, str], TypeEntry]:
    """Give every PLOVER type and mode with its score."""
    found = {}
    for row in read_table("plover_types.tsv", ("event_type", "mode", "scale", "cameo")):
        kind = _event_type(row)
        found[kind, row["mode"]] = TypeEntry(kind, row["mode"], _number(row, "scale"), row["cameo"])
    return found


@cache
def contexts() -> dict[str, tuple[str, ...]]:
    """Give the contexts a word marks, by lemma in lower case."""
    found: dict[str, tuple[str, ...]] = {}
    for row in read_table("plover_contexts.tsv", ("context", "words")):
        for word in row.many("words"):
            found[word] = (*found.get(word, ()), row["context"])
    return found


@cache
def classes() -> dict[str, frozenset[str]]:
    """Give the word classes the frames speak of, by name in capitals."""
    rows = read_table("verbs_classes.tsv", ("class", "lemmas"))
    return {row["class"]: frozenset(row.many("lemmas")) for row in rows}


@cache
def foes() -> frozenset[tuple[str, str]]:
    """Give the pairs of states between which troops and arms are no help."""
    rows = read_table("plover_foes.tsv", ("one", "other", "reason"))
    return frozenset((row["one"], row["other"]) for row in rows)


@cache
def embeddings() -> dict[tuple[str, str], tuple[str, bool]]:
    """Give what a word says of its complement: (lemma, complement) to (modality, whether it negates)."""
    found = {}
    for row in read_table("verbs_embedding.tsv", ("lemma", "complement", "modality", "polarity")):
        for lemma in row.many("lemma", "|"):
            found[lemma, row["complement"]] = (row["modality"], row["polarity"] == "neg")
    return found


@cache
def verb_frames() -> dict[str, tuple[Frame, ...]]:
    """Give the frames of each verb lemma, the weightiest first."""
    columns = (
        "lemma",
        "frame",
        "event_type",
        "mode",
        "contexts",
        "actor",
        "recipient",
        "embed",
        "flags",
        "cameo",
    )
    return _by_lemma(frame_of(row) for row in read_table("verbs_patterns.tsv", columns))


@cache
def noun_frames() -> dict[str, tuple[Frame, ...]]:
    """Give the frames of each noun lemma, the weightiest first."""
    columns = ("lemma", "frame", "event_type", "mode", "contexts", "actor", "recipient", "flags", "cameo")
    return _by_lemma(_frame(row, "") for row in read_table("verbs_nouns.tsv", columns))


def _by_lemma(frames: Iterable[Frame]) -> dict[str, tuple[Frame, ...]]:
    grouped: dict[str, list[Frame]] = {}
    for frame in frames:
        for lemma in frame.lemmas:
            grouped.setdefault(lemma, []).append(frame)
    return {lemma: tuple(sorted(found, key=lambda f: -f.weight)) for lemma, found in grouped.items()}


def frame_of(row: Row) -> Frame:
    """Read one line of the verb table; raises CodebookError with file and line when it is wrong."""
    return _frame(row, row["embed"])


def _frame(row: Row, embed: str) -> Frame:
    kind = _event_type(row)
    if (kind, row["mode"]) not in types():
        raise row.error(f"{kind} has no mode '{row['mode']}'")
    if embed not in EMBEDS:
        raise row.error(f"'{embed}' is not a kind of embedding")
    return Frame(
        id=f"{row['lemma'].split('|')[0]} {row['frame']}".strip(),
        lemmas=frozenset(row.many("lemma", "|")),
        conditions=tuple(_condition(row, part) for part in row["frame"].split()),
        event_type=kind,
        mode=row["mode"],
        contexts=row.many("contexts"),
        actor=tuple(_roles(row["actor"])),
        recipient=tuple(_roles(row["recipient"])),
        embed=embed,
        flags=frozenset(row["flags"].split()),
        cameo=row["cameo"],
    )


def _condition(row: Row, part: str) -> Condition:
    absent = part.startswith("-")
    slot, _, words = part.removeprefix("-").partition(":")
    if words:
        return Condition(slot, words=_words(row, words), absent=absent)
    name, _, actors = slot.partition("=")
    if actors and set(actors) != {"@"}:
        raise row.error(f"'{part}' is not a condition")
    return Condition(name, actors=len(actors), absent=absent)


def _words(row: Row, text: str) -> frozenset[str]:
    found: set[str] = set()
    for word in text.split("|"):
        if not word.isupper():
            found.add(word)
        elif word in classes():
            found |= classes()[word]
        else:
            raise row.error(f"no word class is called {word}")
    return frozenset(found)


def _roles(text: str) -> Iterator[Role]:
    for part in text.split("+"):
        if part:
            yield Role(part.removesuffix("*"), part.endswith("*"))


def _event_type(row: Row) -> EventType:
    try:
        return EventType(row["event_type"])
    except ValueError as err:
        raise row.error(f"'{row['event_type']}' is not a PLOVER type") from err


def _number(row: Row, column: str) -> float:
    try:
        return float(row[column])
    except ValueError as err:
        raise row.error(f"'{row[column]}' is not a number") from err


@dataclass(frozen=True, slots=True)
class Turn:
    """What an act becomes when planned, refused, asked for or threatened; mode "*" keeps the act's own."""

    event_type: EventType
    mode: str
    status: Status


@cache
def turns() -> dict[tuple[str, EventType], Turn]:
    """Give what each type becomes, by standing ("planned", "refused", "asked", "threatened") and type."""
    found = {}
    for row in read_table("plover_standing.tsv", ("what", "event_type", "becomes", "mode", "status")):
        try:
            turn = Turn(EventType(row["becomes"]), row["mode"], Status(row["status"]))
        except ValueError as err:
            raise row.error(str(err)) from err
        found[row["what"], _event_type(row)] = turn
    return found


@cache
def cue_standings() -> dict[str, str]:
    """Give what a speech cue or adverb makes of a deed: denied, alleged, presumed or left."""
    rows = read_table("plover_cues.tsv", ("standing", "lemmas"))
    return {word: row["standing"] for row in reversed(rows) for word in row.many("lemmas")}


@cache
def decisions() -> tuple[tuple[str, str, str], ...]:
    """Give the hard cases: case, decision and reason, in the order the documentation prints them."""
    rows = read_table("plover_decisions.tsv", ("case", "decision", "reason"))
    return tuple((row["case"], row["decision"], row["reason"]) for row in rows)
