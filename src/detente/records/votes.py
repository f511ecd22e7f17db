"""Find votes of bodies: on what, how many for and against, who cast which ballot, what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from detente.codebooks.bodies import Body, body_by_id
from detente.codebooks.institutions import cues
from detente.language.frames import ParsedText, Sentence
from detente.model.actors import Party
from detente.model.dates import Dated
from detente.model.institutions import Ballot, Tally, Vote
from detente.records.chambers import (
    as_party,
    body_after,
    body_near,
    body_of,
    named_bodies,
    permanent_members,
)
from detente.records.passages import (
    any_of,
    chain,
    conjuncts,
    distinct,
    doers,
    evidence,
    is_passive,
    parties_of,
    phrase,
    prepositional,
    state_of,
    subjects,
    token_at,
    undergoers,
    wording,
)
from detente.records.rules import check_vote, outcome_by_rule
from detente.records.standing import is_fact
from detente.records.tallies import completed, join_tallies, read_ballots, read_tally, turned
from detente.records.timing import date_of, lone_day

__all__ = ["VoteCoder", "check_vote"]

_GATE = re.compile(
    r"\b(?:veto|vot(?:e|ed|es|ing)\b|abst(?:ain|ention)|adopt|unanimous|in favou?r"
    r"|ballot|pass(?:ed|es)\b|reject|approved|impeach|carried|decided|\bayes\b|convict|endorsed|overrode|defeat)",
    re.I,
)
_VETO = re.compile(r"\bveto(?:ed|es|ing)?\b|\bvetoes\b", re.I)
_VERBS = re.compile(
    r"\b(?:voted|votes|adopted|adopts|passed|passes|approved|approves"
    r"|rejected|rejects|defeated|endorsed"
    r"|overrode|impeached|ratified|ratifies|ratify|vote|fell\s+short|failed|carried|decided|convicted|overturned"
    r"|gathered|won|backed|sided|opposed)\b",
    re.I,
)
_ANYBODYS = frozenset({"gathered", "won", "backed", "sided", "opposed", "decided", "carried"})
"""Verbs of a vote only beside its counts."""
_FOLLOWS = re.compile(
    r"\b(?:the|that|this)\s+(?:\w+\s+)?(?:resolution|draft|vote|motion|bill|text|measure|proposal|document)\b"
    r"|\bvoting against\b|\babst(?:ained|ention)|\bin favou?r\b|\bvoted\b",
    re.I,
)
_SPONSORED = frozenset(
    {"submitted", "drafted", "sponsored", "proposed", "tabled", "introduced", "brought", "put"}
)
_DECIDED_TO = re.compile(
    r"\b(?:voted|decided)\b[^.;]{0,60}\bto\s+(?!reject|block|defeat|kill|shelve)[a-z]+\b", re.I
)
_CARRIED = re.compile(r"\b(?:impeached|overrode|convicted|carried|sailed through)\b", re.I)
_NUMBERED = re.compile(r"\b(?:[Dd]raft\s+)?[Rr]esolution\s+\d+(?:\s*\(\d{4}\))?")
_CONFIDENCE = re.compile(r"\bvotes?\s+of\s+confidence\b", re.I)
_NEARBY = 3
"""Sentences after a vote's first in which its counts and ballots are looked for."""


@dataclass(slots=True)
class _Told:
    """A vote as far as its sentences have told it."""

    body: Body
    party: Party
    trigger: Token
    sentences: list[Sentence]
    draft: str = ""
    date: Dated | None = None
    tally: Tally | None = None
    ballots: list[Ballot] = field(default_factory=list)
    veto_by: tuple[Party, ...] = ()
    outcome: str = ""
    sponsor: tuple[Party, ...] = ()


