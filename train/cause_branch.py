"""Trains the branch that tells links: a few thin layers on what the shipped encoder's lower layers make of a text.

    python -m train.cause_branch FOLD TEACHER.pt OUT.pt

In: the shipped model file, a teacher, the sentences of the corpus and unlabelled news. Out: the branch's weights, taught by
gold and by what the teacher makes of each word. The lower layers stay as they are.
"""

import argparse
import math
import pathlib
import random
import re
import time

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from train import cause, cause_teacher, data, model, prepare, restart, student, weights

SHIPPED = pathlib.Path(__file__).parent.parent / "models/en-3.model"
SHAPE = [7, 11, 8, 7, 5], [416, 384, 320, 256, 160]
BATCH = 16
# The branch leaves the student behind this many layers; heads and inner channels of its own.
DEPTH, LAYERS = 3, ((4, 192), (4, 160))
DROPOUT = 0.1


class Heads(nn.Module):
    """As cause.Heads, on codes."""

    def __init__(self, width: int):
        super().__init__()
        self.turn = student.Product(width, cause.TURNS, 1 / student.SCALE)
        self.links = nn.ModuleDict({name: Pointer(width) for name in cause.POINTERS})

    def ends(self, name: str, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
        """A pointer goes from the first piece of a word to the piece at which the part that it looks for begins or ends."""
        return first, first if name == "begin" else last


class Pointer(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.query, self.key = (student.Product(width, model.KEY, 1 / student.SCALE) for _ in range(2))
        self.distance = nn.Parameter(torch.zeros(2 * len(model.DISTANCES)))
        self.between = nn.Parameter(torch.zeros(model.BETWEEN))

    scores = student.Link.scores


class Branch(nn.Module):
    """Stream (batch, pieces, width) → codes for the heads."""

    def __init__(self, layers: list[student.Layer], width: int):
        super().__init__()
        self.width = width
        self.layers = nn.ModuleList(layers)
        self.last = student.Coder(width)
        self.heads = Heads(width)

    def forward(self, x: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
        """The codes less ZERO, and the vectors that they stand for."""
        for layer in self.layers:
            x = layer(x, real)
        if self.last.watching:
            self.last.watch(x[real])
        return self.last(x) - student.ZERO, x

    quantise = student.Student.quantise


def shipped() -> student.Student:
    net = student.Student(*SHAPE, 0.0)
    restart.begin(net, SHIPPED, [0.0] * data.TAGS)
    net.quantise(True)
    return net.eval()


def stream(net: student.Student, inputs: Tensor, length: Tensor, depth: int) -> tuple[Tensor, Tensor]:
    """What the first `depth` layers make of a batch, (batch, pieces + 2, width) with the edges, and what of it is real."""
    framed, real, at = model.framed(inputs, length, net.edges)
    x = net.norm(net.numbers[framed[..., 0]] * net.steps[framed[..., 0]] + net.position(at) + net.features(framed))
    for layer in net.layers[:depth]:
        x = layer(x, real)
    return x, real


@torch.inference_mode()
def streams(net: student.Student, examples: list[cause.Example], depth: int) -> list[Tensor]:
    """What the first `depth` layers make of each sentence: (pieces + 2, width), with the edges."""
    out: list[Tensor | None] = [None] * len(examples)
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].inputs))
    for k in range(0, len(order), 32):
        ids = order[k : k + 32]
        batch = cause.batch_of([examples[i] for i in ids])
        x, _ = stream(net, batch.inputs, batch.length, depth)
        for j, i in enumerate(ids):
            out[i] = x[j, : len(examples[i].inputs) + 2].half().clone()
    return out


@torch.inference_mode()
def taught(teacher: model.Teacher, examples: list[cause.Example]) -> list[Tensor]:
    """The teacher's vectors: (pieces, width)."""
    out: list[Tensor | None] = [None] * len(examples)
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].inputs))
    for k in range(0, len(order), 32):
        ids = order[k : k + 32]
        batch = cause.batch_of([examples[i] for i in ids])
        x = teacher(batch.inputs, batch.length)
        for j, i in enumerate(ids):
            out[i] = x[j, : len(examples[i].inputs)].half().clone()
    return out


