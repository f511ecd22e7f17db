"""What the finders of records share: parties around a verb, the day of a deed, its evidence, who says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Token

from detente.language.frames import Attribution, ParsedText, Sentence
from detente.model.actors import ActorKind, Party
from detente.model.records import Voice
from detente.model.text import Evidence

_MODIFIERS = frozenset({"compound", "poss", "amod", "nmod", "det"})
_INSIDE = frozenset({"of", "from", "between", "in", "with"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_PRONOUNS = frozenset({"who", "which", "that"})

_PURPOSE = re.compile(
    r"\s+(?:to|that would|which would|calling for|demanding|extending|imposing|condemning|urging"
    r"|establishing)\s"
    r"[^,.;()]{3,160}"
)


def wording(text: ParsedText, sentence: Sentence) -> str:
    """The words of a sentence as they stand in the rendition."""
    return text.rendition.text[sentence.start : sentence.end]


@cache
def any_of(words: frozenset[str]) -> re.Pattern[str]:
    """A pattern for any of the words or phrases, whole words, without regard to case."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)


def token_at(sentence: Sentence, offset: int) -> Token | None:
    """The token that stands at a code point of the rendition."""
    at = offset - sentence.shift
    for token in sentence.tokens:
        if token.idx <= at < token.idx + len(token.text):
            return token
    return None


def evidence(text: ParsedText, *sentences: Sentence) -> tuple[Evidence, ...]:
    """Quote each sentence once, in text order."""
    spans = sorted({(sentence.start, sentence.end) for sentence in sentences})
    return tuple(text.evidence(*_trimmed(text, start, end)) for start, end in spans)


def _trimmed(text: ParsedText, start: int, end: int) -> tuple[int, int]:
    while end > start and text.rendition.text[end - 1].isspace():
        end -= 1
    return start, end


def chain(text: ParsedText, offset: int) -> tuple[Voice, ...]:
    """The chain of attribution of what stands at an offset."""
    return text.chain(covering(text, offset))


def covering(text: ParsedText, offset: int) -> tuple[Attribution, ...]:
    """The attributions in whose words an offset stands.

    A side clause that says something of its own ("as Seoul shows more resolve, the US imposed ...") does
    not speak for the clause beside it; "as Seoul said, the US imposed ..." does.
    """
    found = text.saying(offset)
    if not found:
        return ()
    sentence = text.sentence_at(offset)
    word = token_at(sentence, offset) if sentence else None
    if sentence is None or word is None:
        return tuple(found)
    return tuple(one for one in found if not _speaks_aside(sentence, one, word))


def _speaks_aside(sentence: Sentence, attribution: Attribution, word: Token) -> bool:
    cue = token_at(sentence, attribution.cue.start) if attribution.cue else None
    if cue is None or not cue.tag_.startswith("V") or attribution.is_quote or word in cue.subtree:
        return False
    inside = any(node.dep_ == "advcl" for node in (cue, *cue.ancestors) if word not in node.subtree)
    return inside and any(child.dep_ in ("dobj", "ccomp", "xcomp") for child in cue.children)


def parties_of(sentence: Sentence, token: Token | None, *, inside: bool = True) -> tuple[Party, ...]:
    """The parties a noun names, with those joined to it by "and"; else those inside its own phrase.

    `inside` also looks into "of", "from" and "between" phrases ("the leaders of Russia and North Korea").
    """
    return distinct(_parties(sentence, token, inside=inside)) if token is not None else ()


def _parties(sentence: Sentence, token: Token, *, inside: bool) -> Iterator[Party]:
    named = sorted(sentence.actors_of(token), key=lambda party: (party.start or 0) - (party.end or 0))
    if named:
        yield named[0]
    for child in token.children:
        if child.dep_ == "conj" or (not named and child.dep_ in _MODIFIERS):
            yield from _parties(sentence, child, inside=inside)
        elif not named and inside and child.dep_ == "prep" and child.lower_ in _INSIDE:
            for noun in complements(child):
                yield from _parties(sentence, noun, inside=inside)


def named_parties(text: ParsedText, sentence: Sentence, noun: Token) -> tuple[Party, ...]:
    """The parties a noun names; of a name nobody knows, the name itself ("to the Rapid Support Forces")."""
    known = parties_of(sentence, noun) or state_at(sentence, noun)
    if known or not noun.tag_.startswith("NNP") or noun.ent_type_ in ("DATE", "TIME"):
        return known
    words, start = phrase(text, sentence, noun).removeprefix("the "), sentence.position(noun)
    return (Party(None, words, None, start, start + len(noun), ActorKind.ORGANISATION),)


def state_at(sentence: Sentence, token: Token) -> tuple[Party, ...]:
    """The state in which the place a token names lies: "shipped to Vladivostok" goes to Russia."""
    at = sentence.position(token)
    return tuple(
        Party(place.country, place.text, place.country, place.start, place.end, ActorKind.STATE)
        for place in sentence.places
        if place.country and place.start is not None and place.end and place.start <= at < place.end
    )


def distinct(parties: Iterable[Party]) -> tuple[Party, ...]:
    """The parties without repetition, in order."""
    found: dict[str, Party] = {}
    for party in parties:
        found.setdefault(party.label, party)
    return tuple(found.values())


def states_of(parties: Iterable[Party]) -> frozenset[str]:
    """The states the parties are or stand for."""
    return frozenset(state for party in parties if (state := party.state or _own_code(party)))


def _own_code(party: Party) -> str | None:
    return party.id if party.id and party.id.isupper() and len(party.id) == 3 else None


