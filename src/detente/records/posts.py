"""Read the post a text gives to a person: "former US President X", "X, foreign minister of Y"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from detente.codebooks.actors import load_actors
from detente.codebooks.institutions import cues
from detente.language.frames import ParsedText, Sentence
from detente.model.actors import ActorKind, Party, Rank
from detente.records.passages import any_of, state_of, token_at

_KEPT = frozenset(
    {Rank.LEADER, Rank.MINISTER, Rank.GOVERNMENT, Rank.OFFICIAL, Rank.MILITARY, Rank.LEGISLATOR}
)
_OF_STATE = re.compile(
    r"\b(?:State Affairs|Republic|Federation|States|Kingdom|Council of Ministers|Cabinet|Emirates)\b"
)
_STATE_AT_END = re.compile(
    r"\s+of\s+(?:the\s+)?(?=(?:[A-Z][\w']*\s+){0,3}(?:Republic|Federation|Kingdom|States)\b)"
)
_TRAILING = re.compile(r"(?:\s+(?:of|the|and|for)|[\s.,])+$")
_OF_PHRASE = re.compile(r"\s+(?:away\s+)?(?:of|to|for)\s[^.;]*$")
_ENDED = re.compile(
    r"\s*,?\s*(?:from\s+\d|until|between\s+\d|in\s+the\s|during|under|at\s+(?:the|that)\s+time)\b", re.I
)
_NAME = r"[A-Z][\w.’'-]*"


@dataclass(frozen=True, slots=True)
class Post:
    """A post as the text gives it: its codebook name, the title's words, the polity, whether it is past.

    `told` when the text goes out of its way to say who holds it ("X, foreign minister of Y", "the new
    president, X", "incumbent President X"); False for a title worn before a name ("President X").
    `named` when the text itself names the polity; `shared` when several persons hold such a post at once.
    """

    name: str
    words: str
    polity: str | None
    former: bool
    told: bool = False
    named: bool = False
    shared: bool = False


def post_of(text: ParsedText, sentence: Sentence, person: Party) -> Post | None:
    """The post a text gives a person right before or right after the name; None when it gives none.

    None too for the mourned and commemorated ("the statue of President X"), who may be long dead.
    """
    if person.start is None or person.end is None:
        return None
    whole = text.rendition.text
    before, after = whole[sentence.start : person.start], whole[person.end : sentence.end]
    if _is_commemorated(before):
        return None
    return _from_title(sentence, before, person) or _from_apposition(sentence, after, person)


def _is_commemorated(before: str) -> bool:
    """Whether a name stands in the phrase of a monument, a death or an anniversary."""
    found = list(any_of(cues("tenure")["commemorated"]).finditer(before[-120:]))
    return bool(found) and _OF_PHRASE.match(before[-120:][found[-1].end() :]) is not None


def _from_title(sentence: Sentence, before: str, person: Party) -> Post | None:
    match = _before().search(before)
    if match is None or _is_half(sentence, match.start("title")):
        return None
    beside = match[0].rstrip().endswith(",")
    if beside and _is_anothers(sentence, match.start()):
        return None
    nation = (match["nation"] or match["of"] or "").strip()
    named = state_named(re.split(r"[’']s\s", nation)[0])
    polity = named or (person.state if not nation else None)
    return _post(person, match, polity, match["of"] or "", beside=beside, named=bool(named))


def _is_half(sentence: Sentence, at: int) -> bool:
    """Whether the words are but the end of a longer title: "party chief", "deputy head"."""
    title = token_at(sentence, sentence.start + at)
    if title is None or title.i == sentence.span.start:
        return False
    before = title.nbor(-1)
    if before.lower_ in cues("tenure")["lesser"]:
        return True
    return before.dep_ == "compound" and before.tag_ in ("NN", "NNS")


def _is_anothers(sentence: Sentence, at: int) -> bool:
    """Whether a title stands right after somebody else's name: "X, chief of the general staff, Y and Z"."""
    ahead = sentence.span.text[:at].rstrip(" ,").removesuffix("the").rstrip(" ,")
    end = sentence.start + len(ahead)
    return any(is_person(party) and party.end == end for party in sentence.actors)


def _from_apposition(sentence: Sentence, after: str, person: Party) -> Post | None:
    match = _after().match(after)
    if match is None:
        return None
    owner = (match["owner"] or match["nation"] or match["of"] or "").strip()
    polity = state_named(owner)
    if polity is None and person.end is not None:
        start, end = person.end + match.start("title"), person.end + match.end()
        inside = [p for p in sentence.actors if p.start is not None and p.end and start < p.end <= end + 40]
        inside = [p for p in inside if p.start is not None and p.start < end]
        polity = next(
            (p.state for p in inside if p.state and p.id != person.id), person.state if not owner else None
        )
    if _ENDED.match(after[match.end() :]):
        return None
    return _post(person, match, polity, owner, beside=True, named=bool(owner and polity))


def _post(
    person: Party, match: re.Match[str], polity: str | None, owner: str, *, beside: bool, named: bool
) -> Post | None:
    title, time = match["title"], (match["time"] or "").strip(" -").lower()
    known = load_actors().titles.get(" ".join(title.lower().split()))
    if known is None or known.rank not in _KEPT or time in cues("tenure")["unsure"]:
        return None
    if known.many and known.rank is Rank.MILITARY:
        return None
    former = time in cues("tenure")["past"]
    told = beside or time in cues("tenure")["present"]
    words = " ".join(title.lower().split())
    held = (tenure.post for tenure in load_actors().tenures_of.get(person.id or "", ()))
    on_record = next((post for post in held if post in known.posts), "")
    if not on_record and words in cues("tenure")["generic"]:
        # "Minister" alone is no post: it takes the field it is of.
        field = _TRAILING.sub("", _STATE_AT_END.split(owner)[0]) if owner else ""
        if not field or state_named(field) or (person.id is None and not _OF_STATE.search(owner)):
            return None
        return Post(f"{words} of {field}", title, polity, former, told, named)
    if not on_record and owner and state_named(owner) is None and not _OF_STATE.search(owner):
        # A post in an institute or a province counts only for a person the codebook knows.
        if person.id is None:
            return None
        return Post(f"{words} of {_TRAILING.sub('', owner)}", title, polity, former, told, named, known.many)
    return Post(on_record or words.replace(" ", "-"), title, polity, former, told, named, known.many)


def state_named(words: str) -> str | None:
    """The state a name, adjective or possessive in running text names; None where it names none."""
    bare = re.sub(r"(?:[’']s?|\bthe\b)\s*$", "", words.strip()).strip()
    return _states().get(re.sub(r"^(?:the|The)\s+", "", bare)) if bare else None


@cache
def _states() -> dict[str, str]:
    return {
        name: state.id
        for state in load_actors().states
        for name in (state.name, *state.names, *state.adjectives)
    }


@cache
def _titles() -> str:
    titles = sorted(load_actors().titles, key=len, reverse=True)
    return "|".join(re.escape(title).replace(r"\ ", r"\s+") for title in titles)


@cache
def _times() -> str:
    words = cues("tenure")
    return "|".join(
        sorted(map(re.escape, words["past"] | words["present"] | words["unsure"]), key=len, reverse=True)
    )


@cache
def _before() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b(?P<time>(?i:{_times()}))[\s-]+)?(?:\b(?P<nation>{_NAME}(?:\s{_NAME}){{0,2}}?)\s+)??"
        rf"(?<![\w-])(?i:(?P<title>{_titles()}))"
        rf"(?:\s+of\s+(?:the\s+)?(?P<of>{_NAME}(?:\s{_NAME}){{0,3}}(?:[’']s\s[a-z][a-z ]{{3,50}})?))?,?\s+$"
    )


