"""Turn what somebody said into what it does: a forecast, a promise, a duty, a denial of one's own deed."""

from __future__ import annotations

import re

from spacy.tokens import Token

from detente.language.contents import spans_of
from detente.language.frames import Attribution, Sentence
from detente.language.source import text_of
from detente.model.actors import ActorKind, Party, Rank
from detente.model.statements import Commitment, Modality, Polarity, StatementKind
from detente.statements.ahead import (
    future_verb,
    make_forecast,
    modality_ahead,
    reported_prospect_of,
    window_of,
)
from detente.statements.drafts import VERBAL, Draft, Page, distinct, hedge_of, lies_in, subject_phrase

TURNING = frozenset(
    {
        StatementKind.CLAIM,
        StatementKind.ASSESSMENT,
        StatementKind.FORECAST,
        StatementKind.COMMITMENT,
    }
)
"""Kinds that the clause itself may turn into another."""
_GIVING_WORD = frozenset({"assure", "promise", "pledge", "vow", "guarantee", "swear", "commit"})
_WITHIN = re.compile(
    r"\b(?:within|in|over) (?:the (?:next|coming) )?(?:\w+ (?:to \w+ |or \w+ )?)?"
    r"(?:days|weeks|months|years|decades?)\b|\bany (?:day|time|moment|minute)\b"
)
"""Wordings of a time to come that are no date."""
_ANNOUNCING = frozenset({"announce", "say", "declare", "tell", "state"})
_OFFICES = frozenset(
    {Rank.LEADER, Rank.MINISTER, Rank.OFFICIAL, Rank.SPOKESPERSON, Rank.GOVERNMENT, Rank.PERSON}
)
_FORMER = re.compile(r"\b(?:[Ff]ormer|[Rr]etired|[Ee]x-)")
_NOBODY = frozenset({"it", "there", "this", "that", "what", "which", "nothing", "nobody"})
_OWN = frozenset({"we", "i"})
_READY = frozenset({"ready", "prepared", "willing", "determined", "committed"})
_ACTIVE = frozenset({"first", "ready", "party", "back", "there"})
_COPULAS = frozenset({"is", "are", "was", "were", "be", "remains", "remained", "'s", "’s"})
_ODDS = frozenset(
    {"likely", "unlikely", "certain", "possible", "probable", "improbable", "conceivable", "doubtful"}
) | {"chance", "odds", "likelihood", "probability", "possibility", "danger", "risk", "prospect"}
_DEEDS = frozenset(
    {"plan", "plans", "intention", "intentions", "part", "involvement", "role", "knowledge", "hand"}
)
_NOT_DONE = frozenset(
    {"will", "would", "wo", "could", "may", "might", "should", "must", "can", "ca", "'ll", "’ll"}
)
_WARNING = frozenset({"warn", "caution", "fear"})
_ETERNAL = frozenset({"forever", "eternally", "eternal", "immortal", "invincible"})
"""Words of praise that no day can prove wrong: not a forecast."""
_PLANS = frozenset({"plan", "plans", "intention", "intentions", "intent"})
_MAYBE = frozenset({"could", "may", "might"})
_BEING = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re", "been"})
_HAVING = frozenset({"has", "have", "'ve", "’ve"})
_MUST = frozenset({"must", "should", "ought"})


def _would_do_well(predicate: Token) -> bool:
    """Whether "would do well to" advises, however it looks ahead."""
    return predicate.lower_ == "do" and any(c.lower_ == "well" for c in predicate.children)


def turn(page: Page, draft: Draft, attribution: Attribution, sentence: Sentence, predicate: Token) -> None:
    """Make of a draft what its clause does; `predicate` heads the clause."""
    if _rates(page, draft, sentence, predicate) or _denies(draft, attribution, sentence, predicate):
        return
    predicate = future_verb(predicate)
    if _plans(predicate) and draft.kind is StatementKind.CLAIM:
        _commit(draft, sentence, predicate, attribution.speakers)
        return
    if draft.kind is StatementKind.COMMITMENT:
        if attribution.speakers:
            _commit(draft, sentence, predicate, attribution.speakers)
        else:
            draft.kind = StatementKind.CLAIM
        return
    own = _own_subject(attribution, sentence, predicate)
    if own and _is_at_it(predicate) and attribution.lemma in _ANNOUNCING:
        _commit(draft, sentence, predicate, own)
        return
    if own and _is_ready(predicate) and attribution.strength == "word":
        _commit(draft, sentence, predicate, own)
        return
    if _would_do_well(predicate):
        _oblige(draft, attribution, sentence, predicate)
        return
    ahead = _ahead(draft, attribution, sentence, predicate)
    if ahead is None and draft.kind is StatementKind.FORECAST and _is_under_way(predicate, sentence, draft):
        draft.kind = StatementKind.CLAIM
        return
    if ahead is None and draft.kind is not StatementKind.FORECAST:
        if _is_obliged(predicate):
            _oblige(draft, attribution, sentence, predicate)
        return
    if _promises(attribution, predicate, ahead, own):
        _commit(draft, sentence, predicate, own or attribution.speakers)
        return
    if any(token.lower_ in _ETERNAL for token in predicate.subtree):
        draft.kind = StatementKind.CLAIM
        return
    _foretell(page, draft, sentence, predicate, ahead)


