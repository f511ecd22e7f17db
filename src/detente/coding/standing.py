"""Decide what an act is by how the text puts it: done, planned, threatened, denied, alleged, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from detente.classifier.reader import Judgement
from detente.codebooks.plover import classes, cue_standings, turns
from detente.coding.matching import Match
from detente.coding.slots import says, told_before
from detente.language.clause_words import is_negative_subject
from detente.language.frames import Attribution, Clause, Sentence, Tense
from detente.language.lemmas import lemma
from detente.model.actors import Party
from detente.model.events import EventType, Status
from detente.model.statements import Modality, Polarity
from detente.model.text import BlockKind

_TELLING = (BlockKind.HEADING, BlockKind.CAPTION)
_CALENDAR = frozenset({EventType.CONSULT, EventType.AGREE, EventType.SUPPORT, EventType.COOPERATE})
"""Types a page may announce itself with "will": meetings, signings and drills stand in calendars."""
_PLANS = _CALENDAR | {EventType.AID, EventType.MOBILIZE, EventType.SANCTION}
"""Types a page may report as planned ("plans to"); what else it expects is its own reading."""
_LEFT_TYPES_WHEN_PLANNED = frozenset({EventType.REQUEST, EventType.ACCUSE, EventType.THREATEN})


@dataclass(frozen=True, slots=True)
class Standing:
    """The type and mode an act is coded with, and its status."""

    event_type: EventType
    mode: str
    status: Status


def read_standing(found: Match, sentence: Sentence) -> Standing | None:
    """Decide type, mode and status of a matched act; None when the text gives no event.

    Possibilities, duties, wishes, habits and questions are no events; neither is what an outsider predicts.
    """
    clause, frame = found.clause, found.frame
    if sentence.span.text.rstrip(" \"'”’)").endswith("?"):
        return None
    if clause.nominal and clause.hedge is not None:
        return None
    if "threat" in frame.flags:
        return _announced_harm(found)
    cue = _cue_standing(found, sentence)
    if cue == "left" or _is_reminiscence(clause):
        return None
    negated = clause.polarity is Polarity.NEGATED
    own = Standing(frame.event_type, frame.mode, Status.DONE)
    if clause.modality is Modality.ASSERTED:
        return _asserted(found, sentence, own, cue, negated=negated)
    if clause.modality is Modality.PLANNED or (clause.condition and clause.modality is Modality.CONDITIONAL):
        return _planned(found, own, cue, negated=negated)
    return None


def judged_standing(found: Match, judgement: Judgement, sentence: Sentence) -> Standing | None:
    """The standing of an act that the classifier typed: its status head's, checked against the grammar."""
    if sentence.span.text.rstrip(" \"'”’)").endswith("?"):
        return None
    status = max(judgement.statuses, key=lambda one: judgement.statuses[one])
    cue = _cue_standing(found, sentence)
    if cue == "left" or found.clause.modality is Modality.POSSIBLE:
        return None
    if _by_nobody(found.clause) and found.frame.event_type is not EventType.REJECT:
        return None
    if status is Status.PLANNED and found.clause.hedge is not None:
        # "Is likely to continue" is somebody's forecast, nobody's plan.
        return None
    if cue == "denied" and found.frame.event_type is not EventType.REJECT:
        status = Status.DENIED
    if _has_failed(found.clause):
        return Standing(found.frame.event_type, found.frame.mode, Status.FAILED)
    own = Standing(found.frame.event_type, found.frame.mode, status)
    told = Standing(own.event_type, "military", status) if own.event_type is EventType.AID else own
    if status is Status.DONE and (_is_hearsay(found, told) or (cue == "alleged" and not _speaks(found))):
        status = Status.ALLEGED
    if own.event_type is EventType.THREATEN:
        status = Status.CONDITIONAL if status is Status.CONDITIONAL else Status.THREATENED
    return _with(own, status)


def _by_nobody(clause: Clause) -> bool:
    """Whether the subject says that nobody did it: "no one has asked for it", "neither side fired"."""
    return any(
        child.dep_ in ("nsubj", "nsubjpass") and is_negative_subject(child)
        for child in clause.predicate.children
    )


