from __future__ import annotations

import pytest
from attribution_factories import found, parsed


def speakers(text: str, words: str) -> list[str]:
    return [speaker for speaker, _, content in found(text) if words in content]


@pytest.mark.parametrize(
    ("text", "words", "right"),
    [
        ("The small countries bordering France asserted that the fleet should leave.", "leave", "countries"),
        ("France asserted that the fleet should leave.", "leave", "France"),
        ("Oslo, May 3 (NTB) -- NTB reported on May 2 that the road has been closed.", "road", "NTB"),
        ("NTB reported on May 2 that the road in Oslo has been closed.", "road", "NTB"),
    ],
)
def test_the_speaker_is_the_head_of_the_whole_subject(text, words, right):
    (speaker,) = speakers(text, words)
    assert right in speaker
    assert ("France" in speaker) == (right == "France")


def test_it_speaks_only_for_a_voice_of_this_or_the_last_sentence():
    near = "The ministry said the road was closed. It predicts that the bridge will fall."
    far = "The ministry said the road was closed. Rain fell. Snow came, and it predicts that the bridge will fall."
    assert "ministry" in speakers(near, "bridge")[0]
    assert speakers(far, "bridge") == []


@pytest.mark.parametrize(
    "text",
    [
        "The envoy conveyed the warm greetings sent by the king.",
        "The guests said goodbye to the king.",
        "The queen expressed her deep gratitude.",
        "As Norway shows more zeal in building ships, Sweden sells fewer.",
        "The theft was committed by a gang of Norway.",
        "The clubs of Norway are adding shine to the feast.",
    ],
)
def test_courtesies_and_deeds_are_not_what_somebody_says(text):
    assert [f for f in found(text) if f[0]] == []


@pytest.mark.parametrize(
    "text",
    [
        "The envoy conveyed that the king was ill.",
        "The queen said that the guests were welcome.",
        "The minister denied the sale.",
    ],
)
def test_what_is_stated_is_still_said(text):
    assert [f for f in found(text) if f[0]]


@pytest.mark.parametrize(
    ("text", "kept", "cut"),
    [
        (
            "Officials said that the fleet guards the strait, revealing the true aim of the admirals.",
            "guards the strait",
            "revealing",
        ),
        ("Norway denounced Sweden for selling drones.", "for selling drones", "denounced"),
        ("Officials said that the mine blew up, killing three people.", "killing three people", "said"),
    ],
)
def test_a_comment_of_the_page_is_cut_and_what_is_blamed_is_kept(text, kept, cut):
    contents = [content for _, _, content in found(text)]
    assert any(kept in content for content in contents)
    assert all(cut not in content for content in contents)


def test_neither_nor_negates_both_verbs():
    attributions = parsed("The minister neither confirmed nor denied the sale.").attributions
    assert all(a.cue_negated for a in attributions)
    assert not parsed("The minister saw the sale and denied it was large.").attributions[0].cue_negated


def test_joint_speakers_are_all_kept():
    text = "The mayor, the bishop and the judge of Oslo said that the bridge was safe."
    assert [part in " ".join(speakers(text, "bridge")) for part in ("mayor", "bishop", "judge")] == [True] * 3


def test_what_is_expected_keeps_its_subject():
    text = "Votes showed that the party won 80 seats, and is expected to win 20 more."
    assert any(
        "the party" in content and "to win" in content for _, cue, content in found(text) if cue == "expect"
    )


def test_a_document_goes_on_in_the_contrast_it_draws():
    text = "The report noted rival aims in the strait, while Norway seeks calm."
    assert speakers(text, "Norway seeks calm")
    assert not speakers("The minister noted rival aims, while Norway left the talks.", "Norway left")


def test_we_in_a_press_statement_is_whose_statement_the_title_says_it_is():
    body = "We condemn the strike on the port of Odesa."
    titled = "Press Statement of the Foreign Ministry of Norway\n" + body
    assert "Foreign Ministry of Norway" in speakers(titled, "strike")[0]
    assert speakers("A statement was read in Norway\n" + body, "strike") == []
