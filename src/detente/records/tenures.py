"""Find who holds a post, since when, until when it is to last and when it really ended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from detente.codebooks.actors import load_actors
from detente.codebooks.institutions import cues
from detente.language.frames import ParsedText, Sentence
from detente.model.actors import Party
from detente.model.dates import Dated
from detente.model.institutions import Tenure
from detente.records.incumbents import informs, is_past
from detente.records.passages import (
    any_of,
    chain,
    doers,
    evidence,
    is_passive,
    prepositional,
    state_of,
    states_of,
    token_at,
    undergoers,
    wording,
)
from detente.records.posts import Post, held_post, is_person, post_of, titled
from detente.records.standing import is_fact
from detente.records.timing import date_of, end_of, lone_day, start_of

_TERM = re.compile(r"\b(?:term|tenure|presidency|premiership)\b(?:\s+(?:of|in)\s+office)?", re.I)
_TERM_TO_DATE = re.compile(
    r"^[\s,]*(?:(?:which|that|is|was|will|would|had been|due|set|scheduled|to|originally)\s+)*"
    r"(?:ends?|ending|ended|expires?|expiring|expired|runs?|lasting|last|finish\w*)?\s*(?:in|on|until|till|through|to)\s+(?:the\s+end\s+of\s+)?$",
    re.I,
)
_RE_ELECTED = re.compile(
    r"\bre-?\s?elected\b|\bwon\s+(?:re-?election|(?:a|his|her)\s+(?:second|third|fourth|fifth|sixth|new)\s+(?:\w+\s+)?term)\b",
    re.I,
)
_WON_OFFICE = re.compile(r"\bwon\b[^.;,]{0,40}?\bpresidential\s+(?:election|race|vote|run-?off)\b", re.I)
_PLAIN = re.compile(
    r"(?:[\s,]|\b(?:was|were|also|has|had|been|is|then|comfortably|easily|narrowly|who|to|recently|just)\b)*",
    re.I,
)
_TAKES = (
    "took office",
    "takes office",
    "took power",
    "assumed office",
    "became",
    "becomes",
    "takes over as",
    "took over as",
    "ceased to be",
)
_NEEDS_TITLE = frozenset(
    {"elected", "named", "names", "installed", "quit", "quits", "appointed", "appoints", "appoint"}
) | {"became", "becomes", "removed", "remove", "stripped", "gave up", "succeeded", "replaced", "fired"}
"""Verbs of anything: of an office only with a title or an office beside them."""
_FOLLOWING = frozenset({"succeeded", "replaced", "succeeds", "replaces"})
_CHANGES = ("elected", "appointed", "resigned", "removed")


_TITLES = "|".join(sorted(map(re.escape, load_actors().titles), key=len, reverse=True))
_SINCE = re.compile(
    rf"\b(?:(?P<title>(?i:{_TITLES}))(?:\s+of\s+[A-Z][\w\s]{{2,40}}?)?|in\s+(?:the|this|that)\s+(?:post|office|job)"
    rf"|in\s+(?:office|power))\s+since\s+$"
)
_AS_UNTIL = re.compile(
    rf"\bas\s+(?:the\s+)?(?P<title>(?i:{_TITLES}))(?:\s+of\s+[A-Z][\w\s]{{2,40}}?)?\s+(?:until|till|through)\s+$"
)
_BESIDE_NAME = 60
"""Code points between a name and the post it has held since a day."""


@dataclass(slots=True)
class _Told:
    person: Party
    trigger: str
    at: int
    state: str = ""
    post: Post | None = None
    begins: Dated | None = None
    scheduled_end: Dated | None = None
    actual_end: Dated | None = None


class TenureCoder:
    """Finds tenures: changes in office, terms, and holders where the text tells more than the codebook.

    A title worn before a well-known name tells nothing; who holds a post is kept once in a text.
    """

    name = "records.tenures"

    def code(self, text: ParsedText) -> Iterable[Tenure]:
        """Find tenures in text order."""
        posts: dict[str, Post] = {}
        held: set[tuple[str, str, bool]] = set()
        for sentence in text.sentences:
            persons = [party for party in sentence.actors if is_person(party)]
            if not persons:
                continue
            said = wording(text, sentence)
            told = _changes(text, sentence, said, persons)
            for person in persons:
                post = post_of(text, sentence, person)
                if post is None:
                    continue
                posts.setdefault(person.label, post)
                if person.label in told:
                    told[person.label].post = told[person.label].post or post
                    continue
                key = (person.label, post.name, post.former)
                if key not in held and (post.former or informs(text, sentence, person, post)):
                    held.add(key)
                    state = "former" if post.former else "holds"
                    told[person.label] = _Told(person, post.words, person.start or 0, state, post)
            for one in told.values():
                one.post = one.post or posts.get(one.person.label)
                record = _record(text, sentence, one)
                if record is not None:
                    yield record


def _changes(text: ParsedText, sentence: Sentence, said: str, persons: list[Party]) -> dict[str, _Told]:
    """What a sentence says of terms and changes in office, one entry a person."""
    told: dict[str, _Told] = {}
    for found in (
        *_until(sentence, said, persons),
        *_terms(sentence, said, persons),
        *_verbs(sentence, said, persons),
    ):
        old = told.setdefault(found.person.label, found)
        if old is not found:
            old.state = found.state or old.state
            old.begins = old.begins or found.begins
            old.scheduled_end = old.scheduled_end or found.scheduled_end
            old.actual_end = old.actual_end or found.actual_end
            if old.actual_end and old.scheduled_end and old.actual_end.edtf == old.scheduled_end.edtf:
                # "Removed from the presidency on Friday" tells when it ended, not when it was to end.
                old.scheduled_end = None
    return told


def _until(sentence: Sentence, said: str, persons: list[Party]) -> Iterator[_Told]:
    """Find ends of power: "will be in power until January 2025"."""
    yield from _held_since(sentence, said, persons)
    for match in any_of(cues("tenure")["until"]).finditer(said):
        after = sentence.start + match.end()
        date = next((d.date for d in sentence.dates if after - 8 <= d.start <= after + 16), None)
        person = _person_before(persons, sentence.start + match.start())
        verb = token_at(sentence, sentence.start + match.start())
        if date and person and verb is not None:
            yield _Told(person, match[0], sentence.start + match.start(), "holds", scheduled_end=date)


def _held_since(sentence: Sentence, said: str, persons: list[Party]) -> Iterator[_Told]:
    """Find since when and until when a post is held: "president since 2006", "as head until July"."""
    for mention in sentence.dates:
        before = said[: mention.start - sentence.start]
        since, until = _SINCE.search(before), _AS_UNTIL.search(before)
        match = since or until
        person = _person_before(persons, sentence.start + match.start()) if match else None
        if match is None or person is None or person.end is None:
            continue
        if match.start() - (person.end - sentence.start) > _BESIDE_NAME and since:
            continue
        verb = token_at(sentence, sentence.start + match.start())
        post = titled(person, match["title"].lower(), None) if match["title"] else None
        if verb is not None:
            begins, ends = (mention.date, None) if since else (None, mention.date)
            yield _Told(person, match[0].strip(), sentence.start + match.start(), "holds", post, begins, ends)


def _terms(sentence: Sentence, said: str, persons: list[Party]) -> Iterator[_Told]:
    """Find ends of terms: "his term, which ends in May 2027"."""
    for match in _TERM.finditer(said):
        after = sentence.start + match.end()
        date = next((d for d in sentence.dates if after < d.start <= after + 60), None)
        person = _person_before(persons, sentence.start + match.start())
        if date is None or person is None:
            continue
        between = said[match.end() : date.start - sentence.start]
        if _TERM_TO_DATE.search(between) or (
            date.text.lower().startswith(("until", "in ")) and len(between) < 3
        ):
            yield _Told(person, match[0], sentence.start + match.start(), "holds", scheduled_end=date.date)


def _person_before(persons: list[Party], at: int) -> Party | None:
    before = [person for person in persons if person.start is not None and person.start < at]
    return before[-1] if before else None


def re_elected(sentence: Sentence, said: str, persons: list[Party]) -> Iterator[tuple[Party, str, int]]:
    """Who is told to have been re-elected: the person, the words that say so and where they stand."""
    for match in _RE_ELECTED.finditer(said):
        at = sentence.start + match.start()
        verb, person = token_at(sentence, at), _person_before(persons, at)
        between = said[person.end - sentence.start : match.start()] if person and person.end else ""
        if person and verb is not None and is_fact(sentence, verb) and _PLAIN.fullmatch(between):
            yield person, match[0], at


def _verbs(sentence: Sentence, said: str, persons: list[Party]) -> Iterator[_Told]:
    words = cues("tenure")
    yield from (_Told(p, cue, at, "re-elected") for p, cue, at in re_elected(sentence, said, persons))
    for match in _WON_OFFICE.finditer(said):
        at = sentence.start + match.start()
        verb = token_at(sentence, at)
        if verb is not None and is_fact(sentence, verb):
            winners = [party for party in doers(sentence, verb) if is_person(party)]
            yield from (_Told(p, match[0], at, "elected", titled(p, "president", None)) for p in winners)
    for state in _CHANGES:
        for match in any_of(words[state]).finditer(said):
            if state == "elected" and re.search(r"\bre-?\s?$", said[: match.start()], re.I):
                continue
            yield from _changed(sentence, token_at(sentence, sentence.start + match.start()), state, match)


def _changed(sentence: Sentence, verb: Token | None, state: str, match: re.Match[str]) -> Iterator[_Told]:
    if verb is None or not verb.tag_.startswith("V") or not is_fact(sentence, verb):
        return
    nouns_do = state == "resigned" or match[0].lower() in _TAKES or "won" in match[0].lower()
    if verb.lower_ in _FOLLOWING:
        yield from _followed(sentence, verb, match)
        return
    if nouns_do and not is_passive(verb):
        persons: Iterable[Party] = doers(sentence, verb)
    elif nouns_do:
        return
    else:
        persons = [party for noun in undergoers(verb) for party in sentence.actors_of(noun)]
    title = _title_under(verb) or _office_under(verb)
    if match[0].lower() in _NEEDS_TITLE and not title and not _leaves_office(verb):
        return
    when = start_of(sentence) or date_of(sentence, verb) or lone_day(sentence, verb)
    ends = end_of(sentence)
    for person in persons:
        if not is_person(person):
            continue
        starts = state in ("appointed", "elected", "re-elected")
        post = titled(person, title, None) if title else None
        gone = when if state in ("resigned", "removed") else None
        begins = when if state == "appointed" or (starts and start_of(sentence)) else None
        until = ends if starts else None
        yield _Told(person, match[0], sentence.position(verb), state, post, begins, until, gone)


def _followed(sentence: Sentence, verb: Token, match: re.Match[str]) -> Iterator[_Told]:
    """Who came and who went: "Keir Starmer succeeded Rishi Sunak as prime minister on Friday"."""
    title = _title_under(verb) or _office_under(verb)
    if not title:
        return
    when, at = date_of(sentence, verb) or lone_day(sentence, verb), sentence.position(verb)
    came = doers(sentence, verb)
    went = [party for noun in undergoers(verb) for party in sentence.actors_of(noun)]
    for person in filter(is_person, came):
        yield _Told(person, match[0], at, "appointed", titled(person, title, None), when)
    for person in filter(is_person, went):
        yield _Told(person, match[0], at, "former", titled(person, title, None), None, None, when)


def _leaves_office(verb: Token) -> bool:
    """Whether somebody is removed "from office" or "from power", whatever the office is."""
    return any(noun.lower_ in ("office", "power") for noun in prepositional(verb, "from", "of"))


def _office_under(verb: Token) -> str:
    """The title of the office named by its power: "removed from the presidency"."""
    words = {token.lower_ for token in verb.subtree if token.i > verb.i}
    pairs = (entry.split(":") for entry in cues("tenure")["offices"])
    return next((title for office, title in pairs if office in words), "")


def _title_under(verb: Token) -> str:
    """The longest title in what follows a verb: "was named secretary of state"."""
    titles = load_actors().titles
    words = [token.lower_ for token in verb.subtree if token.i > verb.i]
    runs = (" ".join(words[i : i + n]) for n in (5, 4, 3, 2, 1) for i in range(len(words)))
    return next((run for run in runs if run in titles), "")


def _record(text: ParsedText, sentence: Sentence, told: _Told) -> Tenure | None:
    when = told.actual_end or told.begins or text.published
    post = told.post.name if told.post else held_post(told.person, when.lo if when else None)
    polity = told.post.polity if told.post and told.post.polity else state_of(told.person)
    if polity is None and told.state not in ("holds", "former"):
        # Who is sworn in is so in the one state that the sentence is about.
        places = {place.country for place in sentence.places if place.country}
        states = states_of(sentence.actors) | places
        polity = next(iter(states)) if len(states) == 1 else None
    if not post or not (polity or told.person.id):
        return None
    if told.state == "holds" and is_past(text, told.person):
        told.state = "former"
    return Tenure(
        evidence=evidence(text, sentence),
        attribution=chain(text, told.at),
        trigger=told.trigger,
        decided_by=f"tenure:{told.state}",
        person=told.person,
        post=post,
        polity=polity,
        state=told.state,
        begins=told.begins,
        scheduled_end=told.scheduled_end,
        actual_end=told.actual_end,
    )
