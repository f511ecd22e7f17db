"""Enter what a person does about forecasts and promises: type in, accept, edit, update, settle, take back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from detente.errors import UsageError
from detente.ledger import Store
from detente.model.actors import Party
from detente.model.bodies import from_body, to_body
from detente.model.entries import UNDO, Entry
from detente.model.identity import digest
from detente.register.folding import (
    ACCEPT,
    ADD,
    DECLINE,
    DISPUTE,
    EDIT,
    RESOLVE,
    UPDATE,
    VOID,
    WITHDRAW,
    fold,
    refusal,
)
from detente.register.keeping import SUBJECT, place_in_order
from detente.register.prospect import Contract, Estimate, Prospect, State, Track
from detente.register.prospects import Register

NEEDS_REASON = frozenset((VOID, DISPUTE, WITHDRAW, DECLINE))
"""What nobody may do without saying why."""


class Registrar:
    """Enters under one name, as of `today`; every call is one transaction and gives the prospect after it.

    Each raises UsageError when there is no such prospect, when it is settled already, or when something
    that is needed is missing; nothing is entered then.
    """

    def __init__(self, store: Store, who: str, today: date) -> None:
        """Enter into `store` as `who`."""
        self.store = store
        self.who = who
        self.today = today

    def add(self, prospect: Prospect) -> Prospect:
        """Type in a forecast; it needs a question, a rule, a last day and a source of truth."""
        contract = prospect.contract
        missing = [
            word
            for word, held in (
                ("a question", contract.question.strip()),
                ("a rule", contract.rule.strip()),
                ("a deadline", contract.due and contract.due.hi),
                ("a source of truth", contract.source.strip()),
            )
            if not held
        ]
        if missing:
            raise UsageError(f"a forecast is not taken without {' and '.join(missing)}")
        if contract.due and contract.due.hi and contract.due.hi < prospect.made:
            raise UsageError(
                f"its deadline {contract.due.edtf} is before the day it is made, {prospect.made}"
            )
        _check_range(prospect.estimates)
        told = (self.who, prospect.holder, contract.question, contract.due.edtf if contract.due else "")
        named = replace(prospect, id="p" + digest(*told, prospect.made.isoformat()), is_draft=False)
        if any(one.id == named.id for one in self._register().kept):
            raise UsageError(f"this forecast is kept already, as {named.id}")
        return self._enter(named, ADD, {})

    def accept(self, name: str) -> Prospect:
        """Accept the draft made of a page's words as it is."""
        return self._enter(self._register().find(name), ACCEPT, {})

    def edit(self, name: str, contract: Contract) -> Prospect:
        """Put another contract in place of the draft or of an earlier one."""
        if not contract.question.strip() or not contract.rule.strip():
            raise UsageError("a forecast needs a question and a rule")
        return self._enter(self._register().find(name), EDIT, {"contract": to_body(contract)})

    def update(self, name: str, estimate: Estimate) -> Prospect:
        """Add a later estimate; the first one stays."""
        prospect = self._register().find(name)
        _check_range((estimate,))
        if estimate.low is None:
            raise UsageError("say how likely: a number or a range in percent, or a word of ICD 203")
        if prospect.estimates and estimate.day < prospect.estimates[-1].day:
            raise UsageError(f"the estimate of {prospect.estimates[-1].day} is later than {estimate.day}")
        value = {"estimate": to_body(replace(estimate, who=self.who)), "on": estimate.day.isoformat()}
        return self._enter(prospect, UPDATE, value)

    def resolve(
        self, name: str, *, outcome: bool, on: date, by: Sequence[str] = (), reason: str = ""
    ) -> Prospect:
        """Say what came of it, on which day, and by which records (keys) or source."""
        prospect = self._register().find(name)
        if not by and not reason.strip():
            raise UsageError("to resolve needs the record that settles it, or a reason")
        if on < prospect.made:
            raise UsageError(f"it was made on {prospect.made}: nothing of {on} can settle it")
        self._refuse_strangers(by)
        value = {"outcome": outcome, "on": on.isoformat(), "by": list(by)}
        return self._enter(prospect, RESOLVE, value, reason)

    def close(self, name: str, verb: str, *, on: date, reason: str) -> Prospect:
        """Void it (it cannot be decided as put), dispute its outcome, or withdraw it."""
        return self._enter(self._register().find(name), verb, {"on": on.isoformat()}, reason)

    def decline(self, name: str, keys: Sequence[str], reason: str) -> Prospect:
        """Say that records laid before a person do not bear on it, so that they are not laid again."""
        return self._enter(self._register().find(name), DECLINE, {"keys": list(keys)}, reason)

    def undo(self, name: str, entry: str, reason: str = "") -> Prospect:
        """Take an entry back; what was read or typed in before stands again."""
        prospect = self._register().find(name)
        others = [one.id for one in prospect.history if one.id != entry and one.verb != DECLINE]
        if others and any(one.id == entry and "prospect" in one.value for one in prospect.history):
            raise UsageError(f"{entry} is what {', '.join(others)} stand on: take these back first")
        taken = Entry(SUBJECT + prospect.id, UNDO, self.who, {"entry": entry}, reason)
        self.store.writer(self.who).enter(taken)
        return self._register().find(prospect.id)

    def _register(self) -> Register:
        return Register(self.store.view(), self.today)

    def _enter(self, prospect: Prospect, verb: str, value: Mapping[str, Any], reason: str = "") -> Prospect:
        if verb in NEEDS_REASON and not reason.strip():
            raise UsageError(f"to {verb} needs a reason")
        held = dict(value)
        if verb != DECLINE and not any("prospect" in entry.value for entry in prospect.history):
            # From its first entry on it stands by itself, whatever becomes of the page it was read from.
            held["prospect"] = to_body(_bare(prospect))
        contract = from_body(value["contract"], Contract) if verb == EDIT else prospect.contract
        is_placed = "prospect" in held or verb == EDIT
        entry = Entry(
            SUBJECT + prospect.id,
            verb,
            self.who,
            held,
            reason.strip(),
            document=prospect.origin.document,
            place=place_in_order(prospect, contract) if is_placed else "",
        )
        self.store.writer(self.who).enter(entry, self._check(prospect, verb))
        return self._register().find(prospect.id)

    def _check(self, prospect: Prospect, verb: str) -> Callable[[Sequence[Entry]], None]:
        """Refuse when somebody else has settled it meanwhile."""

        def check(standing: Sequence[Entry]) -> None:
            now = fold(_bare(prospect), standing, None)
            if said := refusal(now, verb):
                raise UsageError(said)

        return check

    def _refuse_strangers(self, keys: Sequence[str]) -> None:
        given = [key for key in keys if key.startswith("k")]
        unknown = [key for key, now in self.store.view().current(given).items() if now is None]
        if unknown:
            raise UsageError(f"there is no record '{unknown[0]}' in this ledger")


def _bare(prospect: Prospect) -> Prospect:
    """The prospect as it was before anybody entered anything."""
    return replace(prospect, history=(), state=State.OPEN)


def typed(
    contract: Contract,
    *,
    who: str,
    made: date,
    parties: Sequence[Party] = (),
    estimate: Estimate | None = None,
    track: Track = Track.PEOPLE,
) -> Prospect:
    """Put together a forecast that a person or a model makes."""
    estimates = (replace(estimate, day=made, who=who),) if estimate else (Estimate(made, who=who),)
    return Prospect(
        id="",
        sort="forecast",
        track=track,
        contract=contract,
        holder=who,
        made=made,
        parties=tuple(parties),
        estimates=estimates,
        is_draft=False,
    )


def _check_range(estimates: Sequence[Estimate]) -> None:
    for one in estimates:
        if (one.low is None) != (one.high is None):
            raise UsageError("a range of likelihood has two ends")
        if one.low is not None and one.high is not None and not 0 <= one.low <= one.high <= 100:
            raise UsageError(f"{one.low:g} to {one.high:g} percent is no likelihood")
