"""Find the words of a sentence that attribute, with who is their subject, their tense and their negation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from detente.codebooks.cues import Cue, adjective_cues, noun_cues, verb_cues
from detente.language.contents import closes_clause, inverted_subject
from detente.language.frames import Sentence, Tense
from detente.model.statements import StatementKind

_HYPOTHETICAL = frozenset({"may", "might", "could", "can", "should", "would", "must", "'d", "’d"})
_GOES_ON = frozenset(
    {
        "go",
        "goes",
        "went",
        "going",
        "continue",
        "continues",
        "continued",
        "continuing",
        "proceed",
        "proceeded",
        "begin",
        "began",
        "use",
        "used",
    }
)
_REFUSES = frozenset(
    {"decline", "declines", "declined", "declining", "refuse", "refuses", "refused", "refusing"}
)
_FEELING = frozenset(
    {
        "be",
        "is",
        "are",
        "was",
        "were",
        "been",
        "being",
        "am",
        "'s",
        "’s",
        "'re",
        "’re",
        "feel",
        "feels",
        "felt",
        "remain",
        "remains",
        "remained",
    }
)
_LIGHT = frozenset(
    {
        "express",
        "expresses",
        "expressed",
        "expressing",
        "voice",
        "voiced",
        "have",
        "has",
        "had",
        "make",
        "makes",
        "made",
        "making",
        "issue",
        "issued",
        "raise",
        "raised",
        "repeat",
        "repeated",
        "reiterate",
        "reiterated",
        "give",
        "gave",
        "dismiss",
        "share",
        "shared",
        "renew",
        "renewed",
        "deliver",
        "delivered",
        "hold",
        "holds",
        "pay",
        "pays",
        "paid",
    }
)
_HEARSAY = frozenset(
    {
        "expect",
        "believe",
        "think",
        "say",
        "report",
        "assume",
        "know",
        "predict",
        "estimate",
        "allege",
        "claim",
        "forecast",
        "anticipate",
        "project",
        "fear",
        "suspect",
        "hope",
        "tell",
        "accuse",
        "note",
        "suggest",
        "recommend",
        "understand",
        "judge",
        "assess",
    }
)
"""What is said without a voice: "is expected to", "it can be predicted that"."""
_OPENING = frozenset({StatementKind.ACCUSATION, StatementKind.PRAISE, StatementKind.DEMAND})
"""Kinds a sentence may open with: "Hailing the truce, the chairman thanked the hosts"."""
_MAKING = frozenset({"make", "makes", "made", "making"})
_MEANS = frozenset({"as", "by", "in", "while", "after", "before", "without", "on"})
_NONE = frozenset({"neither", "no", "none", "nobody", "nothing", "few"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_LINKS = frozenset({"ADP", "CCONJ"})
_NOMINAL = frozenset({"NOUN", "PROPN", "DET", "ADJ", "NUM", "ADP", "CCONJ", "PART"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue word in place: `subject` heads the phrase that names the voice, None where none is named."""

    token: Token
    cue: Cue
    subject: Token | None
    passive: bool = False
    negated: bool = False
    tense: Tense = Tense.PAST
    seeming: bool = False


def find_cues(sentence: Sentence) -> Iterator[Hit]:
    """Give the cues of a sentence in text order; conditions and mere possibilities are left out."""
    verbs, nouns, adjectives = verb_cues(), noun_cues(), adjective_cues()
    for token in sentence.tokens:
        word = token.lower_
        if word in verbs and token.pos_ in ("VERB", "AUX"):
            cue = _phrasal(token, verbs[word])
            hit = _verb_hit(token, cue) if cue else None
        elif word in verbs and token.tag_ == "NNS" and token.dep_ == "ROOT" and (who := _read_as_noun(token)):
            hit = Hit(token, verbs[word][-1], who, tense=Tense.PRESENT)
        elif word in nouns and token.pos_ == "NOUN":
            hit = _noun_hit(token, nouns[word])
        elif word in adjectives and token.dep_ in ("acomp", "ROOT", "conj", "oprd", "ccomp"):
            hit = _adjective_hit(token, adjectives[word])
        else:
            continue
        if hit is not None:
            yield hit