def state_of(party: Party) -> str | None:
    """The state a party is or stands for; None where it has none."""
    return party.state or _own_code(party)


def complements(preposition: Token) -> tuple[Token, ...]:
    """The nouns a preposition governs."""
    return tuple(child for child in preposition.children if child.dep_ in ("pobj", "dobj", "obj"))


def subjects(verb: Token, steps: int = 5) -> tuple[Token, ...]:
    """Who does what the verb says: its own subject, else that of the verb it hangs on."""
    own = tuple(child for child in verb.children if child.dep_ in _SUBJECTS)
    if own:
        if own[0].lower_ in _PRONOUNS and verb.dep_ == "relcl":
            return (verb.head,)
        return own
    if steps == 0 or verb.dep_ == "ROOT":
        return ()
    if verb.dep_ in ("acl", "relcl"):
        if any(child.tag_ == "TO" for child in verb.children):
            return subjects(verb.head.head, steps - 1) if verb.head.dep_ == "dobj" else ()
        return (verb.head,) if verb.tag_ == "VBG" else ()
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and (beside := _absolute(verb)):
        return beside
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("of", "from") and (blamed := _objects(verb.head.head)):
        return blamed
    if verb.dep_ in ("xcomp", "conj", "advcl", "pcomp", "ccomp", "prep"):
        return subjects(verb.head, steps - 1)
    return ()


def _objects(verb: Token) -> tuple[Token, ...]:
    """Whom a verb's "of" or "from" clause is about: "accused Russia of supplying"."""
    return tuple(child for child in verb.children if child.dep_ in ("dobj", "obj"))


def _absolute(verb: Token) -> tuple[Token, ...]:
    """The subject of "with Russia voting against": the noun of the "with" right before a participle."""
    for sibling in verb.head.children:
        if sibling.dep_ == "prep" and sibling.lower_ == "with" and sibling.i < verb.i < verb.head.i:
            return complements(sibling)
    return ()


def is_passive(verb: Token) -> bool:
    """Whether the verb's subject is what it is done to."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    # "The agreement reached" is often tagged as a past tense.
    if (verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBD")) or (verb.dep_ == "relcl" and verb.tag_ == "VBN"):
        return not any(child.dep_ in ("nsubj", "aux") for child in verb.children)
    return verb.dep_ == "conj" and verb.tag_ == "VBN" and not _has_own_helper(verb) and is_passive(verb.head)


def _has_own_helper(verb: Token) -> bool:
    return any(child.dep_ in ("aux", "nsubj") for child in verb.children)


def doers(sentence: Sentence, verb: Token) -> tuple[Party, ...]:
    """The parties that do what the verb says: subject, or the "by" of a passive."""
    if is_passive(verb):
        by = [child for child in verb.children if child.dep_ == "agent" or child.lower_ == "by"]
        return distinct(
            party for word in by for noun in complements(word) for party in parties_of(sentence, noun)
        )
    return distinct(party for noun in subjects(verb) for party in parties_of(sentence, noun))


def undergoers(verb: Token) -> tuple[Token, ...]:
    """The nouns to which the verb's deed is done: object, or the subject of a passive."""
    if is_passive(verb):
        if verb.dep_ in ("acl", "relcl") and not any(c.dep_ == "nsubjpass" for c in verb.children):
            return (verb.head,)
        own = tuple(child for child in verb.children if child.dep_ == "nsubjpass")
        return own or subjects(verb)
    found = [child for child in verb.children if child.dep_ in ("dobj", "obj", "attr")]
    if not found:
        found = [c for c in verb.head.children if verb.dep_ == "conj" and c.dep_ == "dobj" and c.i > verb.i]
    return tuple(found)


def prepositional(token: Token, *words: str) -> tuple[Token, ...]:
    """The nouns that hang on a verb or noun by one of the prepositions."""
    return tuple(
        noun
        for child in token.children
        if child.dep_ in ("prep", "dative", "agent") and child.lower_ in words
        for noun in complements(child)
    )


def conjuncts(nouns: Iterable[Token]) -> Iterator[Token]:
    """The nouns and those joined to them by "and"."""
    for noun in nouns:
        yield noun
        yield from noun.conjuncts


def phrase(
    text: ParsedText, sentence: Sentence, noun: Token, *, purpose: bool = False, limit: int = 200
) -> str:
    """The noun phrase around a noun as written, without the clauses after it.

    `purpose` keeps what it is for: "a draft to extend the mandate", "a resolution calling for a truce".
    """
    kept = [t for t in noun.subtree if not _in_clause(t, noun)]
    start, end = kept[0].idx + sentence.shift, kept[-1].idx + len(kept[-1].text) + sentence.shift
    if purpose and (more := _PURPOSE.match(text.rendition.text, end, sentence.end)):
        end = more.end()
    return " ".join(text.rendition.text[start:end].split())[:limit].strip(" ,.")


def _in_clause(token: Token, noun: Token) -> bool:
    node = token
    while node.i != noun.i and node.head.i != node.i:
        if node.dep_ in ("relcl", "advcl", "acl", "appos") and node.i > noun.i:
            return True
        if node.dep_ in ("conj", "cc") and node.i > noun.i and node.head.i == noun.i:
            return True
        if node.dep_ == "prep" and node.i > noun.i and any(c.ent_type_ == "DATE" for c in complements(node)):
            return True
        if node.dep_ == "punct" and node.head.i == noun.i and node.i > noun.i:
            return True
        node = node.head
    return False
