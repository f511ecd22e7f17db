"""Train the event reader: `python training/train.py --help`. Seeded; one run gives the shipped weights."""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import torch

from data import STATUSES, TYPES, pair_examples, read_labelled, read_pairs
from net import EventReader, Encoding, encoder_folder

HERE = Path(__file__).resolve().parent


def fit(examples, *, epochs: int, seed: int, rate: float = 1e-4, batch: int = 32, log=print):
    torch.manual_seed(seed)
    random.seed(seed)
    folder = encoder_folder()
    model, coder = EventReader(folder), Encoding(folder)
    rows = [(coder.row(one), one) for one in examples]
    groups = [
        {"params": model.encoder.parameters(), "lr": rate},
        {"params": [p for n, p in model.named_parameters() if not n.startswith("encoder")], "lr": rate * 10},
    ]
    adam = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * ((len(rows) + batch - 1) // batch)
    warm = max(1, steps // 10)
    plan = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda s: min((s + 1) / warm, max(0.02, (steps - s) / max(1, steps - warm)))
    )
    for epoch in range(epochs):
        model.train()
        started, total = time.time(), 0.0
        for chunk in batches(rows, batch, seed + epoch):
            loss = loss_of(model, coder, chunk)
            adam.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            adam.step()
            plan.step()
            total += loss.item() * len(chunk)
        log(f"epoch {epoch + 1}: loss {total / len(rows):.3f}, {time.time() - started:.0f} s")
    return model, coder


def batches(rows, size: int, seed: int):
    """Rows in a seeded order, near lengths together, so that little is padded."""
    order = list(range(len(rows)))
    mixer = random.Random(seed)
    mixer.shuffle(order)
    pools = [order[at : at + size * 16] for at in range(0, len(order), size * 16)]
    chunks = []
    for pool in pools:
        pool.sort(key=lambda at: len(rows[at][0][0]))
        chunks += [pool[at : at + size] for at in range(0, len(pool), size)]
    mixer.shuffle(chunks)
    for chunk in chunks:
        yield [rows[at] for at in chunk]


def loss_of(model, coder, chunk):
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=BF16):
        types, statuses = model(*coder.batch([row for row, _ in chunk]))
    logs = torch.log_softmax(types.float(), dim=-1)
    right = torch.stack([torch.logsumexp(log[list(one.types)], 0) for log, (_, one) in zip(logs, chunk)])
    smooth = -logs[:, 1:].mean(-1)
    loss = (-0.95 * right + 0.05 * smooth).mean()
    known = [at for at, (_, one) in enumerate(chunk) if one.status is not None]
    if known:
        wanted = torch.tensor([chunk[at][1].status for at in known])
        loss = loss + 0.3 * torch.nn.functional.cross_entropy(statuses[known].float(), wanted)
    return loss


@torch.no_grad()
def predict(model, coder, examples, batch: int = 64):
    model.eval()
    rows = [coder.row(one) for one in examples]
    order = sorted(range(len(rows)), key=lambda at: len(rows[at][0]))
    found = [None] * len(rows)
    for at in range(0, len(order), batch):
        some = order[at : at + batch]
        types, _ = model(*coder.batch([rows[i] for i in some]))
        for i, logits in zip(some, types.float()):
            found[i] = torch.softmax(logits, -1)
    return torch.stack(found)


def pair_scores(probs, examples):
    """Root macro F1 with CONCEDE and RETREAT as one, as the development file has them."""
    merge = lambda i: "YIELD" if TYPES[i] in ("CONCEDE", "RETREAT") else TYPES[i]
    labels = sorted({merge(i) for i in range(1, len(TYPES))})
    table = torch.zeros(len(probs), len(labels))
    for i in range(1, len(TYPES)):
        table[:, labels.index(merge(i))] += probs[:, i]
    guess = [labels[i] for i in table.argmax(-1).tolist()]
    gold = [merge(one.types[0]) for one in examples]
    scores = {}
    for label in sorted(set(gold)):
        tp = sum(g == p == label for g, p in zip(gold, guess))
        n, m = gold.count(label), guess.count(label)
        scores[label] = 2 * tp / (n + m) if n + m else 0.0
    return sum(scores.values()) / len(scores), scores, guess, gold


BF16 = False

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--dev", type=Path)
    parser.add_argument("--take", type=int, default=0)
    parser.add_argument("files", nargs="*", type=Path)
    args = parser.parse_args()
    BF16 = args.bf16
    examples = []
    for path in args.files:
        if path.name == "own-sentences.tsv":
            examples += read_pairs(path)
        else:
            examples += pair_examples(read_labelled(path))
    random.Random(1).shuffle(examples)
    if args.take:
        examples = examples[: args.take]
    print(len(examples), "examples")
    model, coder = fit(examples, epochs=args.epochs, seed=7)
    if args.dev:
        dev = read_pairs(args.dev)
        macro, scores, guess, gold = pair_scores(predict(model, coder, dev), dev)
        print(f"root macro F1 {100 * macro:.1f}", {k: round(100 * v) for k, v in scores.items()})