def _read_as_noun(token: Token) -> Token | None:
    """Who speaks in ", the agency forecasts", where the tagger took the verb for a noun; None elsewhere."""
    told = any(child.dep_ == "ccomp" and child.i < token.i for child in token.children)
    return next((c for c in token.lefts if c.dep_ == "compound"), None) if told else None


def subject_of(verb: Token) -> Token | None:
    """The head of a verb's subject phrase, looked for through coordination and participles."""
    for child in sorted(verb.children, key=lambda child: child.i < verb.i and -child.i):
        if child.dep_ in _SUBJECTS:
            if child.lower_ in ("who", "that", "which") and verb.dep_ == "relcl":
                return verb.head
            return _whole(child)
    if (behind := inverted_subject(verb)) is not None and (closes_clause(verb) or verb.dep_ == "ROOT"):
        return behind
    if verb.dep_ == "parataxis" and (aside := _before_aside(verb)) is not None:
        return aside
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head)
    if verb.dep_ in ("advcl", "xcomp", "pcomp") and (verb.tag_ == "VBG" or verb.dep_ == "xcomp"):
        return _controller(verb)
    if verb.dep_ in ("acl", "relcl") and verb.tag_ == "VBG":
        return verb.head
    return None


def _before_aside(verb: Token) -> Token | None:
    """Who says it in ", a diplomat said," where the parse tied the diplomat to the name before the comma."""
    if verb.i == verb.sent.start:
        return None
    noun = verb.nbor(-1)
    while noun.head.i < verb.i and noun.head.i > verb.sent.start and noun.left_edge.i > verb.sent.start:
        opens = noun.left_edge.nbor(-1).text == ","
        if opens and noun.pos_ in ("NOUN", "PROPN"):
            return noun
        noun = noun.head
    return None


def _whole(subject: Token) -> Token:
    """The head of the noun phrase the subject stands in, where the parse tore a name off its end.

    "The islands bordering France asserted": France only tells which islands; they speak.
    """
    first = subject.left_edge
    start = first.sent.start
    if first.i <= start or (first.nbor(-1).pos_ not in _LINKS and first.nbor(-1).tag_ != "VBG"):
        return subject
    at = first.i
    while at > start and (subject.doc[at - 1].pos_ in _NOMINAL or subject.doc[at - 1].tag_ == "VBG"):
        at -= 1
    opens = subject.doc[at].pos_ in ("NOUN", "PROPN", "DET", "ADJ", "NUM")
    bounded = at == start or subject.doc[at - 1].is_punct or subject.doc[at - 1].pos_ == "SCONJ"
    if not opens or not bounded:
        return subject
    nouns = [token for token in subject.doc[at : first.i] if token.pos_ in ("NOUN", "PROPN")]
    return next((t for t in nouns if t.nbor(1).pos_ not in ("NOUN", "PROPN")), subject)


def _controller(verb: Token) -> Token | None:
    """Whose act a participle is: "quoted her as saying", "told reporters, adding that"."""
    governor = verb.head
    if verb.dep_ == "pcomp" and governor.lower_ == "as":
        quoted = governor.head
        passive = [c for c in quoted.children if c.dep_ == "nsubjpass"]
        return next((c for c in quoted.children if c.dep_ == "dobj"), passive[0] if passive else None)
    if verb.dep_ == "pcomp" and governor.lower_ not in _MEANS:
        return None
    speaking = _speaking_above(verb)
    if speaking is not None:
        return subject_of(speaking)
    while governor.pos_ not in ("VERB", "AUX") and governor.head.i != governor.i:
        governor = governor.head
    return subject_of(governor) if governor.pos_ in ("VERB", "AUX") else None


def is_reported(verb: Token) -> bool:
    """Whether a cue stands inside what another cue says."""
    above = verb
    for _ in range(8):
        if above.head.i == above.i:
            return False
        inside = above.dep_ in ("ccomp", "xcomp", "acl", "relcl", "dobj", "pobj", "pcomp")
        above = above.head
        if inside and any("clause" in cue.frames for cue in verb_cues().get(above.lower_, ())):
            return True
    return False