def _foretell(page: Page, draft: Draft, sentence: Sentence, predicate: Token, ahead: Token | None) -> None:
    draft.kind = StatementKind.FORECAST
    if draft.modality in (Modality.DESIRED, Modality.ASSERTED):
        draft.modality = Modality.POSSIBLE
    hedged, on = draft.likelihood is not None, draft.condition is not None
    draft.modality = modality_ahead(draft.modality, ahead, hedged=hedged, on=on)
    draft.forecast = make_forecast(page, sentence, predicate, draft.content)


def _ahead(draft: Draft, attribution: Attribution, sentence: Sentence, predicate: Token) -> Token | None:
    """The word that puts what is said in the future; a mere "could" does so with a time or a warning."""
    ahead = reported_prospect_of(predicate) if attribution.strength in ("word", "mind") else None
    ahead = ahead or _was_likely(predicate)
    if ahead is not None or predicate.tag_ != "VB":
        return ahead
    maybe = next((c for c in predicate.children if c.dep_ == "aux" and c.lower_ in _MAYBE), None)
    if maybe is None or any(c.dep_ == "aux" and c.lower_ == "have" for c in predicate.children):
        return None
    timed = window_of(sentence, draft.content) is not None or _WITHIN.search(_clause_words(predicate))
    foretold = attribution.lemma in _WARNING or timed
    may = maybe.lower_ != "could" and predicate.pos_ == "VERB"
    return maybe if foretold or may else None


def _clause_words(predicate: Token) -> str:
    """The words of a predicate's clause, one space between them."""
    return " ".join(token.lower_ for token in predicate.subtree)


def _was_likely(predicate: Token) -> Token | None:
    """The odds a cue in the past shifts back: "said that it was unlikely to yield"."""
    be = predicate.head
    if predicate.dep_ != "xcomp" or be.lower_ not in ("was", "were"):
        return None
    return next((c for c in be.children if c.dep_ == "acomp" and c.lower_ in _ODDS), None)


def _promises(
    attribution: Attribution, predicate: Token, ahead: Token | None, own: tuple[Party, ...]
) -> bool:
    """Whether a speaker gives their word: on their own coming deed, or by a verb that gives it."""
    if ahead is None or ahead.dep_ != "aux" or attribution.strength != "word":
        return False
    if attribution.lemma in _GIVING_WORD and attribution.speakers:
        return True
    return bool(own) and ahead.lower_ not in _MAYBE and not _is_stative(predicate)


def _is_stative(predicate: Token) -> bool:
    """Whether it tells what will be so of oneself, not what one will do: "would be a mistake"."""
    if predicate.pos_ != "AUX":
        return False
    told = ("attr", "acomp", "advmod")
    return not any(c.dep_ in told and c.lower_ in _ACTIVE for c in predicate.children)


def _is_at_it(predicate: Token) -> bool:
    """Whether somebody announces a deed under way: "is suspending its part in the treaty"."""
    helpers = {c.lower_ for c in predicate.children if c.dep_ == "aux"}
    deed = any(c.dep_ in ("dobj", "prt") for c in predicate.children)
    return predicate.tag_ == "VBG" and deed and bool(helpers & _BEING | helpers & {"was", "were"})


def _is_ready(predicate: Token) -> bool:
    """Whether somebody says to be ready, prepared or willing to do a deed."""
    told = [predicate, *(c for c in predicate.children if c.dep_ in ("acomp", "oprd", "attr"))]
    if predicate.dep_ == "xcomp":
        told.append(predicate.head)
        told += [c for c in predicate.head.children if c.dep_ in ("acomp", "oprd")]
    return any(token.lower_ in _READY for token in told)


