"""Links of cause and effect: examples, heads, loss, decoding, score.

In: the sentences of the Causal News Corpus. Out: what a run of cause_teacher.py or cause_branch.py learns from, and how good
it is. A link is told at the word with which its right part begins; from there three pointers go to where the left part
begins, where it ends, and where the right part ends. Never: a choice between kinds of links, which the reader makes.
Next: cause_teacher.py.
"""

import ast
import csv
import dataclasses
import hashlib
import math
import os
import pathlib
import re

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from train import data, model

CORPUS = "causality/causal-news-corpus/data/V2/train_subtask2_grouped.csv"
FOLDS = 5
LONGEST = model.Teacher.WINDOW
# Turns: 0 is none; 1, the cause stands left of the effect; 2, right of it.
TURNS = 3
POINTERS = ("begin", "end", "last")
POINTER_WEIGHT, SENTENCE_WEIGHT = 0.25, 0.5
EDGE = set("“”‘’") | set("!\"#&'()*+,-./:;<=>?@[\\]^_`{|}~")

Chars = tuple[int, int]


@dataclasses.dataclass
class Example:
    name: str
    fold: int
    text: str
    relations: list[tuple[Chars, Chars]]  # cause and effect
    spans: list[Chars]  # of words
    inputs: Tensor  # (pieces, 4)
    first: Tensor  # (words,) the first piece
    last: Tensor  # (words,)
    marks: Tensor  # (words,) whether it has no letter and no digit
    gold: list[tuple[int, int, int, int, int]]  # turn, then words: left begin and end, right begin and end, all inside


