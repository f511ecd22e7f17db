"""Read the post a text gives to a person: "former US President X", "X, foreign minister of Y"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from detente.codebooks.actors import load_actors
from detente.codebooks.institutions import cues
from detente.language.frames import ParsedText, Sentence
from detente.model.actors import ActorKind, Party, Rank
from detente.records.passages import state_of

_KEPT = frozenset(
    {Rank.LEADER, Rank.MINISTER, Rank.GOVERNMENT, Rank.OFFICIAL, Rank.MILITARY, Rank.LEGISLATOR}
)
_OF_STATE = re.compile(
    r"\b(?:State Affairs|Republic|Federation|States|Kingdom|Council of Ministers|Cabinet|Emirates)\b"
)
_TRAILING = re.compile(r"(?:\s+(?:of|the|and|for)|[\s.,])+$")
_MOURNED = re.compile(r"\b(?:death|passing|demise|funeral|loss)\s+(?:away\s+)?of\s[^,.;]*$", re.I)
_NAME = r"[A-Z][\w.’'-]*"


@dataclass(frozen=True, slots=True)
class Post:
    """A post as the text gives it: its codebook name, the title's words, the polity, whether it is past."""

    name: str
    words: str
    polity: str | None
    former: bool


def post_of(text: ParsedText, sentence: Sentence, person: Party) -> Post | None:
    """The post a text gives a person right before or right after the name; None when it gives none."""
    if person.start is None or person.end is None:
        return None
    whole = text.rendition.text
    before, after = whole[sentence.start : person.start], whole[person.end : sentence.end]
    post = _from_title(before, person) or _from_apposition(sentence, after, person)
    # Who is mourned held the post until then.
    return replace(post, former=True) if post and _MOURNED.search(before[-60:]) else post


def _from_title(before: str, person: Party) -> Post | None:
    match = _before().search(before)
    if match is None:
        return None
    nation = (match["nation"] or match["of"] or "").strip()
    polity = _state_named(re.split(r"[’']s\s", nation)[0]) or (person.state if not nation else None)
    return _post(person, match, polity, match["of"] or "")


def _from_apposition(sentence: Sentence, after: str, person: Party) -> Post | None:
    match = _after().match(after)
    if match is None:
        return None
    owner = (match["owner"] or match["nation"] or match["of"] or "").strip()
    polity = _state_named(owner)
    if polity is None and person.end is not None:
        start, end = person.end + match.start("title"), person.end + match.end()
        inside = [p for p in sentence.actors if p.start is not None and p.end and start < p.end <= end + 40]
        inside = [p for p in inside if p.start is not None and p.start < end]
        polity = next(
            (p.state for p in inside if p.state and p.id != person.id), person.state if not owner else None
        )
    return _post(person, match, polity, owner)


def _post(person: Party, match: re.Match[str], polity: str | None, owner: str) -> Post | None:
    title, time = match["title"], match["time"]
    known = load_actors().titles.get(" ".join(title.lower().split()))
    if known is None or known.rank not in _KEPT:
        return None
    former = bool(time and time.strip(" -").lower() in cues("tenure")["past"])
    words = " ".join(title.lower().split())
    held = (tenure.post for tenure in load_actors().tenures_of.get(person.id or "", ()))
    on_record = next((post for post in held if post in known.posts), "")
    if not on_record and owner and _state_named(owner) is None and not _OF_STATE.search(owner):
        # A post in an institute or a province counts only for a person the codebook knows.
        if person.id is None:
            return None
        return Post(f"{words} of {_TRAILING.sub('', owner)}", title, polity, former)
    return Post(on_record or words.replace(" ", "-"), title, polity, former)


def _state_named(words: str) -> str | None:
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
    return "|".join(sorted(map(re.escape, words["past"] | words["present"]), key=len, reverse=True))


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