def _rates(page: Page, draft: Draft, sentence: Sentence, predicate: Token) -> bool:
    """Make a forecast of odds: "it is almost certain that ...", "there is an even chance that ..."."""
    if predicate.pos_ not in VERBAL or predicate.lower_ not in _COPULAS:
        return False
    words = [c for c in predicate.children if c.dep_ in ("acomp", "attr", "nsubj")]
    rated = next((w for w in words if w.lower_ in _ODDS), None)
    if rated is None:
        return False
    clause = next((c for w in (predicate, rated) for c in w.children if _is_that_clause(c)), None)
    verb = clause or predicate
    empty = any(c.lower_ in ("it", "there") and c.dep_ in ("nsubj", "expl") for c in predicate.children)
    if clause is None and (empty or any(c.dep_ == "xcomp" for c in (*rated.children, *predicate.children))):
        return False
    if clause is not None and not _is_to_come(clause):
        return False
    if clause is not None:
        draft.content = tuple(
            spans_of([t for t in clause.subtree if t.lower_ != "that" or t.i > clause.i], sentence)
        )
        draft.likelihood = hedge_of(sentence, clause) or draft.likelihood
    _foretell(page, draft, sentence, verb, None)
    return True


def _is_that_clause(token: Token) -> bool:
    return token.dep_ in ("ccomp", "acl", "csubj") and any(c.lower_ == "that" for c in token.lefts)


def _is_to_come(verb: Token) -> bool:
    """Whether a clause tells of what is to come: not in the past or the perfect."""
    return verb.tag_ in ("VB", "VBP", "VBZ") and not any(
        c.dep_ in ("aux", "auxpass") and c.lower_ in _HAVING | {"has", "had"} for c in verb.children
    )


def _denies(draft: Draft, attribution: Attribution, sentence: Sentence, predicate: Token) -> bool:
    """Make a denial of what somebody says of their own side that it did not do or does not plan."""
    if draft.kind is not StatementKind.CLAIM or attribution.strength != "word" or not attribution.speakers:
        return False
    told = {c.lower_ for c in predicate.children if c.dep_ in ("aux", "auxpass")}
    if told & _NOT_DONE or predicate.lower_ in ("know", "known"):
        return False
    things = [c for c in predicate.children if c.dep_ in ("dobj", "attr", "pobj")]
    bare = any(t.lower_ in _DEEDS and any(c.lower_ == "no" for c in t.children) for t in things)
    never = any(c.dep_ == "neg" and c.lower_ == "never" for c in predicate.children)
    done = (
        predicate.tag_ in ("VBN", "VBD") and draft.polarity is Polarity.NEGATED and predicate.pos_ == "VERB"
    )
    subject = subject_phrase(predicate)
    nobody = subject is not None and any(c.lower_ == "no" for c in subject.children) and done
    own = bool(_own_subject(attribution, sentence, predicate))
    if (own and (bare or never or (done and bool(told & {"had", "has", "have", "did"})))) or (
        nobody and _on_own_side(attribution, sentence, predicate)
    ):
        draft.kind, draft.polarity = StatementKind.DENIAL, Polarity.NEGATED
        return True
    return False


def _on_own_side(attribution: Attribution, sentence: Sentence, predicate: Token) -> bool:
    """Whether what nobody did was done to or with the speaker's side: "no leader had asked India"."""
    things = [c for c in predicate.children if c.dep_ in ("dobj", "dative")]
    return any(_same_side(sentence.actors_of(thing), attribution.speakers) for thing in things)


def _is_under_way(predicate: Token, sentence: Sentence, draft: Draft) -> bool:
    """Whether it tells of now ("is trying", "has turned"): foreseen before, but no forecast any more."""
    helpers = {c.lower_ for c in predicate.children if c.dep_ in ("aux", "auxpass")}
    going_on = predicate.tag_ == "VBG" and helpers <= _BEING and bool(helpers)
    done = predicate.tag_ == "VBN" and bool(helpers & _HAVING) and helpers <= _HAVING | _BEING
    return (going_on or done) and window_of(sentence, draft.content) is None


def _plans(predicate: Token) -> bool:
    """Whether what was announced are plans to do something."""
    return predicate.lower_ in _PLANS and any(c.dep_ == "acl" for c in predicate.children)


def _is_obliged(predicate: Token) -> bool:
    """Whether a clause says what must be done: "should wait", "had better wait", "would do well to wait"."""
    if any(c.dep_ == "aux" and c.lower_ in _MUST for c in predicate.children):
        return True
    better = any(c.lower_ == "better" and c.dep_ == "advmod" for c in predicate.children)
    return better and any(c.dep_ == "aux" and c.lower_ in ("had", "'d", "’d") for c in predicate.children)


