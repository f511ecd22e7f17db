"""Whether a text that gives somebody a post tells more than the codebook, or tells of somebody gone."""

from __future__ import annotations

from datetime import timedelta

from detente.codebooks.actors import load_actors
from detente.language.frames import ParsedText, Sentence
from detente.model.actors import Party
from detente.records.posts import Post

_LONG_AGO = timedelta(days=90)
"""How old a date beside a post makes it one of the past."""


def informs(text: ParsedText, sentence: Sentence, person: Party, post: Post) -> bool:
    """Whether a post given to a person says who holds it now.

    A title before the name of a person the codebook knows does not; nor does the post of one whose
    tenures on record all ended before publication, or a post told beside dates long past.
    """
    if not (post.polity or person.id) or is_past(text, person) or _is_history(text, sentence):
        return False
    if post.told:
        return True
    return person.id is None and post.named and not post.shared


def is_past(text: ParsedText, person: Party) -> bool:
    """Whether everything the codebook knows a person to have held had ended when the text was published.

    Without a day of publication, whether it has ended by now; False for a person without tenures.
    """
    held = load_actors().tenures_of.get(person.id or "", ())
    day = text.published.lo if text.published else None
    return bool(held) and all(t.end is not None and (day is None or t.end < day) for t in held)


def _is_history(text: ParsedText, sentence: Sentence) -> bool:
    day = text.published.lo if text.published else None
    ends = [mention.date.hi for mention in sentence.dates if mention.date.hi]
    return day is not None and any(end < day - _LONG_AGO for end in ends)
