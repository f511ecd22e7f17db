"""Find who did what to whom in a parsed text and code it as PLOVER mentions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from detente.codebooks.plover import classes, contexts, noun_frames, turns, types, verb_frames
from detente.coding.acts import typed_acts
from detente.coding.admission import Sides, admit
from detente.coding.matching import Match, match
from detente.coding.parties import Parties
from detente.coding.standing import Standing, judged_standing, read_standing
from detente.coding.timing import Hangings, act_dates, date_of, gone_by, narrowed, occasion_of, settle
from detente.language.frames import Clause, ParsedText, Sentence
from detente.language.lemmas import lemma
from detente.language.speakers import names_report
from detente.model.actors import ActorKind
from detente.model.events import EventType, Mention, Status
from detente.model.records import Place
from detente.model.text import BlockKind, Evidence

LAUNCH_REACH = 2
"""Sentences back in which a launch names the launcher of a bare "failed launch"."""
_TURNED_TO = frozenset({EventType.REQUEST})
"""Types of which the addressee is whoever else the sentence tells of."""
_OPEN = frozenset({"agree", "refuse", "threaten"})
"""What is agreed, refused or threatened where no frame knows the deed: left to the classifier."""
LONG_SENTENCE = 400
"""Code points above which the clause is quoted instead of the sentence."""


class EventCoder:
    """The PLOVER coder: frames of the codebook over clauses, parties by syntax, status by wording."""

    name = "plover"

    def code(self, text: ParsedText) -> Iterator[Mention]:
        """Find the mentions of a text in text order; the same sentence printed twice gives one."""
        seen: set[tuple[object, ...]] = set()
        kept: list[Mention] = []
        told: list[Mention] = []
        for number, sentence in enumerate(text.sentences):
            before = _launch_before(told, text.sentences[max(0, number - LAUNCH_REACH) : number])
            if sentence.block.kind is BlockKind.CHROME:
                continue
            for mention in code_sentence(text, sentence, before):
                told.append(mention)
                mark = _identity(mention)
                if mark not in seen:
                    seen.add(mark)
                    kept.append(mention)
        yield from (narrowed(mention, kept) for mention in kept)


def _launch_before(told: list[Mention], near: Sequence[Sentence]) -> Mention | None:
    """The last launch told in the sentences just before, whose launcher a bare "failed launch" shares."""
    if not near or not told or told[-1].evidence[0].start < near[0].start:
        return None
    last = told[-1]
    return last if last.mode == "weapons" and last.event_type is EventType.MOBILIZE else None


def code_sentence(text: ParsedText, sentence: Sentence, before: Mention | None = None) -> Iterator[Mention]:
    """Code one sentence; `before` is the launch that the sentences just before it told of."""
    return (mention for mention, _ in traced(text, sentence, before))


def traced(
    text: ParsedText, sentence: Sentence, before: Mention | None = None
) -> Iterator[tuple[Mention, Match]]:
    """Code one sentence, each mention with the match that it was made of."""
    if not sentence.clauses or _is_sport(sentence) or _is_fiction(sentence):
        return
    reader = _SentenceReader(text, sentence, before)
    for clause in sorted(sentence.clauses, key=lambda c: (c.nominal, c.predicate.i)):
        if clause.lemma in (noun_frames() if clause.nominal else verb_frames()):
            yield from reader.read(clause)
    yield from reader.read_typed()


def _is_sport(sentence: Sentence) -> bool:
    """Whether a sentence tells of games, where teams named by states beat and meet each other."""
    told = sentence.words & classes()["SPORT"]
    return bool(told) and any(t.lower_ in told and t.pos_ == "NOUN" for t in sentence.tokens)


def _is_fiction(sentence: Sentence) -> bool:
    """Whether a sentence tells what happens in a story: "in the film, a submarine sinks a destroyer"."""
    told = sentence.words & classes()["FICTION"]
    return bool(told) and any(
        t.lower_ in told and t.dep_ == "pobj" and t.head.lower_ == "in" for t in sentence.tokens
    )


def _identity(mention: Mention) -> tuple[object, ...]:
    quote = "".join(ch for ch in mention.evidence[0].quote.lower() if ch.isalnum())
    parties = tuple(p.label for p in (*mention.actor, *mention.recipient))
    return (quote, mention.trigger, mention.event_type, mention.status, parties)


class _SentenceReader:
    """One sentence while it is coded: what its parties are and which words are used up."""

    def __init__(self, text: ParsedText, sentence: Sentence, before: Mention | None = None) -> None:
        self._text = text
        self._before = before
        self._sentence = sentence
        self._parties = Parties(sentence)
        self._hangings = Hangings(sentence)
        self._clauses = {clause.predicate.i: clause for clause in sentence.clauses}
        self._used: set[int] = set()
        self._seen: set[int] = set()

    def read(self, clause: Clause) -> Iterator[tuple[Mention, Match]]:
        """Code one predicate, and what it says of its complement."""
        if clause.predicate.i in self._used:
            return
        found = match(clause, self._parties)
        if found is None:
            return
        if self._shares_launcher(found) and self._before:
            found = replace(found, actor=self._before.actor)
        complement = self._complement(found) if found.frame.embed else None
        if found.frame.embed:
            found = _embedded(found, complement)
        standing = read_standing(_official(found), self._sentence)
        if standing is None:
            # The grammar says that nothing happened: that holds for the classifier too.
            self._seen |= found.words | _governing(clause)
            return
        if found.frame.embed and standing.status is Status.DONE:
            turned = _turned(found, complement, standing)
            if turned is None:
                if found.frame.embed not in _OPEN:
                    self._seen |= found.words
                return
            standing = turned
        mention = self._mention(found, standing, complement)
        self._seen |= found.words | _governing(clause)
        if mention is not None:
            self._used |= found.words
            if complement:
                self._used |= complement.words
                self._seen |= complement.words
            yield mention, found
            if complement and found.frame.embed == "accuse":
                yield from self._alleged(complement)

    def read_typed(self) -> Iterator[tuple[Mention, Match]]:
        """Code what the frames left and the classifier is sure of."""
        settled = classes()["SETTLED"]
        left = [
            c
            for c in self._sentence.clauses
            if c.predicate.i not in self._seen and c.lemma not in settled and not _is_left(c)
        ]
        for found, judgement in typed_acts(self._sentence, left, self._parties):
            if found.clause.predicate.i in self._used or self._completes(found.clause.predicate):
                continue
            standing = judged_standing(found, judgement, self._sentence)
            mention = self._mention(found, standing, None) if standing else None
            if mention is not None:
                self._used |= found.words
                sure = round(judgement.types[found.frame.event_type], 2)
                yield replace(mention, reading_confidence=sure), found

    def _completes(self, predicate: Token) -> bool:
        """Whether a verb only says what a deed is about or how it went: "agreed to deepen", "talks began"."""
        if any(c.dep_ in ("nsubj", "nsubjpass") and c.i in self._used for c in predicate.children):
            return True
        if predicate.dep_ == "advcl" and predicate.tag_ == "VB":
            return True
        return predicate.dep_ in ("xcomp", "ccomp") and predicate.head.i in self._used

    def _shares_launcher(self, found: Match) -> bool:
        return found.clause.nominal and "launch" in found.frame.flags and not found.actor

    def _complement(self, found: Match) -> Match | None:
        for slot in ("xcomp", "ccomp", "of.ing", "for.ing"):
            for token in found.slots.get(slot):
                clause = self._clauses.get(token.i)
                inner = match(clause, self._parties) if clause else None
                if inner is not None:
                    return inner
        return None

    def _alleged(self, deed: Match) -> Iterator[tuple[Mention, Match]]:
        standing = Standing(deed.frame.event_type, deed.frame.mode, Status.ALLEGED)
        mention = self._mention(deed, standing, None)
        if mention is not None:
            yield mention, deed

    def _mention(self, found: Match, standing: Standing, complement: Match | None) -> Mention | None:
        found = self._facing(found)
        parties = admit(found, standing)
        if parties is None:
            return None
        words = found.words
        places = self._hangings.places(words)
        standing, (actor, recipient) = _visited(found, standing, parties, places)
        deed = gone_by(found, date_of(found, self._hangings), self._text.reference)
        later = date_of(complement, self._hangings) if complement else None
        if found.clause.nominal and deed is None and "undated" not in found.frame.flags:
            return None
        certain = self._text.published is not None
        settled = settle(standing, deed, self._text.reference, certain=certain)
        if settled is None:
            return None
        event_date, deed_date = act_dates(found, settled, deed, self._text, self._sentence)
        if complement:
            event_date, deed_date = deed, later
        entry = types()[settled.event_type, settled.mode]
        return Mention(
            evidence=self._evidences(found),
            attribution=self._text.chain(found.clause.attributions),
            trigger=found.clause.lemma,
            decided_by=found.frame.id,
            event_type=settled.event_type,
            mode=settled.mode or None,
            contexts=self._contexts(found),
            actor=actor,
            recipient=recipient,
            cameo_code=found.frame.cameo or entry.cameo,
            event_scale=entry.scale,
            status=settled.status,
            event_date=event_date,
            deed_date=deed_date,
            place=places[0] if places else None,
            amounts=tuple(self._hangings.amounts(words)),
            occasion=self._occasion(found),
            condition=found.clause.condition if settled.status is Status.CONDITIONAL else None,
        )

    def _facing(self, found: Match) -> Match:
        """Take the only other party of the sentence as whom words are about: "demanded an apology"."""
        if found.recipient or not found.actor or found.frame.event_type not in _TURNED_TO:
            return found
        own = {party.side for party in found.actor}
        others = {p.side: p for p in self._sentence.actors if p.side not in own}
        named = [p for p in others.values() if p.kind is not ActorKind.ORGANISATION or p.state]
        return replace(found, recipient=tuple(named)) if len(others) == len(named) == 1 else found

    def _evidences(self, found: Match) -> tuple[Evidence, ...]:
        own = self._evidence(found)
        shared = self._before is not None and found.clause.nominal and found.actor == self._before.actor
        return (own, *self._before.evidence[:1]) if shared and self._before else (own,)

    def _evidence(self, found: Match) -> Evidence:
        sentence, clause = self._sentence, found.clause
        if sentence.end - sentence.start <= LONG_SENTENCE or clause.nominal:
            return self._text.evidence(sentence.start, sentence.end)
        named = [p.start for p in found.actor if p.start is not None and p.start >= sentence.start]
        return self._text.evidence(min([clause.start, *named]), clause.end)

    def _contexts(self, found: Match) -> tuple[str, ...]:
        marked = list(found.frame.contexts)
        for token in _own_words(found.clause.predicate):
            for context in contexts().get(token.lower_, ()) or contexts().get(lemma(token), ()):
                if context not in marked:
                    marked.append(context)
        return tuple(marked)

    def _occasion(self, found: Match) -> str:
        tokens = [t for slot in ("at", "during", "for") for t in found.slots.get(slot)]
        return occasion_of(tokens, classes()["OCCASION"])


def _visited(
    found: Match, standing: Standing, parties: Sides, places: Sequence[Place]
) -> tuple[Standing, Sides]:
    """A meeting of two states at home with one of them is the other's visit: "met Putin in Vladivostok"."""
    joint, (actor, recipient) = "joint" in found.frame.flags, parties
    sides = {party.state for party in actor}
    hosts = {place.country for place in places} & sides
    plain = (standing.event_type, standing.mode) == (EventType.CONSULT, "")
    if not (joint and plain and not recipient) or None in sides or len(sides) != 2 or len(hosts) != 1:
        return standing, parties
    guests = tuple(party for party in actor if party.state not in hosts)
    host = tuple(party for party in actor if party.state in hosts)
    return replace(standing, mode="visit"), (guests, host)