def _asserted(found: Match, sentence: Sentence, own: Standing, cue: str, *, negated: bool) -> Standing | None:
    clause = found.clause
    if _has_failed(clause):
        return _with(own, Status.FAILED) if own.event_type is EventType.MOBILIZE else None
    if negated or cue == "denied":
        denied = cue == "denied" or (clause.tense is Tense.PAST and _speaks(found))
        return _with(own, Status.DENIED) if denied else None
    status = _tense_status(clause, sentence, found)
    if status is None:
        return None
    if (cue == "alleged" and not _speaks(found)) or (status is Status.DONE and _is_hearsay(found, own)):
        return _with(own, Status.ALLEGED)
    if cue == "presumed" and not _speaks(found):
        return _with(own, Status.PRESUMED)
    promised = "promise" in found.frame.flags and status is Status.DONE
    return _with(own, Status.PLANNED if promised else status)


def _announced_harm(found: Match) -> Standing | None:
    """Harm that a voice says will come to another ("Japan will pay a price"); a page's own are no threat."""
    ahead = found.clause.modality in (Modality.PLANNED, Modality.CONDITIONAL)
    if not (ahead and found.actor and found.clause.polarity is Polarity.AFFIRMED):
        return None
    status = Status.CONDITIONAL if found.clause.condition else Status.THREATENED
    return Standing(found.frame.event_type, found.frame.mode, status)


def _is_hearsay(found: Match, standing: Standing) -> bool:
    """Whether a deed is only charged: arms told by outsiders, violence told by all but its doer."""
    if standing.event_type is EventType.ASSAULT and not found.clause.nominal:
        return _is_charge_of_violence(found)
    if (standing.event_type, standing.mode) != (EventType.AID, "military"):
        return False
    if not found.clause.attributions:
        return is_told(found.clause.predicate)
    told = found.clause.attributions[-1]
    named = bool(told.speakers) and not _speaks(found, *found.recipient)
    return named and told.lemma not in classes()["CONFIRM"]


def _is_charge_of_violence(found: Match) -> bool:
    """Whether a named voice charges another with past violence, or boasts of what it brought down."""
    if not found.clause.attributions:
        return is_told(found.clause.predicate)
    told = found.clause.attributions[-1]
    if told.strength != "word" or told.lemma in classes()["CONFIRM"]:
        return False
    return not _speaks(found) or found.clause.lemma in classes()["BOAST"]


def is_told(predicate: Token) -> bool:
    """Whether a predicate hangs under a verb of saying, or one trails it, whoever says so."""
    above = predicate
    if any(c.dep_ == "parataxis" and c.i > above.i and _says(c) for c in above.children):
        return True
    while above.dep_ in ("ccomp", "conj", "xcomp", "advcl") and above.head.pos_ in ("VERB", "AUX"):
        below, above = above, above.head
        if below.dep_ in ("ccomp", "advcl") and _says(above):
            return below.dep_ == "ccomp" or told_before(above, below) is not above
    return False


def _says(verb: Token) -> bool:
    return says(verb) and lemma(verb) not in classes()["CONFIRM"]


def _tense_status(clause: Clause, sentence: Sentence, found: Match) -> Status | None:
    if clause.nominal or clause.tense is Tense.PAST:
        return Status.DONE
    if is_progressive(clause):
        return Status.ONGOING
    if clause.tense is Tense.PRESENT:
        telling = _is_headline(sentence) or "stance" in found.frame.flags
        return Status.DONE if telling else None
    return None


def _is_headline(sentence: Sentence) -> bool:
    """Whether a sentence tells news in the present: a heading, a caption, a line without a full stop."""
    if sentence.block.kind in _TELLING:
        return True
    alone = sentence.end >= sentence.block.end and sentence.start <= sentence.block.start
    return alone and sentence.span.text.rstrip()[-1:].isalnum()


