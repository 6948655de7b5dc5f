"""One training loop for teachers and students: batches, losses, checkpoints.

In: an encoder, articles, settings from a TOML. Out: weights and a log under out/runs/NAME. Resumable and seeded: the
order of batches depends on seed and epoch alone.
Next: teacher.py and distill.py, which call it.
"""

import dataclasses
import hashlib
import json
import math
import pathlib
import random
import time
import tomllib
from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as F

from train import data, decode, model, prepare

NO_TAG = -100
LINK_WEIGHT = 0.3


@dataclasses.dataclass
class Run:
    """One run: what its TOML says and where its files lie."""

    name: str
    settings: dict
    folder: pathlib.Path
    path: pathlib.Path = pathlib.Path()

    @classmethod
    def read(cls, path: pathlib.Path) -> "Run":
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
        folder = prepare.WORK / "runs" / path.stem
        folder.mkdir(parents=True, exist_ok=True)
        for part, expected in settings["data"].items():
            found = hashlib.sha256((prepare.WORK / f"data/{part}.jsonl").read_bytes()).hexdigest()
            if found != expected:
                raise SystemExit(f"{part}.jsonl: expected {expected}, found {found}\nhint: python -m train.prepare")
        torch.manual_seed(settings["seed"])
        torch.set_num_threads(settings["threads"])
        return cls(path.stem, settings, folder, path)

    def other(self, name: str) -> "Run":
        """The run whose TOML lies beside this one's."""
        return Run.read(self.path.parent / f"{name}.toml")

    def log(self, *words: object) -> None:
        line = time.strftime("%H:%M:%S ", time.gmtime()) + " ".join(map(str, words))
        print(line, flush=True)
        with open(self.folder / "log", "a", encoding="utf-8") as f:
            f.write(line + "\n")


@dataclasses.dataclass
class Example:
    article: data.Article
    # For `tags` and each layer of mentions that somebody marked, (pieces,): the tag on each word's first piece, else NO_TAG.
    target: dict[str, Tensor]
    # For each of them that teachers read, (pieces, tags): their probabilities, on first pieces.
    taught: dict[str, Tensor]


def example(article: data.Article, taught: dict[str, Tensor] | None = None) -> Example:
    """`taught` are probabilities (words, tags)."""

    def spread(of_words: Tensor, missing: float) -> Tensor:
        of_pieces = torch.full((len(article.inputs), *of_words.shape[1:]), missing, dtype=of_words.dtype)
        of_pieces[article.first] = of_words
        return of_pieces

    marked = {**({"tags": article.gold.tags} if article.gold else {}), **article.mentions}
    target = {layer: spread(torch.tensor(tags, dtype=torch.long), NO_TAG) for layer, tags in marked.items()}
    return Example(article, target, {layer: spread(p.float(), 0.0) for layer, p in (taught or {}).items()})


Window = tuple[Example, int, int]


