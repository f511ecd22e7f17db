"""Find elections: which office of which polity, when, turnout, and what each party won of how many seats."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Token

from detente.codebooks.institutions import cues
from detente.language.amounts import total_of
from detente.language.frames import DateMention, ParsedText, Sentence
from detente.model.actors import ActorKind
from detente.model.dates import Dated
from detente.model.institutions import Election, Seats
from detente.model.records import Amount
from detente.records.passages import (
    any_of,
    chain,
    evidence,
    is_passive,
    state_of,
    subjects,
    token_at,
    undergoers,
    wording,
)
from detente.records.posts import is_person
from detente.records.results import listed_results
from detente.records.standing import Standing, is_fact, standing
from detente.records.tenures import re_elected
from detente.records.timing import date_of, end_of

_GATE = re.compile(
    r"\belections?\b|\breferendum\b|\bseats\b|\bturnout\b|\bvoting rate\b|\brun-?off\b|by-elections?", re.I
)
_NOUN = re.compile(r"\b(?:by-)?elections?\b|\breferendum\b|\brun-?off\b", re.I)
_WON = re.compile(
    r"\b(?:won|win|wins|winning|secured?|securing|took|take|captured|gained|gain|holds?|held|got|get|garnered?|claimed)\b",
    re.I,
)
_SEATS_IN = re.compile(r"\bseats\s+in\s+(?:the\s+|its\s+)?(?P<chamber>[A-Z]\w+(?:\s[A-Z]\w+){0,3})")
_OF_THE_VOTE = re.compile(r"\s+of\s+(?:the\s+|all\s+)?(?:\w+\s+)?(?:votes?|ballots?)\b", re.I)
_BESIDE = re.compile(r"[^.;,]{0,60}?\b((?:along|together)\s+with\s+[^.;,]{3,60})", re.I)
_PROMISED = frozenset({"pledge", "promise", "demand", "call", "calls", "appeal", "proposal"})
"""Nouns of words about an election that nobody has set: "the junta's pledge to hold elections"."""
_NEARBY = 2
"""Sentences after an election's first in which its results are looked for."""


@dataclass(slots=True)
class _Told:
    polity: str | None
    office: str
    state: str
    held: Dated | None
    trigger: str
    sentences: list[Sentence]
    last: int
    results: list[Seats] = field(default_factory=list)
    turnout: Amount | None = None


class ElectionCoder:
    """Finds elections; one told over several sentences is one record."""

    name = "records.elections"

    def code(self, text: ParsedText) -> Iterable[Election]:
        """Find the elections of a text in the order they are told."""
        told: list[_Told] = []
        for index, sentence in enumerate(text.sentences):
            said = wording(text, sentence)
            if not _GATE.search(said):
                continue
            near = any(index - old.last <= _NEARBY for old in told)
            found = _election(text, index, sentence, said)
            if found is None and not near:
                found = _by_seats(text, index, sentence, said)
            if found is not None:
                twin = next((old for old in told if _same(old, found)), None)
                if twin is None:
                    told.append(found)
                else:
                    found = _joined(twin, found)
            if found is not None and not found.results:
                found.results += _filled(found, sentence, said)
            home = found or next((old for old in reversed(told) if index - old.last <= _NEARBY), None)
            if home is not None and _take_figures(home, sentence, said):
                home.last = index
                if sentence not in home.sentences:
                    home.sentences.append(sentence)
        return [_record(text, vote) for vote in told]


def _election(text: ParsedText, index: int, sentence: Sentence, said: str) -> _Told | None:
    for match in _NOUN.finditer(said):
        noun = token_at(sentence, sentence.start + match.start())
        if noun is None:
            continue
        if noun.dep_ == "compound" and noun.head.tag_.startswith("NN"):
            continue
        if noun.head.dep_ == "acl" and noun.head.head.lower_ in _PROMISED:
            continue
        office = _office(noun, said, match.start())
        polity = _polity(text, index, sentence, noun, office)
        if polity is None:
            continue
        state, when = _when(text, sentence, said, noun)
        if when is None or not state:
            continue
        return _Told(polity, office, state, when, match[0], [sentence], index)
    return None


def _by_seats(text: ParsedText, index: int, sentence: Sentence, said: str) -> _Told | None:
    """An election told by its seats alone: "fell to 51 of the 113 seats in the Diet on Saturday"."""
    match, results = _SEATS_IN.search(said), list(listed_results(said))
    days = [mention.date for mention in sentence.dates if mention.date.is_day]
    states = _states_at(sentence, None)
    if match is None or not results or len(days) != 1 or len(states) != 1:
        return None
    return _Told(states[0], match["chamber"], "held", days[0], match[0], [sentence], index, results)