def _speaking_above(verb: Token) -> Token | None:
    """The cue of speech whose report a participle goes on with: "said that it fell, adding that"."""
    above = verb
    for _ in range(8):
        if above.head.i == above.i or verb.tag_ != "VBG":
            return None
        above = above.head
        cues = verb_cues().get(above.lower_, ())
        if (
            above.pos_ == "VERB"
            and above.tag_ != "VBG"
            and any("clause" in c.frames and c.strength == "word" for c in cues)
        ):
            return above
    return None


def tense_of(verb: Token) -> Tense:
    """The tense of a cue from its tag and its auxiliaries."""
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    words = {child.lower_ for child in auxiliaries}
    if words & {"will", "shall", "'ll", "’ll"}:
        return Tense.FUTURE
    if verb.tag_ == "VBD" or any(child.tag_ in ("VBD", "VBN") for child in auxiliaries):
        return Tense.PAST
    if verb.tag_ == "VBN" and words & {"has", "have", "had", "'ve", "’ve", "'s", "’s"}:
        return Tense.PAST
    return Tense.PRESENT


def _phrasal(token: Token, cues: tuple[Cue, ...]) -> Cue | None:
    particles = {child.lower_ for child in token.children if child.dep_ == "prt"}
    for cue in cues:
        if cue.particle in particles if cue.particle else not particles:
            return cue
    return None


def _verb_hit(token: Token, cue: Cue) -> Hit | None:
    auxiliaries = {child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass", "mark")}
    negated = any(child.dep_ == "neg" for child in token.children)
    passive = any(child.dep_ == "auxpass" for child in token.children)
    if (auxiliaries & _HYPOTHETICAL and not passive) or auxiliaries & {"if", "whether"}:
        return None
    if "seeming" in cue.frames:
        return Hit(token, cue, None, negated=negated, tense=tense_of(token), seeming=True)
    if any(c.dep_ == "neg" or c.lower_ == "neither" for c in token.head.children) and _joins_nor(token):
        negated = True
    subject = subject_of(token)
    if subject is not None and any(c.lower_ in _NONE for c in (subject, *subject.children)):
        negated = True
    if token.tag_ == "VB" and not auxiliaries & {"will", "do", "does", "did", "'ll", "’ll"}:
        governor = token.head.lower_
        if token.dep_ not in ("xcomp", "ROOT") or governor not in _GOES_ON | _REFUSES:
            return None
        negated = negated or governor in _REFUSES
    leads = subject is not None and token.dep_ == "advcl" and token.tag_ == "VBG" and token.i < token.head.i
    if leads and cue.kind not in _OPENING:
        return None
    if token.tag_ == "VBN" and token.dep_ in ("acl", "amod", "relcl") and not passive:
        return None
    if passive:
        subject = _agent(token)
        if subject is None and cue.lemma not in _HEARSAY:
            return None
    return Hit(token, cue, subject, passive, negated, tense_of(token))


def _joins_nor(verb: Token) -> bool:
    """Whether "nor" joins a verb to the one before: "neither confirmed nor denied"."""
    return verb.dep_ == "conj" and any(c.lower_ == "nor" and c.i < verb.i for c in verb.head.children)


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _noun_hit(token: Token, cue: Cue) -> Hit | None:
    owner = next((child for child in token.children if child.dep_ == "poss"), None)
    if owner is None:
        by = [
            c for c in token.children if c.dep_ in ("prep", "agent") and c.lower_ in ("by", "from", "among")
        ]
        owner = next((c for prep in by for c in prep.children if c.dep_ == "pobj"), None)
    if owner is None and token.dep_ == "dobj" and token.head.lower_ in _LIGHT:
        owner = subject_of(token.head)
    return Hit(token, cue, owner) if owner is not None else None


def _adjective_hit(token: Token, cue: Cue) -> Hit | None:
    verb = token.head if token.dep_ in ("acomp", "ccomp", "oprd") else token
    if verb.lower_ not in (_MAKING if token.lower_ == "clear" else _FEELING):
        return None
    subject = subject_of(verb)
    if subject is None or subject.lower_ in ("it", "there", "this", "that"):
        return None
    negated = any(child.dep_ == "neg" for child in verb.children)
    return Hit(token, cue, subject, negated=negated, tense=tense_of(verb))
