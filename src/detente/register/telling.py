"""Say threads, a speaker's words, calendars and offices in a few plain lines."""

from __future__ import annotations

from detente.codebooks.plain_words import name_of
from detente.register.agreements import Course
from detente.register.calendar import Item
from detente.register.offices import Body, Office
from detente.register.phrases import Words
from detente.register.threads import Thread, words_of
from detente.register.wording import day_words, shortened

_HELD: dict[bool | None, str] = {
    True: "holds it",
    False: "does not hold it",
    None: "held it; whether still is not said",
}


def thread_lines(thread: Thread) -> list[str]:
    """Say a thread: the deed and how the matter stands, then each claim in order, then who shifted."""
    lines = [f"{thread.id}  {words_of(thread)}", f"    {thread.standing}"]
    for claim in thread.claims:
        who = name_of(claim.speaker) or claim.speaker or "the page"
        lines.append(f"    {claim.day} {who} {claim.stance}: “{shortened(claim.quote)}” {claim.key}")
    words = ", ".join(f"{len(behind)} for “{stance}”" for stance, behind in thread.origins.items())
    lines.append(f"    independent words: {words}")
    return lines + [
        f"    {name_of(one.side) or one.side} shifted: {one.before.stance} on {one.before.day},"
        f" {one.after.stance} on {one.after.day}"
        for one in thread.shifts
    ]


def words_lines(told: Words, limit: int) -> list[str]:
    """Say what a speaker said: recurring phrases with first and last use, then the newest statements."""
    name = name_of(told.speaker) or told.speaker
    lines = [f"{name}: {len(told.sayings)} statements"]
    for phrase in told.phrases[:limit]:
        gone = ", gone since" if phrase.is_gone else ""
        lines.append(f"    {phrase.first} to {phrase.last}{gone}, in {phrase.count}: {phrase.words}")
    return lines + [
        f"    {saying.day} {saying.kind}: “{shortened(saying.words)}” {saying.key}"
        for saying in told.sayings[-limit:]
    ]


def item_lines(item: Item) -> list[str]:
    """Say a calendar's item: the day, what it is and how firm, then its quote."""
    others = f" (also given as {', '.join(when.edtf for when in item.others)})" if item.others else ""
    lines = [f"{day_words(item.when):14} {item.title}, {item.certainty}{others}"]
    if item.records:
        quote = shortened(" ".join(part.quote for part in item.records[0].evidence))
        lines.append(f"    “{quote}” {' '.join(item.keys)}")
    return lines


def course_lines(course: Course) -> list[str]:
    """Say how an agreement came along."""
    names = " and ".join(name_of(side) or side for side in course.sides)
    lines = [f"{names}: {course.title or 'agreement'}, {course.standing.replace('_', ' ')}"]
    for step in course.steps:
        told = day_words(step.when) if step.when else f"told {step.told_on}"
        lines.append(f"    {step.state.replace('_', ' ')} {told} {' '.join(step.keys)}")
    return lines


def office_lines(office: Office) -> list[str]:
    """Say an office: every source's holder with its days, then where the sources do not agree."""
    lines = [f"{office.post} of {name_of(office.polity) or office.polity or 'nobody named'}, {office.on}"]
    for one in office.holdings:
        days = (("since", one.begins), ("until", one.scheduled_end), ("ended", one.actual_end))
        told = [f"{word} {day}" for word, day in days if day]
        source = one.source if one.said_on is None else f"page of {one.said_on}, {one.key}"
        name = name_of(one.person) or one.person
        lines.append("    " + "; ".join((f"{name} {_HELD[one.holds]}", *told, source)))
    return lines + [f"    ! {clash}" for clash in office.clashes]


def body_line(body: Body) -> str:
    """Say a body's mandate: its state, its end, who came after it."""
    end = f", ends {body.end}" if body.end else ""
    after = f", followed by {name_of(body.successor) or body.successor}" if body.successor else ""
    gap = f" after {body.gap} days" if body.gap is not None else ""
    name, state = name_of(body.body) or body.body, body.state.replace("_", " ")
    return f"{name}: {state}{end}{after}{gap} {' '.join(body.keys)}"
