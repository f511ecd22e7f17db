"""Every coder that ships keeps what a coder promises."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from detente.language.conformance import check_coder
from detente.language.frames import Coder, ParsedText
from detente.model.actors import Party
from detente.model.events import EventType, Mention
from detente.model.records import Record
from detente.model.text import Evidence
from detente.pipeline import coders

TEXTS = (
    "Russia vetoed a draft resolution of the United Nations Security Council on March 28, 2024. "
    "The draft was supported by 13 members, with one abstention from China.",
    "The Kremlin said that President Vladimir Putin will visit North Korea in 2024.",
    "South Korea imposed sanctions on North Korea, and Seoul said the measures were aimed at its arms trade.",
    "Russia and North Korea signed a treaty in Pyongyang. North Korea sent 10,000 troops to Russia in October 2024.\n"
    "President Yoon Suk Yeol's term ends in May 2027. The election was held on April 10, 2024.",
)


@pytest.mark.parametrize("coder", coders(), ids=lambda coder: coder.name)
def test_a_coder_keeps_its_promises_and_finds_something(coder: Coder) -> None:
    assert check_coder(coder, TEXTS) > 0 or coder.name == "records.mandates"


class Misquoting:
    name = "misquoting/1"

    def code(self, text: ParsedText) -> Iterable[Record]:
        if text.sentences and text.sentences[0].actors:
            yield Mention(
                evidence=(Evidence(0, 3, "not", "r0"),),
                event_type=EventType.AGREE,
                actor=(Party("RUS", "Russia"),),
            )


class Eager:
    name = "eager/1"

    def code(self, text: ParsedText) -> Iterable[Record]:
        yield Mention(evidence=(), event_type=EventType.AGREE, actor=())


class Nameless(Misquoting):
    name = ""


@pytest.mark.parametrize(
    ("coder", "promise"),
    [(Misquoting(), "not the text"), (Eager(), "nothing is to be found"), (Nameless(), "has a name")],
)
def test_a_coder_that_breaks_a_promise_is_told_which(coder: Coder, promise: str) -> None:
    with pytest.raises(AssertionError, match=promise):
        check_coder(coder, TEXTS)
