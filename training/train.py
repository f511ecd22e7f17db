"""Train the event reader: `python training/train.py --help`. Seeded; one run gives the shipped weights."""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import torch

from data import TYPES, act_examples, gold_examples, pair_examples, read_labelled, read_pairs
from export import export
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
        types, statuses, modes = model(*coder.batch([row for row, _ in chunk]))
    logs = torch.log_softmax(types.float(), dim=-1)
    right = torch.stack([torch.logsumexp(log[list(one.types)], 0) for log, (_, one) in zip(logs, chunk)])
    smooth = -logs[:, 1:].mean(-1)
    loss = (-0.95 * right + 0.05 * smooth).mean()
    known = [at for at, (_, one) in enumerate(chunk) if one.status is not None]
    if known:
        wanted = torch.tensor([chunk[at][1].status for at in known])
        loss = loss + 0.3 * torch.nn.functional.cross_entropy(statuses[known].float(), wanted)
    moded = [at for at, (_, one) in enumerate(chunk) if one.mode is not None]
    if moded:
        wanted = torch.tensor([chunk[at][1].mode for at in moded])
        loss = loss + 0.2 * torch.nn.functional.cross_entropy(modes[moded].float(), wanted)
    return loss


@torch.no_grad()
def predict(model, coder, examples, batch: int = 64):
    model.eval()
    rows = [coder.row(one) for one in examples]
    order = sorted(range(len(rows)), key=lambda at: len(rows[at][0]))
    found = [None] * len(rows)
    for at in range(0, len(order), batch):
        some = order[at : at + batch]
        types, _, _ = model(*coder.batch([rows[i] for i in some]))
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

def main() -> None:
    """Train on the whole set, measure, export."""
    global BF16
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--dev", type=Path, help="a table of given pairs to measure on, never trained on")
    parser.add_argument("--candidates", type=Path, help="what candidates.py wrote")
    parser.add_argument("--out", type=Path, help="folder for the weights")
    parser.add_argument("--share", type=float, default=1.0, help="part of the sentences, for the curve")
    parser.add_argument("files", nargs="+", type=Path)
    args = parser.parse_args()
    BF16 = True
    pairs, acts = collect(args)
    print(f"{len(pairs)} given pairs, {len(acts)} acts")
    model, coder = fit(pairs + acts, epochs=args.epochs, seed=args.seed)
    if args.dev:
        dev = read_pairs(args.dev)
        macro, scores, _, _ = pair_scores(predict(model, coder, dev), dev)
        print(f"root macro F1 {100 * macro:.1f}", {k: round(100 * v) for k, v in scores.items()})
    if args.out:
        export(model, encoder_folder(), args.out, {"temperature": {"act": 1.0, "pair": 1.0}})


def collect(args) -> tuple[list, list]:
    pairs, sentences = [], []
    for path in args.files:
        if path.name == "pairs.tsv":
            pairs += read_pairs(path)
        else:
            sentences += read_labelled(path)
    mixer = random.Random(args.seed)
    mixer.shuffle(sentences)
    mixer.shuffle(pairs)
    sentences = sentences[: int(len(sentences) * args.share)]
    pairs = pairs[: int(len(pairs) * args.share)]
    acts = act_examples(sentences, args.candidates) + gold_examples(sentences) if args.candidates else []
    return pairs + pair_examples(sentences), acts


if __name__ == "__main__":
    main()