class VoteCoder:
    """Finds votes; a vote told over several sentences is one record."""

    name = "records.votes"

    def code(self, text: ParsedText) -> Iterable[Vote]:
        """Find the votes of a text in the order they are told."""
        told: list[_Told] = []
        reach = -1
        for index, sentence in enumerate(text.sentences):
            said = wording(text, sentence)
            if not _GATE.search(said):
                continue
            if told and index <= reach and self._continues(told[-1], sentence, said):
                reach = index + _NEARBY - 1
                continue
            found = _open(text, index, sentence, said)
            if found is None:
                continue
            twin = next((old for old in told if _same(old, found)), None)
            if twin is None:
                told.append(found)
                reach = index + _NEARBY - 1
        return [_record(text, vote) for vote in told]

    def _continues(self, vote: _Told, sentence: Sentence, said: str) -> bool:
        """Take counts and ballots of the vote just told from a sentence that goes on about it."""
        if not _FOLLOWS.search(said) or _names_other_body(vote, said) or _other_draft(vote, sentence, said):
            return False
        tally, ballots = read_tally(said, vote.body), read_ballots(sentence, said)
        if (tally is None and not ballots) or _clashes(vote.tally, tally):
            return False
        known = {ballot.member.label for ballot in vote.ballots}
        if join_tallies(vote.tally, tally) == vote.tally and all(b.member.label in known for b in ballots):
            return True
        vote.tally = join_tallies(vote.tally, tally)
        vote.ballots += [ballot for ballot in ballots if ballot.member.label not in known]
        vote.outcome = vote.outcome or _reported(said)
        vote.sentences.append(sentence)
        return True


def _open(text: ParsedText, index: int, sentence: Sentence, said: str) -> _Told | None:
    if _CONFIDENCE.search(said) and not re.search(r"\d", said):
        return None
    return _veto(text, index, sentence, said) or _voted(text, index, sentence, said)


def _veto(text: ParsedText, index: int, sentence: Sentence, said: str) -> _Told | None:
    for match in _VETO.finditer(said):
        token = token_at(sentence, sentence.start + match.start())
        if token is None:
            continue
        by, objects = _veto_parties(sentence, token)
        if any(party.id in body_by_id() for party in by):
            continue
        if not by or not all(state_of(party) for party in by):
            continue
        body = (
            body_near(text, index, said)
            or permanent_members(by, said, objects)
            or body_after(text, index, by)
        )
        if body is None or not any(rule.veto for rule in body.rules):
            continue
        if any(state_of(party) == body.state for party in by):
            continue
        told = _Told(body, as_party(body, sentence, said), token, [sentence], veto_by=by, outcome="vetoed")
        named = tuple(noun for noun in objects if noun.tag_ != "PRP")
        drafts = named or _drafts(sentence)
        told.draft = phrase(text, sentence, drafts[0], purpose=True) if drafts else ""
        told.date = date_of(sentence, token) or lone_day(sentence, token)
        told.tally = read_tally(said, body)
        told.ballots = [Ballot(party, "against") for party in by]
        told.ballots += [
            b for b in read_ballots(sentence, said) if b.member.label not in {p.label for p in by}
        ]
        told.sponsor = _sponsor(sentence, objects)
        return told
    return None


def _drafts(sentence: Sentence) -> tuple[Token, ...]:
    papers = ("resolution", "draft", "text", "motion")
    return tuple(t for t in sentence.tokens if t.lower_ in papers and t.dep_ != "compound")


def _veto_parties(sentence: Sentence, token: Token) -> tuple[tuple[Party, ...], tuple[Token, ...]]:
    """Who vetoed what: "Russia vetoed a draft", "Russia cast a veto", "the veto by Russia of the draft"."""
    if token.tag_.startswith("V"):
        if not is_fact(sentence, token):
            return (), ()
        return _listed_doers(sentence, token) or doers(sentence, token), undergoers(token)
    if token.head.lower_ in ("cast", "used", "exercised", "wielded") and token.dep_ == "dobj":
        if not is_fact(sentence, token.head):
            return (), ()
        return doers(sentence, token.head), prepositional(token, "of", "on", "against")
    if token.dep_ == "compound" and token.head.lower_ in ("power", "right") and token.head.dep_ == "dobj":
        verb = token.head.head
        if verb.lower_ in ("used", "exercised", "wielded", "uses") and is_fact(sentence, verb):
            aims = [child for child in verb.children if child.dep_ in ("xcomp", "advcl")]
            return doers(sentence, verb), tuple(noun for aim in aims for noun in undergoers(aim))
        return (), ()
    owners = [child for child in token.children if child.dep_ == "poss"] + list(prepositional(token, "by"))
    by = distinct(party for noun in owners for party in parties_of(sentence, noun, inside=False))
    if not by or (
        token.dep_ in ("compound", "pobj") and token.head.lower_ in ("power", "right", "threat", "of")
    ):
        return (), ()
    objects = prepositional(token, "of", "on", "against")
    return (by, objects) if objects and objects[0].lower_ != "power" else ((), ())


