"""Trains the branch that tells links: a few thin layers on what the shipped encoder's lower layers make of a text.

    python -m train.cause_branch FOLD OUT.pt TEACHER.pt ...

In: the shipped model file, teachers, the sentences of the corpus and unlabelled news. Out: the branch's weights, taught by
gold, by what teachers say of each word, and by the vectors of the first of them. The lower layers stay as they are; they see
whole paragraphs, the branch one sentence at a time. Its first layer tells whether the sentence is worth the others.
"""

import argparse
import dataclasses
import pathlib
import random
import re
import time

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from train import cause, cause_teacher, data, model, prepare, restart, student

SHIPPED = pathlib.Path(__file__).parent.parent / "models/en-3.model"
SHAPE = [7, 11, 8, 7, 5], [416, 384, 320, 256, 160]
# The branch leaves the student behind this many layers; heads and inner channels of its own.
DEPTH, LAYERS = 2, ((5, 192), (5, 192), (5, 160))
DROPOUT = 0.1
# The gate may miss this part of the links that teachers see: twice as many cost a point, half as many time.
MISSED = 0.05


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
        self.first, self.last = student.Coder(width), student.Coder(width)
        self.gate = student.Product(width, 1, 1 / student.SCALE)
        self.heads = Heads(width)

    def forward(self, x: Tensor, real: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The codes less ZERO, the vectors that they stand for, and the scores of the gate (batch, pieces)."""
        x = self.layers[0](x, real)
        opens = self.gate(self.code(self.first, x, real))[..., 0].masked_fill(~real, -1e4)
        for layer in self.layers[1:]:
            x = layer(x, real)
        return self.code(self.last, x, real), x, opens

    def code(self, coder: student.Coder, x: Tensor, real: Tensor) -> Tensor:
        if coder.watching:
            coder.watch(x[real])
        return coder(x) - student.ZERO

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


@dataclasses.dataclass
class Sentence:
    """A sentence, and where its pieces lie in the text with which the student sees it."""

    example: cause.Example
    seen: cause.Example
    begin: int = 0


@torch.inference_mode()
def streams(net: student.Student, sentences: list[Sentence]) -> list[Tensor]:
    """What the first layers make of each sentence: (pieces, width)."""
    texts = {id(s.seen): s.seen for s in sentences}
    whole = {}
    for ids in by_length(list(texts.values())):
        batch = cause.batch_of(ids)
        x, _ = stream(net, batch.inputs, batch.length, DEPTH)
        for i, text in enumerate(ids):
            whole[id(text)] = x[i, 1 : 1 + len(text.inputs)].half().clone()
    return [whole[id(s.seen)][s.begin : s.begin + len(s.example.inputs)] for s in sentences]


@torch.inference_mode()
def taught(teachers: list[model.Teacher], examples: list[cause.Example]) -> dict[int, tuple[Tensor, cause.Aim]]:
    """By id: the vectors of the first teacher, (pieces, width), and what all of them say."""
    out = {}
    for part in by_length(examples):
        batch = cause.batch_of(part)
        told = [(teacher.heads, teacher(batch.inputs, batch.length)) for teacher in teachers]
        for i, (e, aim) in enumerate(zip(part, cause.aims(told, batch))):
            out[id(e)] = told[0][1][i, : len(e.inputs)].half().clone(), aim
    return out


def by_length(examples: list[cause.Example]) -> list[list[cause.Example]]:
    order = sorted(examples, key=lambda e: len(e.inputs))
    return [order[k : k + 32] for k in range(0, len(order), 32)]


def news(limit: int) -> list[Sentence]:
    """Sentences that nobody marked, in their paragraphs, without those of the corpus itself."""
    places = []
    for row in data.rows(prepare.WORK / "data/news.jsonl"):
        if not row["name"].startswith("train_"):
            for paragraph in row["text"].split("\n"):
                begins = [0] + [found.end() for found in re.finditer(r"(?<=[.!?])[”\"’]?\s+(?=[“\"A-Z])", paragraph)]
                places += [(paragraph, a, b) for a, b in zip(begins, begins[1:] + [len(paragraph)]) if 8 <= len(paragraph[a:b].split()) <= 60]
    random.Random(1).shuffle(places)
    seen: dict[str, cause.Example] = {}
    out = []
    for paragraph, a, b in places[:limit]:
        if paragraph not in seen:
            seen[paragraph] = cause.example("", paragraph, [])
        text = seen[paragraph]
        example = cause.example("", paragraph[a:b].strip(), [])
        word = next((i for i, (begin, _) in enumerate(text.spans) if begin >= a), None)
        if word is None or not example.spans:
            continue
        begin = int(text.first[word])
        # What lies beyond a window, or is cut in another way than alone, is left out.
        if torch.equal(text.inputs[begin : begin + len(example.inputs), 0], example.inputs[:, 0]):
            out.append(Sentence(example, text, begin))
    return out


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fold", type=int)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("teachers", type=pathlib.Path, nargs="+")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--news", type=int, default=16000)
    parser.add_argument("--rate", type=float, default=7e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--whole", type=float, default=0.6, help="rounding begins after this part")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    net = shipped()
    teachers = [cause_teacher.load(path) for path in args.teachers]
    examples = [e for e in cause.read() if e.spans]
    gold = [e for e in examples if e.fold != args.fold]
    held = sorted((e for e in examples if e.fold == args.fold), key=lambda e: len(e.inputs))
    more = news(args.news)
    begun = time.time()
    sentences = [Sentence(e, e) for e in gold + held] + more
    given = {id(s.example): x for s, x in zip(sentences, streams(net, sentences))}
    every = gold + [s.example for s in more]
    goal = taught(teachers, every)
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
            branch.last.watch(goal[id(e)][0].float())
    take_heads(branch, teachers[0].heads)
    branch.quantise(False, False)
    optimizer = torch.optim.AdamW(branch.parameters(), weight_decay=0.01)
    per_epoch = len(cause_teacher.batches(every, rng))
    steps, step = args.epochs * per_epoch, 0
    for epoch in range(args.epochs):
        branch.train()
        sums = [0.0] * 4
        for part in cause_teacher.batches(every, rng):
            done = step / steps
            branch.quantise(done >= args.whole, args.whole - 0.2 <= done < 0.9)
            for g in optimizer.param_groups:
                g["lr"] = args.rate * min(1.0, step / 100) * (1 - done)
            batch = cause.batch_of(part)
            x, real = padded(part, given)
            codes, vectors, opens = branch(drop(x), real)
            aim = nn.utils.rnn.pad_sequence([goal[id(e)][0].float() for e in part], batch_first=True)
            aims = [goal[id(e)][1] for e in part]
            mse = F.mse_loss(vectors[real], aim[real])
            here = [i for i, e in enumerate(part) if id(e) in marked]
            of_gold = torch.zeros(())
            if here:
                of_gold = cause.losses(branch.heads, drop(codes[here]), cause.batch_of_rows(batch, here)) * len(here) / len(part)
            kl, gate = cause.kl(branch.heads, codes, aims, batch), cause.gate_loss(opens, aims)
            cause_teacher.descend(branch, optimizer, mse + 0.3 * of_gold + kl + gate)
            step += 1
            for i, v in enumerate((mse, of_gold, kl, gate)):
                sums[i] += float(v.detach()) / per_epoch
        branch.eval()
        line = f"fold {args.fold} epoch {epoch} {time.time() - begun:.0f}s mse {sums[0]:.3f} gold {sums[1]:.2f} kl {sums[2]:.3f} gate {sums[3]:.3f} "
        if held and epoch >= args.epochs - 2:
            line += cause.swept(held, told(branch, held, given))
        print(line, flush=True)
    passes = adjust(branch, every, given, {key: aim for key, (_, aim) in goal.items()})
    print(f"gate: {passes[True]:.3f} of the pieces of gold, {passes[False]:.3f} of news", flush=True)
    torch.save({"depth": DEPTH, "state": branch.state_dict()}, args.out)


@torch.inference_mode()
def adjust(branch: Branch, examples: list[cause.Example], given: dict[int, Tensor], aims: dict[int, cause.Aim]) -> dict[bool, float]:
    """Shifts the gate until it misses `MISSED` of the links that teachers see.

    Which part of the pieces then passes, of marked sentences and of the others.
    """
    rows = []
    for part in by_length(examples):
        opens = branch(*padded(part, given))[2].amax(1)
        rows += [(float(o), float(1 - aims[id(e)].turns[:, 0].prod()), e) for o, e in zip(opens, part)]
    rows.sort(key=lambda row: row[0])
    linked = [(score, some) for score, some, _ in rows if some > 0.5]
    left, least = MISSED * sum(some for _, some in linked), rows[0][0]
    for score, some in linked:
        left -= some
        if left < 0:
            break
        least = score
    branch.gate.bias -= least

    def share(marked: bool) -> float:
        of = [(len(e.inputs), score > least) for score, _, e in rows if bool(e.name) == marked]
        return sum(n for n, passes in of if passes) / max(1, sum(n for n, _ in of))

    return {marked: share(marked) for marked in (True, False)}


def padded(part: list[cause.Example], given: dict[int, Tensor]) -> tuple[Tensor, Tensor]:
    """What stands before the branch, (batch, pieces, width), and what of it is real."""
    x = nn.utils.rnn.pad_sequence([given[id(e)].float() for e in part], batch_first=True)
    return x, torch.arange(x.shape[1])[None] < torch.tensor([len(given[id(e)]) for e in part])[:, None]


@torch.inference_mode()
def told(branch: Branch, examples: list[cause.Example], given: dict[int, Tensor]) -> list[cause.Told]:
    out = []
    for k in range(0, len(examples), 32):
        part = examples[k : k + 32]
        out += cause.tell(branch.heads, branch(*padded(part, given))[0], cause.batch_of(part))
    return out


if __name__ == "__main__":
    main()
