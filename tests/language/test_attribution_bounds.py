from __future__ import annotations

import pytest
from attribution_factories import found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Oslo closed its port; Sweden said that it regretted the step.",
            [("Sweden", "say", "that it regretted the step")],
        ),
        (
            "Norway said that the cable was cut; divers had gone home by then.",
            [("Norway", "say", "that the cable was cut")],
        ),
        (
            "Norway said the cable had been cut and urged Sweden to wait.",
            [("Norway", "say", "the cable had been cut"), ("Norway", "urge", "Sweden to wait")],
        ),
        (
            "Norway said the cable was cut, though it added that nobody was hurt.",
            [("Norway", "say", "the cable was cut"), ("Norway", "add", "that nobody was hurt")],
        ),
        (
            "Norway warned that the port could close, a Swedish official said on Monday.",
            [("Norway", "warn", "that the port could close")],
        ),
    ],
)
def test_what_a_voice_says_ends_where_it_or_another_speaks_again(text, expected):
    assert [one for one in expected if one not in found(text)] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Norway said that Sweden had lied and had blamed others.",
            "that Sweden had lied and had blamed others",
        ),
        (
            "Norway said the ship that had called at Riga was safe.",
            "the ship that had called at Riga was safe",
        ),
    ],
)
def test_a_deed_inside_what_is_said_stays_in_it(text, said):
    assert said in [content for _, lemma, content in found(text) if lemma == "say"]


@pytest.mark.parametrize(
    ("text", "who", "said"),
    [
        ("In the view of Oslo, the pact has failed.", "Oslo", "the pact has failed."),
        ("The pact, in Norway's judgement, has failed.", "Norway", "The pact | has failed."),
        (
            "By the account of a sailor, two ships crossed at night.",
            "a sailor",
            "two ships crossed at night.",
        ),
    ],
)
def test_a_view_or_an_account_beside_a_clause_attributes_it(text, who, said):
    assert (who, said) in [(speaker, content) for speaker, _, content in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Norway acted in view of the storm.",
        "The words of the treaty are plain.",
        "It fell in the eyes of all.",
    ],
)
def test_a_view_without_a_clause_of_its_own_attributes_nothing(text):
    assert [lemma for _, lemma, _ in found(text) if lemma in ("in the view of", "in the words of")] == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            '"The border has to stay open for those who flee." Lorries stood for miles. '
            "The remark was made by Ingrid Solberg in Oslo.",
            "Ingrid Solberg",
        ),
        (
            '"The border has to stay open for those who flee." Lorries stood for miles. '
            "Ingrid Solberg was addressing donors in Geneva.",
            "Ingrid Solberg",
        ),
    ],
)
def test_a_quotation_alone_is_whose_a_later_sentence_says(text, who):
    assert [speaker for speaker, lemma, _ in found(text) if lemma == ""] == [who]


@pytest.mark.parametrize(
    "text",
    [
        '"The border has to stay open for those who flee." Lorries stood for miles. Ingrid Solberg flew to Geneva.',
        'The "border that has to stay open for all" was shut. Ingrid Solberg spoke in Geneva.',
    ],
)
def test_a_quotation_nobody_is_said_to_have_spoken_has_no_speaker(text):
    assert [speaker for speaker, lemma, _ in found(text) if lemma == ""] == []
