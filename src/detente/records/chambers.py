"""Which body votes: named in the sentence, by its short name, or a state's chamber by its common noun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from detente.codebooks.bodies import Body, VotingRule, bodies, body_by_id
from detente.codebooks.institutions import cues
from detente.language.frames import ParsedText, Sentence
from detente.model.actors import ActorKind, Party
from detente.records.passages import state_of, states_of, token_at, wording
from detente.records.posts import state_named

_RESOLUTION_OF_COUNCIL = re.compile(
    r"\b[Rr]esolution \d{3,4}\b"
    r"|\b(?:the|15-member|15-nation) Council\b.{0,200}\b(?:abst|veto|votes in favour)"
    r"|\b(?:abst|veto|votes in favour).{0,200}\bthe Council\b|\bCouncil members\b.{0,160}\b(?:abst|veto)"
)
"""A numbered resolution, or "the Council" beside vetoes and abstentions: the Security Council's."""
_SIMPLE = VotingRule("simple", share=(1, 2), of="cast", source="the common rule of parliaments")


def body_of(text: ParsedText, index: int, sentence: Sentence, verb: Token, said: str) -> Body | None:
    """The body that votes: named in the sentence, or by its short name after it was named in the page."""
    named = named_bodies(said)
    if named:
        return _own_body(sentence, said, verb, named)
    for body, at in _short_names(text, index, said):
        token = token_at(sentence, sentence.start + at)
        if token is not None:
            return body
    if _RESOLUTION_OF_COUNCIL.search(said):
        return body_by_id()["un-security-council"]
    return chamber(text, index, sentence, said)


def chamber(text: ParsedText, index: int, sentence: Sentence, said: str) -> Body | None:
    """A state's chamber that no table lists: "Peru's Congress", "the parliament" of the one state told of."""
    for match in _chambers().finditer(said):
        state = state_named(match["owner"] or "") or _state_of_text(text, index, match["noun"])
        known = next(
            (b for b in bodies() if b.state == state and match["noun"] in (*b.short, *b.names)), None
        )
        if known is not None and state is not None:
            return known
        if state is not None:
            name = match["noun"]
            slug = re.sub(r"\W+", "-", name.lower())
            return Body(f"{state.lower()}-{slug}", name, (name,), (name,), (_SIMPLE,), None, state)
    return None


def _state_of_text(text: ParsedText, index: int, noun: str) -> str | None:
    """The only state the sentence and the two before it speak of."""
    near = text.sentences[max(0, index - 2) : index + 1]
    found = states_of(party for sentence in near for party in sentence.actors)
    found |= {place.country for sentence in near for place in sentence.places if place.country}
    return next(iter(found)) if len(found) == 1 else None


@cache
def _chambers() -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, cues("vote")["chambers"]), key=len, reverse=True))
    owner = r"[A-Z][\w.’'-]*?(?:\s[A-Z][\w.-]*?){0,2}"
    return re.compile(rf"(?:\b(?P<owner>{owner})(?:[’']s?)?\s+)?\b(?P<noun>{listed})\b")


def _own_body(sentence: Sentence, said: str, verb: Token, named: list[tuple[Body, int]]) -> Body | None:
    return min(named, key=lambda found: abs(found[1] + sentence.start - sentence.position(verb)))[0]


def body_near(text: ParsedText, index: int, said: str) -> Body | None:
    """The first body a sentence names, by its full or its short name; None where it names none."""
    named = named_bodies(said)
    if named:
        return named[0][0]
    return next((body for body, _ in _short_names(text, index, said)), None)


def body_after(text: ParsedText, index: int, by: tuple[Party, ...]) -> Body | None:
    """The body the next sentence names, when all who vetoed have a veto there."""
    for later in text.sentences[index + 1 : index + 2]:
        for body, _ in named_bodies(wording(text, later)):
            if all(state_of(party) in rule.veto for party in by for rule in (body.rule_for(""),)):
                return body
    return None


def named_bodies(said: str) -> list[tuple[Body, int]]:
    """The bodies a sentence calls by a full name, in order, with where they stand in it."""
    found: dict[str, tuple[Body, int]] = {}
    taken: list[tuple[int, int]] = []
    for name, body in _names():
        if name.split()[0].strip(".,'’s").lower() not in said.lower():
            continue
        for match in re.finditer(rf"\b{re.escape(name)}(?!\w)", said):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append((match.start(), match.end()))
                found.setdefault(body.id, (body, match.start()))
    return sorted(found.values(), key=lambda item: item[1])


def _names() -> list[tuple[str, Body]]:
    pairs = [(name.replace("’", "'"), body) for body in bodies() for name in body.names]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _short_names(text: ParsedText, index: int, said: str) -> Iterator[tuple[Body, int]]:
    """Bodies called by a short name after their full one, or beside the state whose body they are."""
    before = text.sentences[max(0, index - 8) : index]
    known = [body for earlier in reversed(before) for body, _ in named_bodies(wording(text, earlier))]
    near = states_of(
        party for sentence in text.sentences[max(0, index - 2) : index + 1] for party in sentence.actors
    )
    own = [body for body in bodies() if body.state in near] if len(near) == 1 else []
    for body in (*known, *own):
        for short in body.short:
            match = re.search(
                rf"(?<!\w[’']s )\b(?:[Tt]he|[Ii]ts)\s+(?:\d+-member\s+)?{re.escape(short)}\b", said
            )
            if match:
                yield body, match.end() - 2


def permanent_members(by: tuple[Party, ...], said: str, objects: tuple[Token, ...]) -> Body | None:
    """The Security Council, when permanent members veto a resolution and the words name the UN."""
    council = body_by_id()["un-security-council"]
    holders = council.rule_for("").veto
    on_draft = any(noun.lower_ in ("resolution", "draft", "extension") for noun in objects)
    return (
        council
        if on_draft and all(state_of(p) in holders for p in by) and re.search(r"\bU\.?N\b", said)
        else None
    )


def as_party(body: Body, sentence: Sentence, said: str) -> Party:
    """The body as a party, placed where the sentence names it."""
    for party in sentence.actors:
        if party.id == body.id:
            return party
    for name in (*body.names, *body.short):
        at = said.find(name)
        if at >= 0:
            start = sentence.start + at
            return Party(body.id, name, body.state, start, start + len(name), ActorKind.ORGANISATION)
    return Party(body.id, body.name, body.state, kind=ActorKind.ORGANISATION)
