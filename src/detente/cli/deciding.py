"""`decide`, `withdraw` and `purge`: what a person says about a record or a source."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

from detente.cli.options import JsonOption, LedgerOption, ReasonOption, WhoOption, open_ledger, to_who
from detente.errors import UsageError
from detente.model.decisions import Decision, Verb

VerbArgument = Annotated[Verb, typer.Argument(help="What to decide.")]
KeyArgument = Annotated[
    str,
    typer.Argument(
        help="Key of the record; a publisher for rate_source, a decision's id for undo, - for add."
    ),
]
FieldOption = Annotated[str, typer.Option("--field", help="Which field a correction sets.")]
ValueOption = Annotated[
    str, typer.Option("--value", help="The new value, as JSON or plain text; - reads stdin.")
]
WithOption = Annotated[str, typer.Option("--with", help="The other record's key, for merge, split and link.")]
TargetArgument = Annotated[str, typer.Argument(help="A document's id, or publisher:NAME.")]
DocumentArgument = Annotated[str, typer.Argument(help="A document's id.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("decide")(decide)
    app.command("withdraw")(withdraw)
    app.command("purge")(purge)


def decide(
    verb: VerbArgument,
    key: KeyArgument,
    field: FieldOption = "",
    value: ValueOption = "",
    with_: WithOption = "",
    who: WhoOption = None,
    reason: ReasonOption = "",
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Decide about a record: add, confirm, correct, reject, merge, split, link, agree, note, undo...

    The machine's reading stays beside it. `correct KEY --field status --value planned --reason "..."`
    sets a field; `add - --value -` takes a whole record as JSON from stdin.
    """
    about = _value(value)
    held: dict[str, Any] = {"key": with_} if with_ else about if isinstance(about, dict) else {"value": about}
    if verb is Verb.CORRECT:
        held = {"value": about}
    _decide(Decision(verb, key, to_who(who), reason, field, held), ledger, as_json)


def withdraw(
    target: TargetArgument,
    who: WhoOption = None,
    reason: ReasonOption = "",
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Withdraw a document or a publisher: its records are no longer believed; `decide undo` takes it back."""
    _decide(Decision(Verb.WITHDRAW, target, to_who(who), reason), ledger, as_json)


def purge(
    document: DocumentArgument,
    who: WhoOption = None,
    reason: ReasonOption = "",
    yes: YesOption = False,
    ledger: LedgerOption = None,
) -> None:
    """Erase a document's text, bytes and quotes for legal reasons; the act is logged and final."""
    if not yes and not typer.confirm(f"Erase {document} for good?"):
        raise typer.Exit(1)
    with open_ledger(ledger) as store:
        store.writer(to_who(who)).purge(document, to_who(who), reason)
    sys.stdout.write(f"Purged {document}\n")


def _decide(decision: Decision, ledger: str | None, as_json: bool) -> None:
    from detente.export.rows import decision_row

    with open_ledger(ledger) as store:
        kept = store.writer(decision.who).decide(decision)
    row = decision_row(kept)
    sys.stdout.write(
        (json.dumps(row, ensure_ascii=False) if as_json else f"{kept.id} {kept.verb.value} {kept.key}") + "\n"
    )


def _value(text: str) -> Any:
    if text == "-":
        text = sys.stdin.read()
        try:
            return json.loads(text)
        except json.JSONDecodeError as err:
            raise UsageError(f"--value -: not JSON: {err}") from err
    if not text:
        return {}
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text
