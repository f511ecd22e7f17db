"""Gather what stands around a predicate: its logical subject and object, its prepositions, its particle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from detente.codebooks.cues import verb_cues
from detente.codebooks.plover import classes
from detente.language.clause_words import announcer
from detente.language.date_patterns import CALENDAR_NAMES
from detente.language.lemmas import lemma

_RELATIVE = frozenset({"who", "which", "that", "whom"})


@dataclass(slots=True)
class Slots:
    """The tokens in each slot of one predicate, coordination spread out.

    Names: subj, obj, iobj, prt, xcomp, ccomp, poss, compound, each preposition by its word ("with"), and
    the same inside the object as "obj.with", "obj.compound".
    """

    tokens: dict[str, list[Token]] = field(default_factory=dict)

    def get(self, slot: str) -> list[Token]:
        """The tokens of a slot; a preposition is looked for on the object too."""
        found = self.tokens.get(slot)
        if found is None and f"obj.{slot}" in self.tokens:
            return self.tokens[f"obj.{slot}"]
        return found or []

    def add(self, slot: str, tokens: Iterator[Token] | list[Token]) -> None:
        """Put tokens into a slot."""
        self.tokens.setdefault(slot, []).extend(tokens)


def spread(token: Token) -> list[Token]:
    """A noun with everything coordinated to it."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ not in ("VERB", "AUX"):
            found += [] if _is_teller(child) else spread(child)
        elif child.dep_ == "appos" and _lists(token, child):
            found += spread(child)
        elif child.dep_ == "prep" and child.lower_ == "of" and lemma(token) in classes()["QUANTITY"]:
            found += [t for noun in child.children if noun.dep_ == "pobj" for t in spread(noun)]
    return found


def _lists(name: Token, other: Token) -> bool:
    """Whether a comma lists names ("Seoul, Tokyo hold talks"): an apposition closes with another."""
    after = other.right_edge.i + 1
    listed = name.pos_ == other.pos_ == "PROPN" and name.i < other.i and name.nbor(1).text == ","
    return listed and after < len(name.doc) and name.doc[after].pos_ in ("VERB", "AUX", "PART")


def _is_teller(token: Token) -> bool:
    """Whether a name the parser coordinates is who says it ("hit Kyiv, Rome and Oslo said")."""
    after = token.right_edge.i + 1
    if after >= len(token.doc) or token.doc[after].tag_ not in ("VBD", "VBZ", "VBP"):
        return False
    verb = token.doc[after]
    told = verb.dep_ == "parataxis" or any(c.dep_ == "ccomp" and c.i < verb.i for c in verb.children)
    return told and says(verb) and not any(c.dep_ == "nsubj" for c in verb.children)


def says(verb: Token) -> bool:
    """Whether a verb is one of saying."""
    return any(cue.strength == "word" for cue in verb_cues().get(verb.lower_, ()))


def told_before(verb: Token, token: Token) -> Token:
    """The verb of the report that a trailing "said" closes, for what goes on after it; else `verb` itself."""
    if not says(verb) or says(token) or token.i < verb.i:
        return verb
    if verb.dep_ == "parataxis" and verb.head.i < verb.i:
        return verb.head
    return next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i), verb)


def verb_slots(token: Token) -> Slots:
    """Gather the slots of a verb; a missing subject is taken from what governs it."""
    slots = Slots()
    for child in token.children:
        _place(slots, token, child)
    if not slots.get("subj") and not slots.get("obj"):
        _inherit(slots, token)
    elif not slots.get("subj"):
        slots.add("subj", _understood_subject(token))
    if token.dep_ == "relcl" and not slots.get("obj") and slots.get("subj")[:1] != [token.head]:
        slots.add("obj", [token.head])
    for noun in slots.tokens.get("obj", [])[:2]:
        _noun_parts(slots, noun, "obj.")
    return slots


def noun_slots(token: Token) -> Slots:
    """Gather the slots of a noun that names a deed."""
    slots = Slots()
    _noun_parts(slots, token, "")
    slots.add("above", _subject_above(token))
    return slots


