"""Train the event reader: `python training/train.py --help`. Seeded; one run gives the shipped weights."""

from __future__ import annotations

import argparse
import random
import time
import zlib
from pathlib import Path

import torch
from data import TYPES, act_examples, pair_examples, read_labelled, read_pairs
from net import Encoding, EventReader, encoder_folder, links

from export import export

HERE = Path(__file__).resolve().parent


def fit(examples, *, epochs: int, seed: int, rate: float = 1e-4, batch: int = 32, log=print):
    torch.manual_seed(seed)
    random.seed(seed)
    folder = encoder_folder()
    model, coder = EventReader(folder), Encoding(folder)
    units = coder.units(examples)
    groups = [
        {"params": model.encoder.parameters(), "lr": rate},
        {"params": [p for n, p in model.named_parameters() if not n.startswith("encoder")], "lr": rate * 10},
    ]
    adam = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * ((len(units) + batch - 1) // batch)
    warm = max(1, steps // 10)
    plan = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda s: min((s + 1) / warm, max(0.02, (steps - s) / max(1, steps - warm)))
    )
    for epoch in range(epochs):
        model.train()
        started, total = time.time(), 0.0
        for chunk in batches(units, batch, seed + epoch):
            loss = loss_of(model, coder, chunk)
            adam.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            adam.step()
            plan.step()
            total += loss.item() * len(chunk)
        log(f"epoch {epoch + 1}: loss {total / len(units):.3f}, {time.time() - started:.0f} s")
    return model, coder


def batches(units, size: int, seed: int):
    """Units in a seeded order, near lengths together, so that little is padded."""
    order = list(range(len(units)))
    mixer = random.Random(seed)
    mixer.shuffle(order)
    pools = [order[at : at + size * 16] for at in range(0, len(order), size * 16)]
    chunks = []
    for pool in pools:
        pool.sort(key=lambda at: len(units[at].ids))
        chunks += [pool[at : at + size] for at in range(0, len(pool), size)]
    mixer.shuffle(chunks)
    for chunk in chunks:
        yield [units[at] for at in chunk]


def loss_of(model, coder, chunk):
    tensors, held = coder.batch(chunk)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=BF16):
        states, types, statuses, modes = model(*tensors)
        linked = links(held, chunk, tensors[0].shape[1])
        roles = model.roles(states[linked[0]], linked[1], linked[2]) if linked else None
    weight = torch.tensor([one.weight for _, one in held])
    logs = torch.log_softmax(types.float(), dim=-1)
    right = torch.stack([torch.logsumexp(log[list(one.types)], 0) for log, (_, one) in zip(logs, held)])
    smooth = -logs.mean(-1)
    loss = (weight * (-0.95 * right + 0.05 * smooth)).sum() / weight.sum()
    known = [at for at, (_, one) in enumerate(held) if one.status is not None]
    if known:
        wanted = torch.tensor([held[at][1].status for at in known])
        loss = loss + 0.3 * torch.nn.functional.cross_entropy(statuses[known].float(), wanted)
    moded = [at for at, (_, one) in enumerate(held) if one.mode is not None]
    if moded:
        wanted = torch.tensor([held[at][1].mode for at in moded])
        loss = loss + 0.2 * torch.nn.functional.cross_entropy(modes[moded].float(), wanted)
    if roles is not None:
        loss = loss + 0.8 * torch.nn.functional.cross_entropy(roles.float(), linked[3])
    return loss


@torch.no_grad()
def predict(model, coder, examples, batch: int = 64):
    """Type probabilities of the examples, a row each."""
    model.eval()
    units = sorted(coder.units(examples), key=lambda unit: len(unit.ids))
    found = [None] * len(examples)
    for at in range(0, len(units), batch):
        tensors, held = coder.batch(units[at : at + batch])
        _, types, _, _ = model(*tensors)
        for (number, _), logits in zip(held, types.float()):
            found[number] = torch.softmax(logits, -1)
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
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--dev", type=Path, help="a table of given pairs to measure on, never trained on")
    parser.add_argument("--candidates", type=Path, help="what candidates.py wrote")
    parser.add_argument("--out", type=Path, help="folder for the weights")
    parser.add_argument("--share", type=float, default=1.0, help="part of the sentences, for the curve")
    parser.add_argument("files", nargs="+", type=Path)
    args = parser.parse_args()
    BF16 = True
    dev = read_pairs(args.dev) if args.dev else []
    pairs, acts = collect(args)
    held = {one.text for one in pairs + acts if is_held_out(one.text)}
    known = [one for one in pairs + acts if one.text not in held]
    print(f"{len(pairs)} given pairs, {len(acts)} acts; {len(held)} sentences held back", flush=True)
    model, coder = fit(known, epochs=args.epochs, seed=args.seed)
    warmth = {}
    for kind, examples in (("pair", pairs), ("act", acts)):
        out = list({(one.text, one.trigger): one for one in examples if one.text in held}.values())
        warmth[kind] = temperature(model, coder, out) if out else 1.0
        if out:
            print(f"held-back {kind}s: {len(out)}, right {100 * accuracy(model, coder, out):.1f} %, T {warmth[kind]:.2f}")
    if dev:
        macro, scores, _, _ = pair_scores(predict(model, coder, dev), dev)
        print(f"root macro F1 {100 * macro:.1f}", {k: round(100 * v) for k, v in scores.items()}, flush=True)
    if args.out:
        export(model, encoder_folder(), args.out, {"temperature": warmth, "sentences": args.told})


def is_held_out(text: str) -> bool:
    """Whether a sentence is of the tenth kept for measuring and calibrating: by its words, so for good."""
    return zlib.crc32(text.encode()) % 10 == 0


def accuracy(model, coder, examples) -> float:
    guess = predict(model, coder, examples).argmax(-1).tolist()
    return sum(one in example.types for one, example in zip(guess, examples)) / len(examples)


def temperature(model, coder, examples) -> float:
    """What to divide logits by, so that probabilities are as sure as they are right (Guo et al. 2017)."""
    logs = torch.log(predict(model, coder, examples).clamp_min(1e-9))
    best = min(
        (0.5 + 0.1 * step for step in range(40)),
        key=lambda t: -sum(
            torch.logsumexp(torch.log_softmax(row / t, -1)[list(one.types)], 0).item()
            for row, one in zip(logs, examples)
        ),
    )
    return round(best, 2)


def collect(args) -> tuple[list, list]:
    pairs, sentences = [], []
    args.told = {}
    for path in args.files:
        if path.name == "pairs.tsv":
            pairs += read_pairs(path) * 2
            args.told[path.name] = len(pairs) // 2
        else:
            # What was written by hand teaches more than what was composed.
            found = read_labelled(path)
            args.told[path.name] = len(found)
            sentences += found * (1 if "composed" in path.name else 2)
    mixer = random.Random(args.seed)
    mixer.shuffle(sentences)
    mixer.shuffle(pairs)
    sentences = sentences[: int(len(sentences) * args.share)]
    pairs = pairs[: int(len(pairs) * args.share)]
    acts = act_examples(sentences, args.candidates) if args.candidates else []
    return pairs + pair_examples(sentences), acts


if __name__ == "__main__":
    main()
