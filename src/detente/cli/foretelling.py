"""`forecasts`, `promises`, `proposals` and `forecast ...`: follow up what was said to come."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.options import (
    AboutOption,
    AfterOption,
    AsOfOption,
    HeldAtOption,
    JsonOption,
    LedgerOption,
    LimitOption,
    ReasonOption,
    WhoOption,
    open_ledger,
    open_view,
    to_about,
    to_day,
    to_who,
    today_of,
    write_list,
)
from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.ledger import Store
    from detente.register.entering import Registrar
    from detente.register.prospect import Prospect
    from detente.register.prospects import Asked, Prospects, Register


class StateChoice(StrEnum):
    """Which prospects are listed."""

    OPEN = "open"
    DUE = "due"
    RESOLVED_YES = "resolved_yes"
    RESOLVED_NO = "resolved_no"
    VOID = "void"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"


StateOption = Annotated[
    list[StateChoice] | None, typer.Option("--state", help="Only those that stand so (repeatable).")
]
HolderOption = Annotated[str | None, typer.Option("--holder", help="Only what this voice foretells, by id.")]
KeptOption = Annotated[bool, typer.Option("--kept", help="Only what people accepted or typed in.")]
NameArgument = Annotated[
    str, typer.Argument(help="Id of the forecast (f..., p...), its record's key, or words of its question.")
]
QuestionArgument = Annotated[str, typer.Argument(help="A question that time answers with yes or no.")]
RuleOption = Annotated[str, typer.Option("--rule", help="What counts as yes, and what as no.")]
ByOption = Annotated[str | None, typer.Option("--by", help="Last day, YYYY-MM-DD.")]
SourceOption = Annotated[str, typer.Option("--source", help="Where the answer will be looked up.")]
LikelyOption = Annotated[
    str | None, typer.Option("--likely", help="70, 55-80 (percent), or a word of ICD 203: 'very likely'.")
]
MadeOption = Annotated[str | None, typer.Option("--made", help="Day it was made. Default: today.")]
OnOption = Annotated[str | None, typer.Option("--on", help="Day it came about, YYYY-MM-DD. Default: today.")]
ModelOption = Annotated[str, typer.Option("--model", help="Name of the model that foretells, for its track.")]
SettledOption = Annotated[
    list[str] | None,
    typer.Option("--settled-by", help="A record that settles it: 'mandate//ended un-panel-of-experts'."),
]
KeysOption = Annotated[list[str] | None, typer.Option("--record", help="Key of a record (repeatable).")]
OutcomeArgument = Annotated[str, typer.Argument(help="yes or no.")]
EntryArgument = Annotated[str, typer.Argument(help="Id of the entry to take back (n12).")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("forecasts")(forecasts)
    app.command("promises")(promises)
    app.command("proposals")(proposals)
    one = typer.Typer(help="Enter what you know about one forecast or promise.", no_args_is_help=True)
    for command in (show, add, accept, edit, update, resolve, void, dispute, withdraw, decline, undo):
        one.command(command.__name__)(command)
    app.add_typer(one, name="forecast")


def forecasts(
    about: AboutOption = None,
    state: StateOption = None,
    holder: HolderOption = None,
    kept: KeptOption = False,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    after: AfterOption = None,
    limit: LimitOption = 50,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what was said to come, forecasts and promises, those that fall due first."""
    from detente.export.register_rows import prospect_row

    with open_ledger(ledger) as store:
        register = _register(store, as_of, held_at)
        part = register.browse(_asked(about, state, holder, kept), after=after, limit=limit)
        if as_json:
            write_list(map(prospect_row, part.found))
        else:
            _as_lines(part, _prospect_lines)