def news(limit: int) -> list[cause.Example]:
    """Sentences that nobody marked, without those of the corpus itself."""
    out = []
    for row in data.rows(prepare.WORK / "data/news.jsonl"):
        if row["name"].startswith("train_"):
            continue
        for paragraph in row["text"].split("\n"):
            for sentence in re.split(r"(?<=[.!?])[”\"’]?\s+(?=[“\"A-Z])", paragraph):
                if 8 <= len(sentence.split()) <= 60:
                    out.append(cause.example(row["name"], sentence.strip(), []))
    random.Random(1).shuffle(out)
    return [e for e in out[:limit] if e.spans]


def load(path: pathlib.Path) -> tuple[Branch, int]:
    """A branch ready to read, and how many layers stand before its own."""
    saved = torch.load(path, weights_only=True)
    state = saved["state"]
    count = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    shapes = [(state[f"layers.{i}.query.weight"].shape, len(state[f"layers.{i}.up.weight"])) for i in range(count)]
    layers = [student.Layer(width, rows // student.HEAD, inner, 0.0) for (rows, width), inner in shapes]
    branch = Branch(layers, shapes[0][0][1])
    branch.load_state_dict(state)
    branch.quantise(True)
    return branch.eval(), saved["depth"]


@torch.no_grad()
def take_heads(branch: Branch, theirs: cause.Heads) -> None:
    scale, shift = branch.last.affine()
    scale, shift = torch.cat([scale, scale]), torch.cat([shift, shift])
    pairs = [(branch.heads.turn, theirs.turn)]
    for name, link in branch.heads.links.items():
        other = theirs.links[name]
        pairs += [(getattr(link, part), getattr(other, part)) for part in ("query", "key")]
        for part in ("distance", "between"):
            getattr(link, part).copy_(getattr(other, part))
    for ours, other in pairs:
        n = other.weight.shape[1]
        folded = other.weight / scale[:n]
        ours.bias.copy_(other.bias + folded @ (student.ZERO - shift[:n]))
        # Most words have one piece, which the teacher's pointers see twice.
        ours.weight.copy_(folded.unflatten(1, (-1, branch.width)).sum(1) * student.SCALE)


@torch.no_grad()
def thin(layer: student.Layer, heads: int, inner: int) -> student.Layer:
    """A layer with the heads and inner channels of another that add most to its stream."""
    width = layer.out.weight.shape[0]
    out = student.Layer(width, heads, inner, DROPOUT)
    by_head = layer.out.weight.unflatten(1, (-1, student.HEAD)).square().sum((0, 2)) * layer.value.weight.unflatten(0, (-1, student.HEAD)).square().sum((1, 2))
    best = by_head.topk(heads).indices.sort().values
    rows = (best[:, None] * student.HEAD + torch.arange(student.HEAD)).flatten()
    kept = (layer.down.weight.square().sum(0) * layer.up.weight.square().sum(1)).topk(inner).indices.sort().values
    for name, at in (("query", rows), ("key", rows), ("value", rows), ("up", kept)):
        getattr(out, name).weight.copy_(getattr(layer, name).weight[at])
        getattr(out, name).bias.copy_(getattr(layer, name).bias[at])
    for name, at in (("out", rows), ("down", kept)):
        getattr(out, name).weight.copy_(getattr(layer, name).weight[:, at])
        getattr(out, name).bias.copy_(getattr(layer, name).bias)
    for name in ("norm1", "norm2"):
        getattr(out, name).load_state_dict(getattr(layer, name).state_dict())
    return out


def padded(rows: list[Tensor]) -> Tensor:
    return nn.utils.rnn.pad_sequence([r.float() for r in rows], batch_first=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fold", type=int)
    parser.add_argument("teacher", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--news", type=int, default=7000)
    parser.add_argument("--rate", type=float, default=7e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mse", type=float, default=1.0)
    parser.add_argument("--whole", type=float, default=0.6, help="rounding begins after this part")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    net = shipped()
    teacher = model.Teacher(0.0)
    teacher.heads = cause.Heads(teacher.WIDTH)
    teacher.load_state_dict(torch.load(args.teacher, weights_only=True), strict=False)
    teacher.word.weight.data = weights.words()
    teacher.eval().requires_grad_(False)
    examples = [e for e in cause.read() if e.spans]
    gold = [e for e in examples if e.fold != args.fold]
    held = sorted((e for e in examples if e.fold == args.fold), key=lambda e: len(e.inputs))
    more = news(args.news)
    begun = time.time()
    given = dict(zip(map(id, gold + held + more), streams(net, gold + held + more, DEPTH)))
    goal = dict(zip(map(id, gold + more), taught(teacher, gold + more)))
    marked = set(map(id, gold))
    print(f"{len(gold)} gold, {len(more)} news, {time.time() - begun:.0f}s", flush=True)
    branch = Branch([thin(layer, *shape) for layer, shape in zip(net.layers[DEPTH:], LAYERS)], net.WIDTH)
    drop = nn.Dropout(DROPOUT)
    branch.quantise(False, True)
    with torch.no_grad():
        branch.eval()
        for e in gold[:200]:
            branch(given[id(e)].float()[None], torch.ones(1, len(given[id(e)]), dtype=torch.bool))
        # The codes begin with the ranges of the teacher's vectors, so that its heads fit at once.
        branch.last.high.zero_()
        for e in gold[:200]:
            branch.last.watch(goal[id(e)].float())
    take_heads(branch, teacher.heads)
    branch.quantise(False, False)
    fresh = list(branch.heads.parameters())
    groups = [{"params": fresh, "top": args.rate}, {"params": list(branch.layers.parameters()), "top": args.rate}]
    for g in groups:
        g["lr"] = 0.0
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    per_epoch = len(cause_teacher.batches(gold + more, rng))
    steps, step = args.epochs * per_epoch, 0
    for epoch in range(args.epochs):
        branch.train()
        sums = [0.0, 0.0, 0.0]
        for part in cause_teacher.batches(gold + more, rng):
            done = step / steps
            branch.quantise(done >= args.whole, args.whole - 0.2 <= done < 0.9)
            rate = min(1.0, step / 100) * (1 - done)
            for g in optimizer.param_groups:
                g["lr"] = g["top"] * rate
            batch = cause.batch_of(part)
            x = padded([given[id(e)] for e in part])
            real = torch.arange(x.shape[1])[None] < batch.length[:, None] + 2
            codes, vectors = branch(drop(x), real)
            codes, vectors = codes[:, 1:-1], vectors[:, 1:-1]
            aim = padded([goal[id(e)] for e in part])
            inside = real[:, 2:]
            mse = F.mse_loss(vectors[inside], aim[inside])
            here = [i for i, e in enumerate(part) if id(e) in marked]
            loss_gold = torch.zeros(())
            if here:
                loss_gold = cause.losses(branch.heads, drop(codes[here]), cause.batch_of_rows(batch, here))
            kl = cause.kl(branch.heads, codes, teacher.heads, aim, batch)
            loss = args.mse * mse + 0.3 * loss_gold * len(here) / len(part) + kl
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
            optimizer.step()
            step += 1
            for i, v in enumerate((mse, loss_gold, kl)):
                sums[i] += float(v.detach()) / per_epoch
        branch.eval()
        line = f"fold {args.fold} epoch {epoch} {time.time() - begun:.0f}s mse {sums[0]:.3f} gold {sums[1]:.2f} kl {sums[2]:.3f} "
        if held:
            line += cause.swept(held, told(branch, held, given))
        print(line, flush=True)
    torch.save({"depth": DEPTH, "state": branch.state_dict()}, args.out)


@torch.inference_mode()
def told(branch: Branch, examples: list[cause.Example], given: dict[int, Tensor]) -> list[cause.Told]:
    out = []
    for k in range(0, len(examples), 32):
        part = examples[k : k + 32]
        batch = cause.batch_of(part)
        x = padded([given[id(e)] for e in part])
        real = torch.arange(x.shape[1])[None] < batch.length[:, None] + 2
        out += cause.tell(branch.heads, branch(x, real)[0][:, 1:-1], batch)
    return out


if __name__ == "__main__":
    main()