def _oblige(draft: Draft, attribution: Attribution, sentence: Sentence, predicate: Token) -> None:
    """Make a demand of what a party to a matter says others should do, advice of an expert's word."""
    subject = subject_phrase(predicate)
    if subject is None or subject.lower_ in _NOBODY:
        return
    addressed = sentence.actors_of(subject)
    if _same_side(addressed, attribution.speakers) or (
        subject.pos_ == "PRON" and not addressed and subject.lower_ in _OWN
    ):
        return
    expert = is_expert(attribution)
    must = any(c.lower_ == "must" for c in predicate.children) and not expert
    draft.modality = Modality.OBLIGED
    asked = must or _is_party(attribution)
    draft.kind = StatementKind.DEMAND if asked else StatementKind.RECOMMENDATION


def is_expert(attribution: Attribution) -> bool:
    """Whether a voice is one that judges: a report, an analyst, somebody who held a post before."""
    named = [(voice.rank, voice.text) for voice in attribution.chain]
    named += [(party.rank, party.text) for party in attribution.speakers]
    return any(rank is Rank.EXPERT or _FORMER.search(text) for rank, text in named)


def _is_party(attribution: Attribution) -> bool:
    """Whether a voice is a party to the matter: a state, an official, a group that asks for something."""
    return bool(attribution.speakers) and not is_expert(attribution)


def _own_subject(attribution: Attribution, sentence: Sentence, predicate: Token) -> tuple[Party, ...]:
    """The subject of what is said, when the speaker speaks for it: itself, or its state."""
    if not attribution.speakers:
        return ()
    subject = subject_phrase(predicate)
    if subject is None or (subject.dep_ == "nsubjpass" and attribution.lemma not in _GIVING_WORD):
        return ()
    bodies = (ActorKind.STATE, ActorKind.ORGANISATION)
    if subject.lower_ == "it" and attribution.speakers[-1].kind not in bodies:
        return ()
    if subject.lower_ in ("it", "he", "she", "they", "we", "i") and not sentence.actors_of(subject):
        return attribution.speakers
    owner = next((c for c in subject.children if c.dep_ == "poss"), None)
    named = sentence.actors_of(subject) or (sentence.actors_of(owner) if owner is not None else ())
    if _same_side(named, attribution.speakers):
        return named
    state = any(p.kind is ActorKind.STATE or p.sector == "GOV" for p in named)
    return named if state and _speaks_for_some_state(attribution) else ()


def _speaks_for_some_state(attribution: Attribution) -> bool:
    """Whether the speaker is an official whose state the page does not say: their own is the likeliest."""
    voice = attribution.speakers[-1]
    unknown = not (voice.state or voice.id) and voice.rank in _OFFICES
    return unknown and attribution.lemma in _ANNOUNCING and not is_expert(attribution)


def _same_side(some: tuple[Party, ...], others: tuple[Party, ...]) -> bool:
    sides = {p.state or p.id for p in some} - {None}
    labels = {p.text for p in some}
    return bool(sides & ({p.state or p.id for p in others} - {None})) or bool(
        labels & {p.text for p in others}
    )


def _commit(draft: Draft, sentence: Sentence, predicate: Token, promiser: tuple[Party, ...]) -> None:
    content = draft.content
    draft.kind = StatementKind.COMMITMENT
    draft.modality = Modality.PLANNED
    things = [c for c in predicate.subtree if c.dep_ in ("dobj", "nsubjpass") and c.i > predicate.i][:1]
    wanted = tuple(span for thing in things for span in spans_of(thing.subtree, sentence))
    amounts = [a for a in sentence.amounts if a.start is not None and lies_in(a.start, wanted)]
    draft.commitment = Commitment(
        promiser=distinct(promiser),
        deed=_deed(sentence, predicate),
        quantity=amounts[0] if amounts else None,
        deadline=window_of(sentence, content),
    )


def _deed(sentence: Sentence, predicate: Token) -> str:
    """The promised deed in the text's words, from its verb on."""
    verb = predicate
    if predicate.pos_ not in VERBAL:
        verb = next((c for c in predicate.children if c.dep_ == "acl"), predicate)
    end = max(token.idx + len(token) for token in verb.subtree)
    return str(text_of(sentence.span.doc)[verb.idx : end]).rstrip(' ,.;”"')