def promises(
    about: AboutOption = None,
    state: StateOption = None,
    holder: HolderOption = None,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    after: AfterOption = None,
    limit: LimitOption = 50,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """List promises with what was done of them, those that fall due first."""
    from detente.export.register_rows import count_row
    from detente.register.promises import count

    with open_ledger(ledger) as store:
        register = _register(store, as_of, held_at)
        asked = _asked(about, state, holder, kept=False, sorts=("commitment",))
        part = register.browse(asked, after=after, limit=limit)
        if as_json:
            write_list(count_row(count(register.view, prospect)) for prospect in part.found)
        else:
            _as_lines(part, lambda one: [*_prospect_lines(one), "    " + count(register.view, one).words])


def proposals(
    about: AboutOption = None,
    holder: HolderOption = None,
    kept: KeptOption = False,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    after: AfterOption = None,
    limit: LimitOption = 50,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lay out what later pages say to each forecast and promise that nobody has settled."""
    from detente.export.register_rows import proposal_row
    from detente.register.proposals import propose

    with open_ledger(ledger) as store:
        register = _register(store, as_of, held_at)
        part = register.browse(_asked(about, None, holder, kept, pending=True), after=after, limit=limit)
        found = [one for one in (propose(register.view, prospect) for prospect in part.found) if one]
        if as_json:
            write_list(map(proposal_row, found))
        else:
            _write(line for proposal in found for line in _proposal_lines(proposal))
            _go_on(part.next)


def show(
    name: NameArgument,
    as_of: AsOfOption = None,
    held_at: HeldAtOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show one forecast or promise whole, with its history."""
    from detente.export.register_rows import prospect_row

    with open_ledger(ledger) as store:
        row = prospect_row(_register(store, as_of, held_at).find(name))
    sys.stdout.write(json.dumps(row, ensure_ascii=False, indent=2) + "\n")


def add(
    question: QuestionArgument,
    rule: RuleOption = "",
    by: ByOption = None,
    source: SourceOption = "",
    likely: LikelyOption = None,
    about: AboutOption = None,
    made: MadeOption = None,
    settled_by: SettledOption = None,
    model: ModelOption = "",
    who: WhoOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Type in a forecast of your own; it needs a rule, a deadline and a source of truth."""
    from detente.register.entering import typed
    from detente.register.prospect import Contract, Track
    from detente.register.settling import to_settling
    from detente.register.typing_in import parties_of, to_due, to_estimate

    with open_ledger(ledger) as store:
        day = to_day(made, "--made") or today_of(store, None, None)
        contract = Contract(
            question,
            due=to_due(to_day(by, "--by")),
            rule=rule,
            source=source,
            settled_by=tuple(map(to_settling, settled_by or ())),
        )
        prospect = typed(
            contract,
            who=model or to_who(who),
            made=day,
            parties=parties_of(to_about(about)),
            estimate=to_estimate(likely, day) if likely else None,
            track=Track.MODELS if model else Track.PEOPLE,
        )
        _say(_registrar(store, who).add(prospect), as_json)


def accept(
    name: NameArgument, who: WhoOption = None, ledger: LedgerOption = None, as_json: JsonOption = False
) -> None:
    """Accept the draft made of a page's words as it is."""
    _enter(ledger, who, as_json, lambda registrar: registrar.accept(name))


def edit(
    name: NameArgument,
    question: Annotated[str | None, typer.Option("--question", help="Another question.")] = None,
    rule: Annotated[str | None, typer.Option("--rule", help="What counts as yes, and what as no.")] = None,
    by: ByOption = None,
    source: Annotated[str | None, typer.Option("--source", help="Where the answer is looked up.")] = None,
    settled_by: SettledOption = None,
    who: WhoOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Edit the question, the rule, the last day or the source of truth; what is not named stays."""
    from detente.register.typing_in import edited

    with open_ledger(ledger) as store:
        held = _register(store, None, None).find(name).contract
        contract = edited(held, question, rule, to_day(by, "--by"), source, settled_by)
        _say(_registrar(store, who).edit(name, contract), as_json)


def update(
    name: NameArgument,
    likely: Annotated[str, typer.Argument(help="70, 55-80 (percent), or a word of ICD 203.")],
    on: OnOption = None,
    who: WhoOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add a later estimate; the earlier ones stay."""
    from detente.register.typing_in import to_estimate

    with open_ledger(ledger) as store:
        day = to_day(on, "--on") or today_of(store, None, None)
        _say(_registrar(store, who).update(name, to_estimate(likely, day)), as_json)


def resolve(
    name: NameArgument,
    outcome: OutcomeArgument,
    on: OnOption = None,
    record: KeysOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what came of it: yes or no, on which day, and the records or the reason that settle it."""
    if outcome.casefold() not in ("yes", "no"):
        raise UsageError(f"'{outcome}' is neither yes nor no")
    with open_ledger(ledger) as store:
        day = to_day(on, "--on") or today_of(store, None, None)
        came = outcome.casefold() == "yes"
        after = _registrar(store, who).resolve(name, outcome=came, on=day, by=record or (), reason=reason)
        _say(after, as_json)


def void(
    name: NameArgument,
    on: OnOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Void it: it cannot be decided as it was put."""
    _close(name, "void", on, who, reason, ledger, as_json)


def dispute(
    name: NameArgument,
    on: OnOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Dispute it: people do not agree on what came of it."""
    _close(name, "dispute", on, who, reason, ledger, as_json)


def withdraw(
    name: NameArgument,
    on: OnOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Withdraw it: its holder took it back."""
    _close(name, "withdraw", on, who, reason, ledger, as_json)


def decline(
    name: NameArgument,
    record: KeysOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that records laid before you do not bear on it, so that they are not laid again."""
    _enter(ledger, who, as_json, lambda registrar: registrar.decline(name, record or (), reason))


def undo(
    name: NameArgument,
    entry: EntryArgument,
    who: WhoOption = None,
    reason: ReasonOption = "",
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take one of its entries back."""
    _enter(ledger, who, as_json, lambda registrar: registrar.undo(name, entry, reason))


def _close(
    name: str,
    verb: str,
    on: str | None,
    who: str | None,
    reason: str,
    ledger: str | None,
    as_json: bool,
) -> None:
    with open_ledger(ledger) as store:
        day = to_day(on, "--on") or today_of(store, None, None)
        _say(_registrar(store, who).close(name, verb, on=day, reason=reason), as_json)


def _enter(ledger: str | None, who: str | None, as_json: bool, act: Callable[[Registrar], Prospect]) -> None:
    with open_ledger(ledger) as store:
        _say(act(_registrar(store, who)), as_json)


def _registrar(store: Store, who: str | None) -> Registrar:
    from detente.register.entering import Registrar

    return Registrar(store, to_who(who), today_of(store, None, None))


def _register(store: Store, as_of: str | None, held_at: str | None) -> Register:
    from detente.register.prospects import Register

    return Register(open_view(store, as_of, held_at), today_of(store, as_of, held_at))


def _asked(
    about: str | None,
    state: list[StateChoice] | None,
    holder: str | None,
    kept: bool,
    *,
    sorts: tuple[str, ...] = ("forecast", "commitment"),
    pending: bool = False,
) -> Asked:
    from detente.register.prospect import PENDING, State
    from detente.register.prospects import Asked

    states = frozenset(State(one.value) for one in state) if state else PENDING if pending else None
    return Asked(sorts=sorts, about=to_about(about), holder=holder, states=states, drafts=not kept)


def _as_lines(part: Prospects, lines: Callable[[Prospect], list[str]]) -> None:
    _write(line for prospect in part.found for line in lines(prospect))
    _go_on(part.next)


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")


def _go_on(after: str | None) -> None:
    if after is not None:
        sys.stdout.write(f"More: add --after {after}\n")


def _say(prospect: Prospect, as_json: bool) -> None:
    from detente.export.register_rows import prospect_row

    if as_json:
        sys.stdout.write(json.dumps(prospect_row(prospect), ensure_ascii=False) + "\n")
    else:
        _write(_prospect_lines(prospect))


def _prospect_lines(prospect: Prospect) -> list[str]:
    from detente.register.wording import prospect_lines

    return prospect_lines(prospect)


def _proposal_lines(proposal: Any) -> list[str]:
    from detente.register.wording import proposal_lines

    return proposal_lines(proposal)
