"""Read the counts of a vote and who cast which ballot from the words of a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from detente.codebooks.bodies import Body, body_by_id
from detente.language.frames import Sentence
from detente.language.numerals import VALUE, read_number
from detente.model.actors import ActorKind, Party
from detente.model.institutions import Ballot, Tally
from detente.records.passages import complements, parties_of, subjects

_N = rf"(?P<n>{VALUE})(?:\s+(?:out\s+)?of\s+(?:the\s+|its\s+)?{VALUE})?"
_MEMBERS = (
    r"(?:\s+(?:\w+\s+)?(?:members?|countries|states|nations|votes?|lawmakers|senators|deputies|ballots)"
    r"(?:\s+of\s+the\s+[A-Z][\w\s.]{3,40}?)?)?"
)
_PAIR = re.compile(
    rf"\b(?P<a>{VALUE})(?:\s+(?:votes?|ayes|yes\s+votes))?\s*(?:[-–—]|\s+to\s+)\s*(?P<b>{VALUE}|none|nil|zero)"
    rf"(?:\s*[-–—]\s*(?P<c>{VALUE}))?\b",
    re.IGNORECASE,
)
_FOR = (
    re.compile(
        rf"\b{_N}{_MEMBERS}\s+(?:(?:have\s+)?(?:voted|voting|were|was|cast)\s+)?(?:in\s+favou?r|for\b|in\s+support)",
        re.I,
    ),
    re.compile(rf"\b(?:supported|backed|approved|favou?red)\s+by\s+{_N}", re.I),
    re.compile(rf"\b{_N}\s+(?:(?:yes|affirmative|favou?rable|positive)\s+votes|ayes)\b", re.I),
    re.compile(
        rf"\b{_N}{_MEMBERS}\s+(?:had\s+)?(?:sided\s+with|backed|supported|approved|endorsed|wanted|voted\s+to)\b",
        re.I,
    ),
    re.compile(
        rf"\b(?:received|won|got|drew|secured|garnered|gathered|obtained|mustered|with)\s+(?:just\s+|only\s+)?"
        rf"{_N}\s+(?:votes|ballots)(?!\s+against)",
        re.I,
    ),
)
_AGAINST = (
    re.compile(
        rf"\b{_N}{_MEMBERS}\s+(?:(?:voted|voting|were|cast)\s+)?(?:against|opposed|in\s+opposition)", re.I
    ),
    re.compile(rf"\b(?:opposed|rejected)\s+by\s+{_N}", re.I),
    re.compile(rf"\b{_N}{_MEMBERS}\s+(?:rejected|opposed|voted\s+no)\b", re.I),
    re.compile(rf"\b{_N}\s+(?:(?:no|negative|dissenting|opposing)\s+votes|noes|nays)\b", re.I),
    re.compile(rf"\b(?:votes?\s+)?against\s+{_N}(?:\s+from|\s+votes|[,.;])", re.I),
)
_ABSTAIN = (
    re.compile(rf"\b{_N}\s+(?:\w+\s+)?abstentions?\b", re.I),
    re.compile(rf"\b{_N}{_MEMBERS}\s+(?:abstained|abstaining|abstain)\b", re.I),
)
_ABSENT = (re.compile(rf"\b{_N}{_MEMBERS}\s+(?:were\s+)?absent\b", re.I),)
_VOTING = re.compile(
    r"\b(?:vot(?:e|ed|es|ing)|adopt\w*|pass(?:ed|es)|approv\w*|ratif\w*|reject\w*|defeat\w*|ballot|tally"
    r"|carried|decided|impeached|convicted|endorsed|ayes|noes)\b",
    re.I,
)
_BRACKETS = re.compile(
    rf"\b{VALUE}(?:\s+\w+)?\s+\((?P<who>[^)]+)\)\s+(?:(?:were|voted|had)\s+)?"
    r"(?P<side>against|for|in\s+favou?r|abstain\w*)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"\b{VALUE}\s+(?:\w+\s+)?(?P<side>against|abst\w+|in\s+favou?r)\s+\((?P<who>[^)]+)\)", re.IGNORECASE
)
_PAIRED = re.compile(r"\d\s*(?:[-–—]|to)\s*$")
"""Before a number: the first of a pair, "190-0 for"."""
_ALONE = re.compile(r"\b(?:only|alone|just|lone)\b", re.IGNORECASE)
_UNANIMOUS = re.compile(r"\bunanimous(?:ly)?\b", re.I)
_HELPERS = re.compile(r"\s*(?:,?\s*(?:who|which|has|have|had|also|both|then)\s*)*", re.I)
_JOIN = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+|&\s*)")
_CLAUSE_FOR = re.compile(r"\b(?:in\s+favou?r|for|supported|support|backed)\b", re.I)


def read_tally(said: str, body: Body | None) -> Tally | None:
    """Read the counts a sentence gives; None when it gives none.

    "14-0" and "10 to 0" count as for and against only beside a word of voting; "unanimously" counts all
    members of a body of fixed size.
    """
    found = Tally(_count(_FOR, said), _count(_AGAINST, said), _count(_ABSTAIN, said), _count(_ABSENT, said))
    pair = _pair(said)
    if pair and found.for_ is None:
        found = replace(found, for_=pair[0], against=pair[1] if found.against is None else found.against)
        if len(pair) == 3 and found.abstain is None:
            found = replace(found, abstain=pair[2])
    if found.for_ is None and body and body.members and _UNANIMOUS.search(said) and _VOTING.search(said):
        # A body of fixed small size is all present when its vote is called unanimous; a chamber is not.
        found = Tally(body.members if body.members <= 50 else None, 0, 0) if body.members <= 50 else found
    return found if found != Tally() else None


def _count(patterns: Iterable[re.Pattern[str]], said: str) -> int | None:
    for pattern in patterns:
        for match in pattern.finditer(said):
            if _PAIRED.search(said, max(0, match.start() - 8), match.start()):
                continue
            value = read_number(match["n"])
            if value is not None and value == int(value):
                return int(value)
    if patterns is _AGAINST and re.search(
        r"\b(?:no(?:ne|body)?|no\s+one|without(?:\s+a)?)\s+(?:vot(?:es?|ed|ing)\s+)?(?:against|dissent)",
        said,
        re.I,
    ):
        return 0
    return None


def _pair(said: str) -> tuple[int, ...] | None:
    if not _VOTING.search(said):
        return None
    for match in _PAIR.finditer(said):
        near = said[max(0, match.start() - 60) : match.end() + 40]
        if not _VOTING.search(near) or re.match(r"\s*(?:percent|%|years?|p\.m)", said[match.end() :]):
            continue
        values = [_read(match[name]) for name in ("a", "b", "c") if match[name]]
        whole = [int(value) for value in values if value is not None and value == int(value) and value < 1000]
        if len(whole) == len(values) and not _is_range(said, match):
            return tuple(whole)
    return None


def _read(word: str) -> float | None:
    return 0.0 if word.lower() in ("none", "nil") else read_number(word)


def _is_range(said: str, match: re.Match[str]) -> bool:
    before = said[: match.start()].lower()
    return bool(
        re.search(
            r"(?:january|february|march|april|may|june|july|august|september|october|november|december|between|from)\s+$",
            before,
        )
    )


def read_ballots(sentence: Sentence, said: str) -> tuple[Ballot, ...]:
    """Read how named members voted: "China abstained", "Russia voted against"."""
    found: dict[str, Ballot] = {}
    for party, vote in (*_ballots(sentence, said), *_in_brackets(sentence, said)):
        if party.id in body_by_id() or (party.kind is ActorKind.GROUP and party.id is None):
            continue
        found.setdefault(party.label, Ballot(party, vote))
    return tuple(found.values())


def _ballots(sentence: Sentence, said: str) -> Iterator[tuple[Party, str]]:
    for token in sentence.tokens:
        lower = token.lower_
        if lower in ("abstained", "abstaining", "abstain"):
            yield from _cast(sentence, token, "abstain")
        elif lower in ("abstention", "abstentions"):
            for word in token.children:
                if word.lower_ in ("from", "by", "of"):
                    yield from (
                        (p, "abstain") for noun in complements(word) for p in parties_of(sentence, noun)
                    )
        elif lower in ("voted", "voting", "votes", "cast"):
            side = _side(token)
            if side:
                yield from _cast(sentence, token, side)
        elif lower in ("opposed", "opposing", "backed", "supported") and _is_of_draft(token):
            yield from _cast(sentence, token, "against" if lower.startswith("oppos") else "for")
        elif lower == "no" and token.head.lower_ in ("said", "voted"):
            yield from _cast(sentence, token.head, "against")
        elif lower == "against" and (voters := _before_against(token)) is not None:
            yield from ((p, "against") for p in parties_of(sentence, voters, inside=False))
        elif lower in ("including", "included", "include") and _CLAUSE_FOR.search(
            _before(said, sentence, token)
        ):
            nouns = [c for c in token.children if c.dep_ in ("pobj", "dobj")]
            yield from ((p, "for") for noun in nouns for p in parties_of(sentence, noun))


def _is_of_draft(verb: Token) -> bool:
    """Whether what is opposed or backed is the draft: "opposed it", "backed the text"."""
    things = [c for c in verb.children if c.dep_ == "dobj"]
    return any(t.lower_ in ("it", "resolution", "draft", "text", "motion", "bill", "measure") for t in things)


def _in_brackets(sentence: Sentence, said: str) -> Iterator[tuple[Party, str]]:
    """Who stands in brackets behind a count: "five (Germany, Hungary and others) were against"."""
    for match in (*_BRACKETS.finditer(said), *_COUNTED.finditer(said)):
        side = "abstain" if match["side"].lower().startswith("abst") else match["side"].lower()
        start, end = sentence.start + match.start("who"), sentence.start + match.end("who")
        inside = (p for p in sentence.actors if p.start is not None and start <= p.start < end)
        yield from ((party, "for" if side.startswith(("in", "for")) else side) for party in inside)


def _before_against(word: Token) -> Token | None:
    """The name in "with Russia and China against": one that is not itself voted on."""
    noun = word.doc[word.i - 1] if word.i else None
    if (
        noun is None
        or not noun.tag_.startswith("NNP")
        or word.doc[word.i + 1 : word.i + 2].text not in (",", ".", "and", "")
    ):
        return None
    while noun.dep_ in ("conj", "compound") and noun.head.tag_.startswith("NNP"):
        noun = noun.head
    return noun


def _before(said: str, sentence: Sentence, token: Token) -> str:
    return said[: token.idx - sentence.span.start_char].rpartition(";")[2]


def _cast(sentence: Sentence, verb: Token, vote: str) -> Iterator[tuple[Party, str]]:
    listed = _list_before(sentence, verb)
    if listed:
        yield from ((party, vote) for party in listed)
        return
    for noun in subjects(verb):
        for party in parties_of(sentence, noun, inside=False):
            yield party, vote


def _list_before(sentence: Sentence, verb: Token) -> list[Party]:
    """The names right before a verb: parsers lose "..., and China abstained" after other ballots."""
    words, end = sentence.span.text, verb.idx - sentence.span.start_char
    found: list[Party] = []
    for party in reversed(sentence.actors):
        if party.start is None or party.end is None or party.end - sentence.start > end:
            continue
        gap = words[party.end - sentence.start : end]
        if not (_JOIN if found else _HELPERS).fullmatch(gap):
            break
        found.insert(0, party)
        end = party.start - sentence.start
    return found


def _side(verb: Token) -> str:
    for child in verb.children:
        if child.lower_ == "against":
            return "against"
        if child.lower_ in ("for", "in") and child.dep_ == "prep":
            nouns = [noun.lower_ for noun in complements(child)]
            if child.lower_ == "for" or nouns[:1] in (["favor"], ["favour"]):
                return "for"
    return ""


def join_tallies(first: Tally | None, second: Tally | None) -> Tally | None:
    """Fill the counts one sentence leaves open from another."""
    if first is None or second is None:
        return first or second
    return Tally(
        *(
            a if a is not None else b
            for a, b in ((getattr(first, n), getattr(second, n)) for n in Tally.__slots__)
        )
    )


def turned(tally: Tally | None) -> Tally | None:
    """The counts of a draft that fell: "defeated by 19 votes to 17" has the 19 against it."""
    if tally is None or tally.for_ is None or tally.against is None or tally.for_ <= tally.against:
        return tally
    return replace(tally, for_=tally.against, against=tally.for_)


def completed(tally: Tally | None, ballots: list[Ballot], body: Body, said: str = "") -> Tally | None:
    """Fill the counts a text leaves out: when all it names make up the body, or are the "only" ones."""
    named = Counter(ballot.vote for ballot in ballots)
    if _ALONE.search(said) and named:
        counts = tally or Tally()
        tally = replace(
            counts,
            for_=(named["for"] or None) if counts.for_ is None else counts.for_,
            against=(named["against"] or None) if counts.against is None else counts.against,
            abstain=(named["abstain"] or None) if counts.abstain is None else counts.abstain,
        )
    if tally is None or tally.for_ is None:
        return tally
    against = named["against"] if tally.against is None else tally.against
    abstain = named["abstain"] if tally.abstain is None else tally.abstain
    if tally.for_ + against + abstain != body.members:
        return tally
    return replace(tally, against=against, abstain=abstain)