def is_progressive(clause: Clause) -> bool:
    """Whether a verb stands in the present progressive ("is visiting")."""
    token = clause.predicate
    return token.tag_ == "VBG" and any(c.dep_ == "aux" and lemma(c) == "be" for c in token.children)


def _planned(found: Match, own: Standing, cue: str, *, negated: bool) -> Standing | None:
    if cue in ("denied", "alleged", "presumed") or own.event_type in _LEFT_TYPES_WHEN_PLANNED:
        return None
    if not _may_announce(found):
        return None
    if own.event_type is EventType.SUPPORT and "stance" in found.frame.flags and not negated:
        # "Said it would always support them" is said support, whatever follows.
        return own if any(a.speakers for a in found.clause.attributions) else None
    turn = turns().get(("refused" if negated else "planned", own.event_type))
    if turn is None or (negated and not _speaks(found)):
        return None
    status = Status.CONDITIONAL if found.clause.condition and not negated else turn.status
    return Standing(turn.event_type, own.mode if turn.mode == "*" else turn.mode, status)


def _may_announce(found: Match) -> bool:
    """Whether the plan is the word of a party to it, not an outsider's forecast."""
    frame = found.frame
    voices = [a for a in found.clause.attributions if a.speakers]
    if voices:
        return _speaks(found, *found.recipient)
    if found.clause.attributions:
        return False
    if "stance" in frame.flags:
        return False
    return frame.event_type in (_CALENDAR if found.clause.tense is Tense.FUTURE else _PLANS)


def _speaks(found: Match, *also: Party) -> bool:
    """Whether a party to the act (or one of its state) is the voice that tells of it."""
    sides = {p.side for p in (*found.actor, *also)}
    speakers = {p.side for a in found.clause.attributions[-1:] for p in a.speakers}
    return bool(sides & speakers)


def _cue_standing(found: Match, sentence: Sentence) -> str:
    """What the innermost cue or an adverb makes of the deed, "" when nothing."""
    table = cue_standings()
    token = found.clause.predicate
    for child in token.children:
        if child.dep_ == "advmod" and child.lower_ in table:
            return table[child.lower_]
        if child.dep_ == "amod" and child.lower_ in ("alleged", "suspected", "reported", "purported"):
            return "alleged"
    if token.dep_ == "xcomp" and table.get(lemma(token.head)) in ("presumed", "alleged"):
        return table[lemma(token.head)]
    if token.dep_ in ("acl", "ccomp", "relcl") and lemma(token.head) in classes()["CHARGE"]:
        above = token.head.head if token.head.dep_ in ("dobj", "pobj") else token.head
        return "denied" if table.get(lemma(above)) == "denied" else "alleged"
    for attribution in reversed(found.clause.attributions):
        if _hangs_on_cue(token, sentence, attribution):
            continue
        standing = table.get(attribution.lemma, "")
        if attribution.cue_negated:
            return "left"
        if standing:
            return standing
    return ""


def _hangs_on_cue(token: Token, sentence: Sentence, attribution: Attribution) -> bool:
    """Whether a clause only says when or why somebody spoke: "denied it after Moscow accused them"."""
    cue = attribution.cue
    if token.dep_ != "advcl" or cue is None:
        return False
    first = token.left_edge
    apart = (
        first.lower_ in ("after", "before", "when", "as", "while") and first.i and first.nbor(-1).text == ","
    )
    return bool(apart) or sentence.position(token.head) == cue.start


def _is_reminiscence(clause: Clause) -> bool:
    """Whether a clause only names a time ("the days when the two established relations")."""
    token = clause.predicate
    return token.dep_ == "relcl" and any(c.lower_ == "when" for c in token.children)


def _has_failed(clause: Clause) -> bool:
    token = clause.predicate
    if any(c.dep_ == "amod" and c.lower_ in classes()["FAILED"] for c in token.children):
        return True
    if token.dep_ == "nsubj" and lemma(token.head) == "fail":
        return True
    return token.dep_ == "xcomp" and lemma(token.head) == "fail"


def _with(standing: Standing, status: Status) -> Standing:
    return Standing(standing.event_type, standing.mode, status)
