from __future__ import annotations

from statements_factories import content, of_kind

from detente.model.statements import Polarity

TWO = "Iran’s visit was not only aimed at calming Iraq but also intended to impress Turkey."


def test_not_only_but_also_is_two_motives_affirmed():
    motives = of_kind(TWO, "motive")
    assert [content(m) for m in motives] == ["calming Iraq", "impress Turkey"]
    assert {m.polarity for m in motives} == {Polarity.AFFIRMED}
    assert [m.motive.rank for m in motives] == ["", "also"]
    assert {party.id for m in motives for party in m.motive.whose} == {"IRN"}


def test_a_plain_not_negates_the_motive():
    (motive,) = of_kind("Iran’s visit was not aimed at calming Iraq.", "motive")
    assert motive.polarity is Polarity.NEGATED


def test_primarily_ranks_first():
    text = "The report primarily attributed Iran’s visit to the goal of mending its ties with Iraq."
    (motive,) = of_kind(text, "motive")
    assert motive.motive.rank == "primary"
    assert [party.id for party in motive.motive.whose] == ["IRN"]
    assert motive.speaker[0].text == "The report"


def test_joined_aims_are_two_motives():
    text = "Iran sought to calm Iraq and deter Turkey."
    assert [content(m) for m in of_kind(text, "motive")] == ["calm Iraq", "deter Turkey"]


def test_nobodys_aim_is_no_motive():
    assert of_kind("The course is designed to train nurses.", "motive") == []


def test_it_also_goes_on_with_the_voice_and_the_actor_before_it():
    text = (
        "The report suggested that Iran’s visit was aimed at calming Iraq. It also served to impress Turkey."
    )
    later = of_kind(text, "motive")[-1]
    assert [party.id for party in later.motive.whose] == ["IRN"]
    assert later.speaker[0].text == "The report"
