"""Fine-tunes MiniLM on the sentences of the Causal News Corpus.

    python -m train.cause_teacher FOLD OUT.pt [--start SYNTAX.pt] [--epochs 5] [--seed 1]

FOLD is the part that it does not see, from 0 to 4; 5 leaves out none. It begins with MiniLM, or with what cause_syntax.py
made of it.
"""

import argparse
import math
import pathlib
import random
import time
from collections.abc import Callable

import torch
from torch import Tensor, nn

from train import cause, model, weights

BATCH = 16
RATE, RATE_HEADS = 7e-5, 1e-3


def batches(examples: list[cause.Example], rng: random.Random) -> list[list[cause.Example]]:
    """Shuffled, with sentences of about one length together."""
    order = examples[:]
    rng.shuffle(order)
    near = [sorted(order[k : k + 12 * BATCH], key=lambda e: len(e.inputs)) for k in range(0, len(order), 12 * BATCH)]
    out = [part[k : k + BATCH] for part in near for k in range(0, len(part), BATCH)]
    rng.shuffle(out)
    return out


def optimizer(net: model.Teacher, rate: float, fresh_rate: float) -> tuple[torch.optim.Optimizer, Callable[[int, int], None]]:
    """An optimizer, new parts faster than what MiniLM brought, and what sets its rates before step `a` of `b`."""
    fresh = list(net.heads.parameters()) + list(net.features.parameters())
    known = {id(p) for p in fresh}
    rest = [p for p in net.parameters() if p.requires_grad and id(p) not in known]
    out = torch.optim.AdamW([{"params": fresh, "top": fresh_rate}, {"params": rest, "top": rate}], weight_decay=0.01)

    def schedule(step: int, steps: int) -> None:
        part = min(1.0, step / 100) * (1 - step / (steps + 12))
        for group in out.param_groups:
            group["lr"] = group["top"] * max(part, 0.0)

    return out, schedule


def descend(net: nn.Module, optimizer: torch.optim.Optimizer, loss: Tensor) -> None:
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()


def load(path: pathlib.Path) -> model.Teacher:
    """A teacher ready to tell."""
    net = model.Teacher(0.0)
    net.heads = cause.Heads(net.WIDTH)
    net.load_state_dict(torch.load(path, weights_only=True), strict=False)
    net.word.weight.data = weights.words()
    return net.eval().requires_grad_(False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fold", type=int)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--start", type=pathlib.Path)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    examples = [e for e in cause.read() if len(e.spans)]
    train = [e for e in examples if e.fold != args.fold]
    held = sorted((e for e in examples if e.fold == args.fold), key=lambda e: len(e.inputs))
    net = model.Teacher(0.1)
    net.load_pretrained()
    if args.start:
        net.load_state_dict(torch.load(args.start, weights_only=True), strict=False)
    net.heads = cause.Heads(net.WIDTH)
    drop = nn.Dropout(0.1)
    by, schedule = optimizer(net, RATE, RATE_HEADS)
    steps, step, begun = args.epochs * math.ceil(len(train) / BATCH), 0, time.time()
    for epoch in range(args.epochs):
        net.train()
        total = 0.0
        for part in batches(train, rng):
            schedule(step, steps)
            batch = cause.batch_of(part)
            loss = cause.losses(net.heads, drop(net(batch.inputs, batch.length)), batch)
            descend(net, by, loss)
            step, total = step + 1, total + float(loss.detach())
        line = f"fold {args.fold} epoch {epoch} {time.time() - begun:.0f}s loss {total / math.ceil(len(train) / BATCH):.2f}"
        if held and epoch >= args.epochs - 2:
            net.eval()
            line += " " + cause.swept(held, told(net, held))
        print(line, flush=True)
    torch.save({k: v for k, v in net.state_dict().items() if k != "word.weight"}, args.out)


@torch.inference_mode()
def told(net: model.Teacher, examples: list[cause.Example]) -> list[cause.Told]:
    out = []
    for k in range(0, len(examples), 32):
        batch = cause.batch_of(examples[k : k + 32])
        out += cause.tell(net.heads, net(batch.inputs, batch.length), batch)
    return out


if __name__ == "__main__":
    main()
