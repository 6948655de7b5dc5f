"""Articles to tensors: pieces, features, tags, links.

In: a file that prepare.py wrote. Out: articles ready for a model. Never: text in an output.
Next: model.py, which takes the tensors.
"""

import bisect
import dataclasses
import json
import pathlib
import random

import torch

from train import mentions, text, weights

ROLES = ("source", "cue", "content")
# Tags: 0 is none; a role r (0, 1, 2) begins with 1 + 2r and goes on with 2 + 2r.
TAGS = 1 + 2 * len(ROLES)
SOURCE, CUE, CONTENT = range(3)
LAYERS = {"names": mentions.NAMES, "nominals": mentions.NOMINALS}
PIECES = text.WordPieces(weights.vocabulary())


@dataclasses.dataclass(frozen=True)
class Span:
    """Words first to last, last included."""

    role: int
    first: int
    last: int


@dataclasses.dataclass
class Gold:
    tags: list[int]  # one a word
    spans: list[Span]
    links: list[tuple[int, int]]  # (content, its cue) and (cue, its source): numbers of spans


@dataclasses.dataclass
class Article:
    name: str
    text: str
    words: text.Words
    gold: Gold | None
    inputs: torch.Tensor  # (pieces, 4): id, case, state, start
    first: torch.Tensor  # (words,): number of the first piece
    last: torch.Tensor  # (words,)
    mentions: dict[str, list[int]]  # a tag a word, for each layer of mentions that somebody marked
    chains: list[tuple[str, str, Span]]  # (entity, kind, words) of mentions of which is known whom they mean


def load(path: pathlib.Path, limit: int | None = None) -> list[Article]:
    return [article(row) for row in rows(path, limit)]


def rows(path: pathlib.Path, limit: int | None = None) -> list[dict]:
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for _, line in zip(range(limit or 10**9), f)]


def articles(folder: pathlib.Path, settings: dict) -> list[Article]:
    """The articles of train, with gold attributions."""
    return with_silver(folder, "train", settings)


def news(folder: pathlib.Path, settings: dict) -> list[Article]:
    """Articles that nobody marked."""
    return with_silver(folder, "news", settings)


def with_silver(folder: pathlib.Path, part: str, settings: dict) -> list[Article]:
    """The articles of a part; where the run learns mentions, with the names that silver.py found."""
    found = rows(folder / f"{part}.jsonl", settings.get("limit"))
    if settings.get("mentions"):
        for row, silver in zip(found, rows(folder / f"silver-{part}.jsonl", settings.get("limit")), strict=True):
            row["names"] = silver["names"]
    return [article(row) for row in found]


def with_mentions(folder: pathlib.Path, settings: dict) -> list[Article]:
    """The texts in which people marked mentions, those of each corpus as often as the run asks for them."""
    if not settings.get("mentions"):
        return []
    times = settings["mentions_repeat"]
    found = rows(folder / "mentions-train.jsonl", settings.get("limit"))
    rng = random.Random(settings["seed"])
    pool = mentions.pool(found)
    out = []
    for row in found:
        corpus = next((c for c in times if row["name"].startswith(c)), None)
        out.append(article(row))
        # What is seen again has other names in it, so that contexts are learned and not the names of a few texts.
        out += [article(mentions.renamed(row, pool, rng)) for _ in range(times.get(corpus, 1) - 1)]
    return out


def article(row: dict, pieces: text.WordPieces = PIECES) -> Article:
    words = text.read(row["text"])
    gold = gold_of(row["quotes"], words) if "quotes" in row else None
    inputs, first, last = [], [], []
    for i, (a, b) in enumerate(words.spans):
        first.append(len(inputs))
        features = (words.case[i], words.state[i], words.start[i])
        inputs += [(piece, *features) for piece in pieces.of(row["text"][a:b])]
        last.append(len(inputs) - 1)
    marked = {layer: tags_of(row[layer], kinds, words) for layer, kinds in LAYERS.items() if layer in row}
    tensors = (torch.tensor(inputs, dtype=torch.long).reshape(-1, 4), *(torch.tensor(x, dtype=torch.long) for x in (first, last)))
    return Article(row["name"], row["text"], words, gold, *tensors, marked, chains_of(row, words))


def chains_of(row: dict, words: text.Words) -> list[tuple[str, str, Span]]:
    spans = ((who, kind, words_of(a, b, SOURCE, words)) for who, kind, a, b in row.get("chains", []))
    return [(who, kind, span) for who, kind, span in spans if span is not None]


def tags_of(spans: list[tuple[str, int, int]], kinds: tuple[str, ...], words: text.Words) -> list[int]:
    """0 is none; kind k begins with 1 + 2k and goes on with 2 + 2k."""
    tags = [0] * len(words)
    for kind, a, b in spans:
        span = words_of(a, b, kinds.index(kind), words)
        if span is not None:
            claim(span, tags)
    return tags


def claim(span: Span, tags: list[int]) -> bool:
    """Tags the words of a span by its role, unless another span has one of them."""
    if any(tags[span.first : span.last + 1]):
        return False
    tags[span.first : span.last + 1] = [2 + 2 * span.role] * (span.last + 1 - span.first)
    tags[span.first] = 1 + 2 * span.role
    return True


def gold_of(quotes: list[dict], words: text.Words) -> Gold:
    """Where two spans claim a word the earlier attribution keeps it."""
    tags = [0] * len(words)
    spans: list[Span] = []
    links = []
    known: dict[Span, int] = {}
    for quote in quotes:
        ids = {role: [] for role in ROLES}
        for role, name in enumerate(ROLES):
            for a, b in quote[name]:
                span = words_of(a, b, role, words)
                if span is None:
                    continue
                if span not in known:
                    if not claim(span, tags):
                        continue
                    known[span] = len(spans)
                    spans.append(span)
                ids[name].append(known[span])
        if ids["cue"]:
            cue = ids["cue"][0]
            links += [(content, cue) for content in ids["content"]]
            links += [(cue, source) for source in ids["source"][:1]]
    return Gold(tags, spans, links)


def words_of(a: int, b: int, role: int, words: text.Words) -> Span | None:
    first = bisect.bisect_right(words.spans, a, key=lambda span: span[1])
    last = bisect.bisect_left(words.spans, b, key=lambda span: span[0]) - 1
    return Span(role, first, last) if first <= last else None