def read(folder: pathlib.Path | None = None) -> list[Example]:
    path = (folder or pathlib.Path(os.environ["ONRECORD_DATA"])) / CORPUS
    with open(path, encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    out = []
    for row in rows:
        _, article, _, _, name, text, marked, _ = row.values()
        fold = int.from_bytes(hashlib.sha256(article.encode()).digest(), "big") % FOLDS
        pairs = ast.literal_eval(marked) if marked.startswith("[") else []
        relations = [found for found in (relation(text, pair) for pair in pairs) if found]
        out.append(example(name, text, relations, fold))
    return out


def relation(text: str, marked: str) -> tuple[Chars, Chars] | None:
    """The spans of cause and effect in a sentence that has them between tags."""
    at = i = 0
    opened: dict[str, int] = {}
    spans: dict[str, Chars] = {}
    while i < len(marked):
        tag = re.match(r"<(/?)(ARG[01]|SIG\d)>", marked[i:])
        if tag:
            closes, name = tag.groups()
            if not closes:
                opened[name] = at
            elif name in opened:
                spans.setdefault(name, (opened[name], at))
            i += tag.end()
            continue
        if at >= len(text) or text[at] != marked[i]:
            return None
        at, i = at + 1, i + 1
    if "ARG0" not in spans or "ARG1" not in spans:
        return None
    return trimmed(text, spans["ARG0"]), trimmed(text, spans["ARG1"])


def trimmed(text: str, span: Chars) -> Chars:
    a, b = span
    while a < b and (text[a].isspace() or text[a] in EDGE):
        a += 1
    while b > a and (text[b - 1].isspace() or text[b - 1] in EDGE):
        b -= 1
    return a, b


def example(name: str, text: str, relations: list[tuple[Chars, Chars]], fold: int = -1) -> Example:
    article = data.article({"name": name, "text": text})
    whole = article.last < LONGEST
    spans = [span for span, keep in zip(article.words.spans, whole.tolist()) if keep]
    marks = torch.tensor([not any(c.isalnum() for c in text[a:b]) for a, b in spans], dtype=torch.bool)
    first, last = article.first[whole], article.last[whole]
    inputs = article.inputs[: int(last[-1]) + 1] if len(last) else article.inputs[:0]
    gold = [found for found in (located(spans, *pair) for pair in relations) if found]
    return Example(name, fold, text, relations, spans, inputs, first, last, marks, gold)


def located(spans: list[Chars], cause: Chars, effect: Chars) -> tuple[int, int, int, int, int] | None:
    def words(span: Chars) -> list[int]:
        return [i for i, (a, b) in enumerate(spans) if b > span[0] and a < span[1]]

    cause_words, effect_words = words(cause), words(effect)
    if not cause_words or not effect_words:
        return None
    turn = 1 if cause_words[0] < effect_words[0] else 2
    left, right = (cause_words, effect_words) if turn == 1 else (effect_words, cause_words)
    return (turn, left[0], left[-1], right[0], right[-1]) if left[-1] < right[0] else None


class Heads(nn.Module):
    """The turn at each word, which is read off its first piece, and the pointers from it."""

    def __init__(self, width: int):
        super().__init__()
        self.turn = nn.Linear(width, TURNS)
        self.links = nn.ModuleDict({name: model.Link(width) for name in POINTERS})

    def ends(self, name: str, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
        """What a pointer goes from and to, out of the vectors of first and last pieces: here both."""
        both = torch.cat([first, last], dim=-1)
        return both, both


@dataclasses.dataclass
class Batch:
    examples: list[Example]
    inputs: Tensor  # (batch, pieces, 4)
    length: Tensor  # (batch,) pieces
    first: Tensor  # (batch, words)
    last: Tensor
    real: Tensor  # (batch, words) of bool
    marks: Tensor  # (batch, words): marks before the word


def batch_of(examples: list[Example]) -> Batch:
    pieces, words = max(len(e.inputs) for e in examples), max(len(e.spans) for e in examples)
    inputs = torch.zeros(len(examples), pieces, 4, dtype=torch.long)
    first, last, marks = (torch.zeros(len(examples), words, dtype=torch.long) for _ in range(3))
    real = torch.zeros(len(examples), words, dtype=torch.bool)
    for i, e in enumerate(examples):
        n = len(e.spans)
        inputs[i, : len(e.inputs)] = e.inputs
        first[i, :n], last[i, :n], real[i, :n] = e.first, e.last, True
        marks[i, :n] = e.marks.long().cumsum(0)
    return Batch(examples, inputs, torch.tensor([len(e.inputs) for e in examples]), first, last, real, marks)


def batch_of_rows(batch: Batch, rows: list[int]) -> Batch:
    parts = (batch.inputs, batch.length, batch.first, batch.last, batch.real, batch.marks)
    return Batch([batch.examples[i] for i in rows], *(part[rows] for part in parts))


def words_of(vectors: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
    """vectors (batch, pieces, width) → those of first and of last pieces, (batch, words, width) each."""
    first, last = (vectors.gather(1, at[..., None].expand(-1, -1, vectors.shape[2])) for at in (batch.first, batch.last))
    return first, last


def place(at: int, to: int, marks: list[bool]) -> tuple[int, int]:
    """The buckets of how a word lies to another: words between with side, marks between."""
    left, right = sorted((at, to))
    between = range(left + 1, right)
    distance = sum(len(between) > limit for limit in model.DISTANCES[1:])
    return distance + len(model.DISTANCES) * (to < at), min(sum(marks[i] for i in between), model.BETWEEN - 1)


LIMITS = torch.tensor(model.DISTANCES[1:])


def point(heads: Heads, name: str, words: tuple[Tensor, Tensor], batch: Batch, row: Tensor, word: Tensor) -> Tensor:
    """Log-probabilities (anchors, words) of where a pointer goes from the words `word` of the rows `row`."""
    froms, tos = heads.ends(name, *words)
    at = torch.arange(tos.shape[1])
    before = at[None] < word[:, None]
    gap = ((at[None] - word[:, None]).abs() - 1).clamp(min=0)
    distance = (gap[..., None] > LIMITS).sum(-1) + len(model.DISTANCES) * before
    marks = batch.marks[row]
    here = marks.gather(1, word[:, None])
    is_mark = marks - F.pad(marks, (1, 0))[:, :-1]
    mark_here = is_mark.gather(1, word[:, None])
    between = torch.where(before, here - mark_here - marks, marks - is_mark - here).clamp(0, model.BETWEEN - 1)
    scores = heads.links[name].scores(froms[row, word], tos[row], distance, between)
    allowed = batch.real[row] & (before if name != "last" else ~before)
    return scores.masked_fill(~allowed, -1e4).log_softmax(-1)


def losses(heads: Heads, vectors: Tensor, batch: Batch) -> Tensor:
    words = words_of(vectors, batch)
    turns = heads.turn(words[0]).log_softmax(-1)
    truth = torch.zeros(batch.real.shape, dtype=torch.long)
    found = [(i, *gold) for i, e in enumerate(batch.examples) for gold in e.gold]
    total = torch.zeros(())
    if found:
        row, turn, *left, right, last = torch.tensor(found).T
        truth[row, right] = turn
        for name, target in zip(POINTERS, (*left, last)):
            logs = point(heads, name, words, batch, row, right)
            total = total + POINTER_WEIGHT * F.nll_loss(logs, target, reduction="sum")
    total = total + F.nll_loss(turns[batch.real], truth[batch.real], reduction="sum")
    # A sentence tells a link if any of its words does.
    none = turns[..., 0].masked_fill(~batch.real, 0.0).sum(1).clamp(max=-1e-6)
    has = torch.tensor([bool(e.relations) for e in batch.examples])
    sentence = torch.where(has, (-none.expm1()).clamp(min=1e-6).log(), none)
    return (total - SENTENCE_WEIGHT * sentence.sum()) / len(batch.examples)


@dataclasses.dataclass
class Aim:
    """What teachers say of one sentence, in the mean."""

    turns: Tensor  # (words, 3) probabilities
    anchors: Tensor  # (n,) words with which a right part may begin
    points: dict[str, Tensor]  # (n, words) probabilities


SEEN = 0.1  # how sure teachers are of a word for their pointers to be learned


@torch.inference_mode()
def aims(teachers: list[tuple[Heads, Tensor]], batch: Batch) -> list[Aim]:
    """What heads read off their vectors (batch, pieces, width)."""
    told = [(heads, words_of(vectors, batch)) for heads, vectors in teachers]
    turns = sum(heads.turn(words[0]).softmax(-1) for heads, words in told) / len(told)
    sure = (1 - turns[..., 0]).masked_fill(~batch.real, 0.0)
    row, word = (sure > SEEN).nonzero(as_tuple=True)
    points = {}
    for name in POINTERS if len(row) else ():
        points[name] = sum(point(heads, name, words, batch, row, word).exp() for heads, words in told) / len(told)
    out = []
    for i, e in enumerate(batch.examples):
        n, here = len(e.spans), row == i
        out.append(Aim(turns[i, :n].clone(), word[here], {name: p[here, :n].clone() for name, p in points.items()}))
    return out


def kl(heads: nn.Module, vectors: Tensor, aims: list[Aim], batch: Batch) -> Tensor:
    """How far turns and pointers are from the teachers', a sentence; pointers where they see a link."""
    words = words_of(vectors, batch)
    logs = heads.turn(words[0]).log_softmax(-1)
    total = F.kl_div(logs[batch.real], torch.cat([aim.turns for aim in aims]), reduction="sum")
    row = torch.cat([torch.full_like(aim.anchors, i) for i, aim in enumerate(aims)])
    word = torch.cat([aim.anchors for aim in aims])
    for name in POINTERS if len(row) else ():
        count = batch.real.shape[1]
        goal = torch.cat([F.pad(aim.points[name], (0, count - len(aim.turns))) for aim in aims if len(aim.anchors)])
        sure = torch.cat([1 - aim.turns[aim.anchors, 0] for aim in aims])
        ours = point(heads, name, words, batch, row, word)
        total = total + POINTER_WEIGHT * (F.kl_div(ours, goal, reduction="none").sum(1) * sure).sum()
    return total / len(batch.examples)


def gate_loss(opens: Tensor, aims: list[Aim]) -> Tensor:
    """Of scores (batch, pieces), below all others where there is none: whether a sentence tells a link, by its highest one."""
    some = torch.stack([1 - aim.turns[:, 0].prod() for aim in aims])
    return F.binary_cross_entropy_with_logits(opens.amax(1), some.clamp(0, 1))


@dataclasses.dataclass
class Told:
    """What the heads say of one sentence."""

    turns: Tensor  # (words, 3) probabilities
    anchors: list[int]
    points: dict[str, Tensor]  # (anchors, words) log-probabilities


ANCHORS = 5


@torch.inference_mode()
def tell(heads: Heads, vectors: Tensor, batch: Batch) -> list[Told]:
    words = words_of(vectors, batch)
    turns = heads.turn(words[0]).softmax(-1)
    sure = (1 - turns[..., 0]).masked_fill(~batch.real, -1.0)
    top = sure.topk(min(ANCHORS, sure.shape[1])).indices
    row = torch.arange(len(batch.examples))[:, None].expand_as(top).reshape(-1)
    points = {name: point(heads, name, words, batch, row, top.reshape(-1)).view(*top.shape, -1) for name in POINTERS}
    out = []
    for i, e in enumerate(batch.examples):
        n = len(e.spans)
        keep = [j for j, w in enumerate(top[i].tolist()) if w < n]
        out.append(Told(turns[i, :n], [int(top[i, j]) for j in keep], {k: v[i, keep, :n] for k, v in points.items()}))
    return out


Found = tuple[int, int, int, int, int]


def decode(told: Told, least: float = 0.3, alone: float = 0.5) -> list[Found]:
    """Links whose turn is likelier than `least`; the likeliest, too, if some link of the sentence is likelier than `alone`."""
    out: list[Found] = []
    some = 1 - float(told.turns[:, 0].clamp(min=1e-6).log().sum().exp())
    for j, word in enumerate(told.anchors):
        sure = float(1 - told.turns[word, 0])
        if sure < least and (out or some < alone):
            continue
        begin, end, last = (told.points[name][j] for name in POINTERS)
        if word == 0:
            continue
        # The likeliest pair of a beginning and an end behind it.
        both = begin[:word, None] + end[None, :word]
        a, b = divmod(int(both.masked_fill(torch.ones(word, word).tril(-1).bool(), -1e9).argmax()), word)
        d = int(last.argmax())
        right = (word, d)
        if any((a, b) == (l0, l1) and r0 <= right[1] and right[0] <= r1 for _, l0, l1, r0, r1 in out):
            continue
        out.append((int(told.turns[word, 1:].argmax()) + 1, a, b, word, d))
    return out


class Score:
    """Sentences with a link, spans, links: right, read, gold, as onrecord-eval counts them."""

    def __init__(self):
        self.counts = torch.zeros(3, 3, dtype=torch.long)

    def add(self, e: Example, found: list[Found]) -> None:
        read = []
        for turn, a, b, c, d in found:
            left, right = (trimmed(e.text, (e.spans[u][0], e.spans[v][1])) for u, v in ((a, b), (c, d)))
            read.append((left, right) if turn == 1 else (right, left))
        gold = list(e.relations)
        free, spans, links = [True] * len(read), 0, 0
        open_ = gold
        for want in (2, 1):
            rest = []
            for one in open_:
                hit = next((j for j, r in enumerate(read) if free[j] and (one[0] == r[0]) + (one[1] == r[1]) == want), None)
                if hit is None:
                    rest.append(one)
                    continue
                free[hit] = False
                spans += want
                links += want == 2
            open_ = rest
        self.counts += torch.tensor([[bool(gold and read), bool(read), bool(gold)], [spans, 2 * len(read), 2 * len(gold)], [links, len(read), len(gold)]]).long()

    def f1(self) -> list[float]:
        return [round(200 * int(r) / max(1, int(a + b)), 1) for r, a, b in self.counts]


def swept(examples: list[Example], told: list[Told]) -> str:
    """The best of some thresholds, by sentences and spans."""
    best = []
    for least in (0.15, 0.2, 0.25, 0.3, 0.4, 0.5):
        for alone in (0.4, 0.5, 0.6, 1.1):
            score = Score()
            for e, t in zip(examples, told):
                score.add(e, decode(t, least, alone))
            best.append((*score.f1(), least, alone))
    best.sort(key=lambda b: -b[0] - b[1])
    return f"{best[0]} {best[1]} | {max(b[0] for b in best)} {max(b[1] for b in best)}"