def _is_left(clause: Clause) -> bool:
    """Whether a predicate tells no act of a party: an offer only received, what a report suggests."""
    return _is_received(clause) or _is_reports_word(clause)


def _is_reports_word(clause: Clause) -> bool:
    """Whether a report, a study or a poll is what says or suggests it."""
    subject = next((c for c in clause.predicate.children if c.dep_ == "nsubj"), None)
    return subject is not None and not clause.nominal and names_report(subject)


def _is_received(clause: Clause) -> bool:
    """Whether a noun only names what a settled verb takes: "received the offer" tells no new offer."""
    noun = clause.predicate
    return clause.nominal and noun.dep_ == "dobj" and lemma(noun.head) in classes()["SETTLED"]


def _governing(clause: Clause) -> set[int]:
    """The verb that a matched clause completes: "plans to send" is decided where "send" is."""
    token = clause.predicate
    return {token.head.i} if token.dep_ in ("xcomp", "ccomp") and token.head.pos_ == "VERB" else set()


def _own_words(predicate: Token) -> Iterator[Token]:
    """The words of a clause, without those of the finite clauses inside it."""
    yield predicate
    for child in predicate.children:
        if child.dep_ not in ("advcl", "relcl", "ccomp", "parataxis", "conj") or child.pos_ not in (
            "VERB",
            "AUX",
        ):
            yield from _own_words(child)


