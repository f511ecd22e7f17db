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
from math import erf
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from detente.errors import ModelMissing
from detente.model.events import EventType, Status
from detente.model.text import Span

Spans = Sequence[Span]
_ERF = np.vectorize(erf, otypes=[np.float64])
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
        states, offsets = self._encode(sentence) if free else (None, [])
        return [
            self._read(states, offsets, one, "act") if one.trigger is not None else self._given(sentence, one)
            for one in candidates
        ]

    def find(self, sentence: str, triggers: Sequence[Span], parties: Sequence[Span]) -> list[FoundAct]:
        """Say of each trigger what it tells, by whom and to whom among the parties of the sentence."""
        states, offsets = self._encode(sentence)
        who = [_mean(states, offsets, (span,)) for span in parties]
        found = []
        for trigger in triggers:
            roles = self._roles(states[0], _mean(states, offsets, (trigger,)), who)
            actor = tuple(p for p, role in zip(parties, roles, strict=True) if role[1] >= _HOLDS)
            recipient = tuple(p for p, role in zip(parties, roles, strict=True) if role[2] >= _HOLDS)
            judgement = self._read(states, offsets, Candidate(actor, recipient, trigger), "act")
            found.append(FoundAct(tuple(r[1] for r in roles), tuple(r[2] for r in roles), judgement))
        return found

    def _roles(self, whole: Any, tells: Any, parties: Sequence[Any]) -> list[list[float]]:
        """Chances of bystander, actor and recipient for each party of one trigger."""
        if not parties:
            return []
        heads = self._heads
        rows = np.stack([np.concatenate([whole, tells, who, tells * who]) for who in parties])
        hidden = _gelu(rows @ heads["role_hidden.weight"].T + heads["role_hidden.bias"])
        logits = hidden @ heads["role_head.weight"].T + heads["role_head.bias"]
        return [_softmax(row).tolist() for row in logits]

    def _given(self, sentence: str, pair: Candidate) -> Judgement:
        text, actor, recipient = _marked(sentence, pair.actor, pair.recipient)
        states, offsets = self._encode(text)
        return self._read(states, offsets, Candidate(actor, recipient), "pair")

    def _encode(self, text: str) -> tuple[Any, list[tuple[int, int]]]:
        coded = self._words.encode(text)
        ids = np.array([coded.ids], dtype=np.int64)
        (states,) = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
        return states[0], coded.offsets

    def _read(self, states: Any, offsets: list[tuple[int, int]], one: Candidate, kind: str) -> Judgement:
        trigger = (one.trigger,) if one.trigger else ()
        parts = [states[0], *(_mean(states, offsets, spans) for spans in (one.actor, one.recipient, trigger))]
        heads = self._heads
        hidden = _gelu(np.concatenate(parts) @ heads["hidden.weight"].T + heads["hidden.bias"])
        warmth = self.facts["temperature"][kind]
        types = _softmax((hidden @ heads["type_head.weight"].T + heads["type_head.bias"]) / warmth)
        statuses = _softmax(hidden @ heads["status_head.weight"].T + heads["status_head.bias"])
        named = dict(zip(self._types, types.tolist(), strict=True))
        none = named.pop(None)
        if kind == "pair":
            left = max(1.0 - none, 1e-9)
            named, none = {name: value / left for name, value in named.items()}, 0.0
        known = {name: value for name, value in named.items() if name is not None}
        best = max(known, key=lambda name: known[name])
        modes = (hidden @ heads["mode_head.weight"].T + heads["mode_head.bias"]).tolist()
        mode = max(
            (pair for pair in zip(self._modes, modes, strict=True) if pair[0].startswith(best.value + "/")),
            key=lambda pair: pair[1],
        )[0]
        told = dict(zip(self._statuses, statuses.tolist(), strict=True))
        return Judgement(known, none, told, mode.partition("/")[2])


@cache
def load_reader() -> EventReader:
    """Load the classifier once a process."""
    return EventReader()


def _mean(states: Any, offsets: list[tuple[int, int]], spans: Spans) -> Any:
    inside = [
        at
        for at, (start, end) in enumerate(offsets)
        if end > start and any(start < span.end and span.start < end for span in spans)
    ]
    return states[inside].mean(axis=0) if inside else np.zeros(states.shape[1], dtype=np.float32)


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
    return 0.5 * values * (1.0 + _ERF(values / np.sqrt(2.0)).astype(np.float32))


def _softmax(values: Any) -> Any:
    raised = np.exp(values - values.max())
    return raised / raised.sum()
