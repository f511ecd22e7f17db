"""Read the type, mode and status of acts in a sentence: MiniLM encoder as int8 ONNX, heads in numpy.

The encoder runs once a sentence; each candidate act is read off the same states by the means over its
actor's, its recipient's and its trigger's word pieces. Origin and training: `docs/model-card.md`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from detente.errors import ModelMissing
from detente.model.events import EventType, Status
from detente.model.text import Span

Spans = Sequence[Span]
_HOLDS = 0.5
"""Least chance of a role for a party to be judged in it."""
_MARKS = ("[unused0]", "[unused1]", "[unused2]", "[unused3]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An act to judge in a sentence, its words as spans of the sentence in code points.

    Without `trigger` the pair is given: the reader says what the actor does to the recipient, whatever
    the word.
    """

    actor: tuple[Span, ...]
    recipient: tuple[Span, ...]
    trigger: Span | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Calibrated probabilities: `types` and `none` sum to 1, so do `statuses`; `mode` is the likeliest.

    `mode` is one of the likeliest type's modes, "" where the type is told without one.
    """

    types: dict[EventType, float]
    none: float
    statuses: dict[Status, float]
    mode: str

    @property
    def likeliest(self) -> tuple[EventType, float]:
        """The likeliest type and its probability."""
        return max(self.types.items(), key=lambda one: one[1])

    def ranked(self) -> list[tuple[EventType, float]]:
        """The types, likeliest first."""
        return sorted(self.types.items(), key=lambda one: -one[1])


@dataclass(frozen=True, slots=True)
class FoundAct:
    """What a trigger tells: the chance of each party to be its actor or its recipient, and its judgement."""

    actor: tuple[float, ...]
    recipient: tuple[float, ...]
    judgement: Judgement


class EventReader:
    """The classifier, loaded once; it keeps no state between sentences."""

    def __init__(self) -> None:
        """Load weights and vocabulary; raises ModelMissing when the installation lacks them."""
        folder = files("detente.classifier").joinpath("weights")
        try:
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.add_session_config_entry("session.use_device_allocator_for_initializers", "1")
            self._session = onnxruntime.InferenceSession(
                folder.joinpath("encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
            )
            self._words = Tokenizer.from_str(folder.joinpath("tokenizer.json").read_text(encoding="utf-8"))
            self.facts: dict[str, Any] = json.loads(folder.joinpath("facts.json").read_text(encoding="utf-8"))
            with folder.joinpath("heads.npz").open("rb") as file:
                held = np.load(file)
                self._heads = {name: held[name].astype(np.float32) for name in held.files}
        except (OSError, FileNotFoundError) as err:
            raise ModelMissing(f"the classifier's weights are missing: {err}") from err
        self._words.no_padding()
        self._words.enable_truncation(self.facts["longest"])
        self._types = [None if name == "NONE" else EventType(name) for name in self.facts["types"]]
        self._modes: list[str] = self.facts["modes"]
        self._statuses = [Status(name) for name in self.facts["statuses"]]

    def judge(self, sentence: str, candidates: Sequence[Candidate]) -> list[Judgement]:
        """Judge candidate acts of one sentence, in their order."""
        free = [one for one in candidates if one.trigger is not None]
        acts = iter(self._read(*self._encode(sentence), free, "act") if free else ())
        return [next(acts) if one.trigger is not None else self._given(sentence, one) for one in candidates]

    def find(self, sentence: str, triggers: Sequence[Span], parties: Sequence[Span]) -> list[FoundAct]:
        """Say of each trigger what it tells, by whom and to whom among the parties of the sentence."""
        states, offsets = self._encode(sentence)
        roles = self._roles(states, offsets, triggers, parties)
        acts = [
            Candidate(_holding(parties, chances[:, 1]), _holding(parties, chances[:, 2]), trigger)
            for trigger, chances in zip(triggers, roles, strict=True)
        ]
        return [
            FoundAct(tuple(chances[:, 1].tolist()), tuple(chances[:, 2].tolist()), judgement)
            for chances, judgement in zip(roles, self._read(states, offsets, acts, "act"), strict=True)
        ]

    def _roles(self, states: Any, offsets: Any, triggers: Sequence[Span], parties: Sequence[Span]) -> Any:
        """Chances of bystander, actor and recipient: triggers by parties by three."""
        if not parties:
            return np.zeros((len(triggers), 0, 3), dtype=np.float32)
        tells = _means(states, offsets, [(trigger,) for trigger in triggers])
        who = _means(states, offsets, [(party,) for party in parties])
        shape = (len(triggers), len(parties), states.shape[1])
        whole, tells, who = (np.broadcast_to(part, shape) for part in (states[0], tells[:, None], who))
        rows = np.concatenate([whole, tells, who, tells * who], axis=2)
        return _softmax(self._head(_gelu(self._head(rows, "role_hidden")), "role_head"))

    def _head(self, rows: Any, name: str) -> Any:
        return rows @ self._heads[f"{name}.weight"].T + self._heads[f"{name}.bias"]

    def _given(self, sentence: str, pair: Candidate) -> Judgement:
        text, actor, recipient = _marked(sentence, pair.actor, pair.recipient)
        (judgement,) = self._read(*self._encode(text), [Candidate(actor, recipient)], "pair")
        return judgement

    def _encode(self, text: str) -> tuple[Any, Any]:
        """The states of the text's word pieces, and where each piece starts and ends."""
        coded = self._words.encode(text)
        ids = np.array([coded.ids], dtype=np.int64)
        (states,) = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
        return states[0], np.array(coded.offsets)

    def _read(self, states: Any, offsets: Any, acts: Sequence[Candidate], kind: str) -> list[Judgement]:
        sides = (
            [one.actor for one in acts],
            [one.recipient for one in acts],
            [(one.trigger,) if one.trigger else () for one in acts],
        )
        whole = np.broadcast_to(states[0], (len(acts), states.shape[1]))
        parts = [whole, *(_means(states, offsets, spans) for spans in sides)]
        hidden = _gelu(self._head(np.concatenate(parts, axis=1), "hidden"))
        types = _softmax(self._head(hidden, "type_head") / self.facts["temperature"][kind])
        told = zip(
            types.tolist(),
            self._head(hidden, "mode_head").tolist(),
            _softmax(self._head(hidden, "status_head")).tolist(),
            strict=True,
        )
        return [self._judgement(*one, given=kind == "pair") for one in told]

    def _judgement(
        self, types: list[float], modes: list[float], statuses: list[float], *, given: bool
    ) -> Judgement:
        """Name the chances; of a given pair it is known that something happens between them."""
        named = dict(zip(self._types, types, strict=True))
        none = named.pop(None)
        known = {name: value for name, value in named.items() if name is not None}
        if given:
            left = max(1.0 - none, 1e-9)
            known, none = {name: value / left for name, value in known.items()}, 0.0
        best = max(known, key=lambda name: known[name])
        mode = max(
            (pair for pair in zip(self._modes, modes, strict=True) if pair[0].startswith(best.value + "/")),
            key=lambda pair: pair[1],
        )[0]
        return Judgement(
            known, none, dict(zip(self._statuses, statuses, strict=True)), mode.partition("/")[2]
        )


