"""The student as it begins: the layers of a trained encoder, each with its most useful heads and inner channels.

In: a teacher, or a student with more heads; gold articles. Out: a student whose coders know their ranges. Never: training.
Next: distill.py.

The worth of a head or a channel is what the loss would change by without it, to first order: |Σ gradient · value| over a
batch, summed over batches (Molchanov et al. 2017, Importance Estimation; Michel et al. 2019 for heads).
"""

import random

import torch
from torch import Tensor

from train import loop, model, student

BATCHES = 40


def begin(out: student.Student, trained: model.Teacher | student.Student, layers: list[int], examples: list[loop.Example], log) -> None:
    """`layers` numbers those that stay; how many heads and inner channels stay in each, `out` tells."""
    batches = loop.batches(examples, model.Teacher.WINDOW, 8, "shrink")[:BATCHES]
    full = trained if isinstance(trained, student.Student) else whole(trained)
    full.half = True
    if full is not trained:
        watch(full, batches)
        take_heads(full, trained)
    full.quantise(False)
    worth = worths(full, batches)
    for i, (h, n) in enumerate(worth):
        log(f"layer {i}: heads {[round(float(x), 3) for x in h]} inner {float(n.sum()):.3f}")
    cut(out, full, layers, worth)
    watch(out, batches)


def whole(teacher: model.Teacher) -> student.Student:
    """The teacher's encoder as a student of its size, with the word table in few levels."""
    count = len(teacher.layers)
    out = student.Student([teacher.ATTENTION] * count, [teacher.INNER] * count, 0.0)
    given, state = teacher.state_dict(), out.state_dict()
    state |= {k: v for k, v in given.items() if k in state and not k.startswith("heads.")}
    out.load_state_dict(state)
    return out


@torch.no_grad()
def take_heads(net: student.Student, teacher: model.Teacher) -> None:
    """The heads read x; a student's read codes: x · scale + shift - 64."""
    scale, shift = net.last.affine()
    scale, shift = torch.cat([scale, scale]), torch.cat([shift, shift])
    pairs = [(net.heads.tags, teacher.heads.tags)]
    for name, link in net.heads.links.items():
        theirs = teacher.heads.links[name]
        pairs += [(getattr(link, part), getattr(theirs, part)) for part in ("query", "key", "none")]
        for part in ("distance", "between", "paragraph"):
            getattr(link, part).copy_(getattr(theirs, part))
    for ours, theirs in pairs:
        n = theirs.weight.shape[1]
        folded = theirs.weight / scale[:n]
        ours.weight.copy_(folded * student.SCALE)
        ours.bias.copy_(theirs.bias + folded @ (student.ZERO - shift[:n]))


@torch.no_grad()
def watch(net: student.Student, batches: list[list[loop.Window]]) -> None:
    net.quantise(False, watching=True)
    net.eval()
    for batch in batches:
        loop.losses(net, batch, random.Random(0))
    net.quantise(False)


def worths(net: student.Student, batches: list[list[loop.Window]]) -> list[tuple[Tensor, Tensor]]:
    """Of each layer's heads and inner channels."""
    gates = [(torch.ones(l.heads, requires_grad=True), torch.ones(l.up.weight.shape[0], requires_grad=True)) for l in net.layers]
    sums = [tuple(torch.zeros_like(g) for g in pair) for pair in gates]
    for batch in batches:
        found = loop.losses(net, batch, random.Random(0), gates)
        (found["tags"] + loop.LINK_WEIGHT * found.get("links", 0.0)).backward()
        for pair, total in zip(gates, sums):
            for gate, t in zip(pair, total):
                t += gate.grad.abs()
                gate.grad = None
        net.zero_grad()
    return sums


@torch.no_grad()
def cut(to: student.Student, full: student.Student, layers: list[int], worth: list[tuple[Tensor, Tensor]]) -> None:
    for part in ("position", "features", "norm", "heads"):
        # Heads that only the new student has begin from nothing.
        getattr(to, part).load_state_dict(getattr(full, part).state_dict(), strict=part != "heads")
    to.last.load_state_dict(full.last.state_dict())
    for ours, i in zip(to.layers, layers):
        theirs = full.layers[i]
        best = worth[i][0].topk(ours.heads).indices.sort().values
        rows = (best[:, None] * student.HEAD + torch.arange(student.HEAD)).flatten()
        inner = worth[i][1].topk(ours.up.weight.shape[0]).indices.sort().values
        for a, b, at in ((ours.query, theirs.query, rows), (ours.key, theirs.key, rows), (ours.value, theirs.value, rows), (ours.up, theirs.up, inner)):
            a.weight.copy_(b.weight[at])
            a.bias.copy_(b.bias[at])
        for a, b, at in ((ours.out, theirs.out, rows), (ours.down, theirs.down, inner)):
            a.weight.copy_(b.weight[:, at])
            a.bias.copy_(b.bias)
        for name in ("norm1", "norm2"):
            getattr(ours, name).load_state_dict(getattr(theirs, name).state_dict())
