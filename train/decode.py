"""Scores to attributions, and attributions to the figures of score.py.

In: an article and an encoder. Out: tags by Viterbi with illegal moves barred, spans, links, attributions as JSON.
Never: training. The reader in Rust decodes by its own, better rules; this decoder compares models.
Next: score.py.
"""

import collections
import json
import math
import pathlib

import torch
from torch import Tensor

from train import data, model, score

Spans = list[data.Span]
FAR = 150  # words between a content and its cue, or a cue and its source
FAR_UNMARKED = 25  # words between a content without quotation marks and its cue
FAR_PARAGRAPHS = 2
PRIOR = 0.25  # weight of log P(tag | tag before)
BARRED = -1e4
OVERLAP = 64


def legal(before: int, tag: int) -> bool:
    """I goes on a B or I of its own role."""
    return tag == 0 or tag % 2 == 1 or before in (tag - 1, tag)


def transitions(articles: list[data.Article]) -> Tensor:
    """(tags, tags): 0.25 log P(tag | tag before), counted with one added; illegal moves barred."""
    counts = torch.ones(data.TAGS, data.TAGS)
    for article in articles:
        assert article.gold is not None
        for before, tag in zip([0, *article.gold.tags], article.gold.tags):
            counts[before, tag] += 1
    moves = PRIOR * (counts / counts.sum(1, keepdim=True)).log()
    for before in range(data.TAGS):
        for tag in range(data.TAGS):
            if not legal(before, tag):
                moves[before, tag] = BARRED
    return moves


def viterbi(scores: Tensor, moves: Tensor, starts: list[int]) -> list[int]:
    """scores (words, tags) → the best tags (a constant for each word changes nothing: no softmax is needed); at a paragraph's start nothing goes on."""
    if not len(scores):
        return []
    fresh = moves.clone()
    fresh[:, 2::2] = BARRED
    best, back = scores[0] + fresh[0], []
    for row, start in zip(scores[1:], starts[1:]):
        total, arg = (best[:, None] + (fresh if start else moves)).max(dim=0)
        best = total + row
        back.append(arg.tolist())
    tags = [int(best.argmax())]
    for arg in reversed(back):
        tags.append(arg[tags[-1]])
    return tags[::-1]


