"""Find what a cue says was said: the clause or phrase that hangs on it, as stretches of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from detente.codebooks.cues import Cue, courtesies
from detente.language.frames import Sentence
from detente.language.source import text_of
from detente.model.statements import StatementKind
from detente.model.text import Span

_SMALL_CLAUSE = frozenset({"oprd", "acomp", "attr"})
_EDGE = " ,;:–—-\t\n"
_SHORTEST = 4
"""Code points: a shorter stretch beside a longer one is a torn relative pronoun."""
_MARKS = frozenset({"“", "”", '"', "''", "``"})
_RELATIVES = frozenset({"which", "who", "where", "whose", "whom", "when"})
_PLAIN = frozenset({"say", "claim", "argue", "think", "believe", "insist"})
_COMMENTS = frozenset({"revealing", "proving", "betraying", "exposing", "disclosing", "showing", "laying"})
_DEADLINES = frozenset({"by", "until", "before", "within", "through"})
_TAIL = 2
"""Tokens at the end among which a closing quotation mark stands."""
_MIN_CLAUSE = 3
"""Tokens: less than this beside a parenthetical cue is a torn clause, not what was said."""


def verb_content(verb: Token, cue: Cue) -> list[Token]:
    """The tokens a cue verb says were said, in order; empty when nothing hangs on it."""
    children = list(verb.children)
    content = _complement(verb, children, cue)
    if content and verb.tag_ == "VBG" and not any(c.dep_ in ("ccomp", "xcomp") for c in children):
        own = any(c.dep_ in ("nsubj", "aux") for c in children) or _apart(verb)
        content = content if own else []
    if not content and cue.strength != "stance":
        content = _host_clause(verb) or _clause_before(verb, cue) or _following(verb, cue)
    return without_comments(without_asides(content))


def _apart(verb: Token) -> bool:
    """Whether a participle is set off by a comma, so that it hangs on the clause, not the noun."""
    first = min((child.i for child in verb.lefts), default=verb.i)
    return first > verb.sent.start and verb.doc[first - 1].text in (",", "-", "–", "—")


def without_asides(tokens: list[Token]) -> list[Token]:
    """Leave out what the page adds of its own: a relative clause after a comma ("..., which was denied").

    One that runs on to the end is the page's; inside a quotation it is the speaker's and stays.
    """
    if not tokens:
        return tokens
    quoted = any(token.text in _MARKS for token in tokens)
    for token in () if quoted else tokens:
        if token.dep_ == "relcl" and tokens[0].i < token.i:
            first = next(iter(token.subtree))
            comma = first.i > tokens[0].i and first.nbor(-1).text == ","
            if comma and first.lower_ in _RELATIVES and token.head in tokens:
                gone = {part.i for part in token.subtree}
                return [kept for kept in tokens if kept.i not in gone]
    return tokens


def without_comments(tokens: list[Token]) -> list[Token]:
    """Leave out the page's comment on what was said: ", revealing their true aim", ", proving that ..."."""
    if any(token.text in _MARKS for token in tokens[-_TAIL:]):
        return tokens
    for token in tokens:
        if token.tag_ == "VBG" and token.lower_ in _COMMENTS and token.dep_ in ("advcl", "acl", "conj"):
            first = token.left_edge
            if first.i > tokens[0].i and first.nbor(-1).text == "," and tokens[-1].i <= token.right_edge.i:
                return [kept for kept in tokens if kept.i < first.i]
    return tokens


def trimmed(tokens: list[Token]) -> list[Token]:
    """Without a conjunction or a comma left hanging at the end."""
    kept = list(tokens)
    while len(kept) > 1 and (kept[-1].dep_ == "cc" or kept[-1].text in (",", ";", ":")):
        kept.pop()
    return kept


def contrast_of(verb: Token) -> list[Token]:
    """The clause with "while" that goes on with what a document notes, where it notes a thing."""
    things = [c for c in verb.children if c.dep_ in ("dobj", "ccomp")]
    if not things:
        return []
    for child in verb.children:
        against = [m for m in child.children if m.dep_ == "mark" and m.lower_ in ("while", "whereas")]
        if child.dep_ == "advcl" and child.i > things[-1].i and against and _has_subject(child):
            return list(child.doc[things[-1].left_edge.i : child.right_edge.i + 1])
    return []