def _office(noun: Token, said: str, at: int) -> str:
    before = said[max(0, at - 50) : at]
    offices = [match[0].lower() for match in any_of(cues("election")["offices"]).finditer(before)]
    if offices:
        return offices[-1]
    after = re.match(
        r"\w+\s+(?:for|of|to)\s+(?:the\s+)?(?:\w+\s+)?(National Assembly|parliament|president)", said[at:]
    )
    return after[1].lower() if after else ""


def _polity(text: ParsedText, index: int, sentence: Sentence, noun: Token, office: str) -> str | None:
    """Whose election: the state in its phrase, else the only one its sentence names, else the one before."""
    inside = {sentence.position(t) for t in noun.subtree}
    states = _states_at(sentence, inside)
    if len(states) == 1:
        return states[0]
    own = _states_at(sentence, None)
    if len(own) == 1:
        return own[0]
    if own or index == 0:
        return None
    before = text.sentences[index - 1]
    earlier = list(dict.fromkeys(s for p in before.actors if (s := state_of(p))))
    return earlier[0] if len(earlier) == 1 and before.block == sentence.block else None


def _states_at(sentence: Sentence, starts: set[int] | None) -> list[str]:
    """The states of the actors and places that start at one of the offsets; of all of them for None."""
    actors = [(p.start, state_of(p)) for p in sentence.actors]
    places = [(place.start, place.country) for place in sentence.places]
    named = (state for start, state in (*actors, *places) if state and (starts is None or start in starts))
    return list(dict.fromkeys(named))


def _when(text: ParsedText, sentence: Sentence, said: str, noun: Token) -> tuple[str, Dated | None]:
    """Whether held or still to come, and when."""
    words = cues("election")
    verb = _verb_over(noun)
    inside = _date_inside(sentence, noun)
    told_by_verb = noun.dep_ in ("nsubj", "nsubjpass", "dobj") or noun.head.lower_ in ("in", "at")
    when = inside.date if inside else date_of(sentence, verb) if verb is not None and told_by_verb else None
    if when is None and any_of(words["postponed"]).search(said):
        when = end_of(sentence)
    if when is None:
        return "", None
    if any_of(words["postponed"]).search(said):
        return "postponed", when
    ahead = _is_ahead(text, when)
    if verb is not None and (
        verb.lower_ in words["scheduled"] or standing(sentence, verb) is Standing.UNDONE
    ):
        return ("scheduled", when) if ahead is not False else ("held", when)
    if ahead is not None:
        return ("scheduled" if ahead else "held"), when
    return ("held", when) if verb is not None and verb.tag_ in ("VBD", "VBN") else ("", None)


def _is_ahead(text: ParsedText, when: Dated) -> bool | None:
    """Whether a date lies after the page; None when the page has no date or it falls in between."""
    now = text.published.lo if text.published else None
    if now is None or when.lo is None or when.hi is None:
        return None
    if when.lo > now:
        return True
    return False if when.hi <= now else None


def _verb_over(noun: Token) -> Token | None:
    node = noun
    for _ in range(6):
        if node.tag_.startswith("V"):
            return node
        if node.dep_ == "ROOT":
            return None
        node = node.head
    return None


def _date_inside(sentence: Sentence, noun: Token) -> DateMention | None:
    inside = {token.i for token in noun.subtree if not _below_verb(token, noun)}
    for mention in sentence.dates:
        token = token_at(sentence, mention.start)
        if token is not None and token.i in inside:
            return mention
    return None


def _below_verb(token: Token, noun: Token) -> bool:
    node = token
    while node.i != noun.i and node.head.i != node.i:
        if node.tag_.startswith("V") and node.dep_ == "relcl":
            return True
        node = node.head
    return False


def _same(old: _Told, new: _Told) -> bool:
    if old.polity != new.polity or (old.office and new.office and old.office != new.office):
        return False
    return old.held is None or new.held is None or old.held.overlaps(new.held)


def _joined(old: _Told, new: _Told) -> _Told:
    old.office = old.office or new.office
    return old