def _listed_doers(sentence: Sentence, verb: Token) -> tuple[Party, ...]:
    """Who is listed behind a count: "vetoed by two permanent members of the Council, Russia and China"."""
    by = [noun for child in verb.children if child.dep_ == "agent" for noun in child.children]
    counted = [noun for noun in by if noun.lower_ in ("members", "member", "states", "countries")]
    named = (party for noun in counted for word in noun.subtree for party in sentence.actors_of(word))
    return distinct(party for party in named if state_of(party) and party.id not in body_by_id())


def _voted(text: ParsedText, index: int, sentence: Sentence, said: str) -> _Told | None:
    words = cues("vote")
    for match in _VERBS.finditer(said):
        token = token_at(sentence, sentence.start + match.start())
        if token is None:
            continue
        body = body_of(text, index, sentence, token, said)
        if body is None:
            continue
        tally = read_tally(said, body)
        motion = _motion(token, words["motions"])
        verb = token.tag_.startswith("V")
        if any_of(words["postponed"]).search(said) and tally is None:
            return None
        if verb and not is_fact(sentence, token):
            ahead = match[0].lower() == "vote" and any_of(words["scheduled"]).search(said)
            if ahead and (date_of(sentence, token) or _only_date(sentence)):
                return _told(text, sentence, said, token, body, motion, "scheduled")
            continue
        if verb and not _votes(sentence, token, body, words["motions"]):
            continue
        outcome = _reported(said)
        if verb and token.dep_ == "acl" and tally is None and date_of(sentence, token) is None:
            continue
        if tally is None and (motion is None or not outcome or not verb):
            continue
        if tally is None and match[0].lower() in _ANYBODYS:
            continue
        told = _told(text, sentence, said, token, body, motion, outcome)
        numbered = _NUMBERED.search(said)
        told.draft = told.draft or (numbered[0] if numbered else _decided(text, sentence, token))
        told.date = told.date or lone_day(sentence, token)
        told.tally = turned(tally) if outcome == "rejected" else tally
        told.ballots = list(read_ballots(sentence, said))
        told.sponsor = _sponsor(sentence, [motion] if motion is not None else [])
        return told
    return None


def _decided(text: ParsedText, sentence: Sentence, verb: Token) -> str:
    """What was decided where no paper is named: "to convict the president"; whom an impeachment hit."""
    deed = next((c for c in verb.children if c.dep_ in ("xcomp", "advcl") and c.tag_ == "VB"), None)
    if deed is not None:
        words = [t for t in deed.subtree if t.i >= deed.i]
        start, end = words[0].idx + sentence.shift, words[-1].idx + len(words[-1]) + sentence.shift
        return " ".join(re.split(r"[,;]", text.rendition.text[start:end])[0].split()).strip(" .")[:200]
    if verb.lower_ in ("impeached", "convicted"):
        hit = next(iter(undergoers(verb)), None)
        return f"{phrase(text, sentence, hit)} {verb.text}" if hit is not None else verb.text
    thing = next(iter(undergoers(verb)), None)
    return phrase(text, sentence, thing, purpose=True) if thing is not None and thing.tag_ != "PRP" else ""


def _told(
    text: ParsedText,
    sentence: Sentence,
    said: str,
    token: Token,
    body: Body,
    motion: Token | None,
    outcome: str,
) -> _Told:
    told = _Told(body, as_party(body, sentence, said), token, [sentence], outcome=outcome)
    told.draft = phrase(text, sentence, motion, purpose=True) if motion is not None else ""
    verb = next((word for word in (token, *token.ancestors) if word.tag_.startswith("V")), token)
    told.date = date_of(sentence, verb) or _only_date(sentence)
    return told


def _votes(sentence: Sentence, verb: Token, body: Body, motions: frozenset[str]) -> bool:
    """Whether it is the body that does what the verb says, not a state that rejects the body's resolution."""
    if is_passive(verb):
        by = doers(sentence, verb)
        return not by or any(party.id == body.id or party.state == body.state for party in by)
    for noun in subjects(verb):
        named = sentence.actors_of(noun)
        own = any(party.id == body.id or (body.state and party.state == body.state) for party in named)
        if own or noun.lower_ in motions or not named:
            return True
    return not subjects(verb)


def _motion(verb: Token, motions: frozenset[str]) -> Token | None:
    """What is voted on: the object, or what hangs on "on", "for", "against", "to adopt"."""
    nouns = [*undergoers(verb), *prepositional(verb, "on", "for", "against", "of")]
    nouns += [n for noun in nouns for n in prepositional(noun, "on", "of")]
    for child in verb.children:
        if child.dep_ in ("xcomp", "advcl", "ccomp"):
            nouns += undergoers(child)
    return next((noun for noun in conjuncts(nouns) if noun.lower_ in motions), None)