def _official(found: Match) -> Match:
    """A government that protests complains: only people demonstrate."""
    official = any(p.kind in (ActorKind.STATE, ActorKind.OFFICE) or p.sector == "GOV" for p in found.actor)
    if found.frame.event_type is not EventType.PROTEST or not official:
        return found
    return replace(found, frame=replace(found.frame, event_type=EventType.ACCUSE, mode="disapprove"))


def _embedded(found: Match, complement: Match | None) -> Match:
    """Take the recipient of what is agreed, refused or threatened from the complement."""
    if found.recipient or complement is None:
        return found
    own = {party.label for party in found.actor}
    others = (*complement.recipient, *complement.actor)
    return replace(found, recipient=tuple(party for party in others if party.label not in own))


def _is_own_threat(found: Match, complement: Match) -> bool:
    """Whether who warns would do it ("warned that it would strike"), not others, whose deeds it foretells."""
    ahead = any(c.dep_ == "aux" and c.tag_ == "MD" for c in complement.clause.predicate.children)
    own = {party.side for party in found.actor}
    return ahead and bool(complement.actor) and all(party.side in own for party in complement.actor)


EVENT_OF_EMBED = {"agree": "planned", "refuse": "refused", "ask": "asked", "threaten": "threatened"}


def _turned(found: Match, complement: Match | None, standing: Standing) -> Standing | None:
    """What a word about a deed becomes by the deed: "refused to meet" is REJECT with mode meet."""
    embed = found.frame.embed
    if embed == "accuse":
        return standing
    if complement is None and "joint" in found.frame.flags:
        return Standing(standing.event_type, "", Status.PLANNED)
    if complement is None:
        # Without a coded deed "vowed to" and "refused to" say nothing about another party.
        return standing if embed in ("ask", "threaten") and found.recipient else None
    if found.clause.lemma == "warn" and not _is_own_threat(found, complement):
        return None
    turn = turns().get((EVENT_OF_EMBED[embed], complement.frame.event_type))
    if turn is None:
        return standing if embed in ("ask", "threaten") else None
    mode = complement.frame.mode if turn.mode == "*" else turn.mode
    return Standing(turn.event_type, mode, turn.status)