@cache
def load_reader() -> EventReader:
    """Load the classifier once a process."""
    return EventReader()


def _holding(parties: Sequence[Span], chances: Any) -> tuple[Span, ...]:
    return tuple(party for party, chance in zip(parties, chances, strict=True) if chance >= _HOLDS)


def _means(states: Any, offsets: Any, groups: Sequence[Spans]) -> Any:
    """For each group of spans the mean state of the word pieces it touches; zeros for no span."""
    starts, ends = offsets[:, 0], offsets[:, 1]
    inside = np.zeros((len(groups), len(offsets)), dtype=np.float32)
    for row, spans in zip(inside, groups, strict=True):
        for span in spans:
            row[(starts < ends) & (starts < span.end) & (span.start < ends)] = 1.0
    return inside @ states / np.maximum(inside.sum(axis=1, keepdims=True), 1.0)


def _marked(text: str, actor: Spans, recipient: Spans) -> tuple[str, tuple[Span, ...], tuple[Span, ...]]:
    """Put marks around the parties, as in training, and move their spans along."""
    cuts = sorted([(a.start, a.end, 0) for a in actor] + [(r.start, r.end, 1) for r in recipient])
    out, at = "", 0
    moved: tuple[list[Span], list[Span]] = ([], [])
    last = -1
    for start, end, side in cuts:
        if start < last:
            continue
        out += text[at:start] + f" {_MARKS[2 * side]} "
        moved[side].append(Span(len(out), len(out) + end - start))
        out += text[start:end] + f" {_MARKS[2 * side + 1]} "
        at = last = end
    return out + text[at:], tuple(moved[0]), tuple(moved[1])


def _gelu(values: Any) -> Any:
    return 0.5 * values * (1.0 + _erf(values / np.float32(np.sqrt(2.0))))


def _erf(values: Any) -> Any:
    """The error function to 2e-7: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26."""
    size = np.abs(values)
    t = 1.0 / (1.0 + 0.3275911 * size)
    sum_ = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return np.sign(values) * (1.0 - sum_ * np.exp(-size * size))


def _softmax(values: Any) -> Any:
    raised = np.exp(values - values.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)
