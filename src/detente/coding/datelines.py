"""Find the dateline a sentence opens with, whose place and day belong to the report and not to the deed."""

from __future__ import annotations

import re

from detente.language.frames import Sentence

_DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z .'’]{2,40}(?:,[^–—]{0,40}?)?|[A-Z][^–—()]{2,60}\([A-Z][\w .]{1,30}\))\s*(?:--|-|–|—)\s"
)


def dateline_end(sentence: Sentence) -> int:
    """Give the code point after the dateline, the sentence's start where it has none.

    "SEOUL, June 4 (Reuters) - " and "Pyongyang, May 2 (KCNA) -- " are datelines.
    """
    found = _DATELINE.match(sentence.span.text)
    return sentence.start + (found.end() if found else 0)