def is_courtesy(verb: Token) -> bool:
    """Whether what is expressed is a courtesy ("conveyed greetings", "said goodbye") that states nothing."""
    things = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    if not things or _has_clause(verb):
        return False
    kind = courtesies().get(things[0].lower_, "")
    return kind == "courtesy" or (kind == "feeling" and not felt_about(things[0], verb))


def felt_about(feeling: Token, verb: Token) -> list[Token]:
    """What a feeling is about: the phrase after "satisfaction with"; empty when none is named."""
    if courtesies().get(feeling.lower_) != "feeling":
        return []
    for child in (*feeling.children, *verb.children):
        if child.dep_ == "prep" and child.lower_ in ("with", "for", "at", "over") and child.i > feeling.i:
            return [token for token in child.subtree if token.i != child.i]
    return []


def _has_clause(verb: Token) -> bool:
    return any(child.dep_ == "ccomp" for child in verb.children)


def passive_content(verb: Token, complement: list[Token], *, named: bool) -> list[Token]:
    """What a passive cue says: its clause, with its subject where the clause lacks one.

    Without a complement the subject is what was said, but only when a voice is `named` ("by the ministry").
    """
    subject = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    raising = complement and any(c.dep_ == "xcomp" for c in verb.children)
    if subject is None and raising and verb.dep_ == "conj":
        subject = next((c for c in verb.head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if (
        subject is not None
        and raising
        and subject.lower_ in ("which", "that", "who")
        and verb.dep_ == "relcl"
    ):
        gone = {token.i for token in verb.subtree}
        named_by = [token for token in verb.head.subtree if token.i < min(gone)]
        return sorted({*trimmed(named_by), *complement}, key=lambda token: token.i)
    if subject is None or subject.lower_ in ("it", "which", "that", "who"):
        return complement
    own_clause = any(child.dep_ == "ccomp" for child in verb.children)
    if own_clause or (not complement and not named):
        return complement
    return sorted({*subject.subtree, *complement}, key=lambda token: token.i)


def seeming_content(verb: Token) -> list[Token]:
    """What "seems to be" so: the subject with the infinitive or adjective; empty where nothing seems."""
    subject = next((child for child in verb.children if child.dep_ in ("nsubj", "csubj")), None)
    seen = [c for c in verb.children if c.dep_ in ("xcomp", "oprd", "acomp", "ccomp")]
    if not seen or subject is None:
        return []
    own = [] if subject.lower_ in ("it", "there") else list(subject.subtree)
    return sorted({*own, *(t for child in seen for t in child.subtree)}, key=lambda token: token.i)


def phrase_content(head: Token, cue: Cue) -> list[Token]:
    """The tokens a cue noun or adjective says were said."""
    made = head.head.children if cue.lemma == "clear" else ()
    for child in (*head.children, *made):
        if "clause" in cue.frames and child.dep_ in ("acl", "ccomp", "advcl") and _has_mark(child):
            return list(child.subtree)
        if "inf" in cue.frames and child.dep_ in ("acl", "xcomp") and _is_infinitive(child):
            return list(child.subtree)
        if child.dep_ == "prep" and child.lower_ in cue.prepositions:
            return [token for token in child.subtree if token.i != child.i]
    return []


def _complement(verb: Token, children: list[Token], cue: Cue) -> list[Token]:
    frames = cue.frames
    tokens: list[Token] = []
    dobj = next((c for c in children if c.dep_ == "dobj"), None)
    for child in children:
        dep = child.dep_
        if dep == "ccomp" and ("clause" in frames or "quote" in frames) and not _is_bare(child, verb):
            tokens += _without(child, verb)
        elif dep in ("xcomp", "ccomp") and _is_infinitive(child):
            tokens += _infinitive(child, dobj, frames)
        elif _is_small_clause(child, frames):
            tokens += child.subtree
    if not tokens:
        tokens = _object(children, dobj, cue)
    elif dobj is not None and "object" in frames and "clause" not in frames:
        tokens += dobj.subtree
    return sorted(set(tokens), key=lambda token: token.i)


def _is_bare(child: Token, verb: Token) -> bool:
    """Whether a noun was read as a verb without subject or mark: "adding shine to the day"."""
    lone = not any(
        c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl", "mark", "aux", "neg") for c in child.children
    )
    return lone and child.i == verb.i + 1 and child.tag_ in ("VB", "VBP")


def _is_small_clause(child: Token, frames: frozenset[str]) -> bool:
    """Whether it is the small clause of "calls it a trap", or the gerund of "suggests leaving"."""
    if child.dep_ == "ccomp":
        return bool(frames & {"name", "person-inf"}) and _has_subject(child)
    return child.dep_ == "xcomp" and "clause" in frames and child.tag_ == "VBG"


def _infinitive(child: Token, dobj: Token | None, frames: frozenset[str]) -> list[Token]:
    addressed = any(c.dep_ == "prep" and c.lower_ in ("on", "upon") for c in child.head.children)
    if "person-inf" in frames and dobj is None and addressed:
        return list(child.subtree)
    if dobj is not None and "person-inf" in frames:
        return [*dobj.subtree, *child.subtree]
    if "inf" in frames or (_has_subject(child) and "person-inf" in frames):
        return list(child.subtree)
    return []


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def _object(children: list[Token], dobj: Token | None, cue: Cue) -> list[Token]:
    named = next((c for c in children if c.dep_ in _SMALL_CLAUSE), None)
    if "name" in cue.frames and named is not None:
        return [*dobj.subtree, *named.subtree] if dobj is not None else []
    prep = next((c for c in children if c.dep_ == "prep" and c.lower_ in _prepositions(cue)), None)
    if prep is not None and list(prep.children):
        whole = [token for token in prep.subtree if dobj is not None or token.i != prep.i]
        end = max((token.i for token in whole), default=prep.i) + 1
        return [*(dobj.subtree if dobj is not None else ()), *whole, *_in_order(children, end, cue)]
    if dobj is not None and "object" in cue.frames and dobj.tag_ not in ("WP", "WDT"):
        after = max(token.i for token in dobj.subtree) + 1
        of = next((c for c in children if c.dep_ == "prep" and c.lower_ == "of" and c.i == after), None)
        if felt := felt_about(dobj, dobj.head):
            return felt
        if cue.kind is StatementKind.COMMITMENT:
            return [*_thing(dobj), *_until(children, after)]
        return [*_thing(dobj), *(of.subtree if of is not None else ())]
    return []


def _until(children: list[Token], after: int) -> list[Token]:
    """The deadline right after what is promised: "by the end of the year"."""
    return [
        token
        for child in children
        if child.dep_ == "prep" and child.left_edge.i == after and child.lower_ in _DEADLINES
        for token in child.subtree
    ]


def _in_order(children: list[Token], after: int, cue: Cue) -> list[Token]:
    """The purpose right after a deed somebody is blamed for: "of staging it in order to win votes"."""
    if cue.kind is not StatementKind.ACCUSATION:
        return []
    return [
        token
        for child in children
        if child.left_edge.i == after
        and (_is_infinitive(child) or any(c.lower_ == "order" for c in child.children))
        for token in child.subtree
    ]


def _thing(dobj: Token) -> list[Token]:
    """An object without verbs the parse tied to it by "and"; nothing when it only points ("rejects this")."""
    torn = {t.i for c in dobj.children if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX") for t in c.subtree}
    kept = [token for token in dobj.subtree if token.i not in torn]
    while torn and kept and kept[-1].dep_ in ("cc", "prep", "punct"):
        kept.pop()
    return kept if any(token.pos_ in ("NOUN", "PROPN", "VERB", "NUM", "ADJ") for token in kept) else []


def _prepositions(cue: Cue) -> frozenset[str]:
    return cue.prepositions | {"as"} if "as" in cue.frames else cue.prepositions


def _host_clause(verb: Token) -> list[Token]:
    """The clause a parenthetical cue stands in: "The talks, she said, had failed"; "as he put it"."""
    marks = {child.lower_ for child in verb.children if child.dep_ in ("mark", "advmod")}
    if closes_clause(verb):
        return _without(verb.head, verb)
    if any(child.dep_ == "dobj" for child in verb.children):
        return []
    parenthetical = verb.dep_ == "parataxis" or (verb.dep_ in ("advcl", "ccomp") and "as" in marks)
    if not parenthetical or verb.head.i == verb.i:
        return []
    host = _without(verb.head, verb)
    return host if len(host) >= _MIN_CLAUSE else []


def closes_clause(verb: Token) -> bool:
    """Whether a verb only says who said the clause before it: ", the governor said on Thursday".

    The parse often takes it for one more deed or a circumstance.
    """
    if verb.dep_ not in ("conj", "advcl") or verb.head.i > verb.i or verb.head.pos_ not in ("VERB", "AUX"):
        return False
    speaker = next((c for c in verb.lefts if c.dep_ == "nsubj"), None) or inverted_subject(verb)
    if speaker is None or any(c.dep_ in ("ccomp", "xcomp", "mark", "aux", "neg") for c in verb.children):
        return False
    first = min(speaker.left_edge.i, verb.i)
    things = [c for c in verb.rights if c.dep_ == "dobj" and c.i != speaker.i]
    return first > verb.sent.start and verb.doc[first - 1].text == "," and not things


def inverted_subject(verb: Token) -> Token | None:
    """Who says it where the speaker stands behind the verb: "..., concludes a note", parsed as an object."""
    after = next((c for c in verb.rights if c.dep_ in ("dobj", "nsubj")), None)
    told = verb.dep_ == "conj" or any(c.dep_ == "ccomp" and c.i < verb.i for c in verb.lefts)
    own = any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.lefts)
    present = verb.tag_ in ("VBZ", "VBP", "VBD")
    beside = after is not None and after.left_edge.i == verb.i + 1
    return after if told and beside and present and not own else None


def _clause_before(verb: Token, cue: Cue) -> list[Token]:
    """The clause before ", the chiefs said" that the parse took for when they said it."""
    if not {"clause", "quote"} & cue.frames or any(c.i > verb.i and not c.is_punct for c in verb.rights):
        return []
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    clauses = [c for c in verb.lefts if c.dep_ == "advcl" and _has_subject(c)]
    if subject is None or not clauses or subject.left_edge.i == 0 or subject.left_edge.nbor(-1).text != ",":
        return []
    before = [token for clause in clauses for token in clause.subtree if clause.i < subject.i]
    return before if len(before) >= _MIN_CLAUSE else []


def _following(verb: Token, cue: Cue) -> list[Token]:
    """The rest of the sentence after "said that", where the parse tore the clause off its cue."""
    sentence = verb.sent
    at = verb.i + 1
    if "clause" not in cue.frames or at >= sentence.end:
        return []
    opens = verb.doc[at].lower_ == "that" and verb.doc[at].tag_ in ("IN", "WDT", "DT")
    if not opens and not (
        cue.lemma in _PLAIN and verb.doc[at].pos_ in ("DET", "PRON", "PROPN", "NOUN", "ADJ")
    ):
        return []
    rest = list(verb.doc[at : sentence.end])
    while rest and rest[-1].is_punct:
        rest.pop()
    has_verb = any(token.pos_ in ("VERB", "AUX") for token in rest)
    return rest if has_verb and len(rest) > _MIN_CLAUSE else []


def clause_around(token: Token) -> list[Token]:
    """The clause an adverbial such as "according to" belongs to, without the adverbial itself.

    At either end of a sentence it is the whole sentence's.
    """
    sentence = token.sent
    own = [part.i for part in token.subtree if not part.is_punct]
    last = max(t.i for t in sentence if not t.is_punct)
    if min(own) == sentence.start or max(own) >= last:
        return _without(sentence.root, token)
    host = token.head
    while host.head.i != host.i and host.pos_ not in ("VERB", "AUX"):
        host = host.head
    return _without(host, token)


def _without(head: Token, gone: Token) -> list[Token]:
    dropped = {token.i for token in gone.subtree} if gone.i != head.i and head.is_ancestor(gone) else set()
    return [token for token in head.subtree if token.i not in dropped]


def _is_infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.children if child.dep_ == "aux")


def _has_mark(verb: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("that", "whether", "if") for c in verb.children)


def spans_of(tokens: Iterable[Token], sentence: Sentence) -> list[Span]:
    """Join tokens to stretches of the rendition, bridging nothing but punctuation, edges trimmed."""
    spans = []
    for run in _runs(tokens):
        start = sentence.position(run[0])
        end = sentence.position(run[-1]) + len(run[-1])
        span = trim(text_of(sentence.span.doc), Span(start, end), sentence.shift)
        if span is not None:
            spans.append(span)
    whole = [span for span in spans if span.end - span.start > _SHORTEST]
    return whole or spans


def _runs(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token in sorted(tokens, key=lambda token: token.i):
        if run and token.i != run[-1].i + 1:
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def trim(text: str, span: Span, shift: int = 0) -> Span | None:
    """Cut commas and spaces off the edges of a stretch; None when no letter is left."""
    start, end = span.start - shift, span.end - shift
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if not any(char.isalnum() for char in text[start:end]):
        return None
    return Span(start + shift, end + shift)
