"""Find promises taken back: "withdrew its pledge to send tanks", "went back on its word"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from detente.codebooks.statement_words import withdrawals
from detente.language.contents import spans_of
from detente.language.frames import Sentence
from detente.model.statements import Commitment, Modality, Polarity, StatementKind
from detente.model.text import BlockKind
from detente.statements.drafts import Draft, Page, distinct, is_state, subject_phrase, subtree_actors


def find_withdrawn(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """Find the promises a sentence says were taken back: commitments, negated, with what was promised."""
    if sentence.block.kind is BlockKind.TABLE:
        return
    for noun in sentence.tokens:
        if noun.lower_ not in withdrawals("promise") or noun.pos_ != "NOUN":
            continue
        verb = _taking_back(noun)
        if verb is None or any(c.dep_ == "neg" or c.tag_ == "MD" for c in verb.children):
            continue
        deed = next((c for c in noun.children if c.dep_ in ("acl", "relcl") and _is_infinitive(c)), None)
        content = tuple(spans_of((deed or noun).subtree, sentence)[:1])
        subject = subject_phrase(verb)
        promiser = subtree_actors(sentence, subject)[:1]
        if not content or subject is None:
            continue
        over = page.covering(sentence.position(noun))
        yield Draft(
            kind=StatementKind.COMMITMENT,
            content=content,
            sentences=(sentence,),
            trigger=verb.lower_,
            rule="page:withdrawn",
            head=sentence.position(verb),
            attributions=over,
            speaker=() if over else distinct(promiser),
            modality=Modality.PLANNED,
            polarity=Polarity.NEGATED,
            commitment=Commitment(promiser=distinct(promiser), deed=_wording(sentence, deed or noun)),
            salient=None if any(map(is_state, promiser)) else False,
        )


def _taking_back(noun: Token) -> Token | None:
    """The verb that takes a promise back; None where nothing does."""
    if noun.dep_ in ("dobj", "nsubjpass") and noun.head.lower_ in withdrawals("takes"):
        return noun.head
    if noun.dep_ != "pobj":
        return None
    node = noun.head
    while node.head.i != node.i and node.pos_ != "VERB":
        node = node.head
    back = noun.head.lower_ == withdrawals("turns").get(node.lower_, "-")
    goes = node.lower_.startswith(("back", "renege"))
    return node if back and (goes or any(c.lower_ in ("back", "away") for c in node.children)) else None


def _is_infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.lefts)


def _wording(sentence: Sentence, token: Token) -> str:
    words = [t.text for t in token.subtree if t.i >= token.i]
    return " ".join(words)
