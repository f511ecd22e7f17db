"""Split advice into what to do and what to leave, each with whom it is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from detente.language.contents import spans_of
from detente.language.frames import Sentence
from detente.model.actors import Party
from detente.model.statements import Advice, Modality, Polarity
from detente.model.text import Span
from detente.statements.drafts import VERBAL, Draft, head_in, subtree_actors

_INSTEAD = frozenset({"rather", "instead"})


def advice_drafts(draft: Draft, sentence: Sentence, inside: tuple[Span, ...]) -> Iterator[Draft]:
    """Give one statement for each thing advised: the main one, those joined to it, what to leave."""
    tokens = [t for t in sentence.tokens if any(s.start <= sentence.position(t) < s.end for s in inside)]
    main = _main_deed(tokens) or head_in(sentence, inside)
    addressee = _addressee(sentence, tokens, main)
    negated = draft.polarity is Polarity.NEGATED
    if main is None or main.pos_ not in VERBAL:
        yield _advise(draft, draft.content, addressee, not negated)
        return
    others = list(_other_deeds(main, tokens))
    taken = {t.i for _, verb, words in others for t in words}
    first = min((t.i for _, _, words in others for t in words), default=len(main.doc))
    own = [t for t in main.subtree if t.i not in taken and t.i < first]
    while own and own[-1].lower_ in ("while", "and", ",", "but", "rather", "than", "instead", "of"):
        own.pop()
    content = tuple(spans_of(own, sentence)) or draft.content
    yield _advise(draft, content if others else draft.content, addressee, not negated)
    for to_do, _, words in others:
        yield _advise(draft, tuple(spans_of(words, sentence)), addressee, to_do and not negated)


def _main_deed(tokens: list[Token]) -> Token | None:
    places = {token.i for token in tokens}
    verbs = [t for t in tokens if t.pos_ in VERBAL and t.dep_ in ("xcomp", "ccomp", "acl")]
    return next((t for t in verbs if t.head.i not in places or t.head.pos_ == "NOUN"), None)


def _other_deeds(main: Token, tokens: list[Token]) -> Iterator[tuple[bool, Token, list[Token]]]:
    """The further things advised: "while monitoring" to do, "rather than focusing" to leave."""
    for token in tokens:
        if (
            token.i == main.i
            or token.pos_ not in VERBAL
            or token.tag_ not in ("VBG", "VB")
            or token.i < main.i
        ):
            continue
        before = list(token.doc[max(0, token.i - 4) : token.i])
        words = {t.lower_ for t in before}
        if words & _INSTEAD and words & {"than", "of"}:
            yield False, token, _phrase(token, main, tokens)
        elif (token.dep_ == "advcl" and "while" in words) or (token.dep_ == "conj" and token.head == main):
            yield True, token, _phrase(token, main, tokens)


def _phrase(verb: Token, main: Token, tokens: list[Token]) -> list[Token]:
    """A deed's own words, up to where "rather than" opens another one."""
    kept: list[Token] = []
    for token in sorted(verb.subtree, key=lambda t: t.i):
        if token.i > verb.i and token.lower_ in _INSTEAD:
            break
        if token.lower_ not in ("while", "than", "rather", "instead", "and") or kept:
            kept.append(token)
    return kept


def _addressee(sentence: Sentence, tokens: list[Token], main: Token | None) -> tuple[Party, ...]:
    """Whom the advice is for: the object of "advise", or the subject of what is advised."""
    if main is None:
        return ()
    own = next((c for c in main.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    governor = next((c for c in main.head.children if c.dep_ == "dobj" and c.i < main.i), None)
    named = subtree_actors(sentence, own) or subtree_actors(sentence, governor)
    return named[:1]


def _advise(draft: Draft, content: tuple[Span, ...], addressee: tuple[Party, ...], to_do: bool) -> Draft:
    polarity = Polarity.AFFIRMED if to_do else Polarity.NEGATED
    advice = Advice(addressee=addressee, to_do=to_do)
    return replace(
        draft, content=content or draft.content, modality=Modality.OBLIGED, polarity=polarity, advice=advice
    )
