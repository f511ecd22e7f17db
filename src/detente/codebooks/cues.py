"""The words that say somebody says so, from `cues.tsv`, `cue_nouns.tsv`, `cue_forms.tsv` and `voices.tsv`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from detente.codebooks.tables import Row, read_table
from detente.model.actors import ActorKind, Rank
from detente.model.statements import StatementKind

STRENGTHS = ("word", "mind", "stance", "finding")
CLASSES = ("noun", "adjective")
_CLAUSAL = frozenset({"clause", "quote", "inf", "object", "name", "as", "person-inf", "seeming"})
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that attributes: its lemma, what it takes as content, and the kind of statement it makes.

    `prepositions` are those whose complement is what is said. `particle` is the second word of a phrasal
    verb, "" for the rest. `strength`: an act of speech ("word"), a thought ("mind"), an attitude the page
    reports ("stance"), or what a document shows ("finding").
    """

    lemma: str
    frames: frozenset[str]
    prepositions: frozenset[str]
    kind: StatementKind
    strength: str = "word"
    particle: str = ""


@dataclass(frozen=True, slots=True)
class VoiceWord:
    """A word that names a voice ("analyst", "report"): its rank and what it is."""

    rank: Rank
    kind: ActorKind


@cache
def verb_cues() -> Mapping[str, tuple[Cue, ...]]:
    """Every cue verb by each of its lower-case forms; phrasal verbs come first."""
    irregular = {
        row["lemma"]: row["forms"].split() for row in read_table("cue_forms.tsv", ("lemma", "forms"))
    }
    found: dict[str, list[Cue]] = defaultdict(list)
    for row in read_table("cues.tsv", ("lemma", "frames", "kind", "strength")):
        verb, _, particle = row["lemma"].partition(" ")
        cue = _cue(row, row["lemma"], row["strength"], particle)
        for form in inflect(verb, irregular.get(verb, [])):
            found[form].append(cue)
    ordered = {form: tuple(sorted(cues, key=lambda cue: not cue.particle)) for form, cues in found.items()}
    return MappingProxyType(ordered)


@cache
def noun_cues() -> Mapping[str, Cue]:
    """Every cue noun by its lower-case singular and plural."""
    found: dict[str, Cue] = {}
    for row in _nouns("noun"):
        cue = _cue(row, row["word"], "word", "")
        found[row["word"]] = found[_plural(row["word"])] = cue
    return MappingProxyType(found)


@cache
def adjective_cues() -> Mapping[str, Cue]:
    """Every cue adjective by its lower-case form."""
    found = {row["word"]: _cue(row, row["word"], "mind", "") for row in _nouns("adjective")}
    return MappingProxyType(found)


@cache
def voice_words() -> Mapping[str, VoiceWord]:
    """Every word for a voice by its lower-case singular and plural."""
    found: dict[str, VoiceWord] = {}
    for row in read_table("voices.tsv", ("word", "rank", "kind")):
        try:
            voice = VoiceWord(Rank(row["rank"]), ActorKind(row["kind"]))
        except ValueError as err:
            raise row.error(str(err)) from err
        found[row["word"]] = voice
        found.setdefault(_plural(row["word"]), voice)
    return MappingProxyType(found)


@cache
def courtesies() -> Mapping[str, str]:
    """What is expressed out of courtesy or feeling, by its word: "courtesy" or "feeling"."""
    found: dict[str, str] = {}
    for row in read_table("cue_courtesies.tsv", ("word", "kind")):
        if row["kind"] not in ("courtesy", "feeling"):
            raise row.error("kind must be courtesy or feeling")
        found[row["word"]] = row["kind"]
    return MappingProxyType(found)


@cache
def labels() -> Mapping[str, StatementKind]:
    """The kind of statement that calling something by a word makes."""
    found: dict[str, StatementKind] = {}
    for row in read_table("cue_labels.tsv", ("word", "kind")):
        try:
            found[row["word"]] = StatementKind(row["kind"])
        except ValueError as err:
            raise row.error(str(err)) from err
    return MappingProxyType(found)


def inflect(verb: str, irregular: list[str]) -> set[str]:
    """Give the forms of a verb: its base, -s, and the irregular or else regular past and participle.

    >>> sorted(inflect("deny", []))
    ['denied', 'denies', 'deny', 'denying']
    """
    soft_y = verb.endswith("y") and verb[-2] not in _VOWELS
    stem = verb[:-1] + "i" if soft_y else verb
    hissing = soft_y or verb.endswith(("s", "sh", "ch", "x", "z"))
    forms = {verb, stem + ("es" if hissing else "s")}
    open_stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    past = verb + "d" if verb.endswith("e") else stem + "ed"
    forms |= set(irregular) if irregular else {past}
    if not any(form.endswith("ing") for form in irregular):
        forms.add(open_stem + "ing")
    return forms


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith("man"):
        return noun[:-3] + "men"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")


def _nouns(wanted: str) -> list[Row]:
    rows = read_table("cue_nouns.tsv", ("word", "class", "frames", "kind"))
    for row in rows:
        if row["class"] not in CLASSES:
            raise row.error(f"class must be one of {', '.join(CLASSES)}")
    return [row for row in rows if row["class"] == wanted]


def _cue(row: Row, lemma: str, strength: str, particle: str) -> Cue:
    if strength not in STRENGTHS:
        raise row.error(f"strength must be one of {', '.join(STRENGTHS)}")
    try:
        kind = StatementKind(row["kind"])
    except ValueError as err:
        raise row.error(str(err)) from err
    frames = frozenset(row["frames"].split())
    return Cue(lemma, frames & _CLAUSAL, frames - _CLAUSAL, kind, strength, particle)