@cache
def _after() -> re.Pattern[str]:
    return re.compile(
        rf",\s+(?:the\s+|a\s+)?(?:(?P<owner>{_NAME}(?:\s{_NAME}){{0,2}}?)[’']s\s+)?"
        rf"(?:(?P<time>(?i:{_times()}))[\s-]+)?(?:(?P<nation>{_NAME}(?:\s{_NAME}){{0,2}}?)\s+)??"
        rf"(?i:(?P<title>{_titles()}))(?:\s+(?:of|for|to)\s+(?:the\s+)?(?P<of>{_NAME}(?:\s(?:of|the|and|for|{_NAME})){{0,14}}))?"
        rf"(?=\s*[,.;)(]|\s+[a-z]|\s*$)"
    )


def held_post(person: Party, on: date | None) -> str:
    """The post the codebook says the person held on a day; "" when it says none or the day is unknown."""
    for tenure in load_actors().tenures_of.get(person.id or "", ()):
        if on is not None and tenure.covers(on):
            return tenure.post
    return ""


def titled(person: Party, title: str, polity: str | None) -> Post | None:
    """The post a title names for a person: "was elected president"."""
    known = load_actors().titles.get(title)
    return Post(title.replace(" ", "-"), title, polity or state_of(person), False) if known else None


def is_person(party: Party) -> bool:
    """Whether a party is a person the text names."""
    return party.kind is ActorKind.PERSON and party.text[:1].isupper()
