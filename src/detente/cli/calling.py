"""`calendar` and `offices`: what falls due, and who holds what."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from detente.cli.options import (
    AboutOption,
    AfterOption,
    AsOfOption,
    HeldAtOption,
    JsonOption,
    LedgerOption,
    LimitOption,
    OutputOption,
    open_ledger,
    open_view,
    to_about,
    to_day,
    to_moment,
    today_of,
    write_lines,
    write_list,
    write_output,
)
from detente.errors import UsageError


class CalendarFormat(StrEnum):
    """How a calendar is written."""

    TEXT = "text"
    ICS = "ics"


FormatOption = Annotated[CalendarFormat, typer.Option("--format", "-f", help="How to write it.")]
OnOption = Annotated[str | None, typer.Option("--on", help="On this day, YYYY-MM-DD. Default: today.")]
PostOption = Annotated[str | None, typer.Option("--post", help="Only this post, as in prime-minister.")]
PersonOption = Annotated[str | None, typer.Option("--person", help="Only what this person holds, by id.")]
PolityOption = Annotated[str | None, typer.Option("--polity", help="Only posts of this state or body.")]
BodiesOption = Annotated[bool, typer.Option("--bodies", help="Bodies and their mandates instead of posts.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("calendar")(calendar)
    app.command("offices")(offices)
    app.command("agreements")(agreements)


def calendar(
    about: AboutOption = None,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    after: AfterOption = None,
    limit: LimitOption = 50,
    format_: FormatOption = CalendarFormat.TEXT,
    output: OutputOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what falls due: mandates, sanctions, terms, elections, votes, promises and planned deeds."""
    from detente.export.register_rows import item_row
    from detente.register.calendar import calendar as found
    from detente.register.telling import item_lines

    with open_ledger(ledger) as store:
        view, today = open_view(store, as_of, held_at), today_of(store, as_of, held_at)
        part = found(view, today, about=to_about(about), after=after, limit=limit)
        if format_ is CalendarFormat.ICS:
            from detente.register.ical import to_ical

            stamp = (
                to_moment(held_at, "--held-at") or to_moment(today.isoformat(), "--as-of") or store.clock()
            )
            write_output(to_ical(view, part.items, stamp), output)
            return
    if as_json:
        write_list(item_row(item) for item in (*part.items, *part.undated, *part.anniversaries))
        return
    lines = [line for item in part.items for line in item_lines(item)]
    if part.undated:
        lines += ["Announced without a day:", *(line for item in part.undated for line in item_lines(item))]
    if part.anniversaries:
        lines += ["Anniversaries:", *(line for item in part.anniversaries for line in item_lines(item))]
    if part.next is not None:
        lines.append(f"More: add --after {part.next}")
    write_output("".join(line + "\n" for line in lines).encode(), output)


def offices(
    on: OnOption = None,
    post: PostOption = None,
    person: PersonOption = None,
    polity: PolityOption = None,
    bodies: BodiesOption = False,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say who held which post on a day, by the codebook and the ledger together, and where they disagree."""
    from detente.export.register_rows import body_row, office_row
    from detente.register.offices import bodies as found_bodies
    from detente.register.offices import offices as found
    from detente.register.telling import body_line, office_lines

    if not bodies and post is None and person is None and polity is None:
        raise UsageError("say which: --post, --person, --polity or --bodies")
    with open_ledger(ledger) as store:
        view = open_view(store, as_of, held_at)
        day = to_day(on, "--on") or today_of(store, as_of, held_at)
        mandates = found_bodies(view, day) if bodies else ()
        posts = () if bodies else found(view, day, post=post, person=person, polity=polity)
    if as_json:
        write_list([*map(office_row, posts), *map(body_row, mandates)])
        return
    write_lines((*(line for office in posts for line in office_lines(office)), *map(body_line, mandates)))


def agreements(
    about: AboutOption = None,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Follow agreements from announced to signed, ratified, in force, suspended or denounced."""
    from detente.export.register_rows import course_row
    from detente.register.agreements import courses
    from detente.register.telling import course_lines

    with open_ledger(ledger) as store:
        found = courses(open_view(store, as_of, held_at), about=to_about(about))
    if as_json:
        write_list(map(course_row, found))
        return
    write_lines(line for course in found for line in course_lines(course))
