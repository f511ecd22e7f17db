"""Votes: body, draft, tally, ballots, veto, outcome by the body's rule, and what is no vote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from records_sentences import parse_lines

from detente.codebooks.bodies import bodies, body_by_id, parse_bodies
from detente.errors import CodebookError
from detente.model.actors import Party
from detente.model.institutions import Ballot, Tally, Vote
from detente.model.records import Kind
from detente.model.text import Evidence
from detente.records.rules import check_vote, outcome_by_rule
from detente.records.votes import VoteCoder


def one(find, text):
    found = find(text, Kind.VOTE)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "body", "tally", "outcome"),
    [
        (
            "The UN Security Council adopted the resolution by a vote of 10 to 0 with 5 abstentions.",
            "un-security-council",
            (10, 0, 5),
            "adopted",
        ),
        (
            "The Security Council adopted a resolution on Haiti with 12 votes in favour, none against and three abstentions.",
            "un-security-council",
            (12, 0, 3),
            "adopted",
        ),
        (
            "By 10 votes to none, with five abstentions, the Security Council on Monday demanded a truce.",
            "un-security-council",
            (10, 0, 5),
            "adopted",
        ),
        (
            "The General Assembly failed to adopt the resolution, with 60 countries in favour and 70 against.",
            "un-general-assembly",
            (60, 70, None),
            "rejected",
        ),
        (
            "The UN General Assembly voted 141-5 with 35 abstentions on March 2, 2022 to demand a withdrawal.",
            "un-general-assembly",
            (141, 5, 35),
            "adopted",
        ),
        (
            "The U.S. House of Representatives passed the aid bill for Ukraine 311-112 on April 20, 2024.",
            "us-house",
            (311, 112, None),
            "adopted",
        ),
        (
            "South Korea's National Assembly impeached the president on December 14, 2024, with 204 of 300 lawmakers voting in favor.",
            "national-assembly-of-korea",
            (204, None, None),
            "adopted",
        ),
    ],
)
def test_a_vote_has_its_body_its_counts_and_its_outcome(find, text, body, tally, outcome):
    vote = one(find, text)
    assert vote.body.id == body
    assert (vote.tally.for_, vote.tally.against, vote.tally.abstain) == tally
    assert vote.outcome == outcome
    assert check_vote(vote) is None


@pytest.mark.parametrize(
    "text",
    [
        "Russia promised to veto the draft resolution at the Security Council.",
        "Moscow said it would veto the draft in the Security Council.",
        "The United States threatened to veto the resolution at the UN Security Council.",
        "President Biden vetoed a bill that Congress had passed.",
        "The Security Council vote on the draft was postponed to Friday.",
        "The visit was a vote of confidence in the alliance with Japan.",
        "North Korea rejected the resolution adopted by the UN Security Council.",
        "The party won 45 percent of the vote in South Korea.",
        "The two sides reaffirmed their commitment to the Security Council resolutions.",
        "Russia has a veto in the Security Council.",
        "Hungary vetoed EU aid to Ukraine in December 2023.",
        "The Kremlin vetoed the idea.",
    ],
)
def test_promises_idioms_and_other_vetoes_are_no_vote(find, text):
    assert find(text, Kind.VOTE) == []


def test_a_veto_by_two_members_names_both_and_other_ballots(find):
    vote = one(
        find,
        "Russia and China vetoed a draft resolution at the UN Security Council on March 22, 2024, "
        "while Algeria also voted against and Guyana abstained.",
    )
    assert [party.id for party in vote.veto_by] == ["RUS", "CHN"]
    assert {(ballot.member.id, ballot.vote) for ballot in vote.ballots} == {
        ("RUS", "against"),
        ("CHN", "against"),
        ("DZA", "against"),
        ("GUY", "abstain"),
    }
    assert vote.vote_date.edtf == "2024-03-22"


def test_a_vote_told_over_three_sentences_is_one_record(find):
    vote = one(
        find,
        "Russia on May 6, 2024 vetoed a draft resolution of the UN Security Council to renew the mandate of a panel. "
        "The text had the support of 13 members. Voting in favour were 13 members including France, "
        "with one abstention from China.",
    )
    assert len(vote.evidence) >= 2
    assert vote.tally.abstain == 1
    assert vote.lapses.startswith("the mandate")


def test_the_body_and_the_ballots_may_stand_in_the_next_sentence(find):
    vote = one(
        find,
        "Russia vetoed on March 28, 2024 a United States draft that would have extended the mandate of a panel. "
        "Thirteen members of the Security Council voted in favour of the text, Russia voted against it and China abstained.",
    )
    assert (vote.body.id, vote.tally.for_, [party.id for party in vote.sponsor]) == (
        "un-security-council",
        13,
        ["USA"],
    )
    assert {ballot.member.id: ballot.vote for ballot in vote.ballots} == {"RUS": "against", "CHN": "abstain"}


def test_a_second_draft_is_another_vote(find):
    found = find(
        "Russia vetoed a draft resolution of the UN Security Council on April 24, 2024. "
        "On May 20, 2024 the Security Council rejected another draft with seven votes in favour and seven against.",
        Kind.VOTE,
    )
    assert [vote.outcome for vote in found] == ["vetoed", "rejected"]


def test_a_procedural_vote_is_decided_without_vetoes(find):
    vote = one(
        find,
        "The Security Council held a procedural vote on March 14, 2025, with nine members voting in favour, "
        "Russia and China against and four abstaining.",
    )
    assert (vote.rule, vote.outcome, vote.veto_by) == ("procedural", "adopted", ())


def test_a_vote_still_to_come_is_scheduled(find):
    vote = one(
        find, "The Security Council will vote on June 20, 2025 on a draft resolution calling for a truce."
    )
    assert (vote.outcome, vote.vote_date.lo) == ("scheduled", date(2025, 6, 20))


def test_the_first_seed_tells_one_vote_of_the_council(shared):
    text = (shared / "seeds" / "000_bd017102896fca1e.txt").read_text(encoding="utf-8")
    (vote,) = VoteCoder().code(parse_lines(text, date(2024, 4, 11)))
    assert vote.vote_date.edtf == "2024-03-28"
    assert (vote.tally.for_, vote.tally.abstain) == (13, 1)
    assert [party.id for party in vote.veto_by] == ["RUS"]
    assert {b.member.id: b.vote for b in vote.ballots} == {
        "RUS": "against",
        "KOR": "for",
        "JPN": "for",
        "CHN": "abstain",
    }


def made(body, rule, tally, *, outcome="", veto=(), against=()):
    ballots = tuple(Ballot(Party(code, code, code), "against") for code in against)
    vetoing = tuple(Party(code, code, code) for code in veto)
    body_party = Party(body, body)
    return Vote(
        evidence=(Evidence(0, 1, "x"),),
        body=body_party,
        tally=Tally(*tally),
        rule=rule,
        outcome=outcome,
        veto_by=vetoing,
        ballots=ballots,
    )


@pytest.mark.parametrize(
    ("body", "rule", "tally", "against", "outcome"),
    [
        ("un-security-council", "substantive", (9, 0, 6), (), "adopted"),
        ("un-security-council", "substantive", (8, 0, 7), (), "rejected"),
        ("un-security-council", "substantive", (14, 1, 0), ("USA",), "vetoed"),
        ("un-security-council", "substantive", (12, 3, 0), (), ""),
        ("un-security-council", "procedural", (9, 6, 0), ("RUS",), "adopted"),
        ("un-general-assembly", "simple", (60, 59, 70), (), "adopted"),
        ("un-general-assembly", "simple", (60, 60, 70), (), "rejected"),
        ("un-general-assembly", "important question", (100, 50, 43), (), "adopted"),
        ("un-general-assembly", "important question", (99, 50, 43), (), "rejected"),
        ("national-assembly-of-korea", "impeachment of the president", (200, None, None), (), "adopted"),
        ("national-assembly-of-korea", "impeachment of the president", (199, None, None), (), "rejected"),
        ("national-assembly-of-korea", "simple", (140, 130, 20), (), "rejected"),
        ("us-senate", "treaty", (67, 33, 0), (), "adopted"),
        ("us-senate", "treaty", (66, 34, 0), (), "rejected"),
        ("us-senate", "simple", (51, None, None), (), "adopted"),
        ("us-senate", "simple", (50, None, None), (), ""),
    ],
)
def test_the_outcome_follows_the_rule_of_the_body(body, rule, tally, against, outcome):
    vote = made(body, rule, tally, against=against)
    known = body_by_id()[body]
    chosen = next(r for r in known.rules if r.name == rule)
    assert outcome_by_rule(chosen, known.members, vote) == outcome


def test_an_outcome_against_the_rule_is_a_clash():
    vote = made(
        "national-assembly-of-korea", "impeachment of the president", (190, None, None), outcome="adopted"
    )
    assert "gives rejected" in check_vote(vote)
    assert check_vote(replace(vote, outcome="rejected")) is None


def test_a_veto_by_a_member_without_one_is_a_clash():
    assert "KOR" in check_vote(
        made("un-security-council", "substantive", (13,), outcome="vetoed", veto=("KOR",))
    )
    assert (
        check_vote(made("un-security-council", "substantive", (13,), outcome="vetoed", veto=("RUS",))) is None
    )


def test_more_ballots_than_members_is_a_clash():
    assert "16 ballots" in check_vote(
        made("un-security-council", "substantive", (13, 1, 2), outcome="adopted")
    )


def test_every_body_has_a_rule_without_conditions_and_a_source():
    for body in bodies():
        assert any(not rule.when for rule in body.rules)
        assert all(rule.source for rule in body.rules), body.id


def test_a_body_with_a_broken_rule_names_the_body():
    broken = '[[body]]\nid = "x"\nname = "X"\nnames = []\nshort = []\nrules = [{ name = "r", share = "1/2", of = "all" }]'
    with pytest.raises(CodebookError, match="body 'x'"):
        parse_bodies(broken)


def test_counts_left_out_follow_when_the_ballots_told_make_up_the_body(find):
    (vote,) = find(
        "Russia vetoed a US draft on 28 March 2024; thirteen members of the Security Council voted in favour "
        "and China abstained.",
        Kind.VOTE,
    )
    assert (vote.tally.for_, vote.tally.against, vote.tally.abstain) == (13, 1, 1)
    (vote,) = find(
        "Russia vetoed a US draft on 28 March 2024; twelve members of the Security Council voted in favour "
        "and China abstained.",
        Kind.VOTE,
    )
    assert (vote.tally.for_, vote.tally.against, vote.tally.abstain) == (12, None, None)


def test_a_counted_group_is_no_member(find):
    (vote,) = find(
        "South Korea's National Assembly voted by 204 to 85 on 14 December 2024 to impeach the president, with "
        "three lawmakers abstaining.",
        Kind.VOTE,
    )
    assert (vote.tally.abstain, vote.ballots) == (3, ())