def _take_figures(told: _Told, sentence: Sentence, said: str) -> bool:
    """Take seats won and turnout from a sentence; say whether there were any."""
    words, before = cues("election"), (len(told.results), told.turnout)
    turnout = any_of(words["turnout"]).search(said)
    if turnout and any_of(words["partial_turnout"]).search(said[: turnout.end()]):
        # Early, postal and midday rates are figures of their own, not the turnout of the election.
        turnout = None
    named = {(one.party, one.won) for one in told.results}
    told.results += [
        one for one in listed_results(said) if (one.party, one.won) not in named and _is_result(one, sentence)
    ]
    _take_turnout(told, sentence, turnout)
    for amount in sentence.amounts:
        if amount.unit == "seats" and amount.low is not None:
            seats = _seats(sentence, said, amount)
            if seats and all(seats.won != one.won for one in told.results):
                told.results.append(seats)
        elif amount.unit == "percent" and (share := _vote_share(sentence, said, amount)):
            if all(share.won != one.won for one in told.results):
                told.results.append(share)
        elif amount.unit == "percent" and turnout and told.turnout is None:
            told.turnout = amount if _near(sentence, amount, turnout.start()) else None
    return (len(told.results), told.turnout) != before


def _is_result(one: Seats, sentence: Sentence) -> bool:
    """Whether a listed number is a result: of a party or somebody who ran, not of a state."""
    return not any(p.kind is ActorKind.STATE and p.text == one.party for p in sentence.actors)


def _take_turnout(told: _Told, sentence: Sentence, turnout: re.Match[str] | None) -> None:
    for amount in sentence.amounts:
        if amount.unit == "percent" and turnout and told.turnout is None:
            near = amount.start is not None and abs(amount.start - sentence.start - turnout.start()) <= 80
            won = {one.won for one in told.results}
            told.turnout = amount if near and amount.low not in won else told.turnout


def _filled(told: _Told, sentence: Sentence, said: str) -> list[Seats]:
    """Who won the office when the text names it: "X was re-elected in the March 15-17 election"."""
    if told.state != "held":
        return []
    persons = [party for party in sentence.actors if is_person(party)]
    named = [person for person, _, _ in re_elected(sentence, said, persons)]
    for match in any_of(cues("tenure")["elected"]).finditer(said):
        verb = token_at(sentence, sentence.start + match.start())
        if verb is not None and is_passive(verb) and is_fact(sentence, verb):
            named += [p for noun in undergoers(verb) for p in sentence.actors_of(noun) if is_person(p)]
    return [Seats(person.text, None, None, "office") for person in named[:1]]


def _vote_share(sentence: Sentence, said: str, amount: Amount) -> Seats | None:
    """Votes won: "won the election with 49 percent of the vote"."""
    start, end = (amount.start or 0) - sentence.start, (amount.end or 0) - sentence.start
    before = list(_WON.finditer(said[:start]))
    if not before or not _OF_THE_VOTE.match(said, end) or amount.low is None:
        return None
    if re.search(r";|\b(?:while|against|to|ahead|but)\b", said[before[-1].end() : start]):
        return None
    verb = token_at(sentence, sentence.start + before[-1].start())
    winner = _winner(sentence, verb) if verb is not None and verb.tag_.startswith("V") else ""
    if not winner or verb is None:
        return None
    expected = standing(sentence, verb) is Standing.UNDONE or "preliminary" in said.lower()
    return Seats(winner, amount.low, None, "percent", expected)


def _near(sentence: Sentence, amount: Amount, at: int) -> bool:
    return amount.start is not None and 0 <= amount.start - sentence.start - at <= 120


def _seats(sentence: Sentence, said: str, amount: Amount) -> Seats | None:
    at = (amount.start or 0) - sentence.start
    before = list(_WON.finditer(said[:at]))
    if not before or at - before[-1].end() > 40:
        return None
    verb = token_at(sentence, sentence.start + before[-1].start())
    if verb is None:
        return None
    expected = standing(sentence, verb) is Standing.UNDONE
    winner = _winner(sentence, verb)
    beside = _BESIDE.match(said, (amount.end or 0) - sentence.start)
    winner = f"{winner} {beside[1]}" if winner and beside else winner
    return (
        Seats(winner, amount.low, total_of(amount), "seats", expected or "preliminary" in said.lower())
        if winner
        else None
    )


def _winner(sentence: Sentence, verb: Token) -> str:
    for noun in subjects(verb):
        named = sentence.actors_of(noun)
        if named:
            return named[0].text
        left = [t for t in noun.lefts if t.dep_ in ("compound", "amod", "nmod", "poss")]
        start = left[0].i if left else noun.i
        return str(noun.doc[start : noun.i + 1].text)
    return ""


def _record(text: ParsedText, told: _Told) -> Election:
    return Election(
        evidence=evidence(text, *told.sentences),
        attribution=chain(text, told.sentences[0].start),
        trigger=told.trigger,
        decided_by=f"election:{told.state}",
        polity=told.polity,
        office=told.office,
        state=told.state,
        held=told.held,
        results=tuple(told.results),
        turnout=told.turnout,
    )