def batches(examples: list[Example], size: int, count: int, seed: str) -> list[list[Window]]:
    """Every article cut from a random phase into windows of `size` pieces; `count` windows a batch."""
    rng = random.Random(seed)
    cut: list[Window] = []
    for e in examples:
        n = len(e.article.inputs)
        edges = [0, *range(rng.randrange(size // 4, size + 1), n, size), n]
        cut += [(e, a, b) for a, b in zip(edges, edges[1:]) if a < b]
    rng.shuffle(cut)
    # Windows of like length go together, within a stretch of the shuffled order: less padding.
    stretch = 16 * count
    order = [w for i in range(0, len(cut), stretch) for w in sorted(cut[i : i + stretch], key=lambda w: w[2] - w[1])]
    out = [order[i : i + count] for i in range(0, len(order), count)]
    rng.shuffle(out)
    return out


def losses(encoder: model.Encoder, batch: list[Window], rng: random.Random, *more: object, anchor: model.Encoder | None = None) -> dict[str, Tensor]:
    """`more` goes to the encoder. `anchor` tells the tags that must not be forgotten (Li and Hoiem 2016)."""
    inputs = torch.nn.utils.rnn.pad_sequence([e.article.inputs[a:b] for e, a, b in batch], batch_first=True)
    length = torch.tensor([b - a for _, a, b in batch])
    with torch.autocast("cpu", torch.bfloat16, enabled=encoder.half):
        hidden = encoder(inputs, length, *more)
    hidden = hidden.float()
    flat = torch.cat([row[:n] for row, n in zip(hidden, length.tolist())])
    out: dict[str, Tensor] = {}
    for layer, head in {"tags": encoder.heads.tags, **encoder.heads.mentions}.items():
        logits = head(flat)
        target = torch.cat([e.target[layer][a:b] if layer in e.target else torch.full((b - a,), NO_TAG) for e, a, b in batch])
        if (target != NO_TAG).any():
            out[layer] = F.cross_entropy(logits, target, ignore_index=NO_TAG)
        nothing = logits.new_zeros(1, logits.shape[1])
        taught = torch.cat([e.taught[layer][a:b] if layer in e.taught else nothing.expand(b - a, -1) for e, a, b in batch])
        words = taught.sum(1) > 0.5
        if words.any():
            kl = F.kl_div(logits[words].log_softmax(-1), taught[words], reduction="batchmean")
            out["kl"] = out.get("kl", 0.0) + kl
    if anchor is not None:
        with torch.no_grad():
            kept = anchor(inputs, length)
            kept = anchor.heads.tags(torch.cat([row[:n] for row, n in zip(kept, length.tolist())])).softmax(-1)
        firsts = torch.cat([starts[(starts >= a) & (starts < b)] - a + at for at, (starts, a, b) in zip(offsets(length), ((e.article.first, a, b) for e, a, b in batch))])
        out["kl"] = out.get("kl", 0.0) + F.kl_div(encoder.heads.tags(flat[firsts]).log_softmax(-1), kept[firsts], reduction="batchmean")
    links = [x for row, (e, a, b) in zip(hidden, batch) if e.article.gold for x in link_losses(encoder.heads, row, e, a, b, rng)]
    if links:
        out["links"] = torch.cat(links).mean()
    if "same" in encoder.heads.links:
        same = [x for row, (e, a, b) in zip(hidden, batch) for x in same_losses(encoder.heads, row, e, a, b)]
        if same:
            out["same"] = torch.cat(same).mean()
    return out


def offsets(length: Tensor) -> list[int]:
    """Where each row begins when all stand one behind the other."""
    return (length.cumsum(0) - length).tolist()


def loss_weights(settings: dict) -> dict[str, float]:
    """What each of the losses counts, by a run's settings."""
    of_mentions = dict.fromkeys((*data.LAYERS, "same"), settings.get("mentions", 0.0))
    return {"tags": 1.0, "links": LINK_WEIGHT, "kl": settings.get("kl", 0.0), **of_mentions}


def link_losses(heads: model.Heads, row: Tensor, e: Example, begin: int, end: int, rng: random.Random) -> list[Tensor]:
    """Of the spans that lie wholly in the window; spans made up where there is no gold must find none."""
    article, gold = e.article, e.article.gold
    assert gold is not None
    window = range(*words_within(article, begin, end))
    here = [i for i, s in enumerate(gold.spans) if s.first in window and s.last in window]
    pieces = {role: [i for i in here if gold.spans[i].role == role] for role in range(3)}
    linked, to = dict(gold.links), set(here)
    cues = [gold.spans[i] for i in pieces[data.CUE]]
    out = []
    for name, role, aim in (("cue", data.CONTENT, data.CUE), ("source", data.CUE, data.SOURCE)):
        froms = [i for i in pieces[role] if linked.get(i) is None or linked[i] in to]
        spans = [gold.spans[i] for i in froms]
        numbers = [1 + pieces[aim].index(linked[i]) if i in linked else 0 for i in froms]
        if role == data.CONTENT:
            made = invented(article, gold, window, rng)
            spans += made
            numbers += [0] * len(made)
        tos = [gold.spans[i] for i in pieces[aim]]
        if not spans or not tos:
            continue
        place = decode.places(spans, tos, cues, article)
        ends = (decode.ends(article, row, which, begin) for which in (spans, tos))
        scores = heads.links[name](*ends, place)
        out.append(F.cross_entropy(scores, torch.tensor(numbers), reduction="none"))
    return out


def same_losses(heads: model.Heads, row: Tensor, e: Example, begin: int, end: int) -> list[Tensor]:
    """Each mention of the window looks for one that means the same: before it; a pronoun also for a name behind it."""
    window = range(*words_within(e.article, begin, end))
    here = [m for m in e.article.chains if m[2].first in window and m[2].last in window]
    if len(here) < 2:
        return []
    spans = [span for _, _, span in here]
    may = torch.zeros(len(here), len(here) + 1, dtype=torch.bool)
    right = torch.zeros_like(may)
    for i, (who, kind, _) in enumerate(here):
        for j, (other, its, _) in enumerate(here):
            may[i, j + 1] = j < i or (j > i and kind == "pronoun" and its == "name")
            right[i, j + 1] = may[i, j + 1] and who == other
        right[i, 0] = not right[i].any()
    may[:, 0] = True
    vectors = decode.ends(e.article, row, spans, begin)
    scores = heads.links["same"](vectors, vectors, decode.places(spans, spans, spans, e.article))
    least = torch.finfo(scores.dtype).min
    return [scores.masked_fill(~may, least).logsumexp(1) - scores.masked_fill(~right, least).logsumexp(1)]


def words_within(article: data.Article, begin: int, end: int) -> tuple[int, int]:
    """The first word all of whose pieces lie in begin..end, and the word behind the last such."""
    return int((article.first < begin).sum()), int((article.last < end).sum())


def invented(article: data.Article, gold: data.Gold, window: range, rng: random.Random) -> list[data.Span]:
    """Up to two contents where the gold has no tag: 3 to 25 words of one paragraph."""
    out = []
    for _ in range(2):
        first = rng.choice(window) if window else 0
        last = first + rng.randrange(2, 25)
        if last in window and not any(gold.tags[first : last + 1]):
            if article.words.paragraph[first] == article.words.paragraph[last]:
                out.append(data.Span(data.CONTENT, first, last))
    return out


def train(run: Run, encoder: model.Encoder, groups: list[dict], examples: list[Example], check: Callable[[int], None],
          anchor: model.Encoder | None = None) -> None:  # fmt: skip
    """Trains to the end of the last epoch, from the last checkpoint if there is one; `check` runs after each epoch."""
    s = run.settings
    weigh = loss_weights(s)
    optimizer = torch.optim.AdamW(groups, weight_decay=s["weight_decay"], betas=(0.9, 0.98))
    rates = [g["lr"] for g in groups]
    per_epoch = len(batches(examples, s["window"], s["batch"], f"{s['seed']}/0"))
    total, step = s["epochs"] * per_epoch, 0
    saved = run.folder / "checkpoint.pt"
    if saved.exists():
        state = torch.load(saved, weights_only=True)
        if state.get("settings") != json.dumps(s):
            raise SystemExit(f"{saved}: made with other settings than {run.name}.toml\nhint: remove it to begin again")
        encoder.load_state_dict(state["encoder"])
        optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"])
        step = state["step"]
        run.log("resumed at step", step)
    began, told, last = time.time(), {}, step
    for epoch in range(s["epochs"]):
        order = batches(examples, s["window"], s["batch"], f"{s['seed']}/{epoch}")[:per_epoch]
        encoder.train()
        for number, batch in enumerate(order, epoch * per_epoch):
            if number < step:
                continue
            encoder.progress(number / total, s)
            warm = max(1, int(s["warm_up"] * total))
            rate = min((number + 1) / warm, (total - number) / max(1, total - warm))
            for group, base in zip(optimizer.param_groups, rates):
                group["lr"] = base * rate
            found = losses(encoder, batch, random.Random(f"{s['seed']}/{number}"), anchor=anchor)
            optimizer.zero_grad()
            # A batch of windows without any mark teaches nothing.
            loss = sum((weigh[k] * v for k, v in found.items()), start=torch.zeros(()))
            if found:
                loss.backward()
            torch.nn.utils.clip_grad_norm_([p for g in groups for p in g["params"]], s["clip"])
            optimizer.step()
            for k, v in found.items():
                told[k] = 0.98 * told.get(k, v.item()) + 0.02 * v.item()
            if (number + 1) % 25 == 0:
                pace = (time.time() - began) / (number + 1 - last)
                run.log(f"step {number + 1}/{total} {pace:.2f} s/step", json.dumps({k: round(v, 4) for k, v in told.items()}))
                if not math.isfinite(loss.item()):
                    raise SystemExit(f"step {number + 1}: the loss is not finite")
            if (number + 1) % s["save_every"] == 0:
                save(saved, encoder, optimizer, number + 1, s)
        end = (epoch + 1) * per_epoch  # a later epoch may have a few windows fewer
        if end > last:
            save(saved, encoder, optimizer, end, s)
            check(epoch + 1)


def save(path: pathlib.Path, encoder: model.Encoder, optimizer: torch.optim.Optimizer, step: int, settings: dict) -> None:
    fresh = path.with_suffix(".new")
    state = {
        "encoder": encoder.state_dict(), "optimizer": optimizer.state_dict(), "step": step,
        "random": torch.get_rng_state(), "settings": json.dumps(settings),
    }  # fmt: skip
    torch.save(state, fresh)
    fresh.rename(path)