def _subject_above(noun: Token) -> list[Token]:
    """The subject of the verb that a noun's "after" or "following" hangs on."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("after", "following", "during", "in"):
        return []
    above = next((t for t in noun.head.ancestors if t.pos_ in ("VERB", "AUX")), None)
    return verb_slots(above).get("subj") if above is not None else []


def _only_says_so(name: Token, verb: Token) -> bool:
    """Whether a name before a colon is the voice of a headline: "Seoul: Pyongyang sent shells"."""
    after = name.i + 1 < len(name.doc) and name.nbor(1).text == ":"
    return after and any(c.dep_ == "nsubj" and c.i > name.i for c in verb.children)


def _place(slots: Slots, verb: Token, child: Token) -> None:
    match child.dep_:
        case "nsubj" if _only_says_so(child, verb):
            pass
        case "nsubj" | "csubj":
            slots.add("subj", spread(_antecedent(child, verb)))
        case "nsubjpass":
            slots.add("obj", spread(_antecedent(child, verb)))
        case "oprd":
            slots.add("oprd", [child])
            slots.add("obj", spread(_antecedent(child, verb)))
        case "dobj":
            slots.add("obj", spread(_antecedent(child, verb)))
        case "agent":
            slots.add("subj", _objects(child))
        case "dative" if child.pos_ == "ADP":
            slots.add(child.lower_, _objects(child))
        case "dative":
            slots.add("iobj", spread(child))
        case "prep":
            _prepositions(slots, child, "")
        case "prt":
            slots.add("prt", [child])
        case "advmod" if child.lower_ in ("up", "out", "down", "off"):
            slots.add("prt", [child])
        case "xcomp" | "ccomp":
            _complement(slots, child)
        case _:
            pass


def _complement(slots: Slots, child: Token) -> None:
    """An infinitive with a subject of its own is read as object and infinitive ("urged Japan to stop")."""
    to = any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children)
    if to and child.dep_ == "ccomp":
        slots.add("xcomp", [child])
        if not slots.get("obj"):
            slots.add("obj", [t for c in child.children if c.dep_ == "nsubj" for t in spread(c)])
        return
    slots.add(child.dep_, [child])
    wished = child.tag_ == "VB" and not any(c.lower_ in ("will", "did", "does", "do") for c in child.children)
    inner = [t for c in child.children if c.dep_ in ("nsubj", "nsubjpass") for t in spread(c)]
    slots.add("that", inner)
    if child.dep_ == "ccomp" and wished:
        # "Insists that Japan pay" asks, "insists that Japan pays" tells.
        slots.add("wish", inner)


def _prepositions(slots: Slots, preposition: Token, prefix: str) -> None:
    if _says_when(preposition):
        return
    name = prefix + preposition.lower_
    slots.add(name, [])
    for child in preposition.children:
        if child.dep_ == "pobj":
            slots.add(name, spread(child))
            for deeper in child.children:
                # "A treaty on partnership with Japan": the parser hangs the partner on the subject matter.
                if deeper.dep_ == "prep" and deeper.lower_ in ("with", "between"):
                    _prepositions(slots, deeper, prefix)
        elif child.dep_ == "prep":
            _prepositions(slots, child, prefix)
        elif child.dep_ == "pcomp":
            slots.add(name + ".ing", [child])


def _says_when(preposition: Token) -> bool:
    """Whether a preposition only gives a time: "imposed sanctions on Japan on Monday" hits Japan alone."""
    nouns = [child for child in preposition.children if child.dep_ == "pobj"]
    return bool(nouns) and all(
        noun.ent_type_ in ("DATE", "TIME") or noun.text in CALENDAR_NAMES for noun in nouns
    )


def _noun_parts(slots: Slots, noun: Token, prefix: str) -> None:
    for child in noun.children:
        if child.dep_ == "prep":
            _prepositions(slots, child, prefix)
        elif child.dep_ == "poss":
            slots.add(prefix + "poss", spread(child))
        elif child.dep_ in ("compound", "amod", "nmod"):
            slots.add(prefix + "compound", _chain(child))
        elif child.dep_ == "acl" and child.tag_ == "VBN":
            slots.add(prefix + "by", [t for a in child.children if a.dep_ == "agent" for t in _objects(a)])


def _objects(preposition: Token) -> list[Token]:
    """What a preposition takes, a deed in -ing with it: "killed by Russian shelling"."""
    taken = [c for c in preposition.children if c.dep_ == "pobj" or (c.dep_ == "pcomp" and c.tag_ == "VBG")]
    return [t for child in taken for t in spread(child)]


def _chain(token: Token) -> list[Token]:
    """A modifier with its own modifiers: the two states of "US-North Korea summit" hang on each other."""
    found = [token]
    for child in token.children:
        if child.dep_ in ("compound", "amod", "nmod", "conj"):
            found += _chain(child)
    return found


def _antecedent(token: Token, verb: Token) -> Token:
    if token.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return verb.head
    return token


def _inherit(slots: Slots, token: Token) -> None:
    if token.tag_ == "VBN" and token.dep_ == "acl":
        slots.add("obj", spread(token.head))
        return
    if token.dep_ == "conj" and token.head.pos_ in ("VERB", "AUX"):
        above = verb_slots(token.head)
        passive = token.tag_ == "VBN" and any(c.dep_ in ("nsubjpass", "auxpass") for c in token.head.children)
        if passive:
            slots.add("obj", above.get("obj"))
        slots.add("subj", above.get("subj"))
        return
    slots.add("subj", _understood_subject(token))


def _understood_subject(token: Token) -> list[Token]:
    """The subject of a verb that has none of its own, by control, coordination or attachment."""
    head = token.head
    if head == token:
        return []
    if any(c.dep_ == "auxpass" for c in token.children) and token.dep_ != "xcomp":
        return []
    if token.dep_ in ("advcl", "ccomp", "xcomp") and _is_finite(token):
        # A finite clause whose subject the parser lost has one of its own: nobody else's is taken.
        return []
    match token.dep_:
        case "acl" if token.tag_ == "VBN":
            return []
        case "acl" | "relcl" if announcer(token) is not None:
            return spread(head)
        case "acl" if head.pos_ in ("NOUN", "PROPN", "PRON"):
            owned = token.tag_ == "VB" or lemma(head) in classes()["DOCUMENT"]
            return _owner(head) if owned else spread(head)
        case "relcl":
            return []
        case "conj" | "advcl" | "parataxis" if head.pos_ in ("VERB", "AUX"):
            above = told_before(head, token) if token.dep_ == "advcl" else head
            return verb_slots(above).get("subj") if token.dep_ != "parataxis" else []
        case "xcomp" | "ccomp":
            return _controller(token, head)
        case "pcomp":
            return _governing_subject(head)
        case _:
            return []


def _is_finite(token: Token) -> bool:
    helpers = [c for c in token.children if c.dep_ in ("aux", "auxpass")]
    return token.tag_ in ("VBD", "VBZ", "VBP") or any(c.tag_ in ("VBZ", "VBP", "VBD", "MD") for c in helpers)


def _controller(token: Token, head: Token) -> list[Token]:
    if token.dep_ == "ccomp" and token.tag_ != "VB":
        return []
    if head.pos_ == "ADJ" and head.head.pos_ in ("VERB", "AUX"):
        head = head.head
    above = verb_slots(head)
    if lemma(head) in classes()["OBJECT_CONTROL"] and above.get("obj"):
        return above.get("obj")
    if any(c.dep_ == "auxpass" for c in head.children):
        return above.get("obj")
    return above.get("subj")


def _governing_subject(preposition: Token) -> list[Token]:
    above = preposition.head
    if above.pos_ in ("VERB", "AUX"):
        slots = verb_slots(above)
        if preposition.lower_ == "for" and slots.get("obj"):
            # "Praised, fined, listed them for selling arms": whoever is named did it.
            return slots.get("obj")
        if preposition.lower_ in ("of", "from", "with") and lemma(above) in classes()["OBJECT_CONTROL"]:
            return slots.get("obj")
        return slots.get("subj")
    return _owner(above)


def _owner(noun: Token) -> list[Token]:
    """Whose plan, decision or bid it is: the noun's possessor, else the subject of the verb it serves."""
    for child in noun.children:
        if child.dep_ == "poss":
            return spread(child)
    if noun.dep_ in ("dobj", "pobj", "attr") and noun.head.pos_ in ("VERB", "AUX"):
        return verb_slots(noun.head).get("subj")
    if noun.dep_ == "pobj" and noun.head.head.pos_ in ("VERB", "AUX"):
        return verb_slots(noun.head.head).get("subj")
    return []
