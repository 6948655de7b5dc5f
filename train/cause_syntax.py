"""Teaches MiniLM how English sentences are built, before it learns links: where a part of a link ends is mostly where a clause does.

    python -m train.cause_syntax OUT.pt [--epochs 2] [--limit 16000]

In: the train part of GUM, its genres that are free for any use, and that of the English Web Treebank, both Universal
Dependencies. Out: the encoder's weights, less the heads that were learned with: the head and the relation of each word, and
whether a discourse unit begins with it (GUM alone marks these).
Next: cause_teacher.py.
"""

import argparse
import dataclasses
import gzip
import math
import os
import pathlib
import random
import time
from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from train import cause, cause_teacher, mentions, model, prepare

EWT = "factuality/uds-it-happened/ud-ewt/en-ud-train.r1.4.conllu.gz"
KEY = 128
RATE, RATE_HEADS = 1e-4, 1e-3
# Of a word that is not the first of its token.
INSIDE = "inside"
UNMARKED = -1


@dataclasses.dataclass
class Built:
    """How one sentence is built: of each word its head, its relation, and whether a discourse unit begins with it."""

    example: cause.Example
    heads: list[int]  # the root is its own
    relations: list[str]
    begins: list[int]  # 0, 1 or UNMARKED


def sentences() -> list[Built]:
    folder = pathlib.Path(os.environ["ONRECORD_DATA"])
    out = []
    for name, source in prepare.gum_sources(folder, "train"):
        if name.split("_")[1] in mentions.GUM_GENRES:
            out += built(source, True)
    with gzip.open(folder / EWT, "rt", encoding="utf-8") as f:
        out += built(f.read(), False)
    return out


def built(source: str, marked: bool) -> Iterator[Built]:
    for block in source.split("\n\n"):
        lines = block.split("\n")
        text = next((line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")), None)
        rows = [line.split("\t") for line in lines if line[:1].isdigit()]
        rows = [row for row in rows if row[0].isdigit()]
        # Older files have no text: blanks stand where they need not be.
        text = " ".join(row[1] for row in rows) if text is None else text
        found = sentence(text, rows, marked) if len(rows) > 2 else None
        if found:
            yield found


def sentence(text: str, rows: list[list[str]], marked: bool) -> Built | None:
    spans, at = [], 0
    for row in rows:
        begin = text.find(row[1], at)
        if begin < 0:
            return None
        at = begin + len(row[1])
        spans.append((begin, at))
    example = cause.example("", text, [])
    token_of: list[int] = []
    for a, b in example.spans:
        token = next((i for i, (c, d) in enumerate(spans) if d > a and c < b), None)
        if token is None:
            return None
        token_of.append(token)
    first = {token: word for word, token in reversed(list(enumerate(token_of)))}
    if len(example.spans) < 3 or len(first) < len(rows):
        return None
    heads, relations, begins = [], [], []
    for word, token in enumerate(token_of):
        row, opens = rows[token], first[token] == word
        head = int(row[6]) - 1
        heads.append((first[head] if head >= 0 else word) if opens else first[token])
        relations.append(row[7].split(":")[0] if opens else INSIDE)
        begins.append(int(opens and "Discourse=" in row[9]) if marked else UNMARKED)
    return Built(example, heads, relations, begins)


class Heads(nn.Module):
    def __init__(self, width: int, relations: list[str]):
        super().__init__()
        self.relations = {name: i for i, name in enumerate(relations)}
        self.query, self.key = nn.Linear(width, KEY), nn.Linear(width, KEY)
        self.own, self.its_head = nn.Linear(width, len(relations)), nn.Linear(width, len(relations))
        self.begin = nn.Linear(width, 1)

    def losses(self, vectors: Tensor, batch: cause.Batch, part: list[Built]) -> tuple[Tensor, Tensor]:
        """The loss a sentence, and how many words find their heads, of all."""
        words, _ = cause.words_of(vectors, batch)
        count = words.shape[1]
        scores = self.query(words) @ self.key(words).transpose(1, 2) / math.sqrt(KEY)
        scores = scores.masked_fill(~batch.real[:, None], -1e4)

        def padded(rows: list[list[int]]) -> Tensor:
            return torch.tensor([row + [0] * (count - len(row)) for row in rows])

        heads = padded([b.heads for b in part])
        kinds = padded([[self.relations[name] for name in b.relations] for b in part])
        begins = padded([b.begins for b in part])
        real = batch.real
        loss = F.cross_entropy(scores[real], heads[real], reduction="sum")
        to = self.its_head(words).gather(1, heads[..., None].expand(-1, -1, len(self.relations)))
        loss = loss + F.cross_entropy((self.own(words) + to)[real], kinds[real], reduction="sum")
        told = real & (begins != UNMARKED)
        if told.any():
            loss = loss + F.binary_cross_entropy_with_logits(self.begin(words)[..., 0][told], begins[told].float(), reduction="sum")
        return loss / real.sum(), (scores.argmax(-1) == heads)[real].float().mean()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, default=16000)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    every = sentences()[: args.limit]
    names = sorted({name for b in every for name in b.relations})
    net = model.Teacher(0.1)
    net.load_pretrained()
    net.heads = Heads(net.WIDTH, names)
    known = {id(b.example): b for b in every}
    optimizer, schedule = cause_teacher.optimizer(net, RATE, RATE_HEADS)
    steps, step, begun = args.epochs * math.ceil(len(every) / cause_teacher.BATCH), 0, time.time()
    net.train()
    for epoch in range(args.epochs):
        sums = [0.0, 0.0]
        for part in cause_teacher.batches([b.example for b in every], rng):
            schedule(step, steps)
            batch = cause.batch_of(part)
            loss, right = net.heads.losses(net(batch.inputs, batch.length), batch, [known[id(e)] for e in part])
            cause_teacher.descend(net, optimizer, loss)
            step += 1
            for i, v in enumerate((loss, right)):
                sums[i] = sums[i] * 0.99 + 0.01 * float(v.detach())
            if step % 100 == 0:
                print(f"{step}/{steps} {time.time() - begun:.0f}s loss {sums[0]:.3f} heads {sums[1]:.3f}", flush=True)
    torch.save({k: v for k, v in net.state_dict().items() if k != "word.weight" and not k.startswith("heads.")}, args.out)


if __name__ == "__main__":
    main()
