"""Every deed a coder can name has words a newspaper reader knows."""

from __future__ import annotations

import pytest

from detente.codebooks.plain_words import deed_words, name_of
from detente.model.events import EventType


@pytest.mark.parametrize("event_type", list(EventType))
def test_every_type_has_words_even_in_a_mode_without_its_own(event_type: EventType) -> None:
    assert deed_words(event_type, "a mode nobody knows") == deed_words(event_type, None) != ""


@pytest.mark.parametrize(
    ("event_type", "mode", "cameo", "words"),
    [
        (EventType.CONSULT, "visit", "042", "visit"),
        (EventType.CONSULT, None, "040", "talks"),
        (EventType.SUPPORT, None, "057", "agreement signed or ratified"),
        (EventType.SUPPORT, None, "051", "support"),
        (EventType.MOBILIZE, "weapons", None, "weapons test or deployment"),
    ],
)
def test_the_nearest_words_are_taken(
    event_type: EventType, mode: str | None, cameo: str | None, words: str
) -> None:
    assert deed_words(event_type, mode, cameo) == words


@pytest.mark.parametrize(
    ("actor", "name"), [("PRK", "North Korea"), ("kim-jong-un", "Kim Jong Un"), ("nobody", None)]
)
def test_an_actor_has_the_codebooks_name(actor: str, name: str | None) -> None:
    assert name_of(actor) == name