def _reported(said: str) -> str:
    """The outcome a sentence reports in words."""
    words = cues("vote")
    if _VETO.search(said) and re.search(r"\bvetoed\b", said, re.I):
        return "vetoed"
    decided = _DECIDED_TO.search(said)
    if any_of(words["rejected"]).search(said) and not decided:
        return "rejected"
    if decided or any_of(words["adopted"]).search(said) or _CARRIED.search(said):
        return "adopted"
    return ""


def _only_date(sentence: Sentence) -> Dated | None:
    """The one day a sentence names, where it opens with it."""
    days = [mention for mention in sentence.dates if mention.date.is_day]
    opens = len(days) == 1 and days[0].start - sentence.start < 4
    return days[0].date if opens else None


def _sponsor(sentence: Sentence, drafts: Iterable[Token]) -> tuple[Party, ...]:
    """Who drafted it: "a draft submitted by the United States", "a US-drafted resolution", "its own text"."""
    found: list[Party] = []
    papers = {draft.i for draft in drafts}
    for token in sentence.tokens:
        if token.i in papers:
            owners = (c for c in token.children if c.dep_ in ("compound", "nmod", "poss", "amod"))
            found += [p for c in owners if c.lower_ != "un" for p in parties_of(sentence, c) if state_of(p)]
        if token.tag_ == "VBN" and token.lower_ in _SPONSORED and is_passive(token):
            found += doers(sentence, token)
    for party in sentence.actors:
        after = sentence.span.text[(party.end or 0) - sentence.start :]
        if party.end is not None and re.match(
            r"-(?:drafted|sponsored|proposed|led|tabled|authored)\b", after
        ):
            found.append(party)
    return distinct(party for party in found if party.id not in body_by_id())


def _names_other_body(vote: _Told, said: str) -> bool:
    named = named_bodies(said)
    return bool(named) and all(body.id != vote.body.id for body, _ in named)


def _other_draft(vote: _Told, sentence: Sentence, said: str) -> bool:
    """Whether a sentence opens another vote: "a second draft", or a date of its own."""
    if re.search(
        r"\b(?:another|second|separate|rival|similar|earlier|previous)\s+(?:draft|resolution|vote|motion|bill)",
        said,
        re.I,
    ):
        return True
    days = [m.date for m in sentence.dates if m.date.is_day and m.start - sentence.start < 12]
    return bool(vote.date and vote.date.is_day and days and all(not vote.date.overlaps(day) for day in days))


def _clashes(first: Tally | None, second: Tally | None) -> bool:
    if first is None or second is None:
        return False
    pairs = ((getattr(first, name), getattr(second, name)) for name in Tally.__slots__)
    return any(a is not None and b is not None and a != b for a, b in pairs)


def _same(old: _Told, new: _Told) -> bool:
    """Whether two tellings are of one vote: same body, no clash of counts, days or vetoes."""
    if old.body.id != new.body.id or _clashes(old.tally, new.tally):
        return False
    if old.date and new.date and not old.date.overlaps(new.date):
        return False
    if {p.label for p in old.veto_by} != {p.label for p in new.veto_by} and new.veto_by and old.veto_by:
        return False
    bare = new.tally is None and (new.date is None or old.date is not None)
    return bare and (old.outcome == new.outcome or not new.outcome)


def _record(text: ParsedText, told: _Told) -> Vote:
    said = " ".join(wording(text, sentence) for sentence in told.sentences)
    rule = told.body.rule_for(said)
    vote = Vote(
        evidence=evidence(text, *told.sentences),
        attribution=chain(text, told.trigger.idx + told.sentences[0].shift),
        trigger=told.trigger.text,
        decided_by=f"vote:{rule.name}",
        body=told.party,
        draft=told.draft,
        sponsor=told.sponsor,
        vote_date=told.date,
        tally=completed(told.tally, told.ballots, told.body, said),
        ballots=tuple(told.ballots),
        rule=rule.name,
        outcome=told.outcome,
        veto_by=told.veto_by,
        lapses=_lapses(told),
    )
    return vote if vote.outcome else replace(vote, outcome=outcome_by_rule(rule, told.body.members, vote))


def _lapses(told: _Told) -> str:
    """What ends when a draft that would have extended it fails: the words after "to extend"."""
    if told.outcome not in ("vetoed", "rejected"):
        return ""
    match = re.search(r"\b(?:extend|renew|prolong)(?:ing|ed)?\s+(.{5,200})", told.draft)
    return match[1] if match else ""
