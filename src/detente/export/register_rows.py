"""Turn prospects, proposals and counts of the register into rows a reader or a web page takes as they are."""

from __future__ import annotations

from collections.abc import Iterable

from detente.export.rows import Row, event_row, plain, record_row
from detente.model.dates import Dated
from detente.register.agreements import Course
from detente.register.calendar import Item
from detente.register.folders import Folder
from detente.register.matching import Match
from detente.register.offices import Body, Office
from detente.register.phrases import Words
from detente.register.promises import Count
from detente.register.proposals import Proposal
from detente.register.prospect import Prospect
from detente.register.saved_views import SavedView
from detente.register.threads import Thread, words_of


def prospect_row(prospect: Prospect) -> Row:
    """Make the row of a forecast or a promise, with its last day as `due`, `due_lo`, `due_hi`."""
    row: Row = {"record": "prospect", "kind": prospect.sort, **plain(prospect)}
    return row | _dated("due", prospect.contract.due) | {"sides": list(prospect.sides)}


def proposal_row(proposal: Proposal) -> Row:
    """Make the row of a proposal: the prospect, and the records on either side with the reasons for each."""
    outcome = {True: "yes", False: "no", None: "open"}[proposal.outcome]
    return {
        "record": "proposal",
        "kind": outcome,
        "words": proposal.words,
        "prospect": prospect_row(proposal.prospect),
        "for": _matches(proposal.speaks_for),
        "against": _matches(proposal.speaks_against),
        "fallen": plain(proposal.fallen),
    }


def count_row(count: Count) -> Row:
    """Make the row of a promise with what was done of it."""
    return {
        "record": "promise",
        "kind": count.prospect.state.value,
        "words": count.words,
        "promised": count.promised,
        "done": [event_row(event) for event in count.done],
        "failed": [event_row(event) for event in count.failed],
        "prospect": prospect_row(count.prospect),
    }


def saved_view_row(kept: SavedView) -> Row:
    """Make the row of a question that a person keeps."""
    return {"record": "view", "kind": kept.words[0], **plain(kept)}


def thread_row(thread: Thread) -> Row:
    """Make the row of a thread, with its deed in words and the count of independent words of each side."""
    row: Row = {"record": "thread", "kind": thread.sort, "words": words_of(thread), **plain(thread)}
    counts = {stance.value: len(words) for stance, words in thread.origins.items()}
    return row | {"independent": counts}


def words_row(told: Words) -> Row:
    """Make the row of what a speaker said."""
    return {"record": "words", "kind": "speaker", **plain(told)}


def item_row(item: Item) -> Row:
    """Make the row of a calendar's item, with the records that tell it."""
    row: Row = {"record": "item", "kind": item.what, **plain(item)}
    told = {"records": [record_row(record) for record in item.records], "keys": list(item.keys)}
    return row | _dated("when", item.when) | told


def course_row(course: Course) -> Row:
    """Make the row of an agreement with its steps."""
    return {"record": "course", "kind": course.standing, **plain(course)}


def office_row(office: Office) -> Row:
    """Make the row of an office on a day."""
    return {"record": "office", "kind": office.post, **plain(office)}


def body_row(body: Body) -> Row:
    """Make the row of a body's mandate on a day."""
    return {"record": "body", "kind": body.state, **plain(body)}


def folder_row(folder: Folder) -> Row:
    """Make the row of a case folder."""
    return {"record": "folder", "kind": "folder", **plain(folder)}


def _matches(matches: Iterable[Match]) -> list[Row]:
    return [
        {
            "points": match.points,
            "why": list(match.why),
            "day": match.day.isoformat(),
            **_dated("when", match.when),
            "told": record_row(match.record),
        }
        for match in matches
    ]


def _dated(name: str, when: Dated | None) -> Row:
    return {
        name: when.edtf if when else None,
        f"{name}_lo": when.lo.isoformat() if when and when.lo else None,
        f"{name}_hi": when.hi.isoformat() if when and when.hi else None,
    }