def spans_of(tags: list[int]) -> Spans:
    out: Spans = []
    for i, tag in enumerate(tags):
        if tag % 2 == 1:
            out.append(data.Span((tag - 1) // 2, i, i))
        elif tag:
            out[-1] = data.Span(out[-1].role, out[-1].first, i)
    return out


def windows(article: data.Article, size: int) -> list[tuple[int, int, int, int]]:
    """Whole paragraphs packed up to `size` pieces; a longer one is cut with overlap.

    Each is (begin, end, keep from, keep to): a window answers for its own half of an overlap.
    """
    starts = [int(article.first[i]) for i, s in enumerate(article.words.start) if s] + [len(article.inputs)]
    out, begin = [], 0
    for left, right in zip(starts, starts[1:]):
        if right - begin <= size:
            continue
        if left > begin:
            out.append((begin, left, begin, left))
            begin = left
        keep = begin
        while right - begin > size:
            end = begin + size
            out.append((begin, end, keep, end - OVERLAP // 2))
            begin, keep = end - OVERLAP, end - OVERLAP // 2
        if keep > begin:
            out.append((begin, right, keep, right))
            begin = right
    if begin < starts[-1]:
        out.append((begin, starts[-1], begin, starts[-1]))
    return out


@torch.inference_mode()
def encode(encoder: model.Encoder, article: data.Article) -> Tensor:
    """(pieces, width); an encoder without a window size sees the article at once."""
    if not len(article.inputs):
        return torch.zeros(0, encoder.WIDTH)
    if encoder.WINDOW is None:
        return encoder(article.inputs[None], torch.tensor([len(article.inputs)]))[0].float()
    cuts = windows(article, encoder.WINDOW)
    out = torch.empty(len(article.inputs), encoder.WIDTH)
    for i in range(0, len(cuts), 8):
        some = cuts[i : i + 8]
        inputs = torch.nn.utils.rnn.pad_sequence([article.inputs[b:e] for b, e, _, _ in some], batch_first=True)
        with torch.autocast("cpu", torch.bfloat16, enabled=encoder.half):
            hidden = encoder(inputs, torch.tensor([e - b for b, e, _, _ in some]))
        for row, (begin, _, keep, to) in zip(hidden, some):
            out[keep:to] = row[keep - begin : to - begin].float()
    return out


@torch.inference_mode()
def attributions(heads: model.Heads, article: data.Article, hidden: Tensor, moves: Tensor) -> list[dict[str, Spans]]:
    scores = heads.tags(hidden[article.first])
    spans = spans_of(viterbi(scores, moves, article.words.start))
    sources, cues, contents = ([s for s in spans if s.role == role] for role in range(3))
    cue_of = link(heads.links["cue"], article, hidden, contents, cues, cues)
    source_of = link(heads.links["source"], article, hidden, cues, sources, cues)
    found: dict[int, Spans] = collections.defaultdict(list)
    for content, cue in cue_of.items():
        found[cue].append(contents[content])
    return [
        {"cue": [cues[c]], "content": pieces, "source": [sources[source_of[c]]] if c in source_of else []}
        for c, pieces in sorted(found.items())
    ]


def link(head: model.Link, article: data.Article, hidden: Tensor, froms: Spans, tos: Spans, cues: Spans) -> dict[int, int]:
    """For each of froms the best of tos that lies near enough, if it beats having none."""
    if not froms or not tos:
        return {}
    scores = head(ends(article, hidden, froms), ends(article, hidden, tos), places(froms, tos, cues, article))
    out = {}
    for i, a in enumerate(froms):
        row = [float(s) if j == 0 or near(a, tos[j - 1], article) else -math.inf for j, s in enumerate(scores[i])]
        best = max(range(len(row)), key=row.__getitem__)
        if best:
            out[i] = best - 1
    return out


def near(a: data.Span, b: data.Span, article: data.Article) -> bool:
    words = article.words
    gap = max(a.first, b.first) - min(a.last, b.last) - 1
    paragraphs = abs(words.paragraph[a.first] - words.paragraph[b.first])
    if a.role == data.CONTENT and not any(words.state[a.first : a.last + 1]):
        return gap <= FAR_UNMARKED and paragraphs == 0
    return gap < FAR and paragraphs <= FAR_PARAGRAPHS


def ends(article: data.Article, hidden: Tensor, spans: Spans, begin: int = 0) -> Tensor:
    """(spans, 2 width): the vectors of the first and the last piece of each; `hidden` begins with piece `begin`."""
    first = article.first[[s.first for s in spans]] - begin
    last = article.last[[s.last for s in spans]] - begin
    return torch.cat([hidden[first], hidden[last]], dim=1)


def places(froms: Spans, tos: Spans, cues: Spans, article: data.Article) -> Tensor:
    """(froms, tos, 3)"""
    starts = sorted(cue.first for cue in cues)
    return torch.tensor([[model.place(a, b, starts, article.words) for b in tos] for a in froms])


def to_json(article: data.Article, found: list[dict[str, Spans]]) -> dict:
    """The form that score.py reads."""

    def pieces(spans: Spans) -> list[dict]:
        ranges = [(article.words.spans[s.first][0], article.words.spans[s.last][1]) for s in spans]
        return [{"start": a, "end": b, "text": article.text[a:b]} for a, b in ranges]

    quotes = [
        {"cue": pieces(q["cue"])[0] if q["cue"] else None, "cues": pieces(q["cue"]),
         "sources": pieces(q["source"]), "contents": pieces(q["content"])}
        for q in found
    ]  # fmt: skip
    return {"text": article.text, "quotes": quotes}


def evaluate(encoder: model.Encoder, articles: list[data.Article], gold: dict[str, dict], moves: Tensor, out: pathlib.Path) -> dict:
    """Writes the predictions under `out` and returns the report of score.py."""
    encoder.eval()
    out.mkdir(parents=True, exist_ok=True)
    total: collections.Counter = collections.Counter()
    problems: collections.Counter = collections.Counter()
    for article in articles:
        path = out / f"{article.name}.json"
        said = to_json(article, attributions(encoder.heads, article, encode(encoder, article), moves))
        path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        expected = [{role: [tuple(s) for s in q[role]] for role in data.ROLES} for q in gold[article.name]["quotes"]]
        total.update(score.score_article(article.text, expected, score.read_quotes(path, article.text, problems), 0.5))
    report = score.report(total)
    (out / "report.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
    return report


def line(report: dict) -> str:
    """One line of the figures that decide."""
    figures = [("F1", report["attribution"][kind]["f1"]) for kind in ("all", *score.KINDS)]
    figures += [("strict", report["strict"]["all"]["f1"])]
    figures += [(role, report["exact"][role]["f1"]) for role in data.ROLES]
    figures += [("source", report["source_accuracy"]["overlap"])]
    return " ".join(f"{name} {100 * value:.1f}" for name, value in figures)
